"""The adapter against the played platform: real callbacks in, real calls out."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from adapters.delivery.ports import Address, DeliveryError, Failure
from adapters.inbound import EnteredContent, Inbound, PressContent, SendFailedContent, TextContent
from adapters.wecom.channels import (
    KfTextChannel,
    KfWelcomeChannel,
    WebhookChannel,
    WecomCardChannel,
    WecomTextChannel,
)
from adapters.wecom.client import QyClient
from adapters.wecom.crypto import CallbackCrypto
from adapters.wecom.directory import WecomDirectory
from adapters.wecom.door import WecomDoor
from adapters.wecom.kf import KfPuller
from cards.spec import Button, ButtonStyle, Card, CardAction, Note
from sandbox.core.clock import SandboxClock
from sandbox.core.faults import Fault, Faults
from sandbox.core.journal import Journal
from sandbox.wecom import WecomSandbox
from tests.fakes.tokens import MemoryTokens
from tests.fakes.wecom import MemoryKfLedger, Receiver
from tests.fakes.wecom_wire import CallbackAddress

ORDER = UUID("0b7e3f6a-8f0e-4c53-9d2b-0d9a3f1c2e11")
LI = Address("wecom_user", "li.tech")


def button(label: str, verb: str, style: ButtonStyle) -> Button:
    return Button(label, CardAction(verb, ORDER, 3), f"{label} WO-20261124-0001", style)


OFFER = Card(
    title="工单 WO-20261124-0001 · 待接单",
    status="待接单",
    fields=(("客户", "新希望乳业"),),
    body="贴标机一直卡标",
    buttons=(
        button("接单", "wo.accept", ButtonStyle.PRIMARY),
        button("拒单", "wo.decline", ButtonStyle.DANGER),
    ),
)
ACCEPTED = Card(title="工单 WO-20261124-0001 · 已接单", status="已接单", hint="李工已接单")


@pytest.fixture
def world() -> Iterator[SimpleNamespace]:
    clock = SandboxClock()
    journal, faults = Journal(clock), Faults()
    wecom = WecomSandbox(clock, journal, faults)
    wecom.add_member("Li.Tech", "李工", "13800000001")
    wecom.add_customer("wmA", "王女士")
    client = QyClient(wecom.corp_id, wecom.secret, MemoryTokens(), api_base=wecom.api_base, now=clock.now)
    ledger, receiver = MemoryKfLedger(), Receiver()
    crypto = CallbackCrypto(wecom.token, wecom.encoding_aes_key, wecom.corp_id)
    address = CallbackAddress(WecomDoor(crypto, receiver, ledger, wecom.agent_id, clock.now))
    wecom.start()
    address.start()
    wecom.connect(address.url)
    yield SimpleNamespace(
        wecom=wecom,
        clock=clock,
        journal=journal,
        faults=faults,
        client=client,
        ledger=ledger,
        receiver=receiver,
        puller=KfPuller(client, ledger, clock.now, lease_s=30),
        card=WecomCardChannel(client, wecom.agent_id, "https://fixloop.example.com", clock.now),
        text=WecomTextChannel(client, wecom.agent_id),
        kf=KfTextChannel(client),
        welcome=KfWelcomeChannel(client),
        group=WebhookChannel(client, wecom.webhook_url),
        customer=Address("wecom_kf", f"{wecom.kf_open_kfid}:wmA"),
    )
    wecom.stop()
    address.stop()
    client._http.close()


def calls(world: SimpleNamespace, operation: str) -> int:
    return sum(1 for entry in world.journal.entries("call") if entry.data["operation"] == operation)


def received(world: SimpleNamespace, count: int = 1) -> list[Inbound]:
    inbounds: list[Inbound] = world.receiver.received
    world.journal.wait_for(lambda: len(inbounds) >= count, 5, f"{count} callbacks")
    return list(inbounds)


def wait_for_wake(world: SimpleNamespace) -> None:
    world.journal.wait_for(lambda: world.journal.entries("callback"), 5, "wake")


def pull(world: SimpleNamespace) -> list[Any]:
    wait_for_wake(world)
    while world.puller.pull_once():
        pass
    return list(world.ledger.inbounds)


def refused(world: SimpleNamespace, channel: Any, to: Address, content: Any = None) -> DeliveryError:
    with pytest.raises(DeliveryError) as error:
        channel.send(to, content or Note("您好"), message_key="key-9")
    return error.value


def test_what_a_member_says_arrives_with_its_words(world: SimpleNamespace):
    world.wecom.member_says("Li.Tech", "进度 ]]> <b> 😀")

    assert received(world)[0].content == TextContent(text="进度 ]]> <b> 😀")
    assert received(world)[0].conversation == "wecom_user:li.tech"


def test_a_callback_repeated_five_times_has_one_key(world: SimpleNamespace):
    world.wecom.duplicate_callbacks = 4

    world.wecom.member_says("li.tech", "进度")

    assert len({inbound.delivery_key for inbound in received(world, 5)}) == 1


def test_a_press_on_a_card_brings_its_token_and_a_code_that_updates_it(world: SimpleNamespace):
    world.card.send(LI, OFFER, message_key="key-1")

    world.wecom.member_presses("li.tech", "接单")

    content = received(world)[0].content
    assert isinstance(content, PressContent)
    assert (content.token, content.card_ref) == (f"1:wo.accept:{ORDER}:3", "key-1")
    assert content.update_code


def test_a_card_is_shown_whole_and_changed_in_place(world: SimpleNamespace):
    sent = world.card.send(LI, OFFER, message_key="key-1")

    world.card.update(LI, sent, ACCEPTED, message_key="key-2")

    (shown,) = world.wecom.chat("user:li.tech")
    assert "已接单" in shown.text and shown.buttons == ()
    assert (shown.task_id, sent.ref) == ("key-2", "key-1")
    assert not any(entry.data["notes"] for entry in world.journal.entries("call"))


def test_a_card_changed_into_one_with_buttons_can_be_pressed_again(world: SimpleNamespace):
    sent = world.card.send(LI, OFFER, message_key="key-1")

    world.card.update(LI, sent, OFFER, message_key="key-2")

    assert world.wecom.chat("user:li.tech")[0].buttons == ("接单", "拒单")


def test_a_code_works_once(world: SimpleNamespace):
    sent = world.card.send(LI, OFFER, message_key="key-1")
    world.card.update(LI, sent, OFFER, message_key="key-2")

    with pytest.raises(DeliveryError) as error:
        world.card.update(LI, sent, ACCEPTED, message_key="key-3")

    assert (error.value.code, error.value.failure) == ("42022", Failure.PERMANENT)


def test_a_code_dies_after_72_hours_on_both_sides(world: SimpleNamespace):
    sent = world.card.send(LI, OFFER, message_key="key-1")
    world.clock.advance(72 * 3600 + 1)

    with pytest.raises(DeliveryError) as error:
        world.card.update(LI, sent, ACCEPTED, message_key="key-2")

    assert error.value.failure is Failure.PERMANENT


def test_a_card_whose_answer_was_lost_is_not_shown_twice(world: SimpleNamespace):
    world.faults.once("message/send", Fault(reset=True))
    with pytest.raises(DeliveryError) as error:
        world.card.send(LI, OFFER, message_key="key-1")

    world.card.send(LI, OFFER, message_key="key-1")

    assert (error.value.code, len(world.wecom.chat("user:li.tech"))) == ("connection", 1)


def test_a_stranger_cannot_be_written_to(world: SimpleNamespace):
    error = refused(world, world.text, Address("wecom_user", "nobody"))

    assert (error.code, error.failure) == ("81013", Failure.PERMANENT)


def test_a_revoked_token_is_replaced_without_anybody_noticing(world: SimpleNamespace):
    world.text.send(LI, Note("一"), message_key="key-1")
    world.wecom.revoke_tokens()

    world.text.send(LI, Note("二"), message_key="key-2")

    assert [shown.text for shown in world.wecom.chat("user:li.tech")] == ["一", "二"]
    assert calls(world, "gettoken") == 2


def test_an_expired_token_is_replaced_before_it_is_refused(world: SimpleNamespace):
    world.text.send(LI, Note("一"), message_key="key-1")
    world.clock.advance(7200)

    world.text.send(LI, Note("二"), message_key="key-2")

    assert (calls(world, "gettoken"), calls(world, "message/send")) == (2, 2)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault(status=502, body="<html>Bad Gateway</html>"), "http_502"),
        (Fault(status=200, body="<html>maintenance</html>"), "bad_answer"),
        (Fault(status=200, body='{"errcode":0,', content_type="application/json"), "bad_answer"),
        (Fault(reset=True), "connection"),
        (Fault(error={"errcode": -1}), "-1"),
    ],
)
def test_a_platform_that_is_down_is_a_temporary_failure(world: SimpleNamespace, fault: Fault, code: str):
    world.faults.once("message/send", fault)

    error = refused(world, world.text, LI)

    assert (error.code, error.failure) == (code, Failure.TEMPORARY)


def test_a_throttled_platform_is_left_alone_for_a_minute(world: SimpleNamespace):
    world.faults.once("message/send", Fault(error={"errcode": 45009}))

    error = refused(world, world.text, LI)

    assert (error.failure, error.retry_after_s) == (Failure.LIMITED, 60)


def test_what_customers_write_is_pulled_once_and_in_order(world: SimpleNamespace):
    world.wecom.kf_page_size, world.wecom.kf_empty_pages = 2, 1
    for number in range(5):
        world.wecom.customer_says("wmA", f"第{number}句")

    inbounds = pull(world)

    assert [inbound.content.text for inbound in inbounds] == [f"第{number}句" for number in range(5)]
    assert {inbound.conversation for inbound in inbounds} == {str(world.customer)}
    assert len({inbound.delivery_key for inbound in inbounds}) == 5


def test_a_first_pull_marks_what_was_said_long_ago(world: SimpleNamespace):
    world.wecom.customer_says("wmA", "旧的")
    wait_for_wake(world)
    world.clock.advance(3600)
    world.wecom.customer_says("wmA", "新的")

    assert [(inbound.content.text, inbound.history) for inbound in pull(world)] == [
        ("旧的", True),
        ("新的", False),
    ]


def test_a_token_older_than_ten_minutes_does_not_stop_the_pull(world: SimpleNamespace):
    world.wecom.customer_says("wmA", "漏油")
    wait_for_wake(world)
    world.clock.advance(601)

    assert len(pull(world)) == 1
    assert calls(world, "kf/sync_msg") == 2


def test_a_fresh_session_is_taken_over_for_the_first_answer(world: SimpleNamespace):
    world.wecom.customer_says("wmA", "漏油")

    sent = world.kf.send(world.customer, Note("已受理"), message_key="key-1")

    assert sent.ref == "key-1"
    assert world.wecom.chat("kf:wmA")[-1].text == "已受理"
    assert world.wecom.kf_state("wmA") == 1


def test_an_answer_whose_receipt_was_lost_is_not_shown_twice(world: SimpleNamespace):
    world.wecom.customer_says("wmA", "漏油")
    world.wecom.strict_kf_state = False
    world.faults.once("kf/send_msg", Fault(reset=True))
    refused(world, world.kf, world.customer)

    world.kf.send(world.customer, Note("您好"), message_key="key-9")

    assert [shown.text for shown in world.wecom.chat("kf:wmA")] == ["漏油", "您好"]


def test_the_sixth_answer_waits_for_the_customer(world: SimpleNamespace):
    world.wecom.customer_says("wmA", "漏油")
    for number in range(5):
        world.kf.send(world.customer, Note(f"{number}"), message_key=f"key-{number}")

    assert refused(world, world.kf, world.customer).failure is Failure.WAITING


def test_an_answer_after_48_hours_waits_for_the_customer(world: SimpleNamespace):
    world.wecom.customer_says("wmA", "漏油")
    world.clock.advance(48 * 3600 + 1)

    assert refused(world, world.kf, world.customer).failure is Failure.WAITING


def test_a_session_of_a_human_is_left_to_the_human(world: SimpleNamespace):
    world.wecom.add_servicer("li.tech")
    world.wecom.kf_assign_to = "li.tech"
    world.wecom.customer_says("wmA", "漏油")

    assert refused(world, world.kf, world.customer).failure is Failure.WAITING


def test_a_tapped_menu_entry_comes_back_with_its_id(world: SimpleNamespace):
    world.wecom.customer_says("wmA", "漏油")
    menu = Note("紧急程度？", menu=(("sev_1", "停产"), ("sev_2", "能用")))
    world.kf.send(world.customer, menu, message_key="key-1")

    world.wecom.customer_taps("wmA", "停产")

    assert pull(world)[-1].content == TextContent(text="停产", choice="sev_1")


def test_a_customer_who_enters_is_greeted_once(world: SimpleNamespace):
    world.wecom.customer_enters("wmA")
    content = pull(world)[-1].content
    assert isinstance(content, EnteredContent)
    address = Address("wecom_welcome", f"{world.wecom.kf_open_kfid}:wmA:{content.welcome_code}")

    world.welcome.send(address, Note("请描述故障"), message_key="key-1")

    assert world.wecom.chat("kf:wmA")[-1].text == "请描述故障"
    assert refused(world, world.welcome, address).failure is Failure.PERMANENT


def test_a_greeting_after_20_seconds_is_too_late(world: SimpleNamespace):
    world.wecom.customer_enters("wmA")
    code = pull(world)[-1].content.welcome_code
    world.clock.advance(21)

    address = Address("wecom_welcome", f"{world.wecom.kf_open_kfid}:wmA:{code}")
    assert refused(world, world.welcome, address).failure is Failure.PERMANENT


def test_a_message_that_failed_afterwards_is_named_by_our_key(world: SimpleNamespace):
    world.wecom.customer_says("wmA", "漏油")
    world.kf.send(world.customer, Note("已受理"), message_key="key-1")

    world.wecom.fail_sent("key-1", 10)

    assert pull(world)[-1].content == SendFailedContent(message_ref="key-1", reason_code="10")


def test_a_group_sees_the_new_order_and_a_storm_is_slowed_down(world: SimpleNamespace):
    for number in range(20):
        world.group.send(Address("wecom_webhook", ""), OFFER, message_key=f"key-{number}")

    error = refused(world, world.group, Address("wecom_webhook", ""))

    assert (error.failure, error.retry_after_s) == (Failure.LIMITED, 60)
    assert "新希望乳业" in world.wecom.chat(f"group:{world.wecom.webhook_key}")[0].text


@pytest.mark.parametrize(("mobile", "owner"), [("13800000001", "li.tech"), ("13800000009", None)])
def test_a_mobile_number_has_its_owner_or_none(world: SimpleNamespace, mobile: str, owner: str | None):
    assert WecomDirectory(world.client).owner_of_mobile(mobile) == owner
