"""Reads a time line the way its reader does, and checks what it says of itself."""

import re
from collections.abc import Sequence

ONCE = {
    "挂起": r"挂起（",
    "转单": r"派给 \S+（从 \S+ 转出）",
    "验收不通过": r"第 \d+ 次验收不通过",
    "重开": r"重新打开：",
}
"""What the story does exactly once, and how a line of the time line tells it."""
_TOTAL = re.compile(r"◆ 合计 ([^：\s]+)：(.+)")
_UNIT_S = {"天": 86_400, "小时": 3_600, "分": 60, "秒": 1}
_PIECE = re.compile(r"(\d+)(天|小时|分|秒)")


def checks(messages: Sequence[str]) -> dict[str, bool]:
    """Return what the time line of the story must show, and whether it does."""
    return {
        "时间线是完整的，没有省略": is_whole(messages),
        **{f"时间线上“{what}”正好一次": happened(messages, what) == 1 for what in ONCE},
        "各环节用时相加等于合计": adds_up(messages),
    }


def happened(messages: Sequence[str], what: str) -> int:
    """Return how many lines tell one of `ONCE`."""
    return sum(bool(re.search(ONCE[what], line)) for text in messages for line in text.splitlines())


def is_whole(messages: Sequence[str]) -> bool:
    """Return whether every page of the time line is there."""
    parts = [re.search(r" 第 (\d+)/(\d+) 页】", text) for text in messages]
    numbers = [int(part[1]) if part else 1 for part in parts]
    wanted = int(parts[-1][2]) if parts and parts[-1] else 1
    return numbers == list(range(1, wanted + 1))


def adds_up(messages: Sequence[str]) -> bool:
    """Return whether the durations of the nodes add up to the total, as exactly as they are written."""
    found = _TOTAL.search("\n".join(messages))
    if found is None:
        return False
    least, most = _between(found[1])
    nodes = [_between(node.rpartition(" ")[2]) for node in found[2].split("，")]
    return sum(node[0] for node in nodes) <= most and sum(node[1] for node in nodes) >= least


def _between(words: str) -> tuple[int, int]:
    """Return the shortest and the longest time, in seconds, that is written like this."""
    pieces = _PIECE.findall(words)
    if "".join(number + unit for number, unit in pieces) != words or not pieces:
        raise ValueError(f"no duration: {words}")
    least = sum(int(number) * _UNIT_S[unit] for number, unit in pieces)
    units = {unit for _, unit in pieces}
    # Days are written to the hour, hours to the minute, what is less than an hour exactly.
    cut_s = 3_600 if "天" in units else 60 if "小时" in units else 1
    return least, least + cut_s - 1
