"""Steps whose time has come are done, once each, and accounted for.

Source: docs/reference/sla.md, rules SLA-10 to SLA-15
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.kernel.messages import Event
from domain.policies.ports import EveryUnitOfWork
from domain.policies.sla_act import change_order
from domain.policies.sla_audience import Superiors
from domain.policies.sla_remind import Told, remind
from domain.policies.sla_todo import put_todo
from domain.sla import clocks as clock_rules
from domain.sla.clocks import DueStep
from domain.sla.commands import FireDueSteps
from domain.sla.events import StepFired
from domain.sla.model import SlaClock, SlaFiring
from domain.sla.ports import Published
from domain.sla.steps import Do
from domain.workorder.model import WorkOrder

SCHEDULER = "scheduler"
"""The heart whose gaps explain late steps."""
SILENT = frozenset({Do.RAISE_PRIORITY, Do.REASSIGN, Do.TODO})
"""What is done without a reminder of its own."""
LATE_S = 60
"""Seconds after which a step counts as late."""


@dataclass(frozen=True)
class _Lot:
    """What one lot of work orders shares."""

    now: datetime
    actor_id: str
    up_since: datetime | None
    superiors: Superiors
    uow: EveryUnitOfWork


@dataclass(frozen=True)
class _Fired:
    """The steps of one clock that were due, as they are told: those it was late for as one."""

    order: WorkOrder
    clock: SlaClock
    published: Published
    groups: Sequence[Sequence[DueStep]]


def fire_due_steps(cmd: FireDueSteps, uow: EveryUnitOfWork) -> None:
    """Fire every step that is due on a lot of work orders; what somebody else works on waits for the next.

    First all clocks are decided, then everything is recorded, so that storage writes few large statements.
    """
    orders = {one.id: one for one in uow.work_orders.lock_free(cmd.work_order_ids)}
    _read_names(orders.values(), uow)
    muted = uow.sla.muted(orders.keys(), cmd.issued_at)
    lot = _Lot(cmd.issued_at, cmd.actor_id, uow.sla.up_since(SCHEDULER), Superiors(uow), uow)
    fired = [
        _decide(orders[clock.work_order_id], clock, lot)
        for clock in uow.sla.due_clocks(orders.keys(), cmd.issued_at)
    ]
    uow.sla.add_firings(
        [
            firing
            for one in fired
            for group in one.groups
            for firing in _account(one, group, one.order.id in muted, lot)
        ]
    )
    for one in fired:
        for group in one.groups:
            _do(one, group, one.order.id in muted, lot)


def _read_names(orders: Collection[WorkOrder], uow: EveryUnitOfWork) -> None:
    """Read everybody whom the reminders will name at once, and not one by one."""
    uow.customers.read({one.customer_id for one in orders if one.customer_id is not None})
    people = {one.assignee_id for one in orders} | {one.requester_id for one in orders if not one.customer_id}
    uow.people.read({one for one in people if one is not None})


def _decide(order: WorkOrder, clock: SlaClock, lot: _Lot) -> _Fired:
    published = lot.uow.sla.version(clock.document)
    steps = published.document.steps(clock.policy, clock.kind)
    due = clock_rules.fire(clock, published.calendars, steps, lot.now)
    late = [one for one in due if one.attached]
    groups = [late] if late else []
    return _Fired(order, clock, published, [*groups, *([one] for one in due if not one.attached)])


def _account(one: _Fired, group: Sequence[DueStep], muted: bool, lot: _Lot) -> Iterator[SlaFiring]:
    """Record and return every step; of those told as one the last stands for all."""
    clock, last = one.clock, group[-1]
    for due in group:
        outcome = "muted" if muted else "told" if due is last else "merged"
        late_s = int((lot.now - due.due_at).total_seconds())
        lot.uow.record(_event(clock, due, late_s, outcome, lot))
        yield SlaFiring(
            clock_id=clock.id,
            episode=clock.episode,
            step=due.step.at,
            due_at=due.due_at,
            fired_at=lot.now,
            outcome=outcome,
            late_s=late_s,
            late_reason=_late_reason(due, late_s, lot),
        )


def _event(clock: SlaClock, due: DueStep, late_s: int, outcome: str, lot: _Lot) -> Event:
    return StepFired(
        occurred_at=lot.now,
        actor_id=lot.actor_id,
        work_order_id=clock.work_order_id,
        clock_id=clock.id,
        kind=clock.kind,
        episode=clock.episode,
        step=due.step.at,
        due_on=due.due_at,
        late_s=late_s,
        outcome=outcome,
        done=tuple(one.value for one in due.step.do),
    )


def _late_reason(due: DueStep, late_s: int, lot: _Lot) -> str:
    if late_s <= LATE_S:
        return ""
    if due.attached:
        return "attached"
    return "downtime" if lot.up_since is None or due.due_at < lot.up_since else "backlog"


def _do(one: _Fired, group: Sequence[DueStep], muted: bool, lot: _Lot) -> None:
    """Do what the steps say; a muted work order is still raised and reassigned, only nobody is told."""
    wanted = list(dict.fromkeys(do for due in group for do in due.step.do))
    raised_to = change_order(one.order, one.clock, wanted, lot.now, lot.uow)
    if muted:
        return
    missed = tuple(due.due_at for due in group if (lot.now - due.due_at).total_seconds() > LATE_S)
    told = Told(one.order, one.clock, one.published, lot.now, missed, raised_to)
    remind(told, [do for do in wanted if do not in SILENT], lot.superiors, lot.uow)
    if Do.TODO in wanted:
        put_todo(one.order, one.clock, lot.now, lot.superiors, lot.uow)
