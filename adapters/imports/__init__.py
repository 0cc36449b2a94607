"""What can be imported: a strict model of a row of each kind, and where the row stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from adapters.imports.machines import AssetKindRow, AssetRow, ContractRow
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
    "ParsedFiles",
    "PersonRow",
    "Row",
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


class ImportRefused(Exception):
    """Nothing was written; `lines` say in Chinese what is wrong where."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = list(lines)
