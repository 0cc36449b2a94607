"""Asking the next technician: joins the work order, the people, the rule table and the pool rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from domain.dispatching.commands import DispatchWorkOrder
from domain.dispatching.model import DispatchRule
from domain.dispatching.rules import Choice, DispatchMode, Facts, match_rule, needed, rank
from domain.kernel.messages import Cause
from domain.kernel.notices import person_audience
from domain.people.model import Role
from domain.people.ports import Technician
from domain.policies.ports import EveryUnitOfWork
from domain.policies.process_fields import asked_of
from domain.policies.process_orders import is_refused_before, waits_before
from domain.policies.process_steps import Step
from domain.workorder.closing_events import WorkOrderReopened
from domain.workorder.commands import (
    ExpireOffer,
    ExtendOffer,
    LeaveUnassigned,
    OfferWorkOrder,
    RecommendTechnicians,
    ReleaseWorkOrder,
)
from domain.workorder.events import WorkOrderOffered
from domain.workorder.handlers.offering import (
    expire_offer,
    extend_offer,
    leave_unassigned,
    offer_work_order,
    recommend_technicians,
    release_work_order,
)
from domain.workorder.model import WorkOrder
from domain.workorder.status import TRANSITIONS, UNASSIGNED, Action, Status

RECOMMENDED = 3
NO_CHOICE = "推荐后无人选择，已自动派单"
REFUSED_BEFORE = "派单前的审批没有通过，由调度员派工"
NOBODY_KNOWS = "没有{needed}的技师可派"
ALL_ASKED = "{needed}的技师都已问过（{asked} 位）"


@dataclass(frozen=True)
class Round:
    """One round of asking; a reopened work order begins a new one.

    Args:
        asked: technicians who were asked in it.
        previous: who did the work that is open again.
        by_itself: somebody was asked in it without a dispatcher's choice.
    """

    asked: frozenset[UUID]
    previous: UUID | None = None
    by_itself: bool = False


def dispatch_work_order(cmd: DispatchWorkOrder, uow: EveryUnitOfWork) -> None:
    """End an offer that ran out, then ask the next technician or let a dispatcher decide.

    An offer whose card is still on its way has its time again: nobody is passed over for a platform's fault.

    Everything is checked again under the lock, so any number of schedulers may find the same work order.

    Source: docs/reference/work-order-lifecycle.md, rules WO-5, WO-7, WO-21, DI-1 to DI-5, and DI-7.
    """
    cause = _cause(cmd)
    order = uow.work_orders.get(cmd.work_order_id)
    if order.next_due_at is None or order.next_due_at > cmd.issued_at or _is_held_back(order, uow):
        return
    rule = rule_of(order, uow)
    answer_s = rule.offer_timeout_s if rule is not None and rule.offer_timeout_s else cmd.offer_timeout_s
    if _card_not_arrived(order, uow):
        until = cmd.issued_at + timedelta(seconds=answer_s)
        extend_offer(ExtendOffer(work_order_id=order.id, expires_at=until, **cause), uow)
        return
    expire_offer(ExpireOffer(work_order_id=cmd.work_order_id, **cause), uow)
    if _assignee_left(order, uow):
        release_work_order(ReleaseWorkOrder(work_order_id=order.id, **cause), uow)
    if order.state not in UNASSIGNED:
        return
    asking = _round_of(order, uow)
    by_hand = _why_by_hand(order, rule, uow)
    if by_hand:
        _leave(cmd, order, by_hand, uow)
        return
    choices = candidates_of(order, asking, rule, uow)
    if not choices:
        _leave(cmd, order, _why_nobody(rule, uow.people.technicians()), uow)
        return
    unchosen = bool(order.candidates)
    if rule is not None and rule.how is DispatchMode.RECOMMEND and not unchosen and not asking.by_itself:
        _recommend(cmd, order, rule, choices[:RECOMMENDED], uow)
        return
    offer_work_order(
        OfferWorkOrder(
            work_order_id=order.id,
            technician_id=choices[0].technician_id,
            expires_at=cmd.issued_at + timedelta(seconds=answer_s),
            reason="；".join(
                part for part in (NO_CHOICE if unchosen else "", _because(rule, choices[0])) if part
            ),
            **cause,
        ),
        uow,
    )


def _is_held_back(order: WorkOrder, uow: EveryUnitOfWork) -> bool:
    """Return whether its process decides first; whoever decides then puts it back in line."""
    if order.state not in UNASSIGNED or not waits_before(order, Step.DISPATCH, uow):
        return False
    order.next_due_at = None
    return True


def _why_by_hand(order: WorkOrder, rule: DispatchRule | None, uow: EveryUnitOfWork) -> str:
    """Return why a dispatcher has to name somebody, or nothing where technicians are asked by themselves."""
    if is_refused_before(order, Step.DISPATCH, uow):
        return REFUSED_BEFORE
    is_manual = rule is not None and rule.how is DispatchMode.MANUAL
    return f"按规则“{rule.name}”由调度员派工" if rule is not None and is_manual else ""


def best_candidates(order: WorkOrder, limit: int, uow: EveryUnitOfWork) -> Sequence[Choice]:
    """Return whom a dispatcher would best ask now, also of those who were asked, without the holder."""
    asking = _round_of(order, uow)
    holder = frozenset({order.assignee_id} if order.assignee_id else ())
    free = Round(asked=holder, previous=asking.previous)
    return candidates_of(order, free, rule_of(order, uow), uow)[:limit]


def rule_of(order: WorkOrder, uow: EveryUnitOfWork) -> DispatchRule | None:
    """Return the rule that fits a work order, or None where none does."""
    rules = uow.dispatch_rules.in_order()
    if not rules:
        return None
    kind = uow.assets.kind_of(order.asset_id)
    facts = Facts(
        type=order.type,
        customer_level=uow.customers.get(order.customer_id).level if order.customer_id else "",
        region=order.region,
        asset_kinds=(kind.code, kind.name) if kind is not None else (),
        priority=order.priority,
    )
    return match_rule(facts, rules, asked_of(order, uow))


def candidates_of(
    order: WorkOrder, asking: Round, rule: DispatchRule | None, uow: EveryUnitOfWork
) -> Sequence[Choice]:
    """Return who may be asked in this round, the best first."""
    return rank(
        uow.people.technicians(),
        region=order.region,
        asked=asking.asked,
        skill=rule.skill if rule is not None else "",
        previous=asking.previous,
    )


def _round_of(order: WorkOrder, uow: EveryUnitOfWork) -> Round:
    offers = uow.work_orders.offers(order.id)
    if not offers:
        return Round(frozenset())
    history = uow.work_orders.history(order.id)
    reopened = max(
        (fact.occurred_at for fact in history if fact.name == WorkOrderReopened.__name__), default=None
    )
    before = [one for one in offers if reopened is not None and one.offered_at <= reopened]
    did = [one.technician_id for one in before if one.outcome == "accepted"]
    return Round(
        asked=frozenset(one.technician_id for one in offers if one not in before),
        previous=did[-1] if did else None,
        by_itself=any(
            fact.name == WorkOrderOffered.__name__ and fact.actor_id == "system"
            for fact in history
            if reopened is None or fact.occurred_at > reopened
        ),
    )


def _recommend(
    cmd: DispatchWorkOrder,
    order: WorkOrder,
    rule: DispatchRule,
    choices: Sequence[Choice],
    uow: EveryUnitOfWork,
) -> None:
    recommend_technicians(
        RecommendTechnicians(
            work_order_id=order.id,
            candidates=tuple(choice.technician_id for choice in choices),
            reasons=tuple(choice.reason for choice in choices),
            rule=rule.name,
            decide_by=cmd.issued_at + timedelta(seconds=cmd.choice_timeout_s),
            **_cause(cmd),
        ),
        uow,
    )


def _leave(cmd: DispatchWorkOrder, order: WorkOrder, reason: str, uow: EveryUnitOfWork) -> None:
    leave_unassigned(LeaveUnassigned(work_order_id=order.id, reason=reason, **_cause(cmd)), uow)


def _why_nobody(rule: DispatchRule | None, technicians: Sequence[Technician]) -> str:
    """Return why nobody can be asked, where it is not that everybody was asked."""
    if rule is None or not rule.skill:
        return ""
    able = rank(technicians, region="", asked=(), skill=rule.skill)
    why = ALL_ASKED if able else NOBODY_KNOWS
    return f"规则“{rule.name}”：" + why.format(needed=needed(rule.skill), asked=len(able))


def _because(rule: DispatchRule | None, choice: Choice) -> str:
    return f"规则“{rule.name}”：{choice.reason}" if rule is not None else choice.reason


def _cause(cmd: DispatchWorkOrder) -> Cause:
    return Cause(actor_id=cmd.actor_id, issued_at=cmd.issued_at, idempotency_key=cmd.idempotency_key)


def _card_not_arrived(order: WorkOrder, uow: EveryUnitOfWork) -> bool:
    if order.state is not Status.OFFERED or order.assignee_id is None:
        return False
    return uow.is_owed(person_audience(str(order.assignee_id)), order.id)


def _assignee_left(order: WorkOrder, uow: EveryUnitOfWork) -> bool:
    """Return whether somebody has the work order who is no technician of ours any more."""
    if order.assignee_id is None or (order.state, Action.RELEASE) not in TRANSITIONS:
        return False
    person = uow.people.get(order.assignee_id)
    return not person.active or Role.TECHNICIAN not in person.roles
