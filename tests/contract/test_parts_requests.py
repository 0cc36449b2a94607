"""Technicians ask for parts: reserved at once, approved by rule, picked, or told what else there is."""

from datetime import timedelta
from decimal import Decimal
from functools import partial
from uuid import uuid4

import pytest

from adapters.storage.engine import Database
from domain.approval.commands import RefuseTask
from domain.kernel.errors import DomainError, NotPermitted
from domain.parts.commands import RequestReserved, ReviewReservation
from domain.parts.errors import (
    JobEnded,
    MoreThanRequested,
    NotEnough,
    NotKeeper,
    NotRequested,
    NotYourJob,
    PartDoesNotFit,
    QuantityWrong,
    RequestNotOpen,
)
from domain.workorder.commands import CancelWorkOrder
from domain.workorder.status import Status
from tests.support import parts
from tests.support.approving import agreement, open_tasks, outcome
from tests.support.builders import AT, LI, ORDER, QIAN, WANG, ZHAO, cause
from tests.support.parts import assert_books, on_hand
from tests.support.parts_flow import (
    BOSS,
    KEEPER,
    OTHER_KEEPER,
    asks,
    cancels,
    happened,
    issues,
    lines,
    publish_process,
    staffed,
    told,
    told_to,
)
from tests.support.storage import at_once, decided, one, rows

ASKED_AT_ONCE = 50


@pytest.fixture
def stocked(database: Database) -> Database:
    """Give a database with a store that has five bearings for 20 yuan each."""
    staffed(database)
    bearing = parts.part(database, "6204", price_fen=2_000)
    parts.opening(database, bearing, parts.store(database, keeper_id=KEEPER), 5, 10_000)
    return database


BEARING, STORE = parts.part_id("6204"), parts.place_id("CK")


def test_a_request_is_reserved_and_goes_to_the_keeper(stocked: Database):
    publish_process(stocked)

    decided(stocked, asks(BEARING, 2))

    assert on_hand(stocked, BEARING, STORE) == (5, 2, 10_000)
    assert one(stocked, "SELECT state FROM parts_request") == "picking"
    (task,) = [view for view in told_to(stocked, "parts_request", KEEPER) if view["state"] == "picking"]
    assert task["for_keeper"] and task["actions"] == ["issue"] and task["technician"] == "李强"
    assert one(stocked, "SELECT count(*) FROM outbox WHERE card = 'approval_news'") == 0
    assert_books(stocked)


def test_an_expensive_request_waits_for_the_manager(stocked: Database):
    publish_process(stocked)
    board = parts.part(stocked, "KB-10", "控制板", price_fen=60_000)
    parts.opening(stocked, board, STORE, 3, 180_000)
    request = asks(board, 1)
    decided(stocked, request)
    assert one(stocked, "SELECT state FROM parts_request") == "approving"
    ((task_id, boss),) = open_tasks(stocked, request.request_id)

    assert outcome(stocked, agreement(task_id, boss)) == ""

    assert boss == BOSS
    assert one(stocked, "SELECT state FROM parts_request") == "picking"
    assert one(stocked, "SELECT number FROM parts_request") == one(
        stocked, "SELECT number FROM process_instance"
    )
    assert on_hand(stocked, board, STORE) == (3, 1, 180_000)


def test_a_refusal_frees_what_was_kept_and_says_why(stocked: Database):
    publish_process(stocked)
    board = parts.part(stocked, "KB-10", "控制板", price_fen=60_000)
    parts.opening(stocked, board, STORE, 3, 180_000)
    request = asks(board, 1)
    decided(stocked, request)
    ((task_id, boss),) = open_tasks(stocked, request.request_id)

    decided(stocked, RefuseTask(task_id=task_id, comment="先修旧板", **cause(boss, AT, "refuse")))

    assert on_hand(stocked, board, STORE) == (3, 0, 180_000)
    assert one(stocked, "SELECT state FROM parts_request") == "refused"
    (news,) = told(stocked)
    assert (news["news"], news["facts"]) == ("refused", {"by": "马经理", "text": "先修旧板"})
    assert one(stocked, "SELECT count(*) FROM outbox WHERE card = 'approval_news'") == 0
    assert_books(stocked)


