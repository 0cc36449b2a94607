"""What the cells of the parts files may hold: amounts of money, quantities, and words for kinds."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from adapters.imports.cells import Parts
from domain.parts.commands import LARGEST
from domain.parts.places import PlaceKind, Tracking

TRACKING_WORDS: Mapping[str, str] = {
    "无": Tracking.NONE.value,
    "批次": Tracking.BATCH.value,
    "序列号": Tracking.SERIAL.value,
}
PLACE_WORDS: Mapping[str, str] = {
    "仓库": PlaceKind.STORE.value,
    "分仓": PlaceKind.BRANCH.value,
    "库位": PlaceKind.BIN.value,
}
PRICE_LIMIT_FEN = 1_000_000_000_00
LEAD_DAYS_LIMIT = 730
_NUMBER = re.compile(r"\d{1,15}(?:\.(\d+))?", re.ASCII)


def plain(value: str) -> str:
    """Return half-width letters, digits and signs, as people mean them in codes and numbers."""
    return unicodedata.normalize("NFKC", value).strip()


def _number(value: str, decimals: int) -> Decimal:
    text = plain(value).removeprefix("¥").replace(",", "")
    if not (found := _NUMBER.fullmatch(text)):
        negative = _NUMBER.fullmatch(text.removeprefix("-"))
        raise PydanticCustomError("number", "不能是负数" if negative else "不是数字")
    if len((found[1] or "").rstrip("0")) > decimals:
        raise PydanticCustomError("number", "最多 {most} 位小数", {"most": decimals})
    return Decimal(text)


def _fen(value: str) -> int:
    return int(_number(value, 2) * 100) if value else 0


def _required_fen(value: str) -> int:
    if not value:
        raise PydanticCustomError("number", "是空的")
    return _fen(value)


def _quantity(value: str) -> Decimal:
    return _number(value, 3) if value else Decimal(0)


def _days(value: str) -> int:
    text = plain(value)
    if not text.isascii() or not text.isdigit() or len(text) > 4:
        raise PydanticCustomError("number", "不是整数")
    return int(text)


def _whole(value: str) -> bool:
    answer = {"是": True, "yes": True, "1": True, "": True, "否": False, "no": False, "0": False}.get(
        plain(value).casefold()
    )
    if answer is None:
        raise PydanticCustomError("yes", "不是“是”或“否”")
    return answer


def _tracking(value: str) -> str:
    return _word(value or "无", TRACKING_WORDS)


def _place_kind(value: str) -> str:
    return _word(value, PLACE_WORDS)


def _word(value: str, words: Mapping[str, str]) -> str:
    if (text := plain(value)) not in words:
        raise PydanticCustomError("word", "只能填 {words}", {"words": "、".join(words)})
    return words[text]


Code = Annotated[str, BeforeValidator(plain), StringConstraints(min_length=1, max_length=64)]
CodeOrNone = Annotated[str, BeforeValidator(plain), StringConstraints(max_length=64)]
Codes = Annotated[Parts, BeforeValidator(plain)]
FaultCode = Annotated[Code, BeforeValidator(str.upper), StringConstraints(max_length=40)]
Fen = Annotated[int, BeforeValidator(_fen), Field(le=PRICE_LIMIT_FEN)]
RequiredFen = Annotated[int, BeforeValidator(_required_fen), Field(le=PRICE_LIMIT_FEN)]
Pieces = Annotated[Decimal, BeforeValidator(_quantity), Field(gt=0, le=LARGEST)]
PiecesOrNone = Annotated[Decimal, BeforeValidator(_quantity), Field(ge=0, le=LARGEST)]
Days = Annotated[int, BeforeValidator(_days), Field(le=LEAD_DAYS_LIMIT)]
Whole = Annotated[bool, BeforeValidator(_whole)]
TrackingWord = Annotated[str, BeforeValidator(_tracking)]
PlaceWord = Annotated[str, BeforeValidator(_place_kind)]
