"""Where a symptom begins and ends: one convention for labels, for what is read and for what is compared."""

import re
from collections.abc import Iterator

from adapters.understanding import resources
from adapters.understanding.clock_words import EXPRESSION
from adapters.understanding.folding import Span

_SHORTEST = 2
_MARKS = r"\s,，。.!！?？;；:：、~…"
# What only says when, how often, how surely, or that the sentence goes on.
_LEAD = re.compile(
    rf"[{_MARKS}]+|而且|并且|然后|结果|但是|不过(?!滤)|可是|只是|就是|还是|反正|现在|目前|今[天早晚]|昨[天晚]|早上|晚上|夜里|半夜|"
    r"刚[才刚]|最近|这两天|每[天次]|平时|一直[在都]?|老[是在]|老(?=[误掉断卡响跳死黑报停漏自重熄抖滴])|总[是在]|经常|"
    r"时不时|时常|偶尔|有时候?|动不动|不停地?|突然间?|忽然间?|猛地|一下子|莫名其妙|开始|已经|依[旧然]|仍然?|照[样旧]|始终|"
    r"有点儿?|有些|稍微|略微|好像|似乎|貌似|感觉|可能|应该|估计|大概|明显|完全|彻底|根本|直接|几乎|死活|越来越|特别|"
    r"非常|十分|(?:屏幕|屏上|上面|面板|仪表)?(?:提示|显示(?![屏器不异]))(?=..)|出现了?|"
    r"发生了?|存在|有(?=[异杂噪怪焦糊臭霉煤]|一?股)|一?股子?(?=.{1,4}味)|伴[随有]|它们?|[那这]个|[啊呃嗯额哦喔嘛]|又|也|还(?![行好能可])|都|就|再(?!生)|在(?=[漏滴烧掉冒喷叫响闪跳抖晃涨])"
)
_TAIL = re.compile(
    rf"(?:[{_MARKS}]+|(?<![不得])了|(?<!似)(?<!是.)(?<!是..)的|[得的](?:很|厉害|要[命死]|不得了|不行|慌|凶|吓人|离谱)|"
    r"(?<![里啪滋哗呼哇噼])啦|[一两二三四五六七八九十\d几好]+[次回遍下]|[A-Za-z]{1,4}[-. ]?\d+|"
    r"[咯喽啊呀呢吧嘛哦喔哈额呃哎咧哩哉嘞喇噜噢诶哟])$"
)
# In the middle these say as little as in front.
_INNER = re.compile(r"(?<=..)(?:一直|老是|总是|特别|非常|有点|[也又都])(?=.)")
_LAST = re.compile(r"(?:是(?=.{1,3}的$))|(?<![不得])[了的]$")
_AND = re.compile(
    r"[\s,，、;；+/&]+|还(?![是要没行好能可])|(?<=.[^按捏拉点扫刷插踩试]了)(?![一两几半点个])|而且|并且|同时|外加|然后"
)
_TWICE = re.compile(r"又(.+?)又(.+)")


def trimmed(text: str, span: Span, shortest: int = _SHORTEST) -> Span:
    """Return a symptom without the words around it that say nothing of the fault.

    Args:
        shortest: at least so many characters are left.
    """
    start, end = span
    while (lead := _LEAD.match(text, start, end) or EXPRESSION.match(text, start, end)) is not None:
        if end - lead.end() < shortest:
            break
        start = lead.end()
    while (tail := _TAIL.search(text[start:end])) is not None and tail.start() >= shortest:
        end = start + tail.start()
    return Span(start, end)


def core(words: str) -> str:
    """Return what is compared of a symptom."""
    span = trimmed(words, Span(0, len(words)), 1)
    return _LAST.sub("", _INNER.sub("", words[span.start : span.end]))


def tidied(text: str, span: Span) -> Iterator[Span]:
    """Return the symptoms of a stretch that may hold several, each trimmed."""
    yield from (trimmed(text, part) for part in _parts(text, span))


def tells(text: str, span: Span) -> bool:
    """Tell whether a stretch alone is a symptom."""
    return span.end - span.start >= _SHORTEST and any(
        pattern.search(text, *span) for pattern in resources.faults().values()
    )


def _parts(text: str, span: Span) -> list[Span]:
    twice = _TWICE.fullmatch(text, *span)
    if twice is not None:
        return [Span(*twice.span(1)), Span(*twice.span(2))]
    for cut in _AND.finditer(text, *span):
        before, after = Span(span.start, cut.start()), Span(cut.end(), span.end)
        if tells(text, before) and tells(text, after):
            return [before, *_parts(text, after)]
    return [span]
