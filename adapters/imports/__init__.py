"""What can be imported: a strict model of a row of each kind, and where the row stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from adapters.imports.machines import AssetKindRow, AssetRow, ContractRow
from adapters.imports.parts import (
    OpeningStockRow,
    PartRow,
    PlaceRow,
    StockRuleRow,
    SupplierRow,
    UsualPartRow,
)
from adapters.imports.people import CustomerRow, PersonRow
from adapters.imports.row import Line, Row
from adapters.imports.rules import DispatchRuleRow

__all__ = [
    "AssetKindRow",
    "AssetRow",
    "ContractRow",
    "CustomerRow",
    "DispatchRuleRow",
    "ImportRefused",
    "Line",
    "OpeningStockRow",
    "ParsedFiles",
    "PartRow",
    "PersonRow",
    "PlaceRow",
    "Row",
    "StockRuleRow",
    "SupplierRow",
    "UsualPartRow",
]


@dataclass(frozen=True)
class ParsedFiles:
    """Everything that was read, kind by kind, whatever the order of the files.

    Args:
        shipped_kinds: the kinds of asset that come with us; they never replace one that is there.
    """

    customers: Sequence[Line[CustomerRow]] = ()
    assets: Sequence[Line[AssetRow]] = ()
    people: Sequence[Line[PersonRow]] = ()
    contracts: Sequence[Line[ContractRow]] = ()
    kinds: Sequence[Line[AssetKindRow]] = ()
    dispatch_rules: Sequence[Line[DispatchRuleRow]] = ()
    shipped_kinds: Sequence[Line[AssetKindRow]] = ()
    suppliers: Sequence[Line[SupplierRow]] = ()
    parts: Sequence[Line[PartRow]] = ()
    places: Sequence[Line[PlaceRow]] = ()
    opening_stock: Sequence[Line[OpeningStockRow]] = ()
    stock_rules: Sequence[Line[StockRuleRow]] = ()
    usual_parts: Sequence[Line[UsualPartRow]] = ()


class ImportRefused(Exception):
    """Nothing was written; `lines` say in Chinese what is wrong where."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = list(lines)
