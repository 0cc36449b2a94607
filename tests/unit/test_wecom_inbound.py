"""Every message and event of the app callback, from the payload files to the door's answer."""

import json
from datetime import timedelta

import pytest

from adapters.inbound import (
    EnteredContent,
    LinkContent,
    LocationContent,
    MediaContent,
    Platform,
    PressContent,
    TextContent,
    UnsupportedContent,
)
from adapters.wecom.crypto import CallbackCrypto, CallbackRefused
from adapters.wecom.door import WecomDoor
from adapters.wecom.xml import CallbackMalformed
from tests.fakes.wecom import (
    AES_KEY,
    AGENT_ID,
    CORP_ID,
    NOW,
    OPEN_KFID,
    TOKEN,
    MemoryKfLedger,
    Receiver,
    now,
    payload,
    seal,
)

ACCEPT = "1:wo.accept:0b7e3f6a-8f0e-4c53-9d2b-0d9a3f1c2e11:3"


def make_door(receiver: Receiver | None = None, kf: MemoryKfLedger | None = None) -> WecomDoor:
    crypto = CallbackCrypto(TOKEN, AES_KEY, CORP_ID)
    return WecomDoor(crypto, receiver or Receiver(), kf or MemoryKfLedger(), AGENT_ID, now)


def deliver(plain: str):
    receiver = Receiver()
    make_door(receiver).accept(*seal(plain))
    return receiver.received[0]


def press(selected: dict[str, tuple[str, ...]]) -> PressContent:
    return PressContent(token=ACCEPT, card_ref="wo-0007-3", update_code="RESPONSE_CODE", selected=selected)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("text", TextContent(text="二号注塑机漏油 😀 ")),
        ("text_empty", TextContent(text="")),
        ("image", MediaContent(media="image", media_ref="MEDIA_IMAGE")),
        ("voice", MediaContent(media="voice", media_ref="MEDIA_VOICE")),
        ("video", MediaContent(media="video", media_ref="MEDIA_VIDEO")),
        ("file", MediaContent(media="file", media_ref="MEDIA_FILE", file_name="手册.pdf")),
        ("location", LocationContent(latitude=31.2304, longitude=121.4737, label="上海市黄浦区人民大道")),
        ("link", LinkContent(title="泵的说明", url="https://example.com/pump", description="第三章")),
        ("enter_agent", EnteredContent()),
        ("template_card_event", press({})),
        ("template_card_event_one", press({"eta": ("60",)})),
        ("template_card_event_many", press({"eta": ("60",), "cause": ("seal", "other")})),
        (
            "template_card_menu_event",
            PressContent(token="menu.mute", card_ref="wo-0007-3", update_code="RESPONSE_CODE"),
        ),
        ("sticker", UnsupportedContent(type_name="sticker", answerable=True)),
        ("location_beyond_the_pole", UnsupportedContent(type_name="location", answerable=True)),
        ("subscribe", UnsupportedContent(type_name="event:subscribe")),
        ("click", UnsupportedContent(type_name="event:click")),
        ("location_event", UnsupportedContent(type_name="event:LOCATION")),
        ("sys_approval_change", UnsupportedContent(type_name="event:sys_approval_change")),
        ("kf_account_auth_change", UnsupportedContent(type_name="event:kf_account_auth_change")),
        ("change_contact", UnsupportedContent(type_name="event:change_contact")),
    ],
)
def test_a_payload_becomes_its_content(name: str, content: object):
    assert deliver(payload(name)).content == content


def test_a_member_is_named_in_lower_case_and_answered_there():
    inbound = deliver(payload("text"))

    assert (inbound.channel, inbound.sender.platform) == ("wecom_app", Platform.WECOM)
    assert inbound.sender.user_id == "li.tech"
    assert inbound.conversation == "wecom_user:li.tech"
    assert inbound.sent_at == NOW
    assert inbound.raw == payload("text")


@pytest.mark.parametrize("name", ["sys_approval_change", "kf_account_auth_change", "change_contact"])
def test_an_event_from_nobody_names_nobody(name: str):
    inbound = deliver(payload(name))

    assert (inbound.sender.user_id, inbound.conversation) == ("", "")


def test_a_message_id_is_the_delivery_key_of_its_sender():
    assert deliver(payload("text")).delivery_key == "msg:7300000000000000001:li.tech"


def test_the_same_message_id_of_another_sender_is_another_delivery():
    other = payload("text").replace("Li.Tech", "Wang.Tech")

    assert deliver(other).delivery_key != deliver(payload("text")).delivery_key


def test_a_repeated_event_has_the_same_key():
    assert deliver(payload("click")).delivery_key == deliver(payload("click")).delivery_key


def test_two_presses_in_one_second_have_different_keys():
    second = payload("template_card_event").replace("RESPONSE_CODE", "ANOTHER_CODE")

    assert deliver(second).delivery_key != deliver(payload("template_card_event")).delivery_key


