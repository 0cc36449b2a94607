"""Rows of spare parts: the catalogue, who sells them, where they are kept, and how many there are."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, ClassVar, Self

from pydantic import StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from adapters.imports.cells import Parts, Yes
from adapters.imports.parts_cells import (
    Code,
    CodeOrNone,
    Codes,
    Days,
    FaultCode,
    Fen,
    Pieces,
    PiecesOrNone,
    PlaceWord,
    RequiredFen,
    TrackingWord,
    Whole,
)
from adapters.imports.row import Row
from domain.parts.keys import code_key
from domain.parts.places import PlaceKind, Tracking

_CODE = ("1 到 64 个字符的编码", "ZC-6204")
_KNOWN_PART = ("parts.csv 里或系统里已有的备件编码", "ZC-6204")
_KNOWN_PLACE = ("places.csv 里或系统里已有的仓库编码", "SH01")


class SupplierRow(Row):
    """A row of suppliers.csv."""

    KIND = "suppliers"
    MARK = "lead_days"
    KEYS = ("code",)
    EXPECTED: ClassVar[Mapping[str, tuple[str, str]]] = {
        "code": ("1 到 64 个字符的供应商编码", "S001"),
        "name": ("1 到 200 个字的供应商名称", "上海恒瑞轴承有限公司"),
        "contact": ("不超过 100 个字的联系人与电话，或留空", "周经理 13900000011"),
        "lead_days": ("0 到 730 的到货天数", "7"),
    }

    code: Code
    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    contact: Annotated[str, StringConstraints(max_length=100)] = ""
    lead_days: Days


class PartRow(Row):
    """A row of parts.csv; the price is in fen."""

    KIND = "parts"
    MARK = "unit"
    KEYS = ("code", "barcode")
    EXPECTED: ClassVar[Mapping[str, tuple[str, str]]] = {
        "code": _CODE,
        "name": ("1 到 200 个字的备件名称", "深沟球轴承 6204"),
        "spec": ("不超过 200 个字的规格，或留空", "2RS 20×47×14"),
        "unit": ("1 到 10 个字的单位", "个"),
        "whole": ("是（按整数计数）或 否（可以有小数）", "是"),
        "category": ("不超过 100 个字的分类，或留空", "轴承"),
        "barcode": ("不超过 64 个字符、不与别的备件重复的条码，或留空", "6901234562043"),
        "price": ("以元为单位、最多 2 位小数的单价，或留空", "18.50"),
        "supplier_code": ("suppliers.csv 里或系统里已有的供应商编码，或留空", "S001"),
        "models": ("用 ; 分隔的适用设备型号，留空为通用", "BF-40HP;BF-60HP"),
        "substitutes": ("用 ; 分隔、parts.csv 里或系统里已有的替代件编码，或留空", "ZC-6205"),
        "tracking": ("无、批次 或 序列号", "序列号"),
        "return_old": ("是（换下的旧件要交回）或 否", "是"),
    }

    code: Code
    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    spec: Annotated[str, StringConstraints(max_length=200)] = ""
    unit: Annotated[str, StringConstraints(min_length=1, max_length=10)]
    whole: Whole = True
    category: Annotated[str, StringConstraints(max_length=100)] = ""
    barcode: CodeOrNone = ""
    price: Fen = 0
    supplier_code: CodeOrNone = ""
    models: Parts = ()
    substitutes: Codes = ()
    tracking: TrackingWord = Tracking.NONE.value
    return_old: Yes = False

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if not code_key(self.code):
            raise PydanticCustomError("code", "code 列没有字母、数字或汉字，没法按它查找，请换一个编码")
        if self.code in self.substitutes:
            raise PydanticCustomError("substitutes", "substitutes 列写了自己的编码，请删掉")
        if self.tracking == Tracking.SERIAL.value and not self.whole:
            raise PydanticCustomError("whole", "按序列号管理的备件是一件一件的，whole 列请填“是”")
        return self


class PlaceRow(Row):
    """A row of places.csv."""

    KIND = "places"
    MARK = "keeper"
    KEYS = ("code",)
    EXPECTED: ClassVar[Mapping[str, tuple[str, str]]] = {
        "code": ("1 到 64 个字符的仓库编码", "SH01"),
        "name": ("1 到 100 个字的仓库名称", "上海中心仓"),
        "kind": ("仓库、分仓 或 库位", "仓库"),
        "region": ("不超过 100 个字的区域，或留空", "华东"),
        "keeper": ("仓管员的手机号或姓名；留空则每位仓管员都可以保管", "13800000009"),
        "parent": ("库位所在仓库的编码；仓库和分仓留空", "SH01"),
    }

    code: Code
    name: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    kind: PlaceWord
    region: Annotated[str, StringConstraints(max_length=100)] = ""
    keeper: Annotated[str, StringConstraints(max_length=100)]
    parent: CodeOrNone = ""

    @model_validator(mode="after")
    def _a_bin_is_in_a_store(self) -> Self:
        is_bin = self.kind == PlaceKind.BIN.value
        if is_bin and not self.parent:
            raise PydanticCustomError("parent", "库位要填 parent 列：它所在仓库的编码，例如 SH01")
        if self.parent and not is_bin:
            raise PydanticCustomError("parent", "只有库位要填 parent 列，仓库和分仓请留空")
        return self


class OpeningStockRow(Row):
    """A row of opening_stock.csv; what one cost is in fen."""

    KIND = "opening_stock"
    MARK = "unit_cost"
    KEYS = ("part,place,lot",)
    EXPECTED: ClassVar[Mapping[str, tuple[str, str]]] = {
        "part": _KNOWN_PART,
        "place": _KNOWN_PLACE,
        "quantity": ("大于 0、不超过 100000、最多 3 位小数的数量", "20"),
        "unit_cost": ("以元为单位、最多 2 位小数的成本单价", "16.80"),
        "lot": ("不超过 100 个字符的序列号或批次；不按序列号或批次管理的留空", "SN20260018"),
    }

    part: Code
    place: Code
    quantity: Pieces
    unit_cost: RequiredFen
    lot: Annotated[str, StringConstraints(max_length=100)] = ""


class StockRuleRow(Row):
    """A row of stock_rules.csv."""

    KIND = "stock_rules"
    MARK = "below"
    KEYS = ("part,place",)
    EXPECTED: ClassVar[Mapping[str, tuple[str, str]]] = {
        "part": _KNOWN_PART,
        "place": _KNOWN_PLACE,
        "below": ("大于 0、不超过 100000 的安全库存，少于它就提醒", "20"),
        "order_quantity": ("自动申请采购的数量；0 或留空则只提醒", "40"),
    }

    part: Code
    place: Code
    below: Pieces
    order_quantity: PiecesOrNone = Decimal(0)


class UsualPartRow(Row):
    """A row of usual_parts.csv."""

    KIND = "usual_parts"
    MARK = "fault_code"
    KEYS = ("fault_code,part",)
    EXPECTED: ClassVar[Mapping[str, tuple[str, str]]] = {
        "fault_code": ("1 到 40 个字符的故障代码", "E9"),
        "part": _KNOWN_PART,
        "quantity": ("大于 0、不超过 100000 的数量", "1"),
    }

    fault_code: FaultCode
    part: Code
    quantity: Pieces
