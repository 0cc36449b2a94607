"""One work order in memory that anybody may try anything at; every try is held against the table."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from hypothesis.stateful import RuleBasedStateMachine

from domain.dispatching.commands import DispatchWorkOrder
from domain.kernel.errors import DomainError
from domain.kernel.messages import Command, Event
from domain.registry import make_bus
from domain.survey.commands import FinishFollowUp, RecordFollowUp
from domain.workorder import closing_commands as closing
from domain.workorder import closing_events as closing_facts
from domain.workorder import commands as orders
from domain.workorder import events as facts
from domain.workorder import field_commands as field
from domain.workorder import field_events as field_facts
from domain.workorder.lifecycle.closing import ACCEPTANCE_SKIPS, FOLLOW_UP_SKIPS
from domain.workorder.model import WorkOrder
from domain.workorder.status import DONE, TRANSITIONS, UNDER_WAY, Action, Status
from tests.fakes.memory import MemoryUnitOfWork
from tests.support.builders import (
    AT,
    CHEN,
    CHEN_CHAT,
    FREEZER,
    NUMBER,
    ORDER,
    PHARMA,
    cause,
    person,
    work_order,
)

HE, OTHER = UUID(int=6), UUID(int=301)
"""A colleague of Chen's, and the work order she registered."""

ACTIONS: Mapping[type[Command], tuple[Action, ...]] = {
    orders.OfferWorkOrder: (Action.OFFER,),
    orders.ReassignWorkOrder: (Action.REASSIGN,),
    orders.RecommendTechnicians: (Action.RECOMMEND,),
    orders.LeaveUnassigned: (Action.LEAVE_UNASSIGNED,),
    orders.AcceptWorkOrder: (Action.ACCEPT,),
    orders.DeclineWorkOrder: (Action.DECLINE,),
    orders.ExpireOffer: (Action.EXPIRE,),
    orders.ExtendOffer: (Action.EXTEND,),
    orders.CancelWorkOrder: (Action.CANCEL,),
    orders.MergeWorkOrders: (Action.MERGE,),
    orders.ReportAgain: (Action.REOPEN,),
    field.DepartForSite: (Action.DEPART,),
    field.ArriveOnSite: (Action.ARRIVE,),
    field.StartWork: (Action.START,),
    field.CompleteWork: (Action.COMPLETE,),
    field.AmendReport: (Action.AMEND,),
    field.HoldWorkOrder: (Action.HOLD,),
    field.ResumeWorkOrder: (Action.RESUME,),
    closing.SignOffWork: (Action.SIGN_OFF,),
    closing.RejectWork: (Action.REJECT,),
    # The last of settlement and follow-up closes the loop.
    closing.SettleWorkOrder: (Action.SETTLE, Action.CLOSE),
    RecordFollowUp: (Action.CLOSE,),
    FinishFollowUp: (Action.CLOSE,),
    closing.CloseWorkOrder: (Action.CLOSE,),
    closing.ReopenWorkOrder: (Action.REOPEN,),
}
"""What a command may do to the status, in this order; every other command leaves it alone."""
RECORDED: Mapping[Action, type[Event]] = {
    Action.OFFER: facts.WorkOrderOffered,
    Action.REASSIGN: facts.WorkOrderOffered,
    Action.RECOMMEND: facts.TechniciansRecommended,
    Action.LEAVE_UNASSIGNED: facts.WorkOrderLeftUnassigned,
    Action.ACCEPT: facts.WorkOrderAccepted,
    Action.DECLINE: facts.WorkOrderDeclined,
    Action.EXPIRE: facts.OfferExpired,
    Action.EXTEND: facts.OfferExtended,
    Action.RELEASE: facts.AssigneeLeft,
    Action.CANCEL: facts.WorkOrderCancelled,
    Action.MERGE: facts.WorkOrderMerged,
    Action.DEPART: field_facts.TechnicianDeparted,
    Action.ARRIVE: field_facts.TechnicianArrived,
    Action.START: field_facts.WorkStarted,
    Action.COMPLETE: field_facts.WorkCompleted,
    Action.AMEND: field_facts.ReportAmended,
    Action.HOLD: field_facts.WorkOrderHeld,
    Action.RESUME: field_facts.WorkOrderResumed,
    Action.SIGN_OFF: closing_facts.WorkSignedOff,
    Action.REJECT: closing_facts.WorkRejected,
    Action.SETTLE: closing_facts.WorkOrderSettled,
    Action.CLOSE: closing_facts.WorkOrderClosed,
    Action.REOPEN: closing_facts.WorkOrderReopened,
}
_MOVES = tuple(RECORDED.values())
_BY_CLOCK = {RECORDED[action]: action for action in Action if action is not Action.REASSIGN}
"""The clock ends, releases, extends and offers as it finds the work order."""


