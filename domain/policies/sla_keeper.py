"""Moves the clocks of one work order and records what was done to each."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from domain.assets.entitlement import entitlement
from domain.kernel.localtime import local_day
from domain.policies.ports import EveryUnitOfWork
from domain.policies.process_fields import asked_of
from domain.sla import clocks as clock_rules
from domain.sla.clocks import Stop
from domain.sla.definition import NODE, Kind
from domain.sla.events import (
    ClockCancelled,
    ClockEvent,
    ClockPaused,
    ClockRestarted,
    ClockResumed,
    ClockRetargeted,
    ClockStarted,
    ClockStopped,
)
from domain.sla.matching import Applied, Facts, match_policy
from domain.sla.model import SlaClock
from domain.sla.ports import Published
from domain.workorder.model import WorkOrder


class Keeper:
    """What is done to clocks at one moment, for one reason.

    Args:
        published: the version of the document they run by.
        at: when it happened.
        by: who caused it.
    """

    def __init__(
        self, order: WorkOrder, published: Published, at: datetime, by: str, uow: EveryUnitOfWork
    ) -> None:
        self._order = order
        self._published = published
        self._at = at
        self._by = by
        self._uow = uow

    def start_all(
        self, kinds: Iterable[str], *, since: datetime | None = None, holds: Sequence[Stop] = ()
    ) -> None:
        """Start the clocks that the policy which counts now has limits for, and the one of all time.

        Args:
            since: when they began, for clocks that are attached late; by default now.
            holds: when the work order was held since then.
        """
        applied = self._applied()
        for kind in kinds:
            self._start(kind, applied, since or self._at, 1, holds)

    def start_like(self, clocks: Sequence[SlaClock], kind: str) -> None:
        """Start the next clock of a kind by the policy that the work order runs by, if it limits that."""
        newest = clocks[-1]
        policy = next(one for one in self._published.document.policies if one.name == newest.policy)
        episode = 1 + max((one.episode for one in clocks if one.kind == kind), default=0)
        self._start(kind, Applied(policy, newest.calendar, newest.reason), self._at, episode)

    def _start(
        self, kind: str, applied: Applied, since: datetime, episode: int, holds: Sequence[Stop] = ()
    ) -> None:
        if kind != Kind.TOTAL and kind not in applied.policy.targets:
            return
        clock = clock_rules.start(
            self._order.id,
            kind,
            applied,
            self._published.version,
            at=since,
            attached_at=self._at,
            by=self._by,
            episode=episode,
            holds=[one for one in holds if one.reason in applied.policy.pause_on],
        )
        self._plan(clock)
        self._uow.sla.add_clock(clock)
        self._record(
            ClockStarted,
            clock,
            target_s=clock.target_s,
            policy=clock.policy,
            reason=clock.reason,
            calendar=clock.calendar,
            document=clock.document,
        )

    def stop(self, clocks: Iterable[SlaClock]) -> None:
        """End clocks, for what they waited for has happened."""
        for clock in clocks:
            clock_rules.stop(clock, self._published.calendars, self._at, self._by)
            self._plan(clock)
            used_s, target_s = clock.used_s or 0, clock.target_s
            late_by_s = max(0, used_s - target_s) if target_s is not None else 0
            self._record(ClockStopped, clock, late_by_s=late_by_s)

    def cancel(self, clocks: Iterable[SlaClock]) -> None:
        """End clocks that nobody waits for any more."""
        for clock in clocks:
            clock_rules.stop(clock, self._published.calendars, self._at, self._by, cancelled=True)
            self._plan(clock)
            self._record(ClockCancelled, clock)

    def pause(self, clocks: Iterable[SlaClock], reason: str) -> None:
        """Let clocks stand still, where their policy allows the reason; those of a node go on."""
        for clock in clocks:
            if clock.state != "running" or clock.kind.startswith(NODE) or not self._allows(clock, reason):
                continue
            clock_rules.pause(clock, reason, self._at, self._by)
            self._plan(clock)
            self._record(ClockPaused, clock, reason=reason)

    def resume(self, clocks: Iterable[SlaClock]) -> None:
        """Let clocks count again that stand still, or that had ended."""
        for clock in clocks:
            if clock.state != "running":
                clock_rules.resume(clock, self._at, self._by)
                self._plan(clock)
                self._record(ClockResumed, clock)

    def restart(self, clocks: Iterable[SlaClock]) -> None:
        """Let clocks begin from nothing."""
        for clock in clocks:
            clock_rules.restart(clock, self._at, self._by)
            self._plan(clock)
            self._record(ClockRestarted, clock)

    def retarget(self, clocks: Iterable[SlaClock]) -> None:
        """Give clocks the limits of the policy that counts now; those it has no limit for are over."""
        applied = self._applied()
        for clock in clocks:
            target = applied.policy.targets.get(clock.kind)
            now = (applied.policy.name, applied.calendar, target.within if target is not None else None)
            if now == (clock.policy, clock.calendar, clock.target_s):
                self._plan(clock)
                continue
            if clock.target_s is not None and clock.kind not in applied.policy.targets:
                self.cancel((clock,))
                continue
            before_s = clock.target_s
            clock_rules.retarget(clock, applied, self._at, self._by)
            self._plan(clock)
            self._record(
                ClockRetargeted,
                clock,
                before_s=before_s,
                target_s=clock.target_s,
                policy=clock.policy,
                reason=clock.reason,
            )

    def _applied(self) -> Applied:
        """Return the policy that counts now."""
        holds = asked_of(self._order, self._uow)
        return match_policy(facts_of(self._order, self._uow), self._published.document, holds)

    def _allows(self, clock: SlaClock, reason: str) -> bool:
        policies = self._published.document.policies
        return any(one.name == clock.policy and reason in one.pause_on for one in policies)

    def _plan(self, clock: SlaClock) -> None:
        steps = self._published.document.steps(clock.policy, clock.kind)
        clock_rules.plan(clock, self._published.calendars, steps)

    def _record(self, kind: type[ClockEvent], clock: SlaClock, **facts: object) -> None:
        event = {
            "occurred_at": self._at,
            "actor_id": self._by,
            "work_order_id": clock.work_order_id,
            "clock_id": clock.id,
            "kind": clock.kind,
            "episode": clock.episode,
            "used_s": clock_rules.used_s(clock, self._published.calendars, self._at),
            "due_at": clock.due_at,
            **facts,
        }
        self._uow.record(kind.model_validate(event))


def facts_of(order: WorkOrder, uow: EveryUnitOfWork) -> Facts:
    """Return what of a work order, its customer and their contracts a policy may look at."""
    customer = uow.customers.get(order.customer_id) if order.customer_id is not None else None
    return Facts(
        contract_levels=_contract_levels(order, uow),
        customer_level=customer.level if customer is not None else "",
        customer_code=customer.code if customer is not None else "",
        type=order.type,
        priority=order.priority,
        region=order.region,
    )


def _contract_levels(order: WorkOrder, uow: EveryUnitOfWork) -> tuple[str, ...]:
    if order.customer_id is None:
        return ()
    day = local_day(order.created_at)
    asset = uow.assets.get(order.asset_id) if order.asset_id is not None else None
    found = entitlement(asset, uow.customers.contracts(order.customer_id, day), day).sla_level
    return (found,) if found else ()
