"""Facts about SLA clocks; each is recorded with its work order."""

from uuid import UUID

from pydantic import AwareDatetime

from domain.kernel.messages import Event


class SlaEvent(Event):
    """Something happened to the time of a work order."""

    work_order_id: UUID

    @property
    def subject_id(self) -> UUID:
        """Return the work order."""
        return self.work_order_id


class ClockEvent(SlaEvent):
    """Something happened to one clock.

    Args:
        kind: what it measures, a `Kind` or `node:` and a status.
        used_s: counted until now.
        due_at: when its limit is reached as things stand; None while it is paused or has none.
    """

    clock_id: UUID
    kind: str
    episode: int
    used_s: int
    due_at: AwareDatetime | None = None


class ClockStarted(ClockEvent):
    """A clock runs; `policy` is the one that counts and `reason` says why."""

    target_s: int | None
    policy: str
    reason: str
    calendar: str
    document: int


class ClockPaused(ClockEvent):
    """A clock stands still for a reason that its policy allows."""

    reason: str


class ClockResumed(ClockEvent):
    """A clock counts again; its due moment moved by the open time it was paused."""


class ClockRestarted(ClockEvent):
    """A clock began from nothing, because what it measures happened and is waited for again."""


class ClockStopped(ClockEvent):
    """What a clock waited for happened.

    Args:
        late_by_s: counted seconds beyond the limit; 0 when in time.
    """

    late_by_s: int


class ClockCancelled(ClockEvent):
    """Nobody waits any more for what a clock measured."""


class ClockRetargeted(ClockEvent):
    """Another policy counts now; what was used and a pause stay."""

    before_s: int | None
    target_s: int | None
    policy: str
    reason: str


class StepFired(SlaEvent):
    """A step of a ladder was due, and what it says was done.

    Args:
        due_on: the moment it was due.
        late_s: how much later it was fired.
        outcome: `told`, `muted`, `merged` with a later step, or `skipped` because its formula did not hold.
        done: what was done, values of `Do`; nothing for a skipped one.
    """

    clock_id: UUID
    kind: str
    episode: int
    step: str
    due_on: AwareDatetime
    late_s: int
    outcome: str
    done: tuple[str, ...]


class RemindersMuted(SlaEvent):
    """Nobody is reminded of this work order until a moment."""

    until: AwareDatetime
    reason: str


class RemindersUnmuted(SlaEvent):
    """Reminders come again before the mute ended by itself."""


class ReminderPutOff(SlaEvent):
    """Somebody asked to be reminded later."""

    clock_id: UUID
    until: AwareDatetime


class SlaPublished(Event):
    """A new version of the document counts for what starts from now on."""

    document_id: UUID
    version: int
    note: str

    @property
    def subject_id(self) -> UUID:
        """Return what names the document."""
        return self.document_id


class DigestSent(Event):
    """A digest was put together and is owed to its audience."""

    document_id: UUID
    plan: str
    audience: str
    day: str
    empty: bool

    @property
    def subject_id(self) -> UUID:
        """Return what names the document that plans it."""
        return self.document_id
