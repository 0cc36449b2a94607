"""Chinese numerals as people write and say them."""

import re

NUMERAL = r"(?:\d{1,4}|[零〇一二两俩三仨四五六七八九十百]{1,5})"

_VALUES = {
    "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "俩": 2, "三": 3, "仨": 3, "四": 4, "五": 5, "六": 6,
    "七": 7, "八": 8, "九": 9,
}  # fmt: skip
_UNITS = {"十": 10, "百": 100}
_RUN = re.compile("[零〇一二两三四五六七八九十百]+")


def number(text: str) -> int | None:
    """Return the value of `15`, `十五`, `二十`, `一百零三` or `二零`, or None when it is no number."""
    if text.isascii() and text.isdigit():
        return int(text)
    if not text or any(char not in _VALUES and char not in _UNITS for char in text):
        return None
    if not any(char in _UNITS for char in text):
        return int("".join(str(_VALUES[char]) for char in text))
    total, pending = 0, None
    for char in text:
        if char in _UNITS:
            total += (1 if pending is None else pending) * _UNITS[char]
            pending = 0
        else:
            pending = _VALUES[char]
    return total + (pending or 0)


def arabic(text: str) -> str:
    """Return the text with every Chinese numeral as digits, so that `三号` and `3号` agree."""
    return _RUN.sub(lambda run: str(number(run[0])), text)
