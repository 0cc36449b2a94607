"""What can be imported: a strict model of a row of each kind, and where the row stands."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Generic, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from domain.people.model import Role

DATE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", re.ASCII)
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


Mobile = Annotated[str, BeforeValidator(_mobile), StringConstraints(pattern=r"^(1[3-9][0-9]{9})?$")]
UserId = Annotated[str, StringConstraints(pattern=r"^\S{0,128}$")]
WecomUserId = Annotated[UserId, BeforeValidator(str.casefold)]
Parts = Annotated[tuple[str, ...], BeforeValidator(_parts)]
Roles = Annotated[frozenset[Role], BeforeValidator(_roles), Field(min_length=1)]
Day = Annotated[date | None, BeforeValidator(_date)]


class Row(BaseModel):
    """One row; `model_fields_set` are the columns its file has.

    `KEYS` are the columns that no two rows may share; `EXPECTED` says what a column takes, with an example.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    KIND: ClassVar[str]
    MARK: ClassVar[str]
    KEYS: ClassVar[tuple[str, ...]]
    EXPECTED: ClassVar[Mapping[str, tuple[str, str]]]

    @classmethod
    def columns(cls) -> tuple[str, ...]:
        """Return the columns in the order of the documentation."""
        return tuple(cls.model_fields)

    @classmethod
    def required(cls) -> tuple[str, ...]:
        """Return the columns that a file cannot do without."""
        return tuple(name for name, field in cls.model_fields.items() if field.is_required())


class PersonRow(Row):
    """A row of people.csv."""

    KIND = "people"
    MARK = "roles"
    KEYS = ("mobile", "dingtalk_userid", "wecom_userid")
    EXPECTED: ClassVar[Mapping[str, tuple[str, str]]] = {
        "name": ("1 到 100 个字的姓名", "李建国"),
        "mobile": ("11 位手机号", "13800000001"),
        "roles": (f"用 ; 分隔的角色（{ROLES}）", "technician;storekeeper"),
        "region": ("不超过 100 个字的区域", "华东"),
        "skills": ("用 ; 分隔的技能", "制冷;电气"),
        "dingtalk_userid": ("不含空格、不超过 128 个字符的钉钉 userid", "manager4220"),
        "wecom_userid": ("不含空格、不超过 128 个字符的企业微信 userid", "lijianguo"),
    }

    name: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    mobile: Mobile = ""
    roles: Roles
    region: Annotated[str, StringConstraints(max_length=100)] = ""
    skills: Parts = ()
    dingtalk_userid: UserId = ""
    wecom_userid: WecomUserId = ""

    @model_validator(mode="after")
    def _can_be_found_again(self) -> Self:
        if not (self.mobile or self.dingtalk_userid or self.wecom_userid):
            raise PydanticCustomError(
                "nobody",
                "mobile、dingtalk_userid、wecom_userid 至少填一个，例如 mobile 填 13800000001",
            )
        return self


class CustomerRow(Row):
    """A row of customers.csv: a customer and its contact."""

    KIND = "customers"
    MARK = "code"
    KEYS = ("code", "contact_mobile", "wecom_external_userid")
    EXPECTED: ClassVar[Mapping[str, tuple[str, str]]] = {
        "code": ("1 到 64 个字符的客户编号", "C001"),
        "name": ("1 到 200 个字的客户名称", "安达冷链物流有限公司"),
        "level": ("不超过 50 个字的客户级别", "金牌"),
        "region": ("不超过 100 个字的区域", "华东"),
        "address": ("不超过 500 个字的地址", "上海市嘉定区银翔路 88 号"),
        "contact_name": ("不超过 100 个字的联系人姓名", "张敏"),
        "contact_mobile": ("11 位手机号", "13800000021"),
        "wecom_external_userid": (
            "不含空格、不超过 128 个字符的外部联系人 id",
            "wmQ4tCAAAAqHFT1tYb5y3kXn2J8ZpLdA",
        ),
    }

    code: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    level: Annotated[str, StringConstraints(max_length=50)] = ""
    region: Annotated[str, StringConstraints(max_length=100)] = ""
    address: Annotated[str, StringConstraints(max_length=500)] = ""
    contact_name: Annotated[str, StringConstraints(max_length=100)] = ""
    contact_mobile: Mobile = ""
    wecom_external_userid: UserId = ""

    @property
    def has_contact(self) -> bool:
        """Return whether the row names somebody who can be found again."""
        return bool(self.contact_mobile or self.wecom_external_userid)

    @model_validator(mode="after")
    def _contact_can_be_found_again(self) -> Self:
        if self.contact_name and not self.has_contact:
            raise PydanticCustomError(
                "nobody",
                "填了 contact_name，就要填 contact_mobile 或 wecom_external_userid，"
                "例如 contact_mobile 填 13800000021",
            )
        return self


class AssetRow(Row):
    """A row of assets.csv."""

    KIND = "assets"
    MARK = "serial"
    KEYS = ("serial",)
    EXPECTED: ClassVar[Mapping[str, tuple[str, str]]] = {
        "serial": ("1 到 100 个字符的序列号", "LK-20250318-01"),
        "name": ("1 到 200 个字的设备名称", "冷库压缩机组"),
        "model": ("不超过 200 个字的型号", "ZB-50HP"),
        "customer_code": ("customers.csv 里或系统里已有的客户编号", "C001"),
        "site": ("不超过 500 个字的安装位置", "2 号冷库机房"),
        "installed_on": ("日期，或留空", "2025-03-18"),
        "warranty_until": ("日期，或留空", "2028-03-17"),
        "batch": ("不超过 100 个字的批次", "2025Q1"),
    }

    serial: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    model: Annotated[str, StringConstraints(max_length=200)] = ""
    customer_code: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    site: Annotated[str, StringConstraints(max_length=500)] = ""
    installed_on: Day = None
    warranty_until: Day = None
    batch: Annotated[str, StringConstraints(max_length=100)] = ""


R = TypeVar("R", bound=Row, covariant=True)


@dataclass(frozen=True)
class Line(Generic[R]):
    """A row and where it stands."""

    file: str
    number: int
    row: R

    @property
    def place(self) -> str:
        """Return `people.csv 第 3 行`."""
        return f"{self.file} 第 {self.number} 行"


@dataclass(frozen=True)
class ParsedFiles:
    """Everything that was read, kind by kind, whatever the order of the files."""

    customers: Sequence[Line[CustomerRow]] = ()
    assets: Sequence[Line[AssetRow]] = ()
    people: Sequence[Line[PersonRow]] = ()


class ImportRefused(Exception):
    """Nothing was written; `lines` say in Chinese what is wrong where."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = list(lines)
