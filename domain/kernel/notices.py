"""What is owed to somebody: decided in the transaction, delivered after it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from domain.kernel.messages import Message

DESK = "desk"
"""The dispatcher and manager group or groups, wherever they are configured."""


def person_audience(person_id: str) -> str:
    """Return the audience of one person on whichever platform reaches them first."""
    return f"person:{person_id}"


def conversation_audience(address: str) -> str:
    """Return the audience of the very chat somebody spoke in."""
    return f"conversation:{address}"


class Notice(Message):
    """One notification owed to one audience.

    Args:
        audience: `desk`, `person:<id>`, `conversation:<address>` or `directory:<platform>`.
        card: a name in the card catalogue.
        view: the view model as it is now.
        dedupe_key: the same key is the same notice, however often it is decided.
        subject_id: the record it is about; notices about one record reach one audience in order.
        living: the record's one card at that audience: replaces what is pending, changes in place.
        anew: a living card that must be noticed: shown as a new card even where an old one could change.
        quiet: worth changing a card that is shown already, but no new message where cards cannot change.
        expires_at: after this moment it is of no use and is not sent.
    """

    audience: str
    card: str
    view: dict[str, Any]
    dedupe_key: str = Field(min_length=1, max_length=200)
    subject_id: UUID | None = None
    living: bool = False
    expires_at: datetime | None = None
    quiet: bool = False
    anew: bool = False
