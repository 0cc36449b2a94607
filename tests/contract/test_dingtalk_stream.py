"""The real SDK under our supervisor, against the played gateway: what is answered, how and when."""

from collections.abc import Iterator
from typing import Any

import pytest

from adapters.delivery.ports import Address
from adapters.dingtalk.channels import DingtalkCardChannel
from adapters.dingtalk.stream import CARD_TOPIC, ROBOT_TOPIC
from adapters.inbound import Answer, MediaContent, PressContent, TextContent, UnsupportedContent
from tests.fakes.dingtalk import ACCEPT, ScriptedReceiver, offer_card
from tests.support.dingtalk import LI, Platform, platform, wait_until

ACCEPTED = Answer(card="accepted", view={"by": "李工"})


@pytest.fixture
def dingtalk() -> Iterator[Platform]:
    with platform() as running:
        yield running


def offer(dingtalk: Platform, own: bool = True, to: str = f"dingtalk_user:{LI}") -> str:
    template_id = dingtalk.sandbox.card_template_id if own else None
    channel = DingtalkCardChannel(dingtalk.client(), dingtalk.sandbox.robot_code, template_id)
    return channel.send(Address.parse(to), offer_card(), message_key="k1").ref


def frame(message_id: str = "m1", **changes: Any) -> dict[str, Any]:
    headers = {"messageId": message_id, "topic": ROBOT_TOPIC, "time": "1780275601500"}
    whole = {"specVersion": "1.0", "type": "CALLBACK", "headers": headers, "data": "{}"}
    return whole | changes


def test_both_topics_are_subscribed_before_the_connection_stands(dingtalk: Platform):
    with dingtalk.stream(ScriptedReceiver()):
        connected = dingtalk.journal.entries("connected")

    assert [entry.data["topics"] for entry in connected] == [
        [("CALLBACK", CARD_TOPIC), ("CALLBACK", ROBOT_TOPIC)]
    ]


def test_the_open_call_says_what_the_sdk_would_say(dingtalk: Platform):
    with dingtalk.stream(ScriptedReceiver()):
        body = dingtalk.calls("gateway/open")[0].data["body"]

    assert set(body) == {"clientId", "clientSecret", "subscriptions", "ua", "localIp"}
    assert body["ua"] == "dingtalk-sdk-python/v0.24.3-union"


def test_a_robot_message_is_acknowledged_once_it_is_durable(dingtalk: Platform):
    receiver = ScriptedReceiver(delay_s=0.3)

    with dingtalk.stream(receiver):
        msg_id = dingtalk.sandbox.user_says(LI, "进度")
        ack = dingtalk.ack(msg_id=msg_id)

    assert (ack.data["code"], ack.data["data"]) == (200, {"response": None})
    assert ack.data["latency_s"] >= 0.3
    assert [(i.delivery_key, i.content) for i in receiver.finished] == [
        (f"msg:{msg_id}", TextContent(text="进度"))
    ]


def test_a_voice_message_and_an_unknown_type_arrive_as_what_they_are(dingtalk: Platform):
    receiver = ScriptedReceiver()

    with dingtalk.stream(receiver):
        for kind, content in (("audio", {"recognition": "不制冷"}), ("chatRecord", {"summary": "…"})):
            dingtalk.ack(msg_id=dingtalk.sandbox.user_sends(LI, kind, content))

    voice, record = (inbound.content for inbound in receiver.finished)
    assert isinstance(voice, MediaContent) and voice.transcript == "不制冷"
    assert record == UnsupportedContent(type_name="chatRecord", answerable=True)


@pytest.mark.parametrize("own", [True, False], ids=["own", "built-in"])
def test_a_press_is_answered_with_the_fresh_card_of_its_own_template(dingtalk: Platform, own: bool):
    receiver = ScriptedReceiver(ACCEPTED)

    with dingtalk.stream(receiver):
        ref = offer(dingtalk, own)
        result = dingtalk.sandbox.user_presses(LI, "接单")
        shown = dingtalk.sandbox.chat(f"user:{LI}")[-1]

    assert (result.code, result.error) == (200, "")
    assert receiver.finished[0].content == PressContent(token=ACCEPT.pack(), card_ref=ref)
    assert "已接单（李工）" in shown.text and shown.buttons == ()


@pytest.mark.parametrize("switch", [{"card_value_only": True}, {"card_extension": ""}])
def test_a_press_in_an_older_shape_is_answered_too(dingtalk: Platform, switch: dict[str, Any]):
    for name, value in switch.items():
        setattr(dingtalk.sandbox, name, value)

    with dingtalk.stream(ScriptedReceiver(ACCEPTED)):
        offer(dingtalk)
        result = dingtalk.sandbox.user_presses(LI, "接单")

    assert result.response is not None and "cardData" in result.response


def test_a_press_in_a_group_changes_the_card_for_everybody(dingtalk: Platform):
    with dingtalk.stream(ScriptedReceiver(ACCEPTED)):
        offer(dingtalk, to=f"dingtalk_group:{dingtalk.group}")
        dingtalk.sandbox.user_presses(LI, "接单")

    assert "已接单（李工）" in dingtalk.sandbox.chat(f"group:{dingtalk.group}")[-1].text


@pytest.mark.parametrize(
    "answer", [Answer(), Answer(card="no such card")], ids=["nothing to show", "cannot be rendered"]
)
def test_without_a_fresh_card_the_press_is_still_acknowledged(dingtalk: Platform, answer: Answer):
    with dingtalk.stream(ScriptedReceiver(answer)):
        offer(dingtalk)
        result = dingtalk.sandbox.user_presses(LI, "接单")

    assert (result.code, result.response, result.error) == (200, {}, "")


