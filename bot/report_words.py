"""A service report as technicians write it in one message: `原因：… 处理：… 工时：1.5 读数 高压：18bar`."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from bot.field_words import hours_in
from bot.intents import half_width
from domain.intake.numerals import NUMERAL, number
from domain.workorder.report import MOST_HOURS, NOTHING, CheckAnswer, CheckItem, ServiceReport

LIMITS = {"cause": 1000, "remedy": 2000, "materials": 1000}
READINGS = 20
READING_CHARS = 60
REMARK_CHARS = 500

_LABELS = {
    "cause": r"(?:故障)?原因",
    "remedy": r"处理(?:措施|方法|过程|结果)?|(?:维修)?措施|解决(?:办法|方法)?",
    "hours": r"工时|用时|耗时",
    "materials": r"(?:使用|所用)?(?:材料|物料)|用料|更换(?:配件|备件)|配件|备件",
    "readings": r"(?:测量)?读数|测量值",
}
_LABELLED = "|".join(
    [rf"(?P<{key}>{words})\s*:" for key, words in _LABELS.items()]
    + [
        r"(?<=[\s,，;；。])(?P<bare_hours>工时|用时)\s*(?=[\d半一二两三四五六七八九十])",
        r"(?P<bare_readings>读数)\s+",
    ]
)
_PASSED = r"合格|正常|通过|ok|√|是"
_FAILED = r"不合格|不正常|异常|不通过|没通过|×|否"
_READING = re.compile(r"([^\s:,;，；。]{1,30})\s*[:=]\s*([^\s,;，；。]+(?:\s*[A-Za-z%℃°/]+)?)")
_ALL_PASSED = re.compile(rf"(?:检查项?|清单|检查清单)?\s*:?\s*(?:全部|都|均)\s*(?:{_PASSED})")
_VALUE = re.compile(
    rf"(?:大约|大概|约|是|为)?\s*(?P<minus>负|零下|-)?\s*(?P<value>\d+(?:\.\d+)?|{NUMERAL})\s*"
    r"(?P<unit>[^\d\s,，;；。零〇一二两三四五六七八九十百]{0,10})\s*(?:左右)?"
)
_ENDS = " \t\n,，;；。"


def read_report(text: str, checklist: Sequence[CheckItem]) -> dict[str, Any]:
    """Return what a message says of a report, as changes of `ServiceReport`; nothing without labels."""
    plain = half_width(text)
    found: dict[str, Any] = {}
    for key, value in _labelled(plain, checklist):
        match key:
            case "materials" if value:
                found[key] = value[: LIMITS[key]]
            case "cause" | "remedy" if value and value not in NOTHING:
                found[key] = value[: LIMITS[key]]
            case "hours" if (hours := bounded_hours(value)) is not None:
                found[key] = hours
            case "readings":
                found[key] = found.get(key, {}) | readings_in(value)
            case CheckItem(reading=True):
                found["readings"] = found.get("readings", {}) | _reading(key, value)
            case CheckItem():
                answer = check_in(value, key)
                found["checks"] = (*found.get("checks", ()), *([answer] if answer else []))
    if checklist and _ALL_PASSED.search(plain) and "checks" not in found:
        found["checks"] = tuple(
            CheckAnswer(key=item.key, passed=True) for item in checklist if not item.reading
        )
    return found


def unread_in(text: str, checklist: Sequence[CheckItem]) -> list[tuple[str | CheckItem, str]]:
    """Return what was named with a value that cannot be read: hours, or a reading that is no number."""
    return [
        (key, value)
        for key, value in _labelled(half_width(text), checklist)
        if (key == "hours" and bounded_hours(value) is None)
        or (isinstance(key, CheckItem) and key.reading and not _reading(key, value).get(key.label))
    ]


def bounded_hours(text: str) -> Decimal | None:
    """Return hours above nothing that one visit can take, or None."""
    hours = hours_in(text)
    return hours if hours is not None and 0 < hours <= MOST_HOURS else None


def reading_in(text: str, unit: str) -> str:
    """Return a measured value with its unit: `18bar`, `一百` as `100V`; nothing where there is no number.

    Args:
        unit: of the reading; stands behind a bare number.
    """
    found = _VALUE.fullmatch(half_width(text).strip(_ENDS))
    if found is None:
        return ""
    said, written = found["value"], found["unit"].strip()
    if said[0].isascii() and written and not found["minus"]:
        return found.string[found.start("value") :][:READING_CHARS]
    value = said if said[0].isascii() else str(number(said))
    return f"{'-' if found['minus'] else ''}{value}{written or unit}"[:READING_CHARS]


def before_labels(text: str, checklist: Sequence[CheckItem]) -> str:
    """Return the words before the first label: `14:30 原因：…` begins with a time."""
    plain = half_width(text)
    first = _pattern(checklist).search(plain)
    return plain[: first.start()] if first else ""


def check_in(text: str, item: CheckItem) -> CheckAnswer | None:
    """Return how an item was found: `合格`, or `不合格 门封老化`; None for other words."""
    plain = half_width(text).strip(_ENDS)
    if failed := re.match(_FAILED, plain, re.IGNORECASE):
        return CheckAnswer(
            key=item.key, passed=False, remark=plain[failed.end() :].strip(_ENDS + ":()")[:REMARK_CHARS]
        )
    if re.match(_PASSED, plain, re.IGNORECASE):
        return CheckAnswer(key=item.key, passed=True)
    return None


def readings_in(text: str) -> dict[str, str]:
    """Return measured values by their names: `高压：18bar 低压：2bar`."""
    plain = half_width(text)
    pairs = _READING.findall(plain)[:READINGS]
    return {name.strip(): value.strip(_ENDS)[:READING_CHARS] for name, value in pairs}


def _reading(item: CheckItem, text: str) -> dict[str, str]:
    """Return the value of a named reading, and any readings after it that have no question."""
    other = _READING.search(text)
    value = reading_in(text[: other.start()] if other else text, item.unit)
    others = readings_in(text[other.start() :]) if other else {}
    return others | ({item.label: value} if value else {})


def merged(report: ServiceReport, changes: dict[str, Any]) -> ServiceReport:
    """Return the report with what was said; checks and readings are added to those there are."""
    changes = dict(changes)
    if "checks" in changes:
        answers = {answer.key: answer for answer in report.checks}
        answers |= {answer.key: answer for answer in changes["checks"]}
        changes["checks"] = tuple(answers.values())
    if "readings" in changes:
        changes["readings"] = report.readings | changes["readings"]
    return report.model_copy(update=changes)


def _pattern(checklist: Sequence[CheckItem]) -> re.Pattern[str]:
    items = [
        rf"(?P<check_{index}>{re.escape(half_width(item.label))})"
        + (r"\s*[:=]" if item.reading else rf"\s*:?\s*(?={_FAILED}|{_PASSED})")
        for index, item in enumerate(checklist)
    ]
    return re.compile("|".join([*items, _LABELLED]), re.IGNORECASE)


def _labelled(plain: str, checklist: Sequence[CheckItem]) -> list[tuple[str | CheckItem, str]]:
    """Return each label with the words that follow it, up to the next label."""
    found = list(_pattern(checklist).finditer(plain))
    ends = [*(one.start() for one in found), len(plain)][1:]
    parts: list[tuple[str | CheckItem, str]] = []
    for label, end in zip(found, ends, strict=True):
        name = label.lastgroup or ""
        key: str | CheckItem = name.removeprefix("bare_")
        if name.startswith("check_"):
            key = checklist[int(name.removeprefix("check_"))]
        parts.append((key, plain[label.end() : end].strip(_ENDS)))
    return parts
