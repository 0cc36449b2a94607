"""What people say to the robot in a group, beyond commands and faults."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from bot.intents import NUMBER


class GroupWish(StrEnum):
    """What is meant."""

    ORDER = "order"
    LINK = "link"
    DISMISS = "dismiss"
    LOOK = "look"


@dataclass(frozen=True)
class GroupWords:
    """One message, read.

    Args:
        number: the work order it names, or empty.
        names: people it is addressed to by name, where the platform does not say whom.
    """

    wish: GroupWish
    number: str = ""
    names: tuple[str, ...] = ()


_DECISIONS = (
    (GroupWish.DISMISS, re.compile(r"(?:这个?)?不是报修[了吧]?")),
    (GroupWish.ORDER, re.compile(r"(?:其实)?是报修[的]?|建工单|建个?单|生成工单")),
)
_LINK = re.compile(r"关联(?:到)?\s*(?=WO)", re.IGNORECASE)
_LOOK = re.compile(
    r"(?:去|过去|来|帮忙|麻烦)?(?:看一下|看一看|看看|看下|处理一下|处理下|跟一下|跟进(?:一下|下)?|修一下|修下|弄一下|搞一下"
    r"|跑一趟|去一趟|走一趟|支援(?:一下|下)?|接一下|接下)|去处理|去修|去现场"
)
_NAME = re.compile(r"@([\u4e00-\u9fa5·]{2,6}|[A-Za-z][A-Za-z.]{1,30})")


def read_group_words(text: str) -> GroupWords | None:
    """Return what is meant, or None for words about a fault or about nothing."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = NUMBER.search(plain)
    number = f"WO-{found[1]}-{found[2]}" if found else ""
    bare = plain.strip(" 。.!！,，~")
    for wish, pattern in _DECISIONS:
        if pattern.fullmatch(bare):
            return GroupWords(wish)
    if _LINK.match(plain):
        return GroupWords(GroupWish.LINK, number)
    names = tuple(_NAME.findall(plain))
    if _LOOK.search(_NAME.sub(" ", plain)):
        return GroupWords(GroupWish.LOOK, number, names)
    return None
