"""`python bench/sla_cases.py FILE.json ...`: whether the clocks of a file of cases come out as written."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

if __package__ in {None, ""}:
    # Started as a file: Python then finds what stands beside it, not the packages.
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from pydantic import ValidationError

from domain.engine.calendar import (
    BusinessCalendar,
    CalendarSpec,
    Change,
    Clock,
    ClockState,
    DaySet,
    Pause,
    Reading,
    read,
)
from domain.kernel.localtime import CHINA

_NEAR_MIN = 1e-6


class Nonsense(ValueError):
    """A case or a file cannot be understood; says why."""


class Sheet:
    """The calendars of a file, each made ready when a case first names it."""

    def __init__(self, said: Any) -> None:
        if not isinstance(said, dict) or not isinstance(said.get("cases"), list):
            raise Nonsense("not an object with a list of `cases`")
        if not isinstance(said.get("calendars"), dict):
            raise Nonsense("`calendars` is not an object of calendars by their names")
        self.cases: list[Any] = said["cases"]
        self._calendars: dict[str, Any] = said["calendars"]
        self._days = said.get("days") or {}
        self._ready: dict[str, BusinessCalendar] = {}

    def calendar(self, name: Any) -> BusinessCalendar:
        """Return a calendar by its name.

        Raises:
            Nonsense: it is not in the file, or its definition is wrong.
        """
        if not isinstance(name, str) or name not in self._calendars:
            raise Nonsense(f"unknown calendar {name!r}; there are {', '.join(self._calendars) or 'none'}")
        if name not in self._ready:
            spec = _defined(f"calendar {name}", CalendarSpec.model_validate, self._spec(name))
            self._ready[name] = BusinessCalendar(
                spec, _defined("days", DaySet.model_validate, self._day_set())
            )
        return self._ready[name]

    def _spec(self, name: str) -> Any:
        said = self._calendars[name]
        if not isinstance(said, dict):
            return said
        if zone := said.get("zone") or said.get("timezone") or said.get("tz"):
            said = {**said, "zone": zone}
        return _known(said, CalendarSpec.model_fields)

    def _day_set(self) -> Any:
        return _known(self._days, DaySet.model_fields) if isinstance(self._days, dict) else self._days


def problems(sheet: Sheet, case: Any) -> list[str]:
    """Return what came out otherwise than a case says; what it does not say is not looked at."""
    try:
        clock, now = _clock(sheet, case), _optional(case, "now", moment)
        expected_due = _optional(case, "due", moment)
        reading = read(clock, now or _last_named(clock))
        return [*_differences(case, reading, expected_due)]
    except Nonsense as why:
        return [str(why)]
    except (ValueError, OverflowError) as why:
        return [f"refused: {why}"]


def moment(said: Any) -> datetime:
    """Return a moment in UTC; one without a zone is Beijing time."""
    try:
        read_as = datetime.fromisoformat(said.strip())
    except (AttributeError, ValueError):
        raise Nonsense(f"{said!r} is no moment like 2026-01-05T09:00") from None
    return (read_as if read_as.tzinfo else read_as.replace(tzinfo=CHINA)).astimezone(UTC)


def run(file: Path) -> tuple[int, int]:
    """Print what is wrong in a file; return how many cases passed and failed."""
    try:
        sheet = Sheet(json.loads(file.read_text("utf-8-sig")))
    except (OSError, ValueError) as why:
        print(f"{file}: {why}")
        return 0, 1
    failed = 0
    for number, case in enumerate(sheet.cases, 1):
        if wrong := problems(sheet, case):
            failed += 1
            name = case.get("id", f"case {number}") if isinstance(case, dict) else f"case {number}"
            told = case.get("why") if isinstance(case, dict) else None
            print(f"{name}: {'; '.join(wrong)}" + (f"  ({told})" if told else ""))
    return len(sheet.cases) - failed, failed


def main(arguments: Sequence[str] | None = None) -> int:
    """Check every file; return 1 when a case failed."""
    parser = argparse.ArgumentParser(prog="bench/sla_cases.py", description=__doc__)
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="calendars, days and cases, JSON")
    counts = [run(file) for file in parser.parse_args(arguments).files]
    passed, failed = sum(one for one, _ in counts), sum(one for _, one in counts)
    print(f"{passed} passed, {failed} failed")
    return int(failed > 0)


def _clock(sheet: Sheet, case: Any) -> Clock:
    if not isinstance(case, dict):
        raise Nonsense("a case is an object")
    return Clock(
        start_at=_needed(case, "start", moment),
        target=_needed(case, "target_min", _minutes),
        calendar=_needed(case, "calendar", sheet.calendar),
        pauses=[_pause(one) for one in _list(case, "pauses")],
        changes=[_change(sheet, one) for one in _list(case, "changes")],
    )


def _pause(said: Any) -> Pause:
    if isinstance(said, dict):
        said = [said.get("from"), said.get("to")]
    if not isinstance(said, list) or len(said) not in {1, 2}:
        raise Nonsense(f"pause {said!r} is not [from, to]")
    return Pause(moment(said[0]), moment(said[1]) if said[1:] and said[1] is not None else None)


def _change(sheet: Sheet, said: Any) -> Change:
    if not isinstance(said, dict):
        raise Nonsense(f"change {said!r} is not an object")
    keep_used = said.get("keep_used")
    if keep_used is not None and not isinstance(keep_used, bool):
        raise Nonsense(f"keep_used {keep_used!r} is neither true nor false")
    return Change(
        at=_needed(said, "at", moment),
        target=_optional(said, "target_min", _minutes),
        calendar=_optional(said, "calendar", sheet.calendar),
        keep_used=keep_used is not False,
    )


def _differences(case: Any, got: Reading, expected_due: datetime | None) -> Iterator[str]:
    if "due" in case and expected_due != got.due_at:
        yield f"due: expected {_shown(expected_due)}, got {_shown(got.due_at)}"
    for name, value in (("used_min", got.used), ("left_min", got.left)):
        expected = _optional(case, name, _number)
        minutes = value / timedelta(minutes=1)
        if expected is not None and abs(expected - minutes) > _NEAR_MIN:
            yield f"{name}: expected {expected:g}, got {minutes:g}"
    if (state := case.get("state")) is not None:
        if state not in list(ClockState):
            raise Nonsense(f"state {state!r} is none of {', '.join(ClockState)}")
        if state != got.state:
            yield f"state: expected {state}, got {got.state}"
    if "warn" in case and bool(case["warn"]) != bool(got.years_unknown):
        unknown = ", ".join(map(str, got.years_unknown)) or "no year"
        yield f"warn: expected {case['warn']!r}, but {unknown} is missing"


def _last_named(clock: Clock) -> datetime:
    """Return the moment a case without `now` is read at: the last one it names."""
    ends = [at for one in clock.pauses for at in (one.from_at, one.to_at) if at is not None]
    return max([clock.start_at, *ends, *(one.at for one in clock.changes)])


def _needed(said: dict[str, Any], name: str, read_as: Callable[[Any], Any]) -> Any:
    if said.get(name) is None:
        raise Nonsense(f"`{name}` is missing")
    return read_as(said[name])


def _optional(said: dict[str, Any], name: str, read_as: Callable[[Any], Any]) -> Any:
    return None if said.get(name) is None else read_as(said[name])


def _list(case: dict[str, Any], name: str) -> list[Any]:
    said = case.get(name) or []
    if not isinstance(said, list):
        raise Nonsense(f"`{name}` is not a list")
    return said


def _number(said: Any) -> float:
    if isinstance(said, bool) or not isinstance(said, int | float):
        raise Nonsense(f"{said!r} is no number")
    return said


def _minutes(said: Any) -> timedelta:
    if _number(said) < 0:
        raise Nonsense(f"a target of {said} minutes is less than nothing")
    return timedelta(minutes=said)


def _known(said: dict[str, Any], fields: Mapping[str, object]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if name in fields and value is not None}


def _defined(what: str, read_as: Callable[[Any], Any], said: Any) -> Any:
    try:
        return read_as(said)
    except ValidationError as wrong:
        lines = [f"{'.'.join(map(str, one['loc']))} {one['msg']}" for one in wrong.errors()]
        raise Nonsense(f"{what}: {', '.join(lines)}") from None


def _shown(at: datetime | None) -> str:
    return "none" if at is None else at.astimezone(CHINA).replace(tzinfo=None).isoformat(" ")


if __name__ == "__main__":
    sys.exit(main())
