"""The customer's page: how far the repair is, who comes, and a word to the technician."""

from typing import Any

from pydantic import Field

from cards.messages import urged_words
from cards.text import HOLD_LABEL, REQUESTER_STATUS
from cards.text_intake import EXPEDITE_ORDER
from cards.text_pages import (
    ACCEPT_IT,
    CANCELLED_NOW,
    HELD_NOW,
    NOTED,
    RATE_IT,
    STATUS_SENT,
    STEP_LABEL,
    YOU,
)
from cards.timeline import line_parts
from console.page import Body, Deed, Done, PageSpec, Visit
from domain.access.rights import Verb
from domain.kernel.bus import Bus
from domain.kernel.links import Page
from domain.kernel.localtime import local_time, period
from domain.policies.customer_pages import (
    TALKING,
    may_expedite,
    may_sign,
    order_for,
    own_words,
    pictures_of,
    reaches_technician,
    steps,
)
from domain.policies.escalation import EXPEDITE
from domain.policies.timeline import timeline_view
from domain.policies.views import progress_line, requester_view
from domain.workorder.commands import AddWorkOrderNote, RelayWords
from domain.workorder.model import WorkOrder
from domain.workorder.status import DONE, OPEN, Status
from domain.workorder.views import TimelineLine


class Words(Body):
    """What the customer wants to say."""

    text: str = Field(min_length=1, max_length=500)


class Nothing(Body):
    """No more than the press itself."""


def page(bus: Bus) -> PageSpec:
    """Return the page."""

    def say(visit: Visit, body: Words) -> Done:
        order = visit.uow.work_orders.get(visit.subject_id)
        if reaches_technician(order):
            relay = RelayWords(
                work_order_id=order.id,
                to="technician",
                text=body.text,
                source_key=visit.key,
                **visit.cause(),
            )
            bus.handle(relay, visit.uow)
            return Done(STATUS_SENT)
        note = AddWorkOrderNote(work_order_id=order.id, kind="text", text=body.text, **visit.cause())
        bus.handle(note, visit.uow)
        return Done(NOTED)

    def expedite(visit: Visit, _body: Nothing) -> Done:
        order = visit.uow.work_orders.get(visit.subject_id)
        may_expedite(order)
        note = AddWorkOrderNote(work_order_id=order.id, kind=EXPEDITE, text=EXPEDITE_ORDER, **visit.cause())
        bus.handle(note, visit.uow)
        return Done(urged_words(progress_line(order, visit.uow)))

    return PageSpec(
        page=Page.STATUS,
        title="维修进度",
        data=_data,
        deeds={"say": Deed(Words, say), "expedite": Deed(Nothing, expedite)},
        shows=lambda visit: pictures_of(_order(visit), visit.actor.id, visit.uow),
    )


def _order(visit: Visit) -> WorkOrder:
    return order_for(visit.subject_id, visit.actor, Verb.SEE, visit.uow)


def _data(visit: Visit) -> dict[str, Any]:
    order, uow = _order(visit), visit.uow
    where = progress_line(order, uow)
    wished = order.request
    asset = uow.assets.get(order.asset_id) if order.asset_id is not None else None
    lines = timeline_view(order, visit.actor, visit.at, uow).lines
    return {
        "number": order.number,
        "status": REQUESTER_STATUS[order.state],
        "notice": _notice(order),
        "fault": own_words(order, visit.actor, uow),
        "asset": asset.name if asset is not None else "",
        "reported_at": local_time(order.created_at),
        "wished": period(wished.appointment_from, wished.appointment_to),
        "technician": where.assignee_name,
        "technician_mobile": where.assignee_mobile,
        "eta": local_time(order.eta_at) if order.eta_at is not None else "",
        "steps": [
            {
                "label": STEP_LABEL[one.step],
                "at": local_time(one.at) if one.at is not None else "",
                "reached": one.reached,
            }
            for one in steps(order, uow.work_orders.history(order.id))
        ],
        "lines": [_line(line, visit.actor.name) for line in reversed(lines)],
        "photos": list(pictures_of(order, visit.actor.id, uow)),
        "can_say": order.state in OPEN or (order.assignee_id is not None and order.state in TALKING),
        "can_expedite": order.state in OPEN,
        "next": _next(order, visit),
    }


def _notice(order: WorkOrder) -> str:
    if order.state is Status.ON_HOLD:
        return HELD_NOW.format(reason=HOLD_LABEL[order.hold_reason])
    return CANCELLED_NOW if order.state is Status.CANCELLED else ""


def _next(order: WorkOrder, visit: Visit) -> dict[str, str] | None:
    """Return the way to acceptance or rating, for whoever may do either now."""
    if order.state not in DONE | {Status.CLOSED} or not may_sign(order, visit.actor, visit.uow):
        return None
    view = requester_view(order, visit.actor.id, visit.uow)
    if not view.actions and not view.scores:
        return None
    url = visit.uow.links.to(Page.ACCEPTANCE, visit.actor.id, order.id, visit.at)
    return {"url": url, "label": ACCEPT_IT if view.actions else RATE_IT}


def _line(line: TimelineLine, own_name: str) -> dict[str, str]:
    """Return one line; nobody reads their own name, for whoever holds the link may only know the number."""
    shown = line.model_copy(update={"who": YOU}) if line.who == own_name else line
    what, by, flags = line_parts(shown)
    return {"at": local_time(line.at), "what": what, "by": by, "flags": flags}
