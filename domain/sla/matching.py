"""Which policy counts for a work order: contract before customer before kind of work before the default."""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from domain.sla.definition import Policy, SlaDocument

Holds = Callable[[str], bool]
"""Tells whether a formula holds for the work order; who matches knows its fields, this area does not."""


@dataclass(frozen=True)
class Facts:
    """What a policy may look at.

    Args:
        contract_levels: service levels of the customer's running contracts for this asset.
    """

    contract_levels: tuple[str, ...]
    customer_level: str
    customer_code: str
    type: str
    priority: str
    region: str


@dataclass(frozen=True)
class Applied:
    """The policy that counts, where its time is counted, and why, in words."""

    policy: Policy
    calendar: str
    reason: str


def match_policy(facts: Facts, document: SlaDocument, holds: Holds = lambda _: False) -> Applied:
    """Return the policy that counts.

    Of those that fit, one that names the contract counts before one that names the customer's level, that
    before one that names type or priority, that before the rest; among equals the one with more conditions,
    then the one that stands first; a formula is one condition more. So the same facts always give the same
    policy.

    Args:
        holds: asked about the formula of a policy only where its other conditions fit; without it none holds.

    Source: docs/reference/sla.md, rule SLA-1
    """
    fitting = [
        policy
        for policy in document.policies
        if _fits(policy, facts) and (not policy.when or holds(policy.when))
    ]
    policy = max(fitting, key=_weight)  # The first of equals; the default always fits.
    calendar = (
        document.calendars_of_customers.get(facts.customer_code)
        or document.calendars_of_regions.get(facts.region)
        or policy.calendar
    )
    return Applied(policy, calendar, _reason(policy, facts))


def _weight(policy: Policy) -> tuple[bool, bool, bool, int]:
    return (
        bool(policy.contract_levels),
        bool(policy.customer_levels),
        bool(policy.types or policy.priorities),
        sum(policy.conditions),
    )


def _fits(policy: Policy, facts: Facts) -> bool:
    return (
        _one_of(policy.contract_levels, facts.contract_levels)
        and _one_of(policy.customer_levels, (facts.customer_level,))
        and _one_of(policy.types, (facts.type,))
        and _one_of(policy.priorities, (facts.priority,))
        and _one_of(policy.regions, (facts.region,))
    )


def _one_of(wanted: Iterable[str], values: Iterable[str]) -> bool:
    parts = {_folded(part) for part in wanted}
    return not parts or any(_folded(value) in parts for value in values)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _reason(policy: Policy, facts: Facts) -> str:
    wanted = {_folded(one) for one in policy.contract_levels}
    level = next((one for one in facts.contract_levels if _folded(one) in wanted), "")
    parts = [f"合同级别 {level}"] if level else []
    parts += [f"客户等级 {facts.customer_level}"] if policy.customer_levels else []
    parts += [f"工单类型 {facts.type}"] if policy.types else []
    parts += [f"优先级 {facts.priority}"] if policy.priorities else []
    parts += [f"区域 {facts.region}"] if policy.regions else []
    parts += [f"条件 {policy.when}"] if policy.when else []
    return "，".join(parts) or "默认策略"
