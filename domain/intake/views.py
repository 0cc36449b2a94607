"""What a card may know of a request that is not registered yet."""

from uuid import UUID

from pydantic import AwareDatetime, Field

from domain.intake.data import DraftState, FarPlace, Suggestion
from domain.kernel.messages import Message


class Option(Message):
    """One possible answer to a question."""

    label: str
    choice: str


class FaultLine(Message):
    """One thing that is broken, as the summary tells it.

    Args:
        joins: the number of the work order it is the same as.
    """

    device: str = ""
    fault: str
    joins: str = ""


class DraftView(Message):
    """One draft as its speaker sees it.

    Args:
        step: what is asked; empty in a summary.
        about: which of several faults is asked about.
        far: the shared place that is far from the site, while that is asked.
        same: the work order that may be the same, while that is asked.
        wordless: only pictures, places and links were sent.
        superior: `proposed` offers a superior's call, `confirmed` promises it.
        elsewhere: the speaker has another unconfirmed request in another chat.
        noted: fields that the last message set beside the question, as values of `Step`.
        missing: what a request that was registered at once still lacks, as values of `Step`.
        revision: a press on an older card is known by it.
    """

    draft_id: UUID
    revision: int
    state: DraftState
    step: str = ""
    about: str = ""
    options: tuple[Option, ...] = ()
    type: str = "repair"
    faults: tuple[FaultLine, ...] = ()
    together: bool = False
    urgency: str = ""
    address: str = ""
    mobile: str = ""
    contact: str = ""
    plate: str = ""
    waybills: tuple[str, ...] = ()
    appointment_from: AwareDatetime | None = None
    appointment_to: AwareDatetime | None = None
    far: FarPlace | None = None
    about_number: str = ""
    files: int = 0
    wordless: bool = False
    same: Suggestion | None = None
    unknown_serial: str = ""
    superior: str = ""
    elsewhere: bool = False
    overflow: bool = False
    noted: tuple[str, ...] = ()
    reminder: bool = False
    at_once: bool = False
    missing: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()


class IntakeNewsView(Message):
    """One piece of news about a request; `facts` fill its sentence."""

    kind: str
    facts: dict[str, str] = Field(default_factory=dict)


class FilesKeptView(Message):
    """How many files came with a request after its summary, and how many of them are pictures."""

    files: int
    photos: int


class EscalationView(Message):
    """The offer of a superior's call about a work order."""

    work_order_id: UUID
    number: str
    version: int
