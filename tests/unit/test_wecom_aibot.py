"""The AI bot: what it is told, what it keeps, and what it answers."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from adapters.delivery.audience import Ladder
from adapters.delivery.ports import Address, DeliveryError, Failure
from adapters.inbound import (
    Answer,
    EnteredContent,
    Inbound,
    MediaContent,
    Platform,
    PressContent,
    TextContent,
    UnsupportedContent,
)
from adapters.wecom.aibot.bodies import MARKDOWN_BYTES, body_of, words_of
from adapters.wecom.aibot.channel import AibotChannel
from adapters.wecom.aibot.door import REPLY_LIFE, AibotDoor
from adapters.wecom.aibot.inbound import read_message, to_inbound, without_mention
from adapters.wecom.aibot.ports import ReplyUrl
from adapters.wecom.crypto import CallbackCrypto, CallbackRefused
from adapters.wecom.xml import CallbackMalformed
from cards.catalog import render
from cards.spec import Button, Card, CardAction, Note
from sandbox.wecom.crypto import CallbackCrypto as PlatformCrypto
from sandbox.wecom.crypto import sign
from tests.fakes.wecom import AES_KEY, CORP_ID, NOW, TOKEN, ScriptedApi, now, query_for
from tests.support.builders import ORDER

BOT = "aibQ7x2LkNmPs"
HOST = "https://qyapi.weixin.qq.com"
URL = f"{HOST}/cgi-bin/aibot/response?response_code=c1"
GROUP = "wrS7aGNQAApq_RurTthP1vi5A"
CARD = Card("工单", buttons=(Button("接单", CardAction("wo.accept", ORDER, 1), "接单 WO-1"),))
TO = Address("wecom_aibot", f"{GROUP}:li")


def told(**changes: Any) -> dict[str, Any]:
    """Return a message as the platform tells it."""
    message: dict[str, Any] = {"msgid": "m1", "aibotid": BOT, "chattype": "single", "from": {"userid": "Li"}}
    message |= {"create_time": int(NOW.timestamp()), "msgtype": "text", "text": {"content": "冷库漏水"}}
    return message | changes


def read(**changes: Any) -> Inbound:
    message, tree = read_message(json.dumps(told(**changes), ensure_ascii=False))
    return to_inbound(message, tree, CORP_ID, NOW)


def event(kind: str, **facts: Any) -> dict[str, Any]:
    return {"msgtype": "event", "event": {"eventtype": kind, kind: facts}}


class MemoryReplies:
    """Reply addresses for one test."""

    def __init__(self, *kept: ReplyUrl) -> None:
        self.free = list(kept)
        self.kept: list[tuple[ReplyUrl, str, datetime]] = []

    def keep(self, reply: ReplyUrl, conversation: str, expires_at: datetime, now: datetime) -> None:
        self.kept.append((reply, conversation, expires_at))

    def take(self, conversation: str, now: datetime) -> ReplyUrl | None:
        return self.free.pop(0) if self.free else None

    def give_back(self, reply: ReplyUrl) -> None:
        self.free.append(reply)


class Answering:
    """A receiver with one answer."""

    def __init__(self, answer: Answer | None = None) -> None:
        self.received: list[Inbound] = []
        self._answer = answer or Answer()

    def receive(self, inbound: Inbound) -> Answer:
        self.received.append(inbound)
        return self._answer


def door(receiver: Answering, replies: MemoryReplies) -> AibotDoor:
    return AibotDoor(
        CallbackCrypto(TOKEN, AES_KEY, ""),
        aibot_id=BOT,
        corp_id=CORP_ID,
        api_base=HOST,
        home_url="https://fixloop.example.com",
        receiver=receiver,
        replies=replies,
        render=render,
        now=now,
    )


def sealed(message: dict[str, Any], receiver: str = "") -> tuple[dict[str, str], bytes]:
    cipher = PlatformCrypto(TOKEN, AES_KEY, "").encrypt(json.dumps(message), receiver)
    return query_for(cipher), json.dumps({"encrypt": cipher}).encode()


def opened(answer: str) -> dict[str, Any]:
    """Open a passive answer with the platform's own code."""
    outer = json.loads(answer)
    cipher, timestamp, nonce = outer["encrypt"], outer["timestamp"], outer["nonce"]
    assert outer["msgsignature"] == sign(TOKEN, timestamp, nonce, cipher)
    found: dict[str, Any] = json.loads(PlatformCrypto(TOKEN, AES_KEY, "").decrypt(cipher))
    return found


def test_words_in_a_chat_of_two():
    inbound = read()

    assert inbound.content == TextContent(text="冷库漏水")
    assert (inbound.channel, inbound.delivery_key, inbound.sent_at) == ("wecom_aibot", "msg:m1", NOW)
    assert (inbound.sender.platform, inbound.sender.user_id) == (Platform.WECOM, "li")
    assert (inbound.conversation, inbound.in_group, inbound.private) == ("wecom_aibot::li", False, "")