def kinds(parent: type[Event] = facts.WorkOrderEvent) -> Iterator[type[Event]]:
    """Give every kind of event of a work order."""
    for child in parent.__subclasses__():
        if child is not field_facts.FieldStep and child.__module__.startswith("domain."):
            yield child
        yield from kinds(child)


def is_permitted(reason: str, permitted: Sequence[str]) -> bool:
    """Return whether a reason may take the place of a step."""
    return any(reason.startswith(one) for one in permitted)


class Life(RuleBasedStateMachine):
    """A work order that Chen registered, with everything that happened to it."""

    lived: Counter[str] = Counter()  # noqa: RUF012
    """What occurred in all lives since it was last cleared."""

    def __init__(self) -> None:
        super().__init__()
        other = work_order(
            Status.NEW, version=1, id=OTHER, number=f"{NUMBER}9", requester_id=HE, asset_id=None
        )
        self.uow = MemoryUnitOfWork(other)
        colleague = person(CHEN)
        colleague.id, colleague.name, colleague.identities = HE, "何洁", []
        self.uow.people.add(colleague)
        self.now: datetime = AT
        self.reporters = {CHEN}
        self.asked: set[UUID] = set()
        self._held_from = Status.DISPATCHING
        make_bus().handle(self._registered(), self.uow)
        self.order: WorkOrder = self.uow.work_orders.get(ORDER)
        self._newborn = self.looks()[ORDER]
        self.lived["WorkOrderRegistered"] += 1

    def _registered(self) -> orders.RegisterWorkOrder:
        return orders.RegisterWorkOrder(
            work_order_id=ORDER,
            requester_id=CHEN,
            customer_id=PHARMA,
            asset_id=FREEZER,
            region="浦东",
            description="3 号冷库机组不制冷了",
            origin=CHEN_CHAT,
            source_key="wecom_kf:msg-7",
            **cause(CHEN, self.now),
        )

    def base(self, actor: UUID | str, order_id: UUID = ORDER) -> dict[str, Any]:
        """Return what every command has; each comes a minute after the one before."""
        self.now += timedelta(minutes=1)
        return {"work_order_id": order_id, **cause(actor, self.now, f"delivery-{uuid4()}")}

    def tries(self, command: Command) -> bool:
        """Let somebody try; a refusal must leave everything as it was, a success follow the table."""
        before, happened = self.looks(), len(self.uow.happened)
        old = self.order.state
        try:
            make_bus().handle(command, self.uow)
        except DomainError:
            assert (self.looks(), len(self.uow.happened)) == (before, happened)
            return False
        fresh = [event for event in self.uow.happened[happened:] if self._is_mine(event)]
        assert self.order.state is self._led(old, command, fresh)
        for event in fresh:
            self._count(event)
        return True

    def _led(self, old: Status, command: Command, fresh: Sequence[Event]) -> Status:
        """Return where the table leads from the old status by what this command may do."""
        moves = [event for event in fresh if isinstance(event, _MOVES)]
        actions = ACTIONS.get(type(command), ())
        if isinstance(command, DispatchWorkOrder):
            actions = tuple(_BY_CLOCK[type(event)] for event in moves)
        assert len(moves) <= len(actions), (command, moves)
        status = old
        for event, action in zip(moves, actions, strict=False):
            assert type(event) is RECORDED[action], (command, event)
            assert (status, action) in TRANSITIONS, f"{action} from {status}"
            assert action is not Action.REOPEN or status in {*DONE, Status.CLOSED}
            before, status = status, TRANSITIONS[status, action]
            if action is Action.HOLD:
                self._held_from = before if before in UNDER_WAY else Status.DISPATCHING
            if action is Action.RESUME:
                status = self._held_from
        return status

    def _count(self, event: Event) -> None:
        name = type(event).__name__
        self.lived[name] += 1
        match event:
            case closing_facts.WorkSignedOff():
                assert event.by_customer is (UUID(event.actor_id) in self.reporters)
                self.lived["accepted by the desk"] += not event.by_customer
            case closing_facts.WorkOrderClosed():
                closed = sum(isinstance(one, closing_facts.WorkOrderClosed) for one in self.mine())
                self.lived["closed again"] += closed > 1
                self.lived["closed without a follow-up" if event.skip_reason else "closed by itself"] += 1
            case field_facts.ReportAmended():
                self.lived["signature voided"] += event.was_signed
            case facts.WorkOrderOffered():
                self.asked.add(event.technician_id)
                self.lived["reassigned"] += event.from_id is not None
            case facts.ReporterJoined():
                self.reporters.add(event.person_id)
            case facts.ReporterLeft():
                self.reporters.discard(event.person_id)

    def looks(self) -> dict[UUID, dict[str, Any]]:
        """Return every column of both work orders."""
        return {
            key: {name: value for name, value in vars(order).items() if name != "_sa_instance_state"}
            for key, order in self.uow.work_orders.kept.items()
        }

    def seen(self, current: bool) -> int | None:
        """Return the version on somebody's card: the newest or an old one."""
        return self.order.version if current else self.order.version - 1

    def mine(self) -> list[facts.WorkOrderEvent]:
        """Return what happened to the work order."""
        return [event for event in self.uow.happened if self._is_mine(event)]  # type: ignore[misc]

    def lap(self) -> list[facts.WorkOrderEvent]:
        """Return what happened to the work order since it was last reopened."""
        mine = self.mine()
        opened = [at for at, one in enumerate(mine) if isinstance(one, closing_facts.WorkOrderReopened)]
        return mine[opened[-1] + 1 :] if opened else mine

    def replayed(self) -> dict[str, Any]:
        """Return how the work order looks when its events are applied to a newborn one."""
        again = WorkOrder(**self._newborn)
        for event in self.mine():
            again.apply(event)
        again.version = self.order.version
        return {key: value for key, value in vars(again).items() if key != "_sa_instance_state"}

    def insist_on_a_proper_close(self) -> None:
        """Insist that the last close followed an acceptance and a follow-up, or what may take their place."""
        lap = self.lap()
        (end,) = [at for at, event in enumerate(lap) if isinstance(event, closing_facts.WorkOrderClosed)]
        lap, closed = lap[:end], lap[end]
        assert isinstance(closed, closing_facts.WorkOrderClosed)
        last = max(at for at, event in enumerate(lap) if isinstance(event, closing_facts.WorkSignedOff))
        signed, since = lap[last], lap[last + 1 :]
        assert isinstance(signed, closing_facts.WorkSignedOff)
        assert signed.by_customer or is_permitted(signed.skip_reason, ACCEPTANCE_SKIPS), signed
        assert signed.report_version == self.order.report_version
        assert not any(isinstance(event, field_facts.ReportAmended) for event in since)
        called = [event for event in since if isinstance(event, closing_facts.WorkOrderFollowedUp)]
        asked = bool(called) and called[-1].complete
        assert asked or is_permitted(closed.skip_reason, FOLLOW_UP_SKIPS), closed

    def what_stands(self) -> dict[str, datetime | None]:
        """Return what the events since the last reopening say of the end of the loop."""
        found: dict[str, datetime | None] = dict.fromkeys(
            ("completed_at", "signed_off_at", "followed_up_at", "closed_at")
        )
        for event in self.lap():
            match event:
                case field_facts.WorkCompleted():
                    found["completed_at"] = event.occurred_at
                case field_facts.ReportAmended():
                    found["signed_off_at"] = None
                case closing_facts.WorkSignedOff():
                    found["signed_off_at"] = event.occurred_at
                case closing_facts.FollowUpOwed():
                    found["followed_up_at"] = None
                case closing_facts.WorkOrderFollowedUp():
                    found["followed_up_at"] = event.occurred_at if event.complete else None
                case closing_facts.WorkOrderClosed():
                    found["closed_at"] = event.occurred_at
        return found

    def _is_mine(self, event: Event) -> bool:
        return isinstance(event, facts.WorkOrderEvent) and event.work_order_id == ORDER
