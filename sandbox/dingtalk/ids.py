"""Identifiers shaped like DingTalk's own."""

import base64
import itertools
import secrets
import uuid

_PUSHES = itertools.count(0x185B4)


def conversation_id() -> str:
    """Return an openConversationId: it holds `+` and `/` and ends in `==`, which wrong URL code breaks."""
    raw = base64.b64encode(secrets.token_bytes(16)).decode()
    return f"cid{raw[:6]}+{raw[7:13]}/{raw[14:]}"


def msg_id() -> str:
    """Return a robot message's msgId."""
    return "msg" + base64.b64encode(secrets.token_bytes(16)).decode()


def push_id(now_ms: int) -> str:
    """Return a `headers.messageId`, new for every frame."""
    return f"{secrets.token_hex(4)}_{secrets.randbelow(2000)}_{now_ms:x}_{next(_PUSHES):x}"


def query_key() -> str:
    """Return a processQueryKey, which is also a card's carrierId."""
    return base64.b64encode(secrets.token_bytes(32)).decode()


def encrypted() -> str:
    """Return an encrypted user id, which no send API accepts."""
    return "$:LWCP_v1:$" + base64.b64encode(secrets.token_bytes(18)).decode()


def union_id() -> str:
    """Return a unionId."""
    return base64.b64encode(secrets.token_bytes(15)).decode().replace("/", "i").replace("+", "S") + "iE"


def download_code() -> str:
    """Return a downloadCode of a picture or file."""
    return base64.b64encode(secrets.token_bytes(48)).decode()


def media_id() -> str:
    """Return a media_id of an uploaded file."""
    return "@lAL" + base64.urlsafe_b64encode(secrets.token_bytes(21)).decode()


def request_id() -> str:
    """Return a request id in the shape of the new APIs."""
    return str(uuid.uuid4()).upper()


def short_hex() -> str:
    """Return 32 hexadecimal characters."""
    return uuid.uuid4().hex


def guid() -> str:
    """Return a UUID with dashes."""
    return str(uuid.uuid4())
