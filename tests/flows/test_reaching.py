"""What a customer does not read by themselves: told through an agent, or said honestly."""

import pytest

from tests.support.actors import NUMBER
from tests.support.closing import Ending, begin
from tests.support.field import order_of, technician, under_way
from tests.support.loop import Loop

CALLER = "王老板 13911112222"


@pytest.fixture
def number(loop: Loop) -> str:
    """Register a caller without a chat and let Li accept."""
    loop.wu.says("登记 13911112222 王老板 空压机启动不了")
    loop.wu.card("确认登记")
    loop.wu.presses("确认登记")
    number = NUMBER.findall(loop.wu.hears("已登记，工单号"))[0]
    loop.settle()
    loop.zhao.says(f"派单 {number} 李强")
    loop.settle()
    loop.li.says(f"接单 {number}")
    loop.settle()
    return str(number)


def silent(loop: Loop) -> None:
    """Use up the five messages that WeChat takes while the customer says nothing."""
    for count in range(5):
        loop.li.says(f"告诉客户 第 {count} 句")
        loop.settle()


def test_an_agent_reads_what_to_tell_whom_and_the_technician_whom_to_call(loop: Loop, number: str):
    assert loop.wu.hears(f"请转告客户 {CALLER}：", number, "李强")
    assert loop.li.hears("您已接单", "没有绑定微信，请直接打电话 13911112222")
    assert not loop.wu.told("为您上门") + loop.wu.told("已收到您的报修")


def test_the_answer_to_a_question_goes_back_through_the_agent(loop: Loop, number: str):
    loop.li.says("告诉客户 明天上午方便吗")
    assert loop.li.hears("请直接打电话 13911112222", "转告")
    assert loop.wu.hears(f"请转告客户 {CALLER}：", "明天上午方便吗", "直接回复我")

    loop.wu.says("他说明天上午十点以后可以")

    assert loop.li.hears("服务台 吴梅", "他说明天上午十点以后可以", "告诉客户")


def test_an_agent_records_the_acceptance_and_is_never_asked_to_rate(loop: Loop, number: str):
    for words in ("出发 40分钟到", "到达", "开始处理", "完工 原因：电容击穿 处理：更换电容 工时：1"):
        loop.li.says(words)
        loop.settle()
    assert loop.wu.hears(f"请问客户 {CALLER} 是否修好", "更换电容", f"代客户验收 {number}")
    assert not loop.wu.has_button("验收通过")

    loop.wu.says(f"代客户验收 {number} 客户口头确认")
    loop.order_becomes("signed_off")
    loop.settle()

    assert not loop.wu.has_button("5分 很满意")
    assert not loop.refusals()


@pytest.mark.parametrize("name", ["li", "sun"])
def test_a_hold_promises_no_more_than_it_knows(loop: Loop, name: str):
    under_way(loop, name)

    technician(loop, name).says("挂起 等配件 客户难缠")

    assert technician(loop, name).hears("已挂起：等配件", "会通知客户")
    assert loop.chen.hears("正在等配件")
    assert not loop.chen.told("客户难缠")


def test_who_counts_on_a_notice_that_wechat_does_not_take_is_told_once(loop: Loop):
    number = under_way(loop)
    silent(loop)

    loop.li.says("挂起 等配件")
    told = loop.li.hears(number, "暂时收不到挂起通知", "连发 5 条", "13900000001")
    loop.desk.hears(number, "暂时收不到挂起通知")
    loop.settle()

    assert told
    assert len(loop.li.told("暂时收不到挂起通知")) == 1
    assert not loop.desk.told("13900000001")


def completed_unheard(loop: Loop) -> Ending:
    """Let the work be done while WeChat takes nothing."""
    ending = begin(loop, "kf", "dingtalk")
    silent(loop)
    ending.completes()
    return ending


def test_a_card_that_waited_does_not_come_with_its_own_answer(loop: Loop):
    ending = completed_unheard(loop)
    loop.li.hears(ending.number, "暂时收不到验收请求")

    ending.says(f"不通过 {ending.number} 还是结霜")
    loop.chen.hears("已记下：工单", "验收不通过", "还是结霜")
    loop.settle()

    assert not loop.chen.told("请您验收")


def test_the_reason_is_asked_before_it_is_kept(loop: Loop):
    ending = begin(loop, "kf", "dingtalk")
    ending.completes()
    ending.taps("不通过")
    ending.says("还是不制冷")
    loop.settle()

    shown = [message.text for message in loop.chen.shown()]
    asked = next(at for at, text in enumerate(shown) if "还有什么问题" in text)
    kept = next(at for at, text in enumerate(shown) if "已记下：工单" in text)
    assert asked < kept


def test_words_of_a_customer_who_is_waited_for_bring_the_technician_a_button(loop: Loop):
    number = under_way(loop)
    loop.li.says("挂起 等客户")
    loop.chen.hears("等您这边准备好")
    loop.settle()

    loop.chen.says("可以进来了")
    loop.li.card("恢复", "可以进来了")
    loop.li.presses("恢复")

    loop.order_becomes("in_progress")
    assert order_of(loop, number).hold_reason == ""
