"""The to-do API (待办): entries which an app makes, and the list in which people see them.

Pages add-dingtalk-to-do-task, updates-dingtalk-to-do-tasks, update-dingtalk-to-do-status,
query-the-to-do-list-of-enterprise-users, todo-faq. People cannot tick off what an app made; they only open
its page.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from sandbox.dingtalk import ids
from sandbox.dingtalk.call import Answer, Call, Route
from sandbox.dingtalk.errors import ApiError
from sandbox.dingtalk.settings import Settings
from sandbox.dingtalk.state import PLATFORM, User, World, one_line, user_chat

CREATE, UPDATE, STATUS, QUERY = "taskCreate", "taskUpdate", "taskExecutorStatusUpdate", "orgTaskQuery"
WRITE, READ = "Todo.Todo.Write", "Todo.Todo.Read"
SUBJECT_BYTES = DETAIL_BYTES = URL_BYTES = 1024
DESCRIPTION_BYTES = 4096
MAX_PEOPLE = 100
PRIORITIES = frozenset({10, 20, 30, 40})
PAGE = 10


@dataclass
class Todo:
    """One entry.

    Args:
        executors: who is to do it, as unionIds, and whether they did.
        hidden: a fault ordered that nobody sees it.
    """

    task_id: str
    source_id: str
    creator: str
    subject: str
    executors: dict[str, bool]
    app_url: str
    pc_url: str
    created_ms: int
    modified_ms: int
    due_ms: int | None = None
    priority: int = 20
    fields: list[tuple[str, str]] = field(default_factory=list)
    done: bool = False
    hidden: bool = False


class TodoApi:
    """Answers `/v1.0/todo/...`."""

    def __init__(self, settings: Settings, world: World) -> None:
        self._settings, self._world = settings, world
        self._todos: dict[str, Todo] = {}

    def routes(self) -> list[Route]:
        """Return what this part answers."""
        mine = "/v1.0/todo/users/<union_id>"
        one = f"{mine}/tasks/<task_id>"
        return [
            Route("POST", f"{mine}/tasks", "todo/create", self._create, scope=WRITE),
            Route("PUT", one, "todo/update", self._update, scope=WRITE),
            Route("PUT", f"{one}/executorStatus", "todo/executorStatus", self._status, scope=WRITE),
            Route("POST", f"{mine}/org/tasks/query", "todo/query", self._query, scope=READ),
        ]

    def of(self, userid: str) -> list[Todo]:
        """Return what a member sees in their list, also what is done, oldest first."""
        union_id = self._world.user(userid).union_id
        with self._world.lock:
            return [todo for todo in self._todos.values() if union_id in todo.executors and not todo.hidden]

    def remove(self, task_id: str) -> None:
        """Remove an entry as an administrator does; its sourceId stays used."""
        with self._world.lock:
            self._todos[task_id].hidden = True

    def _create(self, call: Call) -> Answer:
        body = call.body
        self._known([call.path["union_id"], str(body.get("creatorId") or call.path["union_id"])], CREATE)
        source_id, executors = body.get("sourceId"), body.get("executorIds") or []
        subject = _subject(body, CREATE)
        urls = _urls(body.get("detailUrl"))
        if not isinstance(source_id, str) or not source_id or body.get("priority", 20) not in PRIORITIES:
            raise _wrong(CREATE)
        if not isinstance(executors, list):
            raise _wrong(CREATE)
        if len(executors) > MAX_PEOPLE:
            raise _wrong(CREATE, "executors is oversize")
        users = self._known(executors, CREATE)
        if any(user.userid in self._settings.flow_controlled for user in users):
            raise ApiError("todo.taskCreate.flowControlError", "flowControl because of executorId or orgId")
        now = self._world.clock.now_ms()
        todo = Todo(
            ids.short_hex(),
            source_id,
            call.path["union_id"],
            subject,
            dict.fromkeys(executors, False),
            *urls,
            now,
            now,
        )
        _apply(todo, body, CREATE)
        todo.priority, todo.hidden = body.get("priority", 20), call.silent
        with self._world.lock:
            if any(other.source_id == source_id for other in self._todos.values()):
                raise _wrong(CREATE, "task exist")
            self._todos[todo.task_id] = todo
        self._tell("shown", todo, "")
        return _created(todo)

    def _update(self, call: Call) -> Answer:
        todo = self._entry(call, UPDATE)
        changed = "subject" in call.body
        subject = _subject(call.body, UPDATE) if changed else todo.subject
        was_done = todo.done
        _apply(todo, call.body, UPDATE)
        todo.subject, todo.modified_ms = subject, self._world.clock.now_ms()
        if isinstance(call.body.get("done"), bool):
            todo.done = call.body["done"]
            todo.executors = dict.fromkeys(todo.executors, todo.done)
        self._tell("updated", todo, _mark(todo, was_done))
        return {"result": True}

    def _status(self, call: Call) -> Answer:
        todo = self._entry(call, STATUS)
        was_done = todo.done
        for each in call.body.get("executorStatusList") or []:
            if not isinstance(each, dict) or each.get("id") not in todo.executors:
                raise _wrong(STATUS)
            todo.executors[each["id"]] = bool(each.get("isDone"))
        todo.done = bool(todo.executors) and all(todo.executors.values())
        self._tell("updated", todo, _mark(todo, was_done))
        return {"result": True}

    def _query(self, call: Call) -> Answer:
        self._known([call.path["union_id"]], QUERY)
        begin, wanted = str(call.body.get("nextToken") or "0"), call.body.get("isDone")
        if not begin.isdigit():
            raise _wrong(QUERY, "nextToken is invalid")
        with self._world.lock:
            mine = [
                todo
                for todo in self._todos.values()
                if call.path["union_id"] in (todo.creator, *todo.executors) and not todo.hidden
                if wanted is None or todo.done == wanted
            ]
        end = int(begin) + PAGE
        answer: dict[str, Any] = {"todoCards": [_listed(todo) for todo in mine[int(begin) : end]]}
        return answer | ({"nextToken": str(end)} if end < len(mine) else {})

    def _entry(self, call: Call, what: str) -> Todo:
        self._known([call.path["union_id"]], what)
        with self._world.lock:
            todo = self._todos.get(call.path["task_id"])
        if todo is None or todo.hidden:
            raise _wrong(what, "task not exist")
        return todo

    def _known(self, union_ids: Collection[str], what: str) -> list[User]:
        """Return members by unionId; a userid is not one."""
        found = [self._world.find_user(str(union_id), user_id_type=2) for union_id in union_ids]
        if None in found:
            raise _wrong(what)
        return [user for user in found if user is not None]

    def _tell(self, kind: str, todo: Todo, mark: str) -> None:
        for union_id in todo.executors if not todo.hidden else ():
            user = self._world.find_user(union_id, user_id_type=2)
            if user is not None:
                self._world.journal.add(
                    PLATFORM,
                    kind,
                    chat=user_chat(user.userid),
                    text=f"[待办] {mark}{one_line(todo.subject)}",
                    todo=todo.task_id,
                    done=todo.done,
                )


def _wrong(what: str, message: str = "") -> ApiError:
    code = f"todo.{what}.paramError"
    return ApiError(code, message or code)


def _subject(body: dict[str, Any], what: str) -> str:
    subject = body.get("subject")
    if not isinstance(subject, str) or not subject:
        raise _wrong(what)
    if len(subject.encode()) > SUBJECT_BYTES:
        raise _wrong(what, "subject is oversize")
    return subject


def _urls(detail: Any) -> tuple[str, str]:
    """Read the page behind an entry, without which nothing is made since February 2024."""
    urls = tuple(detail.get(name) for name in ("appUrl", "pcUrl")) if isinstance(detail, dict) else ()
    if len(urls) != 2 or not all(isinstance(url, str) and 0 < len(url.encode()) <= URL_BYTES for url in urls):
        raise _wrong(CREATE)
    return str(urls[0]), str(urls[1])


def _apply(todo: Todo, body: dict[str, Any], what: str) -> None:
    """Take over what create and update have in common; nothing where anything is wrong."""
    due_ms, fields = body.get("dueTime", todo.due_ms), body.get("contentFieldList")
    if due_ms is not None and (not isinstance(due_ms, int) or isinstance(due_ms, bool) or due_ms < 10**12):
        raise _wrong(what, "dueTime is invalid")
    if len(str(body.get("description") or "").encode()) > DESCRIPTION_BYTES:
        raise _wrong(what, "description is oversize")
    if fields is not None:
        todo.fields = [_field(each, what) for each in fields]
    todo.due_ms = due_ms


def _field(each: Any, what: str) -> tuple[str, str]:
    pair = (each.get("fieldKey"), each.get("fieldValue")) if isinstance(each, dict) else (None, None)
    if not all(isinstance(part, str) and 0 < len(part.encode()) <= DETAIL_BYTES for part in pair):
        raise _wrong(what)
    return str(pair[0]), str(pair[1])


def _mark(todo: Todo, was_done: bool) -> str:
    if todo.done:
        return "已完成："
    return "重新打开：" if was_done else "更新："


def _created(todo: Todo) -> dict[str, Any]:
    return {
        "id": todo.task_id,
        "subject": todo.subject,
        "dueTime": todo.due_ms,
        "done": todo.done,
        "executorIds": list(todo.executors),
        "detailUrl": {"pcUrl": todo.pc_url, "appUrl": todo.app_url},
        "sourceId": todo.source_id,
        "createdTime": todo.created_ms,
        "modifiedTime": todo.modified_ms,
        "creatorId": todo.creator,
        "contentFieldList": [{"fieldKey": key, "fieldValue": value} for key, value in todo.fields],
        "priority": todo.priority,
        "requestId": ids.request_id(),
    }


def _listed(todo: Todo) -> dict[str, Any]:
    return {
        "taskId": todo.task_id,
        "subject": todo.subject,
        "dueTime": todo.due_ms,
        "detailUrl": {"pcUrl": todo.pc_url, "appUrl": todo.app_url},
        "priority": todo.priority,
        "createdTime": todo.created_ms,
        "modifiedTime": todo.modified_ms,
        "creatorId": todo.creator,
        "sourceId": todo.source_id,
        "isDone": todo.done,
        "todoType": "TODO",
    }
