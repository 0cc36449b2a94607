"""What the clock and the digests ask all day is found by index, with tens of thousands of clocks."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import insert, text

from adapters.storage.due import SqlDue
from adapters.storage.engine import Database
from domain.policies.digest_ports import Cut
from domain.sla.model import DigestRow, SlaClock, SlaFiring, SlaMute, SlaSnooze
from domain.workorder.model import WorkOrder
from domain.workorder.status import Status
from tests.contract.test_query_plans import columns_of, in_transaction
from tests.support.builders import AT, LI, WANG, work_order
from tests.support.plans import crowded_database, plans, scanned
from tests.support.sla import clock, document, keep

ORDERS = 20_000
OPEN = 4_000
"""Work orders that are not done; the rest is history."""
EVERYBODYS = Cut()
LIS = Cut(assignee_id=LI)
NEARBY = Cut(region="浦东")
HOUR = timedelta(hours=1)
TABLES = "(sla_clock|sla_firing|sla_snooze|sla_mute|digest)"
Ask = Callable[..., object]


def order_id(number: int) -> UUID:
    return UUID(int=50_000 + number)


def is_open(number: int) -> bool:
    return number >= ORDERS - OPEN


def orders() -> Iterator[dict[str, object]]:
    done, begun = (columns_of(work_order(status)) for status in (Status.CLOSED, Status.IN_PROGRESS))
    for number in range(ORDERS):
        yield (begun if is_open(number) else done) | {
            "id": order_id(number),
            "number": f"P{number:05d}",
            "source_key": f"p{number}",
            "region": "浦东" if number % 20 == 0 else "浦西",
            "assignee_id": LI if number % 100 == 0 else WANG,
            "created_at": AT - HOUR * (number % 5_000),
        }


def clocks() -> Iterator[dict[str, object]]:
    same = columns_of(clock(0))
    for number in range(ORDERS):
        at = AT + timedelta(seconds=number)
        ended = {"state": "met", "stopped_at": AT - HOUR * (number % 5_000), "next_at": None, "due_at": at}
        running = {"state": "running", "stopped_at": None, "next_at": at, "due_at": at}
        yield same | {
            **(running if is_open(number) else ended),
            "id": order_id(number),
            "work_order_id": order_id(number),
        }


def firings() -> Iterator[dict[str, object]]:
    same = {"episode": 1, "step": "80%", "outcome": "told", "late_s": 0, "fired_at": AT}
    for number in range(ORDERS):
        yield same | {"clock_id": order_id(number), "due_at": AT - HOUR * (number % 5_000)}


def snoozes() -> Iterator[dict[str, object]]:
    for number in range(ORDERS):
        due_at = AT + timedelta(minutes=number)
        yield {"clock_id": order_id(number), "person_id": LI, "episode": 1, "due_at": due_at}


def mutes() -> Iterator[dict[str, object]]:
    for number in range(ORDERS):
        yield {"work_order_id": order_id(number), "until": AT, "by_id": LI}


def digests() -> Iterator[dict[str, object]]:
    for number in range(ORDERS):
        day = date(2026, 11, 24) - timedelta(days=number // 200)
        plan = {"plan": "日报", "audience": f"conversation:{number % 200}", "day": day}
        yield plan | {"sent_at": AT, "figures": {}, "numbers": []}


def _fill(database: Database) -> None:
    keep(database, document())
    with database.engine.begin() as connection:
        for table, rows in (
            (WorkOrder, orders()),
            (SlaClock, clocks()),
            (SlaFiring, firings()),
            (SlaSnooze, snoozes()),
            (SlaMute, mutes()),
            (DigestRow, digests()),
        ):
            connection.execute(insert(table), list(rows))
    with database.engine.begin() as connection:
        connection.execute(text("ANALYZE"))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def crowded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Give one database for all plans, filled in bulk."""
    with crowded_database(request, tmp_path_factory.mktemp("crowded"), _fill) as database:
        yield database


