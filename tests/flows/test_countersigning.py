"""Many approvers at one step: 会签 and 或签, with their cards and to-dos."""

from typing import Any

from bootstrap.process_files import publish
from domain.people.model import Role
from tests.support.actors import User
from tests.support.closing import hire
from tests.support.loop import Loop
from tests.support.storage import at_once


def ask(loop: Loop, mode: str) -> list[User]:
    """Publish one step that ten managers decide, and let somebody ask for it."""
    managers = [hire(loop, f"经理{no}", Role.MANAGER, "dingtalk", f"m{'x' * no}") for no in range(1, 10)]
    step: dict[str, Any] = {
        "id": "managers",
        "kind": "approve",
        "title": "经理审批",
        "approvers": [{"by": "role", "role": "manager"}],
        "mode": mode,
        "timeout": {"within_min": 60, "do": "remind"},
        "next": "passed",
    }
    nodes = [
        {"id": "start", "kind": "start", "next": "managers"},
        step,
        {"id": "passed", "kind": "end", "result": "approved"},
    ]
    document = {"name": "joint", "title": "联合审批", "about": "request", "nodes": nodes}
    publish(loop.database, document, 0, "", loop.clock.now())
    loop.wu.says("申请 联合审批 更换供应商")
    loop.wu.hears("已发起")
    loop.settle()
    return managers  # type: ignore[return-value]


def test_the_third_refusal_of_ten_closes_every_card_and_to_do(loop: Loop):
    managers = ask(loop, "all")
    loop.advance(3601)
    loop.settle()
    assert [len(loop.dingtalk.todos(one.userid)) for one in managers] == [1] * 9

    for one in managers[:2]:
        one.presses("同意")
        loop.settle()
    assert "已同意 2/10" in managers[4].card("同意").text
    managers[2].presses("拒绝")
    managers[2].hears("请直接回复拒绝")
    managers[2].says("预算不足")
    loop.settle()

    assert not any(one.has_button("同意") for one in (*managers, loop.zheng))
    assert all(todo.done for one in managers for todo in loop.dingtalk.todos(one.userid))
    assert managers[5].told("经理3", "预算不足")
    outcomes = [one["outcome"] for one in loop.events("TaskClosed")]
    assert sorted(outcomes) == ["agreed"] * 2 + ["cancelled"] * 7 + ["refused"]
    loop.wu.hears("没有通过", "预算不足")


def test_the_first_of_any_decides_and_the_other_is_told_by_whom(loop: Loop):
    managers = ask(loop, "any")
    for one in managers[:2]:
        one.card("同意")

    at_once(2, lambda number: managers[number].presses("同意"))
    loop.settle()

    (decided,) = [one for one in loop.events("TaskClosed") if one["outcome"] == "agreed"]
    (loser,) = [one for one in managers[:2] if str(loop.person(name_of(loop, one)).id) != decided["by"]]
    winner = name_of(loop, next(one for one in managers[:2] if one is not loser))
    assert loser.told(winner)
    assert not any(one.has_button("同意") for one in (*managers, loop.zheng))
    loop.wu.hears("已通过")


def name_of(loop: Loop, manager: User) -> str:
    """Return what a manager is called."""
    return f"经理{len(manager.userid) - 1}"
