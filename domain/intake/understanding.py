"""What one message was understood to say: every field with how sure the reader is."""

from enum import StrEnum
from typing import Protocol

from pydantic import AwareDatetime, Field

from domain.kernel.messages import Message


class Intent(StrEnum):
    """What the speaker wants."""

    REPORT_FAULT = "report_fault"
    QUERY_PROGRESS = "query_progress"
    URGE = "urge"
    COMPLAINT = "complaint"
    ASK_FAQ = "ask_faq"
    CLAIM = "claim"
    CANCEL = "cancel"
    CONFIRM_DONE = "confirm_done"
    CHIT_CHAT = "chit_chat"
    HUMAN = "human"


class Guess(Message):
    """A fact that was read.

    Args:
        confidence: 0 to 1; shapes such as a phone number are near 1.
    """

    value: str = Field(min_length=1)
    confidence: float = Field(ge=0, le=1)


class Appointment(Message):
    """When it suits, half-open, aware."""

    from_at: AwareDatetime
    to_at: AwareDatetime
    confidence: float = Field(ge=0, le=1)


class Fault(Message):
    """One thing that is broken; a message may tell of several.

    Args:
        words: the part of the message that tells of it.
        device: the speaker's word for the thing, e.g. `冷机`.
        device_type: its general class, e.g. `冷藏机组`.
        symptoms: the speaker's words for what is wrong.
        asset_id: the known thing that is meant, when it is exactly one.
        asset_candidates: the known things that could be meant, when there are several.
    """

    words: str
    device: Guess | None = None
    device_type: Guess | None = None
    model: Guess | None = None
    serial: Guess | None = None
    symptoms: tuple[Guess, ...] = ()
    fault_code: Guess | None = None
    asset_id: str = ""
    asset_candidates: tuple[str, ...] = ()


class Understanding(Message):
    """One message as it was understood.

    Args:
        faults: the things spoken of, in the order said; one without symptoms was only named, as in
            a question about it.
        urgency: `P1` (danger, people trapped, production at a stand) to `P4` (can wait).
        angry: how sure the reader is that the speaker is angry, 0 to 1; angry rather than not from 0.5 on.
    """

    intent: Intent
    confidence: float = Field(ge=0, le=1)
    other_intents: tuple[Intent, ...] = ()
    faults: tuple[Fault, ...] = ()
    urgency: Guess | None = None
    address: Guess | None = None
    phone: Guess | None = None
    waybills: tuple[Guess, ...] = ()
    plate: Guess | None = None
    appointment: Appointment | None = None
    ticket_no: Guess | None = None
    angry: float = Field(default=0, ge=0, le=1)


class KnownThing(Message):
    """One of the customer's own assets, as a reader may look for it in their words.

    Args:
        names: how people call it: its name, its product name, its own nickname.
    """

    asset_id: str
    names: tuple[str, ...]
    device_type: str = ""
    model: str = ""
    serial: str = ""


class Understander(Protocol):
    """Reads words; rules, a trained classifier or a language model may stand behind it."""

    def understand(
        self, text: str, *, at: AwareDatetime, known: tuple[KnownThing, ...] = ()
    ) -> Understanding:
        """Return what a message says.

        Args:
            text: at most 4,000 characters are read.
            at: when it was said; times are read relative to it, in China's time.
            known: the speaker's own assets, to be found by name, nickname, model or serial.
        """