# Neither a full tick nor an idle one may read more of the table than what is due.
@pytest.mark.parametrize("ahead", [timedelta(days=-1), timedelta(hours=4, minutes=27)])
def test_due_steps_are_found_by_their_index(crowded: Database, ahead: timedelta):
    plan = plans(crowded, lambda: SqlDue(crowded).due_sla(AT + ahead, 50_000))

    assert scanned(plan, TABLES) == []
    assert "ix_sla_clock_next" in plan


def test_reminders_that_were_put_off_are_found_by_their_index(crowded: Database):
    plan = plans(crowded, lambda: SqlDue(crowded).due_snoozes(AT, 250))

    assert scanned(plan, TABLES) == []
    assert "ix_sla_snooze_due" in plan


LOT = [order_id(ORDERS - 1 - number) for number in range(250)]
CREATED = r"ix_work_order_\w*created"
"""PostgreSQL skips along an index that has the moment second, where the first column has few values."""
CLOCKS_OF_ORDER = "uq_sla_clock_work_order_id_kind_episode|sqlite_autoindex_sla_clock"


@pytest.mark.parametrize(
    ("index", "ask"),
    [
        (CLOCKS_OF_ORDER, lambda uow: uow.sla.clocks(order_id(7))),
        (f"{CLOCKS_OF_ORDER}|ix_sla_clock_next", lambda uow: uow.sla.due_clocks(LOT, AT + HOUR)),
        ("pk_sla_mute|sqlite_autoindex_sla_mute", lambda uow: uow.sla.muted(LOT, AT)),
        ("ix_sla_firing_due", lambda uow: uow.sla.statement("", AT - 24 * HOUR, AT, 60)),
        ("ix_sla_clock_next", lambda uow: uow.sla.statement("", AT - 24 * HOUR, AT, 60)),
        (
            "pk_sla_snooze|sqlite_autoindex_sla_snooze",
            lambda uow: uow.sla.take_snooze(order_id(1), LI, AT - HOUR),
        ),
    ],
)
def test_what_a_lot_asks_is_found_by_an_index(crowded: Database, index: str, ask: Ask):
    plan = plans(crowded, in_transaction(crowded, ask))

    assert scanned(plan, TABLES) == []
    assert any(name in plan for name in index.split("|")), plan


@pytest.mark.parametrize("cut", [EVERYBODYS, NEARBY, LIS], ids=["all", "region", "technician"])
@pytest.mark.parametrize(
    ("index", "ask"),
    [
        ("ix_sla_clock_due", lambda digests, cut: digests.limits(cut, AT + HOUR / 60)),
        ("ix_sla_clock_due", lambda digests, cut: digests.lines(cut, AT, AT + HOUR / 60, 10)),
        ("ix_sla_clock_stopped", lambda digests, cut: digests.attained(cut, AT - 24 * HOUR, AT)),
        (CREATED, lambda digests, cut: digests.new(cut, AT - 24 * HOUR, AT)),
        (CREATED, lambda digests, cut: digests.top_faults(cut, AT - 168 * HOUR, 5)),
        ("ix_work_order_pool", lambda digests, cut: digests.open_by_status(cut)),
    ],
    ids=["limits", "lines", "attained", "new", "top_faults", "open_by_status"],
)
def test_what_a_digest_counts_is_found_by_an_index(crowded: Database, index: str, ask: Ask, cut: Cut):
    # How much is late or due today only its values say: for any value PostgreSQL guesses a third of all.
    plan = plans(crowded, in_transaction(crowded, lambda uow: ask(uow.digests, cut)), generic=False)

    assert scanned(plan, TABLES) == []
    assert scanned(plan, "work_order") == [], plan
    # Of one technician's few work orders it is as good to begin with those.
    wanted = [index, *(["ix_work_order_assignee_status"] if cut is LIS else [])]
    assert any(re.search(name, plan) for name in wanted), plan


def test_the_last_digest_is_found_by_its_key(crowded: Database):
    ask = in_transaction(crowded, lambda uow: uow.digests.last("日报", "conversation:7", date(2026, 11, 24)))
    plan = plans(crowded, ask)

    assert scanned(plan, TABLES) == []
    assert "pk_digest" in plan or "sqlite_autoindex_digest" in plan
