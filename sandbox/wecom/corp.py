"""The played corp: its credentials, people, switches and chats."""

import itertools
import secrets
import threading
from dataclasses import dataclass
from urllib.parse import urlsplit

from sandbox.core.clock import SandboxClock
from sandbox.core.faults import Faults
from sandbox.core.journal import Journal
from sandbox.wecom.chats import Chats, Posted

MINUTE_S = 60
HOUR_S = 3600
DAY_S = 86400


@dataclass(frozen=True)
class Member:
    """A person of the corp inside the app's visibility."""

    userid: str
    name: str
    mobile: str = ""


@dataclass(frozen=True)
class Customer:
    """A person on WeChat who may write to a kf account."""

    external_userid: str
    nickname: str


class Corp:
    """State that every part of the sandbox shares; `lock` guards it, plain attributes are test switches.

    Args:
        clock: the platform's clock.
        journal: where everything seen is told.
        faults: disturbances ordered per operation.
    """

    def __init__(self, clock: SandboxClock, journal: Journal, faults: Faults) -> None:
        self.clock = clock
        self.journal = journal
        self.faults = faults
        self.lock = threading.RLock()
        self._set_credentials()
        self._set_switches()
        self.members: dict[str, Member] = {}
        self.customers: dict[str, Customer] = {}
        self.chats = Chats(journal)
        self.task_ids: set[str] = set()
        self._ids = itertools.count(7_300_000_000_000_000_000 + secrets.randbelow(10**15))

    def _set_credentials(self) -> None:
        self.corp_id = "ww3c8f5a1e9d7b2460"
        self.agent_id = 1000017
        self.secret = "nV4tq8ZsXw2LrKpB7yGdHc5JmF9aEuT3oQiN6xRzYkM"
        self.token = "fQ7hZ2mPxK9sVd4T"
        self.encoding_aes_key = "k3Xv9QmZr7LpT2cWb8NsYh5GdJf4AeRuHn6VtEoPq1D"
        self.kf_open_kfid = "wkAJ2GCAAAZSfhHCt7IFSvLKtMPxyJTw"
        self.webhook_key = "693a91f6-7a0c-4bc4-97a0-0ec2f1fa5aaa"
        self.callback_url = ""

    def _set_switches(self) -> None:
        # Auth: life of new tokens; wrong secrets an hour before the IP is blocked; False answers 60020.
        self.token_life_s = 7200
        self.wrong_secret_limit = 20
        self.ip_trusted = True
        # Directory: a fifth of the headcount in wrong numbers blocks user/getuserid for a day.
        self.headcount = 200
        self.unlicensed_users: set[str] = set()
        # kf: refuse to send in state 0; page size; so many empty pages next; who gets new sessions.
        self.strict_kf_state = True
        self.kf_page_size = 1000
        self.kf_empty_pages = 0
        self.kf_tokenless_per_min = 20
        self.kf_assign_to = ""
        # Not documented: whether a click's code may update more than the clicker, what a robot's minute is.
        self.click_code_reaches_all = False
        self.webhook_calendar_minute = False
        # Callbacks: time limit and pause of real seconds, which the clock does not move; how they misbehave.
        self.callback_timeout_s = 5.0
        self.retry_after_s = 0.3
        self.reencrypt_retries = False
        self.duplicate_callbacks = 0
        self.drop_callbacks = False
        self.callback_clock_skew_s = 0

    def next_id(self) -> str:
        """Return a new 64-bit message id as digits."""
        with self.lock:
            return str(next(self._ids))

    def now(self) -> float:
        """Return the platform's moment as seconds since the epoch."""
        return self.clock.now().timestamp()

    def posted(
        self, sender: str, msgtype: str, content: dict[str, object], msgid: str, task_id: str = ""
    ) -> Posted:
        """Return a new message of this moment."""
        return Posted(self.clock.now(), sender, msgtype, content, msgid, task_id)

    def member(self, userid: str) -> Member | None:
        """Return a visible member; userids do not mind capitals."""
        return self.members.get(userid.lower())

    def dropped(self, chat: str, reason: str, **facts: object) -> None:
        """Journal that somebody will never see something although the caller was told ok."""
        self.journal.add("wecom", "dropped", chat=chat, text=f"dropped: {reason}", reason=reason, **facts)

    @property
    def has_callback(self) -> bool:
        """Return whether an admin has saved a callback URL."""
        return bool(urlsplit(self.callback_url).netloc)


class Window:
    """How often something happened lately, in rolling or calendar periods."""

    def __init__(self, period_s: float) -> None:
        self._period_s = period_s
        self._seen: list[float] = []

    def full(self, now: float, limit: int, *, calendar: bool = False) -> bool:
        """Return whether one more at this moment would exceed the limit."""
        self._seen = [at for at in self._seen if at > now - self._period_s]
        since = now - now % self._period_s if calendar else 0.0
        return sum(1 for at in self._seen if at >= since) >= limit

    def add(self, now: float) -> None:
        """Count one."""
        self._seen.append(now)
