"""Decisions in the field: when a step counts, where it happened, what a completed work order needs."""

from datetime import timedelta
from decimal import Decimal

import pytest

from domain.workorder.details import HoldReason
from domain.workorder.errors import (
    AlreadySettled,
    BackfillImpossible,
    NotTheAssignee,
    OutdatedPress,
    ReportIncomplete,
    StepTooEarly,
    TakenByAnother,
)
from domain.workorder.field_commands import ArriveOnSite, CompleteWork, DepartForSite, StartWork
from domain.workorder.field_events import TechnicianArrived, TechnicianDeparted, WorkCompleted
from domain.workorder.lifecycle import field
from domain.workorder.model import WorkOrder
from domain.workorder.report import CheckAnswer, CheckItem, ServiceReport
from domain.workorder.status import Status, TransitionNotAllowed
from tests.support.builders import AT, LI, ORDER, WANG, cause, work_order

NOW = AT + timedelta(hours=2)
SITE = (31.2000, 121.6000)
NEAR = {"latitude": 31.2005, "longitude": 121.6005}
FAR = {"latitude": 31.2900, "longitude": 121.6000}
WHOLE = ServiceReport(cause="电容击穿", remedy="更换电容", hours=Decimal("1.5"))
COOLS = CheckItem(key="cools", label="制冷正常", required=True)
SEAL = CheckItem(key="seal", label="门封", photo=True, required=True)


def departs(**facts) -> DepartForSite:
    return DepartForSite(work_order_id=ORDER, **cause(LI, NOW), **facts)


def arrives(actor=LI, **facts) -> ArriveOnSite:
    return ArriveOnSite(work_order_id=ORDER, **cause(actor, NOW), **facts)


def completes(report: ServiceReport = WHOLE) -> CompleteWork:
    return CompleteWork(work_order_id=ORDER, report=report, **cause(LI, NOW))


def complete(report: ServiceReport, *checklist: CheckItem) -> WorkCompleted:
    order = work_order(Status.IN_PROGRESS)
    event = field.complete(order, completes(report), checklist=checklist, holder="李强")
    assert event is not None
    return event


def departed(step: DepartForSite, site: field.Place | None = None) -> TechnicianDeparted:
    event = field.depart(work_order(Status.ACCEPTED), step, site=site, holder="李强")
    assert event is not None
    return event


def arrived(
    step: ArriveOnSite, order: WorkOrder | None = None, site: field.Place | None = None
) -> TechnicianArrived:
    event = field.arrive(order or work_order(Status.EN_ROUTE), step, site=site, holder="李强")
    assert event is not None
    return event


def test_what_the_technician_says_of_the_arrival_counts():
    eta_at = NOW + timedelta(minutes=40)

    event = departed(departs(eta_at=eta_at, **FAR), SITE)

    assert (event.eta_at, event.eta_estimated) == (eta_at, False)


def test_an_arrival_nobody_named_is_estimated_from_the_way():
    event = departed(departs(**FAR), SITE)

    # Ten kilometres through the air are fourteen on the road, at thirty an hour.
    assert (event.eta_at, event.eta_estimated) == (NOW + timedelta(minutes=28), True)


@pytest.mark.parametrize(("site", "place"), [(None, FAR), (SITE, {}), (None, {})])
def test_without_both_ends_of_the_way_nothing_is_estimated(site, place):
    event = departed(departs(**place), site)

    assert (event.eta_at, event.eta_estimated) == (None, False)


def test_a_way_takes_no_time_when_there_is_none():
    assert field.travel_time(0) == timedelta(0)


def test_an_arrival_far_from_the_site_is_flagged_with_its_distance():
    event = arrived(arrives(**FAR), site=SITE)

    assert event.far
    assert event.distance_m == pytest.approx(10_000, rel=0.01)


def test_an_arrival_near_the_site_is_not_flagged():
    event = arrived(arrives(**NEAR), site=SITE)

    assert not event.far
    assert event.distance_m == pytest.approx(73, abs=2)


def test_an_arrival_without_a_place_has_no_distance():
    event = arrived(arrives(), site=SITE)

    assert (event.distance_m, event.far) == (None, False)


def test_an_arrival_without_a_departure_says_so():
    assert arrived(arrives(), work_order(Status.ACCEPTED)).skipped_departure
    assert not arrived(arrives()).skipped_departure


@pytest.mark.parametrize(("minutes_ago", "flagged"), [(0, False), (15, False), (16, True), (90, True)])
def test_a_step_recorded_noticeably_later_is_flagged(minutes_ago: int, flagged: bool):
    claimed_at = NOW - timedelta(minutes=minutes_ago)

    event = arrived(arrives(claimed_at=claimed_at))

    assert (event.claimed_at, event.occurred_at, event.backfilled) == (claimed_at, NOW, flagged)


@pytest.mark.parametrize("claimed_at", [AT - timedelta(minutes=1), NOW + timedelta(minutes=1)])
def test_a_claimed_time_before_the_last_step_or_in_the_future_is_refused(claimed_at):
    with pytest.raises(BackfillImpossible):
        field.arrive(work_order(Status.EN_ROUTE), arrives(claimed_at=claimed_at), site=None, holder="")


