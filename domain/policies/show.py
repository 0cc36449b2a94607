"""The living cards: one per work order and audience, brought to the new state after every change."""

from datetime import timedelta
from uuid import UUID

from domain.kernel.notices import DESK, Notice, conversation_audience, person_audience
from domain.people.model import DESK_ROLES, STAFF_ROLES
from domain.policies import views
from domain.policies.audiences import (
    CANNOT_CHANGE,
    for_whom,
    reporters,
    tell_desk_nobody_hears,
    told_at,
)
from domain.policies.jobs import job_view, person_view
from domain.policies.page_links import requester_view_in
from domain.policies.ports import EveryUnitOfWork
from domain.policies.remarks import remark
from domain.policies.settling import show_settlers
from domain.workorder.closing_events import (
    WorkOrderClosed,
    WorkOrderReopened,
    WorkOrderSettled,
    WorkRejected,
    WorkSignedOff,
)
from domain.workorder.details import Payer
from domain.workorder.events import (
    JobPartsChanged,
    TechniciansRecommended,
    WorkOrderAccepted,
    WorkOrderCancelled,
    WorkOrderEvent,
    WorkOrderLeftUnassigned,
    WorkOrderMerged,
    WorkOrderOffered,
    WorkOrderRegistered,
)
from domain.workorder.field_events import ReportAmended, WorkCompleted, WorkOrderHeld
from domain.workorder.model import WorkOrder

MILESTONES = (
    WorkOrderRegistered,
    WorkOrderAccepted,
    WorkOrderLeftUnassigned,
    WorkOrderHeld,
    WorkRejected,
    WorkOrderClosed,
    WorkOrderReopened,
    WorkOrderCancelled,
    WorkOrderMerged,
)
"""Changes worth a new message to a desk whose cards cannot change; it is spared the others.

Of a completion it reads the service report.
"""
ASKS_THE_DESK = (TechniciansRecommended, WorkOrderLeftUnassigned)
CORRECTED = ("cause", "remedy", "hours", "materials")
"""What a customer reads of a correction word by word."""
RATED_WITHIN = timedelta(minutes=5)
"""How long the page that was signed on alone asks for the rating: 微信客服 takes five messages."""
ASKS_THE_REQUESTER = (WorkCompleted, ReportAmended, WorkSignedOff)


def show_everybody(event: WorkOrderEvent, uow: EveryUnitOfWork) -> None:
    """Bring every copy of the card to the new state: the desk's, each technician's, each requester's."""
    order = uow.work_orders.get(event.work_order_id)
    _show_who_opened_it(order, event, uow)
    _show_desk(order, event, uow)
    asked = list(dict.fromkeys(offer.technician_id for offer in uow.work_orders.offers(order.id)))
    for technician_id in asked:
        view = job_view(order, technician_id, remark(event, technician_id, uow), event.occurred_at, uow)
        card = _card(order, person_audience(str(technician_id)), view.model_dump(mode="json"))
        calls, quiet = _calls(event, order, technician_id), isinstance(event, JobPartsChanged)
        uow.notify(card.model_copy(update={"anew": calls, "quiet": quiet}))
    if order.report_version:
        _show_requesters(order, event, uow)
        show_settlers(order, event, uow)
    tell_desk_nobody_hears(order, uow)


def show_parts(event: JobPartsChanged, uow: EveryUnitOfWork) -> None:
    """Bring every copy of the card to the new state, unless the parts changed because the work order did.

    Then the card of that change shows them already, with its own remark, and calls whom it has to call.
    """
    order = uow.work_orders.get(event.work_order_id)
    if event.occurred_at not in (order.status_since, order.completed_at):
        show_everybody(event, uow)


def _show_desk(order: WorkOrder, event: WorkOrderEvent, uow: EveryUnitOfWork) -> None:
    line = remark(event, None, uow)
    card = _card(order, DESK, views.desk_view(order, line, uow).model_dump(mode="json"))
    uow.notify(card.model_copy(update={"quiet": not isinstance(event, MILESTONES)}))
    if not order.desk_asked:
        return
    asked = {offer.technician_id for offer in uow.work_orders.offers(order.id)}
    calls = isinstance(event, ASKS_THE_DESK)
    for person in uow.people.with_roles(DESK_ROLES):
        if person.id not in asked:
            view = views.desk_person_view(order, line, uow).model_dump(mode="json")
            card = _card(order, person_audience(str(person.id)), view)
            uow.notify(card.model_copy(update={"anew": calls, "quiet": not calls}))


