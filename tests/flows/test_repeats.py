"""Platforms deliver again and again; every word and every press counts once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from adapters.storage.tables import KfAccountRow
from tests.flows.test_door import said
from tests.support.loop import Loop


@pytest.fixture(autouse=True)
def eager_customers(stage: Loop) -> None:
    """Let customers confirm every summary at once."""
    stage.let_customers_confirm()


RECEIPT = "已收到您的报修"


def _one_order_one_receipt(loop, chat) -> bool:
    loop.settle()
    return len(loop.orders()) == 1 and len(chat.told(RECEIPT)) == 1


def test_a_callback_repeated_five_times_at_once_makes_one_order_and_one_receipt(loop):
    loop.wecom.duplicate_callbacks = 4

    loop.lin.says("制冰机坏了")
    delivered = loop.callbacks("text", 5)

    assert {entry.data["status"] for entry in delivered} == {200}
    assert _one_order_one_receipt(loop, loop.lin)
    assert [row.kind for row in loop.inbox()] == ["text", "press"]


def test_a_callback_repeated_five_times_in_turn_makes_one_order_and_one_receipt(loop):
    query, body = loop.wecom.encrypt_callback(said(loop))

    statuses = [loop.wecom.post_raw(body, query).status for _ in range(5)]

    assert statuses == [200] * 5
    assert _one_order_one_receipt(loop, loop.lin)


def test_a_repeat_that_was_encrypted_afresh_is_still_a_repeat(loop):
    plain = said(loop)
    sealed = [loop.wecom.encrypt_callback(plain) for _ in range(5)]

    with ThreadPoolExecutor(5) as threads:
        answers = list(threads.map(lambda one: loop.wecom.post_raw(one[1], one[0]), sealed))

    assert {answer.status for answer in answers} == {200}
    assert _one_order_one_receipt(loop, loop.lin)


def test_the_same_words_said_twice_are_two_faults(loop):
    loop.lin.reports("门坏了")
    loop.lin.reports("门坏了")

    loop.settle()
    assert len(loop.orders()) == 2


def test_a_repeated_wake_pulls_a_customers_words_once(loop):
    loop.wecom.duplicate_callbacks = 4

    loop.chen.says("冷库坏了")
    loop.callbacks("kf_msg_or_event", 5)

    assert _one_order_one_receipt(loop, loop.chen)


def test_a_page_pulled_again_changes_nothing(loop):
    loop.chen.reports()
    loop.chen.says("进度")
    loop.chen.hears("进展")
    loop.settle()

    loop.change(KfAccountRow, cursor="", dirty=True, due_at=loop.clock.now())
    loop.settle()

    assert _one_order_one_receipt(loop, loop.chen)
    assert len(loop.chen.told("进展")) == 1


def test_small_and_empty_pages_are_read_to_the_end(loop):
    loop.wecom.kf_page_size, loop.wecom.kf_empty_pages = 1, 2
    loop.wecom.drop_callbacks = True
    for fault in ("一号机坏了", "二号机坏了"):
        loop.chen.says(fault)
    loop.wecom.drop_callbacks = False

    loop.chen.says("三号机坏了")

    loop.chen.hears(RECEIPT)
    loop.settle()
    kept = "\n".join(order.description for order in loop.orders())
    assert [fault for fault in ("一号机坏了", "二号机坏了", "三号机坏了") if fault not in kept] == []


def test_a_repeated_robot_message_counts_once(loop):
    number = loop.chen.reports()
    loop.li.card("接单")
    loop.dingtalk.duplicate_deliveries = 4

    loop.li.says(f"接单 {number}")
    loop.li.hears("会通知客户")
    loop.settle()

    assert len(loop.li.told("会通知客户")) == 1
    assert len(loop.events("WorkOrderAccepted")) == 1


@pytest.mark.parametrize("same_id", [True, False])
def test_a_repeated_press_counts_once(loop, same_id):
    loop.chen.reports()
    loop.li.card("接单")
    loop.dingtalk.duplicate_deliveries = 4
    loop.dingtalk.redeliver_new_message_id = not same_id

    loop.li.presses("接单")
    loop.chen.hears("李强 技师")
    loop.settle()

    assert len(loop.events("WorkOrderAccepted")) == 1
    assert len(loop.chen.told("李强 技师")) == 1
    assert not loop.refusals()


def test_a_repeated_press_on_a_template_card_counts_once(loop):
    loop.lin.reports()
    loop.sun.card("接单")
    loop.wecom.duplicate_callbacks = 4

    loop.sun.presses("接单")
    loop.lin.hears("孙浩 技师")
    loop.settle()

    assert len(loop.events("WorkOrderAccepted")) == 1
    assert len(loop.lin.told("孙浩 技师")) == 1


def test_pressing_accept_twice_is_harmless(loop):
    loop.chen.reports()
    card = loop.li.card("接单")
    loop.li.presses("接单")
    loop.chen.hears("李强 技师")

    again = loop.li.forges(card.card["btn1_action"], card.out_track_id)
    loop.settle()

    assert again.code == 200
    assert len(loop.events("WorkOrderAccepted")) == 1
    assert not loop.refusals()
