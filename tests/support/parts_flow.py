"""Technicians, storekeepers and jobs that need parts, on real databases."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import yaml
from sqlalchemy import select

from adapters.storage.engine import Database
from adapters.storage.tables import OutboxRow
from domain.approval.commands import PublishProcess
from domain.kernel.messages import Cause
from domain.parts.commands import (
    CancelPartsRequest,
    IssueParts,
    OfferParts,
    PartLine,
    RecallParts,
    RefuseParts,
    RequestParts,
    TakeBackUsed,
    TakeParts,
    UseParts,
    WantedLine,
)
from domain.people.model import Person, Role
from domain.workorder.status import Status
from tests.support.builders import AT, LI, ORDER, cause, work_order
from tests.support.storage import decided, rows, transaction

KEEPER, OTHER_KEEPER, BOSS, GONE = (UUID(int=number) for number in range(700, 704))
PROCESS = Path(__file__).parents[2] / "bootstrap" / "processes" / "parts_request.yaml"
_STAFF = {
    KEEPER: ("赵仓", Role.STOREKEEPER, True),
    OTHER_KEEPER: ("周仓", Role.STOREKEEPER, True),
    BOSS: ("马经理", Role.MANAGER, True),
    GONE: ("离技师", Role.TECHNICIAN, False),
}


def staffed(database: Database, status: Status = Status.IN_PROGRESS) -> Database:
    """Put two storekeepers, a manager, somebody who left and Li's job into a database."""
    with database.write() as session, session.begin():
        for person_id, (name, role, active) in _STAFF.items():
            person = Person(id=person_id, name=name, mobile="", region="", skills=[], active=active)
            person.created_at = AT
            person.give_roles(frozenset({role}))
            session.add(person)
        session.add(work_order(status))
    return database


def publish_process(database: Database) -> None:
    """Publish the approval of requests as it is delivered."""
    document = yaml.safe_load(PROCESS.read_text(encoding="utf-8"))
    command = PublishProcess(document=document, based_on=0, **cause("system", AT, f"p{uuid4()}"))
    decided(database, command)


def lines(*pairs: tuple[UUID, int | str] | tuple[UUID, int | str, str]) -> tuple[PartLine, ...]:
    """Return parts with quantities, and serials where there are any."""
    return tuple(
        PartLine(part_id=one[0], quantity=Decimal(one[1]), lot=one[2] if len(one) > 2 else "")
        for one in pairs
    )


def asks(
    part: UUID,
    quantity: int | str = 1,
    *,
    who: UUID = LI,
    place: UUID | None = None,
    order: UUID | None = ORDER,
    at: datetime = AT,
    anyway: bool = False,
) -> RequestParts:
    """Return one request for a part."""
    wanted = WantedLine(part_id=part, quantity=Decimal(quantity), place_id=place)
    return RequestParts(
        request_id=uuid4(), work_order_id=order, lines=(wanted,), fits_anyway=anyway, **_cause(who, at)
    )


def issues(
    request_id: UUID, issued: Sequence[PartLine], *, who: UUID = KEEPER, at: datetime = AT
) -> IssueParts:
    """Return one issue by scan."""
    return IssueParts(request_id=request_id, transfer_id=uuid4(), lines=tuple(issued), **_cause(who, at))


def offers(
    kind: str,
    from_id: UUID,
    to_id: UUID,
    offered: Sequence[PartLine],
    *,
    who: UUID = LI,
    receiver: UUID | None = None,
    order: UUID | None = None,
    at: datetime = AT,
) -> OfferParts:
    """Return one offer."""
    return OfferParts(
        transfer_id=uuid4(),
        kind=kind,  # type: ignore[arg-type]
        from_id=from_id,
        to_id=to_id,
        receiver_id=receiver,
        work_order_id=order,
        lines=tuple(offered),
        **_cause(who, at),
    )


def takes(transfer_id: UUID, who: UUID = LI, at: datetime = AT) -> TakeParts:
    """Return one press of 收下."""
    return TakeParts(transfer_id=transfer_id, **_cause(who, at))


def refuses(transfer_id: UUID, who: UUID = LI, at: datetime = AT, reason: str = "") -> RefuseParts:
    """Return one press of 拒收."""
    return RefuseParts(transfer_id=transfer_id, reason=reason, **_cause(who, at))


def recalls(transfer_id: UUID, who: UUID = KEEPER, at: datetime = AT) -> RecallParts:
    """Return one press of 撤回."""
    return RecallParts(transfer_id=transfer_id, **_cause(who, at))


def cancels(request_id: UUID, who: UUID = LI, at: datetime = AT) -> CancelPartsRequest:
    """Return one press of 取消."""
    return CancelPartsRequest(request_id=request_id, **_cause(who, at))


def uses(
    used: Sequence[PartLine], *, who: UUID = LI, at: datetime = AT, removed: Sequence[str] = ()
) -> UseParts:
    """Return parts that were used on Li's job."""
    return UseParts(work_order_id=ORDER, lines=tuple(used), removed=tuple(removed), **_cause(who, at))


def takes_back(lines: Sequence[PartLine], *, who: UUID = LI, at: datetime = AT) -> TakeBackUsed:
    """Return parts that were not used on Li's job after all."""
    return TakeBackUsed(work_order_id=ORDER, lines=tuple(lines), **_cause(who, at))


def in_van(database: Database, part: UUID, quantity: int | str = 1, lot: str = "") -> UUID:
    """Let Li have pieces for the job the usual way: asked for, issued and taken; return the hand-over."""
    request = asks(part, quantity)
    issue = issues(request.request_id, lines((part, quantity, lot)))
    decided(database, request, issue, takes(issue.transfer_id))
    return issue.transfer_id


def cost(database: Database, order_id: UUID = ORDER) -> int:
    """Return what the parts of a job cost by the ledger."""
    with transaction(database) as uow:
        return uow.stock.cost_of(order_id)


def told(database: Database, card: str = "parts_news") -> list[dict[str, Any]]:
    """Return what people are owed of a card, oldest first."""
    return [dict(row.view) for row in _owed(database, card)]


def told_to(database: Database, card: str, person_id: UUID) -> list[dict[str, Any]]:
    """Return what one person is owed of a card, oldest first."""
    return [dict(row.view) for row in _owed(database, card) if row.audience == f"person:{person_id}"]


def _owed(database: Database, card: str) -> Sequence[OutboxRow]:
    query = select(OutboxRow).where(OutboxRow.card == card).order_by(OutboxRow.seq)
    with database.read() as session:
        return session.execute(query).scalars().all()


def happened(database: Database, name: str) -> int:
    """Return how often something was recorded."""
    return len(rows(database, "SELECT 1 FROM event WHERE name = :name", name=name))


def _cause(who: UUID, at: datetime) -> Cause:
    return cause(who, at, f"test:{uuid4()}")
