"""Wishes about messages in groups."""

from typing import Any
from uuid import UUID

from pydantic import Field

from domain.groups.outcome import Outcome
from domain.kernel.messages import Command


class TakeGroupMessage(Command):
    """Somebody addressed the robot in a group.

    Args:
        outcome: `open` shows a draft; `not_a_request` says at once that it is none.
        group_key, conversation, private: the group, where the card is shown, the speaker's own chat.
        details: what was understood, as JSON of `RequestDetails`.
        technician_id: who shall have a look, where the words say so.
        work_order_id: what they shall look at, else what the words are likely about.
    """

    request_id: UUID
    outcome: Outcome = Outcome.OPEN
    group_key: str = Field(min_length=1)
    conversation: str = Field(min_length=1)
    private: str
    speaker_id: UUID
    words: str
    source_key: str
    original_ref: str
    customer_id: UUID | None = None
    asset_id: UUID | None = None
    priority: str = "P3"
    type: str = "repair"
    details: dict[str, Any] = Field(default_factory=dict)
    technician_id: UUID | None = None
    work_order_id: UUID | None = None


class AddToGroupMessage(Command):
    """Somebody adds what a message lacks: words, the machine, the address.

    Args:
        words: what was said; empty for a choice on the card.
        details: everything that is known now, as JSON of `RequestDetails`.
    """

    request_id: UUID
    seen_version: int | None = None
    words: str = ""
    customer_id: UUID | None
    asset_id: UUID | None
    priority: str = ""
    details: dict[str, Any]


class ReviewGroupMessage(Command):
    """The clock looks at a message that nobody decided on."""

    request_id: UUID


class ResolveGroupMessage(Command):
    """Somebody says what a message in a group was.

    Args:
        seen_version: the version the pressed card showed; None for words, which carry none.
        joined: the speaker joined the work order.
    """

    request_id: UUID
    outcome: Outcome
    seen_version: int | None = None
    order_id: UUID | None = None
    joined: bool = False
