"""Who is where: every technician with what they are at, fresh from the work orders."""

from uuid import UUID

from pydantic import AwareDatetime

from domain.kernel.messages import Message
from domain.policies.ports import EveryUnitOfWork
from domain.workorder.model import WorkOrder
from domain.workorder.status import UNDER_WAY, Status

SHOWN = 30
ORDERS_READ = 1000
_ON_BOARD = UNDER_WAY | {Status.OFFERED, Status.ON_HOLD}
_FIRST = (
    Status.IN_PROGRESS,
    Status.ON_SITE,
    Status.EN_ROUTE,
    Status.ACCEPTED,
    Status.ON_HOLD,
    Status.OFFERED,
)


class JobOnBoard(Message):
    """One work order of a technician; `eta_at` is when they are expected there."""

    number: str
    status: str
    since: AwareDatetime
    eta_at: AwareDatetime | None = None


class TechnicianLine(Message):
    """One busy technician, with what is most under way first."""

    name: str
    jobs: tuple[JobOnBoard, ...]


class FieldBoardView(Message):
    """Every technician at one moment: the busy ones, who works first; then who is free.

    Args:
        left_out: so many busy technicians are not listed.
        page_url: the board in a browser, of whoever reads this; empty where others read it too.
    """

    at: AwareDatetime
    lines: tuple[TechnicianLine, ...]
    free: tuple[str, ...] = ()
    left_out: int = 0
    page_url: str = ""


def field_board(at: AwareDatetime, uow: EveryUnitOfWork) -> FieldBoardView:
    """Return the board of this moment.

    Source: FS-14; a work order's status is the only source, so it is as fresh as the last press.
    """
    names = {one.person_id: one.name for one in uow.people.technicians()}
    held: dict[UUID, list[WorkOrder]] = {person_id: [] for person_id in names}
    for order in uow.work_orders.in_statuses(_ON_BOARD, ORDERS_READ):
        if order.assignee_id in held:
            held[order.assignee_id].append(order)
    for orders in held.values():
        orders.sort(key=lambda order: (_FIRST.index(order.state), order.status_since))
    busy = sorted(
        (one for one in held if held[one]), key=lambda one: (_FIRST.index(held[one][0].state), names[one])
    )
    lines = tuple(
        TechnicianLine(name=names[one], jobs=tuple(_job(order) for order in held[one]))
        for one in busy[:SHOWN]
    )
    free = tuple(sorted(names[one] for one in held if not held[one]))
    return FieldBoardView(at=at, lines=lines, free=free, left_out=max(0, len(busy) - SHOWN))


def _job(order: WorkOrder) -> JobOnBoard:
    return JobOnBoard(number=order.number, status=order.status, since=order.status_since, eta_at=order.eta_at)
