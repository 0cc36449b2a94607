"""What people say about stores, read: what is to be done, with which document, and what else they say."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bot.approval_words import REQUEST_NUMBER, trimmed
from bot.intents import NUMBER, half_width


class Deed(StrEnum):
    """What somebody wants to do in a store."""

    PICKS = "picks"
    ISSUE = "issue"
    RECEIVE = "receive"
    TRANSFER = "transfer"
    SCRAP = "scrap"
    ADJUST = "adjust"
    COUNT = "count"
    SUBMIT_COUNT = "submit_count"
    CANCEL_COUNT = "cancel_count"
    BUY = "buy"
    ORDERED = "ordered"
    PURCHASES = "purchases"
    END_PURCHASE = "end_purchase"
    SUPPLIERS = "suppliers"
    SHIPPED = "shipped"
    RULE = "rule"
    TAKE_OLD = "take_old"
    WAIVE_OLD = "waive_old"
    SEND_TO_REPAIR = "send_to_repair"
    REPAIRED = "repaired"
    SCRAP_OLD = "scrap_old"
    FINISH = "finish"
    LEFT = "left"
    TAKE_BACK = "take_back"
    STOP = "stop"


@dataclass(frozen=True)
class StoreWords:
    """One message about a store.

    Args:
        word: the command word as it was written.
        number: `SP-…` or `JJ-…` in its written form, or empty.
        tail: the last four digits, where only they were said.
        order_number: the `WO-…` that is named, or empty.
        rest: what is left.
    """

    deed: Deed
    word: str
    number: str = ""
    tail: str = ""
    order_number: str = ""
    rest: str = ""

    @property
    def named(self) -> str:
        """Return the number as far as it was said."""
        return self.number or self.tail


_VERBS: tuple[tuple[Deed, str], ...] = (
    (Deed.PICKS, "待出库|领料任务|出库任务|拣货任务"),
    (Deed.FINISH, "确认出库|出库完成|出完了?|确认入库|入库完成|入完了?"),
    (Deed.ISSUE, "全部出库|出库"),
    (Deed.RECEIVE, "采购入库|采购到货|入库|到货"),
    (Deed.TRANSFER, "调拨"),
    (Deed.SCRAP_OLD, "报废旧件|旧件报废"),
    (Deed.SCRAP, "报废"),
    (Deed.ADJUST, "库存调整|调整库存|调整"),
    (Deed.SUBMIT_COUNT, "盘点完成|提交盘点|完成盘点|盘完了?"),
    (Deed.CANCEL_COUNT, "取消盘点|放弃盘点"),
    (Deed.COUNT, "继续盘点|开始盘点|盘点"),
    (Deed.END_PURCHASE, "结束采购|取消采购"),
    (Deed.PURCHASES, "采购单|采购进度|采购列表"),
    (Deed.BUY, "采购|请购"),
    (Deed.ORDERED, "已下单|已订购|改交期"),
    (Deed.SHIPPED, "供应商已?发货|供货商已?发货|采购已?发货"),
    (Deed.SUPPLIERS, "供应商准时率|供应商列表|供应商|供货商"),
    (Deed.RULE, "安全库存"),
    (Deed.TAKE_OLD, "收旧件|旧件入库"),
    (Deed.WAIVE_OLD, "免还旧件|免还"),
    (Deed.SEND_TO_REPAIR, "旧件送修|送修"),
    (Deed.REPAIRED, "旧件修好|修好"),
    (Deed.LEFT, "还差什么|还差多少|还差哪些|还差"),
    (Deed.TAKE_BACK, "撤销上一条|撤销上一个|撤销"),
    (Deed.STOP, "先不出了?|先不入了?|停止出库|停止入库|退出盘点"),
)
IN_TASK = frozenset({Deed.FINISH, Deed.LEFT, Deed.TAKE_BACK, Deed.STOP})
"""What makes sense only while a task is open."""
_ALONE = frozenset({Deed.PICKS, Deed.PURCHASES, *IN_TASK})
"""What takes no other words: with more, it is a sentence about something else."""
_OLD = frozenset({Deed.TAKE_OLD, Deed.WAIVE_OLD, Deed.SEND_TO_REPAIR, Deed.REPAIRED, Deed.SCRAP_OLD})
_DOCUMENTS = _OLD | {
    Deed.ISSUE,
    Deed.RECEIVE,
    Deed.COUNT,
    Deed.SUBMIT_COUNT,
    Deed.CANCEL_COUNT,
    Deed.ORDERED,
    Deed.SHIPPED,
    Deed.END_PURCHASE,
}
_COMMANDS = tuple(
    (deed, re.compile(rf"^(?:{words})(?=$|[\s\d,，.。:：、;；!！×SPJW]|[^\W\d_])", re.IGNORECASE))
    for deed, words in _VERBS
)
_OLD_NUMBER = re.compile(r"JJ\s*[-–—_]?\s*(\d{8})\s*[-–—_]?\s*(\d{4,})", re.IGNORECASE)
_TAIL = re.compile(r"^(?:SP-?|JJ-?|#|…)?(0\d{3})(?=$|[\s,，.。:：、;；])", re.IGNORECASE)
_FREE = frozenset({Deed.SCRAP, Deed.ADJUST, Deed.TRANSFER, Deed.REPAIRED, Deed.BUY, Deed.SUPPLIERS})
"""What a sentence may begin with as well: a blank, or a part's code, has to follow."""
_APART = re.compile(r"^(?:$|[\s,，:：、]|[A-Za-z0-9])")
_RULE = re.compile(
    r"(?P<part>\S.*?)\s+(?:低于|少于|[:：])?\s*(?P<below>-?\d{1,6}(?:\.\d{1,3})?)\s*[^\s\d,，补]?"
    r"(?:\s*[,，]?\s*(?:补货?|采购|订)\s*(?P<order>-?\d{1,6}(?:\.\d{1,3})?)\s*[^\s\d]?)?(?:[\s,，]+(?P<rest>[^\d\s].*))?$"
)


