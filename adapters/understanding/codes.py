"""Tokens of letters and digits: which are serial numbers, models, fault codes or waybills is learned."""

import re
import string
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from adapters.understanding.folding import Found, Span, spoken_digits
from adapters.understanding.linear import LinearModel
from adapters.understanding.sheet import grams

NOTHING = "none"
KINDS = ("serial", "model", "fault_code", "waybill")

_CHINESE_DIGITS = "零〇○一二三四五六七八九幺洞"
_SPOKEN = re.compile(
    rf"(?:(?<=[A-Za-z])|(?<=[A-Za-z] ))[{_CHINESE_DIGITS}]{{2,}}|"
    rf"(?<![\d第])[{_CHINESE_DIGITS}]{{4,}}|"
    rf"(?<=[码号警错障报])[{_CHINESE_DIGITS}]{{2,}}(?![楼号栋幢单层十百个台次天点遍下回年月线分])"
)
_LONG = r"(?<![A-Za-z])(?:[A-Za-z] ?){0,5}\d(?:[ -]{0,3}\d){7,}[A-Za-z]{0,2}(?![A-Za-z0-9])"
_SPLIT = r"(?:(?<![A-Za-z0-9-])[A-Z]{1,3}|(?<=[报码示跳警障])[a-z]{1,2}) \d{1,4}[A-Za-z]?(?![A-Za-z0-9_%-])"
_TOKEN = r"16#[0-9A-Fa-f]+|[A-Za-z0-9]+(?:[-_/.·][A-Za-z0-9]+)*\+?"
_CANDIDATE = re.compile(rf"(?P<long>{_LONG})|(?P<split>{_SPLIT})|(?P<token>{_TOKEN})")
# `SN: 8105`, `EMS 1148` and `ALM 500`: the label is no part of the code.
_LABEL = re.compile(r"^(?:(?:S/?N|NO|SER|ID)[.: #]+|(?:EMS|ALM|ERR|ERROR|CODE) +)(?=[A-Z0-9])", re.I)
# Letters that stand before the number of a fault on the panels of most machines.
_FAULT_FAMILY = re.compile(
    r"(?:E|F|P|U|H|L|AL|ALM|ERR?|ERROR|EX|SC|OC|OL|OV|OH|UV|LU|UU|SRVO|SYST|MOTN|SV|EC|HP|LP|FA|FL|PL|AC|CH|"
    r"DF|EE|ID|SP|TF)[-.:]?\d{1,4}[A-Z]?|E[A-Z]|[UDIOL]E|0X[0-9A-F]{1,4}",
    re.IGNORECASE,
)
_CARRIERS = re.compile(
    r"(?:SF|JD[A-Z]{0,3}|YT|ZTO?|ZJS|STO|YD|YUNDA|EMS|DPK?|DB|JT|KY|BEST|HTKY|TT|DHL|UPS|1Z|"
    r"CN|FW|AN|EA|EB|EK|LP|ANE|UC|YZ|XN|CP)\d{8,}[A-Z]{0,2}",
    re.IGNORECASE,
)
# What stands directly before a code and says what it is.
_NAMED = {
    "waybill": re.compile(r"(?:[运快物托]单号?|快递单?号?|物流单?号?|面单号?|托运单|回执|单号)$"),
    "serial": re.compile(
        r"(?:序列号?|机身[号码]?|出厂编?号?|编号|机器?号|s/?n码?|ser|序号|设备[号码]|资产号|车架号|条码|桩号|机台)$"
    ),
    "model": re.compile(r"(?:型号|机型|款式|款|型|牌子)$"),
    "fault_code": re.compile(
        r"(?:报警号?|报错|故障码?|代码|错误码?|报|跳|提示|告警|闪码|err|error|fault|alarm|code)$"
    ),
}
_NAMED_OTHERWISE = re.compile(r"(?:(?:合同|订单|发票|采购单|房间?)号?|room)$")
_FAULT_NAMED = re.compile(r"(?:(?:故障|错误|报警|告警|报错|返回|闪)[码号]|错误|代码|err|error|alm|alarm)$")
# `报警2042`, but `报警3次`: so only with three digits, and no amount; `报49.4C02`, but `报3400`.
_ALARMED = re.compile(r"(?:报警|告警|报错|故障)$")
_ALARMED_WITH_LETTERS = re.compile(r"[报跳]$")
_CODE_AFTER = re.compile(r" ?号?(?:(?:故障|错误|报警)?代码|错误)|号故障")
_ALARM_AFTER = re.compile(r" ?号?(?:报警|告警|报错|故障)(?![器灯主音])")
_LEAST_ALARM = 3
_ALARM = re.compile(r"报(?![修价名销到])|警|码|错误|显示|跳|闪|err|alarm", re.IGNORECASE)
_SURE_FAULT = re.compile(
    r"(?:E|ERR|ER|ALM|AL|SRVO|OC|OL|OH|OU|SC|EX)[-.]?\d{1,4}|[FH][-.]?0?\d", re.IGNORECASE
)
_PLACE_AFTER = re.compile(r"[ ]?(?:楼|栋|幢|座|区|馆|口|出口|入口|室|层|门|服务区|号|的车|柜|床|仓|库)")
_SERIAL = re.compile(r"S/?N[-_]?[A-Z0-9]*\d[A-Z0-9-]{3,}", re.IGNORECASE)
_FILLER = re.compile(
    r"(?:[是为叫有写着的了嘛吧啊呢]|好像|大概|应该|显示|上面|牌子|[-\s:：=＝“\"'（(【#,，.])+$"
)
_PLACE = re.compile(r"[楼栋座区室门厅层口园城街路弄幢库场馆道]$")
_CUE_WORDS = {
    "waybill": (
        r"运单|快递|物流|包裹|面单|单号|这票|那票|顺丰|中通|圆通|韵达|申通|京东|极兔|德邦|跨越|"
        r"邮政|ems|货|件|票|发来|寄|签收"
    ),
    "serial": (
        r"序列号?|机身|出厂|编号|机号|机器号|[sS]/?[nN]|设备号|资产号|铭牌|机台号|条码|身份号|"
        r"桩号|梯号|机器人|机架号|识别码|注册码|串号"
    ),
    "model": r"型号|款|牌子|品牌|机型|型|系列|买的|规格|系统|驱动器",
    "fault_code": r"报警|报错|报|故障|代码|错误|显示|跳|err|code|码|fault|alarm|提示|闪|出现|屏",
}
_CUES = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _CUE_WORDS.items()}
_AMOUNT = re.compile(
    r"(?:°|℃|%|度|元|块|万|千|个|台|米|公里|次|天|年|月|日|号|楼|栋|幢|室|层|点|分|秒|小时|"
    r"吨|斤|公斤|kg|mm|cm|v|w|kw|a|mpa|l|寸|匹|人|床|件|箱|盒|条|路|弄|单元|车间|线|期|轴|瓶|"
    r"包|家|张|本|份|批|回|遍|多|几|头|只|库|门|机|口|列|排|座|区|段|寝|宿|[:：.]\d)"
)
_TAKEN_BACK = re.compile(r"[-, ，.…]*(?:不对|错了|哦不|噢不|说错|写错|打错)")
_REACH = 10
# A pasted table is not read to its end.
_MOST = 40
_SHORTEST_WAYBILL = 8
_SHORTEST_SERIAL = 4
_LONGEST_FAULT = 8
_CERTAIN = 0.97


