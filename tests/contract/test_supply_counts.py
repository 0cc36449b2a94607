"""Counts: blind against a frozen snapshot, differences posted only when they are approved; corrections."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from adapters.storage.engine import Database
from domain.kernel.errors import ConcurrentUpdate, NotPermitted
from domain.parts.document_views import CountView
from domain.parts.errors import (
    CountOver,
    CountRunning,
    LotNeeded,
    NotEnough,
    NothingCounted,
    NotKeeper,
    PieceExists,
    PlaceUnknown,
    QuantityWrong,
)
from domain.parts.places import DIFFERENCE_ID, TRANSIT_ID, Tracking
from domain.parts.supply_commands import (
    AdjustStock,
    CancelCount,
    EnterCount,
    ScrapParts,
    StartCount,
    SubmitCount,
)
from domain.policies.supply_views import count_view
from domain.workorder.status import Status
from tests.support import parts
from tests.support.builders import LI, NUMBER, ORDER, work_order
from tests.support.processes import WU
from tests.support.storage import at_once, decided, rows, transaction
from tests.support.supply import CANG, HE, Firm, firm


@pytest.fixture
def store(database: Database) -> Iterator[Firm]:
    """Give a store with 20 bearings for 400 yuan together."""
    made = firm(database)
    made.stock(20, 40_000)
    yield made
    parts.assert_books(database)


def started(store: Firm, actor_id: UUID = CANG) -> UUID:
    count_id = uuid4()
    store.do(StartCount, actor_id, count_id=count_id, place_id=store.store)
    return count_id


def enter(store: Firm, count_id: UUID, quantity: float, actor_id: UUID = CANG, **facts: Any) -> None:
    found = {"count_id": count_id, "part_id": store.bearing, "quantity": quantity}
    store.do(EnterCount, actor_id, **{**found, **facts})


def submitted(store: Firm, quantity: int) -> UUID:
    count_id = started(store)
    enter(store, count_id, quantity)
    store.do(SubmitCount, count_id=count_id)
    return count_id


def shown(store: Firm, count_id: UUID) -> CountView:
    with transaction(store.database) as uow:
        return count_view(uow.supply.count(count_id), uow)


def test_a_shortage_is_posted_at_its_cost_when_it_is_approved(store: Firm):
    count_id = submitted(store, 18)
    before = store.books()
    store.agree()

    assert (before, store.books()) == ((20, 0, 40_000), (18, 0, 36_000))
    view = shown(store, count_id)
    (line,) = view.lines
    assert (line.booked, line.counted, line.difference, line.value_fen) == ("20", "18", "-2", -4000)
    assert (view.state, view.value_fen) == ("posted", -4000)


def test_a_surplus_comes_in_at_the_average(store: Firm):
    submitted(store, 23)
    store.agree()

    assert store.books() == (23, 0, 46_000)
    assert parts.by_ledger(store.database)[store.bearing, DIFFERENCE_ID] == (Decimal(-3), -6000)


def test_what_the_books_did_not_have_comes_in_at_the_catalogue_price(store: Firm):
    belt = parts.part(store.database, "B-7", "皮带", price_fen=1500)
    count_id = started(store)
    enter(store, count_id, 2, part_id=belt)
    store.do(SubmitCount, count_id=count_id)
    store.agree()

    assert store.has(belt) == (2, 0, 3000)
    assert store.books()[0] == 20


def test_the_approval_asks_for_the_whole_difference_and_names_the_parts(store: Firm):
    belt = parts.part(store.database, "B-7", "皮带", price_fen=1500)
    count_id = started(store)
    enter(store, count_id, 18)
    enter(store, count_id, 2, part_id=belt)
    store.do(SubmitCount, count_id=count_id)

    with transaction(store.database) as uow:
        instance = uow.processes.find(count_id)
    assert instance is not None
    assert instance.state["data"]["amount_fen"] == 7000
    assert "轴承 6204 少2，皮带 B-7 多2" in instance.state["data"]["reason"]


def test_what_is_refused_changes_nothing(store: Firm):
    count_id = submitted(store, 18)
    store.refuse()

    assert store.books() == (20, 0, 40_000)
    assert shown(store, count_id).state == "refused"
    started(store)


def test_no_difference_needs_nobody(store: Firm):
    count_id = submitted(store, 20)

    assert (shown(store, count_id).state, store.tasks(WU)) == ("posted", [])


def test_it_is_blind_while_it_runs(store: Firm):
    parts.opening(store.database, parts.part(store.database, "B-7", "皮带"), store.store, 3)
    count_id = started(store)
    enter(store, count_id, 18)
    view = shown(store, count_id)

    assert (view.entered, view.total, view.missing, view.lines) == (1, 2, ("皮带 B-7",), ())


def test_what_was_not_counted_is_no_difference(store: Firm):
    belt = parts.part(store.database, "B-7", "皮带")
    store.stock(3, part=belt)
    submitted(store, 19)
    store.agree()

    assert store.has(belt)[0] == 3


def test_the_newer_number_counts(store: Firm):
    count_id = started(store)
    enter(store, count_id, 5)
    enter(store, count_id, 20)
    store.do(SubmitCount, count_id=count_id)

    assert shown(store, count_id).state == "posted"


def test_what_moves_meanwhile_stays_moved(store: Firm):
    submitted(store, 18)
    store.use(5)
    store.agree()

    assert store.books() == (13, 0, 26_000)


def test_what_left_before_its_shelf_was_counted_is_no_shortage(store: Firm):
    count_id = started(store)
    store.use(5)
    enter(store, count_id, 15)
    store.do(SubmitCount, count_id=count_id)

    assert shown(store, count_id).state == "posted"
    assert store.books() == (15, 0, 30_000)


def test_a_shortage_ends_the_newest_reservation_and_tells_its_holder(store: Firm):
    with store.database.write() as session, session.begin():
        session.add(work_order(Status.ACCEPTED))
    store.reserved(10)
    store.reserved(9, ORDER)
    submitted(store, 15)
    store.agree()

    assert store.books() == (15, 10, 30_000)
    states = rows(store.database, "SELECT state FROM reservation ORDER BY created_at")
    assert [state for (state,) in states] == ["held", "released"]
    assert {who for who, _ in store.news("count_freed")} == {str(CANG), str(LI)}
    assert {view["order_number"] for _, view in store.news("count_freed")} == {NUMBER}


def test_at_most_what_is_there_is_posted_and_the_rest_is_said(store: Firm):
    submitted(store, 2)
    store.use(15)
    store.agree()

    assert store.books()[0] == 0
    assert [view["lines"] for _, view in store.news("count_left")] == [["轴承 6204 ×13"]] * 2


def test_serials_are_counted_one_by_one(store: Firm):
    board = parts.part(store.database, "KB-10", "控制板", tracking=Tracking.SERIAL, price_fen=5000)
    for lot in ("SN-1", "SN-2"):
        store.stock(1, 5000, part=board, lot=lot)
    count_id = started(store)
    for lot, quantity in (("sn1", 1), ("SN-2", 0), ("SN-3", 1)):
        enter(store, count_id, quantity, part_id=board, lot=lot)
    store.do(SubmitCount, count_id=count_id)
    store.agree()

    assert store.has(board) == (2, 0, 10_000)
    with transaction(store.database) as uow:
        assert sorted(one.lot for one in uow.stock.lots_at(board, store.store)) == ["SN-1", "SN-3"]


def test_a_serial_is_needed_is_one_and_is_nowhere_else(store: Firm):
    board = parts.part(store.database, "KB-10", "控制板", tracking=Tracking.SERIAL)
    other = parts.branch(store.database)
    parts.opening(store.database, board, other, 1, lot="SN-9")
    count_id = started(store)

    for refusal, quantity, lot in ((LotNeeded, 1, ""), (QuantityWrong, 2, "SN-1"), (PieceExists, 1, "SN-9")):
        with pytest.raises(refusal):
            enter(store, count_id, quantity, part_id=board, lot=lot)


def test_a_place_is_counted_once_at_a_time(store: Firm):
    started(store)

    with pytest.raises(CountRunning) as refused:
        started(store, WU)
    assert "仓小库" in refused.value.message


def test_of_eight_who_begin_at_once_one_does(store: Firm):
    starts = [store.command(StartCount, count_id=uuid4(), place_id=store.store) for _ in range(8)]

    def start(number: int) -> bool:
        try:
            decided(store.database, starts[number])
        except (CountRunning, ConcurrentUpdate):
            return False
        return True

    assert at_once(8, start).count(True) == 1


def test_half_a_piece_is_not_found(store: Firm):
    count_id = started(store)

    with pytest.raises(QuantityWrong):
        enter(store, count_id, 1.5)


def test_nothing_counted_is_not_submitted(store: Firm):
    count_id = started(store)

    with pytest.raises(NothingCounted):
        store.do(SubmitCount, count_id=count_id)


@pytest.mark.parametrize("actor_id", [HE])
def test_another_keeper_counts_nothing(store: Firm, actor_id: UUID):
    with pytest.raises(NotKeeper):
        started(store, actor_id)
    count_id = started(store, WU)
    with pytest.raises(NotKeeper):
        enter(store, count_id, 1, actor_id)


def test_a_count_that_was_cancelled_asks_nobody_and_is_over(store: Firm):
    count_id = submitted(store, 18)
    store.do(CancelCount, count_id=count_id)

    assert (store.tasks(WU), store.books()[0]) == ([], 20)
    for kind in (SubmitCount, CancelCount):
        with pytest.raises(CountOver):
            store.do(kind, count_id=count_id)


def test_what_is_submitted_is_not_changed(store: Firm):
    count_id = submitted(store, 18)

    with pytest.raises(CountOver):
        enter(store, count_id, 20)


def test_pieces_on_their_way_are_not_counted(store: Firm):
    with pytest.raises(PlaceUnknown):
        store.do(StartCount, WU, count_id=uuid4(), place_id=TRANSIT_ID)


def adjust(store: Firm, quantity: float, actor_id: UUID = WU, **facts: Any) -> None:
    said = {"part_id": store.bearing, "place_id": store.store, "quantity": quantity, "reason": "账错"}
    store.do(AdjustStock, actor_id, **{**said, **facts})


def test_a_correction_is_valued_at_the_average(store: Firm):
    adjust(store, 2)
    adjust(store, -12)

    assert store.books() == (10, 0, 20_000)


@pytest.mark.parametrize(
    ("quantity", "refusal"), [(0, QuantityWrong), (1.5, QuantityWrong), (-21, NotEnough)]
)
def test_a_correction_that_cannot_be_is_refused(store: Firm, quantity: float, refusal: type[Exception]):
    with pytest.raises(refusal):
        adjust(store, quantity)


def test_only_who_has_the_right_corrects_the_books(store: Firm):
    with pytest.raises(NotPermitted):
        adjust(store, 1, CANG)


@pytest.mark.parametrize("facts", [{"quantity": 10**9}, {"quantity": 1, "reason": ""}])
def test_a_correction_without_a_reason_or_a_billion_is_no_command(store: Firm, facts: dict[str, Any]):
    with pytest.raises(ValueError, match="AdjustStock"):
        adjust(store, **facts)


def test_the_keeper_scraps_what_is_free(store: Firm):
    store.reserved(15)
    facts: dict[str, Any] = {"part_id": store.bearing, "place_id": store.store, "reason": "锈了"}
    store.do(ScrapParts, quantity=5, **facts)

    for quantity, actor_id, refusal in ((1, CANG, NotEnough), (1, HE, NotKeeper)):
        with pytest.raises(refusal):
            store.do(ScrapParts, actor_id, quantity=quantity, **facts)
    assert store.books() == (15, 15, 30_000)
