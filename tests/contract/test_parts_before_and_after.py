"""What a fault usually needs is kept at its registration; old parts come back and may be repaired."""

from datetime import timedelta
from decimal import Decimal
from functools import partial
from uuid import UUID, uuid4

import pytest

from adapters.storage.engine import Database
from domain.kernel.errors import NotPermitted
from domain.parts.commands import (
    BringOldPart,
    RepairOldPart,
    RequestReserved,
    ReviewOldPart,
    TakeOldPart,
    WaiveOldPart,
)
from domain.parts.errors import OldPartWrong
from domain.parts.model.catalogue import UsualPart
from domain.parts.places import REPAIR_ID
from domain.policies.jobs import person_view
from domain.workorder.commands import CancelWorkOrder, RegisterWorkOrder
from domain.workorder.details import RequestDetails
from domain.workorder.model import WorkOrder
from domain.workorder.status import Status
from tests.support import parts
from tests.support.builders import AT, CHEN, CHEN_CHAT, FREEZER, LI, ORDER, PHARMA, WANG, ZHAO, cause
from tests.support.parts import assert_books, on_hand
from tests.support.parts_flow import KEEPER, cost, in_van, lines, staffed, takes_back, told_to, uses
from tests.support.storage import decided, one, rows, transaction

BEARING, BELT, STORE = parts.part_id("6204"), parts.part_id("A-38"), parts.place_id("CK")
NEW_ORDER = UUID(int=310)


@pytest.fixture
def stocked(database: Database) -> Database:
    """Give a database with bearings whose old ones come back, and a fault that needs them and a belt."""
    staffed(database)
    bearing = parts.part(database, "6204", price_fen=2_000, return_old=True)
    parts.opening(database, bearing, parts.store(database, keeper_id=KEEPER), 12, 24_000)
    belt = parts.part(database, "A-38", "皮带")
    wrong = parts.part(database, "B-1", "风叶", models=["Y9"])
    with database.write() as session, session.begin():
        for each in (bearing, belt, wrong):
            session.add(UsualPart(fault_code="E07", part_id=each, quantity=Decimal(1)))
    return database


def registers(fault_code: str = "E07") -> RegisterWorkOrder:
    return RegisterWorkOrder(
        work_order_id=NEW_ORDER,
        requester_id=CHEN,
        customer_id=PHARMA,
        asset_id=FREEZER,
        region="浦东",
        description="报警 E07",
        origin=CHEN_CHAT,
        source_key="wecom_kf:new",
        details=RequestDetails(fault_code=fault_code),
        **cause(CHEN, AT + timedelta(days=1), "register"),
    )


def card(database: Database) -> tuple[str, ...]:
    with transaction(database) as uow:
        order = uow.work_orders.get(NEW_ORDER)
        return person_view(order, uow.people.get(ZHAO), "", AT, uow).parts


def test_a_fault_keeps_its_usual_parts_and_says_what_is_short(stocked: Database):
    decided(stocked, registers())

    assert on_hand(stocked, BEARING, STORE) == (12, 1, 24_000)
    assert card(stocked) == (
        "轴承 6204 ×1：中心仓可用 12，已预留",
        "皮带 A-38 暂缺，没有在途采购",
    )
    what = [row.payload for row in rows(stocked, "SELECT payload FROM event WHERE name = 'JobPartsChanged'")]
    assert len(what) == 2
    assert_books(stocked)


def test_a_fault_without_usual_parts_keeps_nothing(stocked: Database):
    decided(stocked, registers("E99"))

    assert on_hand(stocked, BEARING, STORE) == (12, 0, 24_000)
    assert one(stocked, "SELECT count(*) FROM event WHERE name = 'JobPartsChanged'") == 0


def test_what_is_kept_is_free_when_the_job_is_cancelled(stocked: Database):
    cancel = CancelWorkOrder(work_order_id=NEW_ORDER, reason="误报", **cause(ZHAO, AT, "cancel"))

    decided(stocked, registers(), cancel)

    assert on_hand(stocked, BEARING, STORE) == (12, 0, 24_000)
    assert_books(stocked)


