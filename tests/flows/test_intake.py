"""From the customer's words to registered work orders, on both doors of a customer."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest

from adapters.storage.reconciling import reconcile
from tests.support.actors import CONFIRM, RECEIPT
from tests.support.field import sends_picture
from tests.support.intake import (
    attachments,
    colleague,
    drafts,
    machine,
    only_draft,
    reporters,
)
from tests.support.loop import Loop

WINDOW_S = 5


@pytest.fixture
def slow(stage: Loop, monkeypatch: pytest.MonkeyPatch) -> Loop:
    """Give the loop with a collecting window, as it runs in earnest."""
    monkeypatch.setattr("bootstrap.wiring.INTAKE_EVERY_S", 0.05)
    stage.start_product(intake_window_s=WINDOW_S)
    return stage


def tap(customer: Any, label: str) -> None:
    """Press a button on whichever door the customer has."""
    customer.card(label)
    (customer.taps if hasattr(customer, "taps") else customer.presses)(label)


def answered(loop: Loop, customer: Any, *words: str) -> str:
    """Let the collecting window end, and return the card that answers."""
    loop.settle()
    loop.advance(WINDOW_S + 1)
    return str(customer.hears(*words))


def test_a_burst_of_text_pictures_place_and_voice_becomes_one_order(slow):
    chen = slow.chen

    chen.says("冷库机组不制冷了")
    for number in range(3):
        slow.wecom.customer_sends_image(chen.userid, f"picture {number}".encode())
    chen.shares_place(31.2, 121.6, "三号冷库")
    slow.wecom.customer_sends_voice(chen.userid)
    answered(slow, chen, "请确认您的报修", "附件：4 个")
    chen.taps(CONFIRM)
    chen.hears(RECEIPT)

    slow.settle()
    order = slow.only_order()
    assert order.description == "冷库机组不制冷了"
    assert (order.request.latitude, order.request.address) == (31.2, "三号冷库")
    assert {one.work_order_id for one in attachments(slow)} == {order.id}
    assert len(order.request.original_refs) == 6
    assert len(chen.shown()) == 2


@pytest.mark.parametrize("who", ["chen", "lin"])
def test_a_clear_report_is_summed_up_and_registered_by_one_press(loop, who):
    customer = getattr(loop, who)

    customer.says("冷库机组不制冷了")
    tap(customer, CONFIRM)

    customer.hears(RECEIPT)
    loop.settle()
    assert only_draft(loop).state == "registered"
    assert loop.only_order().request.symptoms


@pytest.mark.parametrize("who", ["chen", "lin"])
def test_everything_works_in_words_too(loop, who):
    customer = getattr(loop, who)

    customer.says("冷库机组不制冷了")
    customer.hears("请确认")
    customer.says("地址改成张江路 99 号")
    customer.hears("请确认", "张江路 99 号")
    customer.says("对的")

    customer.hears(RECEIPT)
    assert loop.only_order().request.address == "张江路 99 号"


@pytest.mark.parametrize("who", ["chen", "lin"])
def test_a_request_can_be_changed_and_dropped_at_any_point(loop, who):
    customer = getattr(loop, who)
    customer.says("冷库机组不制冷了")

    tap(customer, "改一下")
    tap(customer, "电话")
    customer.hears("请留一个联系电话")
    customer.says("13812345678")
    customer.hears("请确认", "13812345678")
    tap(customer, "取消")
    loop.settle()

    assert only_draft(loop).state == "dropped"
    assert not loop.orders()


def test_the_machine_is_asked_for_among_the_customers_own_alone(loop):
    machine(loop, "ZB-1002", "制冰机")
    machine(loop, "SZ-7777", "包装机", firm="C002")

    loop.chen.says("一直报警，声音很大")
    card = loop.chen.card("制冰机（ZB-1002）", "哪台设备")
    loop.chen.taps("制冰机（ZB-1002）")
    loop.chen.hears("请确认", "制冰机（ZB-1002）")

    assert "包装机" not in card.text
    assert "其他设备/不确定" in card.buttons


@pytest.mark.parametrize("serial", ["SZ-7777", "QQ-123456"])
def test_a_serial_of_nobody_and_of_somebody_else_read_the_same(loop, serial):
    machine(loop, "SZ-7777", "包装机", firm="C002")

    loop.chen.says(f"编号 {serial} 的机器一直报警")

    text = loop.chen.hears("没有找到编号")
    assert "包装机" not in text
    assert "深港" not in text


def test_several_faults_become_several_orders_after_one_confirmation(loop):
    machine(loop, "KY-2001", "空压机")

    loop.chen.says("冷库机组漏水，另外空压机一直异响")
    loop.chen.hears("1. ", "2. ", "分别建 2 张")
    loop.chen.taps(CONFIRM)
    loop.chen.hears(RECEIPT, times=2)

    loop.settle()
    first, second = loop.orders()
    assert {first.asset_id, second.asset_id} != {None}
    assert second.source_key == f"{first.source_key}:2"
    assert first.description.startswith("冷库机组漏水")


def test_several_faults_can_be_kept_together(loop):
    machine(loop, "KY-2001", "空压机")

    loop.chen.says("冷库机组漏水，另外空压机一直异响")
    tap(loop.chen, "合成一张")
    loop.chen.card("分开报修")
    loop.chen.taps(CONFIRM)
    loop.chen.hears(RECEIPT)

    loop.settle()
    assert loop.only_order().description == "冷库机组漏水，另外空压机一直异响"


def test_three_people_report_one_fault_and_one_of_them_leaves_again(loop):
    number = loop.chen.reports("冷库机组不制冷了")
    he, yu = colleague(loop, "何洁二"), colleague(loop, "于波")
    for person in (he, yu):
        person.says("冷库机组还是不太制冷")
        person.card("加入这个工单", number)
        person.taps("加入这个工单")
        person.hears("已把您加入工单", number)

    loop.settle()
    assert loop.only_order().reporter_count == 3
    loop.li.card("接单")
    loop.li.presses("接单")
    for person in (loop.chen, he, yu):
        person.hears(number, "李强")
    yu.says("撤销关联")
    yu.hears(RECEIPT)
    loop.settle()
    first, second = loop.orders()
    assert (first.reporter_count, second.description) == (2, "冷库机组还是不太制冷")
    assert [one.left_at is None for one in reporters(loop)] == [True, False]


def test_what_is_not_the_same_becomes_an_order_of_its_own(loop):
    number = loop.chen.reports("冷库机组不制冷了")
    he = colleague(loop, "何洁二")

    he.says("冷库机组还是不太制冷")
    he.card("不是，单独报修", number)
    he.taps("不是，单独报修")
    tap(he, CONFIRM)
    he.hears(RECEIPT)

    loop.settle()
    assert len(loop.orders()) == 2
    assert not reporters(loop)


def test_nobody_is_offered_another_firms_order(loop):
    number = loop.chen.reports("冷库机组不制冷了")

    loop.lin.says("冷库机组不制冷了")

    assert number not in loop.lin.hears("请确认您的报修")


def test_danger_is_registered_without_waiting(slow):
    slow.chen.says("冷库着火了，快来人，有人被困在里面")

    slow.chen.hears("已按紧急情况登记", "取消")

    assert slow.only_order().priority == "P1"


def test_who_cries_again_in_danger_speaks_to_the_same_order(loop):
    loop.chen.says("冷库着火了，快来人，有人被困在里面")
    loop.chen.hears("已按紧急情况登记")

    loop.chen.says("火越来越大了！！")
    loop.chen.says("救命啊着火了")

    loop.chen.hears(loop.only_order().number, "已记")
    loop.settle()
    assert len(loop.orders()) == 1


def test_who_does_not_confirm_is_reminded_once_and_then_dropped_politely(slow):
    slow.chen.says("冷库机组不制冷了")
    answered(slow, slow.chen, "请确认")

    slow.advance(31 * 60)
    slow.chen.hears("还没有确认")
    slow.advance(24 * 3600)
    slow.chen.hears("一天没有确认")
    slow.desk.hears("没有确认的报修", "冷库机组不制冷了")
    slow.chen.says("确认报修")

    slow.chen.hears(RECEIPT)
    assert slow.only_order().description == "冷库机组不制冷了"


def test_words_said_after_the_reminder_go_on_with_the_same_request(slow):
    slow.chen.says("冷库机组不制冷了")
    answered(slow, slow.chen, "请确认")
    slow.advance(31 * 60)
    slow.chen.hears("还没有确认")

    slow.chen.says("门也关不严")
    answered(slow, slow.chen, "请确认", "门也关不严")

    assert len(drafts(slow)) == 1


def test_a_person_takes_over_with_everything_that_was_said(loop):
    loop.chen.says("冷库机组不制冷了")
    loop.chen.hears("请确认")

    loop.chen.says("转人工")

    loop.chen.hears("已转告服务台")
    loop.desk.hears("要找人工", "冷库机组不制冷了")
    assert only_draft(loop).state == "handed_over"


def test_an_angry_customer_is_offered_a_superior_and_nothing_happens_by_itself(loop):
    loop.chen.says("我要投诉你们，第三次了，冷库机组还是不制冷")
    loop.chen.card("请主管联系我")
    loop.settle()
    assert len(loop.events("EscalationProposed")) == 1
    assert not loop.zhao.told("主管联系")

    loop.chen.taps("请主管联系我")

    loop.chen.hears("已请主管尽快联系您")
    loop.zhao.hears("主管联系", "陈静")
    assert len(loop.events("EscalationConfirmed")) == 1


def test_two_hundred_messages_in_a_minute_get_one_answer(slow):
    slow.chen.says("冷库机组不制冷了")
    for number in range(199):
        slow.chen.says(f"第{number}遍说了，库里温度在升")
        if number % 20 == 0:
            slow.settle()
    slow.settle()
    slow.advance(61)

    slow.chen.hears("请确认", "内容较多")

    slow.settle()
    assert len(slow.chen.shown()) == 1
    assert len(only_draft(slow).known.said) == 100
    assert len(only_draft(slow).known.refs) == 200


def test_a_press_on_an_older_card_changes_nothing_and_shows_the_newest(loop):
    loop.lin.says("制冰机一直报警")
    loop.lin.hears("请确认")
    loop.lin.card(CONFIRM)
    loop.lin.says("电话改成 13812345678")
    loop.lin.hears("请确认", "13812345678")

    loop.wecom.member_presses("lin", CONFIRM, contains="13900000002")

    loop.lin.hears("内容有更新")
    assert not loop.orders()


@pytest.mark.parametrize("who", ["li", "sun"])
def test_a_driver_reports_an_exception_with_waybill_picture_and_place(slow, who):
    driver, name = getattr(slow, who), {"li": "李强", "sun": "孙浩"}[who]
    driver.says("报修 运单 SF1234567890123 的货破损了")
    slow.settle()
    sends_picture(slow, who, b"a broken box")
    if who == "sun":  # DingTalk tells nobody's place.
        driver.shares_place(31.2, 121.6, "三号月台")
    answered(slow, driver, "请确认", "SF1234567890123", "附件", "1 个")

    driver.presses(CONFIRM)

    driver.hears(RECEIPT)
    slow.settle()
    order, (kept,) = slow.only_order(), attachments(slow)
    assert (order.type, order.request.waybills) == ("claim", ("SF1234567890123",))
    assert (kept.work_order_id, kept.state) == (order.id, "kept")
    assert (kept.sender_id, kept.sha256) == (slow.person(name).id, sha256(b"a broken box").hexdigest())
    if who == "sun":
        assert (order.request.latitude, order.request.longitude) == (31.2, 121.6)


def test_urging_is_passed_on_once_and_answered_with_the_state(loop):
    number = loop.chen.reports()
    loop.settle()

    loop.chen.says("你们能不能快点啊，催一下")
    loop.chen.hears("已为您催单", number)
    loop.chen.says("催一下，客户等着用")
    loop.chen.hears("已为您催单", times=2)

    loop.settle()
    assert len(loop.desk.told("催单")) == 1


def test_cancelling_after_departure_asks_first(loop):
    number = loop.chen.reports()
    loop.li.card("接单")
    loop.li.presses("接单")
    loop.li.card("出发")
    loop.li.presses("出发")
    loop.settle()

    loop.chen.says(f"取消 {number}")
    tap(loop.chen, "确认取消")

    loop.chen.hears(number, "已取消")
    loop.li.hears("已取消", "您不用再去")


def test_a_restart_in_the_middle_of_a_request_loses_nothing(slow):
    slow.chen.says("冷库机组不制冷了")
    slow.journal.wait_for(lambda: len(drafts(slow)) == 1, WINDOW_S, "the draft")
    slow.stop_product()
    slow.chen.says("门也关不严")

    slow.start_product(intake_window_s=WINDOW_S)
    answered(slow, slow.chen, "请确认", "门也关不严")
    slow.chen.taps(CONFIRM)
    slow.chen.hears(RECEIPT)

    slow.settle()
    now = slow.clock.now()
    found = reconcile(slow.database, now - timedelta(days=1), now)
    assert found.fits, found
    assert (found.requests, found.orders) == (1, 1)


def test_a_confirmation_can_be_typed(loop):
    loop.chen.says("冷库机组不制冷了")
    loop.chen.hears("请确认")

    loop.chen.says("确认报修")

    loop.chen.hears(RECEIPT)