def test_words_in_a_group_are_answered_there_and_secrets_in_the_app():
    inbound = read(chattype="group", chatid=GROUP, text={"content": "@售后助手 冷库漏水"})

    assert inbound.content == TextContent(text="冷库漏水")
    assert (inbound.conversation, inbound.in_group) == (f"wecom_aibot:{GROUP}:li", True)
    assert inbound.private == "wecom_user:li"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("@售后助手 报修", "报修"),
        ("@售后助手\u2005报修", "报修"),
        ("hello@项目开发管理助手 ", "hello"),
        ("派单给 @李强 @售后助手", "派单给 @李强"),
        ("@售后助手 派单给 @李强", "派单给 @李强"),
        ("报修", "报修"),
        ("@售后助手", ""),
    ],
)
def test_the_mention_that_called_the_bot_is_no_part_of_the_words(text: str, words: str):
    assert without_mention(text) == words


def test_several_pictures_beside_words_are_all_kept():
    items = [
        {"msgtype": "text", "text": {"content": "看图"}},
        {"msgtype": "image", "image": {"url": "https://a.myqcloud.com/1"}},
        {"msgtype": "image", "image": {"url": "https://a.myqcloud.com/2"}},
    ]
    inbound = read(msgtype="mixed", mixed={"msg_item": items})

    assert inbound.content == TextContent(text="看图")
    assert [picture.media_ref[-1] for picture in inbound.attached] == ["1", "2"]


def test_a_quoted_picture_and_quoted_words_come_along():
    picture = read(quote={"msgtype": "image", "image": {"url": "https://a.myqcloud.com/1"}})
    words = read(quote={"msgtype": "text", "text": {"content": "三号机漏油"}})

    assert [each.media_ref for each in picture.attached] == ["https://a.myqcloud.com/1"]
    assert words.quoted == "三号机漏油"


@pytest.mark.parametrize(
    ("changes", "content"),
    [
        ({"msgtype": "voice", "voice": {"content": "压缩机不启动"}}, TextContent(text="压缩机不启动")),
        ({"msgtype": "image", "image": {"url": "u"}}, MediaContent(media="image", media_ref="u")),
        ({"msgtype": "file", "file": {"url": "u"}}, MediaContent(media="file", media_ref="u")),
        ({"msgtype": "image", "image": {}}, UnsupportedContent(type_name="image", answerable=True)),
        ({"msgtype": "sticker"}, UnsupportedContent(type_name="sticker", answerable=True)),
        (event("enter_chat"), EnteredContent()),
        (event("feedback_event", id="1"), UnsupportedContent(type_name="event:feedback_event")),
        (event("template_card_event"), UnsupportedContent(type_name="event:template_card_event")),
        (
            event(
                "template_card_event",
                event_key="k",
                task_id="t",
                selected_items={"selected_item": [{"question_key": "q", "option_ids": {"option_id": ["1"]}}]},
            ),
            PressContent(token="k", card_ref="t", selected={"q": ("1",)}),
        ),
    ],
)
def test_every_type_is_read(changes: dict[str, Any], content: object):
    assert read(**changes).content == content


def test_somebody_of_another_corp_is_nobody():
    assert read(**{"from": {"userid": "li", "corpid": "wwOther"}}).sender.user_id == ""


def test_the_reply_address_is_not_kept_with_the_message():
    assert "response_code" not in read(response_url=URL).raw


@pytest.mark.parametrize("plain", ["", "[]x", json.dumps({"from": {"userid": "x" * 65}}), '{"from": 7}'])
def test_who_cannot_be_told_is_refused(plain: str):
    with pytest.raises(CallbackMalformed):
        read_message(plain)


def test_a_message_is_taken_in_with_the_address_of_its_answer():
    receiver, replies = Answering(), MemoryReplies()

    assert door(receiver, replies).accept(*sealed(told(response_url=URL))) == ""

    assert [inbound.content for inbound in receiver.received] == [TextContent(text="冷库漏水")]
    assert replies.kept == [(ReplyUrl("msg:m1", URL), "wecom_aibot::li", NOW + REPLY_LIFE)]


def test_an_address_that_leads_elsewhere_is_not_used():
    replies = MemoryReplies()

    door(Answering(), replies).accept(*sealed(told(response_url="https://evil.example/x")))

    assert replies.kept == []


@pytest.mark.parametrize("message", [told(aibotid="another"), told(aibotid=None)])
def test_another_bot_s_messages_are_refused(message: dict[str, Any]):
    with pytest.raises(CallbackRefused):
        door(Answering(), MemoryReplies()).accept(*sealed(message))


def test_a_message_for_a_named_receiver_is_refused():
    with pytest.raises(CallbackRefused):
        door(Answering(), MemoryReplies()).accept(*sealed(told(), CORP_ID))


def test_a_poll_of_a_stream_is_no_message():
    receiver = Answering()

    assert door(receiver, MemoryReplies()).accept(*sealed(told(msgtype="stream", stream={"id": "1"}))) == ""

    assert receiver.received == []


