"""When a refused delivery is tried again."""

from datetime import timedelta

import pytest

from adapters.delivery.ports import DeliveryError, Failure
from adapters.delivery.retry import LONGEST_PAUSE_S, next_attempt
from tests.support.builders import AT


def pause_s(failure: Failure, attempts: int, retry_after_s: float = 0.0) -> float:
    moment = next_attempt(DeliveryError("code", failure, retry_after_s), attempts, AT)
    assert moment is not None
    return (moment - AT).total_seconds()


def test_a_platform_that_is_down_is_asked_at_doubling_pauses():
    assert [pause_s(Failure.TEMPORARY, attempts) for attempts in range(1, 6)] == [1, 2, 4, 8, 16]


@pytest.mark.parametrize("attempts", [10, 17, 1_000_000])
def test_the_pause_never_grows_beyond_five_minutes(attempts: int):
    assert pause_s(Failure.TEMPORARY, attempts) == LONGEST_PAUSE_S == 300


def test_a_limit_is_waited_out_even_when_it_is_long():
    assert pause_s(Failure.LIMITED, 1, retry_after_s=3600) == 3600


def test_a_short_limit_does_not_shorten_the_back_off():
    assert pause_s(Failure.LIMITED, 6, retry_after_s=1) == 32


@pytest.mark.parametrize("attempts", [1, 50])
def test_a_rung_that_never_takes_it_is_not_tried_again(attempts: int):
    assert next_attempt(DeliveryError("45033", Failure.PERMANENT, 60), attempts, AT) is None


def test_the_moment_is_counted_from_now():
    assert next_attempt(DeliveryError("x", Failure.TEMPORARY), 1, AT) == AT + timedelta(seconds=1)


def test_an_error_says_code_and_meaning_but_nothing_more():
    assert str(DeliveryError("45009", Failure.LIMITED)) == "45009 limited"
