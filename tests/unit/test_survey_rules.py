"""What may be rated, until when it may be corrected, and who is asked afterwards."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from domain.survey import rules
from domain.survey.errors import (
    AlreadyRated,
    FollowedUpTooEarly,
    FollowUpChanged,
    FollowUpDone,
    RatedTooEarly,
    ScoreOutOfRange,
)
from domain.survey.ports import Job
from tests.support.builders import AT, NUMBER

JOB = Job(NUMBER, AT)


@dataclass
class Earlier:
    """A rating that was given before."""

    score: int = 3
    rated_at: datetime = AT


@dataclass
class Task:
    """A follow-up."""

    done_at: datetime | None = None
    version: int = 2
    attempts: int = 0


@pytest.mark.parametrize("score", range(1, 6))
def test_one_to_five_is_taken(score: int):
    rules.may_rate(JOB, None, score, AT)


@pytest.mark.parametrize("score", [-1, 0, 6, 11, 10**40])
def test_any_other_score_is_refused_with_the_range(score: int):
    with pytest.raises(ScoreOutOfRange, match="score_out_of_range") as refusal:
        rules.may_rate(JOB, None, score, AT)

    assert "1 到 5" in refusal.value.message


def test_work_that_is_not_accepted_is_not_rated():
    with pytest.raises(RatedTooEarly):
        rules.may_rate(Job(NUMBER, None), None, 5, AT)


def test_a_rating_is_corrected_within_ten_minutes():
    rules.may_rate(JOB, Earlier(), 5, AT + timedelta(minutes=10))


def test_a_second_rating_later_is_refused():
    with pytest.raises(AlreadyRated):
        rules.may_rate(JOB, Earlier(), 5, AT + timedelta(minutes=10, seconds=1))


def test_work_that_was_accepted_anew_is_rated_anew():
    again = Job(NUMBER, AT + timedelta(days=2))

    rules.may_rate(again, Earlier(), 5, AT + timedelta(days=3))


@pytest.mark.parametrize(("score", "low"), [(1, True), (2, True), (3, False), (5, False)])
def test_one_and_two_are_low(score: int, low: bool):
    assert rules.is_low(score) is low


def test_a_finished_follow_up_is_not_finished_again():
    with pytest.raises(FollowUpDone):
        rules.may_finish(Task(done_at=AT), NUMBER, None)


def test_a_press_on_an_older_follow_up_card_is_refused():
    with pytest.raises(FollowUpChanged):
        rules.may_finish(Task(), NUMBER, 1)


def test_words_carry_no_version():
    rules.may_finish(Task(), NUMBER, None)


def test_nobody_is_asked_about_work_that_is_not_accepted():
    with pytest.raises(FollowedUpTooEarly):
        rules.may_follow_up(Job(NUMBER, None))


@pytest.mark.parametrize(("attempts", "again"), [(0, True), (1, True), (2, False)])
def test_the_third_call_without_an_answer_is_the_last(attempts: int, again: bool):
    assert rules.is_put_off(Task(attempts=attempts)) is again


def test_whoever_has_the_fewest_open_follow_ups_is_asked():
    one, two, three = (UUID(int=number) for number in (1, 2, 3))

    assert rules.least_busy({three: 1, two: 0, one: 0}) == one
    assert rules.least_busy({}) is None
