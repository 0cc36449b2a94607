"""Acceptance, settlement, close and reopening: what is decided, and what is refused."""

from datetime import timedelta
from typing import Any

import pytest

from domain.kernel.errors import DomainError
from domain.workorder.closing_events import WorkOrderFollowedUp, WorkSignedOff
from domain.workorder.details import Payer
from domain.workorder.errors import (
    FollowUpMissing,
    OutdatedPress,
    ReasonMissing,
    ReopenCancelled,
    ReopenedTooLate,
    SkipNotPermitted,
)
from domain.workorder.field_events import ReportAmended
from domain.workorder.lifecycle import closing
from domain.workorder.model import WorkOrder
from domain.workorder.status import Status, TransitionNotAllowed
from tests.support.builders import AT, CHEN, LATER, LI, ZHAO, work_order

BY_CHEN: dict[str, Any] = {"actor_id": str(CHEN), "at": LATER}
BY_ZHAO: dict[str, Any] = {"actor_id": str(ZHAO), "at": LATER}


def done(status: Status = Status.COMPLETED, **changes: object) -> WorkOrder:
    """Return Chen's work order with its second report filed."""
    facts: dict[str, Any] = {"report_version": 2, "rejections": 0, "followed_up_at": None, "held_from": ""}
    return work_order(status, next_due_at=None, **facts | changes)


def signs(order: WorkOrder, **changes: object) -> WorkSignedOff:
    facts: dict[str, Any] = {"skip_reason": "", "by_customer": True, "seen_version": None, **BY_CHEN}
    return closing.sign_off(order, **facts | changes)


def test_a_signature_is_for_the_version_of_the_report_that_was_shown():
    assert signs(done(), seen_report=2).report_version == 2


def test_a_signature_under_an_older_report_is_refused():
    with pytest.raises(OutdatedPress):
        signs(done(), seen_report=1)


def test_what_else_changed_since_does_not_void_a_signature():
    assert signs(done(version=9), seen_report=2, seen_version=3).by_customer


def test_an_older_card_without_a_report_is_refused():
    with pytest.raises(OutdatedPress):
        signs(done(version=9), seen_version=3)


def test_a_corrected_report_voids_the_signature():
    order = done(Status.SIGNED_OFF, signed_off_at=AT)
    facts: dict[str, Any] = {"occurred_at": LATER, "actor_id": str(LI), "work_order_id": order.id}

    order.apply(ReportAmended(version=3, was_signed=True, **facts))

    assert (order.state, order.signed_off_at, order.report_version) == (Status.COMPLETED, None, 3)


@pytest.mark.parametrize("reason", closing.ACCEPTANCE_SKIPS)
def test_the_desk_accepts_for_a_permitted_reason(reason: str):
    event = signs(done(), by_customer=False, skip_reason=f" {reason}，电话里说的 ", **BY_ZHAO)

    assert (event.by_customer, event.skip_reason) == (False, f"{reason}，电话里说的")


@pytest.mark.parametrize("reason", ["", "懒得问", "已客户口头确认"])
def test_the_desk_cannot_accept_for_another_reason(reason: str):
    with pytest.raises(SkipNotPermitted):
        signs(done(), by_customer=False, skip_reason=reason, **BY_ZHAO)


def test_a_customer_s_own_words_are_no_reason_to_skip():
    assert signs(done(), skip_reason="挺好的").skip_reason == ""


def test_each_rejection_is_counted():
    event = closing.reject(done(rejections=1), reason=" 还是不制冷 ", seen_version=None, **BY_CHEN)

    assert (event.reason, event.times) == ("还是不制冷", 2)


def test_a_rejection_needs_a_reason():
    with pytest.raises(ReasonMissing):
        closing.reject(done(), reason="  ", seen_version=None, **BY_CHEN)


def test_a_rejection_of_an_older_report_is_refused():
    with pytest.raises(OutdatedPress):
        closing.reject(done(), reason="不行", seen_version=None, seen_report=1, **BY_CHEN)


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.COMPLETED])
def test_only_completed_work_is_accepted_or_rejected(status: Status):
    with pytest.raises(DomainError):
        signs(done(status))
    with pytest.raises(DomainError):
        closing.may_reject(done(status), None)


