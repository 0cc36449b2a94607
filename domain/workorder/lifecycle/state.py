"""What decisions read, and the checks that all of them share."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.workorder.errors import NotTheAssignee, OutdatedPress, TakenByAnother
from domain.workorder.status import LABEL, UNDER_WAY, Status

REASON_LIMIT = 500
"""Characters of a reason that are kept."""


class WorkOrderState(Protocol):
    """A work order, read only."""

    @property
    def id(self) -> UUID: ...
    @property
    def number(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def state(self) -> Status: ...
    @property
    def assignee_id(self) -> UUID | None: ...
    @property
    def status_since(self) -> datetime: ...
    @property
    def held_from(self) -> str: ...
    @property
    def rejections(self) -> int: ...
    @property
    def report_version(self) -> int: ...
    @property
    def followed_up_at(self) -> datetime | None: ...
    @property
    def settled_fen(self) -> int | None: ...
    @property
    def payer(self) -> str: ...


def held_by(order: WorkOrderState, actor_id: UUID, seen_version: int | None, holder: str) -> None:
    """Insist that a technician holds the work order and saw its present version.

    Args:
        holder: the name of whoever is asked or has accepted, for the refusal.

    Raises:
        TakenByAnother: another technician works on it.
        NotTheAssignee: it is offered to somebody else.
        OutdatedPress: the pressed card shows an older state.
    """
    if order.assignee_id != actor_id:
        if order.state in UNDER_WAY:
            raise TakenByAnother(number=order.number, holder=holder)
        if order.assignee_id is not None:
            raise NotTheAssignee(number=order.number, holder=holder)
    seen(order, seen_version)


def seen(order: WorkOrderState, seen_version: int | None) -> None:
    """Refuse a press on a card that shows an older state.

    Raises:
        OutdatedPress: the pressed card is not the newest.
    """
    if seen_version is not None and seen_version != order.version:
        raise OutdatedPress(number=order.number, label=LABEL[order.state])
