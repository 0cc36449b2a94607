"""What somebody in a store is at: picking a request, receiving a purchase, or counting; one at a time."""

from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from uuid import UUID, uuid5

from bot.ports import BotUnitOfWork
from bot.replies import Said
from domain.kernel.messages import Message

TASK_LIFE = timedelta(hours=12)
_IDS = UUID("7f5a1f5e-3c1b-4c58-9a55-5a0a3b7f6b10")


class TaskKind(StrEnum):
    """What scanned and typed codes are for."""

    PICK = "store_pick"
    RECEIPT = "store_receipt"
    COUNT = "store_count"


class TaskLine(Message):
    """So much of a part, as it was scanned or typed."""

    part_id: UUID
    quantity: Decimal
    lot: str = ""


class Task(Message):
    """What is under way.

    Args:
        document_id: the request, purchase or count.
        lines: what was collected so far; for a count what was entered last.
        asks: the part whose quantity is asked for, after its code was scanned.
        batch: of what arrives, once it was said.
    """

    kind: TaskKind
    document_id: UUID
    number: str
    lines: tuple[TaskLine, ...] = ()
    asks: UUID | None = None
    batch: str = ""

    def of_part(self, part_id: UUID) -> Decimal:
        """Return how many of a part were collected."""
        return sum((line.quantity for line in self.lines if line.part_id == part_id), Decimal(0))

    @property
    def lots(self) -> tuple[str, ...]:
        """Return the serials and batches that were collected."""
        return tuple(line.lot for line in self.lines if line.lot)


def task_of(said: Said, uow: BotUnitOfWork) -> Task | None:
    """Return what somebody is at, or None."""
    found = uow.dialogues.current(_key(said), said.at)
    return Task.model_validate(found[1]) if found is not None else None


def keep_task(said: Said, task: Task, uow: BotUnitOfWork) -> Task:
    """Remember what somebody is at; it takes the place of what they were at before."""
    uow.dialogues.begin(_key(said), task.kind.value, task.model_dump(mode="json"), said.at + TASK_LIFE)
    return task


def end_task(said: Said, uow: BotUnitOfWork) -> None:
    """Forget what somebody is at."""
    uow.dialogues.end(_key(said))


def made_by(said: Said, what: str) -> UUID:
    """Return the id of a document that a delivery makes; the same delivery makes the same one."""
    return uuid5(_IDS, f"{said.source_key}|{what}")


def _key(said: Said) -> str:
    """A place of its own: what a store task waits for stays while something else is asked in between."""
    return f"store:{said.key}"
