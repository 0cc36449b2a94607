"""The queries that run all day use their index, on tables with tens of thousands of rows."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import insert, inspect, text

from adapters.storage.due import SqlDue
from adapters.storage.engine import Database
from adapters.storage.inbox import inbox_values
from adapters.storage.outbox import SqlOutbox
from adapters.storage.tables import EventRow, InboxRow, OutboxRow
from domain.files.model import Attachment, File
from domain.groups.model import GroupRequest
from domain.intake.model import Draft
from domain.kernel.model import Base
from domain.people.model import Identity, Person
from domain.workorder.model import Offer, Reporter, WorkOrder
from domain.workorder.pool import PoolFilter
from domain.workorder.status import Status
from tests.support import storage
from tests.support.builders import AT, LI, inbound, person, work_order
from tests.support.plans import crowded_database, plans, scanned

ROWS = 20_000
BUSY = 200
"""Rows that are still to be done; the others are history."""


def outbox_rows() -> Iterator[dict[str, object]]:
    for number in range(ROWS):
        yield {
            "message_key": f"m{number}",
            "audience": f"person:{number % 500}",
            "lane": f"person:{number % 500}|{number // 4}",
            "card": "note",
            "view": {"text": "您好"},
            "subject_id": None,
            "living": False,
            "state": "pending" if number >= ROWS - BUSY else "sent",
            "due_at": AT + timedelta(seconds=number % 60),
            "correlation_id": "c",
            "created_at": AT,
        }


def inbox_rows() -> Iterator[dict[str, object]]:
    same = inbox_values(inbound(), state="done", now=AT, correlation_id="c")
    for number in range(ROWS):
        state = "pending" if number >= ROWS - BUSY else "done"
        yield same | {"delivery_key": f"k{number}", "sender_key": f"wm{number % 700}", "state": state}


def columns_of(record: Base) -> dict[str, object]:
    return {name: getattr(record, name) for name in list(inspect(type(record)).columns.keys())}


def work_order_rows() -> Iterator[dict[str, object]]:
    history, busy = (columns_of(work_order(status)) for status in (Status.CANCELLED, Status.OFFERED))
    for number in range(ROWS):
        yield (busy if number >= ROWS - BUSY else history) | {
            "id": UUID(int=10_000 + number),
            "number": f"WO-20261124-{number:05d}",
            "source_key": f"k{number}",
            "requester_id": UUID(int=10_000 + number % 900),
            "assignee_id": UUID(int=10_000 + number % 300),
        }


def offer_rows() -> Iterator[dict[str, object]]:
    for number in range(ROWS):
        yield {
            "id": UUID(int=number),
            "work_order_id": UUID(int=10_000 + number),
            "technician_id": LI,
            "offered_at": AT,
            "expires_at": AT,
            "outcome": "expired",
            "reason": "",
        }


def person_rows() -> Iterator[dict[str, object]]:
    same = columns_of(person(LI))
    for number in range(ROWS):
        yield same | {"id": UUID(int=10_000 + number), "mobile": f"{13_900_000_000 + number}"}


def file_rows() -> Iterator[dict[str, object]]:
    for number in range(ROWS // 10):
        yield {"sha256": f"{number:064x}", "size": 1, "mime": "image/png", "first_seen_at": AT}


def attachment_rows() -> Iterator[dict[str, object]]:
    for number in range(ROWS):
        in_draft = number >= ROWS - BUSY
        yield {
            "id": UUID(int=number),
            "work_order_id": None if in_draft else UUID(int=10_000 + number // 5),
            "draft_id": UUID(int=number // 5) if in_draft else None,
            "sha256": f"{number % (ROWS // 10):064x}",
            "media": "image",
            "platform": "wecom",
            "media_ref": f"m{number}",
            "sender_id": LI,
            "sent_at": AT,
            "state": "kept",
        }


def reporter_rows() -> Iterator[dict[str, object]]:
    for number in range(ROWS):
        yield {
            "id": UUID(int=number),
            "work_order_id": UUID(int=10_000 + number),
            "person_id": UUID(int=10_000 + number % 900),
            "conversation": "wecom_user:x",
            "words": "不制冷",
            "source_key": f"k{number}",
            "joined_at": AT,
        }


def event_rows() -> Iterator[dict[str, object]]:
    for number in range(ROWS):
        yield {
            "name": "WorkOrderOffered",
            "subject_id": UUID(int=10_000 + number // 4),
            "actor_id": "system",
            "channel": "clock",
            "correlation_id": "c",
            "occurred_at": AT,
            "payload": {},
            "changes": {},
        }


def group_rows() -> Iterator[dict[str, object]]:
    for number in range(ROWS // 4):
        yield {
            "id": UUID(int=number),
            "version": 1,
            "state": "open",
            "group_key": f"dingtalk_group:{number % 300}",
            "conversation": "",
            "private": "",
            "speaker_id": LI,
            "words": "",
            "source_key": f"g{number}",
            "original_ref": "",
            "linked": False,
            "details": {},
            "created_at": AT + timedelta(seconds=number),
        }


def identity_rows() -> Iterator[dict[str, object]]:
    for number in range(ROWS):
        key = UUID(int=10_000 + number)
        yield {"id": key, "person_id": key, "platform": "dingtalk", "user_id": f"u{number}", "bound_at": AT}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def crowded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Give one database for all plans, filled in bulk."""
    with crowded_database(request, tmp_path_factory.mktemp("crowded"), _fill) as database:
        yield database


