"""Parts and quantities, read from words; the digits of a code are no quantity."""

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.intents import NUMBER
from domain.intake.numerals import number
from domain.parts.commands import LARGEST
from domain.parts.errors import QuantityMissing, QuantityWrong
from domain.parts.ledger import quantity_words
from domain.parts.model.catalogue import Part
from domain.parts.moving import check_quantity
from domain.parts.wording import part_name


@dataclass(frozen=True)
class SaidPart:
    """One part as somebody wrote it.

    Args:
        text: what names the part; empty where only a serial does.
        quantity: how many; None where nothing was said, or nothing that is a number.
        said: the quantity as it was written; empty where nothing was said.
        lots: serials or batches, as written.
        whole: the part and the quantity in one word, e.g. `KB10x2`: it may be a code.
        each: the quantity is meant for what was said before as well: `6204、6205 各2个`.
    """

    text: str
    quantity: Decimal | None = None
    said: str = ""
    lots: tuple[str, ...] = ()
    whole: str = ""
    each: bool = False


UNITS = (
    "公斤|千克|毫升|平方|个|只|件|套|根|条|块|片|台|支|瓶|桶|升|米|克|斤|包|盒|卷|把|张|副|对|颗|粒|双|袋|组|节|箱|枚|吨|盘|圈"
    "|kg|ml|pcs|g|l|m"
)
_TIMES = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_NUMBER = r"[-+−－]?\s?\d+(?:\.\d+)?(?:\^\d{1,2}|e\d{1,2}|[百千万])?"
_NUMERAL = "[一二两俩三仨四五六七八九十百]{1,4}|半"
_UNIT = rf"(?:{UNITS})(?![a-z])"
_APART = r"(?<![A-Za-z0-9.\-−－*×/#])"
_SIGNED = re.compile(rf"(?P<each>各)?\s*[×*✕✖]\s*(?P<n>{_NUMBER})?\s*(?:{_UNIT})?\s*$", re.IGNORECASE)
_LETTER = re.compile(
    rf"(?P<gap>^|\s|(?<=[\w)]))x\s*(?P<n>{_NUMBER})\s*(?:{_UNIT})?\s*$|\sx\s*$", re.IGNORECASE
)
_COUNTED = re.compile(
    rf"(?P<each>各|共|要)?\s*(?:{_APART}(?P<n>{_NUMBER})|(?P<word>{_NUMERAL}))\s*{_UNIT}\s*$", re.IGNORECASE
)
_FIRST = re.compile(
    rf"^(?P<n>{_NUMBER}(?=\s*(?:{_UNIT}))|{_NUMERAL})\s*{_UNIT}\s*(?:的)?\s*(?P<rest>\S.*)$", re.IGNORECASE
)
_LAST = re.compile(
    r"^(?P<rest>.*\d\S*|(?:.*\s)?[A-Za-z]+(?:[-_/][A-Za-z]+)+)\s+(?P<n>[-+−－]?\d{1,3}(?:\.\d+)?)$"
)
"""Digits alone are a quantity only behind a code: `轴承 50` may well be one."""
_THREAD = re.compile(r"(?:^|[^a-z0-9])m\d+(?:\.\d+)?$|\d[x×*]\d+(?:\.\d+)?$", re.IGNORECASE)
"""`M8x20` and `10x20x5` are sizes."""
_LOT = re.compile(
    r"(?:(?<![A-Za-z0-9])(?P<sn>s/?n)(?P<tail>[-#]?[A-Za-z0-9]*\d[A-Za-z0-9\-_/.]*)"
    r"|(?:(?<![A-Za-z0-9])s/?n|序列号|序号|批次号?|批号)\s*[:：#=]?\s*(?P<lot>[A-Za-z0-9][A-Za-z0-9\-_/.]*))",
    re.IGNORECASE,
)
_TRAILING_LOT = re.compile(
    rf"(?P<count>[×*]\s*\d+(?:\.\d+)?(?:{_UNIT})?)\s+(?P<lot>[A-Za-z0-9\-_/.]*\d[A-Za-z0-9\-_/.]*)$"
)
"""A serial behind the quantity needs no word before it: `6204 ×1 A100`."""
_SPLIT = re.compile(
    r"[、,，;；\n]+|(?<=[\d个只件套根条块片台支瓶桶升米斤包盒卷把张副对颗])\s*(?:和|还有|以及|再加)\s*"
)
_ENDS = re.compile(
    rf"(?:[×*✕✖]\s*{_NUMBER}\s*(?:{_UNIT})?|(?<=[\w)])x\s*\d+\s*(?:{_UNIT})?|(?:{_APART}{_NUMBER}|{_NUMERAL})\s*{_UNIT})(?=\s)"
    rf"|(?:{_APART}\d{{1,4}}|{_NUMERAL})[个只件套](?=[^\W_])",
    re.IGNORECASE,
)
"""Where a quantity ends and another part may begin: `6204 ×3 密封圈 2个`, `轴承两个密封圈一个`."""
_STARTS = re.compile(rf"\s+(?=(?:{_NUMBER}|{_NUMERAL})\s*{_UNIT}\s*\S)", re.IGNORECASE)
"""Where the next part begins if quantities come first: `2个6204 1个6305`."""
_INSIDE = re.compile(rf"\s*[×*✕✖]\s*(?P<n>{_NUMBER})\s*(?:{_UNIT})?\s+(?=[^\W\da-z_])", re.IGNORECASE)
_SIZE = re.compile(r"\s*\d{1,3}(?:\.\d+)?\s*")
_LEFT_OVER = re.compile(r"\S\s+(?P<n>\d{4,})$")
"""Digits behind a part that are not of its code: nobody means just one then."""
_SPELLED = re.compile("[零〇一二三四五六七八九幺]{3,}")
"""A code as voice writes it: `六二零四`."""
_DIGITS = str.maketrans("零〇一二三四五六七八九幺", "001234567891")
_THOUSANDS = re.compile(rf"(?<![\d,])\d{{1,3}}(?:,\d{{3}})+(?=\s*(?:{_UNIT}))", re.IGNORECASE)
_EDGE = " \t:：。.!！?？~-—的"


