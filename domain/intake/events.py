"""Facts about requests that are not registered yet."""

from uuid import UUID

from domain.kernel.messages import Event


class DraftEvent(Event):
    """Something happened to a draft."""

    draft_id: UUID

    @property
    def subject_id(self) -> UUID:
        """Return the draft."""
        return self.draft_id


class DraftOpened(DraftEvent):
    """Somebody began to tell of a matter."""

    requester_id: UUID
    conversation: str
    source_key: str


class DraftExtended(DraftEvent):
    """Something more was said or sent."""

    source_key: str


class DraftAsked(DraftEvent):
    """Something that is missing was asked.

    Args:
        pressed: the card that was pressed turns into the question.
    """

    question: str
    pressed: bool = False


class DraftSummarised(DraftEvent):
    """What was understood was shown, to be confirmed.

    Args:
        pressed: the card that was pressed turns into the summary.
    """

    revision: int
    pressed: bool = False


class DraftFilesKept(DraftEvent):
    """Files came after the summary and are with it; a burst of them is one fact.

    Args:
        photos: how many of them are pictures.
    """

    files: int
    photos: int


class DraftReminded(DraftEvent):
    """The requester was reminded that nothing is registered yet."""


class DraftRegistered(DraftEvent):
    """The request became work orders, or part of existing ones.

    Args:
        work_order_ids: the work orders, in the order of the faults.
        joined_ids: those among them that existed before.
        at_once: danger: registered before anybody confirmed.
    """

    work_order_ids: tuple[UUID, ...]
    joined_ids: tuple[UUID, ...] = ()
    at_once: bool = False


class DraftDropped(DraftEvent):
    """The requester does not want it any more."""


class DraftExpired(DraftEvent):
    """Nobody confirmed it in a day."""

    words: str


class DraftHandedOver(DraftEvent):
    """A person takes over."""

    words: str


class ReportSeparated(DraftEvent):
    """What had been joined to a work order became one of its own."""

    left_id: UUID
    work_order_ids: tuple[UUID, ...]


class EscalationEvent(Event):
    """Something about the offer of a superior's call; these are counted to know false alarms."""

    about_id: UUID
    angry: float = 0.0

    @property
    def subject_id(self) -> UUID:
        """Return the draft or the work order."""
        return self.about_id


class EscalationProposed(EscalationEvent):
    """The words were taken for angry, and a superior's call was offered."""


class EscalationConfirmed(EscalationEvent):
    """The speaker wants the call.

    Args:
        work_order_id: the work order it is about, when there is one.
    """

    work_order_id: UUID | None = None
    words: str = ""


class EscalationDeclined(EscalationEvent):
    """The speaker does not want the call: a false alarm, or not angry enough."""
