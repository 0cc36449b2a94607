"""A request becomes work orders: one for each fault, or words at the work orders that are about the same."""

from datetime import datetime
from typing import TypedDict
from uuid import UUID, uuid4

from domain.intake.data import DraftData, DraftState, Escalation, FaultDraft
from domain.intake.errors import NothingJoined
from domain.intake.events import DraftRegistered, EscalationDeclined
from domain.intake.model import Draft
from domain.intake.rules import ANGRY
from domain.kernel.messages import Cause
from domain.policies.intake_shares import description, plate_for, share_files, units
from domain.policies.ports import EveryUnitOfWork
from domain.policies.sites import register_at_site
from domain.workorder.commands import LeaveWorkOrder, RegisterWorkOrder, ReportAgain
from domain.workorder.details import OrderType, Priority, RequestDetails
from domain.workorder.handlers.closing import is_reporter
from domain.workorder.handlers.sharing import leave_work_order, report_again
from domain.workorder.model import WorkOrder
from domain.workorder.status import Status


class Fact(TypedDict):
    """The fields every event has, to be handed on with `**`."""

    occurred_at: datetime
    actor_id: str


def fact(cause: Cause) -> Fact:
    """Return when and by whom."""
    return Fact(occurred_at=cause["issued_at"], actor_id=cause["actor_id"])


def register(
    draft: Draft,
    data: DraftData,
    cause: Cause,
    repeat_failure_d: int,
    uow: EveryUnitOfWork,
    *,
    at_once: bool = False,
) -> None:
    """Make one work order of each fault, in one transaction, and end the draft.

    Source: docs/reference/intake.md, rules RQ-7 and RQ-8.
    """
    order_ids: list[UUID] = []
    joined_ids: list[UUID] = []
    for at, fault in enumerate(units(data)):
        words = description(data, at)
        target = _joinable(fault, draft, uow)
        if target is not None:
            _join(target, words, draft, cause, uow)
            order_ids.append(target)
            joined_ids.append(target)
        else:
            order_ids.append(_new(draft, data, fault, at, words, cause, repeat_failure_d, uow))
    share_files(draft.id, order_ids, cause, uow)
    state = DraftState.JOINED if len(joined_ids) == len(order_ids) else DraftState.REGISTERED
    if data.escalation is Escalation.PROPOSED:
        data = data.model_copy(update={"escalation": Escalation.DECLINED})
        uow.record(EscalationDeclined(about_id=draft.id, angry=data.angry, **fact(cause)))
    ended = {"order_ids": tuple(one.hex for one in order_ids), "question": None, "unread": False}
    end(draft, data.model_copy(update=ended), state, cause["issued_at"])
    draft.work_order_id = order_ids[0]
    uow.record(
        DraftRegistered(
            draft_id=draft.id,
            work_order_ids=tuple(order_ids),
            joined_ids=tuple(joined_ids),
            at_once=at_once,
            **fact(cause),
        )
    )


def end(draft: Draft, data: DraftData, state: DraftState, at: datetime) -> None:
    """Let a draft end; the clock does not look at it any more."""
    draft.keep(data)
    draft.state, draft.ready_at, draft.updated_at = state.value, None, at


def separate(
    draft: Draft, left_id: UUID, cause: Cause, repeat_failure_d: int, uow: EveryUnitOfWork
) -> tuple[UUID, ...]:
    """Register what had joined a work order on its own, with its own files, and return the new ones."""
    data = draft.known
    made: list[UUID] = []
    for at, fault in enumerate(units(data)):
        if fault.join_id == left_id.hex:
            fault = fault.model_copy(update={"join_id": "", "unlike": (*fault.unlike, left_id.hex)})
            words = description(data, at)
            made.append(_new(draft, data, fault, at, words, cause, repeat_failure_d, uow))
    if made:
        _take_files_along(data, left_id, made[0], uow)
        order_ids = tuple(one for one in data.order_ids if one != left_id.hex)
        draft.keep(data.model_copy(update={"order_ids": (*order_ids, *(one.hex for one in made))}))
        draft.state, draft.work_order_id = DraftState.REGISTERED.value, made[0]
    return tuple(made)


