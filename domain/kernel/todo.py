"""What one thing in somebody's list of things to do shows: the view of every `todo:<person id>` notice."""

from enum import StrEnum

from pydantic import AwareDatetime, Field

from domain.kernel.messages import Message


class Urgency(StrEnum):
    """How loud it is in the list; fixed when it is put there."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class TodoView(Message):
    """One thing that one person has to do.

    Args:
        subject: what is to be done, in one line that says everything that matters.
        fields: label and value of each detail line.
        due_at: when it has to be done, or should have been.
        url: what a tap opens; empty for the product's own address.
        done: it was decided, wherever and by whomever: take it off the list.
    """

    subject: str = Field(min_length=1, max_length=1024)
    fields: tuple[tuple[str, str], ...] = ()
    due_at: AwareDatetime | None = None
    url: str = ""
    urgency: Urgency = Urgency.NORMAL
    done: bool = False
