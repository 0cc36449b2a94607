"""Works out what the files say about stock: how many there are, when that is low, what faults need."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from adapters.imports import Line, OpeningStockRow, ParsedFiles, StockRuleRow, UsualPartRow
from adapters.storage.bulk import Counts, Wanted, chunks
from adapters.storage.import_changes import Change, Changes, compare
from adapters.storage.repositories.stock import SqlStock
from domain.kernel.errors import DomainError
from domain.parts.keys import code_key
from domain.parts.ledger import value_of
from domain.parts.model.catalogue import Part, Place, UsualPart
from domain.parts.model.stock import StockBalance, StockEntry, StockLot
from domain.parts.model.supply import StockRule
from domain.parts.moving import KIND_WORDS, check_quantity
from domain.parts.places import OPENING_ID, STORES, PlaceKind, Reason, Tracking

KEEPS_STOCK = sorted(kind.value for kind in {*STORES, PlaceKind.VAN})
ACTOR = "import"
Pair = tuple[UUID, UUID]
Opened = dict[str, tuple[Decimal, int]]
"""Quantity and value of each lot that came in as opening stock, less what was taken back."""


@dataclass(frozen=True)
class Catalogue:
    """The active parts and places that rows may name, by code."""

    parts: Mapping[str, Part]
    places: Mapping[str, Place]


class StockImport:
    """Opening stock, reorder rules and usual parts of one import; parts and places are written before."""

    def __init__(self, session: Session, files: ParsedFiles) -> None:
        self._session = session
        self._files = files
        self.problems: list[str] = []
        self._known = self._load()
        opening = [
            line for line in files.opening_stock if self._is_known(line.place, line.row.part, line.row.place)
        ]
        rules = [
            line for line in files.stock_rules if self._is_known(line.place, line.row.part, line.row.place)
        ]
        usual = [line for line in files.usual_parts if self._is_known(line.place, line.row.part)]
        self._stock = SqlStock(session)
        # Balances are locked before rules, as everybody does.
        self._opening = self._check_opening(opening)
        self.rules = self._compare_rules(rules)
        self.usual = self._compare_usual(usual)

    def write_opening(self, document_id: UUID, now: datetime) -> Counts | None:
        """Let what is new come in, each row as a movement of the ledger."""
        if not self._files.opening_stock:
            return None
        for line in self._opening:
            part, place = self._pair_of(line.row)
            value_fen = value_of(line.row.quantity, line.row.unit_cost)
            balance = self._stock.balance(part.id, place.id)
            balance.quantity += line.row.quantity
            balance.value_fen += value_fen
            if line.row.lot:
                lot = self._stock.lot(part.id, line.row.lot, place.id)
                lot.quantity += line.row.quantity
                lot.piece = part.tracking == Tracking.SERIAL.value
            self._stock.add_entry(
                StockEntry(
                    part_id=part.id,
                    from_id=OPENING_ID,
                    to_id=place.id,
                    quantity=line.row.quantity,
                    lot=line.row.lot,
                    value_fen=value_fen,
                    reason=Reason.OPENING.value,
                    actor_id=ACTOR,
                    document_id=document_id,
                    occurred_at=now,
                )
            )
        self._session.flush()
        return Counts(len(self._opening), 0, len(self._files.opening_stock) - len(self._opening))

    def _load(self) -> Catalogue:
        part_codes = {line.row.part for line in self._files.opening_stock}
        part_codes |= {line.row.part for line in self._files.stock_rules}
        part_codes |= {line.row.part for line in self._files.usual_parts}
        place_codes = {line.row.place for line in self._files.opening_stock}
        place_codes |= {line.row.place for line in self._files.stock_rules}
        parts: dict[str, Part] = {}
        for chunk in chunks(part_codes):
            query = select(Part).where(Part.code.in_(chunk), Part.active)
            parts |= {one.code: one for one in self._session.scalars(query)}
        places: dict[str, Place] = {}
        for chunk in chunks(place_codes):
            places_query = select(Place).where(
                Place.code.in_(chunk), Place.active, Place.kind.in_(KEEPS_STOCK)
            )
            places |= {one.code: one for one in self._session.scalars(places_query)}
        return Catalogue(parts, places)

    def _is_known(self, at: str, part: str, place: str | None = None) -> bool:
        """Return whether a row's part and place are there; `at` says where the row stands."""
        missing = []
        if part not in self._known.parts:
            missing.append(f"part 列“{part}”没有这个备件；请核对编码，或把 parts.csv 一起导入")
        if place is not None and place not in self._known.places:
            missing.append(f"place 列“{place}”没有这个仓库；请核对编码，或把 places.csv 一起导入")
        self.problems += [f"{at}：{one}" for one in missing]
        return not missing

    def _pair_of(self, row: OpeningStockRow | StockRuleRow) -> tuple[Part, Place]:
        return self._known.parts[row.part], self._known.places[row.place]

    def _compare_rules(self, lines: Sequence[Line[StockRuleRow]]) -> Changes:
        wanted: dict[Pair, Wanted] = {}
        said: dict[Pair, str] = {}
        for line in lines:
            part, place = self._pair_of(line.row)
            self._check_quantity(line, part, line.row.below)
            given = line.row.model_dump(include={"below", "order_quantity"} & line.row.model_fields_set)
            born = {"part_id": part.id, "place_id": place.id, "order_quantity": line.row.order_quantity}
            wanted[part.id, place.id] = Wanted(given, born={**born, "armed": True})
            said[part.id, place.id] = f"{part.code} 在 {place.code}"
        existing: dict[Pair, dict[str, Any]] = {}
        for chunk in chunks({part_id for part_id, _ in wanted}):
            query = select(*StockRule.__table__.columns).where(StockRule.part_id.in_(chunk))
            found = self._session.execute(query.with_for_update()).mappings()
            existing |= {(row["part_id"], row["place_id"]): dict(row) for row in found}
        changes = compare(
            "stock_rule", {key: existing[key] for key in existing.keys() & wanted}, wanted, said
        )
        armed = [rearmed(self._session, one) for one in changes.changes]
        return Changes(armed, changes.unchanged)

    def _compare_usual(self, lines: Sequence[Line[UsualPartRow]]) -> Changes:
        wanted: dict[tuple[str, UUID], Wanted] = {}
        said: dict[tuple[str, UUID], str] = {}
        for line in lines:
            part = self._known.parts[line.row.part]
            self._check_quantity(line, part, line.row.quantity)
            key = (line.row.fault_code, part.id)
            wanted[key] = Wanted(
                {"quantity": line.row.quantity}, born={"fault_code": line.row.fault_code, "part_id": part.id}
            )
            said[key] = f"{line.row.fault_code} 用 {part.code}"
        existing: dict[tuple[str, UUID], dict[str, Any]] = {}
        for chunk in chunks({code for code, _ in wanted}):
            query = select(*UsualPart.__table__.columns).where(UsualPart.fault_code.in_(chunk))
            found = self._session.execute(query).mappings()
            existing |= {(row["fault_code"], row["part_id"]): dict(row) for row in found}
        return compare("usual_part", {key: existing[key] for key in existing.keys() & wanted}, wanted, said)

    def _check_opening(self, lines: Sequence[Line[OpeningStockRow]]) -> list[Line[OpeningStockRow]]:
        """Return the rows that are new; what came in by the same rows before is there already."""
        by_pair: dict[Pair, list[Line[OpeningStockRow]]] = {}
        for line in lines:
            part, place = self._pair_of(line.row)
            self._check_quantity(line, part, line.row.quantity)
            self._check_lot(line, part)
            by_pair.setdefault((part.id, place.id), []).append(line)
        self._stock.lock(by_pair)
        new: list[Line[OpeningStockRow]] = []
        for pair, rows in by_pair.items():
            opened, moved = opening_of(self._session, pair)
            told = {
                line.row.lot: (line.row.quantity, value_of(line.row.quantity, line.row.unit_cost))
                for line in rows
            }
            if opened == told:
                continue
            if opened or moved:
                self.problems.append(
                    f"{rows[0].place}：{rows[0].row.part} 在 {rows[0].row.place} 已有出入库记录，"
                    "请用盘点或调整"
                )
            new += rows
        self._refuse_held_serials(new)
        return new

    def _check_quantity(self, line: Line[Any], part: Part, quantity: Decimal) -> None:
        try:
            check_quantity(part, quantity)
        except DomainError as refused:
            self.problems.append(f"{line.place}：{refused.message}")

    def _check_lot(self, line: Line[OpeningStockRow], part: Part) -> None:
        if part.tracking == Tracking.NONE.value:
            if line.row.lot:
                self.problems.append(
                    f"{line.place}：{part.code} 不按序列号或批次管理，"
                    "lot 列请留空，或先改 parts.csv 的 tracking"
                )
            return
        kind = KIND_WORDS[part.tracking]
        if not code_key(line.row.lot):
            self.problems.append(f"{line.place}：{part.code} 按{kind}管理，lot 列要填{kind}号")
        elif part.tracking == Tracking.SERIAL.value and line.row.quantity != 1:
            self.problems.append(f"{line.place}：一个序列号只有一件，quantity 列应为 1，每件写一行")

    def _refuse_held_serials(self, lines: Sequence[Line[OpeningStockRow]]) -> None:
        serials = [
            (line, self._known.parts[line.row.part])
            for line in lines
            if self._known.parts[line.row.part].tracking == Tracking.SERIAL.value and line.row.lot
        ]
        held: dict[tuple[UUID, str], str] = {}
        for chunk in chunks({code_key(line.row.lot) for line, _ in serials}):
            query = select(StockLot.part_id, StockLot.lot_key, Place.name)
            query = query.join(Place, Place.id == StockLot.place_id)
            found = self._session.execute(query.where(StockLot.lot_key.in_(chunk), StockLot.quantity > 0))
            held |= {(part_id, key): name for part_id, key, name in found}
        for line, part in serials:
            at = held.setdefault((part.id, code_key(line.row.lot)), f" {line.place} ")
            if at != f" {line.place} ":
                self.problems.append(
                    f"{line.place}：{part.code} 的序列号“{line.row.lot}”已经在{at}，一个序列号只能在一处"
                )