@pytest.mark.parametrize("msg_id", ["", "abc", "9" * 200])
def test_a_message_id_that_is_no_number_gives_way_to_the_digest(msg_id: str):
    key = deliver(payload("text").replace("7300000000000000001", msg_id)).delivery_key

    assert key.startswith("sha256:") and len(key) <= 128


def test_a_ten_thousand_character_message_arrives_whole():
    words = "漏" * 10_000

    assert deliver(payload("text").replace("二号注塑机漏油 😀 ", words)).content == TextContent(text=words)


def test_an_accepted_callback_is_answered_with_nothing():
    assert make_door().accept(*seal(payload("text"))) == ""


def test_a_json_envelope_is_accepted():
    query, body = seal(payload("text"))
    cipher = body.decode().partition("CDATA[")[2].partition("]]")[0]
    envelope = {"tousername": CORP_ID, "encrypt": cipher, "agentid": str(AGENT_ID)}

    assert make_door().accept(query, json.dumps(envelope).encode()) == ""


def test_the_wake_of_a_kf_account_reaches_the_ledger_and_nobody_else():
    receiver, kf = Receiver(), MemoryKfLedger()

    make_door(receiver, kf).accept(*seal(payload("kf_msg_or_event")))

    assert kf.accounts[OPEN_KFID].token == "ENC_TOKEN"
    assert receiver.received == []


def test_what_cannot_be_made_durable_is_not_answered():
    door = make_door(Receiver(RuntimeError("database is locked")))

    with pytest.raises(RuntimeError):
        door.accept(*seal(payload("text")))


@pytest.mark.parametrize(
    ("part", "instead"),
    [(CORP_ID, "ww3c8f5a1e9d7b2461"), ("<AgentID>1000017", "<AgentID>1000018"), (CORP_ID, "")],
)
def test_a_message_for_another_corp_or_app_is_refused(part: str, instead: str):
    with pytest.raises(CallbackRefused):
        make_door().accept(*seal(payload("text").replace(part, instead)))


def test_a_wrong_app_on_the_envelope_alone_is_refused():
    query, body = seal(payload("text").replace("<AgentID>1000017</AgentID>", ""))
    body = body.replace(b"<Encrypt>", b"<AgentID>1000018</AgentID><Encrypt>")

    with pytest.raises(CallbackRefused, match="AgentID"):
        make_door().accept(query, body)


def test_a_callback_of_yesterday_is_refused():
    with pytest.raises(CallbackRefused, match="stale"):
        make_door().accept(*seal(payload("text"), at=NOW - timedelta(days=1)))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"<xml></xml>",
        b"{}",
        b"[]",
        b'{"encrypt":7}',
        b"{" * 5000,
        b"<xml><Encrypt/></xml>",
        b"x" * 70_000,
    ],
)
def test_a_body_without_an_envelope_is_malformed(body: bytes):
    query, _ = seal(payload("text"))

    with pytest.raises(CallbackMalformed):
        make_door().accept(query, body)


@pytest.mark.parametrize(
    ("part", "instead"),
    [
        ("<MsgType><![CDATA[text]]></MsgType>", ""),
        ("<CreateTime>1780275600</CreateTime>", "<CreateTime>soon</CreateTime>"),
        ("Li.Tech", "li|wang"),
        ("漏油", "漏\x00油"),
        ("<MsgId>", "<FromUserName>wang</FromUserName><MsgId>"),
    ],
)
def test_a_message_without_its_basic_parts_is_malformed(part: str, instead: str):
    with pytest.raises(CallbackMalformed):
        make_door().accept(*seal(payload("text").replace(part, instead)))


def test_a_kf_wake_without_its_account_is_malformed():
    with pytest.raises(CallbackMalformed, match="OpenKfId"):
        make_door().accept(*seal(payload("kf_msg_or_event").replace("OpenKfId", "Other")))


def test_the_log_says_why_and_tells_no_secret(caplog: pytest.LogCaptureFixture):
    query, body = seal(payload("text"), receiver="somebody else")

    with pytest.raises(CallbackRefused):
        make_door().accept(query, body)

    assert "InvalidCorpId" in caplog.text
    assert not any(secret in caplog.text for secret in (TOKEN, AES_KEY, query["msg_signature"]))


def test_a_url_verification_is_answered_with_the_bare_plain_text():
    query, body = seal("1616140317555161061")
    echostr = body.decode().partition("CDATA[")[2].partition("]]")[0]

    assert make_door().greet({**query, "echostr": echostr}) == "1616140317555161061"


def test_a_url_verification_with_nothing_to_open_is_refused():
    query, _ = seal("1616140317555161061")

    with pytest.raises(CallbackRefused):
        make_door().greet(query)
