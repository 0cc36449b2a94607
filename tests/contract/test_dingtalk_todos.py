"""Our side of DingTalk's to-do list against the played platform."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.delivery.ports import Address, DeliveryError, Failure, Sent, TodoGone
from adapters.dingtalk.directory import DingtalkDirectory
from adapters.dingtalk.todos import CLOSED, DingtalkTodoList
from domain.kernel.todo import TodoView, Urgency
from sandbox.core.faults import Fault
from sandbox.dingtalk.todos import Todo
from tests.support.dingtalk import LI, Platform, platform

TO_LI = Address("dingtalk_user", LI)
HOME = "https://fixloop.example.com"
DUE = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)


@pytest.fixture
def dingtalk() -> Iterator[Platform]:
    with platform() as running:
        yield running


@pytest.fixture
def todos(dingtalk: Platform) -> DingtalkTodoList:
    return todo_list(dingtalk)


def todo_list(dingtalk: Platform) -> DingtalkTodoList:
    client = dingtalk.client()
    return DingtalkTodoList(client, DingtalkDirectory(client), HOME)


def view(subject: str = "审批已超时", **changes: Any) -> TodoView:
    return TodoView(subject=subject, due_at=DUE, **changes)


def only(dingtalk: Platform) -> Todo:
    [todo] = dingtalk.sandbox.todos(LI)
    return todo


def failure(todos: DingtalkTodoList, to: Address = TO_LI) -> tuple[str, Failure]:
    with pytest.raises(DeliveryError) as caught:
        todos.add(to, view(), key="k1")
    return caught.value.code, caught.value.failure


def test_an_entry_is_on_the_list_of_the_one_who_has_to_do_it(dingtalk: Platform, todos: DingtalkTodoList):
    sent = todos.add(TO_LI, view(fields=(("申请人", "王工"),), urgency=Urgency.URGENT), key="k1")

    made, owner = only(dingtalk), dingtalk.sandbox.union_id_of(LI)
    assert (made.task_id, made.source_id, made.creator, made.executors) == (
        sent.ref,
        "k1",
        owner,
        {owner: False},
    )
    assert (made.subject, made.fields, made.priority) == ("审批已超时", [("申请人", "王工")], 40)
    assert (made.due_ms, made.app_url, made.pc_url) == (1_796_000_400_000, HOME, HOME)


def test_a_tap_opens_the_thing_itself_where_it_has_an_address(dingtalk: Platform, todos: DingtalkTodoList):
    todos.add(TO_LI, view(url=f"{HOME}/a/1"), key="k1")
    todos.add(TO_LI, view(url=f"{HOME}/{'长' * 400}"), key="k2")

    assert [todo.pc_url for todo in dingtalk.sandbox.todos(LI)] == [f"{HOME}/a/1", HOME]


def test_a_change_shows_the_new_words_and_the_same_entry(dingtalk: Platform, todos: DingtalkTodoList):
    sent = todos.add(TO_LI, view(), key="k1")

    again = todos.change(TO_LI, sent, view("仍未审批"), key="k1")

    assert (again, only(dingtalk).subject, only(dingtalk).done) == (sent, "仍未审批", False)


def test_what_is_done_leaves_the_list_and_comes_back_when_it_is_asked_again(
    dingtalk: Platform, todos: DingtalkTodoList
):
    sent = todos.add(TO_LI, view(), key="k1")

    closed = todos.change(TO_LI, sent, view(done=True), key="k1")
    assert (closed, only(dingtalk).done) == (Sent(sent.ref, CLOSED), True)
    opened = todos.change(TO_LI, closed, view(), key="k1")

    assert (opened, only(dingtalk).done) == (sent, False)


def test_an_entry_whose_answer_was_lost_is_found_again(dingtalk: Platform, todos: DingtalkTodoList):
    for number in range(25):
        todos.add(TO_LI, view(), key=f"other{number}")
    dingtalk.faults.once("todo/create", Fault(reset=True))
    assert failure(todos) == ("connection", Failure.TEMPORARY)

    sent = todos.add(TO_LI, view("审批已超时 2 小时"), key="k1")

    [made] = [todo for todo in dingtalk.sandbox.todos(LI) if todo.source_id == "k1"]
    assert (made.task_id, made.subject) == (sent.ref, "审批已超时 2 小时")


def test_a_pump_that_was_overtaken_does_not_open_a_closed_entry_again(
    dingtalk: Platform, todos: DingtalkTodoList
):
    sent = todos.add(TO_LI, view(), key="k1")
    todos.change(TO_LI, sent, view(done=True), key="k1")

    late = todos.add(TO_LI, view(), key="k1")
    todos.change(TO_LI, sent, view("仍未审批"), key="k1")

    assert (late, only(dingtalk).done) == (Sent(sent.ref, CLOSED), True)


def test_without_the_right_to_read_a_lost_entry_counts_as_made_and_is_closed_when_it_may_be_found(
    dingtalk: Platform, todos: DingtalkTodoList
):
    todos.add(TO_LI, view(), key="k1")
    dingtalk.sandbox.scopes.discard("Todo.Todo.Read")

    lost = todos.add(TO_LI, view(), key="k1")
    with pytest.raises(DeliveryError) as caught:
        todos.change(TO_LI, lost, view(done=True), key="k1")
    dingtalk.sandbox.scopes.add("Todo.Todo.Read")
    todos.change(TO_LI, lost, view(done=True), key="k1")

    assert (lost, caught.value.failure) == (Sent(""), Failure.PERMANENT)
    assert only(dingtalk).done


def test_an_entry_that_was_removed_is_said_to_be_gone_and_never_comes_back(
    dingtalk: Platform, todos: DingtalkTodoList
):
    sent = todos.add(TO_LI, view(), key="k1")
    dingtalk.sandbox.remove_todo(sent.ref)

    for shown in (sent, Sent("")):
        with pytest.raises(TodoGone):
            todos.change(TO_LI, shown, view(), key="k1")
    assert failure(todos) == ("todo.exists", Failure.PERMANENT)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        ({"code": "todo.taskCreate.flowControlError"}, Failure.LIMITED),
        ({"code": "todo.taskCreate.lockError"}, Failure.TEMPORARY),
        ({"code": "todo.taskCreate.systemError", "status": 500}, Failure.TEMPORARY),
        ({"code": "todo.taskCreate.paramError", "message": "dueTime is invalid"}, Failure.PERMANENT),
    ],
)
def test_what_a_refusal_means(
    dingtalk: Platform, todos: DingtalkTodoList, error: dict[str, Any], expected: Failure
):
    dingtalk.faults.once("todo/create", Fault(error=error))

    assert failure(todos) == (error["code"], expected)


def test_who_cannot_have_an_entry(dingtalk: Platform, todos: DingtalkTodoList):
    assert failure(todos, Address("dingtalk_user", "nobody")) == ("60121", Failure.PERMANENT)
    assert failure(todos, Address("wecom_user", "li")) == ("bad_address", Failure.PERMANENT)
    dingtalk.sandbox.scopes.discard("Todo.Todo.Write")
    code, kind = failure(todos)
    assert code.endswith("AccessTokenPermissionDenied") and kind is Failure.PERMANENT


def test_a_union_id_is_asked_for_once(dingtalk: Platform, todos: DingtalkTodoList):
    for number in range(3):
        todos.add(TO_LI, view(), key=f"k{number}")

    assert len(dingtalk.calls("user/get")) == 1


def test_the_longest_words_pass_the_platform_s_limits(dingtalk: Platform, todos: DingtalkTodoList):
    todos.add(TO_LI, view("超" * 1024, fields=(("备注", "长" * 3000), ("空", ""))), key="k1")

    assert [len(label) for label, _ in only(dingtalk).fields] == [2]
