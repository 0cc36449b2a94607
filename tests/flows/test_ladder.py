"""When the best way to show something is closed, the next one is taken, and the job is done all the same."""

import pytest

from sandbox.core.faults import Fault
from tests.support.cast import identity
from tests.support.field import under_way
from tests.support.loop import Loop


@pytest.fixture(autouse=True)
def eager_customers(stage: Loop) -> None:
    """Let customers confirm every summary at once."""
    stage.let_customers_confirm()


CARD_SCOPE = "Card.Instance.Write"
GONE = Fault(error={"status": 400, "code": "staffId.notExisted", "message": "no such user"})


def _also_on_wecom(loop, name: str, userid: str) -> None:
    with loop.database.write() as session, session.begin():
        one = identity("wecom", userid, loop.clock.now())
        one.person_id = loop.person(name).id
        session.add(one)


def test_an_unpublished_template_falls_back_to_the_built_in_card(stage):
    template = stage.dingtalk.import_template("draft.schema", published=False)
    stage.start_product(dingtalk={"card_template_id": template})
    number = stage.chen.reports()

    card = stage.li.card("接单", number)
    assert card.out_track_id.startswith("md-")
    assert stage.li.presses("接单").code == 200

    assert stage.chen.hears("李强 技师")
    stage.settle()
    assert stage.li.told(number, "已接单")
    assert not stage.li.has_button("接单")
    assert len(stage.desk.told(number)) == 1


def test_without_a_template_of_our_own_the_built_in_card_is_used(stage):
    stage.start_product(dingtalk={"card_template_id": ""})
    stage.chen.reports()

    stage.li.card("拒单")
    stage.li.presses("拒单")
    stage.li.hears("直接回复原因")
    stage.li.says("人手不够")

    assert stage.wang.card("接单")


def test_without_the_right_to_send_cards_words_do_the_same(loop):
    loop.dingtalk.scopes.discard(CARD_SCOPE)
    number = loop.chen.reports()

    assert loop.li.hears(number, f"接单 {number}", f"拒单 {number}")
    loop.li.says(f"接单 {number}")

    assert loop.chen.hears("李强 技师")
    assert loop.desk.hears(number, "已接单：李强")
    assert not loop.li.has_button("接单")


def test_a_right_that_is_given_later_brings_cards_again(loop):
    loop.dingtalk.scopes.discard(CARD_SCOPE)
    number = loop.chen.reports("一号机坏了")
    loop.li.hears(f"接单 {number}")
    loop.settle()
    loop.dingtalk.scopes.add(CARD_SCOPE)

    second = loop.chen.reports("二号机坏了")

    assert loop.li.card("接单", second)


def test_a_spent_code_brings_a_new_template_card(loop):
    number = loop.lin.reports()
    card = loop.sun.card("接单")
    loop.settle()
    code = loop.update_code_of(card.task_id)
    spent = {"userids": ["sun"], "agentid": loop.wecom.agent_id, "response_code": code}
    spent["button"] = {"replace_name": "别人改过了"}
    loop.product.platforms.wecom.call("post", "message/update_template_card", data=spent)

    loop.lin.says("取消")

    assert loop.sun.hears(number, "工单已取消")
    loop.settle()
    assert not loop.sun.has_button("接单")


def test_a_code_older_than_72_hours_brings_a_new_template_card(stage):
    stage.start_product(offer_timeout_s=86400)
    number = stage.lin.reports()
    stage.sun.card("接单")
    stage.settle()
    before = len(stage.calls("message/update_template_card"))

    stage.advance(73 * 3600)

    assert stage.sun.hears(number, "您不用再处理")
    stage.settle()
    assert len(stage.sun.told(number)) == 2
    assert len(stage.calls("message/update_template_card")) == before