def test_a_press_on_somebody_else_s_card_is_kept_and_changes_nothing(dingtalk: Platform):
    receiver = ScriptedReceiver(ACCEPTED)

    with dingtalk.stream(receiver):
        result = dingtalk.sandbox.press_raw(LI, "8f2c", ["agree"], {"action": "agree"})

    assert (result.code, result.response) == (200, {})
    assert receiver.finished[0].content == UnsupportedContent(type_name="card:unknown")


def test_a_slow_receiver_is_answered_for_within_two_seconds_and_finishes(dingtalk: Platform):
    receiver = ScriptedReceiver(ACCEPTED, delay_s=2.4)

    with dingtalk.stream(receiver):
        offer(dingtalk)
        result = dingtalk.sandbox.user_presses(LI, "接单")
        assert (result.code, result.response, result.error) == (200, {}, "")
        assert 1.6 < result.latency_s < 2.0
        wait_until(lambda: receiver.finished, "the work goes on")


def test_presses_do_not_wait_behind_slow_messages(dingtalk: Platform):
    class SlowWithWords(ScriptedReceiver):
        def receive(self, inbound):
            self.delay_s = 1.0 if isinstance(inbound.content, TextContent) else 0.0
            return super().receive(inbound)

    with dingtalk.stream(SlowWithWords(ACCEPTED), workers=1):
        offer(dingtalk)
        for _ in range(3):
            dingtalk.sandbox.user_says(LI, "进度")
        result = dingtalk.sandbox.user_presses(LI, "接单")

    assert result.latency_s < 0.8


def test_a_message_that_was_not_taken_in_is_not_acknowledged_and_comes_again(dingtalk: Platform):
    dingtalk.sandbox.redeliver_after_s = 0.3
    receiver = ScriptedReceiver(failures=1)

    with dingtalk.stream(receiver):
        msg_id = dingtalk.sandbox.user_says(LI, "进度")
        dingtalk.ack(msg_id=msg_id, no_ack=True)
        ack = dingtalk.ack(msg_id=msg_id, code=200)

    assert ack.data["attempt"] == 2
    assert [inbound.delivery_key for inbound in receiver.received] == [f"msg:{msg_id}"] * 2


def test_a_message_too_many_is_left_to_the_platform_and_comes_again(dingtalk: Platform):
    dingtalk.sandbox.redeliver_after_s = 0.5
    receiver = ScriptedReceiver(delay_s=0.3)

    with dingtalk.stream(receiver, workers=1, pending_limit=1):
        first, second = (dingtalk.sandbox.user_says(LI, words) for words in ("一", "二"))
        dingtalk.ack(msg_id=second, no_ack=True)
        acks = [dingtalk.ack(msg_id=msg_id, code=200) for msg_id in (first, second)]

    assert [ack.data["attempt"] for ack in acks] == [1, 2]


def test_a_press_that_was_not_taken_in_is_told_to_the_presser(dingtalk: Platform):
    with dingtalk.stream(ScriptedReceiver(ACCEPTED, failures=1)):
        offer(dingtalk)
        refused = dingtalk.sandbox.user_presses(LI, "接单")
        again = dingtalk.sandbox.user_presses(LI, "接单")

    assert (refused.code, again.code) == (500, 200)


def test_a_message_delivered_five_times_has_one_delivery_key(dingtalk: Platform):
    dingtalk.sandbox.duplicate_deliveries = 4
    receiver = ScriptedReceiver()

    with dingtalk.stream(receiver):
        msg_id = dingtalk.sandbox.user_says(LI, "进度")
        wait_until(lambda: len(receiver.finished) == 5, "all five")

    assert {inbound.delivery_key for inbound in receiver.finished} == {f"msg:{msg_id}"}


@pytest.mark.parametrize(
    ("pushed", "code"),
    [
        (frame(headers={"messageId": "m1", "topic": "/v1.0/unheard/of"}), 404),
        (frame(type="NOVELTY"), 404),
        (frame(data="{"), 400),
        (frame(data="[1]"), 400),
        (frame(data={"msgId": "an object"}), 200),
        (frame(data=""), 200),
        (frame(headers={"messageId": "m1", "topic": ROBOT_TOPIC, "time": "soon"}), 200),
        (frame(type="EVENT", headers={"messageId": "m1", "topic": "*", "eventBornTime": "x"}), 200),
    ],
)
def test_every_kind_of_frame_gets_its_code(dingtalk: Platform, pushed: dict[str, Any], code: int):
    with dingtalk.stream(ScriptedReceiver()):
        dingtalk.sandbox.push_raw(pushed)
        ack = dingtalk.ack(message_id="m1")
        assert dingtalk.sandbox.connections() == 1

    assert ack.data["code"] == code


@pytest.mark.parametrize("pushed", ["[]", "7", "null", '"text"', "{}", '{"headers": null}', "not json"])
def test_garbage_is_survived(dingtalk: Platform, pushed: str):
    with dingtalk.stream(ScriptedReceiver()):
        dingtalk.sandbox.push_raw(pushed)
        wait_until(lambda: _says_and_is_heard(dingtalk), "a message gets through afterwards")


def _says_and_is_heard(dingtalk: Platform) -> bool:
    if not dingtalk.sandbox.connections():
        return False
    msg_id = dingtalk.sandbox.user_says(LI, "还在吗")
    try:
        return bool(dingtalk.ack(1, msg_id=msg_id).data["code"] == 200)
    except TimeoutError:
        return False
