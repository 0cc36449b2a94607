"""Steps whose time has come are done, once each, and accounted for.

Source: docs/reference/sla.md, rules SLA-10 to SLA-15, and SLA-24
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.kernel.messages import Event
from domain.policies.ports import EveryUnitOfWork
from domain.policies.process_fields import asked_of
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
    """The steps of one clock that were due, as they are told: those it was late for as one.

    Args:
        left_out: those whose formula does not hold now; they are only accounted for.
    """

    order: WorkOrder
    clock: SlaClock
    published: Published
    groups: Sequence[Sequence[DueStep]]
    left_out: Sequence[DueStep]


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
            _account(one.clock, due, outcome, lot)
            for one in fired
            for due, outcome in _outcomes(one, one.order.id in muted)
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
    reached = clock_rules.fire(clock, published.calendars, steps, lot.now)
    holds = asked_of(order, lot.uow)
    due = [one for one in reached if not one.step.when or holds(one.step.when)]
    late = [one for one in due if one.attached]
    groups = [*([late] if late else []), *([one] for one in due if not one.attached)]
    return _Fired(order, clock, published, groups, [one for one in reached if one not in due])


def _outcomes(one: _Fired, muted: bool) -> list[tuple[DueStep, str]]:
    """Return what became of every step, as they were due; of those told as one the last stands for all."""
    found = [(due, "skipped") for due in one.left_out]
    for group in one.groups:
        found += [(due, "muted" if muted else "told" if due is group[-1] else "merged") for due in group]
    return sorted(found, key=lambda each: each[0].due_at)


def _account(clock: SlaClock, due: DueStep, outcome: str, lot: _Lot) -> SlaFiring:
    """Record and return one step."""
    late_s = int((lot.now - due.due_at).total_seconds())
    lot.uow.record(_event(clock, due, late_s, outcome, lot))
    return SlaFiring(
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
        done=() if outcome == "skipped" else tuple(one.value for one in due.step.do),
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
