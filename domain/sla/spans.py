"""Lengths of working time as people write them."""

import re

_UNITS = {"小时": 3_600, "时": 3_600, "h": 3_600, "分钟": 60, "分": 60, "m": 60, "秒钟": 1, "秒": 1, "s": 1}
_PART = re.compile(rf"(\d{{1,6}})\s*({'|'.join(sorted(_UNITS, key=len, reverse=True))})")
_WHOLE = re.compile(rf"(?:\s*{_PART.pattern})+\s*")


def seconds(text: str) -> int:
    """Return the seconds of `30分钟`, `4小时`, `1h30m` or `90s`.

    Days are refused: nobody agrees how many counted hours a working day has.

    Raises:
        ValueError: anything else, with an example in Chinese.
    """
    if not _WHOLE.fullmatch(text):
        raise ValueError(f"“{text}”不是时长，请写成 30分钟、4小时 或 1h30m（不用“天”，请换算成小时）")
    return sum(int(amount) * _UNITS[unit] for amount, unit in _PART.findall(text))