def read_store(text: str) -> StoreWords | None:
    """Return what is said about a store, or None for other words."""
    plain = half_width(text).strip()
    for deed, pattern in _COMMANDS:
        found = pattern.match(plain)
        if found is not None:
            return _completed(deed, found.group(), plain[found.end() :])
    return None


def _completed(deed: Deed, word: str, after: str) -> StoreWords | None:
    if deed in _FREE and not _APART.match(after):
        return None
    if deed in _ALONE:
        return StoreWords(deed, word) if not trimmed(after).rstrip("吗呢了") else None
    rest, number, tail = trimmed(after), "", ""
    if deed in _DOCUMENTS:
        pattern, prefix = (_OLD_NUMBER, "JJ") if deed in _OLD else (REQUEST_NUMBER, "SP")
        number, rest = _take(pattern, prefix, rest)
        if not number and (found := _TAIL.match(rest)):
            tail, rest = found[1], trimmed(rest[found.end() :])
    order_number, rest = _take(NUMBER, "WO", rest)
    return StoreWords(deed, word, number, tail, order_number, rest)


def _take(pattern: re.Pattern[str], prefix: str, text: str) -> tuple[str, str]:
    found = pattern.search(text)
    if found is None:
        return "", text
    rest = trimmed(f"{text[: found.start()].rstrip()} {text[found.end() :].lstrip()}")
    return f"{prefix}-{found[1]}-{found[2]}", rest


@dataclass(frozen=True)
class RuleWords:
    """When a part is low, and how many are bought then: `6204 20 补 50 中心仓`."""

    part: str
    below: Decimal
    order: Decimal
    rest: str

    @classmethod
    def read(cls, text: str) -> "RuleWords | None":
        """Return what is said, or None where there is no part with a number behind it."""
        found = _RULE.match(half_width(text).strip())
        if found is None:
            return None
        rest = trimmed(found["rest"] or "")
        return cls(trimmed(found["part"]), Decimal(found["below"]), Decimal(found["order"] or 0), rest)
