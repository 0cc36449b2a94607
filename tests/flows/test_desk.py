"""The service desk at work: dispatch modes, its words and presses, the pool, registrations by phone."""

import re

import pytest

from tests.support import cast
from tests.support.actors import NUMBER
from tests.support.desk import add_rule, order_numbered, teach
from tests.support.loop import Loop

TEN_MINUTES = 601


@pytest.fixture(params=["zhao", "zheng"])
def desk(request: pytest.FixtureRequest, loop: Loop):
    """Give a dispatcher on DingTalk and a manager on WeCom in turn."""
    return getattr(loop, request.param)


@pytest.fixture(params=["chen", "lin"])
def customer(request: pytest.FixtureRequest, loop: Loop):
    """Give a customer in WeChat and one in the WeCom app in turn."""
    return getattr(loop, request.param)


def accepted(loop: Loop) -> str:
    number = loop.chen.reports()
    loop.li.card("接单", number)
    loop.li.presses("接单")
    loop.order_becomes("accepted")
    return str(number)


def registered(loop: Loop, told: str, label: str = "确认登记") -> str:
    loop.wu.says(f"登记 {told}")
    loop.wu.card(label)
    loop.wu.presses(label)
    return str(NUMBER.findall(loop.wu.hears("已登记，工单号"))[0])


# Dispatch modes.


def test_without_rules_the_best_technician_is_asked_at_once(loop: Loop):
    number = loop.chen.reports()

    loop.li.card("接单", number)

    assert [event["reason"] for event in loop.events("WorkOrderOffered")] == ["同区域，手上 0 单"]


def test_an_automatic_rule_says_why_and_sets_its_own_time(loop: Loop):
    add_rule(loop, 1, "华东快派", "auto", region="华东", offer_timeout_s=60)
    number = loop.chen.reports()
    loop.li.card("接单", number)
    loop.settle()

    loop.advance(61)

    loop.wang.card("接单", number)
    assert loop.events("WorkOrderOffered")[0]["reason"] == "规则“华东快派”：同区域，手上 0 单"
    assert loop.desk.told("华东快派")


def test_a_recommending_rule_lets_a_dispatcher_choose(loop: Loop, desk, customer):
    add_rule(loop, 1, "重点客户", "recommend")
    number = customer.reports()
    desk.card("派给王芳", number)

    desk.presses("派给王芳")

    loop.wang.card("接单", number)
    assert [event["technician_id"] for event in loop.events("WorkOrderOffered")] == [
        str(loop.person("王芳").id)
    ]


def test_where_no_dispatcher_chooses_the_best_is_asked_by_itself(loop: Loop):
    add_rule(loop, 1, "重点客户", "recommend")
    number = loop.chen.reports()
    loop.zhao.card("派给李强", number)
    loop.settle()

    loop.advance(TEN_MINUTES)

    loop.li.card("接单", number)
    assert "无人选择" in loop.events("WorkOrderOffered")[0]["reason"]


def test_after_the_choice_was_made_for_them_the_desk_s_cards_offer_it_no_more(loop: Loop):
    add_rule(loop, 1, "重点客户", "recommend")
    loop.chen.reports()
    loop.zhao.card("派给王芳")
    loop.settle()
    loop.advance(TEN_MINUTES)
    loop.li.card("接单")
    loop.settle()

    assert not loop.zhao.has_button("派给王芳")


def test_a_manual_rule_waits_for_the_picker(loop: Loop, desk):
    add_rule(loop, 1, "大客户人工派", "manual")
    number = loop.chen.reports()
    desk.card("选技师", number)

    desk.presses("选技师")
    desk.card("派给孙浩")
    desk.presses("派给孙浩")

    loop.sun.card("接单", number)
    desk.hears("已把工单", number, "孙浩")
    assert loop.events("WorkOrderLeftUnassigned")[0]["reason"] == "按规则“大客户人工派”由调度员派工"


def test_nobody_without_the_skill_is_asked(loop: Loop):
    add_rule(loop, 1, "制冷", "auto", skill="制冷")
    teach(loop, "孙浩", "电气", "制冷")
    number = loop.chen.reports()

    loop.sun.card("接单", number)

    loop.settle()
    assert not loop.li.has_button("接单")
    assert "会制冷" in loop.events("WorkOrderOffered")[0]["reason"]


def test_where_nobody_has_the_skill_the_desk_is_alerted(loop: Loop, desk):
    add_rule(loop, 1, "高压", "auto", skill="高压电")
    number = loop.chen.reports()

    desk.hears(number, "没有会“高压电”的技师可派")

    loop.settle()
    assert not loop.events("WorkOrderOffered")


