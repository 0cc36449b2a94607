"""Requests in storage, decided through the bus, on both databases."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from adapters.storage.due import SqlDue
from adapters.storage.engine import Database
from adapters.storage.reconciling import reconcile
from domain.intake.commands import (
    AddToDraft,
    ChooseInDraft,
    ConfirmDraft,
    DropDraft,
    HoldDraft,
    Limits,
    ReadDraft,
    ReviewDraft,
)
from domain.intake.data import DraftData, Heard
from domain.intake.errors import ChoiceGone, DraftGone, DraftNotYours
from domain.intake.model import Draft
from domain.intake.understanding import Fault, Guess, Intent, Understanding
from domain.kernel.errors import ConcurrentUpdate, NotPermitted
from tests.support.builders import AT, CHEN, CHEN_CHAT, FREEZER, LI, cause, inbound
from tests.support.storage import decided, one, rows, transaction

DRAFT = UUID(int=700)
KEY = "wecom_external:wmChen"
NO_WINDOW = Limits(window_s=0)


def heard(text: str = "冷库机组不制冷了", source_key: str = "wecom_kf:msg-1", **facts: Any) -> Heard:
    fault = Fault(
        words=text,
        device=Guess(value="冷库机组", confidence=0.9),
        symptoms=(Guess(value="不制冷", confidence=0.9),),
        asset_id=FREEZER.hex,
    )
    values: dict[str, Any] = {"intent": Intent.REPORT_FAULT, "confidence": 0.9, "faults": (fault,)} | facts
    return Heard(text=text, understanding=Understanding(**values), source_key=source_key, ref=source_key)


def add(message: Heard | None = None, at: Any = AT, limits: Limits = NO_WINDOW, **changes: Any) -> AddToDraft:
    values: dict[str, Any] = {
        "draft_id": DRAFT,
        "sender_key": KEY,
        "requester_id": CHEN,
        "conversation": CHEN_CHAT,
        "heard": message or heard(),
        "limits": limits,
    }
    return AddToDraft(**(values | changes), **cause(CHEN, at))


def admit(database: Database, *keys: str) -> None:
    for key in keys:
        with transaction(database) as uow:
            uow.inbox.admit(inbound(key=key), state="done", now=AT, correlation_id="c")
            uow.commit()


def known(database: Database) -> DraftData:
    with transaction(database) as uow:
        return uow.drafts.get(DRAFT).known


def state(database: Database) -> str:
    return str(one(database, "SELECT state FROM draft"))


def confirm(actor: UUID = CHEN) -> ConfirmDraft:
    return ConfirmDraft(draft_id=DRAFT, limits=NO_WINDOW, **cause(actor))


def test_a_window_collects_and_its_end_sums_up(database):
    limits = Limits(window_s=5)
    decided(database, add(limits=limits), add(heard("门也关不严", "wecom_kf:msg-2"), limits=limits))
    assert (state(database), SqlDue(database).due_drafts(AT, 9)) == ("open", [])

    later = AT + timedelta(seconds=6)
    assert SqlDue(database).due_drafts(later, 9) == [DRAFT]
    review = ReviewDraft(draft_id=DRAFT, limits=limits, **cause("system", later))
    decided(database, review, review)

    assert state(database) == "summary"
    assert one(database, "SELECT count(*) FROM outbox WHERE card = 'draft'") == 1


def test_a_held_request_is_nobody_elses_until_the_wait_is_over_and_then_due_again(database):
    limits, later = Limits(window_s=5), AT + timedelta(seconds=6)
    decided(database, add(limits=limits))
    until = later + timedelta(seconds=6)
    hold = HoldDraft(draft_id=DRAFT, until=until, **cause("system", later))

    decided(database, hold)
    with pytest.raises(DraftGone):
        decided(database, hold)
    decided(database, ReadDraft(draft_id=DRAFT, words="别的话", **cause("system", later)))

    assert SqlDue(database).due_drafts(later, 9) == []
    assert SqlDue(database).due_drafts(until, 9) == [DRAFT]
    with pytest.raises(DraftGone):
        decided(database, HoldDraft(draft_id=DRAFT, until=until, **cause("system", until)))
    decided(database, ReviewDraft(draft_id=DRAFT, limits=limits, **cause("system", until)))
    decided(database, ReadDraft(draft_id=DRAFT, words="冷库机组不制冷了", **cause("system", until)))
    assert (state(database), known(database).revision) == ("summary", 1)


def test_a_confirmed_request_has_its_order_with_everything_known(database):
    decided(database, add(heard(phone=Guess(value="13812345678", confidence=1))), confirm())

    with transaction(database) as uow:
        (order,) = uow.work_orders.of_requester(CHEN, 9)
        assert (order.asset_id, order.region, order.source_key) == (FREEZER, "浦东", "wecom_kf:msg-1")
        assert order.request.mobile == "13812345678"
        assert order.request.original_refs == ("wecom_kf:msg-1",)
        draft = uow.drafts.at_work_order(order.id, CHEN)
        assert draft is not None
        assert draft.state == "registered"


def test_a_second_confirmation_finds_nothing_to_confirm(database):
    decided(database, add(), confirm())

    with pytest.raises(DraftGone):
        decided(database, confirm())

    assert one(database, "SELECT count(*) FROM work_order") == 1


@pytest.mark.parametrize("command", [ConfirmDraft, DropDraft])
def test_a_draft_is_its_speakers_own(database, command):
    decided(database, add())

    with pytest.raises(DraftNotYours):
        decided(database, command(draft_id=DRAFT, **cause(LI)))


def test_nobody_registers_in_anothers_name_without_the_right(database):
    with pytest.raises(NotPermitted):
        decided(database, add(requester_id=LI))


def test_a_choice_that_was_not_offered_changes_nothing(database):
    decided(database, add())

    with pytest.raises(ChoiceGone):
        decided(database, ChooseInDraft(draft_id=DRAFT, choice=FREEZER.hex, **cause(CHEN)))


def test_one_sender_has_one_live_draft_whatever_happens_at_once(database):
    decided(database, add())

    with transaction(database) as uow, pytest.raises(ConcurrentUpdate):
        double = Draft(
            id=UUID(int=701),
            sender_key=KEY,
            person_id=CHEN,
            requester_id=CHEN,
            conversation=CHEN_CHAT,
            in_group=False,
            source="chat",
            state="open",
            expires_at=AT,
            created_at=AT,
            updated_at=AT,
            source_key="other",
        )
        double.keep(DraftData())
        uow.drafts.add(double)
        uow.commit()


def test_a_dropped_request_makes_room_for_the_next(database):
    decided(database, add(), DropDraft(draft_id=DRAFT, **cause(CHEN)))

    decided(database, add(heard("又坏了", "wecom_kf:msg-2"), draft_id=UUID(int=701)))

    assert sorted(row[0] for row in rows(database, "SELECT state FROM draft")) == ["dropped", "summary"]


def test_the_same_fault_of_the_same_firm_is_offered_before_a_new_order(database):
    decided(database, add(), confirm())
    again = add(heard(source_key="wecom_kf:msg-2"), draft_id=UUID(int=701))

    decided(database, again)

    assert one(database, "SELECT state FROM draft WHERE source_key = 'wecom_kf:msg-2'") == "asking"
    with transaction(database) as uow:
        data = uow.drafts.get(UUID(int=701)).known
        assert data.faults[0].suggestion is not None


def test_a_repaired_fault_that_is_back_is_linked_to_the_earlier_order(database):
    decided(database, add(), confirm())
    done = {"completed_at": AT, "status": "closed"}
    with transaction(database) as uow:
        (order,) = uow.work_orders.of_requester(CHEN, 9)
        for name, value in done.items():
            setattr(order, name, value)
        uow.commit()
    later = AT + timedelta(days=20)

    decided(
        database,
        add(heard(source_key="wecom_kf:msg-2"), at=later, draft_id=UUID(int=701)),
        ConfirmDraft(draft_id=UUID(int=701), limits=NO_WINDOW, **cause(CHEN, later)),
    )

    with transaction(database) as uow:
        newest = uow.work_orders.of_requester(CHEN, 9)[0]
        assert newest.earlier_id == order.id


def test_everything_fits_when_nothing_went_wrong(database):
    admit(database, "msg-1")
    decided(database, add(), confirm())

    found = reconcile(database, AT - timedelta(days=1), AT)

    assert found.fits
    assert (found.requests, found.registered, found.orders) == (1, 1, 1)


def test_a_request_without_its_order_or_delivery_is_found(database):
    decided(database, add(), confirm())
    with transaction(database) as uow:
        draft = uow.drafts.get(DRAFT)
        draft.keep(draft.known.model_copy(update={"order_ids": (UUID(int=9).hex,)}))
        uow.commit()

    found = reconcile(database, AT - timedelta(days=1), AT)

    assert found.missing == ("wecom_kf:msg-1", "wecom_kf:msg-1")
    assert found.double == ("wecom_kf:msg-1",)


def test_a_request_that_the_clock_forgot_is_found(database):
    admit(database, "msg-1")
    decided(database, add(limits=Limits(window_s=5)))

    assert reconcile(database, AT - timedelta(days=1), AT + timedelta(hours=1)).overdue == 1
