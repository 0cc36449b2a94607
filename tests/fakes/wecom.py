"""Stands in for WeCom's neighbours: stores in memory, a receiver that remembers, a scripted platform."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from adapters.delivery.ports import DeliveryError
from adapters.inbound import Answer, Inbound
from adapters.wecom.ports import KfClaim
from sandbox.wecom.crypto import CallbackCrypto as PlatformCrypto
from sandbox.wecom.crypto import sign

CORP_ID = "ww3c8f5a1e9d7b2460"
AGENT_ID = 1000017
TOKEN = "fQ7hZ2mPxK9sVd4T"
AES_KEY = "k3Xv9QmZr7LpT2cWb8NsYh5GdJf4AeRuHn6VtEoPq1D"
OPEN_KFID = "wkAJ2GCAAAZSfhHCt7IFSvLKtMPxyJTw"
NOW = datetime(2026, 6, 1, 1, 0, tzinfo=UTC)

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_PAYLOADS = Path(__file__).parent.parent / "payloads" / "wecom"


def now() -> datetime:
    return NOW


def payload(name: str) -> str:
    """Return a message as WeCom would encrypt it."""
    return (_PAYLOADS / f"{name}.xml").read_text("utf-8")


def query_for(
    cipher: str, at: datetime = NOW, nonce: str = "1372623149", token: str = TOKEN
) -> dict[str, str]:
    """Return the query of a callback, signed by the platform's own code."""
    timestamp = str(int(at.timestamp()))
    signature = sign(token, timestamp, nonce, cipher)
    return {"msg_signature": signature, "timestamp": timestamp, "nonce": nonce}


def seal(plain: str, receiver: str = CORP_ID, at: datetime = NOW) -> tuple[dict[str, str], bytes]:
    """Return query and body of a callback, encrypted by the platform's own code."""
    cipher = PlatformCrypto(TOKEN, AES_KEY, CORP_ID).encrypt(plain, receiver)
    body = f"<xml><ToUserName>{CORP_ID}</ToUserName><Encrypt><![CDATA[{cipher}]]></Encrypt></xml>"
    return query_for(cipher, at), body.encode()


class Receiver:
    """Remember every Inbound; fail on demand."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.received: list[Inbound] = []
        self._failure = failure

    def receive(self, inbound: Inbound) -> Answer:
        if self._failure is not None:
            raise self._failure
        self.received.append(inbound)
        return Answer()


@dataclass
class _Account:
    cursor: str = ""
    token: str = ""
    first_sync: bool = True
    wakes: int = 0
    done: int = 0
    free_at: datetime = _LONG_AGO


@dataclass
class MemoryKfLedger:
    """Cursors and messages for one test; `pages` keeps what each save brought."""

    accounts: dict[str, _Account] = field(default_factory=dict)
    pages: list[list[Inbound]] = field(default_factory=list)
    seen: dict[str, Inbound] = field(default_factory=dict)
    released: list[datetime] = field(default_factory=list)

    def wake(self, open_kfid: str, token: str, at: datetime) -> None:
        account = self.accounts.setdefault(open_kfid, _Account())
        account.wakes += 1
        account.token = token or account.token

    def claim(self, now: datetime, lease_s: float) -> KfClaim | None:
        for open_kfid, account in self.accounts.items():
            if account.wakes > account.done and account.free_at <= now:
                return KfClaim(open_kfid, account.cursor, account.token, account.first_sync, account.wakes)
        return None

    def save_page(
        self, claim: KfClaim, next_cursor: str, page: Sequence[Inbound], *, finished: bool, now: datetime
    ) -> KfClaim:
        account = self.accounts[claim.open_kfid]
        account.cursor = next_cursor
        self.pages.append(list(page))
        for inbound in page:
            self.seen.setdefault(inbound.delivery_key, inbound)
        if finished:
            account.done, account.first_sync = claim.wakes, False
        return replace(claim, cursor=next_cursor)

    def release(self, claim: KfClaim, retry_at: datetime) -> None:
        self.released.append(retry_at)
        self.accounts[claim.open_kfid].free_at = retry_at

    @property
    def inbounds(self) -> list[Inbound]:
        return [inbound for page in self.pages for inbound in page]


@dataclass(frozen=True)
class Call:
    """One call a scripted platform saw."""

    path: str
    data: dict[str, Any]


class ScriptedApi:
    """Answer each call with the next outcome of the script; then with plain success."""

    def __init__(self, *outcomes: dict[str, Any] | DeliveryError) -> None:
        self.calls: list[Call] = []
        self._outcomes = list(outcomes)

    def call(
        self,
        method: str,
        path: str,
        *,
        data: Mapping[str, Any] | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        self.calls.append(Call(path, dict(data or {})))
        outcome = self._outcomes.pop(0) if self._outcomes else {}
        if isinstance(outcome, DeliveryError):
            raise outcome
        return {"errcode": 0, "errmsg": "ok", **outcome}

    def post_url(self, url: str, data: Mapping[str, Any]) -> dict[str, Any]:
        return self.call("post", url, data=data)

    @property
    def paths(self) -> list[str]:
        return [call.path for call in self.calls]
