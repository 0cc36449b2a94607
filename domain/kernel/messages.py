"""The two kinds of message: a command asks, an event tells."""

from datetime import datetime
from typing import Any, TypedDict
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field


class Message(BaseModel):
    """A frozen value that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Cause(TypedDict):
    """The fields every command has, to be handed on with `**`."""

    actor_id: str
    issued_at: datetime
    idempotency_key: str


class Command(Message):
    """A wish of somebody, or of the clock; exactly one handler decides it.

    Args:
        actor_id: the person who asks, or `system` for the clock.
        issued_at: when they asked; nobody below asks a clock.
        idempotency_key: the platform's delivery id.
    """

    actor_id: str = Field(min_length=1)
    issued_at: AwareDatetime
    idempotency_key: str = Field(min_length=1, max_length=128)


class Event(Message):
    """A fact that was decided; recorded once and never changed.

    Args:
        occurred_at: when it happened, aware UTC.
        actor_id: who caused it, or `system`.
    """

    occurred_at: AwareDatetime
    actor_id: str = Field(min_length=1)

    @property
    def subject_id(self) -> UUID:
        """Return the record this event is about."""
        raise NotImplementedError

    def payload(self) -> dict[str, Any]:
        """Return the facts as JSON values."""
        return self.model_dump(mode="json", exclude={"occurred_at", "actor_id"})
