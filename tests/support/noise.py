"""A pump over the real storage, whose platforms are one channel that counts, and reminders for it."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from adapters.delivery.audience import Ladder
from adapters.delivery.budget import Budget
from adapters.delivery.ports import Address, DeliveryError, Failure, Mention, Sent
from adapters.delivery.pump import Pump
from adapters.storage.budgets import SqlBudgets
from adapters.storage.engine import Database
from adapters.storage.folds import SqlFolds
from adapters.storage.outbox import SqlOutbox
from cards.catalog import render
from cards.spec import Card, Note, plain_text
from domain.kernel.notices import Notice
from tests.support.builders import AT, notice
from tests.support.storage import transaction

LEASE_S = 60.0
HOOK = "desk:wecom_webhook:"
GROUP = "desk:dingtalk_group:cid1"
PER_MINUTE = 20


def line(number: int) -> str:
    return f"WO-20261130-{number:04d} 冷藏机组 已超时 25 分钟（李建国）"


def breach(number: int, audience: str = HOOK, **changes: Any) -> Notice:
    """Return a reminder with a line."""
    words: dict[str, Any] = {"line": line(number), "view": {"text": line(number)}}
    return notice(f"b{number}", audience=audience, **(words | changes))


@dataclass
class Message:
    """One message of the group as it looks now."""

    at: datetime
    text: str
    mentions: tuple[Mention, ...] = ()

    @property
    def numbers(self) -> list[int]:
        return [int(found) for found in re.findall(r"WO-20261130-(\d{4})", self.text)]


@dataclass
class Group:
    """A group as a platform has it, which refuses more than 20 messages in a rolling minute."""

    stage: "Stage"
    errors: list[Exception] = field(default_factory=list)
    messages: dict[str, Message] = field(default_factory=dict)
    refused: int = 0
    updates: int = 0

    def send(
        self, to: Address, content: Card | Note, *, message_key: str, mentions: tuple[Mention, ...] = ()
    ) -> Sent:
        if self.errors:
            raise self.errors.pop(0)
        now = self.stage.now
        if sum(each.at > now - timedelta(minutes=1) for each in self.messages.values()) >= PER_MINUTE:
            self.refused += 1
            raise DeliveryError("45009", Failure.LIMITED, 60.0)
        self.messages[message_key] = Message(now, plain_text(content), mentions)
        return Sent(f"md-{message_key}")

    def update(self, to: Address, shown: Sent, content: Card, *, message_key: str) -> Sent:
        if self.errors:
            raise self.errors.pop(0)
        self.updates += 1
        self.messages[shown.ref.removeprefix("md-")].text = plain_text(content)
        return shown


class Stage:
    """One pump on real storage with a WeCom group robot and a DingTalk group, and a clock that is set."""

    def __init__(self, database: Database) -> None:
        self.now = AT
        self.database = database
        self.hook, self.card, self.text = Group(self), Group(self), Group(self)
        self.open = dict[str, bool]()
        self.outbox, self.folds = SqlOutbox(database), SqlFolds(database)
        self.pump = self.new_pump()

    def new_pump(self) -> Pump:
        channels = {
            "wecom.webhook": self.hook,
            "dingtalk.built_in_card": self.card,
            "dingtalk.text": self.text,
        }
        ladder = Ladder(channels, self.outbox.identities, "")
        return Pump(
            self.outbox,
            ladder,
            channels,
            {},
            render,
            self._now,
            LEASE_S,
            folds=self.folds,
            budget=Budget(SqlBudgets(self.database), self._now),
            conditions={"open": lambda rest: self.open.get(rest, True)},
        )

    def _now(self) -> datetime:
        return self.now

    def owe(self, *notices: Notice) -> None:
        with transaction(self.database, self.now) as uow:
            for each in notices:
                uow.notify(each)
            uow.commit()

    def run(self, after_s: float = 0) -> None:
        self.now += timedelta(seconds=after_s)
        self.pump.run_once()

    def numbers(self, *groups: Group) -> list[int]:
        """Return every work order on show, in the order of the messages."""
        return [number for group in groups for each in group.messages.values() for number in each.numbers]
