"""Looking up customers, machines and their past uses an index, with tens of thousands of rows."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import insert, text

from adapters.storage.engine import Database
from adapters.storage.tables import EventRow
from domain.assets.keys import name_parts
from domain.assets.model import Asset, Contract, Customer, CustomerPart
from domain.people.model import Person
from domain.policies.finding import find_anything
from domain.survey.model import Rating
from domain.workorder.model import WorkOrder
from domain.workorder.status import Status
from tests.contract.test_query_plans import columns_of, in_transaction
from tests.support.builders import AT, LI, person, work_order
from tests.support.plans import crowded_database, plans, scanned

ROWS = 20_000
CUSTOMERS = 5_000
TABLES = "(customer|customer_part|asset|contract|work_order|event|person|rating)"
FIRST = UUID(int=10_000)


def uuid_of(number: int) -> UUID:
    return UUID(int=10_000 + number)


def name_of(number: int) -> str:
    return f"东方{number:05d}号冷链物流有限公司"


def customers() -> Iterator[dict[str, object]]:
    for number in range(CUSTOMERS):
        yield {"id": uuid_of(number), "code": f"C{number:05d}", "name": name_of(number), "created_at": AT}


def customer_parts() -> Iterator[dict[str, object]]:
    for number in range(CUSTOMERS):
        for part in name_parts(f"C{number:05d}", name_of(number)):
            yield {"part": part, "customer_id": uuid_of(number)}


def assets() -> Iterator[dict[str, object]]:
    for number in range(ROWS):
        yield {
            "id": uuid_of(number),
            "serial": f"SN-{number:06d}",
            "name": "冷藏机组",
            "customer_id": uuid_of(number % CUSTOMERS),
            "plate_key": f"沪A{number:05d}",
            "attributes": {},
            "nicknames": [],
        }


def contracts() -> Iterator[dict[str, object]]:
    for number in range(CUSTOMERS):
        yield {
            "id": uuid_of(number),
            "number": f"HT-{number}",
            "customer_id": uuid_of(number),
            "name": "维保",
            "starts_on": date(2026, 1, 1),
            "ends_on": date(2026, 12, 31),
            "covers": [],
            "created_at": AT,
        }


def people() -> Iterator[dict[str, object]]:
    same = columns_of(person(LI))
    for number in range(ROWS):
        owner = {"customer_id": uuid_of(number % CUSTOMERS)} if number < ROWS // 2 else {}
        yield same | {"id": uuid_of(number), "mobile": f"{13_900_000_000 + number}", **owner}


def work_orders() -> Iterator[dict[str, object]]:
    same = columns_of(work_order(Status.CLOSED))
    for number in range(ROWS):
        yield same | {
            "id": uuid_of(number),
            "number": f"WO-20261124-{number:05d}",
            "source_key": f"k{number}",
            "customer_id": uuid_of(number % CUSTOMERS),
            "asset_id": uuid_of(number),
            "requester_id": FIRST,
            "assignee_id": uuid_of(number % 300),
            "created_at": AT + timedelta(seconds=number),
        }


def events() -> Iterator[dict[str, object]]:
    for number in range(ROWS):
        yield {
            "name": "ReportFiled",
            "subject_id": uuid_of(number),
            "actor_id": "system",
            "channel": "test",
            "correlation_id": "c",
            "occurred_at": AT,
            "payload": {"report": {}},
            "changes": {},
        }


def ratings() -> Iterator[dict[str, object]]:
    for number in range(ROWS):
        yield {
            "id": uuid_of(number),
            "work_order_id": uuid_of(number),
            "person_id": FIRST,
            "score": 5,
            "comment": "",
            "rated_at": AT,
        }


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def crowded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Give one database for all plans, filled in bulk."""
    with crowded_database(request, tmp_path_factory.mktemp("crowded"), _fill) as database:
        yield database


def _fill(database: Database) -> None:
    filled = (
        (Customer, customers()),
        (CustomerPart, customer_parts()),
        (Person, people()),
        (Asset, assets()),
        (Contract, contracts()),
        (WorkOrder, work_orders()),
        (EventRow, events()),
        (Rating, ratings()),
    )
    with database.engine.begin() as connection:
        for table, rows in filled:
            connection.execute(insert(table), list(rows))
    with database.engine.begin() as connection:
        connection.execute(text("ANALYZE"))


@pytest.mark.parametrize(
    ("index", "ask"),
    [
        ("ix_asset_serial_key", lambda uow: uow.assets.with_serial("sn 000077")),
        ("ix_asset_plate_key", lambda uow: uow.assets.by_plate("沪A00077")),
        ("ix_asset_customer_merged", lambda uow: uow.assets.of_customer(FIRST, 20)),
        ("ix_asset_customer_merged", lambda uow: uow.assets.known_assets(FIRST, 20)),
        ("ix_asset_customer_merged", lambda uow: uow.histories.asset_count(FIRST)),
        ("(pk|sqlite_autoindex)_customer_part", lambda uow: uow.customers.named("00077号", 5)),
        ("(uq_customer_code|sqlite_autoindex_customer)", lambda uow: uow.customers.by_code("C00077")),
        ("ix_contract_customer_ends", lambda uow: uow.customers.contracts(FIRST, date(2026, 1, 1))),
        ("ix_work_order_customer_created", lambda uow: uow.histories.of_customer(FIRST, 6)),
        ("ix_work_order_asset_created", lambda uow: uow.histories.of_asset(FIRST, 6)),
        ("ix_work_order_customer_created", lambda uow: uow.histories.complaints(FIRST)),
        ("uq_rating|sqlite_autoindex_rating", lambda uow: uow.histories.score(FIRST)),
        ("ix_work_order_", lambda uow: uow.histories.holds_job(FIRST, FIRST)),
        ("ix_person_customer_id", lambda uow: uow.histories.contacts(FIRST, 5)),
        ("ix_event_", lambda uow: uow.histories.facts([FIRST, uuid_of(5)], ["ReportFiled"])),
        ("ix_customer_doubles", lambda uow: uow.histories.doubles_of_customer(FIRST)),
    ],
)
def test_what_a_call_brings_up_is_found_by_its_index(crowded: Database, index: str, ask):
    plan = plans(crowded, in_transaction(crowded, ask))

    assert scanned(plan, TABLES) == []
    assert re.search(index, plan)


@pytest.mark.parametrize("asked", ["13900000077", "沪A00077", "SN-000077", "东方00077", "WO-20261124-00077"])
def test_one_question_of_any_kind_reads_no_whole_table(crowded: Database, asked: str):
    plan = plans(crowded, in_transaction(crowded, lambda uow: find_anything(asked, uow)))

    assert plan and scanned(plan, TABLES) == []
