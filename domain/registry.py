"""Which handler decides which command, and which policies follow which event."""

from collections.abc import Mapping, Sequence

from domain.dispatching.commands import DispatchWorkOrder
from domain.kernel.bus import Bus, Handler, Policy
from domain.kernel.messages import Command, Event
from domain.people import commands as people
from domain.people import events as people_events
from domain.people import handlers as people_handlers
from domain.policies import binding, tell
from domain.policies.dispatch import dispatch_work_order
from domain.workorder import commands as work_order
from domain.workorder import events as work_order_events
from domain.workorder import handlers as work_order_handlers

HANDLERS: Mapping[type[Command], Handler] = {
    DispatchWorkOrder: dispatch_work_order,
    people.BindIdentity: people_handlers.bind_identity,
    work_order.RegisterWorkOrder: work_order_handlers.register_work_order,
    work_order.OfferWorkOrder: work_order_handlers.offer_work_order,
    work_order.LeaveUnassigned: work_order_handlers.leave_unassigned,
    work_order.AcceptWorkOrder: work_order_handlers.accept_work_order,
    work_order.DeclineWorkOrder: work_order_handlers.decline_work_order,
    work_order.ExpireOffer: work_order_handlers.expire_offer,
    work_order.ExtendOffer: work_order_handlers.extend_offer,
    work_order.CancelWorkOrder: work_order_handlers.cancel_work_order,
    work_order.AddWorkOrderNote: work_order_handlers.add_work_order_note,
}

POLICIES: Mapping[type[Event], Sequence[Policy]] = {
    people_events.IdentityBound: (binding.welcome_bound_person, binding.handle_words_said_before),
    work_order_events.WorkOrderRegistered: (tell.tell_requester_receipt, tell.show_everybody),
    work_order_events.WorkOrderOffered: (tell.show_everybody,),
    work_order_events.WorkOrderAccepted: (tell.show_everybody, tell.tell_requester_who_comes),
    work_order_events.WorkOrderDeclined: (tell.show_everybody,),
    work_order_events.OfferExpired: (tell.show_everybody,),
    work_order_events.OfferExtended: (tell.show_everybody,),
    work_order_events.WorkOrderLeftUnassigned: (tell.show_everybody, tell.tell_desk_nobody_left),
    work_order_events.WorkOrderCancelled: (
        tell.show_everybody,
        tell.tell_requester_cancelled,
        tell.tell_assignee_cancelled,
    ),
}


def make_bus() -> Bus:
    """Return a bus that knows every command and every policy."""
    return Bus(HANDLERS, POLICIES)
