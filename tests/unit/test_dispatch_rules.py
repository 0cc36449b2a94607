"""Which rule fits, and who is asked in which order; the same facts always give the same answer."""

from collections.abc import Sequence
from itertools import permutations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dispatching.model import DispatchRule
from domain.dispatching.rules import DispatchMode, Facts, knows, match_rule, needed, rank
from domain.people.ports import Technician
from tests.support.builders import LI, QIAN, WANG

FACTS = Facts(
    type="repair", customer_level="金牌", region="华东", asset_kinds=("chiller", "冷藏机组"), priority="P2"
)


def rule(position: int = 1, **conditions: object) -> DispatchRule:
    values = {"type": "", "customer_level": "", "region": "", "asset_kind": "", "priority": "", "skill": ""}
    name = f"规则{position}"
    return DispatchRule(position=position, name=name, mode="auto", **(values | conditions))


def matched(*rules: DispatchRule, facts: Facts = FACTS, true: Sequence[str] = ()) -> DispatchRule | None:
    """Return the rule that fits where just these formulas hold."""
    return match_rule(facts, rules, true.__contains__)


def technician(person_id: UUID, name: str, region: str = "", jobs: int = 0, *skills: str) -> Technician:
    return Technician(person_id, name, region, jobs, skills)


@pytest.mark.parametrize(
    "conditions",
    [
        {},
        {"type": "repair"},
        {"type": "complaint;repair"},
        {"customer_level": "金牌"},
        {"customer_level": " 金牌 "},
        {"region": "华东"},
        {"region": "华南；华东"},
        {"asset_kind": "冷藏机组"},
        {"asset_kind": "CHILLER"},
        {"priority": "P1;P2"},
        {"type": "repair", "customer_level": "金牌", "region": "华东", "priority": "P2"},
    ],
)
def test_a_rule_fits_when_every_condition_does(conditions):
    assert matched(rule(**conditions)) is not None


@pytest.mark.parametrize(
    "conditions",
    [
        {"type": "complaint"},
        {"customer_level": "银牌"},
        {"region": "华南"},
        {"asset_kind": "电梯"},
        {"priority": "P1"},
        {"type": "repair", "priority": "P1"},
    ],
)
def test_one_condition_that_does_not_fit_is_enough(conditions):
    assert matched(rule(**conditions)) is None


def test_a_region_is_no_region_s():
    nowhere = Facts(type="repair", customer_level="", region="", asset_kinds=(), priority="P3")

    assert matched(rule(region="华东"), facts=nowhere) is None


def test_the_lowest_position_wins_in_whatever_order_they_are_listed():
    rules = [rule(3), rule(1, region="华南"), rule(2, region="华东")]

    assert {found.position for some in permutations(rules) if (found := matched(*some))} == {2}


def test_no_rules_fit_nothing():
    assert matched() is None


def test_a_formula_must_hold_beside_the_other_conditions():
    urgent = rule(when="紧急", region="华东")

    assert matched(urgent, true=["紧急"]) is urgent
    assert matched(urgent) is None
    assert matched(rule(when="紧急", region="华南"), true=["紧急"]) is None


def test_a_formula_changes_nothing_in_the_order_of_precedence():
    first, second, last = rule(1, when="甲"), rule(2, when="乙"), rule(3)

    for some in permutations((first, second, last)):
        assert matched(*some, true=["甲", "乙"]) is first
        assert matched(*some, true=["乙"]) is second
        assert matched(*some) is last


def test_a_formula_is_asked_about_only_where_it_decides():
    asked: list[str] = []
    rules = [rule(1, when="甲", region="华南"), rule(2, when="乙"), rule(3), rule(4, when="丙")]

    def holds(text: str) -> bool:
        asked.append(text)
        return False

    assert match_rule(FACTS, rules, holds) is rules[2]
    assert asked == ["乙"]


def test_a_mode_is_read_as_its_enumeration():
    assert rule().how is DispatchMode.AUTO


@pytest.mark.parametrize(("skill", "known"), [("制冷", True), ("", True), (" 制冷", True), ("电气", False)])
def test_a_skill_is_had_or_not(skill: str, known: bool):
    assert knows(technician(LI, "李强", "", 0, "制冷", "ＰＬＣ"), skill) is known


def test_a_skill_is_the_same_however_it_is_written():
    assert knows(technician(LI, "李强", "", 0, "ＰＬＣ"), "plc")


@pytest.mark.parametrize("skills", [["高级"], ["制冷", "专家"]])
def test_a_level_is_had_by_whoever_has_it_or_a_higher_one(skills: list[str]):
    assert knows(technician(LI, "李强", "", 0, *skills), "高级")


@pytest.mark.parametrize("skills", [[], ["制冷"], ["初级"], ["中级"]])
def test_a_level_is_not_had_by_whoever_is_below_it(skills: list[str]):
    assert not knows(technician(LI, "李强", "", 0, *skills), "高级")


@pytest.mark.parametrize(
    ("skill", "told", "why"),
    [
        ("制冷", "会“制冷”", "不限区域，会制冷，手上 0 单"),
        ("高级", "“高级”及以上", "不限区域，高级及以上，手上 0 单"),
    ],
)
def test_what_is_needed_reads_as_a_skill_or_as_a_level(skill: str, told: str, why: str):
    (found,) = rank([technician(LI, "李强", "", 0, skill)], region="", asked=(), skill=skill)

    assert (needed(skill), found.reason) == (told, why)


def test_a_needed_skill_is_never_waived():
    near, able = technician(LI, "李强", "华东"), technician(WANG, "王芳", "华南", 9, "制冷")

    assert [one.technician_id for one in rank([near, able], region="华东", asked=(), skill="制冷")] == [WANG]


def test_whoever_did_it_before_is_asked_first():
    near, before = technician(LI, "李强", "华东"), technician(WANG, "王芳", "华南", 9)

    found = rank([near, before], region="华东", asked=(), previous=WANG)

    assert [one.technician_id for one in found] == [WANG, LI]
    assert found[0].reason == "上次由其处理，跨区域，手上 9 单"


def test_whoever_did_it_before_still_needs_the_skill():
    found = rank([technician(LI, "李强")], region="", asked=(), skill="制冷", previous=LI)

    assert found == []


def test_namesakes_with_the_same_load_have_an_order_too():
    twins = [technician(one, "李强", "华东") for one in (QIAN, LI, WANG)]

    orders = {
        tuple(one.technician_id for one in rank(some, region="华东", asked=()))
        for some in permutations(twins)
    }

    assert orders == {(LI, WANG, QIAN)}


people = st.builds(
    Technician,
    person_id=st.uuids(),
    name=st.sampled_from(["李强", "王芳", "孙浩"]),
    region=st.sampled_from(["", "华东", "华南", "华东;华南"]),
    open_jobs=st.integers(0, 3),
    open_minutes=st.sampled_from([0, 60, 90]),
    skills=st.sampled_from([(), ("制冷",), ("制冷", "电气")]),
)


@given(st.lists(people, max_size=6, unique_by=lambda one: one.person_id), st.randoms())
def test_the_same_facts_give_the_same_order(some: list[Technician], chance):
    shuffled = list(some)
    chance.shuffle(shuffled)

    asked = {some[0].person_id} if some else set()
    first, second = (rank(each, region="华东", asked=asked, skill="制冷") for each in (some, shuffled))

    assert first == second
    assert not asked & {one.technician_id for one in first}
