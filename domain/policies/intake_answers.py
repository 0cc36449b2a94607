"""What an answer, a correction or a further remark makes of a draft."""

import re
from collections.abc import Sequence
from typing import Any

from domain.assets.keys import plate_key
from domain.intake import rules
from domain.intake.data import DraftData, DraftState, Heard, Question, Step
from domain.intake.errors import ChoiceGone, NoSuchMobile
from domain.intake.model import Draft
from domain.intake.rules import OnFile, hear, put
from domain.intake.saying import (
    at_shared_place,
    corrections,
    counted,
    is_skip,
    ordinal,
    phone,
    same_matter,
    trim,
)
from domain.intake.understanding import Understanding
from domain.policies.intake_choices import fault_at, take, unlike, with_fault
from domain.policies.intake_steps import PLACE, REGISTERED_PLATE, SITE, SKIP, choices
from domain.policies.ports import EveryUnitOfWork

SHORT = 40
SHORTEST_WAYBILL = 8
FEWEST_DIGITS = 5
_TOLD_FREELY = frozenset({Step.FAULT, Step.ASSET})
"""Questions whose answers may well begin with the name of a field: “问题是不转了”, “机器是二楼那台”."""
_PLAIN_FACTS = frozenset({Step.ADDRESS, Step.MOBILE, Step.CONTACT, Step.PLATE, Step.TIME})
_CLAUSES = re.compile("[,，;；。]")


def answered(data: DraftData, heard: Heard, draft: Draft, file: OnFile, uow: EveryUnitOfWork) -> DraftData:
    """Return the draft's knowledge after one more message, whatever that message is to it.

    Source: docs/reference/intake.md, rules RQ-4 and RQ-10.
    """
    question = data.question
    text = heard.text.strip()
    if not text or draft.standing is DraftState.OPEN:
        return hear(data, heard)
    data = data.model_copy(update={"noted": ()})
    found = corrections(text)
    told = question.step if question is not None and question.step in _TOLD_FREELY else None
    if question is not None and (not found or found[0][0] is told):
        return _answer(data, question, found[0][1] if found else text, heard, file)
    if not found:
        return hear(data, heard)
    # What changes after the confirmation is summed up again.
    return _corrected(data.model_copy(update={"confirmed": False}), found, heard, file)


def chosen(data: DraftData, choice: str, file: OnFile) -> DraftData:
    """Return the knowledge after one of the card's choices.

    Raises:
        ChoiceGone: nothing is asked, or it is no choice of this question.
    """
    question = data.question
    if question is None:
        raise ChoiceGone
    if choice == SKIP and question.step is Step.PLATE:
        choice = REGISTERED_PLATE
    if choice == SKIP:
        return _closed(unlike(data, question), question)
    offered = {one.choice for one in choices(data, question, file)}
    if choice not in offered:
        raise ChoiceGone
    return _closed(take(data, question, choice, file), question)


def _answer(data: DraftData, question: Question, text: str, heard: Heard, file: OnFile) -> DraftData:
    if is_skip(text) and question.step is Step.PLATE:
        return chosen(hear(data, _words_only(heard), rank="answer", report=False), SKIP, file)
    if is_skip(text) and question.step is not Step.FAULT:
        return _closed(unlike(hear(data, heard, rank="answer", report=False), question), question)
    choice = _spoken_choice(data, question, text, heard, file)
    if choice:
        kept = hear(data, _words_only(heard), rank="answer", report=False)
        return chosen(kept, choice, file)
    if question.step is Step.DUPLICATE:
        return hear(data.model_copy(update={"confirmed": False}), heard)
    if question.step is Step.CHANGE:
        return hear(data.model_copy(update={"question": None}), heard, rank="answer")
    return _closed(_free_answer(data, question, trim(text), heard), question)


def _free_answer(data: DraftData, question: Question, text: str, heard: Heard) -> DraftData:
    """Take words for what was asked; they may say more than that."""
    read = heard.understanding
    tells = read is not None and any(fault.symptoms for fault in read.faults)
    report = tells or question.step in (Step.FAULT, Step.ASSET, Step.ABOUT)
    if (
        question.step is Step.MOBILE
        and counted(text) >= FEWEST_DIGITS
        and (read is None or read.phone is None)
    ):
        heard = heard.model_copy(update={"understanding": _without_waybills(read)})
    data = hear(data, heard, rank="answer", report=report)
    match question.step:
        case Step.ADDRESS if read is None or read.address is None:
            return put(data, "answer", address=text[: rules.ADDRESS_CHARS])
        case Step.MOBILE if read is None or read.phone is None:
            return put(data, "answer", mobile=_number(text) if counted(text) >= FEWEST_DIGITS else "")
        case Step.WAYBILL if read is None or not read.waybills:
            code = "".join(char for char in text if char.isascii() and char.isalnum()).upper()
            found = (code,) if len(code) >= SHORTEST_WAYBILL else ()
            return data.model_copy(update={"waybills": (*data.waybills, *found)})
        case Step.ASSET if len(text) <= SHORT:
            return with_fault(data, question.fault, _named(data, question.fault, text, heard))
        case Step.TIME if read is not None and read.appointment is not None:
            return put(data, "answer", **rules.appointment_of(read.appointment))
    return data


def _named(data: DraftData, at: int, text: str, heard: Heard) -> dict[str, Any]:
    """Return what is known of the thing after words that match none of the own machines."""
    fault = fault_at(data, at)
    if fault.asset_id or (heard.understanding is not None and heard.understanding.faults):
        return {}
    return {"device": fault.device or text}


