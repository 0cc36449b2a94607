"""Pieces change hands: both sides move or neither, and what nobody takes goes back."""

from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import update

from adapters.storage.engine import Database
from domain.kernel.errors import DomainError
from domain.parts.commands import ReviewTransfer
from domain.parts.errors import (
    LotNeeded,
    LotNotHere,
    NeverIssued,
    NotKeeper,
    NotReceiver,
    PlaceUnknown,
    ReceiverGone,
    SamePlace,
    TransferEnded,
)
from domain.parts.model.catalogue import Part
from domain.parts.places import TRANSIT_ID, Tracking
from domain.policies.parts_places import van_id
from domain.workorder.commands import CancelWorkOrder
from tests.support import parts
from tests.support.approving import change_person, outcome
from tests.support.builders import AT, LI, ORDER, WANG, ZHAO, cause
from tests.support.parts import assert_books, on_hand
from tests.support.parts_flow import (
    BOSS,
    GONE,
    KEEPER,
    OTHER_KEEPER,
    asks,
    in_van,
    issues,
    lines,
    offers,
    recalls,
    refuses,
    staffed,
    takes,
    told_to,
)
from tests.support.storage import at_once, decided, one

BEARING, STORE, BRANCH = parts.part_id("6204"), parts.place_id("CK"), parts.place_id("PD")
VAN, WANGS_VAN = van_id(LI), van_id(WANG)
NEXT_DAY = AT + timedelta(hours=24)


@pytest.fixture
def stocked(database: Database) -> Database:
    """Give a database with five bearings in the central store, and an empty branch."""
    staffed(database)
    bearing = parts.part(database, "6204", price_fen=2_000)
    parts.opening(database, bearing, parts.store(database, keeper_id=KEEPER), 5, 10_001)
    parts.branch(database, keeper_id=OTHER_KEEPER)
    return database


def issued(database: Database, quantity: int = 2) -> UUID:
    """Let bearings out for Li, and return the hand-over."""
    request = asks(BEARING, quantity)
    issue = issues(request.request_id, lines((BEARING, quantity)))
    decided(database, request, issue)
    return issue.transfer_id


def reviewed(transfer_id: UUID, at=NEXT_DAY) -> ReviewTransfer:
    return ReviewTransfer(transfer_id=transfer_id, **cause("system", at, f"tick:{at}"))


def test_issued_parts_are_nobodys_until_the_technician_takes_them(stocked: Database):
    transfer_id = issued(stocked)
    assert on_hand(stocked, BEARING, TRANSIT_ID) == (2, 0, 4_000)
    (card,) = told_to(stocked, "hand_over", LI)
    assert card["actions"] == ["take", "refuse"] and card["kind"] == "issue"

    decided(stocked, takes(transfer_id), takes(transfer_id))

    assert on_hand(stocked, BEARING, VAN) == (2, 0, 4_000)
    assert on_hand(stocked, BEARING, TRANSIT_ID) == (0, 0, 0)
    assert one(stocked, "SELECT state FROM parts_request") == "closed"
    assert_books(stocked)


def test_of_many_presses_one_moves_them(stocked: Database):
    transfer_id = issued(stocked)

    answers = at_once(8, lambda number: outcome(stocked, takes(transfer_id)))

    assert answers == [""] * 8
    assert on_hand(stocked, BEARING, VAN) == (2, 0, 4_000)
    assert_books(stocked)


def test_taking_and_recalling_at_once_ends_in_one_of_both(stocked: Database):
    transfer_id = issued(stocked)
    both = (takes(transfer_id), recalls(transfer_id))

    answers = at_once(2, lambda number: outcome(stocked, both[number]))

    assert answers.count("") == 1
    assert on_hand(stocked, BEARING, VAN)[0] + on_hand(stocked, BEARING, STORE)[0] == 5
    assert_books(stocked)


def test_what_nobody_takes_goes_back_and_both_are_told(stocked: Database):
    transfer_id = issued(stocked)

    decided(stocked, reviewed(transfer_id, AT + timedelta(hours=23)))
    assert on_hand(stocked, BEARING, TRANSIT_ID) == (2, 0, 4_000)
    decided(stocked, reviewed(transfer_id), reviewed(transfer_id))

    assert on_hand(stocked, BEARING, STORE) == (5, 0, 10_001)
    assert told_to(stocked, "hand_over", LI)[-1]["state"] == "expired"
    assert told_to(stocked, "hand_over", KEEPER)[-1]["state"] == "expired"
    with pytest.raises(TransferEnded):
        decided(stocked, takes(transfer_id, at=NEXT_DAY))
    assert_books(stocked)


def test_the_receiver_refuses_and_the_sender_reads_why(stocked: Database):
    transfer_id = issued(stocked)

    decided(stocked, refuses(transfer_id, reason="型号不对"), refuses(transfer_id))

    assert on_hand(stocked, BEARING, STORE) == (5, 0, 10_001)
    card = told_to(stocked, "hand_over", KEEPER)[-1]
    assert (card["state"], card["reason"], card["actions"]) == ("refused", "型号不对", [])


def test_nobody_takes_or_recalls_for_others(stocked: Database):
    transfer_id = issued(stocked)

    for press in (takes(transfer_id, WANG), refuses(transfer_id, KEEPER), recalls(transfer_id, WANG)):
        with pytest.raises(NotReceiver):
            decided(stocked, press)

    assert on_hand(stocked, BEARING, TRANSIT_ID) == (2, 0, 4_000)