def test_a_settlement_keeps_every_fen():
    event = closing.settle(
        done(Status.SIGNED_OFF), amount_fen=38050, payer=Payer.CUSTOMER, note=" 更换电容 ", **BY_ZHAO
    )

    assert (event.amount_fen, event.payer, event.note) == (38050, "customer", "更换电容")


@pytest.mark.parametrize(
    "status", [status for status in Status if status not in (Status.SIGNED_OFF, Status.SETTLED)]
)
def test_only_accepted_work_that_is_not_closed_is_settled(status: Status):
    with pytest.raises(TransitionNotAllowed):
        closing.settle(done(status), amount_fen=0, payer=Payer.GOODWILL, note="", **BY_ZHAO)


def test_a_correction_of_a_settlement_says_what_it_was_before():
    order = done(Status.SETTLED, settled_fen=38050, payer="customer")

    event = closing.settle(order, amount_fen=12000, payer=Payer.CONTRACT, note="", **BY_ZHAO)

    assert (event.before_fen, event.before_payer) == (38050, "customer")
    order.apply(event)
    assert (order.state, order.settled_fen, order.payer) == (Status.SETTLED, 12000, "contract")


def test_what_was_followed_up_closes_without_a_reason():
    event = closing.close(done(Status.SETTLED, followed_up_at=AT), skip_reason="随便", **BY_ZHAO)

    assert event.skip_reason == ""


def test_a_close_without_a_follow_up_is_refused():
    with pytest.raises(FollowUpMissing):
        closing.close(done(Status.SETTLED), skip_reason=" ", **BY_ZHAO)


@pytest.mark.parametrize("reason", closing.FOLLOW_UP_SKIPS)
def test_a_follow_up_is_skipped_for_a_permitted_reason(reason: str):
    assert closing.close(done(Status.SETTLED), skip_reason=reason, **BY_ZHAO).skip_reason == reason


def test_a_follow_up_is_not_skipped_for_another_reason():
    with pytest.raises(SkipNotPermitted):
        closing.close(done(Status.SETTLED), skip_reason="太忙了", **BY_ZHAO)


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.SETTLED])
def test_only_settled_work_is_closed(status: Status):
    with pytest.raises(TransitionNotAllowed):
        closing.close(done(status, followed_up_at=AT), skip_reason="", **BY_ZHAO)


def test_a_call_that_finds_something_unsolved_takes_back_the_one_before():
    order = done(Status.SIGNED_OFF)
    solved = WorkOrderFollowedUp(work_order_id=order.id, result="solved", occurred_at=AT, actor_id=str(ZHAO))
    order.apply(solved)

    order.apply(solved.model_copy(update={"result": "unsolved", "complete": False}))

    assert order.followed_up_at is None


def test_a_reopened_work_order_begins_again():
    order = done(Status.CLOSED, followed_up_at=AT, signed_off_at=AT, settled_fen=100, payer="customer")

    order.apply(closing.reopen(order, reason="又坏了", by_customer=True, **BY_CHEN))

    assert (order.state, order.settled_fen, order.payer, order.followed_up_at) == (
        Status.DISPATCHING,
        None,
        "",
        None,
    )


def test_a_reopening_needs_a_reason():
    with pytest.raises(ReasonMissing):
        closing.reopen(done(Status.CLOSED), reason="", **BY_ZHAO)


def test_a_customer_cannot_reopen_what_was_finished_long_ago_but_the_desk_can():
    order = done(Status.CLOSED)
    late: dict[str, Any] = {
        "actor_id": str(CHEN),
        "at": AT + timedelta(days=30, seconds=1),
        "reason": "又坏了",
    }

    assert closing.reopen(order, by_customer=False, **late).reason == "又坏了"
    with pytest.raises(ReopenedTooLate):
        closing.reopen(order, by_customer=True, **late)


def test_a_customer_can_reopen_until_the_last_moment():
    at = AT + timedelta(days=30)

    event = closing.reopen(done(Status.CLOSED), actor_id=str(CHEN), at=at, reason="又坏了", by_customer=True)

    assert event.occurred_at == at


@pytest.mark.parametrize("status", [Status.NEW, Status.OFFERED, Status.IN_PROGRESS, Status.CANCELLED])
def test_what_is_not_finished_cannot_be_reopened(status: Status):
    with pytest.raises((TransitionNotAllowed, ReopenCancelled)):
        closing.reopen(done(status), reason="又坏了", **BY_ZHAO)
