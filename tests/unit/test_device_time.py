"""The clock of a phone that had no network: believed, put right, or not believed."""

from datetime import timedelta

import pytest

from domain.policies.device_time import CLOCKS_DIFFER, claimed_time, is_doubtful, said_late
from domain.workorder.status import Status
from tests.support.builders import AT, work_order

LATER = AT + timedelta(hours=2)
SECOND = timedelta(seconds=1)


def test_a_time_between_the_step_before_and_now_is_believed():
    order = work_order(Status.ACCEPTED)
    said = order.status_since + timedelta(minutes=40)

    assert claimed_time(order, said, LATER) == said


@pytest.mark.parametrize("off", [-CLOCKS_DIFFER, -SECOND])
def test_a_little_before_the_step_before_is_at_the_step_before(off: timedelta):
    order = work_order(Status.ACCEPTED)

    assert claimed_time(order, order.status_since + off, LATER) == order.status_since


@pytest.mark.parametrize("off", [SECOND, CLOCKS_DIFFER])
def test_a_little_after_now_is_now(off: timedelta):
    assert claimed_time(work_order(Status.ACCEPTED), LATER + off, LATER) == LATER


@pytest.mark.parametrize("off", [timedelta(days=-365), timedelta(days=1)])
def test_a_phone_of_another_day_is_not_believed(off: timedelta):
    order = work_order(Status.ACCEPTED)

    assert claimed_time(order, LATER + off, LATER) is None
    assert is_doubtful(order, LATER + off, LATER)


def test_a_phone_that_says_nothing_is_not_doubted():
    order = work_order(Status.ACCEPTED)

    assert claimed_time(order, None, LATER) is None
    assert not is_doubtful(order, None, LATER)
    assert not said_late(None, LATER)


@pytest.mark.parametrize(("ago_s", "late"), [(5, False), (600, True)])
def test_only_what_was_said_a_while_ago_is_told_with_its_time(ago_s: int, late: bool):
    assert said_late(LATER - timedelta(seconds=ago_s), LATER) is late