class Candidate(NamedTuple):
    """A token that may be a code.

    Args:
        value: as written, spoken digits as digits, without blanks.
        text: the whole message with spoken digits as digits.
    """

    span: Span
    value: str
    text: str


def candidates(folded: str, taken: Iterable[Span]) -> Iterator[Candidate]:
    """Find tokens with a digit, or short ones in capitals, outside the stretches already understood."""
    text = _SPOKEN.sub(lambda run: spoken_digits(run[0].replace("洞", "零")), folded)
    taken = tuple(taken)
    for match in _CANDIDATE.finditer(text):
        span = Span(*match.span())
        if any(span.overlaps(other) for other in taken):
            continue
        label = _LABEL.match(match[0])
        if label is not None:
            span = Span(span.start + label.end(), span.end)
        written = text[span.start : span.end]
        value = re.sub(r"\s+", "", written)
        if _worth_asking(value):
            yield Candidate(span, value, text)


def features(candidate: Candidate) -> tuple[str, ...]:
    """Return what a token looks like and what stands around it."""
    span, value, text = candidate
    before = text[max(0, span.start - _REACH) : span.start].lower()
    after = text[span.end : span.end + 4].lower()
    shape = re.sub(r"[A-Za-z]", "A", re.sub(r"\d", "9", value))
    runs = re.sub(r"A+", "A", re.sub(r"9+", "9", shape))
    digits = sum(char.isdigit() for char in value)
    letters = value[: len(value) - len(value.lstrip(string.ascii_letters))].upper()
    size = "short" if digits < 5 else "mid" if digits < 9 else "long"
    family = _FAULT_FAMILY.fullmatch(value) is not None
    place = _PLACE.search(before) is not None
    found = [
        f"s={shape}" if len(shape) < 9 else "s=long", f"r={runs}", f"n={min(len(value), 16)}",
        f"d={min(digits, 12)}", f"l={letters}", f"rn={runs},{min(digits, 12)}",
        f"size={size}", f"sr={size},{runs}",
        f"carrier={_CARRIERS.fullmatch(value) is not None}", f"first={before == ''}", f"last={after == ''}",
        f"fault={family}", f"fault={family},{bool(letters)}", f"fault={family},{place}", f"place={place}",
        f"back={_TAKEN_BACK.match(text, span.end) is not None}",
    ]  # fmt: skip
    found += [f"b={gram}" for gram in grams(before[-4:], 3)]
    found += [f"e={before[-n:]}" for n in (1, 2, 3)]
    found += [f"a={after[:n]}" for n in (1, 2)]
    found += [f"k={after[0]}" if after and not after[0].isalnum() else "k"]
    found += _cues(before, after, runs, digits)
    found.append(f"alarm={_ALARM.search(text) is not None},{family},{runs}")
    if _CUES["waybill"].search(text):
        found.append(f"post,{min(digits, 9)},{runs}")
    return tuple(found)


