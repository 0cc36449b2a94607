"""Whom the pool rule asks next."""

from itertools import permutations

import pytest

from domain.dispatching.rules import choose
from domain.people.ports import Technician
from tests.support.builders import LI, QIAN, WANG


def li(region: str = "", open_jobs: int = 0) -> Technician:
    return Technician(LI, "李强", region, open_jobs)


def wang(region: str = "", open_jobs: int = 0) -> Technician:
    return Technician(WANG, "王芳", region, open_jobs)


def chosen(*technicians: Technician, region: str = "浦东", asked=()):
    choice = choose(technicians, region=region, asked=asked)
    return choice.technician_id if choice else None


def test_the_own_region_beats_fewer_jobs():
    assert chosen(li("浦东", 9), wang("浦西", 0)) == LI


def test_no_region_beats_another_region():
    assert chosen(li("浦西", 0), wang("", 9)) == WANG


def test_among_equals_the_fewest_open_jobs_are_asked():
    assert chosen(li("浦东", 2), wang("浦东", 1)) == WANG


def test_among_full_equals_the_order_of_listing_does_not_matter():
    equals = (li("浦东", 1), wang("浦东", 1), Technician(QIAN, "钱进", "浦东", 1))

    assert len({chosen(*order) for order in permutations(equals)}) == 1


def test_a_technician_who_was_asked_is_not_asked_again():
    assert chosen(li("浦东"), wang("浦西"), asked={LI}) == WANG


def test_nobody_is_left_when_all_were_asked():
    assert chosen(li(), wang(), asked={LI, WANG}) is None


def test_nobody_is_left_when_there_is_nobody():
    assert chosen() is None


def test_another_region_is_better_than_nobody():
    assert chosen(wang("浦西")) == WANG


@pytest.mark.parametrize("regions", ["浦西;浦东", "浦西； 浦东", "上海浦东新区", "浦"])
def test_one_of_several_regions_or_part_of_one_is_enough(regions: str):
    assert chosen(li(regions, 9), wang("浦西", 0)) == LI


@pytest.mark.parametrize("regions", ["", " ", ";", "；"])
def test_a_technician_without_a_region_serves_all(regions: str):
    choice = choose([li(regions)], region="浦东", asked=())

    assert choice is not None
    assert choice.reason == "不限区域，手上 0 单"


def test_a_work_order_without_a_region_is_near_nobody():
    assert chosen(li("浦东", 2), wang("浦西", 1), region="") == WANG


@pytest.mark.parametrize(("theirs", "word"), [("浦东", "同区域"), ("", "不限区域"), ("浦西", "跨区域")])
def test_the_reason_is_told_in_words(theirs: str, word: str):
    choice = choose([li(theirs, 3)], region="浦东", asked=())

    assert choice is not None
    assert choice.reason == f"{word}，手上 3 单"


def test_as_many_jobs_that_take_less_time_come_first():
    busy = Technician(LI, "李强", "浦东", 2, open_minutes=240)
    free = Technician(WANG, "王芳", "浦东", 2, open_minutes=90)

    assert chosen(busy, free) == WANG


def test_fewer_jobs_count_before_their_time():
    assert chosen(Technician(LI, "李强", "浦东", 1, open_minutes=600), wang("浦东", 2)) == LI