def draft_rows() -> Iterator[dict[str, object]]:
    for number in range(ROWS):
        busy = number >= ROWS - BUSY
        yield {
            **dict.fromkeys(("person_id", "requester_id"), UUID(int=10_000 + number % 900)),
            **dict.fromkeys(("expires_at", "created_at", "updated_at"), AT),
            "id": UUID(int=40_000 + number),
            "sender_key": f"wecom_external:wm{number}",
            "conversation": "c",
            "state": "summary" if busy else "registered",
            "data": {},
            "ready_at": AT + timedelta(seconds=number % 60) if busy else None,
            "source_key": f"d{number}",
            "work_order_id": None if busy else UUID(int=10_000 + number),
        }


def _fill(database: Database) -> None:
    with database.engine.begin() as connection:
        for table, rows in (
            (Person, person_rows()),
            (Identity, identity_rows()),
            (WorkOrder, work_order_rows()),
            (Offer, offer_rows()),
            (OutboxRow, outbox_rows()),
            (InboxRow, inbox_rows()),
            (File, file_rows()),
            (Attachment, attachment_rows()),
            (GroupRequest, group_rows()),
            (Reporter, reporter_rows()),
            (Draft, draft_rows()),
            (EventRow, event_rows()),
        ):
            connection.execute(insert(table), list(rows))
    with database.engine.begin() as connection:
        connection.execute(text("ANALYZE"))


def in_transaction(database: Database, ask) -> Callable[[], object]:
    def run() -> None:
        with storage.transaction(database) as uow:
            ask(uow)

    return run


def test_claiming_uses_the_index_of_due_rows_and_the_index_of_lanes(crowded: Database):
    plan = plans(crowded, lambda: SqlOutbox(crowded).claim(AT + timedelta(minutes=1), 60, 6))

    assert plan
    assert scanned(plan, "outbox") == []
    assert "ix_outbox_due" in plan
    assert "ix_outbox_lane" in plan


def test_an_idle_claim_uses_the_index_of_due_rows(crowded: Database):
    plan = plans(crowded, lambda: SqlOutbox(crowded).claim(AT - timedelta(minutes=1), 60, 6))

    assert scanned(plan, "outbox") == []
    assert "ix_outbox_due" in plan


def test_waking_uses_the_index_of_waiting_rows(crowded: Database):
    plan = plans(crowded, in_transaction(crowded, lambda uow: uow.wake_waiting("conversation:x")))

    assert "ix_outbox_waiting" in plan


def test_the_next_pending_delivery_is_found_by_its_index(crowded: Database):
    plan = plans(crowded, lambda: SqlDue(crowded).next_pending(AT))

    assert scanned(plan, "inbox") == []
    assert "ix_inbox_pending" in plan
    # PostgreSQL may join the few pending rows by hash instead.
    assert "ix_inbox_waiting_sender" in plan or "Anti Join" in plan


def test_held_words_are_released_by_their_index(crowded: Database):
    plan = plans(crowded, in_transaction(crowded, lambda uow: uow.release_held("wecom_external", "wm1")))

    assert "ix_inbox_waiting_sender" in plan


def test_due_work_orders_are_found_by_their_index(crowded: Database):
    plan = plans(crowded, lambda: SqlDue(crowded).due_work_orders(AT, 100))

    assert "ix_work_order_next_due" in plan


