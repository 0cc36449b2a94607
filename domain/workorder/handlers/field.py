"""Handlers of the technician's steps, of holds and of the service report."""

from uuid import UUID

from domain.workorder.field_commands import (
    AmendReport,
    ArriveOnSite,
    CompleteWork,
    DepartForSite,
    HoldWorkOrder,
    ResumeWorkOrder,
    StartWork,
)
from domain.workorder.field_events import ReportFiled
from domain.workorder.forms import checklist_of
from domain.workorder.handlers.happen import answer_offer, happen
from domain.workorder.handlers.signing import signature_on
from domain.workorder.lifecycle import field
from domain.workorder.model import ReportVersion, WorkOrder
from domain.workorder.ports import WorkOrderUnitOfWork


def depart_for_site(cmd: DepartForSite, uow: WorkOrderUnitOfWork) -> None:
    """Let the technician set out, and estimate the arrival where they did not say."""
    order = uow.work_orders.get(cmd.work_order_id)
    event = field.depart(order, cmd, site=_site(order), holder=uow.name_of(order.assignee_id))
    if event is not None:
        happen(uow, order, event)


def arrive_on_site(cmd: ArriveOnSite, uow: WorkOrderUnitOfWork) -> None:
    """Let the technician arrive, and measure how far from the site that is."""
    order = uow.work_orders.get(cmd.work_order_id)
    event = field.arrive(order, cmd, site=_site(order), holder=uow.name_of(order.assignee_id))
    if event is not None:
        happen(uow, order, event)


def start_work(cmd: StartWork, uow: WorkOrderUnitOfWork) -> None:
    """Let the work begin."""
    order = uow.work_orders.get(cmd.work_order_id)
    event = field.start(order, cmd, holder=uow.name_of(order.assignee_id))
    if event is not None:
        happen(uow, order, event)


def complete_work(cmd: CompleteWork, uow: WorkOrderUnitOfWork) -> None:
    """File the report and let the work be done."""
    order = uow.work_orders.get(cmd.work_order_id)
    checklist = checklist_of(order, uow)
    event = field.complete(order, cmd, checklist=checklist, holder=uow.name_of(order.assignee_id))
    if event is not None:
        _file(cmd, order, event.report_version, uow)
        happen(uow, order, event)


def amend_report(cmd: AmendReport, uow: WorkOrderUnitOfWork) -> None:
    """File a corrected report; the customer is asked again."""
    order = uow.work_orders.get(cmd.work_order_id)
    signed = signature_on(order, uow)
    event = field.amend(
        order,
        actor_id=UUID(cmd.actor_id),
        at=cmd.issued_at,
        report=cmd.report,
        checklist=checklist_of(order, uow),
        holder=uow.name_of(order.assignee_id),
        signer=signed.signature.signer if signed is not None and signed.valid else "",
    )
    _file(cmd, order, event.version, uow)
    happen(uow, order, event)


def hold_work_order(cmd: HoldWorkOrder, uow: WorkOrderUnitOfWork) -> None:
    """Let the work wait; an open offer ends."""
    order = uow.work_orders.get(cmd.work_order_id)
    event = field.hold(
        order,
        actor_id=cmd.actor_id,
        at=cmd.issued_at,
        reason=cmd.reason,
        note=cmd.note,
        seen_version=cmd.seen_version,
    )
    answer_offer(uow, order, "withdrawn", "", cmd.issued_at)
    happen(uow, order, event)


def resume_work_order(cmd: ResumeWorkOrder, uow: WorkOrderUnitOfWork) -> None:
    """Let the work go on."""
    order = uow.work_orders.get(cmd.work_order_id)
    event = field.resume(order, actor_id=cmd.actor_id, at=cmd.issued_at, seen_version=cmd.seen_version)
    happen(uow, order, event)


def _file(cmd: CompleteWork | AmendReport, order: WorkOrder, version: int, uow: WorkOrderUnitOfWork) -> None:
    report = cmd.report.model_dump(mode="json")
    uow.work_orders.add_report(
        ReportVersion(
            work_order_id=order.id,
            version=version,
            report=report,
            filed_by=UUID(cmd.actor_id),
            filed_at=cmd.issued_at,
        )
    )
    uow.record(
        ReportFiled(
            occurred_at=cmd.issued_at,
            actor_id=cmd.actor_id,
            work_order_id=order.id,
            version=version,
            report=report,
        )
    )


def _site(order: WorkOrder) -> field.Place | None:
    request = order.request
    if request.latitude is None or request.longitude is None:
        return None
    return request.latitude, request.longitude
