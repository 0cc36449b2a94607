"""Writes parsed files: all of them in one transaction, or nothing."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from adapters.imports import CustomerRow, ImportRefused, ParsedFiles
from adapters.storage.bulk import Counts, Wanted, chunks, merge, rows_by_key
from adapters.storage.engine import Database
from adapters.storage.import_all_parts import PartsReport, described_changes, import_parts
from adapters.storage.import_assets import AssetsImport, make_findable
from adapters.storage.import_batches import take_back_last
from adapters.storage.import_managers import settle_managers
from adapters.storage.import_match import PeopleImport
from adapters.storage.import_people import load_people, write_people
from adapters.storage.import_rules import write_dispatch_rules
from domain.assets.model import Customer

CUSTOMER_COLUMNS = {"code", "name", "level", "region", "address", "latitude", "longitude"}
ONE_IMPORT_AT_A_TIME = 0x_F1_C5
"""The key of PostgreSQL's advisory lock; SQLite has one writer anyway."""


@dataclass(frozen=True)
class ImportReport:
    """What became of the records of the files; None where there was no such file."""

    customers: Counts = field(default_factory=Counts)
    assets: Counts = field(default_factory=Counts)
    people: Counts = field(default_factory=Counts)
    contracts: Counts | None = None
    kinds: Counts | None = None
    dispatch_rules: Counts | None = None
    parts: PartsReport = field(default_factory=PartsReport)

    def lines(self) -> list[str]:
        """Return a sentence for each kind."""
        kinds = (
            ("客户", self.customers),
            ("设备", self.assets),
            ("人员（含客户联系人）", self.people),
            ("合同", self.contracts),
            ("设备类别", self.kinds),
            ("派单规则（以本次文件为准）", self.dispatch_rules),
            *self.parts.counts,
        )
        return [
            f"{name}：新增 {counts.new}，更新 {counts.changed}，未变 {counts.unchanged}"
            for name, counts in kinds
            if counts is not None
        ]


def import_rows(database: Database, files: ParsedFiles, now: datetime) -> ImportReport:
    """Make the files true; repeating it changes nothing, and what is missing from them stays as it is.

    Raises:
        ImportRefused: an asset of an unknown customer or kind, a contract about an asset that is not its
            customer's, an identity that is somebody else's, or parts that are not there.
    """
    with _alone(database) as session:
        report = _import(session, files, now)
        session.commit()
    return report


def preview_rows(database: Database, files: ParsedFiles, now: datetime) -> list[str]:
    """Return in Chinese what the files would change, and write nothing.

    Raises:
        ImportRefused: as the import would.
    """
    with _alone(database) as session:
        report = _import(session, files, now)
        lines = [*report.lines(), *described_changes(session, report.parts.changes)]
        session.rollback()
    return lines


def take_back_import(database: Database, now: datetime) -> list[str]:
    """Take the last import of parts back, and return in Chinese what became of it.

    Raises:
        ImportRefused: with what stands in the way; nothing was changed.
    """
    with _alone(database) as session:
        lines = take_back_last(session, now)
        session.commit()
    return lines


@contextmanager
def _alone(database: Database) -> Iterator[Session]:
    """Open a transaction beside which no other import runs."""
    with database.write() as session:
        if session.get_bind().dialect.name == "postgresql":
            session.execute(select(func.pg_advisory_xact_lock(ONE_IMPORT_AT_A_TIME)))
        try:
            yield session
        except IntegrityError:
            raise ImportRefused(
                ["有人正在改动相同的人员、客户、设备或备件，什么都没有写入；请再运行一次"]
            ) from None


def _import(session: Session, files: ParsedFiles, now: datetime) -> ImportReport:
    customers, customer_ids = merge(
        session, Customer, "code", {line.row.code: _customer(line.row, now) for line in files.customers}
    )
    make_findable(session, [(customer_ids[line.row.code], line.row) for line in files.customers])
    owners = _owners(session, files, customer_ids)
    people = PeopleImport(load_people(session, files), owners, now)
    people.run(files.people, files.customers)
    settle_managers(session, people)
    machines = AssetsImport(session, files, owners)
    if problems := machines.problems + people.problems:
        raise ImportRefused(problems)
    kinds = machines.write_kinds()
    assets = machines.write_assets()
    contracts = machines.write_contracts(now)
    if machines.problems:
        raise ImportRefused(machines.problems)
    people_counts = write_people(session, people, now)
    return ImportReport(
        customers=customers,
        assets=assets,
        people=people_counts,
        contracts=contracts,
        kinds=kinds,
        dispatch_rules=write_dispatch_rules(session, files.dispatch_rules),
        parts=import_parts(session, files, now),
    )


def _owners(session: Session, files: ParsedFiles, known: Mapping[str, UUID]) -> dict[str, UUID]:
    """Return the customer that each code of the files stands for; a merged one is its survivor."""
    codes = {line.row.customer_code for line in files.assets}
    codes |= {line.row.customer_code for line in files.contracts}
    owners = dict(known) | {
        code: row["id"] for code, row in rows_by_key(session, Customer, "code", codes - known.keys()).items()
    }
    survivors: dict[UUID, UUID] = {}
    for chunk in chunks(owners.values()):
        query = select(Customer.id, Customer.merged_into_id).where(Customer.id.in_(chunk))
        for customer_id, merged_into_id in session.execute(query):
            survivors[customer_id] = merged_into_id or customer_id
    return {code: survivors[customer_id] for code, customer_id in owners.items()}


def _customer(row: CustomerRow, now: datetime) -> Wanted:
    given = row.model_dump(include=CUSTOMER_COLUMNS & row.model_fields_set)
    return Wanted(given, born={**row.model_dump(include=CUSTOMER_COLUMNS), "created_at": now})
