"""What is owed to somebody: decided in the transaction, delivered after it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from domain.kernel.messages import Message

DESK = "desk"
"""The dispatcher and manager group or groups, wherever they are configured."""


PERSON = "person:"
TODO = "todo:"


def person_audience(person_id: str) -> str:
    """Return the audience of one person on whichever platform reaches them first."""
    return f"{PERSON}{person_id}"


def todo_audience(person_id: str) -> str:
    """Return the audience of one person's list of things to do, where their platform has one.

    A notice to it is `living`, has the card `todo` and a `TodoView`; its subject is the thing to be done.
    """
    return f"{TODO}{person_id}"


def conversation_audience(address: str) -> str:
    """Return the audience of the very chat somebody spoke in.

    Somebody who did not speak themselves is reached as a person: their address is their audience.
    """
    return address if address.startswith(PERSON) else f"conversation:{address}"


class Notice(Message):
    """One notification owed to one audience.

    Args:
        audience: `desk`, `person:<id>`, `todo:<person id>`, `conversation:<address>` or
            `directory:<platform>`.
        card: a name in the card catalogue.
        view: the view model as it is now.
        dedupe_key: the same key is the same notice, however often it is decided.
        subject_id: the record it is about; notices about one record reach one audience in order.
        living: the record's one card at that audience: replaces what is pending, changes in place.
        anew: a living card that must be noticed: shown as a new card even where an old one could change.
        quiet: worth changing a card that is shown already, but no new message where cards cannot change.
        platform: where a person is shown it first, if they are on several; empty for the usual order.
        asks: it asks its reader something, so where they saw no older one it is sent even when it is quiet.
        expires_at: after this moment it is of no use and is not sent.
        line: what is left of it when it is folded with others, one line of plain words, cut at 200
            characters; a notice with a line may be folded.
        urgency: higher first in a fold; above 0 is urgent.
        not_before: it is not sent earlier (quiet hours); what is decided after it does not wait for it.
        only_while: a condition `kind:rest`, asked again at the moment of sending; where it does not hold the
            notice is moot.
        mentions: ids of the people to mention where the audience is a group that can.
    """

    audience: str
    card: str
    view: dict[str, Any]
    dedupe_key: str = Field(min_length=1, max_length=200)
    subject_id: UUID | None = None
    living: bool = False
    expires_at: datetime | None = None
    quiet: bool = False
    asks: bool = False
    anew: bool = False
    platform: str = ""
    line: str = ""
    urgency: int = 0
    not_before: datetime | None = None
    only_while: str = Field(default="", max_length=80)
    mentions: tuple[str, ...] = ()
