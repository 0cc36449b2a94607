"""A calendar made ready to count: prefix sums over the open stretches of as many years as were asked about.

Source: docs/reference/calendar.md, rules CAL-1 to CAL-12.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from domain.engine.calendar.spec import CalendarSpec, DaySet, Window

FIRST_YEAR = 1970
LAST_YEAR = 2199
"""The years a calendar can count; a target not reached by the end of the last has no due time."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_US = timedelta(microseconds=1)
_ZERO = timedelta(0)
_Stretch = tuple[int, int]


class OutsideCalendar(ValueError):
    """A moment lies in a year no calendar counts."""

    def __init__(self, at: datetime) -> None:
        super().__init__(f"{at:%Y-%m-%d} 超出了日历的范围（{FIRST_YEAR} 到 {LAST_YEAR} 年）")


class _Table:
    """The open stretches of consecutive years, in microseconds since 1970, with their prefix sums."""

    def __init__(self, first_year: int, last_year: int, bounds: _Stretch, years: Iterable[_Stretch]) -> None:
        self.first_year, self.last_year = first_year, last_year
        self.low, self.high = bounds
        self.opens: list[int] = []
        self.closes: list[int] = []
        for opens, closes in years:
            if self.closes and opens <= self.closes[-1]:
                self.closes[-1] = max(self.closes[-1], closes)
            else:
                self.opens.append(opens)
                self.closes.append(closes)
        self.before: list[int] = []
        self.after: list[int] = []
        counted = 0
        for opens, closes in zip(self.opens, self.closes, strict=True):
            self.before.append(counted)
            counted += closes - opens
            self.after.append(counted)
        self.total = counted

    def count(self, at: int) -> int:
        """Return what the years count before a moment."""
        last = bisect_right(self.opens, at) - 1
        return self.before[last] + min(at, self.closes[last]) - self.opens[last] if last >= 0 else 0

    def reached(self, goal: int) -> int:
        """Return the first moment by which so much is counted; more than 0, at most the total."""
        there = bisect_left(self.after, goal)
        return self.opens[there] + goal - self.before[there]


