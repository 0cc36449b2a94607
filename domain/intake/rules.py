"""How what people say becomes one request: merging, what is missing, and when danger does not wait.

Source: docs/reference/intake.md
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from domain.intake.data import DraftData, FaultDraft, Heard, Question, Spoken, Step
from domain.intake.faults import belongs_to, drafted, joined, own_words, value_of
from domain.intake.saying import trim
from domain.intake.understanding import Appointment, Fault, Guess, Intent, Understanding
from domain.intake.wording import comparable

WORDS_LIMIT: Final = 4000
"""Characters of one request after which further messages are not kept (rule RQ-9); the last one is, whole."""
LONGEST: Final = 20_000
SAID_LIMIT: Final = 100
ADDRESS_CHARS: Final = 120
"""A longer one was misread."""
FAULTS_LIMIT: Final = 5
REFS_LIMIT: Final = 300
LONGEST_WINDOW: Final = timedelta(seconds=60)
BURST: Final = timedelta(seconds=5)
"""Files that come in quicker succession are acknowledged together."""
REMIND_AFTER: Final = timedelta(minutes=30)
EXPIRE_AFTER: Final = timedelta(hours=24)
RESUME_WITHIN: Final = timedelta(days=7)
DANGER: Final = 0.5
"""How sure the reader must be before a request is registered without a word of confirmation."""
ANGRY: Final = 0.6
SURE_SERIAL: Final = 0.7
ASSETS_SHOWN: Final = 8
WITH_ABOUT: Final = frozenset({"complaint", "claim", "trace"})
WITH_WAYBILL: Final = frozenset({"claim", "trace"})
_RANK: Final = ("file", "place", "words", "answer")
_EMPTY_WORDS: Final = re.compile(
    r"[\d\s\W_]|号|台|那个|这个|我们|我的|我|的|了|啊|呀|吧|你好|您好|请问|师傅|有点|问题"
)


_DANGEROUS: Final = re.compile(
    r"[着起失]火|火灾|冒[黑浓白]?烟|焦糊|烧焦|爆炸|炸了|被困|困[住在]|触电|漏电|电到|[泄漏][漏了]*(?:氨|氟|煤气|燃气|天然气)|"
    r"(?:氨|氟|煤气|燃气)[气体利昂]*泄?漏|受伤|伤[了到]人|砸[了到]人|昏倒|晕倒|流血|出血|救命|危险|停产|全线停|产线停|刹车失灵|刹不住"
)


@dataclass(frozen=True)
class OnFile:
    """What is known of the requester before they say a word.

    Args:
        assets: their own machines, id → name, the likely ones first.
        numbers: their recent work orders, newest first, number → fault.
        plates: number plates of their own vehicles, id → plate.
    """

    assets: Mapping[str, str] = field(default_factory=dict)
    address: str = ""
    mobile: str = ""
    numbers: Mapping[str, str] = field(default_factory=dict)
    plates: Mapping[str, str] = field(default_factory=dict)


def hear(data: DraftData, heard: Heard, *, rank: str = "words", report: bool = True) -> DraftData:
    """Return the draft's knowledge with one more message in it.

    Args:
        rank: `answer` when the words answer or correct, `words` when they tell.
        report: the words tell of the matter itself.

    Source: docs/reference/intake.md, rules RQ-2 and RQ-9.
    """
    data = _keep_words(data, heard, report)
    if heard.unknown_code:
        data = data.model_copy(update={"unknown_serial": heard.unknown_code})
    if heard.latitude is not None:
        where = {"latitude": heard.latitude, "longitude": heard.longitude, "place": trim(heard.place)}
        data = data.model_copy(update={**where, "far": None, "moved": False})
        data = put(data, "place", address=trim(heard.place))
    if heard.understanding is not None:
        data = _take_facts(data, heard.understanding, rank)
        for fault in heard.understanding.faults:
            data = _take_fault(data, fault)
    return data


def put(data: DraftData, rank: str, **facts: Any) -> DraftData:
    """Return the knowledge with these facts, except where a better source spoke before."""
    kept = {
        name: value
        for name, value in facts.items()
        if value and _RANK.index(rank) >= _RANK.index(data.set_by.get(name, "file"))
    }
    set_by = {**data.set_by, **dict.fromkeys(kept, rank)}
    return data.model_copy(update={**kept, "set_by": set_by})


def _keep_words(data: DraftData, heard: Heard, report: bool) -> DraftData:
    said = bool(heard.text.strip()) or heard.latitude is not None
    update: dict[str, Any] = {"files": data.files + heard.files, "unread": data.unread or said}
    if heard.ref and len(data.refs) < REFS_LIMIT:
        update["refs"] = (*data.refs, heard.ref)
    if heard.source_key and len(data.source_keys) < REFS_LIMIT:
        update["source_keys"] = (*data.source_keys, heard.source_key)
    text = heard.text.strip()
    full = sum(len(one.text) for one in data.said) >= WORDS_LIMIT or len(data.said) >= SAID_LIMIT
    if text and not full:
        spoken = Spoken(text=text[:LONGEST], source_key=heard.source_key, report=report, link=heard.link)
        update["said"] = (*data.said, spoken)
    update["overflow"] = data.overflow or (bool(text) and (full or len(text) > LONGEST))
    return data.model_copy(update=update)


def _take_facts(data: DraftData, read: Understanding, rank: str) -> DraftData:
    when = read.appointment
    address = value_of(read.address)
    data = put(
        data,
        rank,
        address=address if len(address) <= ADDRESS_CHARS else "",
        mobile=value_of(read.phone),
        plate=value_of(read.plate),
        appointment_from=when.from_at if when else None,
        appointment_to=when.to_at if when else None,
    )
    waybills = tuple(dict.fromkeys((*data.waybills, *(one.value for one in read.waybills))))
    urgency, danger = data.urgency, data.sure_danger
    said = data.said[-1].text if data.said else ""
    broken = bool(read.faults) or Intent.REPORT_FAULT in (read.intent, *read.other_intents)
    if read.urgency is not None and broken:
        urgency = min(filter(None, (urgency, _urgency(read.urgency, said))))
        danger = danger or (read.urgency.value == "P1" and read.urgency.confidence >= DANGER)
    facts = {"waybills": waybills, "urgency": urgency, "sure_danger": danger}
    return data.model_copy(update={**facts, "angry": max(data.angry, read.angry)})


def _urgency(read: Guess, said: str) -> str:
    """Return how urgent it is; danger is shown only where the reader is sure or a word tells of it.

    Source: docs/reference/intake.md, rule RQ-6.
    """
    unsure = read.value == "P1" and read.confidence < DANGER and _DANGEROUS.search(said) is None
    return "P2" if unsure else read.value


def appointment_of(when: Appointment | None) -> dict[str, datetime]:
    """Return the two facts of a time that suits, or none."""
    return {"appointment_from": when.from_at, "appointment_to": when.to_at} if when is not None else {}


def _take_fault(data: DraftData, fault: Fault) -> DraftData:
    """Let a fault complete an earlier one, or be one more.

    What has no device of its own belongs to what was spoken of last; a device named after the symptoms is the
    thing that has them.
    """
    new = drafted(fault)
    serial = fault.serial
    if fault.asset_id:
        data = data.model_copy(update={"unknown_serial": ""})
    elif serial is not None and serial.confidence >= SURE_SERIAL:
        data = data.model_copy(update={"unknown_serial": serial.value})
    faults = list(data.faults)
    at = belongs_to(faults, new)
    if at is not None:
        faults[at] = joined(faults[at], new)
    elif len(faults) < FAULTS_LIMIT:
        faults.append(new)
    return data.model_copy(update={"faults": tuple(faults)})


def completed(data: DraftData, file: OnFile) -> DraftData:
    """Return the knowledge with what the file alone settles: the only machine there is.

    Source: docs/reference/intake.md, rule RQ-3.
    """
    if data.type not in WITH_ABOUT and len(file.assets) == 1 and not data.unknown_serial:
        only = next(iter(file.assets))
        faults = data.faults or (FaultDraft(),)
        if len(faults) == 1 and not (faults[0].device or faults[0].asset_id or was_asked(data, Step.ASSET)):
            faults = (faults[0].model_copy(update={"asset_id": only}),)
            data = data.model_copy(update={"faults": faults})
    return data


def missing(data: DraftData, file: OnFile) -> Question | None:
    """Return what must be asked next, or None; nothing is asked that is known, and nothing twice.

    Source: docs/reference/intake.md, rules RQ-3 and RQ-4.
    """
    for question in wanted(data, file):
        if question.key not in data.asked:
            return question
    return None


def wanted(data: DraftData, file: OnFile) -> list[Question]:
    """Return everything that is not known yet, whether it was asked or not, the most important first."""
    found: list[Question] = []
    if not says_what(data):
        found.append(Question(step=Step.FAULT))
    if data.type in WITH_ABOUT and not data.about_number and file.numbers:
        found.append(Question(step=Step.ABOUT))
    if data.type in WITH_WAYBILL and not (data.waybills or data.about_number):
        found.append(Question(step=Step.WAYBILL))
    if data.type not in WITH_ABOUT:
        found += [
            Question(step=Step.ASSET, fault=at)
            for at, fault in enumerate(data.faults or (FaultDraft(),))
            if _asset_missing(data, fault, file)
        ]
    contradicted = plate_contradicts(data, file)
    if contradicted is not None:
        found.append(Question(step=Step.PLATE, fault=contradicted))
    located = data.latitude is not None or data.far is not None
    placed = data.address or file.address or located or _has_asset(data)
    if data.type not in WITH_ABOUT and not placed:
        found.append(Question(step=Step.ADDRESS))
    if not (data.mobile or file.mobile):
        found.append(Question(step=Step.MOBILE))
    return found


def plate_contradicts(data: DraftData, file: OnFile) -> int | None:
    """Return the fault whose vehicle is on file with another plate than the one that was said, or None.

    Source: docs/reference/intake.md, rule RQ-3.
    """
    said = comparable(data.plate)
    known = {
        at: comparable(file.plates[one.asset_id])
        for at, one in enumerate(data.faults)
        if one.asset_id in file.plates
    }
    if not said or said in known.values():
        return None
    told = [at for at in range(len(data.faults)) if said in comparable(own_words(data, at))]
    fitting = [at for at in known if at in told or not told]
    return fitting[0] if fitting else None


def _has_asset(data: DraftData) -> bool:
    return any(fault.asset_id for fault in data.faults)


def _asset_missing(data: DraftData, fault: FaultDraft, file: OnFile) -> bool:
    if fault.asset_id or not file.assets:
        return False
    return bool(data.unknown_serial or fault.candidates or not fault.device)


def says_what(data: DraftData) -> bool:
    """Return whether anything was said about what is wrong, beyond which thing it is."""
    if data.type in WITH_ABOUT:
        return bool(data.report_words or data.files)
    if any(fault.symptoms or fault.fault_code for fault in data.faults):
        return True
    rest = "".join(one.text for one in data.said if one.report and not one.link)
    names = {name for fault in data.faults for name in (fault.device, fault.model, fault.serial)}
    facts = (data.address, data.mobile, data.plate, *data.waybills, data.unknown_serial)
    for known in sorted({*names, *facts} - {""}, key=len, reverse=True):
        rest = rest.replace(known, "")
    return bool(_EMPTY_WORDS.sub("", rest))


def was_asked(data: DraftData, step: Step, fault: int = 0) -> bool:
    """Return whether a question needs no asking any more."""
    return Question(step=step, fault=fault).key in data.asked


def does_not_wait(data: DraftData) -> bool:
    """Return whether danger is told of, so that it is registered at once.

    Source: docs/reference/intake.md, rule RQ-6.
    """
    return data.sure_danger and data.type == "repair" and says_what(data)


def window_ends(at: datetime, opened_at: datetime, window_s: int) -> datetime:
    """Return until when further messages are waited for; each one prolongs it, up to a minute.

    Source: docs/reference/intake.md, rule RQ-1.
    """
    return max(at, min(at + timedelta(seconds=window_s), opened_at + LONGEST_WINDOW))


def stepped_up(urgency: str) -> str:
    """Return the next higher urgency."""
    return {"P4": "P3", "P2": "P1", "P1": "P1"}.get(urgency, "P2")