# Words and presses.


def test_a_dispatcher_without_a_name_in_mind_gets_a_picker(loop: Loop, desk):
    number = loop.chen.reports()
    loop.li.card("接单", number)
    loop.settle()

    desk.says(f"派单 {number}")
    desk.card("派给王芳", number)
    assert "派给李强" not in desk.card("派给王芳").buttons
    desk.presses("派给王芳")

    loop.wang.card("接单", number)


def test_only_the_desk_gets_a_picker(loop: Loop):
    number = loop.chen.reports()

    loop.wu.says(f"派单 {number}")

    assert loop.wu.hears("没有权限", "派单")


def test_a_desk_card_s_cancel_asks_for_the_reason(loop: Loop, desk):
    add_rule(loop, 1, "人工", "manual")
    number = loop.chen.reports()
    desk.card("取消", number)

    desk.presses("取消")
    desk.hears("请直接回复原因", number)
    desk.says("客户自己修好了")

    assert loop.chen.hears(number, "已取消", "客户自己修好了")


def test_a_cancellation_can_be_dropped(loop: Loop):
    add_rule(loop, 1, "人工", "manual")
    number = loop.chen.reports()
    loop.zhao.card("取消", number)
    loop.zhao.presses("取消")
    loop.zhao.hears("请直接回复原因", number)

    loop.zhao.says("算了")

    assert loop.zhao.hears("没有取消", number)
    assert not loop.events("WorkOrderCancelled")


def test_two_orders_of_one_fault_are_merged(loop: Loop, desk):
    first = accepted(loop)
    second = registered(loop, f"{cast.MOBILE['何洁']} 冷库还是不制冷", "仍要新建")

    desk.says(f"合并 {second} 到 {first}")

    desk.hears(second, "已合并到", first)
    loop.settle()
    assert order_numbered(loop, second).status == "cancelled"


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("优先级 {n} P1 客户停产", "已改为 P1"),
        ("类型 {n} 投诉 客户要求赔偿", "已改为“投诉”"),
        ("预计 {n} 2小时", "预计耗时 2 小时"),
        ("预计 {n} 90分钟", "预计耗时 90 分钟"),
    ],
)
def test_what_is_known_of_an_order_can_be_corrected(loop: Loop, desk, words: str, answer: str):
    number = loop.chen.reports()

    desk.says(words.format(n=number))

    assert desk.hears(number, answer)


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("优先级 {n} 很急", "例如：优先级"),
        ("优先级 {n} P1", "写明原因"),
        ("类型 {n} 什么", "例如：类型"),
        ("预计 {n} 很久", "例如：预计"),
        ("合并 {n}", "例如：合并"),
        ("合并 {n} 到 WO-20200101-0001", "没有找到工单"),
    ],
)
def test_the_desk_is_told_what_is_missing(loop: Loop, words: str, answer: str):
    number = loop.chen.reports()

    loop.zhao.says(words.format(n=number))

    assert loop.zhao.hears(answer)


def test_a_customer_s_word_that_sounds_like_a_command_is_about_their_fault(loop: Loop):
    number = loop.chen.reports("类型：冷库机组，一直报警")

    assert order_numbered(loop, number).description.startswith("类型：冷库机组")


# The pool.


def test_the_pool_lists_every_open_order_the_urgent_ones_first(loop: Loop, desk):
    ordinary = accepted(loop)
    urgent = loop.lin.reports("制冰机漏电冒烟，有人触电")
    loop.zhao.says(f"优先级 {urgent} P1 有人触电")
    loop.settle()

    desk.says("工单池")

    page = desk.hears("工单池", ordinary, urgent)
    assert page.index(urgent) < page.index(ordinary)
    assert "李强" in page


@pytest.mark.parametrize(
    ("filter_words", "shown"),
    [("未派", False), ("李强", True), ("王芳", False), ("沪冷", True), ("已接单", True), ("深港", False)],
)
def test_the_pool_can_be_narrowed(loop: Loop, filter_words: str, shown: bool):
    number = accepted(loop)

    loop.zhao.says(f"工单池 {filter_words}")

    page = loop.zhao.hears("工单池") if shown else loop.zhao.hears("没有符合条件")
    assert (number in page) is shown


def test_the_pool_shows_what_stands_too_long(loop: Loop):
    number = accepted(loop)
    loop.zhao.says("工单池 超期")
    loop.zhao.hears("没有符合条件")

    loop.advance(5 * 3600)
    loop.zhao.says("工单池 超期")

    assert loop.zhao.hears(number, "已超期")


