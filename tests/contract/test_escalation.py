"""Superiors are called only by the speaker's own press, once, and all of it is counted."""

from datetime import timedelta

import pytest

from cards.catalog import render
from cards.spec import plain_text
from domain.intake.commands import AnswerEscalation, ProposeEscalation
from domain.policies.escalation import EXPEDITE
from domain.policies.timeline import timeline_view
from domain.workorder.commands import AddWorkOrderNote
from domain.workorder.errors import NotAReporter
from tests.support.builders import AT, CHEN, CHEN_CHAT, LI, ORDER, ZHAO, cause, work_order
from tests.support.storage import decided, one, rows, transaction


@pytest.fixture
def order(database):
    with transaction(database) as uow:
        uow.work_orders.add(work_order())
        uow.commit()
    return database


def propose() -> ProposeEscalation:
    return ProposeEscalation(work_order_id=ORDER, conversation=CHEN_CHAT, words="气死我了", **cause(CHEN))


def answer(confirmed: bool = True, actor=CHEN, at=AT) -> AnswerEscalation:
    return AnswerEscalation(work_order_id=ORDER, confirmed=confirmed, **cause(actor, at))


def events(database, name: str) -> int:
    return int(one(database, "SELECT count(*) FROM event WHERE name = :name", name=name))


def told(database, audience: str) -> int:
    query = "SELECT count(*) FROM outbox WHERE card = 'intake_news' AND audience LIKE :audience"
    return int(one(database, query, audience=audience))


def test_an_offer_alone_raises_nothing(order):
    decided(order, propose())

    assert one(order, "SELECT priority FROM work_order") == "P3"
    assert told(order, "%") == 0


def test_a_press_raises_the_priority_one_step_and_tells_the_desk_in_person(order):
    decided(order, propose(), answer())

    assert one(order, "SELECT priority FROM work_order") == "P2"
    assert told(order, f"person:{ZHAO}") == 1
    assert told(order, "desk:%") == 2


def test_pressing_again_within_half_an_hour_changes_nothing_more(order):
    decided(order, answer(), answer(at=AT + timedelta(minutes=5)))

    assert one(order, "SELECT priority FROM work_order") == "P2"
    assert events(order, "EscalationConfirmed") == 1


def test_a_declined_offer_is_counted_as_a_false_alarm(order):
    decided(order, propose(), answer(confirmed=False))

    assert (events(order, "EscalationProposed"), events(order, "EscalationDeclined")) == (1, 1)
    assert one(order, "SELECT priority FROM work_order") == "P3"


def test_nobody_calls_a_superior_about_anothers_order(order):
    with pytest.raises(NotAReporter):
        decided(order, answer(actor=LI))


def test_urging_is_passed_on_once_in_half_an_hour(order):
    for minutes in (0, 10, 29, 31, 40):
        at = AT + timedelta(minutes=minutes)
        note = AddWorkOrderNote(work_order_id=ORDER, kind=EXPEDITE, text="快点", **cause(CHEN, at))
        decided(order, note)

    assert told(order, "desk:dingtalk%") == 2
    assert events(order, "WorkOrderNoteAdded") == 5


def test_the_time_line_tells_colleagues_of_it(order):
    decided(order, propose(), answer())

    with transaction(order) as uow:
        view = timeline_view(uow.work_orders.get(ORDER), uow.people.get(ZHAO), AT, uow)

    assert "要求主管联系" in plain_text(render("timeline", view.model_dump(mode="json")))
    assert rows(order, "SELECT 1 FROM event WHERE name = 'PriorityChanged'")
