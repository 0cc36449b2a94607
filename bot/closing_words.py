"""What stands in the words at the end of the loop: scores, amounts, who pays, and how a call went."""

import re
from dataclasses import dataclass
from decimal import Decimal

from domain.workorder.details import Payer

_NUMERALS = {
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
}
_DIGIT = "".join(_NUMERALS)
_SCORE = re.compile(rf"(?:我?[打给评])? ?(-?[0-9]{{1,6}}(?:\.[0-9]+)?|[{_DIGIT}]) ?[分星](?!钟|之)(?:好评)?")
_BARE = re.compile(rf"^(?:我?[打给选])? ?(-?[0-9]{{1,6}}(?:\.[0-9]+)?|[{_DIGIT}])(?: ?[分星])?$")
_NPS = re.compile(rf"^(?:推荐|推荐度)? ?(-?[0-9]{{1,6}}(?:\.[0-9]+)?|[{_DIGIT}])(?: ?分)?$")
_SKIP = frozenset({"跳过", "不用", "不用了", "不了", "不评价", "算了", "没有", "没有了", "无", "不", "下次"})
_EDGES = " \t\r\n,，.。:：、;；!！~"

_FREE = re.compile(r"免费|不收费|不收钱|不用付")
_AMOUNT = re.compile(
    r"[¥￥]? ?([0-9][0-9,.]*) ?(?:元|块钱?|圆|rmb|cny)?"
    r"(?=$|[\s:：、;；!！]|[,，.。](?![0-9])|客户|合同|保修|赠送)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"[0-9]")
_YUAN = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]{1,2})?")
_LARGEST = Decimal(10) ** 10
_PAYERS: tuple[tuple[Payer, str], ...] = (
    (Payer.CUSTOMER, "客户(?:自己)?(?:付款|支付|承担|自付|付|出)?|自费"),
    (Payer.CONTRACT, "合同(?:内|承担|付)?|维保"),
    (Payer.WARRANTY, "[保质][修保](?:期?内|承担)?|三包"),
    (Payer.GOODWILL, "赠送|公司(?:承担|付)|免单"),
)
_PAYER = re.compile(
    r"(?:^|(?<=[\s,，、;；元块费0-9]))(?:由 ?)?(?:"
    + "|".join(f"(?P<{payer.value}>{words})" for payer, words in _PAYERS)
    + r")(?=$|[\s,，.。、;；])"
)
"""Who pays stands by itself or right behind the amount; “老客户要求开票” is a note."""
_RESULTS: tuple[tuple[str, str], ...] = (
    ("unreachable", "联系不上|打不通|没人接|无人接听|不接电话|关机|停机|空号|没接"),
    ("unsolved", "未解决|没有?解决|没有?修好|未修好|还是不行|又坏了|不满意|还没好"),
    ("solved", "已经?解决|已回访|解决了|修好了|正常|满意|没问题|很好|已好"),
)
_PASS = re.compile(r"^(?:转给|转交|交给) ?(\S+)")


class AmountUnclear(ValueError):
    """An amount that cannot be read for certain; its text is the argument."""


@dataclass(frozen=True)
class Settled:
    """What a settlement in words says; what is None was not said."""

    amount_fen: int | None
    payer: Payer | None
    note: str


@dataclass(frozen=True)
class Called:
    """How a call went, in words; `result` is empty where nothing tells."""

    result: str
    score: int | None
    note: str


def read_score(text: str) -> tuple[int | str | None, str]:
    """Return the score in words and the rest of them.

    Half a score comes back as it was written, because no whole number stands for it.
    """
    found = _SCORE.search(text) or _BARE.match(text.strip(_EDGES))
    if found is None:
        return None, text.strip(_EDGES)
    rest = text.replace(found.group(), " ", 1)
    return _number(found.group(1)), rest.strip(_EDGES)


def read_nps(text: str) -> int | str | None:
    """Return a recommendation said as a bare number, or None for words."""
    found = _NPS.match(text.strip(_EDGES))
    return _number(found.group(1)) if found else None


def says_no(text: str) -> bool:
    """Return whether somebody does not want to answer."""
    return text.strip(_EDGES) in _SKIP


def read_settlement(text: str) -> Settled:
    """Return amount, payer and note of `380.50 元 客户付 更换电容`.

    Raises:
        AmountUnclear: there is a number, but none that is plainly yuan with at most two decimals.
    """
    payer, rest = read_payer(text)
    if _FREE.search(rest):
        return Settled(0, payer, _FREE.sub(" ", rest, count=1).strip(_EDGES))
    first = rest.strip(_EDGES).split(" ")[0] if rest.strip(_EDGES) else ""
    found = _AMOUNT.match(rest.strip(_EDGES))
    if found is None:
        if _NUMBERED.search(first) or first.startswith("-"):
            raise AmountUnclear(first)
        return Settled(None, payer, rest.strip(_EDGES))
    note = rest.strip(_EDGES)[found.end() :]
    return Settled(_fen(found.group(1).rstrip(",.")), payer, note.strip(_EDGES))


def read_payer(text: str) -> tuple[Payer | None, str]:
    """Return who pays, and the words without it."""
    found = _PAYER.search(text)
    if found is None or found.lastgroup is None:
        return None, text
    return Payer(found.lastgroup), f"{text[: found.start()]} {text[found.end() :]}"


def read_call(text: str) -> Called:
    """Return how a call went: `已解决 客户满意 5分`."""
    score, rest = read_score(text)
    result = next((result for result, words in _RESULTS if re.search(words, rest)), "")
    if not result and isinstance(score, int):
        result = "solved"
    return Called(result, score if isinstance(score, int) else None, rest[:500])


def read_passing_on(text: str) -> str:
    """Return to whom a follow-up is passed on, or an empty text."""
    found = _PASS.match(text.strip(_EDGES))
    return found.group(1) if found else ""


def _number(said: str) -> int | str:
    if said in _NUMERALS:
        return _NUMERALS[said]
    value = Decimal(said)
    return int(value) if value == value.to_integral_value() else said


def _fen(said: str) -> int:
    """Return whole fen; groups of thousands are taken only where they are whole."""
    if not _YUAN.fullmatch(said) or Decimal(said.replace(",", "")) > _LARGEST:
        raise AmountUnclear(said)
    return int(Decimal(said.replace(",", "")) * 100)
