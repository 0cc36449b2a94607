"""What a card may know of a rating or a follow-up."""

from uuid import UUID

from pydantic import AwareDatetime

from domain.kernel.messages import Message


class NpsView(Message):
    """A question to somebody who rated: would they recommend us?

    Args:
        nps: the answer, or None while it is open.
        open: the answer is still waited for.
        waits: more words in the same chat go to the rating.
    """

    rating_id: UUID
    number: str
    score: int
    nps: int | None = None
    open: bool = True
    waits: bool = True


class Colleague(Message):
    """Somebody who could make the call instead."""

    person_id: UUID
    name: str


class FollowUpView(Message):
    """One follow-up as whoever makes the call needs it.

    Args:
        kind: `routine` or `low_score`.
        remedy: what the technician reports to have done.
        score, comment: how the customer rated, where they did.
        result: empty while it is open.
        late: its time is over, and whoever is to call was reminded.
        reopens: the customer's fault is not solved and the work order can be reopened.
    """

    follow_up_id: UUID
    version: int
    number: str
    kind: str
    customer_name: str
    contact: str
    fault: str
    assignee_name: str = ""
    remedy: str = ""
    score: int | None = None
    comment: str = ""
    due_at: AwareDatetime
    attempts: int = 0
    late: bool = False
    result: str = ""
    note: str = ""
    colleagues: tuple[Colleague, ...] = ()
    reopens: bool = False


class FollowUpLine(Message):
    """One open follow-up in a list; `owner_name` is empty for one that belongs to everybody."""

    number: str
    kind: str
    customer_name: str
    contact: str
    due_at: AwareDatetime
    late: bool
    mine: bool
    owner_name: str = ""


class FollowUpNewsView(Message):
    """What a manager or the service desk hears of a follow-up.

    Args:
        news: `moved`, `unassigned`, `due` or `late`.
        kind: `routine` or `low_score`.
        left_name: who had it and is not there any more.
        assignee_name: who has it now; empty where nobody has.
    """

    news: str
    number: str
    kind: str
    due_at: AwareDatetime
    left_name: str = ""
    assignee_name: str = ""


class FollowUpsView(Message):
    """The answer to “回访”: the most urgent first; `more` says that the list was cut."""

    lines: tuple[FollowUpLine, ...]
    more: bool = False