def test_a_card_is_shown_anew_before_its_code_ends(stage, monkeypatch):
    monkeypatch.setattr("bootstrap.wiring.RENEW_EVERY_S", 0.05)
    stage.start_product()
    number = under_way(stage, "sun", "lin")
    stage.sun.says(f"完工 {number} 原因：电容击穿 处理：更换电容 工时：1")
    stage.lin.card("验收通过", number)
    stage.settle()

    stage.advance(67 * 3600)

    assert stage.lin.hears(number, "已有新卡片")
    stage.settle()
    assert stage.lin.offers("验收通过") == 1
    stage.lin.presses("验收通过")
    assert stage.order_becomes("signed_off")


def test_a_template_card_that_is_refused_goes_as_words(loop):
    loop.faults.always("message/send", None)
    loop.lin.says("你好")
    loop.lin.hears("随时为您服务")
    number = loop.lin.reports()
    loop.sun.card("接单")
    loop.settle()
    loop.faults.once("message/update_template_card", Fault(error={"errcode": 42022}))
    loop.faults.once("message/send", Fault(error={"errcode": 43012}))

    loop.zhao.says(f"派单 {number} 孙浩")
    loop.zhao.hears("等待对方接单")
    loop.sun.hears(f"接单 {number}", f"拒单 {number}")
    loop.sun.says("接单")

    assert loop.lin.hears("孙浩 技师")


def test_without_the_robot_in_the_group_the_story_goes_on_and_an_operator_can_see_it(loop):
    loop.dingtalk.set_robot_in_group(loop.desk_group, False)

    number = loop.chen.reports()
    loop.li.card("接单")
    loop.li.presses("接单")

    assert loop.chen.hears("李强 技师")
    assert loop.webhook_group.hears(number, "已接单：李强")
    loop.settle()
    assert {row.audience for row in loop.outbox("dead")} == {f"desk:dingtalk_group:{loop.desk_group}"}
    loop.errors.expect("nobody could be reached")


def test_without_any_group_the_story_goes_on(stage):
    stage.start_product(dingtalk={"group_conversation_id": ""}, wecom={"group_webhook_url": ""})
    stage.chen.reports()
    stage.li.card("接单")

    stage.li.presses("接单")

    assert stage.chen.hears("李强 技师")
    stage.settle()
    assert not stage.outbox("dead") + stage.outbox("pending")


def test_a_person_on_two_platforms_gets_one_card(loop):
    _also_on_wecom(loop, "李强", "stranger")

    number = loop.chen.reports()
    loop.li.card("接单", number)
    loop.settle()

    assert not loop.wecom.chat("user:stranger")


def test_a_person_on_two_platforms_is_reached_on_the_other_and_accepts_there(loop):
    _also_on_wecom(loop, "李强", "stranger")
    for operation in ("card/createAndDeliver", "robot/oToMessages/batchSend"):
        loop.faults.always(operation, GONE)
    number = loop.chen.reports()

    card = loop.other_member("stranger")
    card.card("接单", number)
    card.presses("接单")

    assert loop.chen.hears("李强 技师")
    loop.settle()
    assert not card.has_button("接单")


def test_accepting_on_one_platform_closes_the_card_on_the_other(loop):
    _also_on_wecom(loop, "李强", "stranger")
    number = loop.chen.reports()
    loop.li.card("接单", number)

    loop.wecom.member_says("stranger", f"接单 {number}")

    assert loop.chen.hears("李强 技师")
    loop.settle()
    assert not loop.li.has_button("接单")
    assert loop.li.told(number, "已接单：李强")


def test_a_technician_nobody_can_reach_is_passed_over_when_the_offer_ends(loop):
    loop.let_customers_decide()
    loop.lin.says("制冰机坏了")
    loop.lin.card("确认报修")
    loop.faults.always("message/send", Fault(error={"errcode": 81013}))
    loop.lin.presses("确认报修")
    loop.settle()
    loop.faults.always("message/send", None)
    loop.advance(601)

    assert loop.wang.card("接单", "制冰机坏了")
    loop.errors.expect("nobody could be reached")
