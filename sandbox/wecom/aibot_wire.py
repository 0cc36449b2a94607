"""How the AI bot's callbacks travel: a JSON envelope that names no receiver, five seconds, one answer.

Source: D101039, D101033; https://developer.work.weixin.qq.com/document/path/101033
"""

import hmac
import http.client
import json
import secrets
import threading
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from sandbox.wecom.corp import Corp
from sandbox.wecom.crypto import CallbackCrypto, CryptoError, sign

_ATTEMPTS = 4
_CHECK_S = 1.0


@dataclass
class BotKeys:
    """What an AI bot's page in the admin console holds."""

    aibot_id: str = "aibQ7x2LkNmPs"
    token: str = "aB3kQ9wXz7LmN2pR"
    encoding_aes_key: str = "Wm3TqLx8Zc5RvYb2NkJh7GdFs4ApUe9oQi6MzXtKy1B"
    callback_url: str = ""

    @property
    def crypto(self) -> CallbackCrypto:
        """Return the bot's encryption; the receiver is empty."""
        return CallbackCrypto(self.token, self.encoding_aes_key, "")


@dataclass(frozen=True)
class Told:
    """One thing the bot is told.

    Args:
        what: the message or event type, for the journal.
        chat: the chat that a passive answer is shown in.
    """

    plain: dict[str, Any]
    what: str
    chat: str
    number: str = field(default_factory=lambda: secrets.token_hex(4))


class Wire:
    """Seals, posts and opens for one bot."""

    def __init__(self, corp: Corp, keys: BotKeys) -> None:
        self._corp = corp
        self._keys = keys
        self._stopped = threading.Event()

    def connect(self, url: str) -> bool:
        """Make the check that saving the URL makes and remember the URL; False when it failed."""
        expected = secrets.token_hex(8)
        echostr = self._keys.crypto.encrypt(expected)
        query = {**self._signed(echostr), "echostr": echostr}
        status, body = self._request("GET", url, query, b"", _CHECK_S)
        if (status, body) != (200, expected.encode()):
            return False
        self._keys.callback_url = url
        return True

    def seal(self, plain: dict[str, Any]) -> tuple[dict[str, str], bytes]:
        """Return query and body of a callback."""
        cipher = self._keys.crypto.encrypt(json.dumps(plain, ensure_ascii=False))
        return self._signed(cipher), json.dumps({"encrypt": cipher}).encode()

    def post(self, query: dict[str, str], body: bytes) -> tuple[int, bytes]:
        """Post once and return status and body, status 0 after five seconds."""
        return self._request("POST", self._keys.callback_url, query, body, self._corp.callback_timeout_s)

    def open(self, body: bytes) -> dict[str, Any]:
        """Return the passive answer inside a callback's answer, empty for none.

        Raises:
            ValueError: it is not sealed as the platform asks.
        """
        if not body.strip():
            return {}
        outer = json.loads(body)
        cipher, timestamp, nonce = (str(outer.get(key, "")) for key in ("encrypt", "timestamp", "nonce"))
        expected = sign(self._keys.token, timestamp, nonce, cipher)
        if not hmac.compare_digest(expected, str(outer.get("msgsignature", ""))):
            raise ValueError("wrong signature")
        try:
            answer = json.loads(self._keys.crypto.decrypt(cipher))
        except CryptoError as error:
            raise ValueError(str(error)) from error
        if not isinstance(answer, dict):
            raise ValueError("not a JSON object")
        return answer

    def attempt(self, told: Told, sealed: tuple[dict[str, str], bytes]) -> bytes | None:
        """Deliver, again after a failure; return the answer's body, None when it was lost."""
        for attempt in range(1, _ATTEMPTS + 1):
            if attempt > 1 and self._stopped.wait(self._corp.retry_after_s):
                return None
            status, body = self.post(*sealed)
            self._corp.journal.add(
                "wecom",
                "callback",
                text=f"callback {told.what} → {status or 'no answer'}",
                what=told.what,
                delivery=told.number,
                attempt=attempt,
                copy_no=0,
                status=status,
                body=told.plain,
            )
            if status == 200:
                return body
        self._corp.journal.add("wecom", "lost", text=f"callback {told.what} lost", what=told.what)
        return None

    def stop(self) -> None:
        """End waiting for further attempts."""
        self._stopped.set()

    def _signed(self, cipher: str) -> dict[str, str]:
        timestamp = str(self._corp.clock.now_s() + self._corp.callback_clock_skew_s)
        nonce = str(secrets.randbelow(9 * 10**9) + 10**9)
        signature = sign(self._keys.token, timestamp, nonce, cipher)
        return {"msg_signature": signature, "timestamp": timestamp, "nonce": nonce}

    def _request(
        self, method: str, url: str, query: dict[str, str], body: bytes, limit_s: float
    ) -> tuple[int, bytes]:
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=limit_s)
        headers = {"Content-Type": "application/json"} if body else {}
        try:
            connection.request(method, f"{parts.path}?{urlencode(query)}", body or None, headers)
            response = connection.getresponse()
            return response.status, response.read()
        except (OSError, http.client.HTTPException):
            return 0, b""
        finally:
            connection.close()