class BusinessCalendar:
    """Counts working time. Immutable from outside, safe to share between threads; one for each version.

    A question takes O(log n) in the number of years; a year is laid out when it is first asked about.

    Args:
        spec: the weekly windows.
        days: days off and make-up days; ignored where the calendar has no holidays.
    """

    def __init__(self, spec: CalendarSpec, days: DaySet | None = None) -> None:
        self.spec = spec
        self.days = days or DaySet()
        self._zone = ZoneInfo(spec.zone)
        self._makeup = frozenset(self.days.makeup)
        self._is_ever_open = any(one.opens_s < one.closes_s for day in spec.weekly for one in day)
        self._years: dict[int, list[_Stretch]] = {}
        self._laid_out: _Table | None = None

    def working_time(self, from_at: datetime, to_at: datetime) -> timedelta:
        """Return what counts between two moments; negative when the second is the earlier.

        Raises:
            OutsideCalendar: a moment lies before 1970 or after 2199.
        """
        first, last = _us(from_at), _us(to_at)
        table = self._table(first, last)
        return timedelta(microseconds=table.count(last) - table.count(first))

    def due_at(self, start_at: datetime, target: timedelta) -> datetime | None:
        """Return the first moment by which the target is counted, UTC; None when it never is.

        A target of nothing is due at the start itself; the end of a window comes before the next opening.

        Raises:
            OutsideCalendar: the start lies before 1970 or after 2199.
        """
        if target <= _ZERO:
            return start_at.astimezone(UTC)
        if not self._is_ever_open:
            return None
        start = _us(start_at)
        table = self._table(start, start)
        goal = table.count(start) + target // _US
        while table.total < goal:
            if table.last_year == LAST_YEAR:
                return None
            started = table.count(start)
            table = self._grown(table.first_year, table.last_year + 1)
            goal += table.count(start) - started
        return _moment(table.reached(goal))

    def is_open(self, at: datetime) -> bool:
        """Return whether the moment lies in a window; its end does not."""
        opening = self.next_open(at)
        return opening is not None and _us(opening) == _us(at)

    def next_open(self, at: datetime) -> datetime | None:
        """Return the moment itself when open, else the next opening, UTC; None when there is none."""
        if not self._is_ever_open:
            return None
        moment = _us(at)
        table = self._table(moment, moment)
        while (following := bisect_right(table.closes, moment)) == len(table.closes):
            if table.last_year == LAST_YEAR:
                return None
            table = self._grown(table.first_year, table.last_year + 1)
        return _moment(max(moment, table.opens[following]))

    def open_between(self, from_at: datetime, to_at: datetime) -> list[tuple[datetime, datetime]]:
        """Return the open stretches between two moments, in order, UTC, cut at both ends."""
        first, last = _us(from_at), _us(to_at)
        table = self._table(first, last)
        inside = range(bisect_right(table.closes, first), bisect_left(table.opens, last))
        return [(_moment(max(first, table.opens[n])), _moment(min(last, table.closes[n]))) for n in inside]

    def years_unknown(self, from_at: datetime, to_at: datetime) -> tuple[int, ...]:
        """Return the local years between two moments that are not loaded or that it is not meant for."""
        first = from_at.astimezone(self._zone).year
        last = max(from_at, to_at - _US).astimezone(self._zone).year
        return tuple(year for year in range(first, last + 1) if not self._knows(year))

    def _knows(self, year: int) -> bool:
        loaded = not self.spec.holidays or year in self.days.years_loaded
        return loaded and year in self.spec.is_meant_for

    def _table(self, one: int, other: int) -> _Table:
        first, last = min(one, other), max(one, other)
        table = self._laid_out
        if table is None or first < table.low or last >= table.high:
            table = self._grown(self._year(first), self._year(last))
        return table

    def _grown(self, first_year: int, last_year: int) -> _Table:
        """Lay out the years asked for and those there are; doubling keeps the work small in sum.

        The new table replaces the old one in one step, so a thread that still reads the old one is right.
        """
        table = self._laid_out
        if table is not None:
            size = table.last_year - table.first_year + 1
            wider = min(first_year, max(FIRST_YEAR, table.first_year - size))
            first_year = wider if first_year < table.first_year else table.first_year
            longer = max(last_year, min(LAST_YEAR, table.last_year + size))
            last_year = longer if last_year > table.last_year else table.last_year
        years = range(first_year, last_year + 1)
        for year in years:
            if year not in self._years:
                self._years[year] = self._lay_out(year)
        bounds = self._instant(date(first_year, 1, 1)), self._instant(date(last_year + 1, 1, 1))
        stretches = chain.from_iterable(self._years[year] for year in years)
        self._laid_out = grown = _Table(first_year, last_year, bounds, stretches)
        return grown

    def _lay_out(self, year: int) -> list[_Stretch]:
        """Return the open stretches of one year, also those begun on the eve, in order; they may overlap."""
        low, high = self._instant(date(year, 1, 1)), self._instant(date(year + 1, 1, 1))
        stretches = []
        for day, windows in self._windows(year):
            for window in windows:
                opens = max(low, self._instant(day, window.opens_s))
                closes = min(high, self._instant(day, window.closes_s))
                if opens < closes:
                    stretches.append((opens, closes))
        return sorted(stretches)

    def _windows(self, year: int) -> Iterator[tuple[date, tuple[Window, ...]]]:
        """Go through the days whose windows can touch a year."""
        eve = date(year - 1, 12, 31)
        closed = self.days.closed_in(year - 1) | self.days.closed_in(year) if self.spec.holidays else set()
        makeup = self._makeup if self.spec.holidays else frozenset()
        for n in range((date(year, 12, 31) - eve).days + 1):
            day = eve + timedelta(days=n)
            if day in makeup:
                yield day, self.spec.weekly[self.spec.makeup_uses]
            elif day not in closed:
                yield day, self.spec.weekly[day.weekday()]

    def _instant(self, day: date, second: int = 0) -> int:
        # Within one zone Python adds wall-clock time, so a window keeps its hours where the clocks change.
        return _us(datetime.combine(day, time(), self._zone) + timedelta(seconds=second))

    def _year(self, us: int) -> int:
        at = _moment(us)
        year = at.astimezone(self._zone).year
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise OutsideCalendar(at)
        return year


def _us(at: datetime) -> int:
    since = at - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def _moment(us: int) -> datetime:
    return _EPOCH + timedelta(microseconds=us)
