"""Writes parsed CSV files: all of them in one transaction, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from adapters.imports import AssetRow, CustomerRow, ImportRefused, Line, ParsedFiles
from adapters.storage.bulk import Counts, Wanted, merge, rows_by_key
from adapters.storage.engine import Database
from adapters.storage.import_match import PeopleImport
from adapters.storage.import_people import load_people, write_people
from domain.assets.model import Asset, Customer

CUSTOMER_COLUMNS = {"code", "name", "level", "region", "address"}
ONE_IMPORT_AT_A_TIME = 0x_F1_C5
"""The key of PostgreSQL's advisory lock; SQLite has one writer anyway."""


@dataclass(frozen=True)
class ImportReport:
    """What became of the customers, assets and people of the files."""

    customers: Counts = field(default_factory=Counts)
    assets: Counts = field(default_factory=Counts)
    people: Counts = field(default_factory=Counts)

    def lines(self) -> list[str]:
        """Return a sentence for each kind."""
        kinds = (("客户", self.customers), ("设备", self.assets), ("人员（含客户联系人）", self.people))
        return [
            f"{name}：新增 {counts.new}，更新 {counts.changed}，未变 {counts.unchanged}"
            for name, counts in kinds
        ]


def import_rows(database: Database, files: ParsedFiles, now: datetime) -> ImportReport:
    """Make the files true; repeating it changes nothing, and what is missing from them stays as it is.

    Raises:
        ImportRefused: an asset of an unknown customer, or an identity that is somebody else's.
    """
    with database.write() as session:
        try:
            report = _import(session, files, now)
            session.commit()
        except IntegrityError:
            raise ImportRefused(
                ["导入时有人正在改动相同的人员、客户或设备，什么都没有写入；请再运行一次"]
            ) from None
    return report


def _import(session: Session, files: ParsedFiles, now: datetime) -> ImportReport:
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(ONE_IMPORT_AT_A_TIME)))
    customers, customer_ids = merge(
        session, Customer, "code", {line.row.code: _customer(line.row, now) for line in files.customers}
    )
    wanted_codes = {line.row.customer_code for line in files.assets} - customer_ids.keys()
    owners = customer_ids | {
        code: row["id"] for code, row in rows_by_key(session, Customer, "code", wanted_codes).items()
    }
    people = PeopleImport(load_people(session, files), customer_ids, now)
    people.run(files.people, files.customers)
    problems = [_no_customer(line) for line in files.assets if line.row.customer_code not in owners]
    if problems := problems + people.problems:
        raise ImportRefused(problems)
    assets, _ = merge(
        session, Asset, "serial", {line.row.serial: _asset(line.row, owners) for line in files.assets}
    )
    return ImportReport(customers=customers, assets=assets, people=write_people(session, people, now))


def _customer(row: CustomerRow, now: datetime) -> Wanted:
    given = row.model_dump(include=CUSTOMER_COLUMNS & row.model_fields_set)
    return Wanted(given, born={**row.model_dump(include=CUSTOMER_COLUMNS), "created_at": now})


def _asset(row: AssetRow, owners: Mapping[str, UUID]) -> Wanted:
    def columns(names: set[str]) -> dict[str, Any]:
        return {**row.model_dump(include=names - {"customer_code"}), "customer_id": owners[row.customer_code]}

    return Wanted(columns(row.model_fields_set), born=columns(set(AssetRow.model_fields)))


def _no_customer(line: Line[AssetRow]) -> str:
    code = line.row.customer_code
    return (
        f"{line.place}：customer_code 列“{code}”没有这个客户，应为 customers.csv 里或系统里已有的客户编号；"
        "请核对编号，或把 customers.csv 一起导入"
    )
