"""The board: what is late, what belongs to today, which appointments overlap."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from domain.workorder.board import BoardLine, Day, belongs_to_day, in_order_of_day
from domain.workorder.status import Status
from tests.support.builders import AT, LI

HOUR = timedelta(hours=1)
LINE = BoardLine(
    work_order_id=UUID(int=1),
    number="WO-20261124-0001",
    version=1,
    status=Status.ACCEPTED,
    priority="P3",
    type="repair",
    fault="不制冷",
    customer="沪冷物流",
    region="",
    owner_id=LI,
    owner="李强",
    hold_reason="",
    since=AT,
    created_at=AT,
    eta_at=None,
    completed_at=None,
    appointment_from=None,
    appointment_to=None,
    estimated_min=None,
    due_at=None,
)


def job(number: int, begins: datetime, hours: int = 2, status: Status = Status.ACCEPTED) -> BoardLine:
    """Return a job with an appointment."""
    ends = begins + hours * HOUR
    return replace(
        LINE, work_order_id=UUID(int=number), appointment_from=begins, appointment_to=ends, status=status
    )


def test_a_limit_that_is_over_makes_it_late():
    assert replace(LINE, due_at=AT - HOUR).late(AT)
    assert not replace(LINE, due_at=AT + HOUR).late(AT)


def test_standing_too_long_makes_it_late_without_a_limit():
    assert not LINE.late(AT + 4 * HOUR)
    assert LINE.late(AT + 4 * HOUR + timedelta(seconds=1))


def test_appointments_that_overlap_clash_and_neighbours_do_not():
    jobs = [job(1, AT), job(2, AT + HOUR), job(3, AT + 3 * HOUR)]

    day = Day(LI, "李强", "", 0, jobs)

    assert day.clashes() == {UUID(int=1), UUID(int=2)}


def test_what_is_done_clashes_with_nothing_and_is_no_load():
    day = Day(LI, "李强", "", 0, [job(1, AT), job(2, AT, status=Status.COMPLETED)])

    assert (day.clashes(), day.open_jobs) == (frozenset(), 1)


def test_a_later_appointment_is_no_work_of_today():
    assert belongs_to_day(LINE, AT)
    assert belongs_to_day(job(1, AT - 48 * HOUR), AT)
    assert not belongs_to_day(job(1, AT + 48 * HOUR), AT)


def test_only_what_was_done_today_stays_in_the_day():
    done = replace(LINE, status=Status.COMPLETED, completed_at=AT)

    assert belongs_to_day(done, AT)
    assert not belongs_to_day(done, AT + 24 * HOUR)


def test_the_day_goes_by_appointment_and_then_by_urgency():
    late, early = job(1, AT + HOUR), job(2, AT)
    urgent, ordinary = replace(LINE, priority="P1"), LINE

    found = sorted([ordinary, late, urgent, early], key=in_order_of_day)

    assert found == [early, late, urgent, ordinary]
