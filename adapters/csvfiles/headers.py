"""Which kind of rows a file has, by its header line."""

from collections.abc import Sequence

from adapters.csvfiles.tables import Unreadable
from adapters.imports import (
    AssetKindRow,
    AssetRow,
    ContractRow,
    CustomerRow,
    DispatchRuleRow,
    OpeningStockRow,
    PartRow,
    PersonRow,
    PlaceRow,
    Row,
    StockRuleRow,
    SupplierRow,
    UsualPartRow,
)

KINDS: tuple[type[Row], ...] = (
    PersonRow,
    CustomerRow,
    AssetRow,
    ContractRow,
    AssetKindRow,
    DispatchRuleRow,
    SupplierRow,
    PartRow,
    PlaceRow,
    OpeningStockRow,
    StockRuleRow,
    UsualPartRow,
)
SHOWN_CHARACTERS = 40


def recognise(header: Sequence[str]) -> tuple[type[Row], Sequence[str]]:
    """Return which kind of rows stand under a header, and their columns.

    Raises:
        Unreadable: no kind has such a header, or it has a column that its kind does not know.
    """
    columns = [name.casefold() for name in header]
    while columns and not columns[-1]:
        columns.pop()
    marked = [kind for kind in KINDS if kind.MARK in columns]
    # Parts have a code too, so that customers' mark says nothing beside another one.
    matching = [
        kind for kind in marked if not any(kind.MARK in other.columns() for other in marked if other != kind)
    ]
    if len(matching) != 1:
        raise Unreadable(f"认不出表头“{shown(','.join(header))}”；{_known_headers()}")
    kind = matching[0]
    wrong = [f"没有 {name} 列" for name in kind.required() if name not in columns]
    wrong += [f"不认识 {name or '（空）'} 列" for name in columns if name not in kind.columns()]
    wrong += [
        f"{name} 列出现了 {columns.count(name)} 次" for name in kind.columns() if columns.count(name) > 1
    ]
    if wrong:
        raise Unreadable(f"表头有误：{'，'.join(wrong)}；{_known_headers()}")
    return kind, columns


def _known_headers() -> str:
    known = "；".join(f"{kind.KIND}.csv 的 {','.join(kind.columns())}" for kind in KINDS)
    return f"第一行应是以下几种表头之一（列的先后不限）：{known}"


def shown(value: str) -> str:
    """Return a value as a message quotes it, not longer than a line."""
    return value if len(value) <= SHOWN_CHARACTERS else value[: SHOWN_CHARACTERS - 1] + "…"
