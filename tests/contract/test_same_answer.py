"""A button that is shown works, and what a card hides is refused: the same answer from card and command."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from adapters.storage.engine import Database
from adapters.storage.flushing import flush
from adapters.storage.uow import SqlUnitOfWork
from domain.kernel.errors import DomainError
from domain.kernel.messages import Command
from domain.people.model import Person, Role
from domain.policies.jobs import person_view
from domain.policies.permitted import VERB_OF, may_do
from domain.policies.relation import relation_to
from domain.registry import make_bus
from domain.workorder import closing_commands as closing
from domain.workorder import commands as orders
from domain.workorder import field_commands as field
from domain.workorder.details import HoldReason, Payer
from domain.workorder.model import Offer, ReportVersion
from domain.workorder.report import ServiceReport
from domain.workorder.status import Action, Status
from tests.support.builders import AT, LATER, LI, ORDER, WANG, cause, work_order
from tests.support.storage import opened, transaction

STRANGER = UUID(int=77)
REPORT = ServiceReport(cause="电容击穿", remedy="更换电容", hours=Decimal(1), photos=1)
HELD = {Status.OFFERED, Status.ACCEPTED, Status.EN_ROUTE, Status.ON_SITE, Status.IN_PROGRESS, Status.ON_HOLD}
HELD |= {Status.COMPLETED, Status.SIGNED_OFF, Status.SETTLED, Status.CLOSED}
TRIED = [action for action in VERB_OF if action not in (Action.MERGE, Action.RECOMMEND)]


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    with opened(sqlite_url) as database:
        yield database


def command(action: Action, actor: UUID) -> Command:
    """Return the command behind a button, with everything a person would be asked for."""
    facts: dict[str, Any] = {"work_order_id": ORDER, **cause(actor, LATER)}
    until = LATER + timedelta(minutes=10)
    to_wang: dict[str, Any] = {"technician_id": WANG, "expires_at": until, "reason": "就近"}
    made: dict[Action, Command] = {
        Action.OFFER: orders.OfferWorkOrder(**to_wang, **facts),
        Action.ACCEPT: orders.AcceptWorkOrder(**facts),
        Action.DECLINE: orders.DeclineWorkOrder(reason="在外地", **facts),
        Action.REASSIGN: orders.ReassignWorkOrder(**to_wang, **facts),
        Action.DEPART: field.DepartForSite(**facts),
        Action.ARRIVE: field.ArriveOnSite(**facts),
        Action.START: field.StartWork(**facts),
        Action.COMPLETE: field.CompleteWork(report=REPORT, **facts),
        Action.AMEND: field.AmendReport(report=REPORT, **facts),
        Action.HOLD: field.HoldWorkOrder(reason=HoldReason.PART, **facts),
        Action.RESUME: field.ResumeWorkOrder(**facts),
        Action.SIGN_OFF: closing.SignOffWork(skip_reason="客户口头确认", **facts),
        Action.REJECT: closing.RejectWork(reason="还是不制冷", **facts),
        Action.SETTLE: closing.SettleWorkOrder(amount_fen=100, payer=Payer.CUSTOMER, **facts),
        Action.CLOSE: closing.CloseWorkOrder(skip_reason="客户要求免回访", **facts),
        Action.REOPEN: closing.ReopenWorkOrder(reason="又坏了", **facts),
        Action.CANCEL: orders.CancelWorkOrder(reason="不修了", **facts),
    }
    return made[action]


def prepared(uow: SqlUnitOfWork, status: Status, role: Role) -> Person:
    """Put in a work order in a status and somebody of one role; a technician holds it."""
    person = Person(id=STRANGER, name="何人", mobile="", region="", skills=[], active=True)
    person.created_at = AT
    person.give_roles(frozenset({role}))
    uow.people.add(person)
    flush(uow._session)
    holder = STRANGER if role is Role.TECHNICIAN else LI
    order = work_order(status, version=1, report_version=1, held_from="accepted", next_due_at=None)
    order.assignee_id = holder if status in HELD else None
    order.held_from = "accepted" if status is Status.ON_HOLD else ""
    if role is Role.CUSTOMER:
        order.requester_id = STRANGER
    uow.work_orders.add(order)
    flush(uow._session)
    outcome = "open" if status is Status.OFFERED else "accepted"
    offer = Offer(id=uuid4(), work_order_id=ORDER, technician_id=holder, outcome=outcome, reason="")
    offer.offered_at = offer.expires_at = AT
    uow.work_orders.add_offer(offer)
    uow.work_orders.add_report(
        ReportVersion(
            work_order_id=ORDER, version=1, report=REPORT.model_dump(mode="json"), filed_by=LI, filed_at=AT
        )
    )
    flush(uow._session)
    return person


def passes(uow: SqlUnitOfWork, action: Action) -> bool:
    """Return whether a command does something; a repeat that is already done changes nothing."""
    before = len(uow._facts)
    try:
        make_bus().handle(command(action, STRANGER), uow)
    except DomainError:
        return False
    return len(uow._facts) > before


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("status", list(Status))
def test_what_a_card_shows_is_what_a_command_may_do(database: Database, role: Role, status: Status):
    for action in TRIED:
        with transaction(database, LATER) as uow:
            person = prepared(uow, status, role)
            order = uow.work_orders.get(ORDER)
            relation = relation_to(order, person, uow)
            allowed = may_do(action, order, person, relation)
            shown = action.value in person_view(order, person, "", LATER, uow).actions

            done = passes(uow, action)

            assert not shown or done, f"{role} sees {action} in {status}, but it is refused"
            assert done == (allowed or _skips(action, role, status)), f"{role}: {action} in {status}"


def _skips(action: Action, role: Role, status: Status) -> bool:
    """Return whether the service desk may do this in the customer's place."""
    in_place = action in (Action.SIGN_OFF, Action.REJECT) and status is Status.COMPLETED
    return in_place and role in (Role.AGENT, Role.DISPATCHER, Role.MANAGER, Role.ADMIN)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CUSTOMER])
def test_only_who_may_see_the_cost_gets_it(database: Database, role: Role):
    with transaction(database, LATER) as uow:
        person = prepared(uow, Status.SETTLED, role)
        order = uow.work_orders.get(ORDER)
        order.settled_fen, order.payer = 38050, "customer"

        view = person_view(order, person, "", LATER, uow)

    sees = {Role.FINANCE, Role.DISPATCHER, Role.MANAGER, Role.DIRECTOR, Role.ADMIN}
    assert view.amount_fen == (38050 if role in sees else None)
