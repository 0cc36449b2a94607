"""Who is told what in words: work-order events become notices."""

from collections.abc import Mapping

from domain.files.commands import Medium
from domain.kernel.links import Page
from domain.kernel.localtime import local_time
from domain.kernel.money import yuan
from domain.kernel.notices import Notice, conversation_audience, person_audience
from domain.people.model import DESK_ROLES
from domain.policies import views
from domain.policies.audiences import for_whom, told, unreached
from domain.policies.page_links import link_in
from domain.policies.ports import EveryUnitOfWork
from domain.workorder.closing_events import WorkOrderReopened, WorkOrderSettled, WorkRejected
from domain.workorder.details import Payer
from domain.workorder.events import (
    ReporterJoined,
    ReporterLeft,
    WorkOrderAccepted,
    WorkOrderCancelled,
    WorkOrderLeftUnassigned,
    WorkOrderMerged,
    WorkOrderOffered,
    WorkOrderRecalled,
    WorkOrderRegistered,
)
from domain.workorder.field_events import TechnicianDeparted, WorkOrderHeld
from domain.workorder.model import WorkOrder
from domain.workorder.views import ReceiptView, VisitorView


def tell_requester_receipt(event: WorkOrderRegistered, uow: EveryUnitOfWork) -> None:
    """Give the requester a number and a status in the chat they spoke in."""
    order = uow.work_orders.get(event.work_order_id)
    view = ReceiptView(
        number=order.number,
        fault=views.fault_shown(order.description),
        status=order.state,
        reported_at=order.created_at,
        photos=sum(one.medium is Medium.IMAGE for one in uow.files.of_work_order(order.id)),
        page_url=link_in(order.origin, Page.STATUS, order, order.requester_id, event.occurred_at, uow),
    )
    if order.origin and unreached(order, uow) is None:  # An agent reads what they registered as the answer.
        uow.notify(_told(order, order.origin, "receipt", view.model_dump(mode="json")))


def tell_requester_who_comes(event: WorkOrderAccepted, uow: EveryUnitOfWork) -> None:
    """Tell everybody who reported it which technician comes."""
    order = uow.work_orders.get(event.work_order_id)
    technician = uow.people.get(event.assignee_id)
    view = VisitorView(
        number=order.number,
        assignee_name=technician.name,
        assignee_mobile=technician.mobile,
        accepted_at=event.occurred_at,
    )
    _tell_all(order, "who_comes", view.model_dump(mode="json"), uow)


def tell_requester_departed(event: TechnicianDeparted, uow: EveryUnitOfWork) -> None:
    """Tell everybody who reported it that somebody is on the way, and when to expect them."""
    order = uow.work_orders.get(event.work_order_id)
    facts = {"name": uow.name_of(event.assignee_id), "eta": local_time(event.eta_at) if event.eta_at else ""}
    _news(order, "departed", facts, uow)


def tell_requester_held(event: WorkOrderHeld, uow: EveryUnitOfWork) -> None:
    """Tell everybody who reported it what the work waits for; the note is for colleagues."""
    order = uow.work_orders.get(event.work_order_id)
    _news(order, f"held_{event.reason}", {}, uow)


def tell_requester_cancelled(event: WorkOrderCancelled, uow: EveryUnitOfWork) -> None:
    """Confirm a cancellation to everybody who reported it."""
    order = uow.work_orders.get(event.work_order_id)
    _tell_all(order, "cancelled", {"number": order.number, "reason": event.reason}, uow)


def tell_requester_merged(event: WorkOrderMerged, uow: EveryUnitOfWork) -> None:
    """Tell everybody who reported it where it goes on."""
    order = uow.work_orders.get(event.work_order_id)
    _news(order, "merged", {"into": event.into_number}, uow)


def tell_requester_rejection_kept(event: WorkRejected, uow: EveryUnitOfWork) -> None:
    """Promise the requester that the technician goes on; a second time the desk is asked as well."""
    order = uow.work_orders.get(event.work_order_id)
    _news(order, "rejected", {"name": uow.name_of(order.assignee_id), "reason": event.reason}, uow)
    if event.times < 2:
        return
    for person in uow.people.with_roles(DESK_ROLES):
        view = {
            "kind": "rejected_again",
            "number": order.number,
            "facts": {"times": str(event.times), "reason": event.reason},
        }
        uow.notify(_personal(order, person.id, "news", view, f"rejected{event.times}"))


def tell_requester_reopened(event: WorkOrderReopened, uow: EveryUnitOfWork) -> None:
    """Tell everybody who reported it that the work begins again."""
    order = uow.work_orders.get(event.work_order_id)
    _news(order, "reopened", {"reason": event.reason}, uow)


def tell_requester_corrected_amount(event: WorkOrderSettled, uow: EveryUnitOfWork) -> None:
    """Tell everybody who reported it what they have to pay instead of what they were told before.

    Source: docs/reference/work-order-lifecycle.md, rule WO-15.
    """
    if Payer.CUSTOMER.value not in (event.before_payer, event.payer if event.before_payer else ""):
        return
    order = uow.work_orders.get(event.work_order_id)
    before = event.before_fen if event.before_payer == Payer.CUSTOMER.value else 0
    after = event.amount_fen if event.payer == Payer.CUSTOMER.value else 0
    if before != after:
        _news(order, "amount_corrected", {"before": yuan(before or 0), "after": yuan(after)}, uow)


