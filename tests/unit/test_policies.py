"""The whole story through the bus in memory: who is told what, and who is asked next."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from cards.catalog import CATALOG, render
from domain.dispatching.commands import DispatchWorkOrder
from domain.kernel.errors import DomainError, NotPermitted
from domain.kernel.messages import Command
from domain.kernel.notices import DESK, Notice, person_audience
from domain.people.commands import BindIdentity
from domain.people.errors import MobileNotConfirmed, MobileUnknown
from domain.people.model import Role
from domain.registry import make_bus
from domain.workorder.commands import (
    AcceptWorkOrder,
    AddWorkOrderNote,
    CancelWorkOrder,
    DeclineWorkOrder,
    RegisterWorkOrder,
)
from domain.workorder.errors import NotTheAssignee, TakenByAnother, WorkOrderNotFound
from domain.workorder.model import Reporter, WorkOrder
from domain.workorder.status import Status
from tests.fakes.memory import MemoryUnitOfWork
from tests.support.builders import (
    AT,
    CHEN,
    CHEN_CHAT,
    LI,
    MOBILE,
    NUMBER,
    ORDER,
    PHARMA,
    QIAN,
    WANG,
    ZHAO,
    cause,
    work_order,
)

TIMEOUT_S = 600
REQUESTER = f"conversation:{CHEN_CHAT}"


def registered() -> RegisterWorkOrder:
    return RegisterWorkOrder(
        work_order_id=ORDER,
        requester_id=CHEN,
        customer_id=PHARMA,
        region="浦东",
        description="3 号冷库机组不制冷了",
        origin=CHEN_CHAT,
        source_key="wecom_kf:msg-1",
        **cause(CHEN),
    )


def dispatched(at: datetime = AT) -> DispatchWorkOrder:
    return DispatchWorkOrder(work_order_id=ORDER, offer_timeout_s=TIMEOUT_S, **cause("system", at))


def accepted(by: UUID) -> AcceptWorkOrder:
    return AcceptWorkOrder(work_order_id=ORDER, **cause(by))


def declined(by: UUID) -> DeclineWorkOrder:
    return DeclineWorkOrder(work_order_id=ORDER, reason="在外地", **cause(by))


def cancelled(by: UUID) -> CancelWorkOrder:
    return CancelWorkOrder(work_order_id=ORDER, reason="", **cause(by))


def after(*commands: Command, uow: MemoryUnitOfWork | None = None) -> MemoryUnitOfWork:
    """Decide the commands; what is owed afterwards is what the last one led to."""
    world = uow or MemoryUnitOfWork()
    for command in commands:
        world.notices.clear()
        make_bus().handle(command, world)
    return world


def order_of(uow: MemoryUnitOfWork) -> WorkOrder:
    return uow.work_orders.get(ORDER)


def told(uow: MemoryUnitOfWork) -> dict[str, str]:
    return {notice.audience: notice.card for notice in uow.notices}


def card_of(uow: MemoryUnitOfWork, audience: str) -> Notice:
    return [notice for notice in uow.notices if notice.audience == audience and notice.card == "work_order"][
        -1
    ]


def test_a_fault_becomes_a_numbered_work_order_with_a_receipt():
    uow = after(registered())

    assert (order_of(uow).number, order_of(uow).state) == (NUMBER, Status.NEW)
    assert told(uow) == {REQUESTER: "receipt", DESK: "work_order"}


def test_the_number_s_day_is_the_day_in_china():
    late = registered().model_copy(update={"issued_at": AT.replace(hour=16)})

    assert order_of(after(late)).number == "WO-20261125-0001"


def test_the_technician_of_the_region_is_asked_first():
    uow = after(registered(), dispatched())

    assert order_of(uow).assignee_id == LI
    assert told(uow) == {DESK: "work_order", person_audience(str(LI)): "work_order"}


def test_a_decline_offers_the_next_technician():
    uow = after(registered(), dispatched(), declined(LI), dispatched())

    assert order_of(uow).assignee_id == WANG


def test_an_offer_nobody_answers_goes_to_the_next_technician():
    uow = after(registered(), dispatched(), dispatched(AT + timedelta(seconds=TIMEOUT_S)))

    assert order_of(uow).assignee_id == WANG
    assert [offer.outcome for offer in uow.work_orders.made] == ["expired", "open"]


def test_before_the_offer_ran_out_the_clock_changes_nothing():
    uow = after(registered(), dispatched(), dispatched(AT + timedelta(seconds=TIMEOUT_S - 1)))

    assert (order_of(uow).assignee_id, uow.notices) == (LI, [])


def test_when_everybody_declined_the_dispatcher_is_asked_once():
    uow = after(registered(), dispatched(), declined(LI), dispatched(), declined(WANG), dispatched())

    assert order_of(uow).state is Status.DISPATCHING
    assert told(uow)[person_audience(str(ZHAO))] == "nobody_left"
    assert after(dispatched(), uow=uow).notices == []


def test_an_acceptance_reaches_every_copy_and_the_requester():
    uow = after(registered(), dispatched(), declined(LI), dispatched(), accepted(WANG))

    assert told(uow) == {
        DESK: "work_order",
        person_audience(str(LI)): "work_order",
        person_audience(str(WANG)): "work_order",
        REQUESTER: "who_comes",
    }


def test_accepting_again_tells_nobody_again():
    uow = after(registered(), dispatched(), accepted(LI), accepted(LI))

    assert uow.notices == []


@pytest.mark.parametrize(
    ("intruder", "refusal"), [(WANG, NotTheAssignee), (ZHAO, NotPermitted), (QIAN, NotPermitted)]
)
def test_an_offer_is_nobody_else_s(intruder: UUID, refusal: type[DomainError]):
    uow = after(registered(), dispatched())

    for command in (accepted(intruder), declined(intruder)):
        with pytest.raises(refusal):
            after(command, uow=uow)
    assert order_of(uow).assignee_id == LI


def test_an_accepted_work_order_stays_with_its_assignee():
    uow = after(registered(), dispatched(), accepted(LI))

    with pytest.raises(TakenByAnother):
        after(accepted(WANG), uow=uow)


@pytest.mark.parametrize("outsider", [QIAN, LI, WANG])
def test_who_is_neither_requester_nor_desk_cannot_cancel(outsider: UUID):
    uow = after(registered())
    command = CancelWorkOrder(work_order_id=ORDER, reason="", **cause(outsider))

    with pytest.raises(NotPermitted):
        after(command, uow=uow)


@pytest.mark.parametrize("actor", [CHEN, ZHAO])
def test_requester_and_desk_can_cancel_and_everybody_asked_is_told(actor: UUID):
    command = CancelWorkOrder(work_order_id=ORDER, reason="好了", **cause(actor))

    uow = after(registered(), dispatched(), command)

    assert order_of(uow).state is Status.CANCELLED
    assert set(told(uow)) == {DESK, REQUESTER, person_audience(str(LI))}
    assert [offer.outcome for offer in uow.work_orders.made] == ["withdrawn"]


def test_nothing_is_added_to_a_cancelled_work_order():
    uow = MemoryUnitOfWork(work_order(Status.CANCELLED))

    with pytest.raises(WorkOrderNotFound):
        after(AddWorkOrderNote(work_order_id=ORDER, kind="image", text="", **cause(CHEN)), uow=uow)


def test_who_lost_the_work_order_reads_no_contact_in_what_is_owed():
    uow = after(registered(), dispatched(), declined(LI))

    assert MOBILE[CHEN] not in str(card_of(uow, person_audience(str(LI))).view)


def test_the_desk_s_group_is_never_owed_a_mobile_number():
    uow = MemoryUnitOfWork()
    for command in (registered(), dispatched(), declined(LI), dispatched(), accepted(WANG)):
        after(command, uow=uow)
        views = [str(notice.view) for notice in uow.notices if notice.audience == DESK]
        assert not [view for view in views if any(mobile in view for mobile in MOBILE.values())]


def test_everything_owed_can_be_laid_out():
    uow = MemoryUnitOfWork()
    for command in (registered(), dispatched(), declined(LI), dispatched(), declined(WANG), dispatched()):
        after(command, uow=uow)

        assert all(notice.card in CATALOG and render(notice.card, notice.view) for notice in uow.notices)


def test_each_change_owes_everybody_something_new():
    uow = MemoryUnitOfWork()
    keys: list[tuple[str, str]] = []
    for command in (registered(), dispatched(), declined(LI), dispatched(), accepted(WANG)):
        keys += [(notice.audience, notice.dedupe_key) for notice in after(command, uow=uow).notices]

    assert len(set(keys)) == len(keys)


def bound(platform: str, user_id: str, mobile: str, verified: bool | None = None) -> BindIdentity:
    return BindIdentity(
        platform=platform,
        user_id=user_id,
        mobile=mobile,
        conversation="here",
        verified=verified,
        **cause("system"),
    )


def test_a_confirmed_colleague_is_bound_and_their_words_are_handled():
    uow = after(bound("wecom", "Wang", MOBILE[WANG], verified=True))

    found = uow.people.by_identity("wecom", "Wang")
    assert found is not None
    assert (found.id, uow.released) == (WANG, [("wecom", "Wang")])
    assert told(uow) == {"conversation:here": "bound"}


@pytest.mark.parametrize("verified", [False, None])
def test_typing_a_colleague_s_number_gives_no_rights(verified: bool | None):
    uow = MemoryUnitOfWork()

    with pytest.raises(MobileNotConfirmed):
        after(bound("dingtalk", "intruder", MOBILE[LI], verified), uow=uow)
    assert uow.people.by_identity("dingtalk", "intruder") is None


def test_a_visitor_who_knows_a_technician_s_number_stays_a_customer():
    uow = after(bound("wecom_external", "wmQian", MOBILE[LI]))

    visitor = uow.people.by_identity("wecom_external", "wmQian")
    assert visitor is not None
    assert (visitor.id == LI, visitor.roles) == (False, frozenset({Role.CUSTOMER}))


def test_a_visitor_never_joins_a_contact_that_is_bound_already():
    uow = after(bound("wecom_external", "wmQian", MOBILE[CHEN]))

    visitor = uow.people.by_identity("wecom_external", "wmQian")
    assert visitor is not None
    assert visitor.id != CHEN


def test_an_unknown_number_on_dingtalk_is_nobody():
    with pytest.raises(MobileUnknown):
        after(bound("dingtalk", "new", "13700000000", verified=True))


def test_an_inactive_colleague_is_not_bound():
    uow = MemoryUnitOfWork()
    uow.people.get(LI).active = False

    with pytest.raises(DomainError):
        after(bound("dingtalk", "li2", MOBILE[LI], verified=True), uow=uow)


def test_binding_twice_is_binding_once():
    uow = after(bound("wecom", "Wang", MOBILE[WANG], verified=True))

    assert after(bound("wecom", "Wang", MOBILE[WANG], verified=True), uow=uow).notices == []


def test_a_reporter_who_was_switched_off_hears_nothing_and_the_desk_is_told_once():
    uow = after(registered(), dispatched())
    uow.people.get(CHEN).active = False

    said = [list(after(one, uow=uow).notices) for one in (accepted(LI), cancelled(ZHAO))]

    assert all(notice.audience != REQUESTER for notices in said for notice in notices)
    keys = [one.dedupe_key for notices in said for one in notices if one.view.get("kind") == "nobody_hears"]
    assert len(keys) == 2 and len(set(keys)) == 1


def test_another_reporter_of_the_same_chat_still_hears():
    uow = after(registered(), dispatched())
    uow.people.get(CHEN).active = False
    joined = {"conversation": CHEN_CHAT, "words": "", "source_key": "j", "joined_at": AT, "left_at": None}
    uow.work_orders.joined.append(Reporter(id=ORDER, work_order_id=ORDER, person_id=QIAN, **joined))

    assert told(after(accepted(LI), uow=uow))[REQUESTER] == "who_comes"
