"""What a customer corrects, takes back and tells of several machines while their request comes together."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from domain.assets.model import Asset, Customer
from tests.support.actors import CONFIRM, RECEIPT
from tests.support.closing import begin
from tests.support.intake import attachments, drafts, machine, only_draft
from tests.support.loop import Loop


def truck(loop: Loop) -> None:
    """Let Chen's firm have a vehicle with a plate and a nickname."""
    with loop.database.write() as session, session.begin():
        customer = session.execute(select(Customer).where(Customer.code == "C001")).scalar_one()
        asset = Asset(id=uuid4(), serial="VIN0000001", name="小白", model="", site="", batch="")
        asset.customer_id, asset.attributes = customer.id, {"plate": "沪DA6621"}
        session.add(asset)


@pytest.mark.parametrize("words", ["算了不修了", "不修了，我们自己弄好了"])
def test_a_request_is_taken_back_in_free_words(loop, words):
    loop.chen.says("冷库机组不制冷了")
    loop.chen.hears("请确认")

    loop.chen.says(words)
    loop.chen.hears("已取消，没有登记")

    loop.settle()
    assert only_draft(loop).state == "dropped"


def test_a_number_with_ten_digits_is_refused_and_is_no_waybill(loop):
    loop.chen.says("冷库机组不制冷了")
    loop.chen.hears("请确认")

    loop.chen.says("电话改成 1380000002")
    loop.chen.hears("10 位", "手机号要 11 位")

    loop.settle()
    assert (only_draft(loop).known.mobile, only_draft(loop).known.waybills) == ("", ())


def test_several_fields_are_corrected_in_one_line(loop):
    loop.chen.says("冷库机组不制冷了")
    loop.chen.hears("请确认")

    loop.chen.says("联系人改成老黄，地址改成银翔路1290号2号门，电话是１３８－０００１－１１１１")
    loop.chen.hears("请确认", "联系人：老黄", "地址：银翔路1290号2号门", "电话：13800011111")
    loop.chen.taps(CONFIRM)
    loop.chen.hears(RECEIPT)

    loop.settle()
    request = loop.only_order().request
    assert (request.contact_name, loop.only_order().description) == ("老黄", "冷库机组不制冷了")


def test_a_time_said_while_something_is_asked_is_taken_and_shown(loop):
    machine(loop, "ZB-1002", "制冰机")
    loop.chen.says("一直报警，声音很大")
    loop.chen.hears("哪台设备")

    loop.chen.says("时间改到明天上午9点")

    loop.chen.hears("已记下：时间", "哪台设备")
    assert only_draft(loop).known.appointment_from is not None


def test_three_machines_in_one_message_are_three_orders_with_their_own_words_and_the_pictures(loop):
    machine(loop, "LK-0001", "1号冷库冷藏机组")
    machine(loop, "LK-0002", "2号冷库冷藏机组")
    truck(loop)
    loop.chen.says("1号冷库的门关不严，2号冷库结霜特别厉害，还有小白的空调也不凉")
    loop.chen.hears("分别建 3 张")
    loop.wecom.customer_sends_image(loop.chen.userid, b"frost")
    loop.settle()
    loop.chen.says("分开报修")
    loop.chen.hears("已分成 3 张")
    loop.chen.hears("附件：1 个", "每张工单都会附上")
    loop.settle()
    loop.chen.taps(CONFIRM)
    loop.chen.hears(RECEIPT, times=3)

    loop.settle()
    orders = loop.orders()
    words = ["1号冷库的门关不严", "2号冷库结霜特别厉害", "还有小白的空调也不凉"]
    assert [one.description for one in orders] == words
    assert len({one.asset_id for one in orders} - {None}) == 3
    files = attachments(loop)
    assert {one.work_order_id for one in files} == {one.id for one in orders}
    assert {one.reused_from for one in files} == {None}


def test_what_is_one_fault_cannot_be_split(loop):
    loop.chen.says("冷库机组不制冷了")
    loop.chen.hears("请确认")

    loop.chen.says("分开报修")

    loop.chen.hears("只听出一个问题")


def test_a_plate_that_contradicts_the_machine_is_asked_about(loop):
    truck(loop)
    loop.chen.says("小白发动机抖动")
    loop.chen.hears("请确认", "小白")
    loop.chen.says("车牌是沪B99999")
    loop.chen.hears("登记的车牌是 沪DA6621", "您说的是 沪B99999")
    loop.chen.says("沪B99999")
    loop.chen.hears("请确认", "车牌：沪B99999")
    loop.chen.taps(CONFIRM)
    loop.chen.hears(RECEIPT)

    loop.settle()
    order = loop.only_order()
    assert (order.asset_id, order.request.plate) == (None, "沪B99999")


def test_a_plate_never_stands_on_the_order_of_another_machine(loop):
    truck(loop)
    loop.chen.says("小白发动机抖动，车牌沪DA6621，另外冷库机组漏水")
    loop.chen.hears("分别建 2 张")
    loop.chen.taps(CONFIRM)
    loop.chen.hears(RECEIPT, times=2)

    loop.settle()
    assert [one.request.plate for one in loop.orders()] == ["沪DA6621", ""]


def test_a_fault_that_comes_back_before_acceptance_is_asked_about_and_rejects_the_work(loop):
    ending = begin(loop, "kf", "dingtalk")
    ending.completes()
    ending.says("你们师傅态度太差，迟到两个小时，我要投诉")

    ending.says("又不制冷了")
    ending.customer.card("是另外的问题", "是这次没修好吗", ending.number)
    ending.taps("不通过")

    ending.becomes("accepted")
    ending.customer.hears("验收不通过", "又不制冷了")
    (complaint,) = [one for one in drafts(loop) if one.known.type == "complaint"]
    assert not complaint.known.faults


def test_another_fault_before_acceptance_is_a_request_of_its_own(loop):
    ending = begin(loop, "kf", "dingtalk")
    ending.completes()
    ending.says("又漏水了")

    ending.taps("是另外的问题")

    ending.customer.hears("请确认您的报修", "又漏水了")
    assert loop.only_order().status == "completed"
