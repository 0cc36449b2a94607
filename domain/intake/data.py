"""What a draft knows: one typed value, kept as JSON while the request comes together."""

from enum import StrEnum

from pydantic import AwareDatetime, Field

from domain.intake.understanding import Understanding
from domain.kernel.messages import Message


class DraftState(StrEnum):
    """Where a draft stands."""

    OPEN = "open"
    ASKING = "asking"
    SUMMARY = "summary"
    REGISTERED = "registered"
    JOINED = "joined"
    DROPPED = "dropped"
    EXPIRED = "expired"
    HANDED_OVER = "handed_over"


LIVE = frozenset({DraftState.OPEN, DraftState.ASKING, DraftState.SUMMARY})
"""The request is still being talked about."""


class Step(StrEnum):
    """What can be asked."""

    FAULT = "fault"
    ASSET = "asset"
    ABOUT = "about"
    WAYBILL = "waybill"
    ADDRESS = "address"
    MOBILE = "mobile"
    CONTACT = "contact"
    PLATE = "plate"
    TIME = "time"
    PLACE = "place"
    DUPLICATE = "duplicate"
    CHANGE = "change"


class Question(Message):
    """One question, about one of the faults where there are several."""

    step: Step
    fault: int = 0

    @property
    def key(self) -> str:
        """Return how the question is named among those that were asked."""
        return f"{self.step.value}:{self.fault}"


class Heard(Message):
    """What one message brought.

    Args:
        text: the words, or what a platform wrote down of a voice.
        files: how many files came with it; they are kept as attachments of the draft.
        photos: how many of them are pictures.
        link: the words are a link's title and address.
        place: what a shared place is called.
        unknown_code: a serial in the words that is none of the requester's own.
        source_key: the delivery, `Said.source_key`.
        ref: the platform's message id.
    """

    text: str = ""
    understanding: Understanding | None = None
    files: int = 0
    photos: int = 0
    link: bool = False
    latitude: float | None = None
    longitude: float | None = None
    place: str = ""
    unknown_code: str = ""
    source_key: str = ""
    ref: str = ""


class Spoken(Message):
    """Words that were kept.

    Args:
        report: they tell of the matter itself; an answer or a correction does not.
        link: a link's title and address, which tell a reader more than us.
    """

    text: str
    source_key: str = ""
    report: bool = True
    link: bool = False


class FarPlace(Message):
    """A shared place that is far from the site on file, while nobody said where to go.

    Args:
        place, site: what both are called.
        distance_km: between them; 0 where only their names are known.
    """

    latitude: float
    longitude: float
    place: str = ""
    site: str = ""
    distance_km: int = 0


class Suggestion(Message):
    """A work order that may be about the same fault.

    Args:
        running: it is not finished yet; a finished one would be opened again.
    """

    work_order_id: str
    number: str
    fault: str
    running: bool


class FaultDraft(Message):
    """One thing that is broken, as far as it is known.

    Args:
        asset_id: the customer's own asset; empty for none or unknown.
        candidates: own assets that the words could mean.
        suggestion: the work order it may be the same as, while that is asked.
        join_id: the work order it was said to be the same as.
        unlike: work orders it was said not to be the same as.
    """

    words: str = ""
    device: str = ""
    device_type: str = ""
    model: str = ""
    serial: str = ""
    symptoms: tuple[str, ...] = ()
    fault_code: str = ""
    asset_id: str = ""
    candidates: tuple[str, ...] = ()
    suggestion: Suggestion | None = None
    join_id: str = ""
    unlike: tuple[str, ...] = ()


class Escalation(StrEnum):
    """How far the offer of a superior's call is."""

    NONE = ""
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


class DraftData(Message):
    """Everything that was said, and what it was understood to be.

    Args:
        together: the faults make one work order although there are several.
        set_by: who set a fact: `file`, `words` or `answer`; a later one of the same rank wins.
        asked: keys of the questions that need no asking any more.
        times_asked: how often the pending question was put.
        revision: counts the cards, so that a press on an older one is known.
        unread: something was said after the last card.
        held: a second reader was asked for these words; that happens once.
        place: what the shared place is called.
        moved: they want us at the shared place, far from the site on file.
        new_files, new_photos: what came after the summary and was not acknowledged yet.
        known_ids: the work orders that stood beside the summary; one that came later may be the same matter.
        confirmed: the summary was confirmed, and only the question about such a work order is open.
        contact: whom to ask for, when it is not the requester.
        noted: fields that the last message set beside the pending question, as values of `Step`.
    """

    type: str = "repair"
    said: tuple[Spoken, ...] = ()
    refs: tuple[str, ...] = ()
    source_keys: tuple[str, ...] = ()
    files: int = 0
    overflow: bool = False
    faults: tuple[FaultDraft, ...] = ()
    together: bool = False
    urgency: str = ""
    sure_danger: bool = False
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    place: str = ""
    far: FarPlace | None = None
    moved: bool = False
    mobile: str = ""
    contact: str = ""
    plate: str = ""
    waybills: tuple[str, ...] = ()
    appointment_from: AwareDatetime | None = None
    appointment_to: AwareDatetime | None = None
    about_number: str = ""
    angry: float = 0.0
    escalation: Escalation = Escalation.NONE
    set_by: dict[str, str] = Field(default_factory=dict)
    unknown_serial: str = ""
    question: Question | None = None
    asked: tuple[str, ...] = ()
    times_asked: int = 0
    revision: int = 0
    unread: bool = True
    reminded: bool = False
    held: bool = False
    new_files: int = 0
    new_photos: int = 0
    known_ids: tuple[str, ...] = ()
    confirmed: bool = False
    noted: tuple[str, ...] = ()
    order_ids: tuple[str, ...] = ()

    @property
    def report_words(self) -> str:
        """Return the requester's own words about the matter, in the order said."""
        return "\n".join(one.text for one in self.said if one.report and one.text)

    @property
    def own_words(self) -> str:
        """Return the words about the matter that the requester made themselves; a link's are not."""
        return "\n".join(one.text for one in self.said if one.report and one.text and not one.link)
