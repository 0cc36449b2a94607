"""Only what WeCom signed, encrypted, addressed and sent just now comes in."""

import base64
import struct
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st

from adapters.wecom.crypto import CallbackCrypto, CallbackRefused
from sandbox.wecom.crypto import CallbackCrypto as PlatformCrypto
from tests.fakes.wecom import AES_KEY, CORP_ID, NOW, TOKEN, query_for

# The official vector of https://developer.work.weixin.qq.com/document/path/90968
OFFICIAL = CallbackCrypto("QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "wx5823bf96d3bd56c7")
OFFICIAL_BODY = (
    "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/s"
    "YYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJ"
    "YuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGU"
    "callcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDY"
    "A5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q=="
)
OFFICIAL_ECHO = "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=="

OURS = CallbackCrypto(TOKEN, AES_KEY, CORP_ID)
PLATFORM = PlatformCrypto(TOKEN, AES_KEY, CORP_ID)
CIPHER = PLATFORM.encrypt("hello")


def raw_cipher(padded: bytes) -> str:
    key = base64.b64decode(AES_KEY + "=")
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()


def framed(text: bytes, receiver: bytes = CORP_ID.encode()) -> bytes:
    return b"r" * 16 + struct.pack(">I", len(text)) + text + receiver


def test_the_official_message_opens():
    query = {
        "msg_signature": "477715d11cdb4164915debcba66cb864d751f3e6",
        "timestamp": "1409659813",
        "nonce": "1372623149",
    }

    plain = OFFICIAL.open(query, OFFICIAL_BODY, datetime.fromtimestamp(1409659813, UTC))

    assert "<Content><![CDATA[hello]]></Content>" in plain


def test_the_official_echo_opens():
    query = {
        "msg_signature": "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3",
        "timestamp": "1409659589",
        "nonce": "263014780",
    }

    plain = OFFICIAL.open(query, OFFICIAL_ECHO, datetime.fromtimestamp(1409659589, UTC))

    assert plain == "1616140317555161061"


def test_a_key_whose_last_character_has_spare_bits_opens_the_same_message():
    assert AES_KEY.endswith("D")
    spare = CallbackCrypto(TOKEN, AES_KEY[:-1] + "B", CORP_ID)

    assert spare.open(query_for(CIPHER), CIPHER, NOW) == "hello"


@pytest.mark.parametrize("length", range(32))
def test_every_padding_from_1_to_32_opens(length: int):
    cipher = PLATFORM.encrypt("x" * length)

    assert OURS.open(query_for(cipher), cipher, NOW) == "x" * length


@given(st.text(max_size=300))
def test_any_text_survives_the_round_trip(text: str):
    cipher = PLATFORM.encrypt(text)

    assert OURS.open(query_for(cipher), cipher, NOW) == text


@pytest.mark.parametrize("field", ["msg_signature", "timestamp", "nonce"])
def test_a_missing_query_field_is_refused(field: str):
    query = query_for(CIPHER)
    del query[field]

    with pytest.raises(CallbackRefused, match=field):
        OURS.open(query, CIPHER, NOW)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("msg_signature", "a" * 39),
        ("msg_signature", "g" * 40),
        ("timestamp", "178027560"),
        ("timestamp", "1780275600\n"),
        ("timestamp", "١٧٨٠٢٧٥٦٠٠"),
        ("timestamp", "-780275600"),
        ("nonce", "n" * 65),
        ("nonce", ""),
        ("nonce", "a b"),
    ],
)
def test_a_malformed_query_field_is_refused(field: str, value: str):
    with pytest.raises(CallbackRefused, match=field):
        OURS.open({**query_for(CIPHER), field: value}, CIPHER, NOW)


@given(st.integers(0, len(CIPHER) - 1), st.characters(codec="ascii"))
def test_a_changed_character_of_the_message_is_refused(place: int, character: str):
    tampered = CIPHER[:place] + character + CIPHER[place + 1 :]
    if tampered == CIPHER:
        return

    with pytest.raises(CallbackRefused):
        OURS.open(query_for(CIPHER), tampered, NOW)


def test_a_digit_moved_from_the_nonce_to_the_timestamp_is_refused():
    query = query_for(CIPHER)
    moved = {**query, "timestamp": query["timestamp"] + query["nonce"][0], "nonce": query["nonce"][1:]}

    with pytest.raises(CallbackRefused, match="timestamp"):
        OURS.open(moved, CIPHER, NOW)


def test_a_signature_with_another_token_is_refused():
    with pytest.raises(CallbackRefused, match="signature"):
        OURS.open(query_for(CIPHER, token="somebody"), CIPHER, NOW)


@pytest.mark.parametrize("off_s", [-601, 601, 86400])
def test_a_stale_or_early_signature_is_refused(off_s: int):
    with pytest.raises(CallbackRefused, match="stale"):
        OURS.open(query_for(CIPHER, at=NOW + timedelta(seconds=off_s)), CIPHER, NOW)


@pytest.mark.parametrize("off_s", [-600, 600])
def test_ten_minutes_either_way_are_fresh(off_s: int):
    assert OURS.open(query_for(CIPHER, at=NOW + timedelta(seconds=off_s)), CIPHER, NOW) == "hello"


@pytest.mark.parametrize("receiver", ["", "ww3c8f5a1e9d7b2461", CORP_ID + "x"])
def test_a_message_for_another_receiver_is_refused(receiver: str):
    cipher = PLATFORM.encrypt("hello", receiver)

    with pytest.raises(CallbackRefused, match="InvalidCorpId"):
        OURS.open(query_for(cipher), cipher, NOW)


@pytest.mark.parametrize(
    "padding",
    [b"\x00" * 32, b"\x21" * 33, b"\x01" * 8 + b"\x08" * 7 + b"\x07" + b"\x09", b"\xff" * 32],
)
def test_a_padding_no_sender_writes_is_refused(padding: bytes):
    content = framed(b"hello")
    filler = b"z" * (-(len(content) + len(padding)) % 16)
    cipher = raw_cipher(content + filler + padding)

    with pytest.raises(CallbackRefused, match="decryption"):
        OURS.open(query_for(cipher), cipher, NOW)


def test_a_length_beyond_the_message_is_refused():
    content = b"r" * 16 + struct.pack(">I", 2**31) + b"hello" + CORP_ID.encode()
    pad = 32 - len(content) % 32
    cipher = raw_cipher(content + bytes([pad]) * pad)

    with pytest.raises(CallbackRefused, match="decryption"):
        OURS.open(query_for(cipher), cipher, NOW)


@given(st.binary(min_size=0, max_size=200))
def test_signed_garbage_is_refused_and_nothing_else_escapes(garbage: bytes):
    cipher = base64.b64encode(garbage).decode()

    with pytest.raises(CallbackRefused):
        OURS.open(query_for(cipher), cipher, NOW)


@given(st.binary(min_size=2, max_size=6).map(lambda blocks: blocks * 16))
def test_well_padded_garbage_is_refused(content: bytes):
    pad = 32 - len(content) % 32
    cipher = raw_cipher(content + bytes([pad]) * pad)

    with pytest.raises(CallbackRefused):
        OURS.open(query_for(cipher), cipher, NOW)


def test_a_refusal_tells_neither_token_nor_key_nor_message():
    with pytest.raises(CallbackRefused) as refused:
        OURS.open(query_for(CIPHER, token="somebody"), CIPHER, NOW)

    assert not any(secret in str(refused.value) for secret in (TOKEN, AES_KEY, CIPHER))
