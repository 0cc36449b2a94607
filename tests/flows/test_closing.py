"""From the customer's acceptance to the closed loop, on every door and platform, by press and by words."""

import re

import pytest

from tests.support.closing import Ending, begin
from tests.support.loop import Loop

DOORS = [("kf", "dingtalk"), ("kf", "wecom"), ("app", "dingtalk"), ("app", "wecom")]
everywhere = pytest.mark.parametrize(("door", "platform"), DOORS)


def accepted(loop: Loop, door: str, platform: str) -> Ending:
    """Return a work order whose work the customer accepted."""
    ending = begin(loop, door, platform)
    ending.completes()
    ending.taps("验收通过")
    ending.becomes("signed_off")
    return ending


@everywhere
def test_the_loop_closes_by_press(loop: Loop, door: str, platform: str):
    ending = begin(loop, door, platform)
    ending.completes()
    ending.taps("不通过")
    ending.customer.hears("还有什么问题", ending.number)
    ending.says("还是不制冷")
    ending.becomes("accepted")
    ending.customer.hears("验收不通过", "还是不制冷")
    ending.completes(remedy="更换压缩机")

    ending.taps("验收通过")
    ending.becomes("signed_off")
    ending.taps("4分 满意")
    ending.taps("9")
    ending.customer.hears("评价已收到", "推荐度 9 分")
    ending.finance.card("结算", ending.number)
    ending.finance.presses("结算")
    ending.finance.hears("请回复金额和付款方")
    ending.finance.says("380.50 元 客户付 更换压缩机")
    ending.finance.hears("已结算", "380.50 元，客户付", "回访完成后自动关单")
    ending.becomes("settled")
    ending.agent.card("已回访·满意", ending.number)
    ending.agent.presses("已回访·满意")
    ending.becomes("closed")

    order = loop.only_order()
    assert (order.settled_fen, order.payer, order.rating, order.rejections) == (38050, "customer", 4, 1)
    assert [one["report_version"] for one in loop.events("WorkSignedOff")] == [2]
    assert not loop.refusals()


@everywhere
def test_the_loop_closes_by_words(loop: Loop, door: str, platform: str):
    ending = begin(loop, door, platform)
    ending.completes()
    ending.says(f"不通过 {ending.number} 还是不制冷")
    ending.becomes("accepted")
    ending.completes(remedy="更换压缩机")

    ending.says("验收通过")
    ending.becomes("signed_off")
    ending.says("5分 师傅很专业")
    ending.customer.hears("您愿意把我们推荐给朋友吗")
    ending.says("10")
    ending.customer.hears("推荐度 10 分")
    ending.agent.says(f"回访 {ending.number} 已解决 客户满意 5分")
    ending.agent.hears("已记录", ending.number)
    loop.settle()
    ending.finance.says(f"结算 {ending.number} 免费 保修")
    ending.finance.hears("0.00 元，保修承担", "工单已关闭")
    ending.becomes("closed")

    (rated,) = loop.events("ServiceRated")
    assert (rated["score"], rated["comment"]) == (5, "师傅很专业")
    assert loop.events("RatingExtended")[0]["nps"] == 10
    assert not loop.refusals()


@everywhere
def test_the_time_line_shows_everything_and_adds_up(loop: Loop, door: str, platform: str):
    ending = accepted(loop, door, platform)

    ending.technician.says(f"时间线 {ending.number}")
    ending.customer.says(f"时间线 {ending.number}")

    shown = ending.technician.hears("时间线（待结算）")
    assert all(words in shown for words in ("接单", "出发", "到达现场", "开始处理", "完工", "客户验收通过"))
    assert (
        re.search("合计 40分(?:[0-9]+秒)?：派工 ", shown)
        and "路上 10分" in shown
        and "现场处理 20分" in shown
    )
    told = ending.customer.hears("时间线（待结算）")
    assert "派给" not in told and "客户验收通过" in told


@everywhere
def test_a_low_score_is_followed_up_before_the_close(loop: Loop, door: str, platform: str):
    ending = accepted(loop, door, platform)
    ending.taps("2分 不满意")
    ending.says("师傅迟到了两个小时")
    ending.customer.hears("已记到工单")
    ending.finance.says(f"结算 {ending.number} 免费")
    ending.becomes("settled")

    card = ending.agent.card("已回访·满意", "低分回访", "师傅迟到了两个小时")
    assert "2 分" in card.text
    ending.agent.says(f"回访 {ending.number} 已解决 已向客户道歉")

    ending.becomes("closed")
    assert len(loop.events("FollowUpFinished")) == 2


@everywhere
def test_what_a_call_finds_unsolved_is_reopened_with_one_tap(loop: Loop, door: str, platform: str):
    ending = accepted(loop, door, platform)
    ending.agent.card("未解决")
    ending.agent.presses("未解决")
    ending.agent.card("重开工单")
    loop.settle()

    ending.agent.presses("重开工单")

    ending.customer.hears("已重新打开", "回访时客户反映未解决")
    loop.settle()
    assert loop.only_order().reopenings == 1
    assert not ending.agent.has_button("重开工单")
