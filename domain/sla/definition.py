"""What a business owner writes about time: one document of calendars, policies and ladders, in versions.

Source: docs/reference/sla.md
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, field_validator, model_validator

from domain.engine.calendar import CalendarSpec, DaySet
from domain.kernel.messages import Message
from domain.sla.digest import DigestPlan
from domain.sla.spans import seconds
from domain.sla.steps import Do, Moment

NODE = "node:"
"""Kinds of clock that belong to one status begin with this."""

Span = Annotated[
    int, BeforeValidator(lambda text: seconds(text) if isinstance(text, str) else text), Field(ge=0)
]
"""Counted seconds, written `4小时`."""


class Kind(StrEnum):
    """What a clock measures."""

    RESPONSE = "response"
    """Until a human answers."""
    ARRIVAL = "arrival"
    """Until the technician is on site."""
    RESOLUTION = "resolution"
    """Until the work is completed; anew after a rejection or a reopening."""
    NEXT_UPDATE = "next_update"
    """Between two signs of life to the customer while somebody works on it."""
    TOTAL = "total"
    """All time until completion, over every reopening; it has no limit."""


LIMITED = (Kind.RESPONSE, Kind.ARRIVAL, Kind.RESOLUTION, Kind.NEXT_UPDATE)


class Step(Message):
    """One rung of a ladder.

    Args:
        at: `80%` of the limit, or counted time before or after it: `-15分钟`, `+30分钟`, `0`.
        do: what is done then, in this order.
        when: a formula; where it does not hold at that moment the step is left out. Empty asks nothing.
    """

    at: Moment
    do: tuple[Do, ...] = Field(min_length=1)
    when: str = ""


class Target(Message):
    """One limit.

    Args:
        within: counted time.
        ladder: a name in the document's ladders; empty for none.
    """

    within: Span
    ladder: str = ""


class Quiet(Message):
    """Hours in which nobody is called personally; what falls into them waits for their end.

    Args:
        from_, to: `22:00` and `07:00` in China; over midnight where the end is earlier.
        except_priorities: work so urgent that people are called all the same.
    """

    from_: str = Field(alias="from", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    to: str = Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    except_priorities: tuple[str, ...] = ("P1",)


class Policy(Message):
    """Limits for the work orders that fit its conditions; an empty condition fits all.

    Args:
        contract_levels: service levels of the customer's running contract.
        when: a formula that must hold as well; what it may speak of is checked before it is published.
        targets: by kind of clock; a node's limit is `node:` and a status, e.g. `node:dispatching`.
        pause_on: reasons for a hold that stop the clocks: `customer`, `part`, `approval`, `third_party`.
    """

    name: str = Field(min_length=1, max_length=100)
    contract_levels: tuple[str, ...] = ()
    customer_levels: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    when: str = ""
    calendar: str
    targets: Mapping[str, Target] = Field(default_factory=dict)
    pause_on: tuple[str, ...] = ()

    @property
    def is_default(self) -> bool:
        """Return whether it fits every work order."""
        return not any(self.conditions)

    @property
    def conditions(self) -> tuple[bool, ...]:
        """Return which kinds of condition it has."""
        found = (
            self.contract_levels,
            self.customer_levels,
            self.types,
            self.priorities,
            self.regions,
            self.when,
        )
        return tuple(map(bool, found))

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        response, resolution = self.targets.get(Kind.RESPONSE), self.targets.get(Kind.RESOLUTION)
        if response and resolution and response.within > resolution.within:
            raise ValueError(f"策略“{self.name}”的响应时限比解决时限还长，请改短响应时限")
        return self


class SlaDocument(Message):
    """Everything about time that the business owns.

    Args:
        calendars: by name.
        days: holidays and make-up working days; what is left out comes from the shipped year file.
        calendars_of_customers: the calendar of one customer's work, by the customer's code.
        calendars_of_regions: the calendar of a region's work.
        ladders: by name.
        policies: the first of equally specific ones counts.
    """

    calendars: Mapping[str, CalendarSpec]
    days: DaySet | None = None
    calendars_of_customers: Mapping[str, str] = Field(default_factory=dict)
    calendars_of_regions: Mapping[str, str] = Field(default_factory=dict)
    ladders: Mapping[str, tuple[Step, ...]] = Field(default_factory=dict)
    policies: tuple[Policy, ...] = Field(min_length=1)
    quiet: Quiet | None = None
    digests: tuple[DigestPlan, ...] = ()

    @field_validator("policies")
    @classmethod
    def _check_names(cls, policies: tuple[Policy, ...]) -> tuple[Policy, ...]:
        names = [policy.name for policy in policies]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"策略名称重复：{'、'.join(twice)}")
        if not any(policy.is_default for policy in policies):
            raise ValueError("缺少默认策略：请保留一条不带任何条件的策略，其他策略都不适用时用它")
        return policies

    @field_validator("digests")
    @classmethod
    def _check_digests(cls, digests: tuple[DigestPlan, ...]) -> tuple[DigestPlan, ...]:
        names = [plan.name for plan in digests]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"日报名称重复：{'、'.join(twice)}")
        for plan in digests:
            if not plan.calendar and not plan.weekdays:
                raise ValueError(
                    f"日报“{plan.name}”要写明 weekdays（1 到 7），或用哪个日历的工作日（calendar）"
                )
            if not set(plan.weekdays) <= set(range(1, 8)):
                raise ValueError(f"日报“{plan.name}”的 weekdays 只能是 1（周一）到 7（周日）")
        return digests

    @field_validator("ladders")
    @classmethod
    def _check_ladders(cls, ladders: Mapping[str, tuple[Step, ...]]) -> Mapping[str, tuple[Step, ...]]:
        for name, steps in ladders.items():
            moments = [step.at for step in steps]
            if twice := sorted({at for at in moments if moments.count(at) > 1}):
                raise ValueError(f"升级阶梯“{name}”里 {'、'.join(twice)} 出现了两次，请合并成一级")
        return ladders

    @model_validator(mode="after")
    def _check_references(self) -> Self:
        wanted = [policy.calendar for policy in self.policies]
        wanted += [plan.calendar for plan in self.digests if plan.calendar]
        wanted += [*self.calendars_of_customers.values(), *self.calendars_of_regions.values()]
        for name in wanted:
            if name not in self.calendars:
                raise ValueError(f"没有名为“{name}”的日历，已有：{'、'.join(self.calendars)}")
        for policy in self.policies:
            for kind, target in policy.targets.items():
                if target.ladder and target.ladder not in self.ladders:
                    known = "、".join(self.ladders) or "无"
                    raise ValueError(
                        f"策略“{policy.name}”的 {kind} 用到的升级阶梯“{target.ladder}”不存在，已有：{known}"
                    )
        return self

    def steps(self, policy: str, kind: str) -> tuple[Step, ...]:
        """Return the ladder of one of a policy's limits; empty where the policy or the limit is gone."""
        for one in self.policies:
            if one.name == policy and kind in one.targets:
                return self.ladders.get(one.targets[kind].ladder, ())
        return ()
