"""What people say about approvals, read: what is to be done, with which one, and what else they say."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.intents import NUMBER, half_width


class Deed(StrEnum):
    """What somebody wants to do about an approval."""

    AGREE = "agree"
    AGREE_ALL = "agree_all"
    REFUSE = "refuse"
    RETURN = "return"
    DELEGATE = "delegate"
    ENTRUST = "entrust"
    ADD = "add"
    REMOVE = "remove"
    ASK = "ask"
    SHOW = "show"
    TASKS = "tasks"
    COMMENT = "comment"
    WITHDRAW = "withdraw"
    TAKE_BACK = "take_back"
    EXPEDITE = "expedite"
    RESUBMIT = "resubmit"
    REQUESTS = "requests"
    START = "start"
    AWAY = "away"
    BACK = "back"
    PASS_ON = "pass_on"


@dataclass(frozen=True)
class ApprovalWords:
    """One message about an approval.

    Args:
        word: the command word as it was written.
        number: `SP-…` or `WO-…` in its written form, or empty.
        tail: the last four digits, where only they were said.
        indexes: lines of the list that was shown before, from 1.
        rest: what is left.
        shared: the word has another meaning about work orders.
        also: further numbers, or their last digits, right behind the first.
    """

    deed: Deed
    word: str
    number: str = ""
    tail: str = ""
    indexes: tuple[int, ...] = ()
    rest: str = ""
    shared: bool = False
    also: tuple[str, ...] = ()

    @property
    def several(self) -> bool:
        """Return whether more than one approval is named."""
        return bool(self.also) or len(self.indexes) > 1

    def names(self, number: str, index: int) -> bool:
        """Return whether an approval of this number, in this line of the list, is named."""
        if self.indexes:
            return index in self.indexes
        said = [one for one in (self.number, self.tail, *self.also) if one]
        return any(number == one or number.endswith(f"-{one}") for one in said)

    @property
    def named(self) -> bool:
        """Return whether the words say which approval is meant."""
        return bool(self.number or self.tail or self.indexes)


VERBS: tuple[tuple[Deed, str], ...] = (
    (Deed.AGREE_ALL, "全部同意|批量同意|一键同意|都同意"),
    (Deed.AGREE, "我同意|同意|批准"),
    (Deed.REFUSE, "我不同意|不同意|不批准"),
    (Deed.RETURN, "退回"),
    (Deed.DELEGATE, "转交"),
    (Deed.ENTRUST, "委派"),
    (Deed.ADD, "加签"),
    (Deed.REMOVE, "减签"),
    (Deed.ASK, "问一句|提问|问"),
    (Deed.SHOW, "审批"),
    (Deed.TASKS, "待我审批|待审批|我的审批"),
    (Deed.COMMENT, "评论"),
    (Deed.WITHDRAW, "撤回"),
    (Deed.TAKE_BACK, "拿回"),
    (Deed.EXPEDITE, "催办"),
    (Deed.RESUBMIT, "重新提交"),
    (Deed.REQUESTS, "我发起的|我的申请"),
    (Deed.START, "发起申请|申请"),
    (Deed.AWAY, "请假"),
    (Deed.BACK, "销假"),
    (Deed.PASS_ON, "离职交接"),
)
SHARED: tuple[tuple[Deed, str], ...] = (
    (Deed.AGREE, "通过"),
    (Deed.REFUSE, "拒绝|驳回|不通过"),
)
"""Words that mean something about a work order as well: which of both, the situation tells."""
REQUEST_NUMBER = re.compile(r"SP\s*[-–—_]?\s*(\d{8})\s*[-–—_]?\s*(\d{4,})", re.IGNORECASE)
_SEPARATOR = r"[\s,，.。:：、;；!！?？~]"
_EDGES = re.compile(rf"^(?:{_SEPARATOR})+|(?:[\s,，、;；])+$")
_ENDS = r"(?=$|\W|WO|SP)"
_COUNTED = r"(?=$|\W|WO|SP|第?\d{1,2}(?:$|[\s,，、项条~到至-]))"
_INDEX = re.compile(
    r"(?:第)?(\d{1,2})(?:\s*[-–~到至]\s*(\d{1,2}))?(?:项|条)?(?=$|[\s,，.。:：、;；和])"
    r"(?!\s*[台个号天次月日年层件万元%])"
)
_BETWEEN = re.compile(r"[\s,，、和]*")
_TAIL = re.compile(rf"(?:SP-?|WO-?|#|…)?(\d{{4}})(?=$|{_SEPARATOR})", re.IGNORECASE)
_NEXT = re.compile(
    rf"(?:{REQUEST_NUMBER.pattern}|{NUMBER.pattern}|0\d{{3}})(?=$|{_SEPARATOR}|和)", re.IGNORECASE
)
"""Digits alone are a number only where they begin with a nought: others are an amount or a year."""
_LISTED = frozenset({Deed.AGREE, Deed.AGREE_ALL, Deed.REFUSE, Deed.RETURN, Deed.DELEGATE, Deed.ENTRUST})
_LISTED |= {Deed.ADD, Deed.ASK, Deed.SHOW}
_TAILED = _LISTED | {Deed.REMOVE, Deed.COMMENT, Deed.WITHDRAW, Deed.TAKE_BACK, Deed.EXPEDITE, Deed.RESUBMIT}
_ALONE = frozenset({Deed.TASKS, Deed.REQUESTS, Deed.BACK})
_ALONE_CHARS = 4
"""Letters that may follow a command which takes no words; with more, it is a sentence of its own."""
_REPORTS = frozenset({"报修", "维修"})
_SHORT_ASK = "问"
"""So short that it needs a number beside it."""


def _compiled(verbs: tuple[tuple[Deed, str], ...]) -> tuple[tuple[Deed, re.Pattern[str]], ...]:
    return tuple(
        (deed, re.compile(rf"^(?:{words}){_COUNTED if deed in _LISTED else _ENDS}", re.IGNORECASE))
        for deed, words in verbs
    )


_COMMANDS = _compiled(VERBS)
_SHARED = _compiled(SHARED)


def read_approval(text: str, quoted: str = "") -> ApprovalWords | None:
    """Return what is said about an approval, or None for other words.

    Args:
        quoted: the words of the message that this one replies to; its number counts where none is said.
    """
    plain = half_width(text).strip()
    number, without, leading = take_number(plain)
    if number.startswith("SP") and not _bare(without):
        return ApprovalWords(Deed.SHOW, number, number)
    command = without if leading else plain
    for verbs, shared in ((_COMMANDS, False), (_SHARED, True)):
        for deed, pattern in verbs:
            found = pattern.match(command)
            if found is not None:
                rest = trimmed(command[found.end() :] if leading else take_number(plain[found.end() :])[1])
                read = ApprovalWords(deed, found.group(), number, rest=rest, shared=shared)
                return _completed(read, quoted)
    return None


def number_in(text: str) -> str:
    """Return the number of a request or a work order in its written form, or an empty text."""
    return take_number(half_width(text))[0]


def trimmed(text: str) -> str:
    """Return words without blanks and punctuation at their edges."""
    return _EDGES.sub("", _EDGES.sub("", text))


def _completed(read: ApprovalWords, quoted: str) -> ApprovalWords | None:
    if read.deed in _ALONE and len(_bare(read.rest)) > _ALONE_CHARS:
        return None
    if read.deed is Deed.START and read.rest in _REPORTS:
        return None
    if not read.number:
        read = replace(_with_indexes(read), number="")
        if not read.named and number_in(quoted) and read.deed in _TAILED:
            read = replace(read, number=number_in(quoted))
    vague = read.word == _SHORT_ASK or (read.deed is Deed.SHOW and read.rest)
    return None if vague and not read.named else _with_others(read)


def _with_others(read: ApprovalWords) -> ApprovalWords:
    """Return an agreement with the numbers right behind the first one taken out: `同意 0001 0002 可以`."""
    if read.deed not in (Deed.AGREE, Deed.AGREE_ALL) or not (read.number or read.tail):
        return read
    also: list[str] = []
    rest = read.rest
    while found := _NEXT.match(rest):
        also.append(take_number(found.group())[0] or found.group())
        rest = trimmed(rest[found.end() :]).removeprefix("和").lstrip()
    return replace(read, also=tuple(also), rest=rest)


def _with_indexes(read: ApprovalWords) -> ApprovalWords:
    """Return the words with the last four digits of a number, or with lines of a list, taken out."""
    found = _TAIL.match(read.rest) if read.deed in _TAILED else None
    if found is not None and (read.deed is not Deed.RESUBMIT or found[1].startswith("0")):
        return replace(read, tail=found[1], rest=trimmed(read.rest[found.end() :]))
    if read.deed not in _LISTED:
        return read
    indexes: list[int] = []
    at = 0
    while line := _INDEX.match(read.rest, at):
        first, last = int(line[1]), int(line[2] or line[1])
        indexes += range(first, last + 1) if first <= last else (first, last)
        gap = _BETWEEN.match(read.rest, line.end())
        at = gap.end() if gap is not None else line.end()
    return replace(read, indexes=tuple(dict.fromkeys(indexes)), rest=trimmed(read.rest[at:]))


def take_number(text: str) -> tuple[str, str, bool]:
    """Return the number, the words without it, and whether it stood at the beginning."""
    for pattern, prefix in ((REQUEST_NUMBER, "SP"), (NUMBER, "WO")):
        found = pattern.search(text)
        if found is not None:
            without = trimmed(text[: found.start()] + " " + text[found.end() :])
            return f"{prefix}-{found[1]}-{found[2]}", without, not text[: found.start()].strip()
    return "", text, False


def _bare(text: str) -> str:
    return "".join(char for char in text if char.isalnum())