def test_two_forgotten_steps_are_filled_in_one_after_the_other():
    order = work_order(Status.EN_ROUTE)
    first, second = NOW - timedelta(minutes=60), NOW - timedelta(minutes=50)

    order.apply(arrived(arrives(claimed_at=first), order))
    start = StartWork(work_order_id=ORDER, claimed_at=second, **cause(LI, NOW))
    started = field.start(order, start, holder="")
    assert started is not None
    order.apply(started)

    assert (order.state, order.status_since) == (Status.IN_PROGRESS, second)


def test_a_step_taken_twice_is_taken_once():
    assert field.arrive(work_order(Status.ON_SITE), arrives(), site=None, holder="") is None
    assert field.depart(work_order(Status.EN_ROUTE), departs(), site=None, holder="") is None


def test_nobody_takes_a_step_for_the_assignee():
    with pytest.raises(TakenByAnother):
        field.arrive(work_order(Status.EN_ROUTE), arrives(WANG), site=None, holder="李强")
    with pytest.raises(NotTheAssignee):
        field.arrive(work_order(Status.OFFERED), arrives(WANG), site=None, holder="李强")


def test_completing_before_arriving_names_the_missing_step():
    with pytest.raises(StepTooEarly) as refusal:
        field.complete(work_order(Status.ACCEPTED), completes(), checklist=(), holder="")

    assert "还不能“完工”，请先“出发”" in refusal.value.message


def test_a_press_on_an_old_card_completes_nothing():
    with pytest.raises(OutdatedPress):
        field.may_complete(work_order(Status.IN_PROGRESS), actor_id=LI, seen_version=2, holder="")


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"cause": ""}, "故障原因"),
        ({"remedy": ""}, "处理措施"),
        ({"hours": None}, "工时"),
        ({"cause": "", "hours": None}, "故障原因、工时"),
    ],
)
def test_a_report_without_a_required_item_is_refused_by_its_name(changes, missing: str):
    with pytest.raises(ReportIncomplete) as refusal:
        complete(WHOLE.model_copy(update=changes))

    assert refusal.value.facts["missing"] == missing


def test_no_time_worked_is_an_answer():
    assert complete(WHOLE.model_copy(update={"hours": Decimal(0)})).report_version == 1


def test_a_required_check_and_its_photo_are_missed():
    with pytest.raises(ReportIncomplete) as refusal:
        complete(WHOLE, COOLS, SEAL)

    assert refusal.value.facts["missing"] == "制冷正常、门封、现场照片"


def test_a_failed_check_needs_a_remark():
    failed = CheckAnswer(key="cools", passed=False)

    with pytest.raises(ReportIncomplete):
        complete(WHOLE.model_copy(update={"checks": (failed,)}), COOLS)

    remarked = failed.model_copy(update={"remark": "温度降不下来"})
    assert complete(WHOLE.model_copy(update={"checks": (remarked,)}), COOLS).report_version == 1


def test_a_correction_makes_the_next_version_and_voids_the_acceptance():
    order = work_order(Status.SIGNED_OFF)

    event = field.amend(order, actor_id=LI, at=NOW, report=WHOLE, checklist=(), holder="")
    order.apply(event)

    assert (event.version, event.was_signed, order.state) == (2, True, Status.COMPLETED)
    assert order.signed_off_at is None


def test_a_correction_may_not_take_away_what_is_required():
    with pytest.raises(ReportIncomplete):
        field.amend(
            work_order(Status.COMPLETED), actor_id=LI, at=NOW, report=WHOLE, checklist=(COOLS,), holder=""
        )


@pytest.mark.parametrize("status", [Status.SETTLED, Status.CLOSED])
def test_after_the_settlement_nothing_is_corrected(status: Status):
    with pytest.raises(AlreadySettled):
        field.may_amend(work_order(status), actor_id=LI, seen_version=None, holder="")


def test_a_hold_keeps_the_technician_and_resumes_where_it_stood():
    order = work_order(Status.ON_SITE)

    held = field.hold(order, actor_id=str(LI), at=AT, reason=HoldReason.PART, note=" 压缩机 ", seen_version=3)
    order.apply(held)
    resumed = field.resume(order, actor_id=str(LI), at=NOW, seen_version=None)
    order.apply(resumed)

    assert (held.note, order.state, order.assignee_id, order.hold_reason) == (
        "压缩机",
        Status.ON_SITE,
        LI,
        "",
    )


def test_a_hold_before_anybody_accepted_goes_back_to_the_pool():
    order = work_order(Status.OFFERED)

    order.apply(
        field.hold(order, actor_id=str(LI), at=AT, reason=HoldReason.CUSTOMER, note="", seen_version=None)
    )

    assert (order.held_from, order.assignee_id) == (Status.DISPATCHING.value, None)


def test_what_is_held_or_done_cannot_be_held():
    for status in (Status.ON_HOLD, Status.COMPLETED, Status.CANCELLED):
        with pytest.raises(TransitionNotAllowed):
            field.may_hold(work_order(status), None)
    with pytest.raises(OutdatedPress):
        field.may_hold(work_order(Status.ON_SITE), 2)