def _corrected(data: DraftData, found: Sequence[tuple[Step, str]], heard: Heard, file: OnFile) -> DraftData:
    """Set the fields that the words name; a pending question stays, unless it is answered with them.

    Raises:
        NoSuchMobile: the number cannot be called.
    """
    pending = data.question
    tells = heard.understanding is not None and any(one.symptoms for one in heard.understanding.faults)
    only_facts = {step for step, _ in found} <= _PLAIN_FACTS
    kept = heard if tells and only_facts else _words_only(heard)
    if tells and only_facts and heard.understanding is not None:
        kept = heard.model_copy(update={"understanding": _without_waybills(heard.understanding)})
    data = hear(data, kept, rank="answer", report=tells and only_facts)
    for step, value in found:
        if pending is not None and pending.step is step is Step.PLATE:
            choice = _spoken_choice(data, pending, value, heard, file)
            if choice:
                return _closed(take(data, pending, choice, file), pending)
        data = _correct(data, step, value, heard, file)
    if pending is None or pending.step in (Step.CHANGE, *(step for step, _ in found)):
        return data
    noted = tuple(step.value for step, value in found if value)
    return data.model_copy(update={"question": data.question or pending, "noted": noted})


def _correct(data: DraftData, step: Step, value: str, heard: Heard, file: OnFile) -> DraftData:
    """Set one field to what the words say it is."""
    asked = Question(step=step)
    read = heard.understanding
    when = read.appointment if read is not None else None
    useless = (step is Step.TIME and when is None) or (step is Step.MOBILE and not counted(value))
    if not value or useless:
        return data.model_copy(update={"question": asked, "unread": True})
    match step:
        case Step.FAULT:
            return _with_other_fault(data, value)
        case Step.ASSET:
            choice = _spoken_choice(data, asked, value, heard, file)
            if choice:
                return take(data, asked, choice, file)
            other = {"asset_id": "", "serial": "", "model": "", "device": value[:SHORT], "device_type": ""}
            data = with_fault(data, 0, other)
        case Step.ADDRESS:
            data = put(data, "answer", address=_of_place(value, heard)[: rules.ADDRESS_CHARS])
        case Step.MOBILE:
            data = put(data, "answer", mobile=_number(value))
        case Step.CONTACT:
            data = put(data, "answer", contact=value[:SHORT])
        case Step.PLATE:
            data = put(data, "answer", plate=plate_key(value) or value[:SHORT])
            data = data.model_copy(update={"asked": tuple(one for one in data.asked if one != asked.key)})
            return data.model_copy(update={"question": None, "unread": True})
        case Step.TIME:
            data = put(data, "answer", **rules.appointment_of(when))
    return _closed(data.model_copy(update={"question": None}), asked)


def _with_other_fault(data: DraftData, value: str) -> DraftData:
    """Let these words stand for all that was told of the fault before."""
    fault = fault_at(data, 0).model_copy(update={"words": value, "symptoms": (value[:SHORT],)})
    said = (*(one.model_copy(update={"report": False}) for one in data.said[:-1]), data.said[-1])
    spoken = said[-1].model_copy(update={"text": value, "report": True})
    told = {"faults": (fault, *data.faults[1:]), "said": (*said[:-1], spoken)}
    return data.model_copy(update={**told, "question": None, "unread": True})


def _number(text: str) -> str:
    """Return the number to call.

    Raises:
        NoSuchMobile: it has too few or too many digits.
    """
    found = phone(text)
    if not found:
        raise NoSuchMobile(digits=counted(text))
    return found


def _of_place(value: str, heard: Heard) -> str:
    """Return an address without the clauses after it that tell of something broken."""
    read = heard.understanding
    told = [one.value for fault in read.faults for one in fault.symptoms] if read is not None else []
    parts = _CLAUSES.split(value)
    kept = [part for at, part in enumerate(parts) if at == 0 or not any(one in part for one in told)]
    return trim(",".join(kept))


def _without_waybills(read: Understanding | None) -> Understanding | None:
    return read.model_copy(update={"waybills": ()}) if read is not None else None


def _spoken_choice(data: DraftData, question: Question, text: str, heard: Heard, file: OnFile) -> str:
    """Return which choice the words mean, or an empty text."""
    offered = choices(data, question, file)
    if question.step is Step.DUPLICATE:
        same = same_matter(text)
        return {True: offered[0].choice, False: SKIP, None: ""}[same] if offered else ""
    if question.step is Step.PLACE and (there := at_shared_place(text)) is not None:
        return PLACE if there else SITE
    at = ordinal(text, len(offered))
    if at is not None and question.step is not Step.ADDRESS:
        return offered[at].choice
    plain = trim(text).casefold()
    if question.step is Step.ASSET:
        read = heard.understanding
        meant = [fault.asset_id for fault in read.faults if fault.asset_id] if read is not None else []
        exact = [key for key, name in file.assets.items() if plain and plain in name.casefold()]
        found = meant or (exact if len(exact) == 1 else [])
        return found[0] if found and found[0] in file.assets else ""
    fitting = [
        one.choice for one in offered if one.choice in text or (plain and plain in one.label.casefold())
    ]
    return fitting[0] if len(fitting) == 1 else ""


def _closed(data: DraftData, question: Question) -> DraftData:
    """Return the knowledge with a question that needs no asking any more; the fault is asked twice."""
    if data.question not in (None, question):
        return data
    if question.step is Step.CHANGE:
        return data.model_copy(update={"question": None, "unread": True})
    again = question.step is Step.FAULT and data.times_asked < 2 and not rules.says_what(data)
    asked = data.asked if again else tuple(dict.fromkeys((*data.asked, question.key)))
    cleared = {"unknown_serial": ""} if question.step is Step.ASSET else {}
    return data.model_copy(update={"asked": asked, "question": None, "unread": True, **cleared})


def _words_only(heard: Heard) -> Heard:
    return heard.model_copy(update={"understanding": None, "unknown_code": ""})