def read_parts(text: str) -> tuple[SaidPart, ...]:
    """Return the parts that are named, in order; nothing is looked up and nothing refused."""
    found: list[SaidPart] = []
    for piece in pieces_of(text):
        said = _read(piece)
        if said.each:
            found = [
                one if one.said else replace(one, quantity=said.quantity, said=said.said) for one in found
            ]
        if said.lots and not said.text and not said.said and found:
            found[-1] = replace(found[-1], lots=found[-1].lots + said.lots)
        elif said.text or said.lots:
            found.append(said)
    return tuple(found)


def pieces_of(text: str) -> list[str]:
    """Return the words for each part by themselves, with or without a mark between them."""
    plain = _THOUSANDS.sub(lambda found: found.group().replace(",", ""), _plain(text))
    return [one for run in _SPLIT.split(plain) for one in _apart(run)]


def amount_of(said: SaidPart, part: Part, default: Decimal | None = None) -> Decimal:
    """Return how many are meant; as many as there are serials, or `default`, where nothing is said.

    Raises:
        QuantityMissing: nothing is said, or nothing that is a number.
        QuantityWrong: nothing, less than nothing, half a piece, or more than anybody means.
    """
    said = said if said.said or said.lots else _with_left_over(said, part)
    if not said.said:
        return Decimal(len(said.lots)) if said.lots else _known(default, said, part)
    quantity = _known(said.quantity, said, part)
    if quantity <= 0:
        raise _wrong(said, part, "要大于 0")
    if quantity > LARGEST:
        raise _wrong(said, part, f"一次最多 {quantity_words(LARGEST)}{part.unit}")
    if quantity != round(quantity, 3):
        raise _wrong(said, part, "最多三位小数")
    check_quantity(part, quantity)
    return quantity


def take_order(text: str) -> tuple[str, str]:
    """Return the number of the work order that is named, or nothing, and the other words."""
    plain = _plain(text)
    found = NUMBER.search(plain)
    if found is None:
        return "", plain.strip()
    rest = plain[: found.start()].rstrip() + " " + plain[found.end() :].lstrip(" ,，:：")
    return f"WO-{found[1]}-{found[2]}", rest.strip()


