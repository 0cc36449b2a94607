"""The reader of worked cases: lenient about what may be left out, plain about nonsense."""

import json

import pytest

from bench import sla_cases
from tests.support.calendars import OFFICE_WEEK

CASE = {
    "id": "one",
    "calendar": "office",
    "start": "2026-03-02T09:00",
    "target_min": 60,
    "due": "2026-03-02T10:00",
}
CALENDARS = {"office": {"weekly": OFFICE_WEEK, "note": "x"}, "broken": {"weekly": [[["25:00", "26:00"]]]}}


@pytest.fixture
def run(tmp_path, capsys):
    def run_cases(*cases, **other):
        file = tmp_path / "cases.json"
        file.write_text(json.dumps({"calendars": CALENDARS, "cases": cases, **other}), "utf-8")
        code = sla_cases.main([str(file)])
        return code, capsys.readouterr().out.splitlines()

    return run_cases


def test_all_that_passed_is_counted(run):
    assert run(CASE, {**CASE, "pauses": None, "why": "again"}) == (0, ["2 passed, 0 failed"])


def test_a_failure_says_what_was_expected_and_what_came(run):
    code, lines = run(CASE, {**CASE, "due": None, "used_min": 5, "state": "paused", "why": "no"})

    assert code == 1
    assert lines == [
        "one: due: expected none, got 2026-03-02 10:00:00; used_min: expected 5, got 0; "
        "state: expected paused, got running  (no)",
        "1 passed, 1 failed",
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"calendar": "moon"}, "unknown calendar 'moon'"),
        ({"calendar": ["office"]}, "unknown calendar"),
        ({"calendar": "broken"}, "calendar broken: weekly.0.0 Value error, 时间“25:00”不对"),
        ({"start": "soon"}, "'soon' is no moment"),
        ({"start": None}, "`start` is missing"),
        ({"start": "0001-01-01T00:00"}, "refused"),
        ({"target_min": "60"}, "'60' is no number"),
        ({"target_min": -1}, "less than nothing"),
        ({"target_min": 1e300}, "refused"),
        ({"pauses": [["2026-03-02T10:00", "2026-03-02T09:00"]]}, "暂停的结束"),
        ({"pauses": [5]}, "pause 5"),
        ({"pauses": 5}, "`pauses` is not a list"),
        ({"changes": [5]}, "change 5"),
        ({"changes": [{"at": "2026-03-02T10:00", "keep_used": []}]}, "keep_used []"),
        ({"state": ["x"]}, "state ['x']"),
        ({"used_min": "x"}, "'x' is no number"),
        ({"warn": False}, "2026 is missing"),
    ],
)
def test_nonsense_fails_with_a_reason(run, change, said):
    code, lines = run({**CASE, **change})

    assert code == 1
    assert said in lines[0]
    assert lines[-1] == "0 passed, 1 failed"


def test_a_case_that_is_no_object_fails(run):
    assert run(5)[1] == ["case 1: a case is an object", "0 passed, 1 failed"]


@pytest.mark.parametrize(
    "text", ["", "[]", '{"cases": 5}', '{"cases": []}', '{"cases": [], "calendars": []}']
)
def test_a_file_of_something_else_fails(tmp_path, capsys, text):
    file = tmp_path / "cases.json"
    file.write_text(text, "utf-8")

    assert sla_cases.main([str(file), str(tmp_path / "missing.json")]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "0 passed, 2 failed"