def test_a_redelivered_request_is_one(stocked: Database):
    request = asks(BEARING, 2)

    decided(stocked, request, request)

    assert happened(stocked, "PartsRequested") == 1
    assert on_hand(stocked, BEARING, STORE) == (5, 2, 10_000)


def test_of_fifty_who_want_the_last_piece_one_gets_it(stocked: Database):
    last = parts.part(stocked, "LAST", "最后一件", substitutes=["6204"])
    parts.opening(stocked, last, STORE, 1, 500)

    answers = at_once(ASKED_AT_ONCE, partial(_asks_for, stocked, last))

    assert answers.count("") == 1
    assert all("可换用 轴承 6204（有 5个）" in answer for answer in answers if answer)
    assert on_hand(stocked, last, STORE) == (1, 1, 500)
    assert_books(stocked)


def _asks_for(database: Database, part, number: int) -> str:
    return outcome(database, asks(part, 1, order=None))


def test_what_is_nowhere_names_vans_and_substitutes(stocked: Database):
    van = parts.van(stocked, WANG, "VAN-W", "王芳的车")
    parts.opening(stocked, BEARING, van, 2, 4_000)

    with pytest.raises(NotEnough) as refusal:
        decided(stocked, asks(BEARING, 6))

    assert "王芳的车有 2个" in refusal.value.message
    assert f"可回复：要配件 {'WO-20261124-0001'} 6204 ×5" in refusal.value.message
    assert on_hand(stocked, BEARING, STORE) == (5, 0, 10_000)


def test_two_stores_make_two_requests(stocked: Database):
    branch = parts.branch(stocked, keeper_id=OTHER_KEEPER, region="浦东")
    belt = parts.part(stocked, "A-38", "皮带")
    parts.opening(stocked, belt, branch, 1, 300)
    first = asks(BEARING, 2)

    decided(stocked, first.model_copy(update={"lines": (*first.lines, *asks(belt).lines)}))

    assert one(stocked, "SELECT count(DISTINCT place_id) FROM parts_request") == 2
    assert len(told_to(stocked, "parts_request", OTHER_KEEPER)) == 1
    assert_books(stocked)


def test_the_store_of_the_jobs_region_comes_first(stocked: Database):
    branch = parts.branch(stocked, region="浦东")
    parts.opening(stocked, BEARING, branch, 2, 4_000)

    decided(stocked, asks(BEARING, 2))

    assert on_hand(stocked, BEARING, branch) == (2, 2, 4_000)


def test_a_part_that_does_not_fit_is_warned_of_once(stocked: Database):
    wrong = parts.part(stocked, "6205", models=["Y9"], substitutes=["6204"])
    parts.opening(stocked, wrong, STORE, 1, 100)
    with pytest.raises(PartDoesNotFit) as refusal:
        decided(stocked, asks(wrong))
    assert "适用：Y9" in refusal.value.message and "可以换用 轴承 6204" in refusal.value.message

    decided(stocked, asks(wrong, anyway=True))

    assert on_hand(stocked, wrong, STORE) == (1, 1, 100)


@pytest.mark.parametrize(
    ("who", "refused"), [(WANG, NotYourJob), (QIAN, NotPermitted), (KEEPER, NotPermitted)]
)
def test_only_who_has_the_job_asks_for_it(stocked: Database, who, refused: type[DomainError]):
    with pytest.raises(refused):
        decided(stocked, asks(BEARING, who=who))


def test_the_dispatcher_asks_for_whoever_has_the_job(stocked: Database):
    decided(stocked, asks(BEARING, who=ZHAO))

    assert str(one(stocked, "SELECT technician_id FROM parts_request")).replace("-", "") == LI.hex


def test_a_job_that_is_over_gets_no_parts(database: Database):
    staffed(database, Status.CLOSED)
    bearing = parts.part(database, "6204")

    with pytest.raises(JobEnded) as refusal:
        decided(database, asks(bearing))

    assert "已经关闭" in refusal.value.message


