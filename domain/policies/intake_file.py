"""What is known of a requester before they speak, and which of their work orders may be the same matter."""

from datetime import datetime
from uuid import UUID

from domain.intake.data import DraftData, FaultDraft, Suggestion
from domain.intake.duplicates import Report
from domain.intake.model import Draft
from domain.intake.rules import WITH_ABOUT, OnFile
from domain.people.model import Person
from domain.policies.ports import EveryUnitOfWork
from domain.policies.reported_before import neighbours, reported_before, told_of
from domain.policies.views import fault_shown
from domain.workorder.details import RequestDetails
from domain.workorder.status import OPEN

ASSETS = 50
RECENT = 5


def on_file(draft: Draft, uow: EveryUnitOfWork) -> OnFile:
    """Return what is known of the requester."""
    person = uow.people.get(draft.requester_id)
    customer = uow.customers.get(person.customer_id) if person.customer_id is not None else None
    assets = uow.assets.of_customer(customer.id, ASSETS) if customer is not None else ()
    recent = uow.work_orders.concerning(person.id, RECENT)
    return OnFile(
        assets={one.id.hex: f"{one.name}（{one.serial}）" for one in assets},
        address=customer.address if customer is not None else "",
        mobile=person.mobile,
        plates={one.id.hex: str(one.attributes["plate"]) for one in assets if one.plate_key},
        numbers={one.number: fault_shown(one.description) for one in recent},
    )


def beside(draft: Draft, at: datetime, uow: EveryUnitOfWork) -> tuple[str, ...]:
    """Return the work orders that a request is compared with, as they are kept in a draft."""
    person = uow.people.get(draft.requester_id)
    return tuple(one.id.hex for one in neighbours(person.customer_id, person.id, at, uow))


def suggestion(
    draft: Draft, data: DraftData, fault: FaultDraft, at: datetime, window_h: int, uow: EveryUnitOfWork
) -> Suggestion | None:
    """Return the requester's own or their firm's work order that may be about the same fault, or None.

    Source: docs/reference/intake.md, rule RQ-5.
    """
    if data.type in WITH_ABOUT:
        return None
    person = uow.people.get(draft.requester_id)
    order = next(
        reported_before(
            _told(data, fault, at, person, uow),
            customer_id=person.customer_id,
            person_id=person.id,
            window_h=window_h,
            uow=uow,
            but=[UUID(one) for one in (*fault.unlike, *(data.known_ids if data.confirmed else ()))],
        ),
        None,
    )
    if order is None:
        return None
    return Suggestion(
        work_order_id=order.id.hex,
        number=order.number,
        fault=fault_shown(order.description),
        running=order.state in OPEN,
    )


def _told(data: DraftData, fault: FaultDraft, at: datetime, person: Person, uow: EveryUnitOfWork) -> Report:
    facts = RequestDetails(
        device_type=fault.device_type, device=fault.device, address=data.address, mobile=data.mobile
    )
    return told_of(
        fault.words if len(data.faults) > 1 else data.report_words,
        facts,
        customer_id=person.customer_id,
        person_id=person.id,
        asset_id=UUID(fault.asset_id) if fault.asset_id else None,
        at=at,
        uow=uow,
    )