def opening_of(session: Session, pair: Pair) -> tuple[Opened, bool]:
    """Return what came in as opening stock at a place, and whether anything else moved there."""
    part_id, place_id = pair
    query = select(StockEntry).where(
        StockEntry.part_id == part_id, or_(StockEntry.from_id == place_id, StockEntry.to_id == place_id)
    )
    opened: Opened = {}
    for entry in session.scalars(query.order_by(StockEntry.seq)):
        if OPENING_ID not in (entry.from_id, entry.to_id):
            return opened, True
        sign = 1 if entry.from_id == OPENING_ID else -1
        quantity, value_fen = opened.get(entry.lot, (Decimal(0), 0))
        opened[entry.lot] = (quantity + sign * entry.quantity, value_fen + sign * entry.value_fen)
    return {lot: (quantity, value) for lot, (quantity, value) in opened.items() if quantity}, False


def rearmed(session: Session, change: Change) -> Change:
    """Return a change of a rule that also arms it, where the stock is not low by its new measure."""
    if change.before is None or "below" not in change.after:
        return change
    rule = session.get_one(StockRule, change.key["id"])
    on_hand = session.get(StockBalance, (rule.part_id, rule.place_id))
    if on_hand is None or on_hand.quantity < change.after["below"]:
        return change
    return replace(
        change,
        before={**change.before, "armed": rule.armed},
        after={**change.after, "armed": True},
    )
