"""Puts what was read together: one fault for each broken thing."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from adapters.understanding.device_types import device_type
from adapters.understanding.folding import Found, Span, bare
from domain.intake.numerals import arabic
from domain.intake.understanding import Fault, Guess

_REACH = 8
_NUMBERED = re.compile(r"(?:[0-9]+|[一二三四五六七八九十]+)[号#楼台]?的?$")


@dataclass
class Group:
    """A device and what is said of it, while it is gathered."""

    device: Span | None = None
    symptoms: list[Span] = field(default_factory=list)

    def stretch(self, text: str) -> Span:
        """Return from where to where it is spoken of, with the number before its name."""
        spans = [*([self.device] if self.device else []), *self.symptoms]
        start = min(span.start for span in spans)
        if self.device is not None and start == self.device.start:
            start -= len(_number_before(self.device, text))
        return Span(start, max(span.end for span in spans))


def group(devices: Sequence[Span], symptoms: Sequence[Span], text: str) -> list[Group]:
    """Give each symptom to the device named last before it, the first ones to the first device.

    A device named again, or a second one without a symptom of its own, opens no further group.
    """
    groups: list[Group] = []
    early: list[Span] = []
    current: Group | None = None
    for span, is_device in sorted([*((d, True) for d in devices), *((s, False) for s in symptoms)]):
        if is_device:
            same = next((each for each in groups if _same(each.device, span, text)), None)
            current = same or Group(span)
            if same is None:
                groups.append(current)
        elif current is None:
            early.append(span)
        else:
            current.symptoms.append(span)
    if early:
        if groups:
            groups[0].symptoms[:0] = early
        else:
            groups.append(Group(None, early))
    spoken_of = [each for each in groups if each.symptoms]
    return spoken_of or groups[:1]


def fault(gathered: Group, text: str, types: Mapping[str, str]) -> Fault:
    """Return a group as a fault, without codes."""
    stretch = gathered.stretch(text)
    device = kind = None
    if gathered.device is not None:
        words = text[gathered.device.start : gathered.device.end]
        name, confidence = device_type(words, types)
        device = Guess(value=words, confidence=0.8)
        kind = Guess(value=name, confidence=confidence)
    return Fault(
        words=text[stretch.start : stretch.end],
        device=device,
        device_type=kind,
        symptoms=tuple(Guess(value=text[s.start : s.end], confidence=0.7) for s in gathered.symptoms),
    )


def with_codes(
    faults: list[Fault], stretches: Sequence[Span], codes: Mapping[str, Sequence[Found]]
) -> list[Fault]:
    """Give each code to the fault nearest before it; of several of a kind for one fault, the surest."""
    for kind in ("model", "serial", "fault_code"):
        for found in sorted(codes.get(kind, ()), key=lambda each: -each.confidence):
            before = [i for i, stretch in enumerate(stretches) if stretch.start <= found.span.start]
            index = before[-1] if before else 0
            if getattr(faults[index], kind) is None:
                guess = Guess(value=found.value, confidence=found.confidence)
                faults[index] = faults[index].model_copy(update={kind: guess})
    return faults


def _same(first: Span | None, second: Span, text: str) -> bool:
    if first is None:
        return False
    one, other = (bare(text[span.start : span.end]) for span in (first, second))
    numbers = [arabic(_number_before(span, text)) for span in (first, second)]
    return (one in other or other in one) and (numbers[0] == numbers[1] or "" in numbers)


def _number_before(device: Span, text: str) -> str:
    """Return `3号` of `3号冷库`."""
    numbered = _NUMBERED.search(text[max(0, device.start - _REACH) : device.start])
    return numbered[0] if numbered is not None else ""
