"""What one cell may hold, as people write it in Excel."""

import re
import unicodedata
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from domain.assets.keys import plate_key
from domain.people.model import Role

DATE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", re.ASCII)
_YES_OR_NO = {"是": True, "yes": True, "1": True, "否": False, "no": False, "0": False, "": False}
_SIGNS = str.maketrans("＝：＊（）［］", "=:*()[]")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_PHOTO = re.compile(r"\[(?:照片|photo)\]", re.IGNORECASE)
_MARKS = re.compile(r"\[(?:照片|photo)\]|\*", re.IGNORECASE)
_UNIT = re.compile(r"\(([^()]+)\)")
ROLES = " ".join(role.value for role in Role)


def _plain(value: str) -> str:
    """Return half-width letters, digits and signs, as people mean them in codes and numbers."""
    return unicodedata.normalize("NFKC", value)


def _mobile(value: str) -> str:
    digits = re.sub(r"[\s()-]", "", _plain(value))
    return re.sub(r"^(\+|00)?86(?=1\d{10}$)", "", digits)


def _parts(value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in re.split("[;；]", value) if part.strip()))


def _roles(value: str) -> frozenset[Role]:
    names = [_plain(part).casefold() for part in _parts(value)]
    known = {role.value for role in Role}
    if unknown := [name for name in names if name not in known]:
        raise PydanticCustomError("role", "没有角色“{unknown}”", {"unknown": "、".join(unknown)})
    return frozenset(Role(name) for name in names)


def _date(value: str) -> date | None:
    if not value:
        return None
    if not (found := DATE.fullmatch(_plain(value))):
        raise PydanticCustomError("date", "不是日期")
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        raise PydanticCustomError("date", "没有这一天") from None


def _required_date(value: str) -> date:
    day = _date(value)
    if day is None:
        raise PydanticCustomError("date", "是空的")
    return day


def _degrees(value: str) -> float | None:
    try:
        return float(_plain(value)) if value else None
    except ValueError:
        raise PydanticCustomError("number", "不是数字") from None


def _yes(value: str) -> bool:
    answer = _YES_OR_NO.get(_plain(value).casefold())
    if answer is None:
        raise PydanticCustomError("yes", "不是“是”或“否”")
    return answer


def _plate(value: str) -> str:
    if value and not plate_key(value):
        raise PydanticCustomError("plate", "不是车牌号")
    return plate_key(value)


def _pairs(value: str) -> dict[str, str]:
    found = {}
    for part in _parts(value):
        key, sign, said = part.translate(_SIGNS).partition("=")
        if not sign or not _KEY.fullmatch(key.strip()) or not said.strip():
            raise PydanticCustomError("pair", "“{part}”不是 名称=值", {"part": part})
        found[key.strip()] = said.strip()
    return found


def _fields(value: str) -> list[dict[str, Any]]:
    items = []
    for key, said in _pairs(value).items():
        label, _, kind = said.partition(":")
        if kind.strip() not in ("", "text", "number", "date"):
            raise PydanticCustomError("field", "没有类型“{kind}”", {"kind": kind.strip()})
        items.append({"key": key, "label": label.strip(), "type": kind.strip() or "text"})
    return items


def _checklist(value: str) -> list[dict[str, Any]]:
    return [
        {
            "key": key,
            "label": _MARKS.sub("", said).strip(),
            "photo": bool(_PHOTO.search(said)),
            "required": "*" in said,
        }
        for key, said in _pairs(value).items()
    ]


def _report_items(value: str) -> list[dict[str, Any]]:
    items = []
    for key, said in _pairs(value).items():
        unit = _UNIT.search(said)
        label = _UNIT.sub("", said.replace("*", "")).strip()
        items.append({"key": key, "label": label, "unit": unit[1] if unit else "", "required": "*" in said})
    return items


Mobile = Annotated[str, BeforeValidator(_mobile), StringConstraints(pattern=r"^(1[3-9][0-9]{9})?$")]
UserId = Annotated[str, StringConstraints(pattern=r"^\S{0,128}$")]
WecomUserId = Annotated[UserId, BeforeValidator(str.casefold)]
Parts = Annotated[tuple[str, ...], BeforeValidator(_parts)]
Roles = Annotated[frozenset[Role], BeforeValidator(_roles), Field(min_length=1)]
Day = Annotated[date | None, BeforeValidator(_date)]
RequiredDay = Annotated[date, BeforeValidator(_required_date)]
Latitude = Annotated[float | None, BeforeValidator(_degrees), Field(ge=-90, le=90)]
Longitude = Annotated[float | None, BeforeValidator(_degrees), Field(ge=-180, le=180)]
Yes = Annotated[bool, BeforeValidator(_yes)]
Plate = Annotated[str, BeforeValidator(_plate)]
Pairs = Annotated[dict[str, str], BeforeValidator(_pairs)]
Fields = Annotated[list[dict[str, Any]], BeforeValidator(_fields)]
Checklist = Annotated[list[dict[str, Any]], BeforeValidator(_checklist)]
ReportItems = Annotated[list[dict[str, Any]], BeforeValidator(_report_items)]
