"""What a reading of free words comes to: which wish, whether it is new, and what a colleague reports."""

import re
from datetime import datetime, timedelta

from domain.intake.data import Heard
from domain.intake.understanding import Fault, Intent, Understanding
from domain.workorder.details import Priority
from domain.workorder.model import WorkOrder

SURE = 0.6
"""How sure the reader must be of a wish before words leave a request that comes together."""
ALARM_LASTS = timedelta(hours=1)
_BROKEN = re.compile(r"坏|故障|报警|不能用|用不了|着火|起火|冒烟|救命|困住|被困|触电|漏电|爆炸|泄漏")
"""A net below the reader: whoever says such a word is asked what is wrong rather than greeted."""
_AGAIN = re.compile(r"又|还是|还在|依然|仍|再次|复发|老毛病|老样子|没有?[修弄搞]好|照样|一样的毛病")
_MONEY_BACK = re.compile(r"退(?:我|一下|还)?钱|退款|退费|赔(?:我)?钱|赔偿")
"""Whoever says such a word wants something of the service desk, not of the technician."""
_PLANNED = re.compile(
    r"(?:需?要|想|约|申请|安排|麻烦|请|帮)[^，。,.？?！!；;]{0,12}?"
    r"(保养|维保|安装|装机|巡检|点检|退换货|退货|换货)(?![^，。,]{0,4}[后过])"
)
_NOT_PLANNED = re.compile(
    r"取消|不[用要做装行]|再不|要是|否则|不然|多少|怎么|什么时候|多久|吗|呢|收费|还没|催"
)
_PLANNED_TYPE = {
    "保养": "maintenance",
    "维保": "maintenance",
    "安装": "installation",
    "装机": "installation",
    "巡检": "inspection",
    "点检": "inspection",
}
_MAY_BE_PLANNED = frozenset({Intent.REPORT_FAULT, Intent.ASK_FAQ, Intent.CHIT_CHAT})
_OF_AN_ORDER = frozenset({Intent.QUERY_PROGRESS, Intent.URGE, Intent.CANCEL})
"""What can only be meant by somebody who has a work order."""


def wanted(read: Understanding, text: str, *, waits: bool) -> Intent:
    """Return what the speaker wants; nobody who tells of something broken is taken for a chat.

    Args:
        waits: they have an unfinished work order, which an urging or a question can be about.
    """
    if read.intent is Intent.CHIT_CHAT and (read.faults or _BROKEN.search(text)):
        return Intent.REPORT_FAULT
    if read.intent is Intent.ASK_FAQ and read.confidence < SURE and read.faults:
        return Intent.REPORT_FAULT
    if read.intent in _OF_AN_ORDER and not waits and _tells_of_a_fault(read, text):
        return Intent.REPORT_FAULT
    if read.intent not in (Intent.COMPLAINT, Intent.CLAIM) and _MONEY_BACK.search(text):
        return Intent.CLAIM
    return read.intent


def _tells_of_a_fault(read: Understanding, text: str) -> bool:
    """Return whether words about an order that is not there report one that should be."""
    if any(fault.symptoms for fault in read.faults):
        return True
    broken = Intent.REPORT_FAULT in read.other_intents or _BROKEN.search(text) is not None
    return broken and read.intent is not Intent.CANCEL


def wants_aside(read: Understanding) -> bool:
    """Return whether a wish is meant that adds nothing to the request under way."""
    facts = (read.faults, read.phone, read.address, read.appointment, read.waybills, read.plate)
    return read.confidence >= SURE and not any(facts)


def tells_news(read: Understanding, text: str, order: WorkOrder) -> bool:
    """Return whether the words tell of a fault, or of another thing than the work order's."""
    if _BROKEN.search(text) or any(fault.symptoms or fault.fault_code for fault in read.faults):
        return True
    return any(_another_thing(fault, order) for fault in read.faults)


def is_same_alarm(read: Understanding, order: WorkOrder, at: datetime) -> bool:
    """Return whether somebody in danger says it again: every cry an order of its own would help nobody."""
    fresh = order.priority == Priority.P1 and at - order.created_at < ALARM_LASTS
    return fresh and not any(_another_thing(fault, order) for fault in read.faults)


def comes_back(read: Understanding, text: str, order: WorkOrder) -> bool:
    """Return whether a fault is told that may well be the one a work order was to mend.

    Source: docs/reference/intake.md, rule RQ-21.
    """
    told = [fault for fault in read.faults if fault.symptoms or fault.fault_code]
    if not told or read.intent is Intent.CONFIRM_DONE or any(_another_thing(fault, order) for fault in told):
        return False
    same = order.asset_id is not None and any(fault.asset_id == order.asset_id.hex for fault in told)
    return same or _AGAIN.search(text) is not None


def _another_thing(fault: Fault, order: WorkOrder) -> bool:
    if fault.asset_id and order.asset_id is not None:
        return fault.asset_id != order.asset_id.hex
    said, known = fault.device.value if fault.device is not None else "", order.request.device
    return bool(said and known) and said not in known and known not in said


def planned_kind(read: Understanding, text: str) -> str:
    """Return which work a customer asks for that repairs nothing, or an empty text.

    Source: docs/reference/intake.md, rule RQ-14.
    """
    found = _PLANNED.search(text)
    if found is None or _NOT_PLANNED.search(text) or _BROKEN.search(text):
        return ""
    if read.confidence >= SURE and read.intent not in _MAY_BE_PLANNED:
        return ""
    said = {guess.value for fault in read.faults for guess in fault.symptoms}
    if any(word not in found[0] for word in said):
        return ""
    return _PLANNED_TYPE.get(found[1], "return")


def staff_kind(heard: Heard) -> str:
    """Return what a colleague's report is: a claim, a case about goods, or a repair."""
    read = heard.understanding
    if read is None:
        return ""
    if read.intent is Intent.CLAIM:
        return "claim"
    return "trace" if read.waybills else ""
