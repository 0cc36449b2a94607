"""Every door makes the same work order, and every type of work its own: form, checklist, route and trace."""

from typing import Any

import pytest
from sqlalchemy import select, update

from domain.assets.model import Asset
from domain.workorder.details import OrderType
from tests.flows.test_api import BODY, SECRET, post
from tests.support.actors import CONFIRM, NUMBER, RECEIPT
from tests.support.desk import add_rule
from tests.support.field import IN_PROGRESS, order_of, under_way
from tests.support.loop import Loop


@pytest.fixture
def loop(stage: Loop) -> Loop:
    """Give the whole loop with a system that has a key."""
    stage.start_product(api_keys=f"erp:{SECRET}")
    return stage


def confirmed(chat: Any, words: str) -> str:
    """Let somebody ask for something, confirm it, and return the receipt's number."""
    chat.says(words)
    chat.card(CONFIRM)
    (chat.taps if hasattr(chat, "taps") else chat.presses)(CONFIRM)
    return str(NUMBER.findall(chat.hears(RECEIPT))[0])


def by_phone(loop: Loop) -> str:
    loop.wu.says("登记 13800001111 张先生 3号冷库不制冷 地址张江路88号")
    loop.wu.card("确认登记")
    loop.wu.presses("确认登记")
    return str(NUMBER.findall(loop.wu.hears("已登记，工单号"))[0])


def test_five_doors_make_one_kind_of_order_and_answer_where_it_came_from(loop: Loop):
    numbers = {
        "wecom_kf": confirmed(loop.chen, "3号冷库机组不制冷了"),
        "wecom": confirmed(loop.lin, "制冰机一直报警"),
        "dingtalk": confirmed(loop.zhao, "报修 叉车刹车失灵，地址张江路88号"),
        "phone": by_phone(loop),
        "api": post(loop).json()["number"],
    }
    loop.settle()

    orders = {door: order_of(loop, number) for door, number in numbers.items()}
    assert len({order.id for order in orders.values()}) == len(orders)
    for order in orders.values():
        assert order.description and order.priority and order.source_key
        assert order.type == OrderType.REPAIR and order.details["original_refs"]
    sources = {door: order.details["source"] for door, order in orders.items()}
    assert sources == dict.fromkeys(("wecom_kf", "wecom", "dingtalk"), "chat") | {
        "phone": "agent",
        "api": "api",
    }


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("3号冷库机组想约个保养，周四上午方便", "maintenance"),
        ("新买的制冰机需要安装", "installation"),
        ("请安排一次年度巡检", "inspection"),
        ("这批货我要退货，包装都没拆", "return"),
    ],
)
def test_a_customer_may_ask_for_work_that_repairs_nothing(loop: Loop, words: str, kind: str):
    number = confirmed(loop.chen, words)

    assert order_of(loop, number).type == kind


def test_an_installation_has_a_checklist_and_a_card_of_its_own(loop: Loop):
    number = under_way(loop, far=IN_PROGRESS, type=OrderType.INSTALLATION)
    assert loop.li.card("完工", "**类型**：安装")

    loop.li.says(f"完工 {number} 原因：新装 处理：安装调试 工时：2")

    assert loop.li.hears(number, "还缺：开箱验货、安装位置和固定、通电试运行、操作培训、现场照片")
    assert order_of(loop, number).status == "in_progress"


def test_another_type_goes_another_way_and_leaves_a_trace(loop: Loop):
    add_rule(loop, 1, "投诉由人派", "manual", type="complaint")
    number = confirmed(loop.chen, "3号冷库机组不制冷了")
    loop.li.card("接单", number)
    loop.li.says(f"拒单 {number} 在外地")
    loop.wang.card("接单", number)
    loop.settle()

    loop.wu.says(f"类型 {number} 投诉 客户要求赔偿")

    loop.wang.hears(number, "**类型**：投诉")
    loop.wang.says(f"拒单 {number} 不归我管")
    loop.zhao.card("选技师", number, "投诉由人派")
    (changed,) = loop.events("OrderTypeChanged")
    assert (changed["before"], changed["after"], changed["reason"]) == ("repair", "complaint", "客户要求赔偿")


def test_a_complaint_shows_what_it_is_about(loop: Loop):
    about = under_way(loop)

    complaint = post(
        loop,
        BODY | {"type": "complaint", "about_number": about, "description": "师傅态度很差，迟到两小时"},
    ).json()["number"]

    loop.li.card("接单", complaint, f"**关联工单**：{about}")


def test_a_complaint_about_an_unknown_order_is_refused(loop: Loop):
    refused = post(loop, BODY | {"type": "complaint", "about_number": "WO-20200101-0001"})

    assert (refused.status_code, refused.json()["code"]) == (422, "work_order_not_found")


def test_a_complaint_ends_with_cause_and_remedy(loop: Loop):
    number = under_way(loop, far=IN_PROGRESS, type=OrderType.COMPLAINT)
    loop.li.says(f"完工 {number} 原因：路上堵车 工时：1")
    loop.li.hears(number, "还缺：处理")
    assert order_of(loop, number).status == "in_progress"

    loop.li.says(f"完工 {number} 原因：路上堵车 处理：上门道歉，减免上门费 工时：1")
    loop.li.hears(number, "已完工")
    loop.chen.card("验收通过", number)
    loop.chen.taps("验收通过")
    loop.settle()
    loop.zhao.says(f"结算 {number} 免费")
    loop.settle()
    loop.wu.says(f"回访 {number} 已解决")
    loop.settle()

    assert order_of(loop, number).status == "closed"
    (filed,) = loop.events("ReportFiled")
    assert (filed["report"]["cause"], filed["report"]["remedy"]) == ("路上堵车", "上门道歉，减免上门费")


def test_whoever_goes_there_has_a_map_whatever_door_the_request_came_through(loop: Loop):
    with loop.database.write() as session, session.begin():
        session.execute(update(Asset).values(latitude=31.2, longitude=121.6))

    number = post(loop).json()["number"]

    loop.li.card("接单", number, "打开地图", "position=121.600000,31.200000")
    assert order_of(loop, number).request.latitude == 31.2


def test_the_next_technician_reads_what_was_tried_before(loop: Loop):
    with loop.database.read() as session:
        freezer = session.execute(select(Asset.id)).scalar_one()
    first = under_way(loop, asset_id=freezer)
    loop.li.says(f"完工 {first} 原因：电容击穿 处理：更换启动电容 工时：1")
    loop.li.hears("已完工")

    number = post(loop).json()["number"]

    loop.li.card("接单", number, "以往处理", first, "更换启动电容")