def tell_reporter_joined(event: ReporterJoined, uow: EveryUnitOfWork) -> None:
    """Confirm to one more reporter that they are kept informed, and how to undo it."""
    order = uow.work_orders.get(event.work_order_id)
    view = {
        "kind": "joined",
        "number": order.number,
        "facts": {"fault": views.fault_shown(order.description)},
    }
    # An agent was answered that it is joined, and so was who has no chat, on the page.
    if event.conversation and not for_whom(event.conversation, event.person_id, uow):
        uow.notify(_told(order, event.conversation, "news", view))


def tell_reporter_left(event: ReporterLeft, uow: EveryUnitOfWork) -> None:
    """Confirm to a reporter that they are not told any more."""
    order = uow.work_orders.get(event.work_order_id)
    for one in uow.work_orders.reporters(order.id):
        if one.person_id == event.person_id and one.conversation:
            view = {"kind": "left", "number": order.number, "facts": {}}
            uow.notify(_told(order, one.conversation, "news", view))


def tell_assignee_cancelled(event: WorkOrderCancelled, uow: EveryUnitOfWork) -> None:
    """Stop a technician who accepted and may be on the way; a changed card alone alerts nobody."""
    order = uow.work_orders.get(event.work_order_id)
    if order.assignee_id is None or not _accepted_by(order, uow):
        return
    view = {"number": order.number, "reason": event.reason}
    uow.notify(_personal(order, order.assignee_id, "job_cancelled", view, "job_cancelled"))


def tell_assignee_merged(event: WorkOrderMerged, uow: EveryUnitOfWork) -> None:
    """Stop a technician who accepted a work order that goes on under another number."""
    order = uow.work_orders.get(event.work_order_id)
    if order.assignee_id is None or not _accepted_by(order, uow):
        return
    into = uow.work_orders.get(event.into_id)
    holder = uow.name_of(into.assignee_id) if into.assignee_id is not None else ""
    own = into.assignee_id == order.assignee_id
    facts = {"into": event.into_number, "holder": "" if own else holder, "own": "1" if own else ""}
    view = {"kind": "job_merged", "number": order.number, "facts": facts}
    uow.notify(_personal(order, order.assignee_id, "news", view, "job_merged"))


def tell_former_assignee(event: WorkOrderOffered, uow: EveryUnitOfWork) -> None:
    """Tell a technician that the work order was taken from them; who gave it away was answered already."""
    if event.from_id is None or event.from_id == event.technician_id or str(event.from_id) == event.actor_id:
        return
    order = uow.work_orders.get(event.work_order_id)
    facts = {"name": uow.name_of(event.technician_id), "reason": event.reason}
    view = {"kind": "taken_away", "number": order.number, "facts": facts}
    uow.notify(_personal(order, event.from_id, "news", view, "taken_away"))


def tell_recalled(event: WorkOrderRecalled, uow: EveryUnitOfWork) -> None:
    """Tell a technician that they did not act in time and somebody else is asked."""
    order = uow.work_orders.get(event.work_order_id)
    view = {"kind": "recalled", "number": order.number, "facts": {"reason": event.reason}}
    uow.notify(_personal(order, event.technician_id, "news", view, "recalled"))


def tell_desk_nobody_left(event: WorkOrderLeftUnassigned, uow: EveryUnitOfWork) -> None:
    """Ask the dispatchers in person to decide; the group's card alone is easily missed."""
    order = uow.work_orders.get(event.work_order_id)
    view = {
        "number": order.number,
        "fault": views.fault_shown(order.description),
        "asked": event.asked,
        "reason": event.reason,
    }
    for person in uow.people.with_roles(DESK_ROLES):
        uow.notify(_personal(order, person.id, "nobody_left", view, "nobody_left"))


def _accepted_by(order: WorkOrder, uow: EveryUnitOfWork) -> bool:
    return any(
        offer.technician_id == order.assignee_id and offer.outcome == "accepted"
        for offer in uow.work_orders.offers(order.id)
    )


def _news(order: WorkOrder, kind: str, facts: dict[str, str], uow: EveryUnitOfWork) -> None:
    _tell_all(order, "news", {"kind": kind, "number": order.number, "facts": facts}, uow)


def _tell_all(order: WorkOrder, card: str, view: Mapping[str, object], uow: EveryUnitOfWork) -> None:
    kind = str(view.get("kind", card))
    notice = Notice(
        audience=conversation_audience(""),
        card=card,
        view=dict(view),
        dedupe_key=f"{order.id}:v{order.version}:{kind}",
        subject_id=order.id,
    )
    for one in told(order, notice, uow):
        uow.notify(one)


def _told(order: WorkOrder, address: str, card: str, view: Mapping[str, object]) -> Notice:
    kind = str(view.get("kind", card))
    return Notice(
        audience=conversation_audience(address),
        card=card,
        view=dict(view),
        dedupe_key=f"{order.id}:v{order.version}:{kind}:{address}"[:200],
        subject_id=order.id,
    )


def _personal(
    order: WorkOrder, person_id: object, card: str, view: Mapping[str, object], step: str
) -> Notice:
    return Notice(
        audience=person_audience(str(person_id)),
        card=card,
        view=dict(view),
        dedupe_key=f"{order.id}:v{order.version}:{step}:{person_id}",
        subject_id=order.id,
    )
