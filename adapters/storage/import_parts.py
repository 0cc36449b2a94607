"""Works out what the files say about suppliers, parts and places; what is wrong is in `problems`."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from adapters.imports import Line, ParsedFiles, PartRow, PlaceRow, SupplierRow
from adapters.storage.bulk import Wanted, chunks, rows_by_key
from adapters.storage.import_changes import Changes, compare
from domain.parts.keys import code_key
from domain.parts.ledger import quantity_words
from domain.parts.model.catalogue import Part, Place, Supplier
from domain.parts.model.stock import StockBalance
from domain.parts.places import STORES, PlaceKind
from domain.people.model import Person, Role

PART_COLUMNS = {"code", "name", "spec", "unit", "whole", "category", "barcode", "tracking", "return_old"}
PARENTS = frozenset({PlaceKind.STORE.value, PlaceKind.BRANCH.value})


class CatalogueImport:
    """Suppliers, parts and places of one import, before and after; nothing is written here."""

    def __init__(self, session: Session, files: ParsedFiles) -> None:
        self._session = session
        self._files = files
        self.problems: list[str] = []
        self.suppliers = self._compare_suppliers()
        self.parts = self._compare_parts()
        self.places = self._compare_places()

    def _compare_suppliers(self) -> Changes:
        lines = self._files.suppliers
        codes = {line.row.code for line in lines} | {line.row.supplier_code for line in self._files.parts}
        existing = rows_by_key(self._session, Supplier, "code", codes - {""})
        wanted = {line.row.code: _supplier(line.row) for line in lines}
        found = compare("supplier", existing, wanted, {code: code for code in wanted})
        self._supplier_ids = ids_of(existing, found)
        return found

    def _compare_parts(self) -> Changes:
        lines = self._files.parts
        codes = {line.row.code for line in lines}
        named = {code for line in lines for code in line.row.substitutes}
        existing = rows_by_key(self._session, Part, "code", codes | named)
        for line in lines:
            if line.row.supplier_code and line.row.supplier_code not in self._supplier_ids:
                self._unknown(line, "supplier_code", line.row.supplier_code, "供应商", "suppliers.csv")
            for code in line.row.substitutes:
                if code not in existing and code not in codes:
                    self._unknown(line, "substitutes", code, "备件", "parts.csv")
        self._refuse_taken_barcodes(lines)
        self._refuse_new_ways_of_counting(lines, existing)
        wanted = {line.row.code: self._part(line.row) for line in lines}
        own = {code: row for code, row in existing.items() if code in codes}
        return compare("part", own, wanted, {code: code for code in wanted})

    def _part(self, row: PartRow) -> Wanted:
        def columns(names: set[str]) -> dict[str, Any]:
            found = row.model_dump(include=PART_COLUMNS & names)
            if "price" in names:
                found["price_fen"] = row.price
            if "supplier_code" in names:
                found["supplier_id"] = self._supplier_ids.get(row.supplier_code)
            if "barcode" in names:
                found["barcode_key"] = code_key(row.barcode)
            for name in {"models", "substitutes"} & names:
                found[name] = list(getattr(row, name))
            return {**found, "code_key": code_key(row.code), "active": True}

        return Wanted(columns(row.model_fields_set), born=columns(set(PartRow.model_fields)))

    def _refuse_taken_barcodes(self, lines: Iterable[Line[PartRow]]) -> None:
        """A barcode that two parts have says nothing when it is scanned."""
        coded = {line.row.code for line in lines if "barcode" in line.row.model_fields_set}
        first: dict[str, str] = {}
        for chunk in chunks({code_key(line.row.barcode) for line in lines} - {""}):
            query = select(Part.barcode_key, Part.code).where(Part.barcode_key.in_(chunk), Part.active)
            first |= {
                key: f"系统里的备件“{code}”"
                for key, code in self._session.execute(query)
                if code not in coded
            }
        for line in lines:
            if not (key := code_key(line.row.barcode)):
                continue
            if key in first:
                self.problems.append(
                    f"{line.place}：barcode 列“{line.row.barcode}”与{first[key]}重复，"
                    "一个条码只能属于一种备件；请核对条码，或留空"
                )
            first.setdefault(key, f" {line.place} ")

    def _refuse_new_ways_of_counting(
        self, lines: Iterable[Line[PartRow]], existing: Mapping[str, Mapping[str, Any]]
    ) -> None:
        """What is on the shelf was counted in the old way, so it cannot change under it."""
        recounted = {
            existing[line.row.code]["id"]: line
            for line in lines
            if line.row.code in existing and _counted_otherwise(line.row, existing[line.row.code])
        }
        for chunk in chunks(recounted):
            query = select(StockBalance.part_id, StockBalance.quantity).where(
                StockBalance.part_id.in_(chunk), StockBalance.quantity > 0
            )
            for part_id, quantity in self._session.execute(query):
                line = recounted.pop(part_id, None)
                if line is not None:
                    self.problems.append(
                        f"{line.place}：{line.row.code} 还有库存 {quantity_words(quantity)}{line.row.unit}，"
                        "不能改 whole 或 tracking；请先把库存清零，或新建一个编码"
                    )

    def _compare_places(self) -> Changes:
        lines = self._files.places
        codes = {line.row.code for line in lines}
        parents = {line.row.parent for line in lines} - {""}
        existing = rows_by_key(self._session, Place, "code", codes | parents)
        kinds = {code: str(row["kind"]) for code, row in existing.items()}
        for line in lines:
            if kinds.get(line.row.code, line.row.kind) not in STORES:
                self.problems.append(
                    f"{line.place}：code 列“{line.row.code}”是系统里的车辆或内置地点，"
                    "不能用文件改；请换一个编码"
                )
        kinds |= {line.row.code: line.row.kind for line in lines}
        for line in lines:
            if line.row.parent and kinds.get(line.row.parent) not in PARENTS:
                self._unknown(line, "parent", line.row.parent, "仓库或分仓", "places.csv")
        keepers = self._keepers()
        ids = {code: row["id"] for code, row in existing.items()}
        found = Changes()
        # A bin needs the id of its store, which may be new.
        for is_bin in (False, True):
            rows = {line.row.code: line.row for line in lines if bool(line.row.parent) == is_bin}
            own = {code: row for code, row in existing.items() if code in rows}
            wanted = {code: _place(row, keepers, ids) for code, row in rows.items()}
            some = compare("place", own, wanted, {code: code for code in wanted})
            ids |= ids_of(own, some)
            found = Changes([*found.changes, *some.changes], found.unchanged + some.unchanged)
        return found

    def _keepers(self) -> dict[str, UUID]:
        """Return who each cell of a keeper means: a storekeeper who works for us."""
        told = {line.row.keeper for line in self._files.places} - {""}
        found: dict[str, list[Person]] = {}
        for chunk in chunks(told):
            query = select(Person).where(Person.active, Person.mobile.in_(chunk) | Person.name.in_(chunk))
            for person in self._session.scalars(query):
                if Role.STOREKEEPER in person.roles:
                    for cell in {person.mobile, person.name} & told:
                        found.setdefault(cell, []).append(person)
        for line in self._files.places:
            people = found.get(line.row.keeper, [])
            if line.row.keeper and len(people) != 1:
                why = f"有 {len(people)} 位在职仓管员" if people else "不是在职的仓管员"
                self.problems.append(
                    f"{line.place}：keeper 列“{line.row.keeper}”{why}；"
                    "请填一位仓管员的手机号，或先在 people.csv 给此人 storekeeper 角色"
                )
        return {cell: people[0].id for cell, people in found.items()}

    def _unknown(self, line: Line[Any], column: str, code: str, what: str, file: str) -> None:
        self.problems.append(
            f"{line.place}：{column} 列“{code}”没有这个{what}；请核对编码，或把 {file} 一起导入"
        )


def ids_of(existing: Mapping[str, Mapping[str, Any]], found: Changes) -> dict[str, UUID]:
    """Return the id of each code, those that are new too."""
    ids = {code: row["id"] for code, row in existing.items()}
    return ids | {one.said: one.key["id"] for one in found.changes}


def _supplier(row: SupplierRow) -> Wanted:
    return Wanted(row.model_dump(include=row.model_fields_set), born=row.model_dump())


def _place(row: PlaceRow, keepers: Mapping[str, UUID], ids: Mapping[str, UUID]) -> Wanted:
    told = row.model_dump(include={"code", "name", "kind"} | ({"region"} & row.model_fields_set))
    told |= {
        "keeper_id": keepers.get(row.keeper),
        "parent_id": ids.get(row.parent) if row.parent else None,
        "active": True,
    }
    return Wanted(told, born={"region": row.region})


def _counted_otherwise(row: PartRow, before: Mapping[str, Any]) -> bool:
    whole = row.whole if "whole" in row.model_fields_set else before["whole"]
    tracking = row.tracking if "tracking" in row.model_fields_set else before["tracking"]
    return bool(tracking != before["tracking"] or (whole and not before["whole"]))
