"""Mainland China's days, compared with the State Council's notices for 2025 and 2026."""

from datetime import date

import pytest

from adapters.calendars.mainland import YEAR_FILE, days_of_library, mainland_china, year_file

NOTICE = {
    2025: (
        "2025-01-01 2025-01-28..2025-02-04 2025-04-04..2025-04-06 2025-05-01..2025-05-05 "
        "2025-05-31..2025-06-02 2025-10-01..2025-10-08",
        "2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11",
    ),
    2026: (
        "2026-01-01..2026-01-03 2026-02-15..2026-02-23 2026-04-04..2026-04-06 2026-05-01..2026-05-05 "
        "2026-06-19..2026-06-21 2026-09-25..2026-09-27 2026-10-01..2026-10-07",
        "2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10",
    ),
}


@pytest.mark.parametrize("year", NOTICE)
def test_a_year_is_as_announced(year: int):
    closed, makeup = NOTICE[year]
    days = days_of_library()

    assert [one.written() for one in days.closed if one.first.year == year] == closed.split()
    assert [str(day) for day in days.makeup if day.year == year] == makeup.split()


def test_a_year_the_library_does_not_know_is_not_loaded():
    days = days_of_library()
    last = max(days.years_loaded)

    assert last >= 2026
    assert last + 1 not in days.years_loaded
    assert date(last + 1, 10, 1) in days.closed_in(last + 1)


def test_the_shipped_year_file_is_the_library_s():
    # Made by `python -m adapters.calendars 2025`; make it again when the library has learned another year.
    assert YEAR_FILE.read_text("utf-8") == year_file(days_of_library(2025))


def test_an_edited_year_replaces_the_library_s(tmp_path):
    edited = tmp_path / "days.json"
    edited.write_text(
        '{"closed": ["2027-01-01..2027-01-03"], "makeup": [], "years_loaded": [2026, 2027]}', "utf-8"
    )

    days = mainland_china(edited)

    assert days.closed_in(2026) == set()
    assert days.closed_in(2027) == {date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 3)}
    assert date(2025, 1, 1) in days.closed_in(2025)


def test_a_broken_year_file_says_where(tmp_path):
    broken = tmp_path / "days.json"
    broken.write_text('{"closed": ["2027-02-30"]}', "utf-8")

    with pytest.raises(ValueError, match="2027-02-30"):
        mainland_china(broken)