def _show_who_opened_it(order: WorkOrder, event: WorkOrderEvent, uow: EveryUnitOfWork) -> None:
    """Keep the cards up to date that staff called for; whoever is shown it anyway gets that instead."""
    line = remark(event, None, uow)
    for person_id in uow.shown_to(order.id):
        person = uow.people.get(person_id)
        if person.roles & STAFF_ROLES:
            view = person_view(order, person, line, event.occurred_at, uow).model_dump(mode="json")
            card = _card(order, person_audience(str(person_id)), view)
            uow.notify(card.model_copy(update={"quiet": isinstance(event, JobPartsChanged)}))


def _show_requesters(order: WorkOrder, event: WorkOrderEvent, uow: EveryUnitOfWork) -> None:
    calls = isinstance(event, ASKS_THE_REQUESTER)
    for address, person_id in reporters(order, uow).items():
        view = requester_view_in(address, order, person_id, event.occurred_at, uow)
        if isinstance(event, ReportAmended):
            signer = event.voided_signer or view.voided_signer
            view = view.model_copy(update={"changed": corrected(order, uow), "voided_signer": signer})
        card = _card(order, conversation_audience(address), view.model_dump(mode="json"), name="requester")
        if for_whom(address, person_id, uow):
            if view.actions or _costs(event):
                uow.notify(told_at(address, person_id, card, uow))
            continue
        asks, rates = bool(view.actions or view.scores), _rates_on_the_page(event, person_id)
        later = event.occurred_at + RATED_WITHIN if rates and address.startswith(CANNOT_CHANGE) else None
        told = {"anew": calls and not rates, "asks": asks, "quiet": not (calls or _costs(event))}
        uow.notify(card.model_copy(update={**told, "not_before": later}))


def _rates_on_the_page(event: WorkOrderEvent, person_id: UUID) -> bool:
    """Return whether somebody signed on their own page, which asks them for the rating itself."""
    signed = isinstance(event, WorkSignedOff) and event.signature is not None
    return signed and event.actor_id == str(person_id)


def corrected(order: WorkOrder, uow: EveryUnitOfWork) -> tuple[tuple[str, str, str], ...]:
    """Return what the newest report says otherwise than the one before."""
    newest = uow.work_orders.report(order.id, order.report_version)
    before = uow.work_orders.report(order.id, order.report_version - 1)
    if newest is None or before is None:
        return ()
    pairs = (
        (field, str(before.report.get(field) or ""), str(newest.report.get(field) or ""))
        for field in CORRECTED
    )
    changed = [pair for pair in pairs if pair[1] != pair[2]]
    rest = [
        (field, "", "")
        for field in ("readings", "checks", "photos")
        if before.report.get(field) != newest.report.get(field)
    ]
    return (*changed, *rest)


def _costs(event: WorkOrderEvent) -> bool:
    """Return whether the customer learns a price that is theirs to pay; a correction is told in words."""
    return (
        isinstance(event, WorkOrderSettled)
        and event.payer == Payer.CUSTOMER.value
        and event.amount_fen > 0
        and not event.before_payer
    )


def _calls(event: WorkOrderEvent, order: WorkOrder, technician_id: object) -> bool:
    """Return whether a technician has to do something new, so that a changed card is not enough."""
    if isinstance(event, WorkOrderOffered):
        return event.technician_id == technician_id
    return isinstance(event, WorkRejected) and order.assignee_id == technician_id


def _card(order: WorkOrder, audience: str, view: dict[str, object], name: str = "work_order") -> Notice:
    return Notice(
        audience=audience,
        card=name,
        view=view,
        dedupe_key=f"{order.id}:v{order.version}:card:{audience}",
        subject_id=order.id,
        living=True,
    )