@pytest.mark.parametrize(
    ("index", "ask"),
    [
        ("ix_work_order_assignee_status", lambda uow: uow.work_orders.open_of_assignee(UUID(int=10_007), 5)),
        ("ix_work_order_requester_created", lambda uow: uow.work_orders.of_requester(UUID(int=10_007), 5)),
        (
            "uq_work_order_number|sqlite_autoindex_work_order",
            lambda uow: uow.work_orders.by_number("WO-20261124-00007"),
        ),
        (
            "uq_identity_platform_user_id|sqlite_autoindex_identity",
            lambda uow: uow.people.by_identity("dingtalk", "u77"),
        ),
        ("ix_person_mobile", lambda uow: uow.people.by_mobile("13900000077")),
        ("ix_offer_work_order_technician", lambda uow: uow.work_orders.offers(UUID(int=10_007))),
        (
            "ix_work_order_customer_created",
            lambda uow: uow.work_orders.of_customer(UUID(int=10_007), AT - timedelta(days=3), 5),
        ),
        (
            "ix_work_order_asset_created",
            lambda uow: uow.work_orders.of_asset(UUID(int=10_007), AT - timedelta(days=3), 5),
        ),
        (
            "ix_work_order_pool",
            lambda uow: uow.work_orders.in_statuses({Status.OFFERED, Status.ACCEPTED}, 20),
        ),
        (
            "uq_reporter_work_order_id_person_id|sqlite_autoindex_reporter",
            lambda uow: uow.work_orders.reporters(UUID(int=10_007)),
        ),
        ("ix_reporter_person_joined", lambda uow: uow.work_orders.concerning(UUID(int=10_007), 5)),
        ("ix_event_subject_id", lambda uow: uow.work_orders.history(UUID(int=10_007))),
        ("ix_attachment_work_order", lambda uow: uow.files.of_work_order(UUID(int=10_007))),
        ("ix_attachment_draft", lambda uow: uow.files.move_to_work_order(UUID(int=9), UUID(int=9))),
        ("ix_attachment_sha256", lambda uow: uow.files.first_use(f"{77:064x}", UUID(int=10_007))),
    ],
)
def test_what_every_message_asks_is_found_by_its_index(crowded: Database, index: str, ask):
    plan = plans(crowded, in_transaction(crowded, ask))

    assert scanned(plan, "(work_order|identity|person|offer|attachment|reporter|event)") == []
    assert re.search(index, plan)


def test_the_pool_reads_only_what_is_open_in_its_order(crowded: Database):
    plan = plans(crowded, in_transaction(crowded, lambda uow: uow.pool.page(PoolFilter(), AT, 0, 9)))

    assert scanned(plan, "work_order") == []
    assert "ix_work_order_pool" in plan


def test_a_group_s_messages_are_found_by_their_index(crowded: Database):
    plan = plans(
        crowded, in_transaction(crowded, lambda uow: uow.group_requests.newest("dingtalk_group:7", 5))
    )

    assert "ix_group_request_group_created" in plan


def test_reading_a_whole_table_would_be_noticed(crowded: Database):
    plan = plans(
        crowded, lambda: storage.rows(crowded, "SELECT seq FROM outbox WHERE card = :card", card="x")
    )

    assert len(scanned(plan, "outbox")) >= 1


def test_a_claim_takes_no_more_than_its_limit_of_a_crowded_outbox(crowded: Database):
    assert len(SqlOutbox(crowded).claim(AT + timedelta(minutes=1), 60, 6)) == 6


def test_due_drafts_are_found_by_their_index(crowded: Database):
    assert "ix_draft_ready" in plans(crowded, lambda: SqlDue(crowded).due_drafts(AT, 100))


@pytest.mark.parametrize(
    ("question", "index"),
    [
        (lambda uow: uow.drafts.live_of("wecom_external:wm19999"), "uq_draft_live"),
        (lambda uow: uow.drafts.elsewhere(UUID(int=10_007), UUID(int=1)), "ix_draft_person_live"),
        (lambda uow: uow.drafts.expired_of("wecom_external:wm7", AT), "ix_draft_sender_updated"),
        (lambda uow: uow.drafts.at_work_order(UUID(int=10_007), UUID(int=10_007)), "ix_draft_work_order"),
    ],
)
def test_a_draft_is_found_by_its_index(crowded: Database, question: Callable[..., object], index: str):
    plan = plans(crowded, in_transaction(crowded, question))

    assert scanned(plan, "draft") == []
    assert index in plan
