"""Facts that are known by their shape: phone numbers, plates and work order numbers."""

import re
from collections.abc import Iterator

from adapters.understanding.folding import Found, Span, spoken_digits

_MOBILE = re.compile(r"(?<![\dA-Za-z])(?:\+?86[- ]?)?(1[3-9]\d(?:[-., ]{0,2}\d){8})(?![-.]?\d)")
_LANDLINE = re.compile(
    r"(?<![\dA-Za-z])[(]?(0(?:10|2\d|[3-9]\d{2}))[)]?[- ]{0,2}([2-9](?:[- ]?\d){6,7})(?!\d(?!点))"
)
_LOCAL = re.compile(
    r"(?:电话|座机|号码|分机|打|拨|tel)[^\d\n]{0,6}(?<![\dA-Za-z-])([2-8]\d{2,3}[- ]?\d{4})(?![-\dA-Za-z])",
    re.I,
)
_CONTACT = re.compile(r"电话|手机|联系|打给?|号码|回电|回拨|致电|呼|微信同|找我|本人|tel", re.I)
_CORRECTION = re.compile(r"不对|错了|不是|改成|换成|更正|应该是|改为|换这个|新号|新的")
_NOT_THEIRS = re.compile(r"(?:尾号|以前|原来|旧|老号|停机|打不通|不用了|别打|不要打|空号)[^,，。;；]{0,6}$")

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = re.compile(
    (
        rf"([{_PROVINCES}][A-Z]|"
        rf"新[A-HJ-NP-S])[ .·•・-]{{0,2}}((?:[A-Z0-9][ ]?){{4}}(?:[A-Z0-9]{{1,2}}|"
        rf"[A-Z0-9]?[挂学警港澳]))(?![A-Z0-9])"
    ),
    re.I,
)
_ORDER_NUMBER = re.compile(
    r"(?<![A-Z])W ?[O0][-_ :.]{0,2}(20\d{2}[-_ ]?\d{2}[-_ ]?\d{2})[-_ ]{0,2}(\d{3,6})(?!\d)", re.I
)
_BARE_ORDER_NUMBER = re.compile(
    r"(?:工单|单号|单子|报修单|维修单)[^\dA-Za-z]{0,5}(20\d{6})[-_ ](\d{3,6})(?!\d)"
)


def order_numbers(folded: str) -> list[Found]:
    """Find work order numbers; their value is `WO-20261120-0007`."""
    found = [
        Found(Span(*match.span()), f"WO-{re.sub(r'[-_ ]', '', match[1])}-{match[2]}", 0.99)
        for match in _ORDER_NUMBER.finditer(spoken_digits(folded))
    ]
    return found or [
        Found(Span(match.start(1), match.end(2)), f"WO-{match[1]}-{match[2]}", 0.9)
        for match in _BARE_ORDER_NUMBER.finditer(folded)
    ]


def plates(folded: str) -> list[Found]:
    """Find vehicle plates; their value has neither blanks nor dots."""
    found = []
    for match in _PLATE.finditer(spoken_digits(folded)):
        body = match[2].replace(" ", "")
        if sum(char.isdigit() for char in body) >= 2:
            found.append(Found(Span(*match.span()), (match[1] + body).upper(), 0.97))
    return found


def phones(folded: str) -> list[Found]:
    """Find phone numbers, the one to be called first."""
    found = [*_mobiles(folded), *_landlines(folded)]
    last_correction = max((match.end() for match in _CORRECTION.finditer(folded)), default=-1)

    def rank(each: Found) -> tuple[bool, bool, bool, bool, int]:
        before = folded[max(0, each.span.start - 12) : each.span.start]
        corrected = 0 <= last_correction <= each.span.start and len(found) > 1
        return (
            _NOT_THEIRS.search(before) is not None,
            not corrected,
            not each.value.startswith("1"),
            _CONTACT.search(before) is None,
            each.span.start,
        )

    return sorted(found, key=rank)


def _mobiles(folded: str) -> Iterator[Found]:
    spans: list[Span] = []
    for text, confidence in ((folded, 0.99), (spoken_digits(folded), 0.97)):
        for match in _MOBILE.finditer(text):
            span = Span(*match.span())
            if not any(span.overlaps(other) for other in spans):
                spans.append(span)
                yield Found(span, re.sub(r"\D", "", match[1]), confidence)


def _landlines(folded: str) -> Iterator[Found]:
    text = spoken_digits(folded)
    spans = []
    for match in _LANDLINE.finditer(text):
        spans.append(Span(*match.span()))
        yield Found(spans[-1], f"{match[1]}-{re.sub(r'[^0-9]', '', match[2])}", 0.95)
    for match in _LOCAL.finditer(text):
        span = Span(*match.span(1))
        if not any(span.overlaps(other) for other in spans):
            yield Found(span, re.sub(r"\D", "", match[1]), 0.7)
