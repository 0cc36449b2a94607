"""Passive replies: what an app may write into the answer of a callback.

Source: D90241; https://developer.work.weixin.qq.com/document/path/90241
"""

import hmac
import xml.etree.ElementTree as ElementTree

from sandbox.wecom.call import cut
from sandbox.wecom.corp import Corp
from sandbox.wecom.crypto import CallbackCrypto, CryptoError, sign

_TEXT_BYTES = 2048


def show_reply(corp: Corp, crypto: CallbackCrypto, userid: str, body: bytes) -> None:
    """Show a text reply in the member's chat, or journal why not; empty and `success` say nothing."""
    if body.strip() in (b"", b"success"):
        return
    chat = f"user:{userid}"
    try:
        content = _open(corp, crypto, userid, body)
    except (CryptoError, ElementTree.ParseError, ValueError) as error:
        corp.dropped(chat, f"passive reply refused: {error}")
        return
    with corp.lock:
        corp.chats.post(chat, corp.posted("bot", "text", {"content": content}, corp.next_id()))


def _open(corp: Corp, crypto: CallbackCrypto, userid: str, body: bytes) -> str:
    outer = ElementTree.fromstring(body.decode())
    cipher, timestamp, nonce = (_text(outer, name) for name in ("Encrypt", "TimeStamp", "Nonce"))
    expected = sign(corp.token, timestamp, nonce, cipher)
    if not hmac.compare_digest(expected, _text(outer, "MsgSignature")):
        raise ValueError("wrong signature")
    inner = ElementTree.fromstring(crypto.decrypt(cipher))
    if (_text(inner, "ToUserName"), _text(inner, "FromUserName")) != (userid, corp.corp_id):
        raise ValueError("ToUserName must be the member and FromUserName the corp")
    if _text(inner, "MsgType") != "text":
        raise ValueError(f"the sandbox shows text replies only, not {_text(inner, 'MsgType')}")
    return cut(_text(inner, "Content"), _TEXT_BYTES)


def _text(element: ElementTree.Element, name: str) -> str:
    found = element.findtext(name)
    if not found:
        raise ValueError(f"{name} is missing")
    return found
