"""Who is told what: work-order events become notices."""

from domain.kernel.notices import DESK, Notice, conversation_audience, person_audience
from domain.people.model import DESK_ROLES
from domain.policies import views
from domain.policies.ports import EveryUnitOfWork
from domain.policies.remarks import remark
from domain.workorder.events import (
    OfferExpired,
    OfferExtended,
    WorkOrderAccepted,
    WorkOrderCancelled,
    WorkOrderDeclined,
    WorkOrderEvent,
    WorkOrderLeftUnassigned,
    WorkOrderOffered,
    WorkOrderRegistered,
)
from domain.workorder.model import WorkOrder
from domain.workorder.views import ReceiptView, VisitorView, WorkOrderView

STEPS_ON_THE_WAY = (WorkOrderOffered, WorkOrderDeclined, OfferExpired, OfferExtended)
"""Changes that a desk without changeable cards is spared."""


def tell_requester_receipt(event: WorkOrderRegistered, uow: EveryUnitOfWork) -> None:
    """Give the requester a number and a status in the chat they spoke in."""
    order = uow.work_orders.get(event.work_order_id)
    view = ReceiptView(
        number=order.number,
        fault=views.fault_shown(order.description),
        status=order.state,
        reported_at=order.created_at,
    )
    uow.notify(_to_requester(order, "receipt", view.model_dump(mode="json")))


def tell_requester_who_comes(event: WorkOrderAccepted, uow: EveryUnitOfWork) -> None:
    """Tell the requester which technician comes."""
    order = uow.work_orders.get(event.work_order_id)
    technician = uow.people.get(event.assignee_id)
    view = VisitorView(
        number=order.number,
        assignee_name=technician.name,
        assignee_mobile=technician.mobile,
        accepted_at=event.occurred_at,
    )
    uow.notify(_to_requester(order, "who_comes", view.model_dump(mode="json")))


def tell_requester_cancelled(event: WorkOrderCancelled, uow: EveryUnitOfWork) -> None:
    """Confirm a cancellation to the requester."""
    order = uow.work_orders.get(event.work_order_id)
    uow.notify(_to_requester(order, "cancelled", {"number": order.number, "reason": event.reason}))


def show_everybody(event: WorkOrderEvent, uow: EveryUnitOfWork) -> None:
    """Bring every copy of the card to the new state: the desk's and each asked technician's."""
    order = uow.work_orders.get(event.work_order_id)
    desk = _card(order, DESK, views.desk_view(order, remark(event, None, uow), uow))
    uow.notify(desk.model_copy(update={"quiet": isinstance(event, STEPS_ON_THE_WAY)}))
    for technician_id in dict.fromkeys(offer.technician_id for offer in uow.work_orders.offers(order.id)):
        view = views.technician_view(order, technician_id, remark(event, technician_id, uow), uow)
        card = _card(order, person_audience(str(technician_id)), view)
        asked_now = isinstance(event, WorkOrderOffered) and event.technician_id == technician_id
        uow.notify(card.model_copy(update={"anew": asked_now}))


def tell_assignee_cancelled(event: WorkOrderCancelled, uow: EveryUnitOfWork) -> None:
    """Stop a technician who accepted and may be on the way; a changed card alone alerts nobody."""
    order = uow.work_orders.get(event.work_order_id)
    for offer in uow.work_orders.offers(order.id):
        if offer.outcome == "accepted":
            uow.notify(
                Notice(
                    audience=person_audience(str(offer.technician_id)),
                    card="job_cancelled",
                    view={"number": order.number, "reason": event.reason},
                    dedupe_key=f"{order.id}:job_cancelled",
                    subject_id=order.id,
                )
            )


def tell_desk_nobody_left(event: WorkOrderLeftUnassigned, uow: EveryUnitOfWork) -> None:
    """Ask the dispatchers in person to decide; the group's card alone is easily missed."""
    order = uow.work_orders.get(event.work_order_id)
    for person in uow.people.with_roles(DESK_ROLES):
        uow.notify(
            Notice(
                audience=person_audience(str(person.id)),
                card="nobody_left",
                view={
                    "number": order.number,
                    "fault": views.fault_shown(order.description),
                    "asked": event.asked,
                },
                dedupe_key=f"{order.id}:v{order.version}:nobody_left:{person.id}",
                subject_id=order.id,
            )
        )


def _to_requester(order: WorkOrder, card: str, view: dict[str, object]) -> Notice:
    return Notice(
        audience=conversation_audience(order.origin),
        card=card,
        view=view,
        dedupe_key=f"{order.id}:v{order.version}:{card}",
        subject_id=order.id,
    )


def _card(order: WorkOrder, audience: str, view: WorkOrderView) -> Notice:
    return Notice(
        audience=audience,
        card="work_order",
        view=view.model_dump(mode="json"),
        dedupe_key=f"{order.id}:v{order.version}:card:{audience}",
        subject_id=order.id,
        living=True,
    )
