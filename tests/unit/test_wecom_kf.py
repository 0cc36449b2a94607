"""Pulling 微信客服: every item once, in order, and nothing that blocks the next page."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from adapters.inbound import (
    EnteredContent,
    LinkContent,
    LocationContent,
    MediaContent,
    Platform,
    SendFailedContent,
    TextContent,
    UnsupportedContent,
)
from adapters.wecom.errors import refusal
from adapters.wecom.kf import KfPuller
from adapters.wecom.kf_messages import to_inbound
from tests.fakes.wecom import NOW, OPEN_KFID, MemoryKfLedger, ScriptedApi, now

SENT_S = int(NOW.timestamp())


def item(msgtype: str, part: dict[str, Any], **over: Any) -> dict[str, Any]:
    head = {"msgid": "m1", "open_kfid": OPEN_KFID, "external_userid": "wmA", "send_time": SENT_S, "origin": 3}
    return {**head, "msgtype": msgtype, msgtype: part, **over}


def event(event_type: str, **part: Any) -> dict[str, Any]:
    inner = {"event_type": event_type, "open_kfid": OPEN_KFID, "external_userid": "wmA", **part}
    return {"msgid": "e1", "send_time": SENT_S, "origin": 4, "msgtype": "event", "event": inner}


def read(raw: Any, first_sync: bool = False):
    return to_inbound(raw, OPEN_KFID, first_sync=first_sync, now=NOW)


def page(*items: dict[str, Any], cursor: str = "C1", more: int = 0) -> dict[str, Any]:
    return {"next_cursor": cursor, "has_more": more, "msg_list": list(items)}


def woken(token: str = "TOKEN") -> MemoryKfLedger:
    ledger = MemoryKfLedger()
    ledger.wake(OPEN_KFID, token, NOW)
    return ledger


@pytest.mark.parametrize(
    ("raw", "content"),
    [
        (item("text", {"content": "漏油"}), TextContent(text="漏油")),
        (item("text", {"content": "停产", "menu_id": "sev_1"}), TextContent(text="停产", choice="sev_1")),
        (item("image", {"media_id": "M"}), MediaContent(media="image", media_ref="M")),
        (item("voice", {"media_id": "M"}), MediaContent(media="voice", media_ref="M")),
        (item("video", {"media_id": "M"}), MediaContent(media="video", media_ref="M")),
        (item("file", {"media_id": "M"}), MediaContent(media="file", media_ref="M")),
        (
            item(
                "location",
                {"latitude": 31.2, "longitude": 121.4, "name": "二号厂房", "address": "博云路 2 号"},
            ),
            LocationContent(latitude=31.2, longitude=121.4, label="二号厂房 博云路 2 号"),
        ),
        (
            item("link", {"title": "t", "desc": "d", "url": "https://u"}),
            LinkContent(title="t", url="https://u", description="d"),
        ),
        (item("miniprogram", {"title": "t"}), UnsupportedContent(type_name="miniprogram", answerable=True)),
        (item("link", {"title": "t"}), UnsupportedContent(type_name="link", answerable=True)),
        (item("text", {"content": "人工"}, origin=5), UnsupportedContent(type_name="origin5:text")),
        (event("enter_session", welcome_code="W"), EnteredContent(welcome_code="W")),
        (event("enter_session"), EnteredContent()),
        (
            event("msg_send_fail", fail_msgid="key-1", fail_type=4),
            SendFailedContent(message_ref="key-1", reason_code="4"),
        ),
        (event("user_recall_msg", recall_msgid="m1"), UnsupportedContent(type_name="event:user_recall_msg")),
        (event("session_status_change"), UnsupportedContent(type_name="event:session_status_change")),
        ({"msgid": "x"}, UnsupportedContent(type_name="origin0:malformed")),
        ("not even an object", UnsupportedContent(type_name="origin0:malformed")),
    ],
)
def test_an_item_becomes_its_content(raw: Any, content: object):
    assert read(raw).content == content


@pytest.mark.parametrize("raw", [item("text", {"content": "漏油"}), event("enter_session")])
def test_a_customer_is_named_and_answered_at_the_account(raw: dict[str, Any]):
    inbound = read(raw)

    assert (inbound.channel, inbound.sender.platform) == ("wecom_kf", Platform.WECOM_EXTERNAL)
    assert inbound.sender.user_id == "wmA"
    assert inbound.conversation == f"wecom_kf:{OPEN_KFID}:wmA"
    assert inbound.sent_at == NOW


def test_an_item_is_known_by_account_and_id():
    assert read(item("text", {"content": "a"})).delivery_key == f"{OPEN_KFID}:m1"


def test_a_long_id_is_known_by_its_digest():
    key = read(item("text", {"content": "a"}, msgid="m" * 128)).delivery_key

    assert key.startswith("sha256:") and len(key) <= 128


@pytest.mark.parametrize(
    ("first_sync", "age_s", "history"), [(True, 601, True), (True, 599, False), (False, 9999, False)]
)
def test_only_old_items_of_a_first_sync_are_history(first_sync: bool, age_s: int, history: bool):
    assert read(item("text", {"content": "a"}, send_time=SENT_S - age_s), first_sync).history is history


def test_characters_a_database_refuses_do_not_block_the_page():
    inbound = read(item("text", {"content": "漏\x00油\ud83d"}))

    assert inbound.content == TextContent(text="漏油?")
    assert "\x00" not in inbound.raw and inbound.raw.encode()


def test_nothing_woken_is_nothing_to_pull():
    api = ScriptedApi()

    assert KfPuller(api, MemoryKfLedger(), now, lease_s=30).pull_once() is False
    assert api.calls == []


def test_pages_are_saved_one_by_one_with_their_cursor_until_there_is_no_more():
    first, second = item("text", {"content": "1"}), item("text", {"content": "2"}, msgid="m2")
    api, ledger = ScriptedApi(page(first, cursor="C1", more=1), page(second, cursor="C2")), woken()

    assert KfPuller(api, ledger, now, lease_s=30).pull_once() is True

    assert [call.data.get("cursor") for call in api.calls] == [None, "C1"]
    assert [inbound.delivery_key[-2:] for inbound in ledger.inbounds] == ["m1", "m2"]
    assert ledger.accounts[OPEN_KFID].cursor == "C2"
    assert KfPuller(api, ledger, now, lease_s=30).pull_once() is False


def test_the_token_of_the_wake_is_sent_and_the_page_is_full_size():
    api = ScriptedApi(page())

    KfPuller(api, woken(), now, lease_s=30).pull_once()

    assert api.calls[0].data == {"open_kfid": OPEN_KFID, "token": "TOKEN", "limit": 1000, "voice_format": 0}


def test_a_timer_s_wake_sends_no_token():
    api = ScriptedApi(page())

    KfPuller(api, woken(""), now, lease_s=30).pull_once()

    assert "token" not in api.calls[0].data


def test_an_empty_page_with_more_behind_it_goes_on():
    api = ScriptedApi(page(cursor="C1", more=1), page(item("text", {"content": "a"}), cursor="C2"))
    ledger = woken()

    KfPuller(api, ledger, now, lease_s=30).pull_once()

    assert len(ledger.inbounds) == 1 and ledger.released == []


def test_a_token_that_is_too_old_is_left_out():
    api, ledger = ScriptedApi(refusal(95007), page(item("text", {"content": "a"}))), woken()

    KfPuller(api, ledger, now, lease_s=30).pull_once()

    assert [call.data.get("token") for call in api.calls] == ["TOKEN", None]
    assert len(ledger.inbounds) == 1


@pytest.mark.parametrize(
    ("code", "delay_s"), [(-1, 15), (45009, 60), (60020, 60), (95000, 300), (95007, 300)]
)
def test_a_refusal_gives_the_account_back_with_a_delay(code: int, delay_s: int):
    ledger = woken("")

    assert KfPuller(ScriptedApi(refusal(code)), ledger, now).pull_once() is True
    assert ledger.released == [NOW + timedelta(seconds=delay_s)]
    assert ledger.accounts[OPEN_KFID].cursor == ""


def test_a_failure_on_the_second_page_keeps_the_first():
    api = ScriptedApi(page(item("text", {"content": "a"}), cursor="C1", more=1), refusal(-1))
    ledger = woken()

    KfPuller(api, ledger, now, lease_s=30).pull_once()

    assert (ledger.accounts[OPEN_KFID].cursor, len(ledger.inbounds)) == ("C1", 1)


@pytest.mark.parametrize("cursor", ["", "C1"])
def test_a_cursor_that_does_not_move_ends_the_pull(cursor: str):
    api = ScriptedApi(page(cursor="C1", more=1), page(cursor=cursor, more=1))
    ledger = woken()

    KfPuller(api, ledger, now, lease_s=30).pull_once()

    assert len(api.calls) == 2 and len(ledger.released) == 1
    assert ledger.accounts[OPEN_KFID].cursor == "C1"


def test_empty_pages_without_end_are_given_up_after_twenty():
    api, ledger = ScriptedApi(*(page(cursor=f"C{n}", more=1) for n in range(50))), woken()

    KfPuller(api, ledger, now, lease_s=30).pull_once()

    assert len(api.calls) == 20 and len(ledger.released) == 1


def test_a_long_pull_gives_the_account_back_before_its_lease_ends():
    moments = iter(NOW + timedelta(seconds=10 * n) for n in range(1000))
    api, ledger = (
        ScriptedApi(*(page(item("text", {"content": "a"}), cursor=f"C{n}", more=1) for n in range(50))),
        woken(),
    )

    def clock() -> datetime:
        return next(moments)

    KfPuller(api, ledger, clock, lease_s=30).pull_once()

    assert len(api.calls) < 12 and ledger.released[0] < NOW + timedelta(seconds=120)


def test_an_answer_that_is_no_page_gives_the_account_back():
    ledger = woken()

    KfPuller(ScriptedApi({"msg_list": "none"}), ledger, now, lease_s=30).pull_once()

    assert len(ledger.released) == 1 and ledger.pages == []
