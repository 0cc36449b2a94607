"""Approvals over the wire: who is asked, on a card, in DingTalk and in WeCom."""

import pytest

from bootstrap.process_files import SHIPPED, publish, read_file
from domain.people.model import Role
from domain.workorder.closing_commands import SettleWorkOrder, SignOffWork
from domain.workorder.details import Payer
from tests.support.closing import Ending, Staff, begin, by, decide, hire
from tests.support.desk import group_requests
from tests.support.loop import Loop

on_both_platforms = pytest.mark.parametrize("platform", ["dingtalk", "wecom"])


def follow(loop: Loop, name: str = "order_default") -> None:
    """Let what begins from now on follow a shipped process."""
    publish(loop.database, read_file(SHIPPED / f"{name}.yaml"), 0, "", loop.clock.now())


def signed_off(loop: Loop, platform: str) -> tuple[Ending, Staff]:
    """Return accepted work whose costs nobody named yet, and the director."""
    follow(loop)
    ending = begin(loop, "kf", platform)
    director = hire(loop, "沈总", Role.DIRECTOR, platform)
    ending.completes()
    sign_off = SignOffWork(work_order_id=ending.order_id, skip_reason="客户口头确认", **by(loop, "赵敏"))
    decide(loop, sign_off)
    loop.settle()
    return ending, director


def settle(loop: Loop, ending: Ending, amount_fen: int) -> None:
    """Let finance name the costs."""
    decide(
        loop,
        SettleWorkOrder(
            work_order_id=ending.order_id, amount_fen=amount_fen, payer=Payer.CUSTOMER, **by(loop, "郑会")
        ),
    )
    loop.settle()


@on_both_platforms
@pytest.mark.parametrize(("amount_fen", "asked"), [(499_999, False), (500_000, False), (500_001, True)])
def test_the_director_is_asked_above_the_limit_only(loop: Loop, platform: str, amount_fen: int, asked: bool):
    ending, director = signed_off(loop, platform)

    settle(loop, ending, amount_fen)

    assert director.has_button("同意") is asked
    if asked:
        card = director.card("同意", ending.number)
        assert "5,000.01" in card.text
        director.presses("同意")
        loop.settle()
        assert not director.has_button("同意")


def closes(loop: Loop, ending: Ending) -> None:
    """Let the customer be called, which is the last thing before the close."""
    ending.agent.says(f"回访 {ending.number} 已解决 客户满意")
    loop.settle()


@on_both_platforms
def test_nothing_is_closed_before_the_director_agreed(loop: Loop, platform: str):
    ending, director = signed_off(loop, platform)
    settle(loop, ending, 500_001)
    director.card("同意", ending.number)

    closes(loop, ending)
    assert loop.only_order().status == "settled"
    loop.zhao.says(f"关单 {ending.number} 已现场确认")
    loop.zhao.hears("正在等“服务总监审批”（沈总）", "关单")

    director.presses("同意")
    ending.becomes("closed")
    assert [one["outcome"] for one in loop.events("TaskClosed")] == ["agreed"]


@on_both_platforms
def test_a_raised_amount_is_asked_again_and_a_lowered_one_is_not(loop: Loop, platform: str):
    ending, director = signed_off(loop, platform)
    settle(loop, ending, 600_000)
    director.card("同意", "6,000")
    director.presses("同意")
    loop.settle()

    settle(loop, ending, 550_000)
    assert not director.has_button("同意")
    settle(loop, ending, 800_000)

    card = director.card("同意", "8,000")
    assert "6,000" in card.text
    director.presses("同意")
    loop.settle()
    assert not director.has_button("同意")


@on_both_platforms
def test_a_refusal_opens_the_settlement_again(loop: Loop, platform: str):
    ending, director = signed_off(loop, platform)
    settle(loop, ending, 700_000)
    director.card("拒绝", ending.number)

    director.presses("拒绝")
    director.hears("请直接回复拒绝")
    director.says("价格过高，按 4800 结")
    loop.settle()
    closes(loop, ending)
    assert loop.only_order().status == "settled"
    ending.finance.hears("价格过高")

    settle(loop, ending, 480_000)
    ending.becomes("closed")
    assert not director.has_button("同意")


@on_both_platforms
def test_parallel_approvers_are_asked_at_once_and_the_asker_hears_the_end(loop: Loop, platform: str):
    follow(loop, "settlement")
    director = hire(loop, "沈总", Role.DIRECTOR, platform)
    asker = hire(loop, "小郑", Role.AGENT, platform)

    asker.says("申请 对账结算 80000元 11月运费")
    asker.hears("已发起：对账结算 SP-20", "80,000 元", "等 沈总 审批")
    assert "11月运费" in director.card("同意", "80,000").text
    director.presses("同意")
    loop.settle()
    loop.qian.card("同意", "80,000")
    loop.zheng.card("同意", "80,000")
    loop.qian.presses("同意")
    loop.settle()
    assert not asker.told("已通过")
    loop.zheng.presses("同意")

    asker.hears("对账结算", "已通过")


@on_both_platforms
def test_an_approver_on_leave_is_replaced_at_once_and_overdue_is_one_to_do(loop: Loop, platform: str):
    follow(loop, "purchase")
    asker = hire(loop, "小郑", Role.AGENT, platform)
    deputy = hire(loop, "代经理", Role.FINANCE, "dingtalk")
    loop.zhao.says("请假 今天 到 明天 代理人 代经理")
    loop.zhao.hears("代经理")

    asker.says("申请 采购 3000元 压缩机两台")

    assert "赵敏" in deputy.card("同意", "3,000").text
    assert not loop.zhao.has_button("同意")
    loop.advance(8 * 3600 + 1)
    loop.settle()
    loop.advance(8 * 3600)
    loop.settle()
    assert [(one.done) for one in loop.dingtalk.todos("xfinance")] == [False]
    deputy.presses("同意")
    loop.settle()
    assert [one.done for one in loop.dingtalk.todos("xfinance")] == [True]
    asker.hears("已通过")


def test_a_vote_in_a_group_asks_for_its_number_and_makes_no_repair(loop: Loop):
    follow(loop, "purchase")
    asker = hire(loop, "小郑", Role.AGENT, "dingtalk")
    asker.says("申请 采购 3000元 压缩机两台")
    loop.zhao.card("同意", "3,000")

    loop.desk.says("zhao", "同意")

    loop.desk.hears("“同意”要带上编号", "例如：同意 SP-20")
    loop.settle()
    assert not group_requests(loop)
    assert loop.zhao.has_button("同意")


def test_what_is_inserted_counts_for_the_next_one_and_not_for_those_that_run(loop: Loop):
    follow(loop)
    running = begin(loop, "kf", "dingtalk")
    document = dict(read_file(SHIPPED / "order_default.yaml"))
    start, dispatch, *rest = document["nodes"]
    parts = {
        "id": "parts",
        "kind": "approve",
        "title": "配件预申请",
        "approvers": [{"by": "role", "role": "manager"}],
        "mode": "any",
        "next": "dispatch",
    }
    document["nodes"] = [{**start, "next": "parts"}, parts, dispatch, *rest]

    publish(loop.database, document, 1, "先备件", loop.clock.now())

    running.completes()
    assert not loop.zheng.has_button("同意")
    number = loop.lin.reports()
    loop.zheng.card("同意", number)
    loop.settle()
    assert not loop.sun.has_button("接单")
    loop.zheng.presses("同意")
    loop.sun.card("接单", number)
