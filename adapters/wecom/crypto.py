"""Proof that a callback comes from WeCom: fields, signature, freshness, decryption, receiver.

Source: https://developer.work.weixin.qq.com/document/path/90968
"""

import hashlib
import hmac
import re
import struct
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from wechatpy.crypto.cryptography import WeChatCipher
from wechatpy.enterprise.crypto import PrpCrypto, WeChatCrypto
from wechatpy.exceptions import WeChatException

FRESH_S = 600
"""No official window is published; ten minutes either way with NTP."""

_SIGNATURE = re.compile(r"[0-9a-fA-F]{40}")
# The signature joins its parts without a delimiter, so digits could move between timestamp and nonce.
_TIMESTAMP = re.compile(r"[0-9]{10}")
_NONCE = re.compile(r"[!-~]{1,64}")
_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")
_MAX_PAD = 32


class CallbackRefused(Exception):
    """Nothing proves that WeCom sent this; the caller learns only that (one 403), the log says why."""


class _PaddedCipher(WeChatCipher):  # type: ignore[misc]
    """wechatpy's AES, refusing a padding that no sender writes."""

    def decrypt(self, ciphertext: bytes) -> bytes:
        """Return the plain bytes with their padding.

        Raises:
            ValueError: the padding is not 1 to 32 equal bytes.
        """
        plain: bytes = super().decrypt(ciphertext)
        pad = plain[-1]
        if not 1 <= pad <= _MAX_PAD or plain[-pad:] != bytes([pad]) * pad:
            raise ValueError("padding")
        return plain


class _PaddedPrpCrypto(PrpCrypto):  # type: ignore[misc]
    """wechatpy's envelope, which checks the receiver, on the padded cipher."""

    def __init__(self, key: bytes) -> None:
        super().__init__(key)
        self.cipher = _PaddedCipher(key)


class _StrictCrypto(WeChatCrypto):  # type: ignore[misc]
    """wechatpy's crypto with the strict envelope."""

    def open(self, signature: str, timestamp: str, nonce: str, encrypt: str) -> str:
        """Return the plain text of a signed, encrypted message."""
        plain: Any = self._check_signature(signature, timestamp, nonce, encrypt, _PaddedPrpCrypto)
        return str(plain)

    def close(self, text: str) -> str:
        """Return the encrypted form of an answer."""
        sealed: bytes = _PaddedPrpCrypto(self.key).encrypt(text, self.corp_id)
        return sealed.decode()

    def unlock(self, sealed: bytes) -> bytes:
        """Return a file's bytes without their padding.

        Raises:
            ValueError: this key never locked them.
        """
        plain = _PaddedCipher(self.key).decrypt(sealed)
        return plain[: -plain[-1]]


class CallbackCrypto:
    """Check and open what arrives at the callback address, and close what is answered.

    Args:
        token: the Token of the app's callback page.
        encoding_aes_key: its EncodingAESKey, 43 letters and digits.
        corp_id: the receiver every message must name; empty for an AI bot.
    """

    def __init__(self, token: str, encoding_aes_key: str, corp_id: str) -> None:
        self.corp_id = corp_id
        self._token = token
        self._crypto = _StrictCrypto(token, encoding_aes_key, corp_id)

    def check_query(self, query: Mapping[str, str], now: datetime) -> None:
        """Refuse malformed or stale query fields before anything is read.

        Raises:
            CallbackRefused: a field is missing, malformed or older or newer than ten minutes.
        """
        fields = (("msg_signature", _SIGNATURE), ("timestamp", _TIMESTAMP), ("nonce", _NONCE))
        for name, shape in fields:
            if not shape.fullmatch(query.get(name, "")):
                raise CallbackRefused(f"query field {name}")
        if abs(now.timestamp() - int(query["timestamp"])) > FRESH_S:
            raise CallbackRefused("stale timestamp")

    def open(self, query: Mapping[str, str], encrypt: str, now: datetime) -> str:
        """Return the plain text that WeCom signed and encrypted for this corp.

        Args:
            query: the callback's query, decoded once.
            encrypt: the `Encrypt` element, or `echostr`.

        Raises:
            CallbackRefused: anything does not fit; which, only the exception's text says.
        """
        self.check_query(query, now)
        if not _BASE64.fullmatch(encrypt) or len(encrypt) % 4:
            raise CallbackRefused("ciphertext is not base64")
        timestamp, nonce = query["timestamp"], query["nonce"]
        expected = self._signature(timestamp, nonce, encrypt)
        if not hmac.compare_digest(expected, query["msg_signature"].lower()):
            raise CallbackRefused("signature")
        try:
            return self._crypto.open(expected, timestamp, nonce, encrypt)
        except (ValueError, IndexError, struct.error, WeChatException) as error:
            raise CallbackRefused(f"decryption: {type(error).__name__}") from None

    def close(self, text: str, nonce: str, now: datetime) -> dict[str, str]:
        """Return an AI bot's answer as the JSON envelope that its platform opens (D101033)."""
        timestamp, encrypt = str(int(now.timestamp())), self._crypto.close(text)
        signature = self._signature(timestamp, nonce, encrypt)
        return {"encrypt": encrypt, "msgsignature": signature, "timestamp": timestamp, "nonce": nonce}

    def unlock(self, sealed: bytes) -> bytes:
        """Return the bytes of a file that was sent to an AI bot (D100719).

        Raises:
            ValueError: this key never locked them.
        """
        return self._crypto.unlock(sealed)

    def _signature(self, *parts: str) -> str:
        joined = "".join(sorted([self._token, *parts]))
        return hashlib.sha1(joined.encode(), usedforsecurity=False).hexdigest()
