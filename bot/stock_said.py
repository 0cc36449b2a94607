"""Parts in a technician's own words, without a command word: `6204轴承来两个`, `配件不够`, `6204还有几个`."""

import re

from bot.intents import half_width
from bot.part_finding import names_part
from bot.part_words import UNITS, read_parts
from bot.ports import BotUnitOfWork
from bot.stock_words import StockDeed, StockWords, trimmed

_COUNT = rf"(?:\d{{1,4}}|[一二两俩三四五六七八九十几]{{1,3}}|半)?\s*(?:{UNITS})"
_WHO = r"(?:师傅|麻烦|请|帮忙|帮我|给我|替我|我们|我|现场|这边|这里|还|再|得|就|先|\s|[,，])*"
_FETCH = re.compile(rf"^{_WHO}(?:想|要|去|需要)*(?:申?领|拿|来)(?:取|用|一下)?(?=\s*{_COUNT})")
_WANT = re.compile(rf"^{_WHO}(?:需要|想要|要|缺|差|少)(?:了|用|换)?(?=\s*{_COUNT})")
_BEHIND = re.compile(rf"^(?P<what>.+?)\s*(?:再|给我)?(?:来|要|领|拿|缺)\s*(?P<count>{_COUNT})$")
_LACK = re.compile(
    rf"^{_WHO}(?:(?:缺|少|没有?|要|需要)(?:配件|备件|料)|(?:配件|备件)(?:不够|不足|不齐|没有|没带|缺|用完))[了啊呀吧]*$"
)
_LOOK = r"(?:麻烦|请|帮我|帮忙)?(?:查一?下|看一?下|问一?下)?(?:仓库|库里|库房|中心仓)?(?:里|现在)?"
_STOCK = (
    re.compile(
        rf"^{_LOOK}(?P<what>.+?)(?:还|现在)?(?:有没有货?|有货|有库存|有几.|有多少.?|剩几.|剩多少.?|有)[吗么呢没]?$"
    ),
    re.compile(rf"^{_LOOK}(?:还|现在)?(?:有没有|有)(?P<what>.+?)[吗么呢没]?$"),
)
_BARE_UNIT = re.compile(rf"(?:{UNITS})")
"""`领个密封圈`: one."""
_LONGEST = 40
"""Characters; a longer message tells something about the work."""


def said_in_passing(text: str, uow: BotUnitOfWork) -> StockWords | None:
    """Return what a technician wants of parts who says no command word, or None where it is not plain.

    A part that certainly exists has to be named, unless so many of something are to be fetched.
    """
    plain = trimmed(half_width(text))
    if len(plain) > _LONGEST or "\n" in plain:
        return None
    if _LACK.match(plain):
        return StockWords(StockDeed.ASK, "要配件")
    if found := _FETCH.match(plain):
        return _ask(plain[found.end() :])
    if (found := _WANT.match(plain)) and _named(plain[found.end() :], uow):
        return _ask(plain[found.end() :])
    if (found := _BEHIND.match(plain)) and _named(found["what"], uow):
        return _ask(f"{found['what']} {found['count']}")
    for pattern in _STOCK:
        if (found := pattern.match(plain)) and _named(found["what"], uow):
            return StockWords(StockDeed.STOCK, "库存", rest=found["what"])
    return None


def _ask(rest: str) -> StockWords:
    spoken = rest.strip()
    return StockWords(StockDeed.ASK, "要配件", rest=f"一{spoken}" if _BARE_UNIT.match(spoken) else spoken)


def _named(text: str, uow: BotUnitOfWork) -> bool:
    pieces = read_parts(text)
    return bool(pieces) and all(one.text and names_part(one.text, uow) for one in pieces)
