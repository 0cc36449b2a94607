"""DingTalk's to-do list (待办): entries that our app makes for one person each."""

import logging
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from adapters.delivery.ports import Address, DeliveryError, Failure, Sent, TodoGone
from adapters.dingtalk import errors
from adapters.dingtalk.channels import USER
from adapters.dingtalk.client import DingtalkClient
from adapters.dingtalk.directory import DingtalkDirectory
from adapters.dingtalk.lenient import as_objects, as_text
from adapters.dingtalk.markdown import cut
from domain.kernel.todo import TodoView, Urgency

log = logging.getLogger(__name__)

LIMIT: Final = 1024
"""Of a title, a detail and a URL. The page does not say whether characters or bytes, so bytes."""
PRIORITY: Final = {Urgency.LOW: 10, Urgency.NORMAL: 20, Urgency.HIGH: 30, Urgency.URGENT: 40}
MOST_PAGES: Final = 20
CLOSED: Final = "done"
"""Kept beside the reference of an entry that we closed."""


class DingtalkTodoList:
    """A `TodoList`: the key is the platform's `sourceId`, of which each entry has one of its own.

    The person owns the entry that they are to do: there is nobody else to name as its creator, and nobody
    else sees it. They cannot tick it off in DingTalk; only we close it.

    Args:
        home_url: what a tap opens where an entry says nothing else.
    """

    def __init__(self, client: DingtalkClient, directory: DingtalkDirectory, home_url: str) -> None:
        self._client = client
        self._directory = directory
        self._home_url = home_url

    def add(self, to: Address, todo: TodoView, *, key: str) -> Sent:
        """Create an entry, or find the one that a lost answer left behind and bring it up to date.

        Where it may not be looked for (`Todo.Todo.Read`) it counts as created, with an empty `ref`.

        Raises:
            DeliveryError: read `failure` and `retry_after_s` before trying again.

        Source: add-dingtalk-to-do-task.
        """
        union_id = self._owner(to)
        url = todo.url if todo.url and len(todo.url.encode()) <= LIMIT else self._home_url
        body = {
            "sourceId": key,
            "creatorId": union_id,
            "executorIds": [union_id],
            "detailUrl": {"appUrl": url, "pcUrl": url},
            "isOnlyShowExecutor": True,
            "priority": PRIORITY[todo.urgency],
            **_shown(todo),
        }
        try:
            answer = self._client.post(_path(union_id), body)
        except DeliveryError as error:
            if error.code != errors.TODO_EXISTS:
                raise
            return self._found_again(union_id, todo, key, error)
        return Sent(as_text(answer.get("id")))

    def change(self, to: Address, shown: Sent, todo: TodoView, *, key: str) -> Sent:
        """Bring an entry up to date; one that is done leaves the list, and one that is not comes back.

        Raises:
            TodoGone: there is no such entry.
            DeliveryError: read `failure` and `retry_after_s` before trying again.
        """
        union_id = self._owner(to)
        ref = shown.ref or self._find(union_id, key)[0]
        if not ref:
            raise TodoGone(errors.TODO_GONE, Failure.PERMANENT)
        return self._put(union_id, ref, todo, reopen=shown.update_code == CLOSED)

    def _owner(self, to: Address) -> str:
        if to.kind != USER or not to.rest:
            raise DeliveryError("bad_address", Failure.PERMANENT)
        return self._directory.union_id(to.rest)

    def _found_again(self, union_id: str, todo: TodoView, key: str, exists: DeliveryError) -> Sent:
        try:
            ref, is_done = self._find(union_id, key)
        except DeliveryError as error:
            if error.failure is not Failure.PERMANENT:
                raise
            log.warning("a to-do exists but must not be looked for (%s): key %s", error.code, key)
            return Sent("")
        if not ref:
            raise exists
        # Only a pump that was overtaken meets a closed one here; it must not open it again.
        return Sent(ref, CLOSED) if is_done else self._put(union_id, ref, todo)

    def _put(self, union_id: str, ref: str, todo: TodoView, *, reopen: bool = False) -> Sent:
        """Replace title, details and due time; touch the state only to change it.

        Source: updates-dingtalk-to-do-tasks.
        """
        state = {"done": todo.done} if todo.done or reopen else {}
        try:
            answer = self._client.put(_path(union_id, ref), {**state, **_shown(todo)})
        except DeliveryError as error:
            if error.code == errors.TODO_GONE:
                raise TodoGone(error.code, error.failure) from error
            raise
        if answer.get("result") is False:
            raise DeliveryError("not_success", Failure.PERMANENT)
        return Sent(ref, CLOSED if todo.done else "")

    def _find(self, union_id: str, key: str) -> tuple[str, bool]:
        """Return the id of the entry with this `sourceId`, or an empty text, and whether it is closed.

        Source: query-the-to-do-list-of-enterprise-users.
        """
        for is_done in (False, True):
            ref = self._find_among(union_id, key, is_done)
            if ref:
                return ref, is_done
        return "", False

    def _find_among(self, union_id: str, key: str, is_done: bool) -> str:
        path = f"/v1.0/todo/users/{quote(union_id, safe='')}/org/tasks/query"
        page: dict[str, object] = {}
        for _ in range(MOST_PAGES):
            answer = self._client.post(path, {"isDone": is_done, **page})
            for entry in as_objects(answer.get("todoCards")):
                if entry.get("sourceId") == key:
                    return as_text(entry.get("taskId"))
            page = {"nextToken": as_text(answer.get("nextToken"))}
            if not page["nextToken"]:
                break
        return ""


def _path(union_id: str, ref: str = "") -> str:
    owner = quote(union_id, safe="")
    which = f"/{quote(ref, safe='')}" if ref else ""
    return f"/v1.0/todo/users/{owner}/tasks{which}?operatorId={owner}"


def _shown(todo: TodoView) -> Mapping[str, object]:
    """Return what an entry shows; an app's own entries never show a `description`, so details are fields."""
    shown: dict[str, object] = {
        "subject": cut(" ".join(todo.subject.split()), LIMIT),
        "contentFieldList": [
            {"fieldKey": cut(label, LIMIT), "fieldValue": cut(value, LIMIT)}
            for label, value in todo.fields
            if label and value
        ],
    }
    if todo.due_at is not None:
        shown["dueTime"] = int(todo.due_at.timestamp() * 1000)
    return shown
