"""Words about approvals, said to everything behind them but a database."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from adapters.inbound import Inbound, Platform, Sender, TextContent
from bot.approvals import Approvals
from bot.intents import read_words
from bot.replies import Said
from cards.catalog import render
from cards.spec import Note, plain_text
from domain.people.model import Role
from domain.policies.histories import Fact
from domain.registry import make_bus
from domain.workorder.model import WorkOrder
from tests.fakes.memory import MemoryUnitOfWork, memory
from tests.support.builders import AT, ZHAO
from tests.support.processes import WU, shipped, superiors


class _Dialogues:
    def __init__(self) -> None:
        self._open: dict[str, tuple[str, dict[str, Any], datetime]] = {}

    def current(self, sender_key: str, now: datetime) -> tuple[str, dict[str, Any]] | None:
        kind, data, until = self._open.get(sender_key, ("", {}, now))
        return (kind, data) if until > now else None

    def begin(self, sender_key: str, kind: str, data: dict[str, Any], expires_at: datetime) -> None:
        self._open[sender_key] = (kind, data, expires_at)

    def end(self, sender_key: str) -> None:
        self._open.pop(sender_key, None)


class _Histories:
    def __init__(self, uow: MemoryUnitOfWork) -> None:
        self._uow = uow

    def facts(self, subject_ids: Collection[UUID], names: Collection[str]) -> Sequence[Fact]:
        return [
            Fact(one.subject_id, type(one).__name__, one.actor_id, one.occurred_at, one.payload())
            for one in reversed(self._uow.happened)
            if one.subject_id in subject_ids and type(one).__name__ in names
        ]


class Talk:
    """A manager who approves, and colleagues who ask; `asker` is the dispatcher.

    Args:
        published: shipped processes that may be followed.
        orders: work orders there are.
    """

    def __init__(self, *published: str, orders: Sequence[WorkOrder] = ()) -> None:
        self.uow = memory(*orders)
        self.uow.dialogues, self.uow.histories = _Dialogues(), _Histories(self.uow)
        for one in superiors():
            self.uow.people.add(one)
        for name in published or ("discount", "purchase", "order_default"):
            self.uow.processes.publish(shipped(name))
        self.at, self.asker, self.approver = AT, ZHAO, WU
        self.approvals = Approvals(make_bus())
        self._count = 0

    def says(self, text: str, who: UUID | None = None, *, group: bool = False) -> str | None:
        """Return what is answered; None where the words are about something else."""
        self._count += 1
        before, who = len(self.uow.notices), who or self.asker
        inbound = Inbound(
            channel="dingtalk",
            delivery_key=f"said-{self._count}",
            sender=Sender(platform=Platform.DINGTALK, user_id=str(who)),
            conversation="dingtalk_group:1" if group else f"dingtalk:{who}",
            private=f"dingtalk:{who}",
            sent_at=self.at,
            content=TextContent(text=text),
            in_group=group,
        )
        said, person = Said(inbound, self.at), self.uow.people.get(who)
        dialogue = self.uow.dialogues.current(said.key, self.at)
        taken = self.approvals.takes(said, read_words(text), text, dialogue, person, self.uow)
        fresh = self.uow.notices[before:]
        answers = [one for one in fresh if one.audience == f"conversation:dingtalk:{who}"]
        shown = [render(one.card, one.view) for one in answers]
        words = [one.text if isinstance(one, Note) else plain_text(one) for one in shown]
        return "\n".join(words) if taken is not None or words else None

    def asks(self, amount: str = "9000元", reason: str = "老客户", tail: str = "") -> str:
        """Ask for a discount, and return its number."""
        self.says(f"申请 折扣 {tail} {amount} {reason}")
        return str(next(reversed(self.uow.processes.instances.values())).number)

    def passes(self, minutes: int) -> None:
        """Let time go by."""
        self.at += timedelta(minutes=minutes)

    def gives(self, who: UUID, role: Role) -> None:
        """Let somebody have a role."""
        self.uow.people.get(who).give_roles(frozenset({role}))
