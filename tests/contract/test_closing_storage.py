"""Ratings, follow-ups and the audit on both databases."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from adapters.csvfiles import import_files
from adapters.storage.due import SqlDue
from adapters.storage.engine import Database
from domain.kernel.errors import ConcurrentUpdate, DomainError
from domain.kernel.messages import Command
from domain.registry import make_bus
from domain.survey.commands import FinishFollowUp, RateService, RecordFollowUp, ReviewFollowUp
from domain.survey.errors import AlreadyRated
from domain.workorder import closing_commands as closing
from domain.workorder import commands as orders
from domain.workorder import field_commands as field
from domain.workorder.details import Payer, Priority
from domain.workorder.report import ServiceReport
from domain.workorder.timeline import segments, totals
from tests.support.builders import AT, CHEN, CHEN_CHAT, LI, ORDER, PHARMA, ZHAO, cause
from tests.support.storage import at_once, decided, one, opened, rows, transaction

REPORT = ServiceReport(cause="电容击穿", remedy="更换电容", hours=Decimal("1.5"))
STEP = timedelta(seconds=601)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with opened(database_url) as database:
        yield database


def facts(actor: UUID, step: int) -> dict[str, Any]:
    """Return the fields of a command about the order that is given so many steps after the first."""
    return {"work_order_id": ORDER, **cause(actor, AT + step * STEP, f"step-{step}")}


def accepted(database: Database) -> None:
    """Bring Chen's work order to the customer's acceptance, one step after the other."""
    register = orders.RegisterWorkOrder(
        requester_id=CHEN,
        customer_id=PHARMA,
        description="不制冷",
        origin=CHEN_CHAT,
        source_key="k",
        **facts(CHEN, 0),
    )
    offer = orders.OfferWorkOrder(
        technician_id=LI, expires_at=AT + timedelta(days=1), reason="指定", **facts(ZHAO, 1)
    )
    decided(
        database,
        register,
        offer,
        orders.AcceptWorkOrder(**facts(LI, 2)),
        field.DepartForSite(**facts(LI, 3)),
        field.ArriveOnSite(**facts(LI, 4)),
        field.StartWork(**facts(LI, 5)),
        field.CompleteWork(report=REPORT, **facts(LI, 6)),
        closing.SignOffWork(**facts(CHEN, 7)),
    )


def changes(database: Database, name: str) -> dict[str, Any]:
    """Return what the only event of a name changed."""
    with transaction(database) as uow:
        (found,) = [event for event in uow.work_orders.history(ORDER) if event.name == name]
    return dict(found.changes)


def test_the_audit_keeps_before_and_after(database: Database):
    accepted(database)
    change = orders.ChangePriority(priority=Priority.P1, reason="客户停产", **facts(ZHAO, 8))
    decided(database, change)

    assert changes(database, "PriorityChanged")["priority"] == ("P3", "P1")
    assert changes(database, "WorkOrderAccepted")["status"] == ("offered", "accepted")
    assert changes(database, "WorkOrderOffered")["assignee_id"] == (None, str(LI))
    assert "priority" not in changes(database, "WorkStarted")


@pytest.mark.parametrize("change", ["UPDATE event SET actor_id = 'nobody'", "DELETE FROM event"])
def test_the_audit_cannot_be_changed(database: Database, change: str):
    accepted(database)

    with pytest.raises(DatabaseError), database.write() as session, session.begin():
        session.execute(text(change))


def test_the_time_of_every_node_adds_up_to_the_whole(database: Database):
    accepted(database)
    with transaction(database) as uow:
        history = uow.work_orders.history(ORDER)

    spent = totals(segments(history, AT + 9 * STEP))

    assert sum(spent.values()) == 9 * 601
    assert {node.value: seconds // 601 for node, seconds in spent.items()} == {
        "dispatch": 2,
        "preparation": 1,
        "travel": 1,
        "work": 2,
        "acceptance": 1,
        "settlement": 2,
    }


def test_an_acceptance_owes_one_routine_call(database: Database):
    accepted(database)

    ((kind, assignee, due_at),) = rows(database, "SELECT kind, assignee_id, due_at FROM follow_up")

    assert kind == "routine"
    assert UUID(str(assignee)) == ZHAO  # There is no agent among these people.
    assert due_at is not None


def rate(person: UUID, score: int, step: int = 8) -> RateService:
    return RateService(rating_id=uuid4(), score=score, **facts(person, step))


def test_a_rating_is_kept_once_per_person(database: Database):
    accepted(database)
    decided(database, rate(CHEN, 5))

    with pytest.raises(AlreadyRated):
        decided(database, rate(CHEN, 1, step=10))

    assert rows(database, "SELECT score, nps FROM rating") == [(5, None)]


def test_the_lowest_of_all_reporters_counts(database: Database):
    accepted(database)
    join = orders.JoinWorkOrder(
        person_id=ZHAO, conversation="dingtalk_user:zhao", words="也不制冷", source_key="j", **facts(ZHAO, 8)
    )
    decided(database, join, rate(CHEN, 4))
    with transaction(database, AT + 9 * STEP) as uow:
        person = uow.people.get(ZHAO)
        person.give_roles(person.roles | {type(next(iter(person.roles))).CUSTOMER})
        uow.commit()

    decided(database, rate(ZHAO, 2, step=9))

    assert one(database, "SELECT rating FROM work_order") == 2
    assert one(database, "SELECT count(*) FROM follow_up WHERE kind = 'low_score'") == 1


def test_two_people_who_finish_the_last_two_steps_close_it_once(database: Database):
    accepted(database)
    task_id = UUID(str(one(database, "SELECT id FROM follow_up")))
    last: list[Command] = [
        closing.SettleWorkOrder(amount_fen=0, payer=Payer.GOODWILL, **facts(ZHAO, 8)),
        FinishFollowUp(follow_up_id=task_id, result="solved", **cause(ZHAO, AT + 8 * STEP)),
    ]

    at_once(2, lambda number: _until_decided(database, last[number]))

    assert one(database, "SELECT status FROM work_order") == "closed"
    assert one(database, "SELECT count(*) FROM event WHERE name = 'WorkOrderClosed'") == 1


def test_two_clocks_remind_of_a_late_call_once(database: Database):
    accepted(database)
    task_id = UUID(str(one(database, "SELECT id FROM follow_up")))
    late = AT + timedelta(days=1, hours=2)
    assert SqlDue(database).due_follow_ups(late, 9) == [task_id]
    looks = ReviewFollowUp(follow_up_id=task_id, **cause("system", late))

    at_once(2, lambda _: _until_decided(database, looks))

    assert one(database, "SELECT count(*) FROM event WHERE name = 'FollowUpReminded'") == 1
    assert SqlDue(database).due_follow_ups(late, 9) == []


def test_the_call_of_somebody_who_is_switched_off_belongs_to_everybody(database: Database, tmp_path: Path):
    accepted(database)
    task_id = UUID(str(one(database, "SELECT id FROM follow_up")))
    with transaction(database) as uow:
        zhao = uow.people.get(ZHAO)
    people = tmp_path / "people.csv"
    people.write_text(f"name,mobile,roles,left\n{zhao.name},{zhao.mobile},dispatcher,是\n")

    import_files(database, [people], AT + 8 * STEP)
    decided(database, ReviewFollowUp(follow_up_id=task_id, **cause("system", AT + 8 * STEP)))

    assert rows(database, "SELECT assignee_id, reminded FROM follow_up") == [(None, 0)]
    assert SqlDue(database).due_follow_ups(AT + 9 * STEP, 9) == []


def _until_decided(database: Database, command: Command) -> None:
    for _ in range(5):
        try:
            with transaction(database, command.issued_at) as uow:
                make_bus().handle(command, uow)
                uow.commit()
                return
        except ConcurrentUpdate:
            continue
    raise AssertionError("lost every race")


def test_of_two_who_call_at_once_one_is_told_that_it_is_done(database: Database):
    accepted(database)
    task_id = UUID(str(one(database, "SELECT id FROM follow_up")))
    calls = [
        FinishFollowUp(follow_up_id=task_id, result="solved", seen_version=1, **cause(ZHAO, AT + 8 * STEP))
        for _ in range(2)
    ]

    def call(number: int) -> str:
        try:
            _until_decided(database, calls[number])
        except DomainError as refusal:
            return refusal.code
        return "done"

    assert sorted(at_once(2, call)) == ["done", "follow_up_done"]


def test_a_low_rating_after_the_call_holds_the_close_back(database: Database):
    accepted(database)
    decided(database, RecordFollowUp(result="solved", **facts(ZHAO, 8)), rate(CHEN, 1))
    decided(database, closing.SettleWorkOrder(amount_fen=0, payer=Payer.GOODWILL, **facts(ZHAO, 9)))
    assert one(database, "SELECT status FROM work_order") == "settled"

    decided(database, RecordFollowUp(result="solved", note="已道歉", **facts(ZHAO, 10)))

    assert one(database, "SELECT status FROM work_order") == "closed"


def test_what_a_call_finds_unsolved_is_not_closed(database: Database):
    accepted(database)
    decided(database, closing.SettleWorkOrder(amount_fen=0, payer=Payer.GOODWILL, **facts(ZHAO, 8)))

    decided(database, RecordFollowUp(result="unsolved", note="还有异响", **facts(ZHAO, 9)))

    assert one(database, "SELECT status FROM work_order") == "settled"
    assert one(database, "SELECT count(*) FROM follow_up WHERE done_at IS NULL") == 0


def test_a_reopened_work_order_needs_no_call_any_more(database: Database):
    accepted(database)

    decided(database, closing.ReopenWorkOrder(reason="又坏了", **facts(ZHAO, 8)))

    assert rows(database, "SELECT result FROM follow_up") == [("withdrawn",)]


def test_urgent_calls_come_first_and_nobody_s_are_everybody_s(database: Database):
    accepted(database)
    decided(database, rate(CHEN, 2))
    with database.write() as session, session.begin():
        session.execute(text("UPDATE follow_up SET assignee_id = NULL WHERE kind = 'routine'"))

    with transaction(database) as uow:
        found = uow.surveys.follow_ups_for(ZHAO, 10)
        others = uow.surveys.follow_ups_for(LI, 10)

    assert [task.kind for task in found] == ["low_score", "routine"]
    assert [task.kind for task in others] == ["routine"]
