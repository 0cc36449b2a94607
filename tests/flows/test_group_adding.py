"""What a fault said in a group lacks is added there, and the card changes in place."""

import pytest

from tests.flows.test_groups import Group
from tests.support import cast
from tests.support.desk import group_requests
from tests.support.intake import machine
from tests.support.loop import Loop


@pytest.fixture(params=["dingtalk", "aibot"])
def group(request: pytest.FixtureRequest, loop: Loop) -> Group:
    return Group(loop, request.param)


def test_the_speaker_adds_the_machine_in_words(group: Group, loop: Loop):
    group.says(group.technician, "机组漏水，很急")
    assert "还缺" in group.chat.card("建工单", "漏水").text

    group.says(group.technician, "补充 设备是 LK-9001，在二楼")

    added = group.chat.card("建工单", "LK-9001").text
    assert "还缺" not in added
    assert "沪冷物流" in added
    loop.settle()
    (kept,) = group_requests(loop)
    assert kept.asset_id is not None
    assert kept.words == "机组漏水，很急\n设备是 LK-9001，在二楼"


def test_a_reply_to_the_message_adds_to_it(loop: Loop):
    loop.aibot_group.says("sun", "机组漏水，很急")
    loop.aibot_group.card("建工单", "漏水")

    loop.aibot_group.says(
        "zheng", "LK-9001 那台，还在滴", quoting={"msgtype": "text", "text": {"content": "机组漏水，很急"}}
    )

    loop.aibot_group.card("建工单", "LK-9001")
    loop.settle()
    assert len(group_requests(loop)) == 1


def test_one_of_the_customers_machines_is_chosen_on_the_card(loop: Loop):
    group = Group(loop, "aibot")
    for serial, name in (("SG-1", "制冰机甲"), ("SG-2", "制冰机乙")):
        machine(loop, serial, name, "C002")
    group.says("lin", "机器漏水了")
    group.presses("lin", "选设备")
    group.presses("zheng", "制冰机乙")

    group.chat.card("建工单", "制冰机乙")
    group.presses("lin", "建工单")

    group.chat.hears("已建工单", "WO-")
    loop.settle()
    assert loop.only_order().asset_id == group_requests(loop)[0].asset_id


def test_another_customer_can_add_nothing(loop: Loop):
    with loop.database.write() as session, session.begin():
        own = cast.identity("wecom", "stranger", loop.clock.now())
        own.person_id = loop.person("何洁").id
        session.add(own)
    loop.aibot_group.says("lin", "机器漏水了")
    loop.aibot_group.card("建工单", "漏水")
    loop.settle()

    loop.aibot_group.says("stranger", "补充 地址 张江路 99 号")

    loop.aibot_group.hears("没有权限")
    assert "99" not in group_requests(loop)[0].words


def test_nothing_waits_for_words_of_a_customer(loop: Loop):
    loop.aibot_group.says("lin", "补充 地址 张江路 99 号")

    loop.aibot_group.hears("没有可以补充的群消息")
    assert not group_requests(loop)
