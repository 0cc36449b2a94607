"""The played to-do list, seen through plain HTTP: what the vendor's pages say, and nothing of ours."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests

from sandbox.core.faults import Fault
from tests.support.dingtalk import LI, WANG, Platform, platform

Call = Callable[..., tuple[int, dict[str, Any]]]
URL = {"appUrl": "https://fixloop.example.com", "pcUrl": "https://fixloop.example.com"}
BAD = "todo.taskCreate.paramError"


@pytest.fixture(scope="module")
def playing() -> Iterator[Platform]:
    with platform() as running:
        yield running


@pytest.fixture
def call(playing: Platform) -> Call:
    sandbox = playing.sandbox
    credentials = {"appKey": sandbox.client_id, "appSecret": sandbox.client_secret}
    token = requests.post(f"{sandbox.api_base}/v1.0/oauth2/accessToken", json=credentials, timeout=5).json()

    def send(method: str, path: str, body: dict[str, Any], token: str = token["accessToken"]) -> Any:
        url = f"{sandbox.api_base}/v1.0/todo/users/{path}"
        headers = {"x-acs-dingtalk-access-token": token}
        answer = requests.request(method, url, json=body, headers=headers, timeout=5)
        return answer.status_code, answer.json()

    return send


@pytest.fixture
def li(playing: Platform) -> str:
    return playing.sandbox.union_id_of(LI)


def entry(li: str, source_id: str, **changes: Any) -> dict[str, Any]:
    body = {"sourceId": source_id, "subject": "审批已超时", "creatorId": li, "executorIds": [li]}
    return body | {"detailUrl": URL, "dueTime": 1_796_000_000_000, "priority": 40} | changes


def test_an_entry_is_made_seen_and_answered_with_its_id(playing: Platform, call: Call, li: str):
    fields = [{"fieldKey": "申请人", "fieldValue": "李工"}]

    status, made = call("POST", f"{li}/tasks?operatorId={li}", entry(li, "s1", contentFieldList=fields))

    [seen] = [todo for todo in playing.sandbox.todos(LI) if todo.source_id == "s1"]
    assert (status, made["id"], made["done"]) == (200, seen.task_id, False)
    assert (seen.subject, seen.priority, seen.fields) == ("审批已超时", 40, [("申请人", "李工")])
    assert not playing.sandbox.todos(WANG)
    assert playing.journal.entries("shown", chat=f"user:{LI}")[-1].text == "[待办] 审批已超时"


def test_a_source_id_is_used_once_and_even_after_a_removal(playing: Platform, call: Call, li: str):
    _, made = call("POST", f"{li}/tasks", entry(li, "s2"))

    again = call("POST", f"{li}/tasks", entry(li, "s2", subject="另一件事"))
    playing.sandbox.remove_todo(made["id"])
    later = call("POST", f"{li}/tasks", entry(li, "s2"))

    assert [(code, body["code"], body["message"]) for code, body in (again, later)] == [
        (400, BAD, "task exist")
    ] * 2
    assert call("PUT", f"{li}/tasks/{made['id']}", {"done": True})[1]["message"] == "task not exist"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"sourceId": ""}, BAD),
        ({"subject": ""}, BAD),
        ({"subject": "超" * 342}, "subject is oversize"),
        ({"detailUrl": None}, BAD),
        ({"detailUrl": {"appUrl": "https://x"}}, BAD),
        ({"executorIds": [LI]}, BAD),
        ({"executorIds": ["x"] * 101}, "executors is oversize"),
        ({"dueTime": "soon"}, "dueTime is invalid"),
        ({"priority": 50}, BAD),
        ({"description": "长" * 1366}, "description is oversize"),
        ({"contentFieldList": [{"fieldKey": "备注"}]}, BAD),
    ],
)
def test_what_is_refused(call: Call, li: str, wrong: dict[str, Any], message: str):
    status, body = call("POST", f"{li}/tasks", entry(li, "s3") | wrong)

    assert (status, body["code"], body["message"]) == (400, BAD, message)


def test_a_userid_in_the_path_is_nobody(call: Call, li: str):
    assert call("POST", f"{LI}/tasks", entry(li, "s4"))[1]["code"] == BAD
    assert call("PUT", f"{LI}/tasks/x", {"done": True})[1]["code"] == "todo.taskUpdate.paramError"


def test_a_dead_token_and_a_missing_permission_are_refused(playing: Platform, call: Call, li: str):
    assert call("POST", f"{li}/tasks", entry(li, "s5"), token="dead")[1]["code"] == "InvalidAuthentication"
    playing.sandbox.scopes -= {"Todo.Todo.Write", "Todo.Todo.Read"}

    write, read = call("POST", f"{li}/tasks", entry(li, "s5")), call("POST", f"{li}/org/tasks/query", {})

    playing.sandbox.scopes |= {"Todo.Todo.Write", "Todo.Todo.Read"}
    needed = [body["accessdenieddetail"]["requiredScopes"] for _, body in (write, read)]
    assert (write[0], needed) == (403, [["Todo.Todo.Write"], ["Todo.Todo.Read"]])


def test_a_person_may_be_flow_controlled(playing: Platform, call: Call, li: str):
    playing.sandbox.flow_controlled.add(LI)

    status, body = call("POST", f"{li}/tasks", entry(li, "s6"))

    playing.sandbox.flow_controlled.clear()
    assert (status, body["code"]) == (400, "todo.taskCreate.flowControlError")


def test_an_update_changes_what_it_names_and_done_is_told(playing: Platform, call: Call, li: str):
    _, made = call("POST", f"{li}/tasks", entry(li, "s7"))
    path = f"{li}/tasks/{made['id']}?operatorId={li}"

    assert call("PUT", path, {"subject": "仍未审批"}) == (200, {"result": True})
    call("PUT", path, {"done": True})

    [seen] = [todo for todo in playing.sandbox.todos(LI) if todo.source_id == "s7"]
    assert (seen.subject, seen.due_ms, seen.done) == ("仍未审批", 1_796_000_000_000, True)
    told = [entry.text for entry in playing.journal.entries("updated", chat=f"user:{LI}")][-2:]
    assert told == ["[待办] 更新：仍未审批", "[待办] 已完成：仍未审批"]


def test_an_entry_is_done_when_every_executor_is(playing: Platform, call: Call, li: str):
    wang = playing.sandbox.union_id_of(WANG)
    _, made = call("POST", f"{li}/tasks", entry(li, "s8", executorIds=[li, wang]))
    path = f"{li}/tasks/{made['id']}/executorStatus"

    def states() -> list[bool]:
        return [todo.done for todo in playing.sandbox.todos(WANG) if todo.source_id == "s8"]

    call("PUT", path, {"executorStatusList": [{"id": li, "isDone": True}]})
    assert states() == [False]
    call("PUT", path, {"executorStatusList": [{"id": wang, "isDone": True}]})
    assert states() == [True]
    assert call("PUT", path, {"executorStatusList": [{"id": LI, "isDone": True}]})[0] == 400


def test_the_list_is_asked_for_page_by_page(playing: Platform, call: Call):
    wang = playing.sandbox.union_id_of(WANG)
    for number in range(12):
        call("POST", f"{wang}/tasks", entry(wang, f"p{number}"))

    _, first = call("POST", f"{wang}/org/tasks/query", {"isDone": False})
    _, second = call("POST", f"{wang}/org/tasks/query", {"isDone": False, "nextToken": first["nextToken"]})

    found = [card["sourceId"] for page in (first, second) for card in page["todoCards"]]
    assert {f"p{number}" for number in range(12)} <= set(found)
    assert "nextToken" not in second
    assert call("POST", f"{wang}/org/tasks/query", {"nextToken": "x"})[0] == 400


def test_a_dropped_entry_is_answered_and_never_seen(playing: Platform, call: Call, li: str):
    playing.faults.once("todo/create", Fault(drop=True))

    status, _ = call("POST", f"{li}/tasks", entry(li, "s9"))

    assert (status, [todo for todo in playing.sandbox.todos(LI) if todo.source_id == "s9"]) == (200, [])
