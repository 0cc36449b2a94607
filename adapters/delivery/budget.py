"""How many messages an address may get: a bucket of tokens for each, kept where all replicas see it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from adapters.delivery.ports import Address

_ROUNDING_S: Final = 0.001


@dataclass(frozen=True)
class Rate:
    """What one address may get.

    No rolling minute has more than `burst + per_minute` messages: a full bucket, and what drips in meanwhile.

    Args:
        burst: tokens of a full bucket.
        per_minute: tokens that come back in a minute.
        reserve: tokens that reminders leave for everything else.
        strict: the platform's limit is known, so that nothing is sent without a token; else only reminders
            wait, and everything else takes what is there.
    """

    burst: int
    per_minute: int
    reserve: int
    strict: bool

    def refilled(self, tokens: float, elapsed_s: float) -> float:
        """Return what is in a bucket that had so many tokens so long ago."""
        return min(float(self.burst), tokens + max(0.0, elapsed_s) * self.per_minute / 60)

    def wait_s(self, tokens: float, needed: float) -> float:
        """Return how long it takes until a bucket has what is needed."""
        return max(0.0, needed - tokens) * 60 / self.per_minute


_GROUP: Final = {"burst": 9, "per_minute": 9, "reserve": 3}
_PERSON: Final = {"burst": 15, "per_minute": 10, "reserve": 5}

RATES: Final[dict[str, Rate]] = {
    # 20 a minute and robot, then 45009: https://developer.work.weixin.qq.com/document/path/99110
    "wecom_webhook": Rate(**_GROUP, strict=True),
    # 30 a minute and 1000 an hour for each member; what is over is dropped without an error: 90236
    "wecom_user": Rate(**_PERSON, strict=True),
    # 30 a minute and 1000 an hour for each chat: 101463
    "wecom_aibot": Rate(**_PERSON, strict=True),
    # 20 a minute for a custom robot (custom-robots-send-group-messages); not published for an app's robot.
    "dingtalk_group": Rate(**_GROUP, strict=False),
    # Not published (chatbots-send-one-on-one-chat-messages-in-batches); as many as nobody calls noise.
    "dingtalk_user": Rate(**_PERSON, strict=False),
}


class BudgetStore(Protocol):
    """Buckets that all replicas share; a bucket nobody touched yet is full."""

    def take(self, key: str, rate: Rate, at: datetime, needed: float) -> bool:
        """Take one token where at least `needed` are there, in one step; else change nothing."""

    def level(self, key: str, rate: Rate, at: datetime) -> float:
        """Return how many tokens there are."""


class OverBudget(Exception):
    """The address has had what it may have.

    Args:
        until: when the next token comes.
    """

    def __init__(self, until: datetime) -> None:
        super().__init__(f"over budget until {until.isoformat()}")
        self.until = until


class Budget:
    """Lets messages through as fast as their addresses take them."""

    def __init__(self, store: BudgetStore, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now

    def take(self, to: Address, *, reminder: bool) -> None:
        """Take the token of one message.

        Args:
            reminder: it leaves the reserve alone.

        Raises:
            OverBudget: it has to wait.
        """
        rate = RATES.get(to.kind)
        if rate is None:
            return
        at, needed = self._now(), _needed(rate, reminder=reminder)
        if self._store.take(budget_key(to), rate, at, needed):
            return
        wait_s = rate.wait_s(self._store.level(budget_key(to), rate, at), needed)
        raise OverBudget(at + timedelta(seconds=wait_s + _ROUNDING_S))

    def room(self, to: Address) -> float:
        """Return how many reminders could be sent at once."""
        rate = RATES.get(to.kind)
        if rate is None:
            return float("inf")
        return self._store.level(budget_key(to), rate, self._now()) - rate.reserve


def budget_key(to: Address) -> str:
    """Return whose bucket an address takes from: its own, or its chat's."""
    if to.kind != "wecom_aibot":
        return str(to)
    chatid, _, member = to.rest.rpartition(":")
    return f"{to.kind}:{chatid or member}"


def _needed(rate: Rate, *, reminder: bool) -> float:
    if reminder:
        return 1.0 + rate.reserve
    return 1.0 if rate.strict else 0.0
