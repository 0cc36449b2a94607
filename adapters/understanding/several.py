"""Finds the other machines of a message that tells of several; the tagger marks the one it is most about."""

import re
from collections.abc import Mapping, Sequence

from adapters.understanding.device_types import device_type
from adapters.understanding.folding import Span

_CLAUSE = re.compile(r"[^,，。.!！?？;；、~…\n]+")
_LEAD = re.compile(
    r"(?:[另还]外?有?|然后|而且|并且|以及|同时|再就是|[和跟]|我们?家?|家里|[那这]个?台?|店里|厂里|隔壁|旁边|楼上|楼下|的|"
    r"\s|[0-9一二三四五六七八九十]+[号#楼台]?)*"
)
_ALSO = re.compile(r"[也都又还]+")
_SHORTEST = 2
# Classes that are mostly parts of a machine: named in a clause of their own they are no second machine.
_PARTS = frozenset(
    {"压缩机", "电机", "传感器", "触摸屏", "显示器", "阀门", "水管", "插座", "照明", "风机",
     "水泵", "电池", "轮胎", "发动机", "主板", "PLC", "变频器", "伺服驱动器", "数控系统",
     "自动门", "冷库门", "包裹", "货物", "网络", "话筒", "机械手", "水龙头", "电风扇", "尾板",
     "车机", "监控", "网关", "配电柜", "真空泵", "鼓风机", "冷却塔"}
)  # fmt: skip


def complete(
    devices: Sequence[Span],
    symptoms: Sequence[Span],
    words: Sequence[Span],
    text: str,
    types: Mapping[str, str],
) -> tuple[list[Span], list[Span]]:
    """Return the devices and symptoms with every machine that opens a clause of its own with a symptom.

    Args:
        words: stretches that are words for devices.
        types: the class of each word for a device.
    """
    known = {_class(span, text, types) for span in devices}
    found, told = list(devices), list(symptoms)
    if not devices:
        return found, told
    for clause in _CLAUSE.finditer(text):
        start, end = clause.span()
        span = next((each for each in words if start <= each.start and each.end <= end), None)
        if span is None or span.end - span.start < _SHORTEST:
            continue
        if _LEAD.fullmatch(text, start, span.start) is None:
            continue
        kind = _class(span, text, types)
        index = next((i for i, each in enumerate(told) if span.start <= each.start < end), None)
        if kind in known | _PARTS or index is None:
            continue
        known.add(kind)
        found.append(span)
        told[index] = _without(span, told[index], text)
    return found, told


def _without(device: Span, symptom: Span, text: str) -> Span:
    """Return a symptom that began with the device as it goes on after it."""
    if symptom.start > device.start or symptom.end <= device.end:
        return symptom
    also = _ALSO.match(text, device.end)
    start = also.end() if also is not None else device.end
    return Span(start, symptom.end) if start < symptom.end else symptom


def _class(span: Span, text: str, types: Mapping[str, str]) -> str:
    return device_type(text[span.start : span.end], types)[0]
