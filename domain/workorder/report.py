"""The service report: what was wrong, what was done, and what must not be missing."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from pydantic import Field

from domain.kernel.messages import Message
from domain.workorder.errors import HoursOutOfRange


class CheckItem(Message):
    """One line of a checklist.

    Args:
        photo: a picture belongs to it.
        required: the report is not complete without it.
        reading: a value is measured, instead of found good or bad; it stands in `readings` by its label.
        unit: of the reading.
    """

    key: str
    label: str
    photo: bool = False
    required: bool = False
    reading: bool = False
    unit: str = ""


class CheckAnswer(Message):
    """How one item was found; a failed one needs a remark."""

    key: str
    passed: bool
    remark: str = ""


class ServiceReport(Message):
    """What a technician reports when the work is done.

    Args:
        cause: what was wrong.
        remedy: what was done about it.
        hours: time worked on site in one visit.
        materials: what was used, in words, until parts have their own ledger.
        readings: measured values by their name, as written.
        photos: pictures of the work that were kept for this work order.
    """

    cause: str = Field(default="", max_length=1000)
    remedy: str = Field(default="", max_length=2000)
    hours: Decimal | None = Field(default=None, ge=0, le=1000)
    materials: str = Field(default="", max_length=1000)
    readings: dict[str, str] = Field(default_factory=dict)
    checks: tuple[CheckAnswer, ...] = ()
    photos: int = Field(default=0, ge=0)


MOST_HOURS = Decimal(72)
"""What one visit can take; more is a slip of the finger."""
NOTHING = frozenset({"没有", "无", "没", "不知道", "不清楚", "跳过"})
"""Words that are no cause and no remedy."""
REQUIRED = {"cause": "故障原因", "remedy": "处理措施", "hours": "工时"}
"""What every report needs, whatever the machine."""


def possible_hours(hours: Decimal) -> Decimal:
    """Return hours that one visit can take.

    Raises:
        HoursOutOfRange: it cannot.
    """
    if not 0 <= hours <= MOST_HOURS:
        raise HoursOutOfRange(said=hours, most=MOST_HOURS)
    return hours


def missing_items(report: ServiceReport, checklist: Sequence[CheckItem]) -> tuple[str, ...]:
    """Return the names of what is missing, in the order it is asked for; empty when complete.

    Source: docs/reference/work-order-lifecycle.md, rule WO-11.
    """
    values: Mapping[str, Any] = report.model_dump()
    missing = [label for key, label in REQUIRED.items() if values[key] in ("", None)]
    answers = {answer.key: answer for answer in report.checks}
    for item in checklist:
        answer = answers.get(item.key)
        if item.reading:
            if item.required and not report.readings.get(item.label, "").strip():
                missing.append(item.label)
        elif answer is None:
            if item.required:
                missing.append(item.label)
        elif not answer.passed and not answer.remark.strip():
            missing.append(f"{item.label}（不合格，请写明情况）")
    photos = sum(1 for item in checklist if item.photo and item.required)
    if photos and report.photos == 0:
        missing.append("现场照片")
    return tuple(missing)