def certain(candidate: Candidate) -> tuple[str, float] | None:
    """Return the kind of a code that its own form or the word directly before it leaves no doubt of."""
    span, value, text = candidate
    directly = _FILLER.sub("", text[max(0, span.start - _REACH) : span.start].lower())
    digits = sum(char.isdigit() for char in value)
    if _TAKEN_BACK.match(text, span.end) or _NAMED_OTHERWISE.search(directly):
        return NOTHING, _CERTAIN
    if digits >= _SHORTEST_WAYBILL and _NAMED["waybill"].search(directly):
        return "waybill", _CERTAIN
    if _SERIAL.fullmatch(value) or (
        digits and len(value) >= _SHORTEST_SERIAL and _NAMED["serial"].search(directly)
    ):
        return "serial", _CERTAIN
    if _CARRIERS.fullmatch(value):
        return "waybill", _CERTAIN
    if digits and len(value) <= _LONGEST_FAULT and _called_fault(candidate, directly):
        return "fault_code", _CERTAIN
    beside_place = _PLACE.search(directly) or _PLACE_AFTER.match(text, span.end)
    if _SURE_FAULT.fullmatch(value) and not beside_place and not _NAMED["model"].search(directly):
        return "fault_code", _CERTAIN
    return None


def _called_fault(candidate: Candidate, directly: str) -> bool:
    """Tell whether the words beside a code call it one of a fault: `157号错误`, `9031号报警`, `错误5`."""
    span, value, text = candidate
    if _FAULT_NAMED.search(directly) or _CODE_AFTER.match(text, span.end):
        return _AMOUNT.match(text, span.end) is None or _CODE_AFTER.match(text, span.end) is not None
    number = value.isdigit() and len(value) >= _LEAST_ALARM
    if (number and _ALARMED.search(directly)) or (
        any(map(str.isalpha, value)) and _ALARMED_WITH_LETTERS.search(directly)
    ):
        return _AMOUNT.match(text, span.end) is None
    return (number or _FAULT_FAMILY.fullmatch(value) is not None) and (
        _ALARM_AFTER.match(text, span.end) is not None
    )


def _cues(before: str, after: str, runs: str, digits: int) -> Iterator[str]:
    """Return which words stand before, how far, and which is nearest."""
    directly = _FILLER.sub("", before)
    for name, pattern in _NAMED.items():
        if pattern.search(directly):
            # Twice over, because it says so much.
            yield from (f"now={name}", f"now={name}!", f"now={name},{runs}", f"now={name},{min(digits, 9)}")
    if _AMOUNT.match(after):
        yield from ("amount", f"amount,{runs}", f"amount,{runs},{min(digits, 5)}")
    nearest, distance = "", _REACH + 1
    for name, pattern in _CUES.items():
        ends = [match.end() for match in pattern.finditer(before)]
        if ends:
            gap = len(before) - max(ends)
            yield from (f"cue={name}", f"cue={name},{min(gap // 2, 4)}")
            if gap < distance:
                nearest, distance = name, gap
    yield from (f"near={nearest}", f"near={nearest},{runs}", f"near={nearest},{min(digits, 9)}")


def classify(model: LinearModel, folded: str, taken: Iterable[Span]) -> dict[str, list[Found]]:
    """Return the codes of each kind, in the order said."""
    found: dict[str, list[Found]] = {kind: [] for kind in KINDS}
    for candidate in islice(candidates(folded, taken), _MOST):
        kind, confidence = certain(candidate) or model.best(features(candidate))
        if found["waybill"] and _alike(candidate.value, found["waybill"][-1].value):
            # One of a list: `单号 78201993310、78201993311`.
            kind = "waybill"
        if kind != NOTHING:
            value = candidate.value.upper() if kind in {"waybill", "fault_code"} else candidate.value
            found[kind].append(Found(candidate.span, value, confidence))
    return found


def _alike(value: str, waybill: str) -> bool:
    """Tell whether a number is written like a waybill: the same length and the same letters first."""
    same_length = len(value) == len(waybill) >= _SHORTEST_WAYBILL
    return same_length and value[:2].upper() == waybill[:2]


def _worth_asking(value: str) -> bool:
    if any(char.isdigit() for char in value):
        return True
    return value.isupper() and 2 <= len(value) <= 4
