"""微信客服: pulled in order, greeted once, and never written to beyond what the platform allows."""

import pytest

from sandbox.core.faults import Fault
from tests.support.cast import CHEN
from tests.support.loop import Loop


@pytest.fixture(autouse=True)
def eager_customers(stage: Loop) -> None:
    """Let customers confirm every summary at once."""
    stage.let_customers_confirm()


RECEIPT = "已收到您的报修"
WELCOME = "这里是售后服务"
TWO_DAYS_S = 48 * 3600 + 1


def test_the_first_sync_answers_only_what_is_fresh(stage):
    stage.chen.says("上周的冷库坏了")
    stage.advance(11 * 60)
    stage.chen.says("今天的冷库坏了")

    stage.start_product()

    stage.chen.hears(RECEIPT, "今天的冷库坏了")
    assert stage.only_order().description == "今天的冷库坏了"
    assert len(stage.chen.told(RECEIPT)) == 1
    assert [row.state for row in stage.inbox()][:2] == ["history", "done"]


def test_words_said_while_we_were_away_are_answered_when_we_are_back(loop):
    loop.chen.says("你好")
    loop.chen.hears("随时为您服务")
    loop.settle()
    loop.stop_product()
    loop.chen.says("冷库坏了")
    loop.advance(3600)

    loop.start_product()

    assert loop.chen.hears(RECEIPT, "冷库坏了")
    assert len(loop.orders()) == 1


def test_somebody_who_enters_is_greeted_once(loop):
    loop.wecom.customer_enters(CHEN)
    loop.chen.hears(WELCOME)

    loop.wecom.customer_enters(CHEN)
    loop.settle()

    assert len(loop.chen.told(WELCOME)) == 1
    assert not loop.orders()


def test_a_repeated_enter_event_greets_once(loop):
    loop.wecom.duplicate_callbacks = 4

    loop.wecom.customer_enters(CHEN)
    loop.chen.hears(WELCOME)
    loop.settle()

    assert len(loop.chen.told()) == 1


def test_a_greeting_that_would_come_too_late_is_not_sent(loop):
    loop.faults.once("kf/sync_msg", Fault(status=502))
    loop.wecom.customer_enters(CHEN)
    loop.settle()

    loop.advance(21)
    loop.settle()

    assert len(loop.inbox()) == 1
    assert not loop.chen.told()
    assert not loop.calls("kf/send_msg_on_event")


def test_a_member_who_opens_the_app_is_greeted_once_a_day(loop):
    loop.wecom.member_enters("lin")
    loop.lin.hears(WELCOME)
    loop.advance(60)
    loop.wecom.member_enters("lin")
    loop.settle()

    assert len(loop.lin.told(WELCOME)) == 1


def test_a_message_that_failed_afterwards_waits_for_the_customers_next_word(loop):
    loop.chen.reports()
    loop.settle()
    loop.wecom.fail_sent(loop.chen.shown()[-1].msgid, 4)
    loop.settle()
    assert not loop.chen.told(RECEIPT)
    assert [row.card for row in loop.outbox("waiting")] == ["receipt"]

    loop.chen.says("在吗")

    assert loop.chen.hears(RECEIPT)
    loop.settle()
    assert len(loop.chen.told(RECEIPT)) == 1
    assert len(loop.orders()) == 1


def test_a_failure_of_a_message_that_was_never_ours_is_ignored(loop):
    loop.chen.says("你好")
    loop.chen.hears("随时为您服务")
    by_hand = {"touser": CHEN, "open_kfid": loop.wecom.kf_open_kfid, "msgtype": "text", "msgid": "by-hand"}
    loop.product.platforms.wecom.call("post", "kf/send_msg", data=by_hand | {"text": {"content": "稍等"}})

    loop.wecom.fail_sent("by-hand", 1)
    loop.settle()

    assert [row.state for row in loop.outbox()] == ["sent"]


def test_after_48_hours_news_waits_for_the_customers_next_word(loop):
    loop.chen.reports()
    loop.li.card("接单")
    loop.settle()
    loop.advance(TWO_DAYS_S)
    loop.wang.card("接单")
    loop.wang.presses("接单")
    loop.settle()
    assert not loop.chen.told("王芳")
    assert [row.card for row in loop.outbox("waiting")] == ["who_comes"]

    loop.chen.says("在吗")

    assert loop.chen.hears("王芳 技师")
    loop.settle()
    assert len(loop.chen.told("王芳 技师")) == 1


def test_beyond_five_messages_news_waits_for_the_customers_next_word(loop):
    for machine in range(5):
        loop.chen.reports(f"{machine}号机坏了")
    for _ in range(5):
        loop.li.card("接单")
        loop.li.presses("接单")
        loop.settle()
    assert len(loop.chen.told("李强 技师")) == 4
    assert len(loop.outbox("waiting")) == 1

    loop.chen.says("在吗")

    assert loop.chen.hears("李强 技师", times=5)
    loop.settle()
    assert len(loop.chen.told("李强 技师")) == 5


def test_while_a_human_talks_to_the_customer_we_keep_quiet_until_the_next_word(loop):
    loop.chen.reports()
    loop.li.card("接单")
    loop.wecom.add_servicer("kefu")
    loop.wecom.servicer_says(CHEN, "kefu", "我来看看")

    loop.li.presses("接单")
    loop.settle()

    assert not loop.chen.told("李强")
    assert len(loop.outbox("waiting")) == 1
    assert not loop.inbox("failed")


def test_a_customer_who_takes_words_back_disturbs_nothing(loop):
    msgid = loop.chen.says("冷库坏了")
    loop.chen.hears(RECEIPT)

    loop.wecom.customer_recalls(CHEN, msgid)
    loop.settle()

    assert len(loop.orders()) == 1
    assert len(loop.chen.told(RECEIPT)) == 1


def test_a_lost_wake_is_made_good_by_the_next_one(loop):
    loop.wecom.drop_callbacks = True
    loop.chen.says("一号机坏了")
    loop.wecom.drop_callbacks = False

    loop.chen.says("进度")

    assert loop.chen.hears(RECEIPT, "一号机坏了")
