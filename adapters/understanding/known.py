"""Finds the customer's own things in their words: by name, nickname, model or serial number."""

import re
from collections.abc import Sequence

from adapters.understanding.folding import bare
from domain.intake.numerals import arabic
from domain.intake.understanding import Fault, Guess, KnownThing

_SHORTEST = 2
_SURE = 0.97
_NUMBER = re.compile(r"\d+(?=[号#库楼机台线])")
# A number with what it counts; where people work and live many things stand.
_NUMBERED = re.compile(
    r"\d+[号#](?!车间|仓库|门店|厂房|机房|会议|教室|宿舍|病房|产线|楼|线|店|站|门)[^\W\d_]{2}"
)
_CLAUSE = re.compile(r"[^,，。.!！?？;；、~…\n]+")
_LEAD = re.compile(r"^(?:\s|另外|还有|然后|而且|并且|以及|同时|再就是|[和跟]|我们?家?的?|[那这]个?台?)+")
_OF = re.compile(r"^[的,\s]+")
# What is left of a clause when the thing is taken out is no symptom unless it denies or names trouble.
_WRONG = re.compile(
    r"不[^用要是会]|没[^问]|坏|漏|响|报警|故障|异常|结霜|结冰|冒|断|裂|卡|抖|跳闸|停机|关不|打不|失灵|松|堵|烧"
)
_LEFT_OVER = 0.4


def find_known(faults: tuple[Fault, ...], folded: str, known: tuple[KnownThing, ...]) -> tuple[Fault, ...]:
    """Return the faults with the known things that are meant.

    A thing named in the words of a fault is that fault's; where there is one fault, it may be named anywhere.
    A thing named where nothing was found broken is returned as one more, without symptoms.
    """
    if not known:
        return faults
    if len(faults) > 1:
        widened = [_widened(each, faults, folded, known) for each in faults]
        found = [_with(each, each.words, known) for each in widened]
    elif faults or _meant(folded, known):
        found = [_with(faults[0] if faults else None, _own(faults, folded, known), known)]
    else:
        found = []
    return (*found, *_overlooked(found, folded, known))


def _own(faults: tuple[Fault, ...], folded: str, known: Sequence[KnownThing]) -> str:
    """Return the words a single fault's thing may be named in: its own where they name one, else all."""
    own = faults[0].words if faults else ""
    return own if len(_meant(own, known)) == 1 else folded


def _widened(fault: Fault, faults: tuple[Fault, ...], folded: str, known: Sequence[KnownThing]) -> Fault:
    """Return a fault with the words before it in its clause where these name one known thing."""
    at = folded.find(fault.words)
    clause = next((one for one in _CLAUSE.finditer(folded) if one.start() <= at < one.end()), None)
    if clause is None or _meant(fault.words, known):
        return fault
    ends = [folded.find(one.words) + len(one.words) for one in faults if one is not fault]
    start = max([clause.start(), *(end for end in ends if end <= at)])
    words = _LEAD.sub("", folded[start : at + len(fault.words)])
    return fault.model_copy(update={"words": words}) if len(_meant(words, known)) == 1 else fault


def _overlooked(faults: Sequence[Fault], folded: str, known: tuple[KnownThing, ...]) -> Sequence[Fault]:
    """Return a fault for each clause that begins with another known thing and says what is wrong with it."""
    if not any(fault.symptoms for fault in faults):
        return []
    spoken_of = {fault.asset_id for fault in faults} | {
        one for fault in faults for one in fault.asset_candidates
    }
    more = []
    for clause in _CLAUSE.finditer(folded):
        words = _LEAD.sub("", clause[0])
        name = max(
            (each for thing in known for each in thing.names if each and words.startswith(each)),
            key=len,
            default="",
        )
        rest = _OF.sub("", words[len(name) :])
        told = any(clause[0] in fault.words or fault.words in clause[0] for fault in faults)
        if not name or told or not _WRONG.search(rest):
            continue
        found = _with(Fault(words=words, symptoms=(Guess(value=rest, confidence=_LEFT_OVER),)), name, known)
        if found.asset_id and found.asset_id not in spoken_of:
            spoken_of.add(found.asset_id)
            more.append(found)
    return more


def _with(fault: Fault | None, words: str, known: tuple[KnownThing, ...]) -> Fault:
    fault = fault or Fault(words=words)
    meant = _numbered(_meant(words, known) or _of_same_kind(fault, known), words)
    if not meant:
        return fault
    if len(meant) > 1:
        return fault.model_copy(update={"asset_candidates": tuple(thing.asset_id for thing in meant)})
    thing = meant[0]
    update: dict[str, object] = {"asset_id": thing.asset_id}
    if fault.device is None and thing.names:
        update["device"] = Guess(value=thing.names[0], confidence=_SURE)
    if thing.device_type:
        update["device_type"] = Guess(value=thing.device_type, confidence=_SURE)
    if thing.serial:
        update["serial"] = Guess(value=thing.serial, confidence=_SURE)
    if thing.model:
        update["model"] = Guess(value=thing.model, confidence=_SURE)
    return fault.model_copy(update=update)


def _meant(words: str, known: Sequence[KnownThing]) -> list[KnownThing]:
    """Return the things whose serial is said, else those with the longest name or model that is said."""
    said = _comparable(words)
    by_serial = [
        thing for thing in known if len(bare(thing.serial)) >= 4 and bare(thing.serial) in bare(words)
    ]
    if by_serial:
        return by_serial
    lengths = [
        (max((len(name) for name in _names(thing) if name in said), default=0), thing) for thing in known
    ]
    longest = max(length for length, _ in lengths)
    if longest:
        return [thing for length, thing in lengths if length == longest]
    return _begun(said, known)


def _begun(said: str, known: Sequence[KnownThing]) -> list[KnownThing]:
    """Return the one thing whose numbered beginning is said: of `3号冷库冷藏机组` the `3号冷库`."""
    meant = [
        thing
        for thing in known
        for name in _names(thing)
        if (begin := _NUMBERED.match(name)) is not None and begin[0] in said and begin[0] != name
    ]
    return meant if len({thing.asset_id for thing in meant}) == 1 else []


def _of_same_kind(fault: Fault, known: Sequence[KnownThing]) -> list[KnownThing]:
    if fault.device is None:
        return []
    word = _comparable(fault.device.value)
    kind = fault.device_type.value if fault.device_type is not None else ""
    named = [
        thing for thing in known if len(word) >= _SHORTEST and any(word in name for name in _names(thing))
    ]
    return named or [thing for thing in known if kind and thing.device_type == kind]


def _numbered(meant: list[KnownThing], words: str) -> list[KnownThing]:
    """Return those with a number that is said, e.g. of three cold stores the one of “三号库”; else all."""
    said = set(_NUMBER.findall(_comparable(words)))
    fitting = [
        thing for thing in meant if said & {n for name in _names(thing) for n in _NUMBER.findall(name)}
    ]
    return fitting or meant


def _names(thing: KnownThing) -> list[str]:
    return [name for each in (*thing.names, thing.model) if len(name := _comparable(each)) >= _SHORTEST]


def _comparable(words: str) -> str:
    return bare(arabic(words)).replace("的", "")
