"""Rows of machines, their kinds, and contracts about them."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from adapters.imports.cells import (
    Checklist,
    Day,
    Fields,
    Latitude,
    Longitude,
    Pairs,
    Parts,
    Plate,
    ReportItems,
    RequiredDay,
    Yes,
)
from adapters.imports.row import Row


class AssetKindRow(Row):
    """A row of asset_kinds.csv: a class of machine with its own fields and checklist."""

    KIND = "asset_kinds"
    MARK = "checklist"
    KEYS = ("kind",)
    EXPECTED: ClassVar[Mapping[str, tuple[str, str]]] = {
        "kind": ("1 到 40 个字符的类别编号（小写字母、数字、下划线）", "cold_store"),
        "name": ("1 到 100 个字的类别名称", "冷库"),
        "spoken_names": ("用 ; 分隔的口头叫法", "冷冻库;保鲜库"),
        "fields": ("用 ; 分隔的 名称=标题:类型（text、number、date）", "volume=容积:number;vin=车架号:text"),
        "checklist": (
            "用 ; 分隔的 名称=检查项，* 为必填，[照片] 为拍照",
            "door=库门密封*;panel=控制面板读数*[照片]",
        ),
        "report_items": ("用 ; 分隔的 名称=读数(单位)，* 为必填", "temperature=库温(℃)*"),
    }

    kind: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    name: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    spoken_names: Parts = ()
    fields: Fields = Field(default_factory=list)
    checklist: Checklist
    report_items: ReportItems = Field(default_factory=list)


class AssetRow(Row):
    """A row of assets.csv."""

    KIND = "assets"
    MARK = "serial"
    KEYS = ("serial",)
    EXPECTED: ClassVar[Mapping[str, tuple[str, str]]] = {
        "serial": ("1 到 100 个字符的序列号", "LK-20250318-01"),
        "name": ("1 到 200 个字的设备名称", "冷库压缩机组"),
        "kind": ("asset_kinds.csv 里、系统里已有或自带的设备类别，或留空", "冷藏机组"),
        "nickname": ("用 ; 分隔的叫法", "老冷机;大冰柜"),
        "model": ("不超过 200 个字的型号", "ZB-50HP"),
        "customer_code": ("customers.csv 里或系统里已有的客户编号", "C001"),
        "site": ("不超过 500 个字的安装位置", "2 号冷库机房"),
        "latitude": ("-90 到 90 的纬度，或留空", "31.2938"),
        "longitude": ("-180 到 180 的经度，或留空", "121.2163"),
        "made_on": ("日期，或留空", "2025-01-20"),
        "installed_on": ("日期，或留空", "2025-03-18"),
        "warranty_until": ("日期，或留空", "2028-03-17"),
        "batch": ("不超过 100 个字的批次", "2025Q1"),
        "plate": ("车牌号，或留空", "沪DA6621"),
        "attributes": ("用 ; 分隔的 名称=值", "vin=LGDCW81D0PA100021;mileage=86000"),
    }

    serial: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    model: Annotated[str, StringConstraints(max_length=200)] = ""
    customer_code: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    site: Annotated[str, StringConstraints(max_length=500)] = ""
    installed_on: Day = None
    warranty_until: Day = None
    batch: Annotated[str, StringConstraints(max_length=100)] = ""
    kind: Annotated[str, StringConstraints(max_length=100)] = ""
    nickname: Parts = ()
    made_on: Day = None
    latitude: Latitude = None
    longitude: Longitude = None
    plate: Plate = ""
    attributes: Pairs = Field(default_factory=dict)


class ContractRow(Row):
    """A row of contracts.csv."""

    KIND = "contracts"
    MARK = "number"
    KEYS = ("number",)
    EXPECTED: ClassVar[Mapping[str, tuple[str, str]]] = {
        "number": ("1 到 64 个字符的合同编号", "HT-2026-018"),
        "customer_code": ("customers.csv 里或系统里已有的客户编号", "C001"),
        "name": ("1 到 200 个字的合同名称", "冷库年度维保"),
        "starts_on": ("日期", "2026-01-01"),
        "ends_on": ("日期，不早于 starts_on", "2026-12-31"),
        "assets": ("用 ; 分隔的设备序列号；留空为该客户的全部设备", "LK-230612-01;LK-230612-02"),
        "parts": ("是 或 否", "是"),
        "labour": ("是 或 否", "是"),
        "travel": ("是 或 否", "否"),
        "sla_level": ("不超过 50 个字的时限级别", "7x24 四小时到场"),
    }

    number: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    customer_code: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    starts_on: RequiredDay
    ends_on: RequiredDay
    assets: Parts = ()
    parts: Yes = False
    labour: Yes = False
    travel: Yes = False
    sla_level: Annotated[str, StringConstraints(max_length=50)] = ""

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.ends_on < self.starts_on:
            raise PydanticCustomError("ends", "ends_on 早于 starts_on，请核对这两个日期")
        return self
