"""Wishes about a request that is not registered yet."""

from uuid import UUID

from pydantic import AwareDatetime, Field

from domain.intake.data import Heard, Step
from domain.intake.understanding import Understanding
from domain.kernel.messages import Command, Message


class Limits(Message):
    """How intake is set.

    Args:
        window_s: how long further messages are waited for; 0 decides at once.
        duplicate_window_h: how long after its end a work order may still be the same matter.
        repeat_failure_d: within so many days a repaired fault that is back counts as a repeat failure.
    """

    window_s: int = Field(default=5, ge=0, le=60)
    duplicate_window_h: int = Field(default=72, ge=0)
    repeat_failure_d: int = Field(default=30, ge=0)


class AddToDraft(Command):
    """Somebody says something that belongs to a request: their open draft, or a new one.

    Args:
        draft_id: what a new draft is called.
        sender_key: who speaks, as their platform names them.
        requester_id: whom it is for.
        conversation: where the card is shown.
        type: the kind of work order, where the words say it; empty leaves it as it is.
        about_number: the work order that a complaint is about.
        unlike: work orders that these words were said not to be about.
    """

    draft_id: UUID
    sender_key: str
    requester_id: UUID
    conversation: str
    in_group: bool = False
    source: str = "chat"
    heard: Heard
    type: str = ""
    about_number: str = ""
    unlike: tuple[str, ...] = ()
    limits: Limits = Limits()


class DraftCommand(Command):
    """Somebody presses a button of their draft's card, or says what it does.

    Args:
        pressed: it was a press, so that the card itself can change.
    """

    draft_id: UUID
    pressed: bool = False
    limits: Limits = Limits()


class ChooseInDraft(DraftCommand):
    """Answer the pending question with one of its choices; `skip` leaves it open."""

    choice: str = Field(min_length=1)


class ConfirmDraft(DraftCommand):
    """Register what the summary shows."""


class ChangeDraft(DraftCommand):
    """Correct one field; without one, ask which."""

    step: Step | None = None


class ArrangeDraft(DraftCommand):
    """Make one work order of several faults, or one of each again."""

    together: bool


class DropDraft(DraftCommand):
    """Forget the request; nobody comes."""


class LeaveDraftToPerson(DraftCommand):
    """Let a person take over from here."""

    words: str = ""


class ReviewDraft(DraftCommand):
    """The clock looks at a draft whose moment has come."""


class HoldDraft(DraftCommand):
    """The clock gives a second reader time, once for each draft.

    Args:
        until: when the clock looks again, whether the reader has answered or not.
    """

    until: AwareDatetime


class ReadDraft(DraftCommand):
    """A second reader is done with the words of a draft that was held for it.

    Args:
        words: what it read; the draft must still say the same.
        understanding: None when it failed, so that what was read before stands.
    """

    words: str
    understanding: Understanding | None = None


class SeparateReport(Command):
    """A reporter's fault is another one after all: register it on its own.

    Args:
        work_order_id: the work order they joined.
    """

    work_order_id: UUID
    limits: Limits = Limits()


class AnswerEscalation(Command):
    """Take or leave the offer of a superior's call; about a draft, or about a work order.

    Args:
        words: what the speaker is angry about, for the superior.
    """

    draft_id: UUID | None = None
    work_order_id: UUID | None = None
    confirmed: bool
    words: str = ""


class ProposeEscalation(Command):
    """Offer an angry reporter a superior's call about their work order; nothing escalates by itself."""

    work_order_id: UUID
    conversation: str
    words: str
