"""The card of a message in a group: shown when it is said, changed when it is decided."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.groups.events import (
    GroupMessageExtended,
    GroupMessageOverdue,
    GroupMessageResolved,
    GroupMessageTaken,
)
from domain.groups.model import GroupRequest
from domain.groups.outcome import Outcome
from domain.groups.views import GroupRequestView
from domain.intake.data import Step
from domain.kernel.localtime import local_time
from domain.kernel.notices import DESK, Notice, conversation_audience
from domain.policies.ports import EveryUnitOfWork
from domain.policies.views import fault_shown
from domain.workorder.details import RequestDetails
from domain.workorder.model import WorkOrder
from domain.workorder.status import OPEN, Status

LINKABLE = 4
LOOKED_BACK = timedelta(days=30)
LOOKED_AT = 20
MACHINES = 4
ANSWERS_ONCE = "wecom_aibot:"
"""Where a card is changed by the answer to the press alone."""


def show_group_card(event: GroupMessageTaken, uow: EveryUnitOfWork) -> None:
    """Show the group what was understood, with what can be done about it."""
    request = uow.group_requests.get(event.request_id)
    uow.notify(
        group_notice(request, group_view(request, event.occurred_at, uow), "").model_copy(
            update={"anew": True}
        )
    )


def change_group_card(event: GroupMessageResolved, uow: EveryUnitOfWork) -> None:
    """Let the card in the group say what became of the message.

    Who spoke to the AI bot and presses sees it changed by the answer to the press; a message would repeat it.
    """
    request = uow.group_requests.get(event.request_id)
    if request.reminders > 1:
        decided = group_notice(request, group_view(request, event.occurred_at, uow), "")
        uow.notify(_for_desk(decided).model_copy(update={"quiet": True}))
    born = event.occurred_at == request.created_at
    if (
        request.conversation.startswith(ANSWERS_ONCE)
        and not born
        and event.actor_id == str(request.speaker_id)
    ):
        return
    notice = group_notice(request, group_view(request, event.occurred_at, uow), "")
    uow.notify(notice.model_copy(update={"anew": born}))


def remind_group(event: GroupMessageOverdue, uow: EveryUnitOfWork) -> None:
    """Show the card once more in the group; later the service desk has it too, and the group reads so.

    Where the group cannot be written to by ourselves, whoever spoke is reminded in their own chat.

    Source: docs/reference/intake.md, rule RQ-19.
    """
    request = uow.group_requests.get(event.request_id)
    notice = group_notice(request, group_view(request, event.occurred_at, uow), "")
    uow.notify(notice.model_copy(update={"anew": not event.to_desk, "quiet": event.to_desk}))
    if event.to_desk:
        uow.notify(_for_desk(notice).model_copy(update={"anew": True}))


def _for_desk(notice: Notice) -> Notice:
    return notice.model_copy(update={"audience": DESK, "dedupe_key": f"{notice.dedupe_key}:desk"})


def show_added(event: GroupMessageExtended, uow: EveryUnitOfWork) -> None:
    """Let every card of the message show what was added."""
    request = uow.group_requests.get(event.request_id)
    notice = group_notice(request, group_view(request, event.occurred_at, uow), "")
    pressed = not event.words and request.conversation.startswith(ANSWERS_ONCE)
    if not pressed:
        uow.notify(notice)
    if request.reminders > 1:
        uow.notify(_for_desk(notice).model_copy(update={"quiet": True}))


def group_view(request: GroupRequest, at: datetime, uow: EveryUnitOfWork) -> GroupRequestView:
    """Return a message as its group may read it."""
    details = RequestDetails.model_validate(request.details)
    order = uow.work_orders.get(request.work_order_id) if request.work_order_id else None
    open_ones = linkable(request, at, uow) if request.outcome is Outcome.OPEN else ()
    undecided = request.outcome is Outcome.OPEN and not request.technician_id
    likely = order if undecided and order is not None and order.state is not Status.CANCELLED else None
    begins = details.appointment_from
    return GroupRequestView(
        request_id=request.id,
        version=request.version,
        outcome=request.outcome,
        speaker=uow.people.get(request.speaker_id).name,
        fault=fault_shown(request.words),
        customer=uow.customers.get(request.customer_id).name if request.customer_id else "",
        asset=uow.assets.name_of(request.asset_id),
        device=details.device,
        priority=request.priority,
        type=request.type,
        appointment=f"{local_time(begins)} 起" if begins else "",
        number=order.number if order is not None else "",
        same_fault=fault_shown(likely.description) if likely is not None else "",
        same_running=likely is not None and likely.state in OPEN,
        technician=uow.name_of(request.technician_id) if request.technician_id else "",
        lacks=_lacks(request, details, uow) if undecided else (),
        machines=_machines(request, uow) if undecided else (),
        reminded=undecided_for(request) == 1,
        at_desk=undecided_for(request) > 1,
        linkable=tuple(one.number for one in open_ones),
    )


def group_notice(request: GroupRequest, view: GroupRequestView, step: str) -> Notice:
    """Return what the group is owed: its one card of this message.

    Args:
        step: tells two looks of the same version apart.
    """
    return Notice(
        audience=conversation_audience(request.conversation),
        card="group_request",
        view=view.model_dump(mode="json"),
        dedupe_key=f"{request.id}:v{request.version}:group:{step}",
        subject_id=request.id,
        living=True,
    )


def undecided_for(request: GroupRequest) -> int:
    """Return how often the clock found a message undecided that still is."""
    return request.reminders if request.outcome is Outcome.OPEN else 0


def _lacks(request: GroupRequest, details: RequestDetails, uow: EveryUnitOfWork) -> tuple[str, ...]:
    """Return what somebody has to know before they can set out."""
    customer = uow.customers.get(request.customer_id) if request.customer_id else None
    placed = details.address or request.asset_id is not None or (customer is not None and customer.address)
    known = request.asset_id is not None or details.device
    return tuple(
        step.value for step, is_known in ((Step.ASSET, known), (Step.ADDRESS, placed)) if not is_known
    )


def _machines(request: GroupRequest, uow: EveryUnitOfWork) -> tuple[tuple[str, str], ...]:
    if request.asset_id is not None or request.customer_id is None:
        return ()
    return tuple((one.id.hex, one.name) for one in uow.assets.of_customer(request.customer_id, MACHINES))


def linkable(request: GroupRequest, at: datetime, uow: EveryUnitOfWork) -> Sequence[WorkOrder]:
    """Return the open work orders a message may belong to: of its machine, else customer, else speaker."""
    since = at - LOOKED_BACK
    found: list[WorkOrder] = []
    if request.asset_id is not None:
        found += uow.work_orders.of_asset(request.asset_id, since, LOOKED_AT)
    if request.customer_id is not None:
        found += uow.work_orders.of_customer(request.customer_id, since, LOOKED_AT)
    found += uow.work_orders.concerning(request.speaker_id, LOOKED_AT)
    open_ones = {one.id: one for one in found if one.state in OPEN}
    return list(open_ones.values())[:LINKABLE]
