"""A calendar as it is written down: what is read, what is refused and why, what is remarked on."""

from datetime import date

import pytest
from pydantic import ValidationError

from domain.engine.calendar import CalendarSpec, DayRange, DaySet, Window, missing_years, remarks
from tests.support.calendars import DAYS_2026, OFFICE_WEEK


def spec(**fields) -> CalendarSpec:
    return CalendarSpec.model_validate({"weekly": OFFICE_WEEK, **fields})


@pytest.mark.parametrize(
    ("written", "opens_s", "closes_s"),
    [
        (["09:00", "12:00"], 32400, 43200),
        (["9:00", "12:00:30"], 32400, 43230),
        (["00:00", "24:00"], 0, 86400),
        (["22:00", "06:00"], 79200, 108000),
        (["22:00", "00:00"], 79200, 86400),
        (["09:00", "09:00"], 32400, 32400),
    ],
)
def test_a_window_is_read(written, opens_s, closes_s):
    window = Window.model_validate(written)

    assert (window.opens_s, window.closes_s) == (opens_s, closes_s)


@pytest.mark.parametrize(
    "written", [["25:00", "26:00"], ["24:00", "06:00"], ["09:60", "10:00"], ["九点", "10:00"], [9, []]]
)
def test_a_time_that_does_not_exist_is_refused_with_an_example(written):
    with pytest.raises(ValidationError, match="要写成 09:00"):
        Window.model_validate(written)


@pytest.mark.parametrize("written", ["09:00-12:00", ["09:00"], 9, {"opens_s": 9, "closes_s": 100_000_000}])
def test_what_is_no_window_is_refused(written):
    with pytest.raises(ValidationError, match="时段"):
        Window.model_validate(written)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"weekly": [[]]}, "七天"),
        ({"weekly": {"monday": []}}, "不认识的星期“monday”"),
        ({"makeup_uses": 7}, "0（周一）到 6（周日）"),
        ({"zone": "Asia/Peking"}, "不认识的时区“Asia/Peking”"),
        ({"zone": "../etc/passwd"}, "不认识的时区"),
        ({"first_year": 2027, "last_year": 2026}, "结束早于开始"),
    ],
)
def test_a_wrong_calendar_is_refused_in_words(fields, said):
    with pytest.raises(ValidationError, match=said):
        spec(**fields)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"closed": ["2026-02-30"]}, "日期“2026-02-30”不对"),
        ({"closed": ["2026-02-03..2026-02-01"]}, "结束早于开始"),
        ({"makeup": ["四月"]}, "日期“四月”不对"),
        ({"makeup": 5}, "makeup"),
        ({"fixed_by_law_when_year_missing": ["1-1"]}, "月-日"),
        ({"fixed_by_law_when_year_missing": ["13-01"]}, "日期“2000-13-01”不对"),
    ],
)
def test_wrong_days_are_refused_in_words(fields, said):
    with pytest.raises(ValidationError, match=said):
        DaySet.model_validate(fields)


def test_a_calendar_and_its_days_survive_being_written():
    week = spec(weekly={"fri": [["22:00", "06:00"]], "sat": [["00:00", "24:00"], ["08:00:30", "09:00"]]})

    assert CalendarSpec.model_validate_json(week.model_dump_json()) == week
    assert DaySet.model_validate_json(DAYS_2026.model_dump_json()) == DAYS_2026


def test_a_range_is_cut_to_a_year():
    new_year = DayRange.model_validate("2026-12-31..2027-01-02")

    assert new_year.days_in(2026) == [date(2026, 12, 31)]
    assert new_year.days_in(2027) == [date(2027, 1, 1), date(2027, 1, 2)]
    assert new_year.days_in(2028) == []


def test_a_leap_day_fixed_by_law_is_left_out_of_other_years():
    days = DaySet(fixed_by_law_when_year_missing=("02-29",))

    assert days.closed_in(2027) == set()
    assert days.closed_in(2028) == {date(2028, 2, 29)}


def test_newer_years_replace_the_same_years_only():
    newer = DaySet.model_validate({"closed": ["2026-01-01", "2027-01-01"], "years_loaded": [2026, 2027]})
    older = DaySet.model_validate(
        {"closed": ["2025-01-01", "2026-01-02"], "makeup": ["2026-01-04"], "years_loaded": [2025, 2026]}
    )

    both = older.with_years_of(newer)

    assert [one.written() for one in both.closed] == ["2025-01-01", "2026-01-01", "2027-01-01"]
    assert both.makeup == ()
    assert both.years_loaded == (2025, 2026, 2027)


@pytest.mark.parametrize(
    ("on", "missing"),
    [(date(2026, 10, 31), ()), (date(2026, 11, 1), (2027,)), (date(2027, 11, 1), (2027, 2028))],
)
def test_next_year_is_missed_from_november_on(on, missing):
    assert missing_years(DAYS_2026, on) == missing


@pytest.mark.parametrize(
    ("weekly", "said"),
    [
        ({"mon": [["12:00", "18:00"], ["09:00", "13:00"]]}, "周一 09:00–13:00 与 12:00–18:00 重叠"),
        ({"fri": [["20:00", "04:00"]], "sat": [["02:00", "10:00"]]}, "周五 跨夜的时段与第二天的时段重叠"),
        ({"sun": [["20:00", "04:00"]], "mon": [["02:00", "10:00"]]}, "周日 跨夜的时段与第二天的时段重叠"),
        ({"mon": [["09:00", "09:00"], ["10:00", "11:00"]]}, "周一 09:00–09:00 长度为零"),
        ({}, "没有任何工作时段"),
    ],
)
def test_an_editor_is_told_what_may_not_be_meant(weekly, said):
    assert [line for line in remarks(spec(weekly=weekly), DAYS_2026) if said in line]


def test_an_editor_is_told_of_odd_make_up_days():
    days = DaySet.model_validate(
        {"closed": ["2026-02-14"], "makeup": ["2026-02-14", "2027-02-14"], "years_loaded": [2026]}
    )

    assert remarks(spec(), days) == (
        "2026-02-14 既是假日又是调休上班日，按上班计",
        "2027-02-14 是调休上班日，但 2027 年没有标为已录入",
    )
    assert remarks(spec(holidays=False), days) == ()


def test_an_ordinary_calendar_is_not_remarked_on():
    assert remarks(spec(), DAYS_2026) == ()
