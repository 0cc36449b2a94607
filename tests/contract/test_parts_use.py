"""Parts are used on a job, to the fen; what was taken for it is written off when the work is done."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from sqlalchemy import update

from adapters.storage.engine import Database
from domain.kernel.errors import DomainError
from domain.kernel.localtime import local_day
from domain.parts.errors import JobEnded, LotNeeded, LotNotHere, NeverIssued, NotUsed, NotYourJob
from domain.parts.model.documents import InstalledPart
from domain.parts.places import CUSTOMER_ID, Tracking
from domain.policies.history import asset_view
from domain.policies.parts_places import van_id
from domain.workorder.closing_commands import RejectWork
from domain.workorder.field_commands import CompleteWork
from domain.workorder.model import WorkOrder
from domain.workorder.report import ServiceReport
from domain.workorder.status import Status
from tests.support import parts
from tests.support.builders import AT, CHEN, FREEZER, LI, ORDER, WANG, ZHAO, cause, work_order
from tests.support.parts import assert_books, by_ledger, on_hand
from tests.support.parts_flow import (
    KEEPER,
    asks,
    cost,
    in_van,
    lines,
    offers,
    staffed,
    takes_back,
    told_to,
    uses,
)
from tests.support.storage import decided, transaction

BEARING, STORE, VAN = parts.part_id("6204"), parts.place_id("CK"), van_id(LI)
BOARD = parts.part_id("KB-10")


@pytest.fixture
def stocked(database: Database) -> Database:
    """Give a database with three bearings for 10.00 yuan together, and two serialised boards."""
    staffed(database)
    store = parts.store(database, keeper_id=KEEPER)
    parts.opening(database, parts.part(database, "6204", price_fen=400), store, 3, 1_000)
    board = parts.part(database, "KB-10", "控制板", tracking=Tracking.SERIAL)
    for lot in ("SN001", "SN002"):
        parts.opening(database, board, store, 1, 20_000, lot=lot)
    return database


def completed(at=AT) -> CompleteWork:
    report = ServiceReport(cause="轴承磨损", remedy="更换轴承", hours=Decimal(1))
    return CompleteWork(work_order_id=ORDER, report=report, **cause(LI, at, f"done:{at}"))


def test_what_is_used_costs_the_job_what_it_cost_us(stocked: Database):
    in_van(stocked, BEARING, 2)
    use = uses(lines((BEARING, 1)))

    decided(stocked, use, use)

    assert cost(stocked) == 334
    assert by_ledger(stocked)[BEARING, CUSTOMER_ID] == (1, 334)
    assert on_hand(stocked, BEARING, VAN) == (1, 0, 333)
    assert_books(stocked)


def test_what_was_not_used_comes_back_at_what_it_was_used_for(stocked: Database):
    in_van(stocked, BEARING, 2)
    decided(stocked, uses(lines((BEARING, 2))))

    decided(stocked, takes_back(lines((BEARING, 1))))

    assert cost(stocked) + on_hand(stocked, BEARING, VAN)[2] == 667
    assert on_hand(stocked, BEARING, VAN)[0] == 1
    with pytest.raises(NotUsed) as refusal:
        decided(stocked, takes_back(lines((BEARING, 2))))
    assert "已核销 1个" in refusal.value.message
    assert_books(stocked)


@pytest.mark.parametrize(
    ("use", "refused"),
    [
        (uses(lines((BEARING, 2))), NeverIssued),
        (uses(lines((BEARING, 1)), who=WANG), NotYourJob),
        (uses(lines((BOARD, 1))), LotNeeded),
        (uses(lines((BOARD, 1, "SN002"))), LotNotHere),
        (takes_back(lines((BOARD, 1))), LotNeeded),
        (takes_back(lines((BOARD, 1, "SN001"))), NotUsed),
    ],
)
def test_wrong_use_moves_nothing(stocked: Database, use, refused: type[DomainError]):
    in_van(stocked, BEARING, 1)
    in_van(stocked, BOARD, 1, "SN001")

    with pytest.raises(refused):
        decided(stocked, use)

    assert cost(stocked) == 0
    assert_books(stocked)


def test_a_settled_job_keeps_its_cost(stocked: Database):
    in_van(stocked, BEARING, 1)
    with stocked.write() as session, session.begin():
        session.execute(update(WorkOrder).values(status=Status.SETTLED.value))

    with pytest.raises(JobEnded) as refusal:
        decided(stocked, uses(lines((BEARING, 1))))

    assert "已经完工（待回访）" in refusal.value.message


def test_completed_work_used_what_was_taken_for_it(stocked: Database):
    in_van(stocked, BEARING, 2)
    back = offers("return", VAN, STORE, lines((BEARING, 1)), order=ORDER)
    decided(stocked, back, asks(BEARING, 1))

    decided(stocked, completed())

    assert cost(stocked) == 333
    assert on_hand(stocked, BEARING, VAN)[0] == 0
    assert on_hand(stocked, BEARING, STORE)[1] == 0
    (news,) = told_to(stocked, "parts_news", LI)
    assert (news["news"], news["lines"]) == ("written_off", ["轴承 6204 ×1"])
    assert news["facts"] == {"undo": "退料 WO-20261124-0001 6204 ×1"}
    assert_books(stocked)


def test_a_second_completion_writes_nothing_off_again(stocked: Database):
    in_van(stocked, BEARING, 2)
    decided(stocked, completed(), takes_back(lines((BEARING, 1))))
    decided(stocked, RejectWork(work_order_id=ORDER, reason="还有异响", **cause(CHEN, AT, "reject")))
    with stocked.write() as session, session.begin():
        session.execute(update(WorkOrder).values(status=Status.IN_PROGRESS.value))

    decided(stocked, completed(AT + timedelta(hours=1)))

    assert on_hand(stocked, BEARING, VAN)[0] == 1
    assert len(told_to(stocked, "parts_news", LI)) == 1
    assert_books(stocked)


@pytest.mark.parametrize("removed", [("sn-000",), ()])
def test_a_serialised_part_takes_the_place_of_the_old_one(stocked: Database, removed: tuple[str, ...]):
    installed_before(stocked, "SN000")
    in_van(stocked, BOARD, 1, "SN002")

    decided(stocked, uses(lines((BOARD, 1, "SN002")), removed=removed))

    assert shown_of_asset(stocked) == [
        ("控制板 KB-10 ×1（SN002）", True),
        ("控制板 KB-10 ×1（SN000）", False),
    ]
    decided(stocked, takes_back(lines((BOARD, 1, "SN002"))))
    assert shown_of_asset(stocked) == [("控制板 KB-10 ×1（SN000）", True)]
    assert_books(stocked)


def installed_before(database: Database, lot: str) -> None:
    """Let an earlier job have put a board into the machine."""
    earlier = work_order(
        Status.CLOSED, id=UUID(int=301), number="WO-20261101-0001", source_key="earlier", version=1
    )
    with database.write() as session, session.begin():
        session.add(earlier)
        session.flush()
        session.add(
            InstalledPart(
                id=UUID(int=302),
                asset_id=FREEZER,
                part_id=BOARD,
                lot=lot,
                quantity=Decimal(1),
                work_order_id=earlier.id,
                installed_by=WANG,
                installed_at=AT - timedelta(days=20),
            )
        )


def shown_of_asset(database: Database) -> list[tuple[str, bool]]:
    with transaction(database) as uow:
        view = asset_view(uow.assets.get(FREEZER), uow.people.get(ZHAO), local_day(AT), uow)
        assert view is not None
        return [(each.part, each.removed_at is None) for each in view.installed]