def test_what_is_kept_becomes_a_request_without_keeping_it_twice(stocked: Database):
    decided(stocked, registers())
    with stocked.write() as session, session.begin():
        order = session.get(WorkOrder, NEW_ORDER)
        assert order is not None
        order.status, order.assignee_id = Status.ACCEPTED.value, LI
    request = RequestReserved(request_id=uuid4(), work_order_id=NEW_ORDER, **cause(LI, AT, "ask"))

    decided(stocked, request, request)

    assert on_hand(stocked, BEARING, STORE) == (12, 1, 24_000)
    assert card(stocked)[0] == "轴承 6204 ×1：中心仓待出库"
    assert told_to(stocked, "parts_request", KEEPER)[-1]["state"] == "picking"


def owed(database: Database) -> UUID:
    """Let Li use a bearing, and return the old one that is owed."""
    in_van(database, BEARING, 1)
    decided(database, uses(lines((BEARING, 1))))
    with transaction(database) as uow:
        (old,) = uow.hand_overs.old_parts_of(ORDER)
        return old.id


def test_an_old_part_comes_back_is_repaired_and_is_stock_again(stocked: Database):
    old_id = owed(stocked)
    assert told_to(stocked, "parts_news", LI)[0]["news"] == "old_owed"
    by_keeper = partial(cause, KEEPER, AT)

    decided(stocked, BringOldPart(old_part_id=old_id, place_id=STORE, **cause(LI, AT, "bring")))
    assert told_to(stocked, "parts_news", KEEPER)[0]["facts"] == {"technician": "李强", "place": "中心仓"}
    decided(stocked, TakeOldPart(old_part_id=old_id, **by_keeper("t1")))
    decided(stocked, TakeOldPart(old_part_id=old_id, **by_keeper("t2")))

    assert on_hand(stocked, BEARING, REPAIR_ID) == (1, 0, 0)
    assert told_to(stocked, "parts_news", LI)[-1]["facts"] == {"by": "赵仓", "place": "中心仓"}
    repaired = RepairOldPart(old_part_id=old_id, outcome="repaired", place_id=STORE, **by_keeper("r2"))
    decided(stocked, RepairOldPart(old_part_id=old_id, outcome="send", **by_keeper("r1")), repaired)
    assert on_hand(stocked, BEARING, STORE) == (12, 0, 22_000)
    assert cost(stocked) == 2_000
    with pytest.raises(OldPartWrong):
        decided(stocked, repaired)
    assert_books(stocked)


def test_an_old_part_is_scrapped_or_waived(stocked: Database):
    first, waive = owed(stocked), partial(WaiveOldPart, reason="客户留用")
    decided(stocked, TakeOldPart(old_part_id=first, **cause(KEEPER, AT, "t")))
    decided(stocked, RepairOldPart(old_part_id=first, outcome="scrapped", **cause(KEEPER, AT, "s")))
    assert on_hand(stocked, BEARING, REPAIR_ID)[0] == 0

    with pytest.raises(OldPartWrong):
        decided(stocked, waive(old_part_id=first, **cause(KEEPER, AT, "w")))

    assert_books(stocked)


def test_nobody_brings_what_others_owe(stocked: Database):
    old_id = owed(stocked)

    with pytest.raises(NotPermitted):
        decided(stocked, BringOldPart(old_part_id=old_id, place_id=STORE, **cause(WANG, AT, "b")))

    decided(stocked, WaiveOldPart(old_part_id=old_id, reason="客户留用", **cause(KEEPER, AT, "w")))
    assert told_to(stocked, "parts_news", LI)[-1]["facts"] == {"by": "赵仓", "reason": "客户留用"}


def test_an_overdue_old_part_is_reminded_of_and_then_reported(stocked: Database):
    old_id = owed(stocked)
    due = AT + timedelta(days=7)

    for day in range(7):
        at = due + timedelta(days=day)
        for again in range(2):
            review = ReviewOldPart(old_part_id=old_id, **cause("system", at, f"o{day}.{again}"))
            decided(stocked, review)

    news = [view["news"] for view in told_to(stocked, "parts_news", LI)]
    assert news.count("old_overdue") == 6 - 1
    later = ReviewOldPart(old_part_id=old_id, **cause("system", due + timedelta(days=11), "later"))
    decided(stocked, later)
    (report,) = told_to(stocked, "parts_news", ZHAO)
    assert (report["news"], report["facts"]["technician"]) == ("old_overdue_boss", "李强")


def test_nobody_owes_the_old_one_of_what_was_not_used(stocked: Database):
    old_id = owed(stocked)

    decided(stocked, takes_back(lines((BEARING, 1))))

    with transaction(stocked) as uow:
        assert uow.hand_overs.old_part(old_id).state == "waived"