def test_half_a_piece_is_refused(stocked: Database):
    with pytest.raises(QuantityWrong) as refusal:
        decided(stocked, asks(BEARING, "1.5"))

    assert "按整个计数" in refusal.value.message


def test_the_keeper_lets_out_what_was_asked_for_and_nothing_else(stocked: Database):
    belt = parts.part(stocked, "A-38", "皮带")
    request = asks(BEARING, 2)
    decided(stocked, request)
    for who, issued, refused in (
        (OTHER_KEEPER, lines((BEARING, 1)), NotKeeper),
        (KEEPER, lines((belt, 1)), NotRequested),
        (KEEPER, lines((BEARING, 3)), MoreThanRequested),
    ):
        with pytest.raises(refused):
            decided(stocked, issues(request.request_id, issued, who=who))
    part = issues(request.request_id, lines((BEARING, 1)))

    decided(stocked, part, part)

    assert on_hand(stocked, BEARING, STORE) == (4, 1, 8_000)
    assert one(stocked, "SELECT state FROM parts_request") == "picking"
    decided(stocked, issues(request.request_id, lines((BEARING, 1))))
    assert one(stocked, "SELECT state FROM parts_request") == "issued"
    with pytest.raises(RequestNotOpen):
        decided(stocked, issues(request.request_id, lines((BEARING, 1))))
    assert_books(stocked)


def test_whoever_asked_cancels_and_the_pieces_are_free(stocked: Database):
    publish_process(stocked)
    request = asks(BEARING, 2)
    decided(stocked, request)

    decided(stocked, cancels(request.request_id), cancels(request.request_id))

    assert on_hand(stocked, BEARING, STORE) == (5, 0, 10_000)
    assert told(stocked) == []
    with pytest.raises(RequestNotOpen):
        decided(stocked, issues(request.request_id, lines((BEARING, 1))))


def test_a_cancelled_request_is_not_decided_on_any_more(stocked: Database):
    publish_process(stocked)
    board = parts.part(stocked, "KB-10", "控制板", price_fen=60_000)
    parts.opening(stocked, board, STORE, 3, 180_000)
    request = asks(board, 1)
    decided(stocked, request)

    decided(stocked, cancels(request.request_id))

    assert one(stocked, "SELECT status FROM process_instance") == "terminated"
    assert open_tasks(stocked, request.request_id) == []


def test_what_is_not_picked_is_kept_once_more_and_then_freed(stocked: Database):
    decided(stocked, asks(BEARING, 2))
    (reservation,) = rows(stocked, "SELECT id FROM reservation")
    review = partial(ReviewReservation, reservation_id=reservation.id)
    first, second = AT + timedelta(hours=72), AT + timedelta(hours=144)

    decided(stocked, review(**cause("system", first, "r1")), review(**cause("system", first, "r2")))

    (reminder,) = told_to(stocked, "parts_news", KEEPER)
    assert reminder["news"] == "pick_again"
    assert on_hand(stocked, BEARING, STORE) == (5, 2, 10_000)
    decided(stocked, review(**cause("system", second, "r3")))
    assert on_hand(stocked, BEARING, STORE) == (5, 0, 10_000)
    (news,) = told_to(stocked, "parts_news", LI)
    assert news["news"] == "expired"
    assert news["facts"]["again"] == "要配件 WO-20261124-0001 6204 ×2"
    assert_books(stocked)


def test_a_cancelled_job_frees_everything(stocked: Database):
    decided(stocked, asks(BEARING, 2))

    decided(stocked, CancelWorkOrder(work_order_id=ORDER, reason="客户不修了", **cause(ZHAO, AT, "c")))

    assert on_hand(stocked, BEARING, STORE) == (5, 0, 10_000)
    (news,) = told_to(stocked, "parts_news", LI)
    assert (news["news"], news["facts"]["why"]) == ("cancelled", "工单已取消")


def test_nothing_is_kept_so_nothing_can_be_asked_for(stocked: Database):
    request = RequestReserved(request_id=uuid4(), work_order_id=ORDER, **cause(LI, AT, "rr"))

    assert "预留的备件" in outcome(stocked, request)
    assert Decimal(0) == on_hand(stocked, BEARING, STORE)[1]
