"""What approvers said reaches whoever decides after them, and nobody is quoted with another's words."""

import pytest

from domain.people.model import Role
from tests.flows.test_approvals import follow
from tests.support.closing import Staff, hire
from tests.support.loop import Loop


@pytest.fixture
def asked(loop: Loop) -> tuple[Loop, Staff, Staff]:
    """Give a purchase of 20,000 元 that waits for the dispatcher, with its asker and the director."""
    follow(loop, "purchase")
    asker, director = (
        hire(loop, "小郑", Role.AGENT, "dingtalk"),
        hire(loop, "沈总", Role.DIRECTOR, "dingtalk"),
    )
    asker.says("申请 采购 2万元 备用压缩机")
    loop.zhao.card("同意", "20,000")
    loop.settle()
    return loop, asker, director


def test_the_next_approver_reads_what_the_one_before_said(asked: tuple[Loop, Staff, Staff]):
    loop, asker, director = asked

    loop.zhao.says("同意 情况属实")

    assert "赵敏：同意：情况属实" in director.card("同意", "20,000").text
    director.presses("同意")
    asker.hears("已通过，最后由 沈总 同意")
    loop.settle()
    assert not asker.told("情况属实")


def test_whoever_it_is_handed_to_reads_who_did_and_why(asked: tuple[Loop, Staff, Staff]):
    loop, _, _ = asked

    loop.zhao.says("转交 郑强 我在外地")

    assert "赵敏：转交：我在外地" in loop.zheng.card("同意", "20,000").text


def test_an_opinion_is_no_vote_and_the_owner_s_card_waits(asked: tuple[Loop, Staff, Staff]):
    loop, _, director = asked

    loop.zhao.says("委派 沈总")

    card = director.card("同意", "20,000")
    assert "赵敏 请您先看：同意或拒绝只是意见" in card.text
    assert card.buttons == ("同意", "拒绝", "问一句")
    loop.settle()
    assert not loop.zhao.has_button("同意")
    director.presses("同意")
    loop.zhao.card("同意", "20,000")


def test_what_is_handed_in_again_keeps_its_reason(asked: tuple[Loop, Staff, Staff]):
    loop, asker, _ = asked
    loop.zhao.says("不同意 先报三家价格")
    asker.hears("没有通过，赵敏 拒绝了", "先报三家价格")
    loop.settle()

    asker.says("重新提交 18000元 已比价")

    card = loop.zhao.card("同意", "18,000")
    assert "备用压缩机" in card.text
    assert "小郑：重新提交：已比价" in card.text
    assert "赵敏：拒绝：先报三家价格" in card.text
