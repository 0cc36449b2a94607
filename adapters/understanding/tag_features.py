"""What is known of each character of a message, for the tagger."""

import re

from adapters.understanding import resources
from adapters.understanding.clock_words import EXPRESSION
from adapters.understanding.sheet import Sheet, kinds

_FAR = 2


def features(sheet: Sheet) -> list[list[str]]:
    """Return what is known about each character and its neighbours."""
    text = f"\x02\x02{sheet.plain}\x03\x03"
    kind = f"^{kinds(sheet.plain)}$"
    rows = [
        [
            "bias",
            f"0{text[i]}", f"1{text[i - 1]}", f"2{text[i + 1]}", f"3{text[i - 2]}",
            f"4{text[i + 2]}", f"5{text[i - 1 : i + 1]}", f"6{text[i : i + 2]}", f"7{text[i - 2 : i]}",
            f"8{text[i + 1 : i + 3]}",
            f"h{kind[i - 2 : i + 1]}",
        ]
        for i in range(_FAR, len(text) - _FAR)
    ]  # fmt: skip
    _add_words(rows, sheet)
    _add_devices(rows, sheet)
    _add_clauses(rows, sheet)
    _add_times(rows, sheet)
    _add_faults(rows, sheet)
    return rows


def _add_words(rows: list[list[str]], sheet: Sheet) -> None:
    """Add the word a character belongs to, where in it, and the words beside it."""
    texts = ["#", "#", *(word.text for word in sheet.segments), "#", "#"]
    parts = ["#", "#", *(word.kind for word in sheet.segments), "#", "#"]
    for number, word in enumerate(sheet.segments, start=2):
        kind, before, after = parts[number], parts[number - 1], parts[number + 1]
        said = [
            f"p{kind}", f"b{before}{kind}", f"n{kind}{after}", f"t{before}{kind}{after}",
            f"l{parts[number - 2]}{before}", f"r{after}{parts[number + 2]}",
            f"w{texts[number]}", f"v{texts[number - 1]}", f"x{texts[number + 1]}",
        ]  # fmt: skip
        for position in range(*word.span):
            place = _place(position, word.span)
            rows[position].extend([place + feature for feature in said])


def _add_devices(rows: list[list[str]], sheet: Sheet) -> None:
    """Add where words for devices are, whether it is the first one, and what stands beside them."""
    ends = {span.end for span in sheet.words}
    for order, span in enumerate(sheet.words):
        for position in range(*span):
            place = _place(position, span)
            rows[position] += [f"L{place}", f"L{place}{min(order, 2)}"]
        if span.start:
            rows[span.start - 1].append("Lb")
    for position, row in enumerate(rows):
        if position in ends:
            row += ["La", f"La{sheet.plain[position]}"]


def _add_clauses(rows: list[list[str]], sheet: Sheet) -> None:
    """Add a clause's pairs of characters to where it begins and to where a device has just been named."""
    ends = {span.end for span in sheet.words}
    for clause in re.finditer(r"[\w\ue000-\ue00f]+", sheet.plain):
        said = clause[0]
        pairs = {said[i : i + 2] for i in range(len(said) - 1)}
        for position in range(*clause.span()):
            if position == clause.start():
                rows[position].extend([f"C{pair}" for pair in pairs])
            elif position in ends:
                rows[position].extend([f"D{pair}" for pair in pairs])


def _add_times(rows: list[list[str]], sheet: Sheet) -> None:
    for match in EXPRESSION.finditer(sheet.plain):
        for position in range(*match.span()):
            rows[position].append("T")
        if match.end() < len(rows):
            rows[match.end()].append("Ta")


def _add_faults(rows: list[list[str]], sheet: Sheet) -> None:
    """Add where words stand that tell of something broken, of which kind, and what is beside them."""
    for name, pattern in resources.faults().items():
        for match in pattern.finditer(sheet.plain):
            for position in range(*match.span()):
                rows[position].append(f"F{_place(position, match.span())}{name}")
            if match.start():
                rows[match.start() - 1].append(f"Fb{name}")
            if match.end() < len(rows):
                rows[match.end()].append(f"Fa{name}")


def _place(position: int, span: tuple[int, int]) -> str:
    start, end = span
    if end - start == 1:
        return "S"
    return "B" if position == start else "E" if position == end - 1 else "I"
