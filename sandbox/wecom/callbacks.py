"""Callbacks to the app: URL check, encrypted delivery, retries, passive replies.

Source: D90930, D90968; https://developer.work.weixin.qq.com/document/path/90930
"""

import http.client
import secrets
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from sandbox.wecom.corp import Corp
from sandbox.wecom.crypto import CallbackCrypto, sign
from sandbox.wecom.passive import show_reply
from sandbox.wecom.xml import to_xml

_ATTEMPTS = 4
_CHECK_S = 1.0


class VerificationFailed(Exception):
    """The URL did not answer the check as it must; the admin page would show 40057."""


@dataclass(frozen=True)
class RawResponse:
    """What a callback URL answered; status 0 means no answer in time."""

    status: int
    body: bytes


class Callbacks:
    """Seal and deliver callbacks from background threads."""

    def __init__(self, corp: Corp) -> None:
        self._corp = corp
        self._stopped = threading.Event()

    def connect(self, url: str) -> None:
        """Make the check that saving the URL makes, and remember the URL.

        Raises:
            VerificationFailed: no answer in one second, not 200, or not exactly the plaintext.
        """
        expected = str(secrets.randbelow(9 * 10**18) + 10**18)
        echostr = self._awkward(expected)
        query = {**self._signed(echostr), "echostr": echostr}
        began = time.monotonic()
        answer = self._request("GET", url, query, b"", _CHECK_S)
        took = time.monotonic() - began
        if took > _CHECK_S or answer.status != 200 or answer.body != expected.encode():
            raise VerificationFailed(
                f"GET {url}: status {answer.status} after {took:.2f} s, body {answer.body[:80]!r}"
            )
        self._corp.callback_url = url

    def _awkward(self, text: str) -> str:
        """Return a cipher that holds `+`, `/` and `=`, which wrong URL decoding destroys."""
        while True:
            cipher = self._crypto().encrypt(text)
            if "+" in cipher and "/" in cipher:
                return cipher

    def _crypto(self) -> CallbackCrypto:
        return CallbackCrypto(self._corp.token, self._corp.encoding_aes_key, self._corp.corp_id)

    def _signed(
        self, cipher: str, timestamp: str | None = None, nonce: str | None = None, token: str | None = None
    ) -> dict[str, str]:
        moment = timestamp or str(self._corp.clock.now_s() + self._corp.callback_clock_skew_s)
        number = nonce or str(secrets.randbelow(9 * 10**9) + 10**9)
        signature = sign(token or self._corp.token, moment, number, cipher)
        return {"msg_signature": signature, "timestamp": moment, "nonce": number}

    def seal(
        self,
        inner: str,
        *,
        timestamp: str | None = None,
        nonce: str | None = None,
        receive_id: str | None = None,
        token: str | None = None,
        with_agent: bool = True,
    ) -> tuple[dict[str, str], bytes]:
        """Return query and body of a callback; the options make it stale or wrong."""
        cipher = self._crypto().encrypt(inner, receive_id)
        envelope = {"ToUserName": self._corp.corp_id, "Encrypt": cipher}
        if with_agent:
            envelope["AgentID"] = str(self._corp.agent_id)
        return self._signed(cipher, timestamp, nonce, token), to_xml(envelope).encode()

    def send(self, inner: str, what: str, *, userid: str = "", with_agent: bool = True) -> None:
        """Deliver in the background, as often as the duplicate mode says.

        Args:
            inner: the plaintext XML.
            what: the message or event type, for the journal.
            userid: the member whose chat shows a passive reply, empty for none.
        """
        if not self._corp.has_callback or self._corp.drop_callbacks:
            reason = "callback dropped on demand" if self._corp.has_callback else "no callback url"
            self._corp.dropped("", reason, what=what)
            return
        delivery = _Delivery(inner, what, userid, with_agent, secrets.token_hex(4))
        sealed = self.seal(inner, with_agent=with_agent)
        for copy_no in range(1 + self._corp.duplicate_callbacks):
            arguments = (delivery, sealed, copy_no)
            threading.Thread(target=self._deliver, args=arguments, daemon=True).start()

    def _deliver(self, delivery: "_Delivery", sealed: tuple[dict[str, str], bytes], copy_no: int) -> None:
        for attempt in range(1, _ATTEMPTS + 1):
            if attempt > 1:
                if self._stopped.wait(self._corp.retry_after_s):
                    return
                if self._corp.reencrypt_retries:
                    sealed = self.seal(delivery.inner, with_agent=delivery.with_agent)
            answer = self._attempt(delivery, sealed, attempt, copy_no)
            if answer.status == 200:
                if delivery.userid:
                    show_reply(self._corp, self._crypto(), delivery.userid, answer.body)
                return
        if not self._stopped.is_set():
            self._corp.journal.add(
                "wecom",
                "lost",
                text=f"callback {delivery.what} lost",
                what=delivery.what,
                delivery=delivery.number,
            )

    def _attempt(
        self, delivery: "_Delivery", sealed: tuple[dict[str, str], bytes], attempt: int, copy_no: int
    ) -> RawResponse:
        began = time.monotonic()
        answer = self.post(*sealed)
        latency_ms = round((time.monotonic() - began) * 1000, 1)
        self._corp.journal.add(
            "wecom",
            "callback",
            text=f"callback {delivery.what} → {answer.status or 'no answer'} in {latency_ms:g} ms",
            what=delivery.what,
            delivery=delivery.number,
            attempt=attempt,
            copy_no=copy_no,
            status=answer.status,
            latency_ms=latency_ms,
            body=delivery.inner,
        )
        return answer

    def post(self, query: dict[str, str], body: bytes) -> RawResponse:
        """Post once to the callback URL and return what it says, status 0 after the time limit."""
        return self._request("POST", self._corp.callback_url, query, body, self._corp.callback_timeout_s)

    def _request(
        self, method: str, url: str, query: dict[str, str], body: bytes, limit_s: float
    ) -> RawResponse:
        parts = urlsplit(url)
        if parts.scheme != "http" or not parts.hostname:
            raise ValueError(f"the sandbox calls http URLs only, not {url!r}")
        path = f"{parts.path or '/'}?{parts.query + '&' if parts.query else ''}{urlencode(query)}"
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=limit_s)
        headers = {"Content-Type": "text/xml", "User-Agent": "Mozilla/4.0"} if body else {}
        try:
            connection.request(method, path, body or None, headers)
            response = connection.getresponse()
            return RawResponse(response.status, response.read())
        except (OSError, http.client.HTTPException):
            return RawResponse(0, b"")
        finally:
            connection.close()

    def stop(self) -> None:
        """End waiting for further attempts."""
        self._stopped.set()


@dataclass(frozen=True)
class _Delivery:
    inner: str
    what: str
    userid: str
    with_agent: bool
    number: str