def _apart(text: str) -> list[str]:
    """Return the parts of a run without a mark between them, each with its own quantity."""
    if (first := _FIRST.match(text)) and _STARTS.search(first["rest"]):
        return _STARTS.split(text.strip())
    for end in _ENDS.finditer(text):
        head, tail = text[: end.end()], text[end.end() :].strip()
        before = _quantified(head)
        counted = bool(before.said and before.text.strip(_EDGE)) and not _SIZE.fullmatch(before.text)
        behind = _quantified(tail)
        if counted and behind.said and behind.text.strip(_EDGE) and not _LOT.match(tail):
            return [head, *_apart(tail)]
    return [text]


def _with_left_over(said: SaidPart, part: Part) -> SaidPart:
    """Return what was said with the digits behind the part as its quantity, unless they name it."""
    found = _LEFT_OVER.search(said.text)
    names = f"{part.code} {part.barcode} {part.name} {part.spec}"
    if found is None or found["n"] in names:
        return said
    return replace(said, quantity=Decimal(found["n"]), said=found["n"])


def _known(quantity: Decimal | None, said: SaidPart, part: Part) -> Decimal:
    if quantity is None:
        raise QuantityMissing(name=part_name(part), unit=part.unit)
    return quantity


def _wrong(said: SaidPart, part: Part, why: str) -> QuantityWrong:
    return QuantityWrong(name=part_name(part), quantity=said.said, why=why)


def _plain(text: str) -> str:
    """Return half-width letters, digits and signs; line breaks stay."""
    lines = "\n".join(unicodedata.normalize("NFKC", line) for line in text.splitlines())
    return _SPELLED.sub(lambda found: found.group().translate(_DIGITS), lines)


def _read(piece: str) -> SaidPart:
    lots: list[str] = []

    def keep(found: re.Match[str]) -> str:
        lots.append((found["lot"] or found["sn"] + found["tail"]).strip(".-/"))
        return " "

    rest = _LOT.sub(keep, piece).strip(_EDGE.replace("-", ""))
    if not lots and (trailing := _TRAILING_LOT.search(rest)):
        lots.append(trailing["lot"])
        rest = rest[: trailing.end("count")]
    said = _quantified(rest)
    return replace(said, text=said.text.strip(_EDGE), lots=tuple(lots))


def _quantified(text: str) -> SaidPart:
    """Return the words with the quantity taken out, at their end or at their beginning."""
    if found := _SIGNED.search(text):
        before, sign = text[: found.start()], found.group()
        if sign[0].isspace() or not (found["n"] and _THREAD.search(before)):
            return _with(before, found["n"] or "", sign.strip(), each=bool(found["each"]))
    elif found := _LETTER.search(text):
        before, amount = text[: found.start()], found["n"] or ""
        attached = bool(amount) and not found["gap"] and found.start() > 0
        if not (attached and _THREAD.search(before)):
            read = _with(before, amount, found.group().strip(), each=before.rstrip().endswith("各"))
            return replace(read, whole=text.strip() if attached else "")
    if found := _COUNTED.search(text):
        return _with(text[: found.start()], found["n"] or found["word"], "", each=found["each"] == "各")
    if found := _FIRST.search(text):
        return _with(found["rest"], found["n"], "")
    if found := _LAST.search(text):
        return _with(found["rest"], found["n"], "")
    if found := _INSIDE.search(text):
        return _with(f"{text[: found.start()]} {text[found.end() :]}", found["n"], "")
    return SaidPart(text)


def _with(text: str, amount: str, written: str, *, each: bool = False) -> SaidPart:
    quantity = _value(re.sub(r"\s", "", amount).replace("−", "-").replace("－", "-"))
    return SaidPart(text.rstrip().removesuffix("各"), quantity, amount.strip() or written, each=each)


def _value(amount: str) -> Decimal | None:
    if not amount:
        return None
    if amount == "半":
        return Decimal("0.5")
    if (spelled := number(amount.lstrip("+-"))) is not None:
        return Decimal(-spelled if amount.startswith("-") else spelled)
    base, power, exponent = amount.partition("^")
    if power:
        return Decimal(base) ** int(exponent)
    factor = _TIMES.get(amount[-1], 1)
    return Decimal(amount[:-1] if factor > 1 else amount) * factor