def separate_reporter(
    order: WorkOrder, person_id: UUID, cause: Cause, repeat_failure_d: int, uow: EveryUnitOfWork
) -> None:
    """Register the words of somebody whom a call, a group or a merge made a reporter on their own.

    Raises:
        NothingJoined: they are no such reporter.
    """
    joined = [one for one in uow.work_orders.reporters(order.id) if one.person_id == person_id]
    if not joined or joined[0].left_at is not None:
        raise NothingJoined
    leave_work_order(LeaveWorkOrder(work_order_id=order.id, person_id=person_id, **cause), uow)
    person = uow.people.get(person_id)
    command = RegisterWorkOrder(
        work_order_id=uuid4(),
        requester_id=person_id,
        customer_id=person.customer_id,
        region=order.region,
        description=joined[0].words,
        origin=joined[0].conversation,
        source_key=f"left:{order.id}:{cause['idempotency_key']}",
        type=OrderType(order.type),
        priority=Priority(order.priority),
        repeat_failure_d=repeat_failure_d,
        unlike=(order.id,),
        **cause,
    )
    register_at_site(command, uow)


def _take_files_along(data: DraftData, left_id: UUID, order_id: UUID, uow: EveryUnitOfWork) -> None:
    for attachment in uow.files.of_work_order(left_id):
        if attachment.source_key in data.source_keys:
            attachment.work_order_id = order_id


def _joinable(fault: FaultDraft, draft: Draft, uow: EveryUnitOfWork) -> UUID | None:
    """Return the work order to join, checked again: its state may have changed, and it must be their own."""
    if not fault.join_id:
        return None
    order = uow.work_orders.get(UUID(fault.join_id))
    person = uow.people.get(draft.requester_id)
    own = order.requester_id == person.id or is_reporter(str(person.id), order, uow)
    of_firm = order.customer_id is not None and order.customer_id == person.customer_id
    return order.id if (own or of_firm) and order.state is not Status.CANCELLED else None


def _join(order_id: UUID, words: str, draft: Draft, cause: Cause, uow: EveryUnitOfWork) -> None:
    again = ReportAgain(
        work_order_id=order_id,
        person_id=draft.requester_id,
        conversation=draft.conversation,
        words=words,
        source_key=draft.source_key,
        **cause,
    )
    report_again(again, uow)


def _new(
    draft: Draft,
    data: DraftData,
    fault: FaultDraft,
    at: int,
    words: str,
    cause: Cause,
    repeat_failure_d: int,
    uow: EveryUnitOfWork,
) -> UUID:
    person = uow.people.get(draft.requester_id)
    customer = uow.customers.get(person.customer_id) if person.customer_id is not None else None
    command = RegisterWorkOrder(
        work_order_id=uuid4(),
        requester_id=person.id,
        customer_id=person.customer_id,
        asset_id=UUID(fault.asset_id) if fault.asset_id else None,
        region="" if data.moved else (customer.region if customer is not None else "") or person.region,
        description=words,
        origin=draft.conversation,
        source_key=draft.source_key if at == 0 else f"{draft.source_key}:{at + 1}",
        type=OrderType(data.type),
        priority=Priority(data.urgency or Priority.P3),
        details=_details(draft, data, fault, plate_for(data, fault, at, uow)),
        repeat_failure_d=repeat_failure_d,
        fault_words=fault.words if len(data.faults) > 1 else "",
        unlike=tuple(UUID(one) for one in fault.unlike),
        **cause,
    )
    register_at_site(command, uow)
    return command.work_order_id


def _details(draft: Draft, data: DraftData, fault: FaultDraft, plate: str) -> RequestDetails:
    return RequestDetails(
        source=draft.source,
        contact_name=data.contact,
        mobile=data.mobile,
        address=data.address,
        latitude=data.latitude,
        longitude=data.longitude,
        device=fault.device,
        device_type=fault.device_type,
        model=fault.model,
        serial=fault.serial,
        symptoms=fault.symptoms,
        fault_code=fault.fault_code,
        plate=plate,
        waybills=data.waybills,
        appointment_from=data.appointment_from,
        appointment_to=data.appointment_to,
        angry=data.angry >= ANGRY,
        about_number=data.about_number,
        original_refs=data.refs,
    )