def test_a_technician_does_not_see_the_pool(loop: Loop):
    loop.li.says("工单池")

    assert loop.li.hears("没有权限")


# Registration for somebody on the phone.


def test_a_call_of_a_bound_customer_is_registered_in_one_line(loop: Loop):
    loop.wu.says(f"登记 {cast.MOBILE['林涛']} 林先生 3号冷库不制冷 明天上午")
    loop.wu.hears("最近工单", "林涛")
    assert "深港冷链" in loop.wu.card("确认登记").text
    loop.wu.presses("确认登记")

    number = NUMBER.findall(loop.wu.hears("已登记，工单号"))[0]
    assert loop.lin.hears("已收到您的报修", number)
    order = order_numbered(loop, number)
    assert (order.requester_id, order.details["source"]) == (loop.person("林涛").id, "agent")
    assert order.details["appointment_from"]
    assert loop.sun.card("接单", number)


def test_a_wechat_customer_reads_of_the_registration_as_soon_as_the_platform_allows(loop: Loop):
    number = registered(loop, f"{cast.MOBILE['陈静']} 陈女士 3号冷库不制冷")
    loop.settle()

    loop.chen.says("你好")

    assert loop.chen.hears("已收到您的报修", number)


@pytest.mark.parametrize("agent", ["wu", "zhao", "zheng"])
def test_an_unknown_caller_is_registered_step_by_step(loop: Loop, agent: str):
    who = getattr(loop, agent)
    who.says("登记")
    who.hears("来电人的手机号")
    who.says("13800001111 张先生")
    who.hears("哪台设备、出了什么问题")
    who.says("空压机启动不了")
    who.card("确认登记", "新客户")
    who.says("确认登记")

    number = NUMBER.findall(who.hears("已登记，工单号", "转告客户"))[0]
    caller = loop.person("张先生")
    order = order_numbered(loop, number)
    assert (caller.mobile, order.requester_id, order.customer_id) == ("13800001111", caller.id, None)


def test_news_of_an_unbound_caller_s_order_reach_the_agent(loop: Loop):
    number = registered(loop, "13800001111 张先生 空压机启动不了")
    asked = next(one for one in (loop.li, loop.wang, loop.sun) if _asked(loop, one, number))

    asked.presses("接单")

    assert loop.wu.hears("请转告客户 张先生 13800001111：", number, "技师会上门处理")


def _asked(loop: Loop, technician, number: str) -> bool:
    loop.settle()
    return bool(technician.has_button("接单") and technician.told(number))


def test_a_machine_s_serial_leads_to_its_owner(loop: Loop):
    loop.wu.says("登记 LK-9001 压缩机异响")

    card = loop.wu.card("确认登记")

    assert "沪冷物流" in card.text
    assert "LK-9001" in card.text


def test_a_registration_can_be_dropped_and_corrected(loop: Loop):
    loop.wu.says("登记 13800001111 空压机启动不了")
    loop.wu.card("确认登记")
    loop.wu.says(f"手机 {cast.MOBILE['陈静']}")
    loop.wu.card("确认登记", "沪冷物流")

    loop.wu.presses("不登记")

    assert loop.wu.hears("没有登记")
    loop.wu.says("确认登记")
    loop.settle()
    assert not loop.orders()


@pytest.mark.parametrize("who", ["li", "qian"])
def test_not_everybody_may_register_for_others(loop: Loop, who: str):
    getattr(loop, who).says("登记 13800001111 空压机启动不了")

    assert getattr(loop, who).hears("没有权限", "登记")


def test_the_history_is_shown_at_the_moment_of_the_call(loop: Loop):
    number = accepted(loop)

    loop.wu.says(f"查 {cast.MOBILE['陈静']}")

    assert loop.wu.hears("最近工单", number, "沪冷物流")


@pytest.mark.parametrize(
    "words", ["登记 13800001111 张先生 投诉 师傅态度差", "登记 投诉 13800001111 师傅态度差"]
)
def test_a_type_may_be_said(loop: Loop, words: str):
    loop.wu.says(words)

    assert re.search("类型[*：:]*.*投诉", loop.wu.card("确认登记").text)


def test_a_reason_that_begins_like_a_lookup_is_a_reason(loop: Loop):
    add_rule(loop, 1, "人工", "manual")
    number = loop.chen.reports()
    loop.zhao.card("取消", number)
    loop.zhao.presses("取消")
    loop.zhao.hears("请直接回复原因", number)

    loop.zhao.says("客户 自己修好了")

    assert loop.chen.hears(number, "已取消", "客户 自己修好了")
