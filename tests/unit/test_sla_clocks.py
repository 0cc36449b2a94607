"""A clock shows what follows from its rulings and pauses, and each step comes once."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain.engine.calendar import BusinessCalendar
from domain.policies.sla_remind import quiet_until
from domain.sla import clocks as rules
from domain.sla.definition import Quiet, SlaDocument
from domain.sla.matching import Applied
from domain.sla.model import SlaClock
from domain.sla.wording import left_words
from tests.support.builders import AT, ORDER
from tests.support.sla import document

DOCUMENT = document()
STEPS = DOCUMENT.steps("标准", "resolution")


def calendars(name: str) -> BusinessCalendar:
    return BusinessCalendar(DOCUMENT.calendars[name], DOCUMENT.days)


def applied(made: SlaDocument = DOCUMENT) -> Applied:
    return Applied(made.policies[-1], "全天候", "默认策略")


def after(minutes: float) -> datetime:
    return AT + timedelta(minutes=minutes)


def started(**changes: Any) -> SlaClock:
    facts = {"at": AT, "attached_at": AT, "by": "system", **changes}
    clock = rules.start(ORDER, "resolution", applied(), 1, **facts)
    rules.plan(clock, calendars, STEPS)
    return clock


def due(clock: SlaClock, minutes: float) -> list[tuple[str, int]]:
    """Return (step, minutes after the start) of what is due."""
    found = rules.due_steps(clock, calendars, STEPS, after(minutes))
    return [(one.step.at, int((one.due_at - AT).total_seconds() // 60)) for one in found]


def test_a_new_clock_is_due_at_its_limit_and_looked_at_at_its_first_step():
    clock = started()

    assert (clock.due_at, clock.next_at) == (after(100), after(80))


def test_missed_steps_are_due_in_order_each_with_its_own_moment():
    assert due(started(), 200) == [("80%", 80), ("100%", 100), ("150%", 150)]


def test_a_step_that_was_fired_is_not_due_again():
    clock = started()
    rules.mark_fired(clock, rules.due_steps(clock, calendars, STEPS, after(85)))
    rules.plan(clock, calendars, STEPS)

    assert due(clock, 99) == [] and clock.next_at == after(100)


def test_a_pause_moves_the_due_moment_and_hides_it_while_it_lasts():
    clock = started()
    rules.pause(clock, "part", after(50), "li")
    rules.plan(clock, calendars, STEPS)
    assert (clock.due_at, clock.next_at) == (None, None)

    rules.resume(clock, after(80), "li")
    rules.plan(clock, calendars, STEPS)

    assert clock.due_at == after(130)


def test_another_limit_keeps_what_was_used_and_the_pause():
    shorter = document(policy={"targets": {"resolution": {"within": "60分钟", "ladder": "处理"}}})
    clock = started()
    rules.pause(clock, "part", after(30), "li")
    rules.resume(clock, after(40), "li")
    rules.retarget(clock, applied(shorter), after(50), "zhao")
    rules.plan(clock, calendars, STEPS)

    assert clock.due_at == after(70) and rules.used_s(clock, calendars, after(50)) == 40 * 60


def test_a_limit_below_what_was_used_is_due_when_it_was_given_and_told_as_one():
    shorter = document(policy={"targets": {"resolution": {"within": "10分钟", "ladder": "处理"}}})
    clock = started()
    rules.retarget(clock, applied(shorter), after(50), "zhao")
    rules.plan(clock, calendars, STEPS)

    found = rules.due_steps(clock, calendars, STEPS, after(50))

    assert clock.due_at == after(50)
    assert [(one.step.at, one.attached) for one in found] == [("80%", True), ("100%", True), ("150%", True)]


def test_a_clock_attached_late_knows_which_steps_it_is_late_for():
    clock = started(attached_at=after(90))

    found = rules.due_steps(clock, calendars, STEPS, after(105))

    assert [(one.step.at, one.attached) for one in found] == [("80%", True), ("100%", False)]


def test_a_clock_is_missed_by_its_first_second_over_the_limit():
    for minutes, over_s, state in ((100, 0, "met"), (100, 1, "missed")):
        clock = started()
        rules.stop(clock, calendars, after(minutes) + timedelta(seconds=over_s), "li")
        rules.plan(clock, calendars, STEPS)
        assert (clock.state, clock.next_at) == (state, None)


def test_what_is_measured_again_and_again_begins_from_nothing():
    clock = started()
    rules.mark_fired(clock, rules.due_steps(clock, calendars, STEPS, after(85)))
    rules.restart(clock, after(90), "li")
    rules.plan(clock, calendars, STEPS)

    assert (clock.episode, clock.fired, clock.due_at) == (2, [], after(190))


def test_a_stopped_clock_that_runs_again_leaves_out_the_time_between():
    clock = started()
    rules.stop(clock, calendars, after(30), "li")
    rules.resume(clock, after(500), "chen")

    assert rules.used_s(clock, calendars, after(510)) == 40 * 60


def test_quiet_hours_wait_for_their_end_but_not_for_danger():
    quiet = Quiet.model_validate({"from": "22:00", "to": "07:00"})
    evening = AT.replace(hour=15)  # 23:00 in China
    morning = AT.replace(hour=22) - timedelta(days=1)  # 06:00 in China

    assert quiet_until(quiet, "P3", evening) == evening + timedelta(hours=8)
    assert quiet_until(quiet, "P3", morning) == morning + timedelta(hours=1)
    assert quiet_until(quiet, "P1", evening) is None
    assert quiet_until(quiet, "P3", AT) is None


def test_time_left_is_told_to_the_minute():
    said = [left_words(left_s) for left_s in (1199, -1, -3599, 7200, 29)]

    assert said == ["还剩 20分", "时限已到", "已超时 1小时", "还剩 2小时", "时限已到"]


def test_every_clock_has_a_name_of_its_own():
    assert isinstance(started().id, UUID) and started().id != started().id
