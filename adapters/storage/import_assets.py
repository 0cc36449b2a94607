"""Writes machines, their kinds and contracts, and what customers are found by."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from adapters.imports import AssetKindRow, AssetRow, ContractRow, CustomerRow, Line, ParsedFiles
from adapters.storage.bulk import Counts, Wanted, chunks, insert_all, merge, rows_by_key
from domain.assets.keys import name_parts, plate_key
from domain.assets.model import Asset, AssetKind, Contract, CustomerPart

ASSET_COLUMNS = {
    "serial",
    "name",
    "model",
    "site",
    "latitude",
    "longitude",
    "made_on",
    "installed_on",
    "warranty_until",
    "batch",
}
CONTRACT_COLUMNS = {"number", "name", "starts_on", "ends_on", "parts", "labour", "travel", "sla_level"}
KIND_COLUMNS = {"name", "fields", "checklist", "report_items"}


class AssetsImport:
    """Machines, kinds and contracts of one import; what is wrong with them is in `problems`.

    Args:
        owners: the customer that each code stands for.
    """

    def __init__(self, session: Session, files: ParsedFiles, owners: Mapping[str, UUID]) -> None:
        self._session = session
        self._files = files
        self._owners = owners
        self._kept_kinds = {row["code"]: row for row in _all_kinds(session)}
        self._kinds = self._kind_names()
        told = [(line.place, line.row.customer_code) for line in files.assets]
        told += [(line.place, line.row.customer_code) for line in files.contracts]
        self.problems = [_no_customer(place, code) for place, code in told if code not in owners]
        self.problems += [
            _no_kind(line, sorted(set(self._kinds.values())))
            for line in files.assets
            if line.row.kind and line.row.kind not in self._kinds
        ]

    def write_kinds(self) -> Counts | None:
        """Write the kinds of the files, and those that come with us where they are missing."""
        given = {line.row.kind: _kind(line.row) for line in self._files.kinds}
        shipped = {line.row.kind: _kind(line.row) for line in self._files.shipped_kinds}
        missing = [
            row for code, row in shipped.items() if code not in (self._kept_kinds.keys() | given.keys())
        ]
        new = [row for code, row in given.items() if code not in self._kept_kinds]
        changed = [
            row for code, row in given.items() if code in self._kept_kinds and self._kept_kinds[code] != row
        ]
        insert_all(self._session, AssetKind, [*new, *missing])
        if changed:
            self._session.execute(update(AssetKind), changed)
        return Counts(len(new), len(changed), len(given) - len(new) - len(changed)) if given else None

    def write_assets(self) -> Counts:
        """Write the machines."""
        told = {line.row.serial: line.row for line in self._files.assets}
        described = [serial for serial, row in told.items() if {"plate", "attributes"} & row.model_fields_set]
        before = rows_by_key(self._session, Asset, "serial", described)
        counts, _ = merge(
            self._session,
            Asset,
            "serial",
            {serial: self._asset(row, before.get(serial, {})) for serial, row in told.items()},
        )
        return counts

    def write_contracts(self, now: datetime) -> Counts | None:
        """Write the contracts; call it after the machines they are about."""
        serials = {serial for line in self._files.contracts for serial in line.row.assets}
        assets = rows_by_key(self._session, Asset, "serial", serials)
        for line in self._files.contracts:
            owner = self._owners[line.row.customer_code]
            self.problems += [
                _not_theirs(line, serial)
                for serial in line.row.assets
                if serial not in assets or assets[serial]["customer_id"] != owner
            ]
        if self.problems or not self._files.contracts:
            return None
        wanted = {line.row.number: self._contract(line.row, assets, now) for line in self._files.contracts}
        counts, _ = merge(self._session, Contract, "number", wanted)
        return counts

    def _kind_names(self) -> dict[str, str]:
        """Return what a cell may say for a kind, code or name, and the name it stands for."""
        names = {line.row.kind: line.row.name for line in self._files.shipped_kinds}
        names |= {code: row["name"] for code, row in self._kept_kinds.items()}
        names |= {line.row.kind: line.row.name for line in self._files.kinds}
        self._codes = {name: code for code, name in names.items()} | {code: code for code in names}
        return {said: names[code] for said, code in self._codes.items()}

    def _asset(self, row: AssetRow, before: Mapping[str, Any]) -> Wanted:
        def columns(names: set[str]) -> dict[str, Any]:
            found = row.model_dump(include=ASSET_COLUMNS & names)
            if "kind" in names:
                found["kind_code"] = self._codes[row.kind] if row.kind else None
            if "nickname" in names:
                found["nicknames"] = list(row.nickname)
            if {"plate", "attributes"} & names:
                found["attributes"] = _attributes(row, names, before.get("attributes", {}))
                found["plate_key"] = plate_key(str(found["attributes"].get("plate", "")))
            return {**found, "customer_id": self._owners[row.customer_code]}

        return Wanted(columns(row.model_fields_set), born=columns(set(AssetRow.model_fields)))

    def _contract(self, row: ContractRow, assets: Mapping[str, Mapping[str, Any]], now: datetime) -> Wanted:
        def columns(names: set[str]) -> dict[str, Any]:
            found = row.model_dump(include=CONTRACT_COLUMNS & names)
            if "assets" in names:
                found["covers"] = sorted({_survivor(assets[serial]) for serial in row.assets})
            return {**found, "customer_id": self._owners[row.customer_code]}

        born = {**columns(set(ContractRow.model_fields)), "created_at": now}
        return Wanted(columns(row.model_fields_set), born=born)


def make_findable(session: Session, customers: Sequence[tuple[UUID, CustomerRow]]) -> None:
    """Keep what customers are found by in step with their codes and names."""
    for chunk in chunks(customers):
        kept: dict[UUID, set[str]] = defaultdict(set)
        ids = [customer_id for customer_id, _ in chunk]
        query = select(CustomerPart.customer_id, CustomerPart.part).where(CustomerPart.customer_id.in_(ids))
        for customer_id, part in session.execute(query):
            kept[customer_id].add(part)
        new: list[dict[str, Any]] = []
        for customer_id, row in chunk:
            wanted = name_parts(row.code, row.name)
            if kept[customer_id] - wanted:
                session.execute(delete(CustomerPart).where(CustomerPart.customer_id == customer_id))
                kept[customer_id] = set()
            new += [{"part": part, "customer_id": customer_id} for part in wanted - kept[customer_id]]
        insert_all(session, CustomerPart, new)


def _all_kinds(session: Session) -> list[dict[str, Any]]:
    return [dict(row) for row in session.execute(select(*AssetKind.__table__.columns)).mappings()]


def _kind(row: AssetKindRow) -> dict[str, Any]:
    told = row.model_dump(include=KIND_COLUMNS)
    return {"code": row.kind, **told, "spoken_names": list(row.spoken_names)}


def _attributes(row: AssetRow, names: set[str], before: Mapping[str, Any]) -> dict[str, Any]:
    """Return the attributes after the file: each of the two columns decides only its own part."""
    plate = row.plate if "plate" in names else str(before.get("plate", ""))
    others = row.attributes if "attributes" in names else before
    kept = {key: value for key, value in others.items() if key != "plate"}
    return {**kept, "plate": plate} if plate else kept


def _survivor(asset: Mapping[str, Any]) -> str:
    return str(asset["merged_into_id"] or asset["id"])


def _no_customer(place: str, code: str) -> str:
    return (
        f"{place}：customer_code 列“{code}”没有这个客户，应为 customers.csv 里或系统里已有的客户编号；"
        "请核对编号，或把 customers.csv 一起导入"
    )


def _no_kind(line: Line[AssetRow], names: Sequence[str]) -> str:
    return (
        f"{line.place}：kind 列“{line.row.kind}”没有这个设备类别，可用的有 {'、'.join(names)}；"
        "请改用其中一个，或把 asset_kinds.csv 一起导入"
    )


def _not_theirs(line: Line[ContractRow], serial: str) -> str:
    return (
        f"{line.place}：assets 列“{serial}”不是客户“{line.row.customer_code}”的设备，应为该客户的设备序列号；"
        "请核对序列号，或把 assets.csv 一起导入"
    )