def test_the_address_is_verified():
    echo = PlatformCrypto(TOKEN, AES_KEY, "").encrypt("hello")

    assert door(Answering(), MemoryReplies()).greet({**query_for(echo), "echostr": echo}) == "hello"


def test_somebody_who_opens_the_chat_is_greeted_at_once():
    receiver = Answering(Answer(card="note", view={"text": "您好"}))

    answer = door(receiver, MemoryReplies()).accept(*sealed(told(**event("enter_chat"))))

    assert opened(answer) == {"msgtype": "text", "text": {"content": "您好"}}


def test_a_pressed_card_is_replaced_at_once_and_keeps_its_name():
    receiver = Answering(Answer(card="probe", view={"probe_id": str(ORDER), "rung": "自检"}))

    press = told(**event("template_card_event", event_key="k", task_id="t7"))
    answer = opened(door(receiver, MemoryReplies()).accept(*sealed(press)))

    assert answer["response_type"] == "update_template_card"
    assert answer["template_card"]["task_id"] == "t7"


def test_an_answer_goes_through_the_address_of_the_message():
    api, replies = ScriptedApi(), MemoryReplies(ReplyUrl("m1", URL))

    AibotChannel(api, replies, HOST, now).send(TO, Note("已收到"), message_key="k1")

    assert [(call.path, call.data) for call in api.calls] == [
        (URL, {"msgtype": "markdown", "markdown": {"content": "已收到"}})
    ]
    assert replies.free == []


def test_without_an_address_the_next_rung_must_take_it():
    with pytest.raises(DeliveryError) as refusal:
        AibotChannel(ScriptedApi(), MemoryReplies(), HOST, now).send(TO, Note("好"), message_key="k1")

    assert (refusal.value.code, refusal.value.failure) == ("no_response_url", Failure.PERMANENT)


def test_a_chat_that_takes_no_cards_gets_the_words():
    api = ScriptedApi(DeliveryError("40008", Failure.PERMANENT))

    AibotChannel(api, MemoryReplies(ReplyUrl("m1", URL)), HOST, now).send(TO, CARD, message_key="k1")

    assert [call.data["msgtype"] for call in api.calls] == ["template_card", "markdown"]
    assert "接单 WO-1" in api.calls[1].data["markdown"]["content"]


@pytest.mark.parametrize(
    ("error", "failure", "kept"),
    [
        (DeliveryError("45009", Failure.LIMITED, 60.0), Failure.LIMITED, True),
        (DeliveryError("connection", Failure.TEMPORARY), Failure.TEMPORARY, True),
        (DeliveryError("-1", Failure.TEMPORARY), Failure.TEMPORARY, True),
        (DeliveryError("timeout", Failure.TEMPORARY), Failure.PERMANENT, False),
        (DeliveryError("846608", Failure.TEMPORARY), Failure.PERMANENT, False),
    ],
)
def test_an_address_that_answered_is_used_up(error: DeliveryError, failure: Failure, kept: bool):
    replies = MemoryReplies(ReplyUrl("m1", URL))

    with pytest.raises(DeliveryError) as refusal:
        AibotChannel(ScriptedApi(error), replies, HOST, now).send(TO, Note("好"), message_key="k1")

    assert (refusal.value.failure, bool(replies.free)) == (failure, kept)


def test_files_go_to_the_member_s_app_chat():
    with pytest.raises(DeliveryError) as refusal:
        AibotChannel(ScriptedApi(), MemoryReplies(ReplyUrl("m1", URL)), HOST, now).send(
            TO, Note("图", files=("a" * 64,)), message_key="k1"
        )

    assert refusal.value.failure is Failure.PERMANENT


def test_after_the_bot_comes_the_member_s_app_chat():
    ladder = Ladder({"wecom.aibot", "wecom.card", "wecom.text"}, lambda _: [], "")

    assert ladder.steps(f"conversation:{TO}", CARD) == [
        ("wecom.aibot", TO),
        ("wecom.card", Address("wecom_user", "li")),
        ("wecom.text", Address("wecom_user", "li")),
    ]


def test_people_s_words_are_no_markup():
    content = words_of(Card("# 标题", fields=(("故障", "<@all> [x](y)"),), body="**粗**"))["markdown"][
        "content"
    ]

    assert not set(content.replace("**＃ 标题**", "").replace("> 故障", "")) & set("<[]*`")


def test_a_long_card_keeps_the_words_that_answer_it():
    card = Card("工单", body="漏" * 9000, buttons=CARD.buttons)

    content = words_of(card)["markdown"]["content"]

    assert content.endswith("回复：接单 WO-1")
    assert len(content.encode()) <= MARKDOWN_BYTES
    assert body_of(card, task_id="t", home_url=HOST)["msgtype"] == "template_card"


def test_reply_addresses_live_less_than_the_platform_says():
    assert timedelta(hours=1) > REPLY_LIFE