def test_a_return_waits_for_the_store(stocked: Database):
    in_van(stocked, BEARING, 2)
    back = offers("return", VAN, STORE, lines((BEARING, 1)), order=ORDER)
    decided(stocked, back, back)
    assert on_hand(stocked, BEARING, TRANSIT_ID) == (1, 0, 2_000)

    decided(stocked, takes(back.transfer_id, KEEPER))

    assert on_hand(stocked, BEARING, STORE) == (4, 0, 8_001)
    (news,) = told_to(stocked, "parts_news", LI)
    assert (news["news"], news["facts"]) == ("return_taken", {"by": "赵仓", "place": "中心仓"})
    assert_books(stocked)


def test_colleague_to_colleague_in_two_taps(stocked: Database):
    in_van(stocked, BEARING, 2)
    gift = offers("hand_over", VAN, WANGS_VAN, lines((BEARING, 1)), receiver=WANG)

    decided(stocked, gift, takes(gift.transfer_id, WANG))

    assert on_hand(stocked, BEARING, WANGS_VAN) == (1, 0, 2_000)
    assert told_to(stocked, "hand_over", LI)[-1]["state"] == "taken"
    assert_books(stocked)


def test_between_stores_both_are_reminded_and_nothing_goes_back(stocked: Database):
    way = offers("transfer", STORE, BRANCH, lines((BEARING, 3)), who=KEEPER)
    decided(stocked, way)

    decided(stocked, reviewed(way.transfer_id))

    assert on_hand(stocked, BEARING, TRANSIT_ID)[0] == 3
    assert len(told_to(stocked, "hand_over", OTHER_KEEPER)) == 2
    assert told_to(stocked, "parts_news", KEEPER)[0]["news"] == "on_the_way"
    decided(stocked, takes(way.transfer_id, OTHER_KEEPER, NEXT_DAY))
    assert on_hand(stocked, BEARING, BRANCH)[0] == 3
    assert_books(stocked)


@pytest.mark.parametrize(
    ("offer", "refused"),
    [
        (partial(offers, "return", VAN, STORE, lines((BEARING, 2))), NeverIssued),
        (partial(offers, "hand_over", VAN, WANGS_VAN, lines((BEARING, 1)), receiver=GONE), ReceiverGone),
        (partial(offers, "hand_over", VAN, WANGS_VAN, lines((BEARING, 1)), receiver=KEEPER), ReceiverGone),
        (partial(offers, "return", STORE, BRANCH, lines((BEARING, 1))), NotKeeper),
        (partial(offers, "return", VAN, VAN, lines((BEARING, 1))), PlaceUnknown),
        (partial(offers, "hand_over", VAN, VAN, lines((BEARING, 1)), receiver=LI), SamePlace),
    ],
)
def test_wrong_offers_move_nothing(stocked: Database, offer, refused: type[DomainError]):
    in_van(stocked, BEARING, 1)

    with pytest.raises(refused):
        decided(stocked, offer())

    assert on_hand(stocked, BEARING, VAN)[0] == 1
    assert on_hand(stocked, BEARING, TRANSIT_ID)[0] == 0


def test_a_serialised_piece_is_let_out_once(stocked: Database):
    board = parts.part(stocked, "KB-10", "控制板", tracking=Tracking.SERIAL)
    parts.opening(stocked, board, STORE, 1, 50_000, lot="SN001")
    parts.opening(stocked, board, STORE, 1, 50_000, lot="SN002")
    first, second = asks(board), asks(board)
    decided(stocked, first, second)
    with pytest.raises(LotNeeded):
        decided(stocked, issues(first.request_id, lines((board, 1))))
    decided(stocked, issues(first.request_id, lines((board, 1, "SN001"))))

    with pytest.raises(LotNotHere) as refusal:
        decided(stocked, issues(second.request_id, lines((board, 1, "SN001"))))

    assert "正在交接途中" in refusal.value.message
    assert on_hand(stocked, board, STORE) == (1, 1, 50_000)
    assert_books(stocked)


def test_whoever_has_parts_of_a_cancelled_job_is_asked_to_return_them(stocked: Database):
    in_van(stocked, BEARING, 2)

    decided(stocked, CancelWorkOrder(work_order_id=ORDER, reason="客户不修了", **cause(ZHAO, AT, "c")))

    (news,) = told_to(stocked, "parts_news", LI)
    assert (news["news"], news["lines"]) == ("return_these", ["轴承 6204 ×2"])
    assert news["facts"] == {"why": "工单已取消", "again": "退料 WO-20261124-0001 6204 ×2"}
    assert on_hand(stocked, BEARING, VAN)[0] == 2


def test_what_somebody_left_behind_a_manager_sends_back(stocked: Database):
    in_van(stocked, BEARING, 2)
    change_person(stocked, LI, active=False)
    back = offers("return", VAN, STORE, lines((BEARING, 2)), who=BOSS)

    decided(stocked, back, takes(back.transfer_id, KEEPER))

    assert on_hand(stocked, BEARING, STORE) == (5, 0, 10_001)


def test_a_price_that_changes_after_the_reservation_changes_no_cost(stocked: Database):
    request = asks(BEARING, 1)
    decided(stocked, request)
    with stocked.write() as session, session.begin():
        session.execute(update(Part).values(price_fen=99_900))
    issue = issues(request.request_id, lines((BEARING, 1)))

    decided(stocked, issue, takes(issue.transfer_id))

    assert one(stocked, "SELECT price_fen FROM parts_request_line") == 2_000
    assert on_hand(stocked, BEARING, VAN) == (1, 0, 2_000)
    assert_books(stocked)
