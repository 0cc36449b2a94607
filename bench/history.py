"""Years of work put into a database at once, so that a statement that scans shows itself."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Table, insert

from adapters.clock import utc_now
from adapters.storage.engine import Database
from adapters.storage.tables import CardCopyRow, DeliveryRow, EventRow, InboxRow, OutboxRow
from bench import corp, databases
from domain.workorder.model import Offer, WorkOrder
from tests.support.postgres import execute

LOT = 2000
EVENTS_EACH = 3
PENDING_EVERY = 1000
"""One order in so many still waits for its messages; a real system is never quite done."""

Rows = list[dict[str, Any]]


def fill(url: str, orders: int) -> None:
    """Insert past work orders: each with its offer, three events, one delivery and two messages."""
    database, now = Database(url), utc_now()
    tables: tuple[Any, ...] = (WorkOrder, Offer, EventRow, InboxRow, OutboxRow, DeliveryRow, CardCopyRow)
    for first in range(0, orders, LOT):
        lots: tuple[Rows, ...] = tuple([] for _ in tables)
        for number in range(first, min(first + LOT, orders)):
            for lot, rows in zip(lots, _order(number, now - timedelta(hours=1 + number / 100)), strict=True):
                lot.extend(rows)
        with database.write() as session, session.begin():
            for model, lot in zip(tables, lots, strict=True):
                table: Table = model.__table__
                session.connection().execute(insert(table), lot)
    database.close()
    if not url.startswith("sqlite"):
        # The rows brought their own keys, of which the database's counter knows nothing.
        execute(url, "SELECT setval(pg_get_serial_sequence('outbox', 'seq'), (SELECT max(seq) FROM outbox))")
    databases.settle(url)


def _order(number: int, at: datetime) -> Iterator[Rows]:
    order_id, key = uuid4(), f"past:{number}"
    person, worker = (corp.record_id(f"person:{f(number)}") for f in (corp.member, corp.technician))
    status = "new" if number % PENDING_EVERY == 0 else "cancelled"
    order = {
        "id": order_id,
        "number": f"WO-20200101-{number:07d}",
        "type": "repair",
        "status": status,
        "version": 3,
        "customer_id": corp.record_id(f"customer:{number % corp.MEMBERS}"),
        "requester_id": person,
        "description": "注塑机漏油，操作面板报警，停机等待维修",
        "region": "",
        "origin": f"wecom_user:{corp.member(number)}",
        "source_key": f"wecom_app:{key}",
        "created_at": at,
        "status_since": at,
    }
    offer = {"id": uuid4(), "work_order_id": order_id, "technician_id": worker, "offered_at": at}
    yield [order]
    yield [offer | {"expires_at": at, "outcome": "accepted", "reason": "", "answered_at": at}]
    yield [_event(order_id, name, str(person), at) for name in ("Registered", "Offered", "Accepted")]
    yield [_delivery(key, number, at)]
    state = "pending" if status == "new" else "sent"
    seq = number * 2 + 1
    yield [_owed(seq + extra, order_id, state, number, at) for extra in (0, 1)]
    yield [{"outbox_seq": seq, "rung": "wecom.text", "address": "", "outcome": "accepted", "at": at}]
    copy = {"subject_id": order_id, "audience": "desk:dingtalk_group:cidBench"}
    yield [copy | {"rung": "dingtalk.own_card", "address": "dingtalk_group:cidBench", "ref": order_id.hex}]


def _event(order_id: UUID, name: str, actor_id: str, at: datetime) -> dict[str, Any]:
    return {
        "name": f"WorkOrder{name}",
        "subject_id": order_id,
        "actor_id": actor_id,
        "channel": "wecom_app",
        "correlation_id": str(order_id),
        "occurred_at": at,
        "payload": {"work_order_id": str(order_id)},
    }


def _delivery(key: str, number: int, at: datetime) -> dict[str, Any]:
    return {
        "channel": "wecom_app",
        "delivery_key": key,
        "sender_key": f"wecom:{corp.member(number)}",
        "kind": "text",
        "state": "done",
        "inbound": '{"kept": "the verified original, a few hundred bytes long"}' * 8,
        "next_try_at": at,
        "received_at": at,
        "correlation_id": key,
    }


def _owed(seq: int, order_id: UUID, state: str, number: int, at: datetime) -> dict[str, Any]:
    audience = f"conversation:wecom_user:{corp.member(number)}"
    return {
        "seq": seq,
        "message_key": f"past{seq}",
        "audience": audience,
        "lane": f"{audience}|{order_id}",
        "card": "receipt",
        "view": {"number": f"WO-20200101-{number:07d}", "fault": "注塑机漏油"},
        "subject_id": order_id,
        "living": False,
        "anew": False,
        "state": state,
        "due_at": at,
        "correlation_id": str(order_id),
        "created_at": at,
    }
