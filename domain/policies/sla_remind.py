"""A step becomes reminders: to whoever works on it, to the desk, to their superiors."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.kernel.localtime import CHINA
from domain.kernel.notices import DESK, Notice, person_audience
from domain.policies.ports import EveryUnitOfWork
from domain.policies.sla_audience import Superiors, holder
from domain.policies.views import customer_name, fault_shown
from domain.sla import clocks as clock_rules
from domain.sla.definition import Quiet
from domain.sla.model import SlaClock
from domain.sla.ports import Published
from domain.sla.steps import Do
from domain.sla.views import ReminderView
from domain.sla.wording import kind_label, left_words
from domain.workorder.model import WorkOrder
from domain.workorder.status import UNASSIGNED, Action, Status

ESCALATIONS = {Do.ESCALATE_1: 1, Do.ESCALATE_2: 2, Do.ESCALATE_3: 3}
RANK = {"P1": 20, "P2": 10, "P3": 0, "P4": -10}
"""How urgent a reminder is; above nothing it is called urgent."""
WARNS = 5
"""How much less urgent a work order is whose limit is still to come."""


@dataclass(frozen=True)
class Told:
    """What is told of one clock at one moment.

    Args:
        missed: when the steps were due, where that is more than a minute ago.
        raised_to: the priority that the step raised it to; may be empty.
    """

    order: WorkOrder
    clock: SlaClock
    published: Published
    at: datetime
    missed: tuple[datetime, ...] = ()
    raised_to: str = ""


def remind(told: Told, wanted: Iterable[Do], superiors: Superiors, uow: EveryUnitOfWork) -> None:
    """Owe everybody whom the steps name one reminder, however many of them name the same person."""
    levels: dict[str, int] = {}
    for do in wanted:
        for audience, level in _audiences(told.order, do, superiors):
            levels[audience] = max(level, levels.get(audience, 0))
    owe_reminders(told, levels, superiors, uow)


def owe_reminders(told: Told, levels: Mapping[str, int], superiors: Superiors, uow: EveryUnitOfWork) -> None:
    """Owe each audience one reminder at its level; none is sent any more once the clock has stopped."""
    if not levels:
        return
    order, clock = told.order, told.clock
    view = _view(told, uow)
    shown = view.model_dump(mode="json")
    moment = f"{','.join(clock.fired)}:{told.at.isoformat()}"
    for audience, level in levels.items():
        personal = audience != DESK
        own = {"level": level, "personal": personal, "actions": _actions(order, audience)}
        uow.notify(
            Notice(
                audience=audience,
                card="reminder",
                view=shown | own,
                dedupe_key=f"sla:{clock.id}:{clock.episode}:{moment}:{audience}"[-200:],
                subject_id=order.id,
                line=_line(view),
                urgency=RANK.get(order.priority, 0) - (WARNS if view.left_s > 0 else 0),
                not_before=quiet_until(told.published.document.quiet, order.priority, told.at),
                only_while=f"sla:{clock.id}:{clock.episode}",
                mentions=() if personal else _mentions(order, superiors),
            )
        )


def quiet_until(quiet: Quiet | None, priority: str, at: datetime) -> datetime | None:
    """Return when the quiet hours end that a moment lies in, or None where people may be called."""
    if quiet is None or priority in quiet.except_priorities:
        return None
    there = at.astimezone(CHINA)
    now, begins, ends = f"{there:%H:%M}", quiet.from_, quiet.to
    over_midnight = ends <= begins
    inside = now >= begins or now < ends if over_midnight else begins <= now < ends
    if not inside:
        return None
    hour, minute = map(int, ends.split(":"))
    end = there.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return end + timedelta(days=1) if over_midnight and now >= begins else end


def _audiences(order: WorkOrder, do: Do, superiors: Superiors) -> list[tuple[str, int]]:
    if do is Do.POST_GROUP:
        return [(DESK, 0)]
    if do is Do.REMIND_ASSIGNEE and (person_id := holder(order)) is not None:
        return [(person_audience(str(person_id)), 0)]
    level = ESCALATIONS.get(do, 0)
    return [(audience, level) for audience in superiors.audiences(max(1, level), order.region)]


def _view(told: Told, uow: EveryUnitOfWork) -> ReminderView:
    """Return what all readers see; their level and what they can do is added for each."""
    order, clock = told.order, told.clock
    used_s = clock_rules.used_s(clock, told.published.calendars, told.at)
    return ReminderView(
        work_order_id=order.id,
        version=order.version,
        clock_id=clock.id,
        episode=clock.episode,
        number=order.number,
        status=order.status,
        priority=order.priority,
        kind=clock.kind,
        due_at=clock.due_at,
        at=told.at,
        left_s=(clock.target_s or 0) - used_s,
        fault=fault_shown(order.description),
        customer_name=customer_name(order, uow),
        assignee_name=uow.name_of(order.assignee_id) if holder(order) is not None else "",
        reason=f"{clock.policy}（{clock.reason}）",
        missed=told.missed,
        raised_to=told.raised_to,
    )


def _actions(order: WorkOrder, audience: str) -> list[str]:
    """Return what a reader can do at once: who was asked accepts, the desk names somebody."""
    if order.state is Status.OFFERED and audience == person_audience(str(order.assignee_id)):
        return [Action.ACCEPT.value]
    return [Action.OFFER.value] if order.state in UNASSIGNED and audience != DESK else []


def _line(view: ReminderView) -> str:
    who = view.assignee_name or "待派"
    what = f"{kind_label(view.kind)}{left_words(view.left_s)}"
    return f"{view.number}【{view.priority}】{what}，{view.customer_name}（{who}）"


def _mentions(order: WorkOrder, superiors: Superiors) -> tuple[str, ...]:
    people = [str(one.id) for one in superiors.at(1, order.region)]
    return tuple(dict.fromkeys([*([str(order.assignee_id)] if holder(order) else []), *people]))
