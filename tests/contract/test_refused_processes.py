"""A process that was refused before the dispatch: no technician is asked by itself, people go on by hand."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from adapters.storage.engine import Database
from adapters.storage.tables import EventRow, OutboxRow
from bootstrap.process_files import SHIPPED, publish, read_file
from domain.approval.commands import RefuseTask
from domain.dispatching.commands import DispatchWorkOrder
from domain.policies.process_stepping import own_id
from domain.workorder.commands import DeclineWorkOrder, OfferWorkOrder, RegisterWorkOrder
from domain.workorder.details import OrderType, RequestDetails
from domain.workorder.status import Status
from tests.support.approving import MANAGERS, change_person, open_tasks, staff
from tests.support.builders import AT, CHEN, CHEN_CHAT, LI, ORDER, PHARMA, ZHAO, cause
from tests.support.storage import decided, rows, transaction

FIRST = MANAGERS[0]
TEMPLATES = [("order_repair", OrderType.REPAIR), ("order_maintenance", OrderType.MAINTENANCE)]
of_both_templates = pytest.mark.parametrize(("name", "kind"), TEMPLATES)


@pytest.fixture
def firm(database: Database) -> Database:
    """Give a database with an expert who is a manager too."""
    staff(database)
    change_person(database, FIRST, skills=["专家"])
    return database


def registered(database: Database, name: str, kind: OrderType) -> None:
    """Publish a template and register a work order that somebody has to agree to first."""
    publish(database, read_file(SHIPPED / "templates" / f"{name}.yaml"), 0, "", AT)
    decided(
        database,
        RegisterWorkOrder(
            work_order_id=ORDER,
            requester_id=CHEN,
            customer_id=PHARMA,
            description="3 号冷库报 E901",
            origin=CHEN_CHAT,
            source_key="test",
            type=kind,
            details=RequestDetails(fault_code="E901"),
            **cause(CHEN, AT, "register"),
        ),
    )


def refuse(database: Database) -> None:
    task_id, person_id = open_tasks(database, own_id(ORDER))[0]
    comment = "方案不行"
    decided(database, RefuseTask(task_id=task_id, comment=comment, **cause(person_id, AT, f"r:{task_id}")))


def tick(database: Database, at: datetime) -> None:
    """Let the clock look as it does, only at what is due."""
    with transaction(database, at) as uow:
        due = uow.work_orders.get(ORDER).next_due_at
    if due is not None and due <= at:
        dispatch = DispatchWorkOrder(work_order_id=ORDER, offer_timeout_s=600, **cause("system", at, f"{at}"))
        decided(database, dispatch)


def stands(database: Database) -> tuple[Status, UUID | None]:
    with transaction(database, AT) as uow:
        order = uow.work_orders.get(ORDER)
        return order.state, order.assignee_id


def offer(at: datetime) -> OfferWorkOrder:
    """Return the dispatcher's 派单."""
    until = at + timedelta(minutes=10)
    return OfferWorkOrder(
        work_order_id=ORDER,
        technician_id=LI,
        expires_at=until,
        reason="赵敏 指定",
        **cause(ZHAO, at, f"{uuid4()}"),
    )


@of_both_templates
@pytest.mark.parametrize("ticks_first", [True, False])
def test_nobody_is_asked_by_itself_and_the_desk_is_told(
    firm: Database, name: str, kind: OrderType, ticks_first: bool
):
    registered(firm, name, kind)
    if ticks_first:
        tick(firm, AT)
    assert stands(firm)[0] is Status.NEW

    refuse(firm)
    for minutes in range(1, 60, 10):
        tick(firm, AT + timedelta(minutes=minutes))

    assert stands(firm)[0] in (Status.NEW, Status.DISPATCHING)
    assert rows(firm, "SELECT name FROM event WHERE name = 'WorkOrderOffered'") == []
    with firm.read() as session:
        told = session.scalars(select(OutboxRow.view)).all()
    assert any(view.get("kind") == "process_refused" for view in told)


@of_both_templates
def test_a_dispatcher_goes_on_by_hand_and_a_decline_comes_back_to_them(
    firm: Database, name: str, kind: OrderType
):
    registered(firm, name, kind)
    refuse(firm)
    later = AT + timedelta(minutes=5)

    decided(firm, offer(later))

    assert stands(firm) == (Status.OFFERED, LI)
    decided(firm, DeclineWorkOrder(work_order_id=ORDER, reason="在忙", **cause(LI, later, "no")))
    tick(firm, later + timedelta(minutes=1))
    assert stands(firm)[0] is Status.DISPATCHING
    with firm.read() as session:
        left = select(EventRow.payload).where(EventRow.name == "WorkOrderLeftUnassigned")
        (said,) = session.scalars(left).all()
    assert "派单前的审批没有通过" in said["reason"]
