"""Colleagues who decide, and many settled work orders put into a database at once."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Table, insert, select, text
from sqlalchemy.orm import Session

from adapters.clock import utc_now
from adapters.storage.engine import Database
from bench import corp
from domain.approval.model import ProcessInstance, ProcessTask
from domain.assets.model import Asset, AssetKind
from domain.people.model import Person, PersonRole, Role
from domain.workorder.model import WorkOrder

NOW = utc_now()
LIMIT, LOWER = 500_000, 300_000
"""Fen; what counts, and what is tried."""
AMOUNTS = tuple(range(0, 1_000_000, 997))
LOT = 5000
REGIONS = 40
TYPES = ("repair", "maintenance", "installation", "inspection")
ASKER, HEAD, FINANCE, MANAGER, DIRECTOR = (corp.record_id(f"decider:{number}") for number in range(5))
_ROLES = {
    ASKER: Role.TECHNICIAN,
    HEAD: Role.ADMIN,
    FINANCE: Role.FINANCE,
    MANAGER: Role.MANAGER,
    DIRECTOR: Role.DIRECTOR,
}


def people(url: str) -> None:
    """Put in who asks and who decides, a dispatcher for every region, and an asset for every customer."""
    database = Database(url)
    with database.write() as session, session.begin():
        for person_id in (HEAD, ASKER, FINANCE, MANAGER, DIRECTOR):
            manager = HEAD if person_id == ASKER else None
            session.add(_person(person_id, _ROLES[person_id], "", manager))
            session.flush()
        for number in range(REGIONS):
            session.add(
                _person(corp.record_id(f"dispatcher:{number}"), Role.DISPATCHER, f"区域{number}", None)
            )
        session.add(AssetKind(code="cold", name="冷藏机组"))
        session.flush()
        for number in range(corp.MEMBERS):
            session.add(
                Asset(
                    id=corp.record_id(f"asset:{number}"),
                    serial=f"LK-{number}",
                    name="冷库机组",
                    kind_code="cold",
                    customer_id=corp.record_id(f"customer:{number}"),
                )
            )
    database.close()


def past_orders(url: str, orders: int) -> None:
    """Insert settled work orders of the last 90 days, with customer, asset and every amount in turn."""
    database = Database(url)
    table: Table = WorkOrder.__table__  # type: ignore[assignment]
    for first in range(0, orders, LOT):
        lot = [_order(number, orders) for number in range(first, min(first + LOT, orders))]
        with database.write() as session, session.begin():
            session.connection().execute(insert(table), lot)
    database.close()


def between(orders: int, low: int, high: int) -> int:
    """Return how many amounts lie above the lower limit and not above the higher."""
    return sum(low < amount_of(number) <= high for number in range(orders))


def amount_of(number: int) -> int:
    """Return what a work order was settled at, in fen; nearly every one differs."""
    return AMOUNTS[number % len(AMOUNTS)] + number // len(AMOUNTS)


def with_limit(document: Mapping[str, Any], limit_fen: int) -> dict[str, Any]:
    """Return the shipped process with another limit."""
    nodes = [
        {**node, "branches": [{"when": f"费用 > {limit_fen // 100}", "next": "director"}]}
        if node["id"] == "over_limit"
        else node
        for node in document["nodes"]
    ]
    return {**document, "nodes": nodes}


def open_task(session: Session, request: UUID) -> tuple[UUID, UUID]:
    """Return the open task of a request and whose it is."""
    query = select(ProcessTask.id, ProcessTask.assignee_id).where(ProcessTask.instance_id == request)
    task, who = session.execute(query.where(ProcessTask.closed_at.is_(None))).one()
    return task, who


def state_sizes(database: Database) -> list[int]:
    """Return how many bytes of JSON each instance keeps."""
    with database.read() as session:
        kept = session.execute(text(f"SELECT CAST(state AS TEXT) FROM {ProcessInstance.__tablename__}"))
        return [len(str(state).encode()) for state in kept.scalars()]


def table_bytes(database: Database, name: str) -> int:
    """Return what a table and its indexes take on PostgreSQL."""
    with database.read() as session:
        return int(session.execute(text("SELECT pg_total_relation_size(:name)"), {"name": name}).scalar_one())


def _person(person_id: UUID, role: Role, region: str, manager_id: UUID | None) -> Person:
    return Person(
        id=person_id,
        name=f"{role.value}{region}",
        mobile="",
        region=region,
        manager_id=manager_id,
        created_at=NOW,
        role_rows=[PersonRole(role=role.value)],
    )


def _order(number: int, orders: int) -> dict[str, Any]:
    at = NOW - timedelta(days=89) * ((number + 1) / (orders + 1))
    return {
        "id": UUID(int=number + 1),
        "number": f"WO-20261101-{number:07d}",
        "type": TYPES[number % len(TYPES)],
        "status": "closed",
        "version": 9,
        "customer_id": corp.record_id(f"customer:{number % corp.MEMBERS}"),
        "asset_id": corp.record_id(f"asset:{number % corp.MEMBERS}"),
        "requester_id": corp.record_id(f"person:{corp.member(number)}"),
        "assignee_id": ASKER,
        "description": "注塑机漏油，操作面板报警，停机等待维修",
        "region": f"区域{number % REGIONS}",
        "origin": f"wecom_user:{corp.member(number)}",
        "source_key": f"past:{number}",
        "created_at": at,
        "status_since": at,
        "details": {"device_type": "注塑机", "fault_code": f"E{number % 30}", "symptoms": ["漏油"]},
        "settled_fen": amount_of(number),
        "payer": "customer",
    }
