"""What an import does to the records about parts: worked out, written, shown, and kept as JSON."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import Uuid, update
from sqlalchemy.orm import Session

from adapters.imports.parts_cells import PLACE_WORDS, TRACKING_WORDS
from adapters.storage.bulk import Counts, Wanted, insert_all
from domain.kernel.model import Base, Quantity
from domain.parts.ledger import quantity_words
from domain.parts.model.catalogue import Part, Place, Supplier, UsualPart
from domain.parts.model.supply import StockRule

LABELS: Mapping[str, str] = {
    "supplier": "供应商",
    "part": "备件",
    "place": "仓库与库位",
    "stock_rule": "补货规则",
    "usual_part": "常用备件",
}
MODELS: Mapping[str, type[Base]] = {
    "supplier": Supplier,
    "part": Part,
    "place": Place,
    "stock_rule": StockRule,
    "usual_part": UsualPart,
}
"""In the order they are written in; they are taken back in the opposite one."""
NOT_SHOWN = frozenset({"code", "code_key", "barcode_key", "armed", "part_id", "place_id", "fault_code"})
_COLUMNS = {
    "price_fen": "price",
    "supplier_id": "supplier_code",
    "keeper_id": "keeper",
    "parent_id": "parent",
}
_WORDS = {
    "tracking": {value: word for word, value in TRACKING_WORDS.items()},
    "kind": {value: word for word, value in PLACE_WORDS.items()},
}
K = TypeVar("K")


@dataclass(frozen=True)
class Change:
    """What becomes of one record.

    Args:
        kind: a key of `MODELS`.
        said: what people call it.
        key: the columns of its primary key.
        before: the columns that change, as they were; None where the record is new.
        after: the same columns as they are to be.
    """

    kind: str
    said: str
    key: Mapping[str, Any]
    before: Mapping[str, Any] | None
    after: Mapping[str, Any]

    @property
    def model(self) -> type[Base]:
        """Return the table it is about."""
        return MODELS[self.kind]


@dataclass
class Changes:
    """Everything of one kind that the files ask for."""

    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0

    @property
    def counts(self) -> Counts:
        """Return how many are new, changed and as they were."""
        new = sum(one.before is None for one in self.changes)
        return Counts(new, len(self.changes) - new, self.unchanged)


def compare(
    kind: str, existing: Mapping[K, Mapping[str, Any]], wanted: Mapping[K, Wanted], said: Mapping[K, str]
) -> Changes:
    """Return what makes the wanted records true; a new one gets an id, where its table has one."""
    found = Changes()
    keys = [column.name for column in MODELS[kind].__table__.primary_key]
    for name, one in wanted.items():
        row = existing.get(name)
        if row is None:
            born = {**one.born, **one.given}
            key = {column: born.pop(column, None) or uuid4() for column in keys}
            found.changes.append(Change(kind, said[name], key, None, born))
            continue
        after = {column: value for column, value in one.given.items() if row[column] != value}
        if not after:
            found.unchanged += 1
            continue
        before = {column: row[column] for column in after}
        found.changes.append(Change(kind, said[name], {key: row[key] for key in keys}, before, after))
    return found


def write(session: Session, changes: Sequence[Change]) -> None:
    """Make changes true, kind by kind in the order given."""
    for model, some in groupby(changes, key=lambda one: one.model):
        group = list(some)
        insert_all(session, model, [{**one.key, **one.after} for one in group if one.before is None])
        if rows := [{**one.key, **one.after} for one in group if one.before is not None]:
            session.execute(update(model), rows)


def as_json(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Return columns as JSON keeps them."""
    return {
        name: str(value) if isinstance(value, UUID | Decimal) else value for name, value in columns.items()
    }


def from_json(model: type[Base], columns: Mapping[str, Any]) -> dict[str, Any]:
    """Return columns as they were before `as_json`."""
    return {name: _typed(model, name, value) for name, value in columns.items()}


def _typed(model: type[Base], name: str, value: Any) -> Any:
    kind = model.__table__.c[name].type
    if value is None:
        return None
    if isinstance(kind, Uuid):
        return UUID(value)
    return Decimal(value) if isinstance(kind, Quantity) else value


def described(change: Change, names: Mapping[UUID, str]) -> str:
    """Return a change as people read it: `备件 ZC-6204：price 18.50 → 19.00`.

    Args:
        names: what the records that a column may point at are called.
    """
    if change.before is None:
        return f"{LABELS[change.kind]} {change.said}：新增"
    told = [
        f"{_COLUMNS.get(name, name)} {_said(name, change.before[name], names)} → {_said(name, value, names)}"
        for name, value in change.after.items()
        if name not in NOT_SHOWN
    ]
    return f"{LABELS[change.kind]} {change.said}：{'；'.join(told)}"


def pointed_at(changes: Iterable[Change]) -> set[UUID]:
    """Return the ids of the records that changed columns point at, or pointed at before."""
    columns = [columns for one in changes if one.before is not None for columns in (one.before, one.after)]
    return {value for each in columns for value in each.values() if isinstance(value, UUID)}


def _said(name: str, value: Any, names: Mapping[UUID, str]) -> str:
    if isinstance(value, UUID):
        return names.get(value, "（已删除）")
    return cell_of(name, value) or "（空）"


def cell_of(name: str, value: Any) -> str:
    """Return a column's value as the files have it."""
    if name in _WORDS:
        return _WORDS[name].get(value, str(value))
    if name == "price_fen":
        return yuan(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return ";".join(value)
    if isinstance(value, Decimal):
        return quantity_words(value)
    return "" if value is None else str(value)


def yuan(fen: int) -> str:
    """Return an amount of money as the files have it: `18.50`."""
    return f"{fen // 100}.{fen % 100:02d}"
