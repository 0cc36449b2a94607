"""How often a gateway that will not have us is asked."""

from adapters.dingtalk.pace import Pace


def test_a_healthy_connection_is_followed_at_once():
    pace = Pace()

    assert pace.failures_after(5, lived_s=31.0) == 0
    assert pace.delay_s(0) == 0.0


def test_a_connection_that_closes_at_once_is_a_failure():
    assert Pace().failures_after(2, lived_s=0.2) == 3


def test_the_waits_double_up_to_a_minute():
    waits = [Pace().delay_s(failures, jitter=lambda: 1.0) for failures in range(1, 9)]

    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]


def test_jitter_takes_away_at_most_half():
    assert Pace().delay_s(4, jitter=lambda: 0.0) == 4.0


def test_thirty_seconds_of_refusals_are_a_handful_of_opens():
    pace, clock, opens = Pace(), 0.0, 0

    while clock < 30.0:
        opens += 1
        clock += pace.delay_s(opens, jitter=lambda: 0.0)

    assert opens <= 7


def test_a_million_failures_are_still_a_minute_apart():
    assert Pace().delay_s(1_000_000, jitter=lambda: 1.0) == 60.0
