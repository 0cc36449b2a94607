"""A second report of one fault is recognised; a similar one of another thing is not."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bench.duplicates import load_pairs
from domain.intake.duplicates import DuplicateRule, Report, is_duplicate, likeness

AT = datetime(2026, 11, 23, 1, 12, tzinfo=UTC)
FIRST = Report(
    at=AT,
    customer="和美花园物业",
    asset="EL-0231",
    device_type="电梯",
    address="和美花园3幢1单元",
    phone="13805810231",
    text="3幢1单元电梯门关不上",
    status="open",
)
NEIGHBOUR = Report(
    at=AT + timedelta(minutes=36),
    device_type="电梯",
    address="和美花园3幢",
    phone="15967120088",
    text="我住3幢1单元的，电梯门合到一半又弹开",
)
LABELLED = Path(__file__).parents[1] / "data"


def test_a_neighbour_s_report_of_the_same_lift_is_a_duplicate():
    assert is_duplicate(FIRST, NEIGHBOUR)


@pytest.mark.parametrize(
    "other",
    [
        {"address": "和美花园5幢", "text": "5幢电梯门关不上"},
        {"device_type": "门禁", "text": "门禁刷卡没反应"},
        {"asset": "EL-0232"},
        {"address": "翡翠城3幢", "customer": "翡翠城物业"},
    ],
)
def test_another_place_or_thing_is_none(other: dict[str, str]):
    assert not is_duplicate(FIRST, NEIGHBOUR.model_copy(update=other))


def test_another_fault_of_the_same_thing_is_none():
    second = FIRST.model_copy(update={"text": "轿厢里的灯坏了两个，跟门的事是两码事"})

    assert not is_duplicate(FIRST, second)


def test_a_fault_closed_long_ago_has_come_back():
    closed = FIRST.model_copy(update={"status": "closed", "at": AT - timedelta(days=20)})

    assert not is_duplicate(closed, NEIGHBOUR)
    assert is_duplicate(closed, NEIGHBOUR, DuplicateRule(closed_within_h=24 * 30))


def test_a_report_is_like_itself():
    assert likeness(FIRST, FIRST) > 0.8


def test_reports_without_anything_in_common_are_not_alike():
    assert likeness(Report(at=AT), Report(at=AT)) == 0


def test_a_fault_that_is_back_after_its_repair_is_the_same():
    closed = FIRST.model_copy(update={"status": "closed"})
    back = FIRST.model_copy(update={"at": AT + timedelta(hours=9), "text": "昨天修过的又不行了"})

    assert is_duplicate(closed, back)
    assert not is_duplicate(FIRST, back)


@pytest.mark.parametrize(
    ("first", "second"),
    [("四号机又停了", "另一台五号机停了"), ("303出热风", "308包厢也吹热风了")],
)
def test_another_machine_of_the_same_customer_is_none(first: str, second: str):
    named = FIRST.model_copy(update={"asset": "AC-303", "text": first, "device_type": "空调"})
    other = NEIGHBOUR.model_copy(update={"text": second, "device_type": "空调"})

    assert not is_duplicate(named, other)


@pytest.mark.parametrize("file", ["duplicates_zh.jsonl", "duplicates_fresh_zh.jsonl"])
def test_most_labelled_pairs_are_decided_rightly(file: str):
    pairs = load_pairs(LABELLED / file, "rules")

    right = [pair for pair in pairs if is_duplicate(pair.first, pair.second) is pair.duplicate]

    assert len(right) >= 0.9 * len(pairs)


def test_second_reports_that_no_rule_was_written_on_are_found_and_hardly_ever_wrongly():
    pairs = load_pairs(LABELLED / "duplicates_fresh_zh.jsonl", "report")

    found = [pair for pair in pairs if is_duplicate(pair.first, pair.second)]

    right = sum(pair.duplicate for pair in found)
    assert right / len(found) >= 0.95
    assert 2 * right / (len(found) + sum(pair.duplicate for pair in pairs)) >= 0.9
