"""Answers in the chat somebody spoke in; the only place that turns a refusal into words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from adapters.inbound import Answer, Inbound, sender_key
from bot.ports import BotUnitOfWork
from domain.kernel.messages import Cause
from domain.kernel.notices import Notice, conversation_audience


@dataclass(frozen=True)
class Said:
    """One delivery with what every step needs to know of it.

    Args:
        at: the moment it is handled.
    """

    inbound: Inbound
    at: datetime

    @property
    def key(self) -> str:
        """Return how its sender is keyed in dialogues."""
        return sender_key(self.inbound.sender.platform, self.inbound.sender.user_id)

    @property
    def private(self) -> str:
        """Return the address of the sender's own chat, whatever group they spoke in."""
        return self.inbound.private or self.inbound.conversation

    @property
    def source_key(self) -> str:
        """Return the name of this delivery, unique over all channels."""
        return f"{self.inbound.channel}:{self.inbound.delivery_key}"

    def cause(self, actor_id: object) -> Cause:
        """Return the fields of every command this delivery leads to."""
        return Cause(actor_id=str(actor_id), issued_at=self.at, idempotency_key=self.inbound.delivery_key)


@dataclass(frozen=True)
class Outcome:
    """How a delivery ended: its inbox state and what may be answered at once."""

    state: str = "done"
    answer: Answer = field(default_factory=Answer)
    refusal: str = ""


DONE = Outcome()


def say(
    uow: BotUnitOfWork, said: Said, text: str, *, privately: bool = False, step: str = "reply"
) -> Outcome:
    """Answer with plain words, in the sender's own chat where others should not read them."""
    return show(uow, said, "note", {"text": text}, privately=privately, step=step)


def show(
    uow: BotUnitOfWork,
    said: Said,
    card: str,
    view: Mapping[str, object],
    *,
    privately: bool = False,
    step: str = "reply",
) -> Outcome:
    """Answer with an entry of the card catalogue.

    Args:
        step: tells the answers to one delivery apart: words kept while nobody was bound get a second one.
    """
    uow.notify(
        Notice(
            audience=conversation_audience(said.private if privately else said.inbound.conversation),
            card=card,
            view=dict(view),
            dedupe_key=f"{step}:{said.source_key}:{card}",
        )
    )
    return DONE
