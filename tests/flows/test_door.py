"""The WeCom callback address: what is not proven, fresh, small and well-formed leaves nothing behind."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests.support.loop import Loop


@pytest.fixture(autouse=True)
def eager_customers(stage: Loop) -> None:
    """Let customers confirm every summary at once."""
    stage.let_customers_confirm()


LIMIT = 64 * 1024
LAUGHS = '<!DOCTYPE xml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
READS_A_FILE = '<!DOCTYPE xml [<!ENTITY f SYSTEM "file:///etc/passwd">]>'


def said(loop: Loop, words: str = "制冰机坏了", **elements: Any) -> str:
    """Return the plaintext of a message of Lin's; an element None is left out."""
    parts: dict[str, Any] = {
        "ToUserName": loop.wecom.corp_id,
        "FromUserName": "lin",
        "CreateTime": loop.clock.now_s(),
        "MsgType": "text",
        "Content": words,
        "MsgId": 7300000000000001,
        "AgentID": loop.wecom.agent_id,
    }
    parts |= elements
    inner = "".join(f"<{name}>{value}</{name}>" for name, value in parts.items() if value is not None)
    return f"<xml>{inner}</xml>"


def posted(loop: Loop, xml: str, **options: Any) -> int:
    """Seal a message, deliver it once, and return the HTTP status."""
    query, body = loop.wecom.encrypt_callback(xml, **options)
    return loop.wecom.post_raw(body, query).status


def untouched(loop: Loop) -> bool:
    loop.settle()
    return not loop.inbox() and not loop.orders() and not loop.lin.shown()


def test_a_proven_message_is_let_in(loop):
    assert posted(loop, said(loop)) == 200

    assert loop.lin.hears("已收到您的报修")


def test_a_tampered_signature_is_refused(loop):
    query, body = loop.wecom.encrypt_callback(said(loop))
    query["msg_signature"] = "0" * 40

    assert loop.wecom.post_raw(body, query).status == 403
    assert untouched(loop)


def test_a_tampered_body_is_refused(loop):
    query, body = loop.wecom.encrypt_callback(said(loop))
    at = body.index(b"<Encrypt>") + 40
    changed = body[:at] + (b"A" if body[at : at + 1] != b"A" else b"B") + body[at + 1 :]

    assert loop.wecom.post_raw(changed, query).status == 403
    assert untouched(loop)


@pytest.mark.parametrize("late_by_s", [601, -601])
def test_a_stale_or_early_timestamp_is_refused(loop, late_by_s):
    moment = str(loop.clock.now_s() - late_by_s)

    assert posted(loop, said(loop), timestamp=moment) == 403
    assert untouched(loop)


def test_a_callback_recorded_earlier_is_refused_later(loop):
    query, body = loop.wecom.encrypt_callback(said(loop))
    loop.advance(601)

    assert loop.wecom.post_raw(body, query).status == 403
    assert untouched(loop)


@pytest.mark.parametrize(
    "options", [{"receive_id": "wwsomebodyelse000"}, {"receive_id": ""}, {"token": "guess"}]
)
def test_a_wrong_receiver_or_token_is_refused(loop, options):
    assert posted(loop, said(loop), **options) == 403
    assert untouched(loop)


@pytest.mark.parametrize("elements", [{"ToUserName": "wwother"}, {"AgentID": 1}])
def test_a_message_for_another_corp_or_app_is_refused(loop, elements):
    assert posted(loop, said(loop, **elements)) == 403
    assert untouched(loop)


@pytest.mark.parametrize("missing", ["msg_signature", "timestamp", "nonce"])
def test_a_missing_query_field_is_refused(loop, missing):
    query, body = loop.wecom.encrypt_callback(said(loop))
    del query[missing]

    assert loop.wecom.post_raw(body, query).status == 403
    assert untouched(loop)


@pytest.mark.parametrize("doubled", ["msg_signature", "timestamp", "nonce"])
def test_a_doubled_query_field_is_refused(loop, doubled):
    query, body = loop.wecom.encrypt_callback(said(loop))
    pairs = [*query.items(), (doubled, query[doubled])]

    answer = requests.post(f"{loop.web_url}/wecom/callback", params=pairs, data=body, timeout=5)

    assert answer.status_code == 400
    assert untouched(loop)


def test_an_unproven_greeting_is_refused(loop):
    query, _ = loop.wecom.encrypt_callback("123456")

    answer = requests.get(
        f"{loop.web_url}/wecom/callback", params={**query, "echostr": "QUJDRA=="}, timeout=5
    )

    assert answer.status_code == 403
    assert answer.text == "refused\n"


