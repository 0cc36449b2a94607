"""Business time: what a calendar counts, when a target is reached, and what a clock with pauses shows."""

from domain.engine.calendar.calendar import FIRST_YEAR, LAST_YEAR, BusinessCalendar, OutsideCalendar
from domain.engine.calendar.clock import Change, Clock, ClockState, Pause, Reading, due_at, read, used
from domain.engine.calendar.review import missing_years, remarks
from domain.engine.calendar.segments import Segment, SegmentKind, segments
from domain.engine.calendar.spec import CalendarSpec, DayRange, DaySet, Window

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "BusinessCalendar",
    "CalendarSpec",
    "Change",
    "Clock",
    "ClockState",
    "DayRange",
    "DaySet",
    "OutsideCalendar",
    "Pause",
    "Reading",
    "Segment",
    "SegmentKind",
    "Window",
    "due_at",
    "missing_years",
    "read",
    "remarks",
    "segments",
    "used",
]