@pytest.mark.parametrize("size", [LIMIT + 1, 3 * LIMIT])
def test_an_oversized_body_is_refused(loop, size):
    query, _ = loop.wecom.encrypt_callback(said(loop))

    assert loop.wecom.post_raw(b"x" * size, query).status == 413
    assert untouched(loop)


@pytest.mark.parametrize("pieces", [9, 40])
def test_an_oversized_body_without_a_length_is_refused(loop, pieces):
    query, _ = loop.wecom.encrypt_callback(said(loop))

    def body() -> Iterator[bytes]:
        yield from (b"x" * 8192 for _ in range(pieces))

    try:
        answer = requests.post(f"{loop.web_url}/wecom/callback", params=query, data=body(), timeout=5)
        assert answer.status_code == 413
    except requests.ConnectionError:
        pass  # The server had read enough and hung up.
    assert untouched(loop)


def test_a_message_without_a_length_is_let_in(loop):
    query, body = loop.wecom.encrypt_callback(said(loop))

    answer = requests.post(f"{loop.web_url}/wecom/callback", params=query, data=iter([body]), timeout=5)

    assert answer.status_code == 200
    assert loop.lin.hears("已收到您的报修")


@pytest.mark.parametrize("prologue", [LAUGHS, READS_A_FILE])
def test_entities_are_refused_outside_and_inside_the_encryption(loop, prologue):
    query, body = loop.wecom.encrypt_callback(said(loop))

    assert loop.wecom.post_raw(prologue.encode() + body, query).status == 400
    assert posted(loop, prologue + said(loop, "&b;&f;")) == 400
    assert untouched(loop)


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "not xml",
        "<xml><MsgType>text</MsgType>",
        '<xml xmlns:x="urn:x"><MsgType x:y="1">text</MsgType></xml>',
        "<xml>" + "<a>" * 5000 + "</a>" * 5000 + "</xml>",
        "<html><body>hello</body></html>",
        "<xml></xml>",
    ],
)
def test_what_is_no_message_is_refused(loop, xml):
    assert posted(loop, xml) == 400
    assert untouched(loop)


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00", b"{}", b'{"encrypt": 1}', b"[" * 60000])
def test_what_is_no_envelope_is_refused(loop, body):
    query, _ = loop.wecom.encrypt_callback(said(loop))

    assert loop.wecom.post_raw(body, query).status == 400
    assert untouched(loop)


@pytest.mark.parametrize("elements", [{"FromUserName": "lin|sun"}, {"CreateTime": "soon"}, {"MsgType": None}])
def test_a_message_without_a_readable_head_is_refused(loop, elements):
    assert posted(loop, said(loop, **elements)) == 400
    assert untouched(loop)


@pytest.mark.parametrize("account", ["", "wk;DROP TABLE inbox", "x" * 100])
def test_a_wake_for_no_account_is_refused(loop, account):
    wake = said(loop, FromUserName=None, MsgType="event", Event="kf_msg_or_event", OpenKfId=account)

    assert posted(loop, wake) == 400


def test_a_wake_for_an_account_that_is_not_ours_harms_nobody(loop):
    wake = said(loop, FromUserName=None, MsgType="event", Event="kf_msg_or_event", OpenKfId="wkSomebodyElse")

    assert posted(loop, wake) == 200
    assert loop.chen.reports()


def test_an_unknown_message_type_is_kept_and_answered_politely(loop):
    assert posted(loop, said(loop, MsgType="hologram")) == 200

    assert loop.lin.hears("暂时无法识别")
    (kept,) = loop.inbox()
    assert kept.kind == "unsupported"
    assert "hologram" in kept.inbound


def test_an_unknown_event_is_kept_and_nobody_is_disturbed(loop):
    assert posted(loop, said(loop, MsgType="event", Event="party_started")) == 200

    loop.settle()
    assert [row.kind for row in loop.inbox()] == ["unsupported"]
    assert not loop.lin.shown()


def test_only_the_documented_methods_and_paths_exist(loop):
    assert requests.put(f"{loop.web_url}/wecom/callback", data=b"x", timeout=5).status_code == 405
    assert requests.get(f"{loop.web_url}/wecom", timeout=5).status_code == 404
    assert requests.get(f"{loop.web_url}/healthz", timeout=5).text == "ok\n"
    assert requests.get(f"{loop.web_url}/readyz", timeout=5).text == "ready\n"
