"""What goes wrong with approvals: pressed again, people away or gone, nobody to ask, an amount not seen."""

from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest

from adapters.storage.engine import Database
from domain.approval.commands import ReviewAbsence, SetAbsence
from domain.approval.errors import AmountChanged
from domain.engine import process as engine
from domain.policies.approval_views import approval_view
from domain.policies.process_stepping import locked, step
from tests.support.approving import (
    ADMIN,
    ASKER,
    DIRECTOR,
    MANAGERS,
    agreement,
    ask,
    change_person,
    open_tasks,
    outcome,
    publish,
    staff,
    tasks_of,
)
from tests.support.builders import AT, cause
from tests.support.storage import at_once, decided, one, rows, transaction

ROUNDS = 12
FIRST, SECOND = MANAGERS[0], MANAGERS[1]
BY_ASKER = {"by": "person", "person": "小郑"}
BY_FIRST = {"by": "person", "person": "经理0"}
BY_ROLE = {"by": "role", "role": "storekeeper"}
DECIDED = "SELECT count(*) FROM event WHERE name = 'TaskClosed'"


@pytest.fixture
def firm(database: Database) -> Database:
    """Give a database with people who decide."""
    return staff(database)


def test_five_presses_at_once_are_one_decision(firm: Database):
    publish(firm, BY_FIRST)
    ((task_id, person_id),) = open_tasks(firm, ask(firm))

    answers = at_once(5, lambda _: outcome(firm, agreement(task_id, person_id)))

    assert answers.count("") == 1
    assert all("没有重复处理" in answer for answer in answers if answer)
    assert one(firm, DECIDED) == 1


def test_two_approvals_of_one_person_in_one_second_both_count(firm: Database):
    publish(firm, BY_FIRST)
    waiting = [open_tasks(firm, ask(firm))[0] for _ in range(2)]

    answers = at_once(2, lambda number: outcome(firm, agreement(*waiting[number])))

    assert answers == ["", ""]
    assert rows(firm, "SELECT status FROM process_instance") == [("approved",)] * 2
    assert one(firm, DECIDED) == 2


def either(database: Database, task_id: UUID, number: int) -> str:
    """Agree, or go on leave, at the same time; return the refusal."""
    if number:
        away = SetAbsence(
            person_id=FIRST,
            substitute_id=SECOND,
            from_at=AT,
            to_at=AT + timedelta(days=1),
            **cause(FIRST, AT, f"away:{uuid4()}"),
        )
        return outcome(database, away)
    return outcome(database, agreement(task_id, FIRST))


def test_a_decision_while_the_approver_is_substituted_counts_or_names_who_has_it_now(firm: Database):
    publish(firm, BY_FIRST)
    for _ in range(ROUNDS):
        with transaction(firm, AT) as uow:
            uow.processes.drop_absence(FIRST)
            uow.commit()
        instance_id = ask(firm)
        ((task_id, _),) = open_tasks(firm, instance_id)

        agreed, away = at_once(2, partial(either, firm, task_id))

        (task,) = tasks_of(firm, instance_id)
        assert away == ""
        if agreed:
            assert "由 经理1 处理" in agreed
            assert (task.assignee_id, task.outcome) == (SECOND, "")
        else:
            assert (task.assignee_id, task.outcome) == (FIRST, "agreed")


def test_whoever_asks_is_not_asked_themselves_but_their_manager_is(firm: Database):
    change_person(firm, ASKER, manager_id=DIRECTOR)
    publish(firm, BY_ASKER)

    instance_id = ask(firm, ASKER)

    assert [person for _, person in open_tasks(firm, instance_id)] == [DIRECTOR]


@pytest.mark.parametrize(("manager_id", "asked"), [(DIRECTOR, DIRECTOR), (None, DIRECTOR)])
def test_what_waits_for_somebody_who_left_goes_to_their_manager(
    firm: Database, manager_id: UUID | None, asked: UUID
):
    publish(firm, BY_FIRST)
    instance_id = ask(firm)
    change_person(firm, FIRST, active=False, manager_id=manager_id)

    decided(firm, ReviewAbsence(person_id=FIRST, **cause("system", AT, "tick")))

    assert [person for _, person in open_tasks(firm, instance_id)] == [asked]


def test_where_no_manager_is_there_an_administrator_gets_what_waited_for_somebody_who_left(firm: Database):
    publish(firm, BY_FIRST)
    instance_id = ask(firm)
    change_person(firm, FIRST, active=False, manager_id=DIRECTOR)
    change_person(firm, DIRECTOR, active=False)

    decided(firm, ReviewAbsence(person_id=FIRST, **cause("system", AT, "tick")))

    assert [person for _, person in open_tasks(firm, instance_id)] == [ADMIN]


@pytest.mark.parametrize("mode", ["all", "any", "sequence"])
def test_where_nobody_is_found_the_administrator_is_asked(firm: Database, mode: str):
    publish(firm, BY_ROLE, mode=mode)

    instance_id = ask(firm)

    assert [person for _, person in open_tasks(firm, instance_id)] == [ADMIN]


def set_amount(database: Database, instance_id: UUID, amount_fen: int) -> None:
    with transaction(database, AT) as uow:
        change = engine.Change(actor="system", data={"amount_fen": amount_fen})
        step(locked(instance_id, uow), change, AT, uow)
        uow.commit()


def shown_rev(database: Database, task_id: UUID) -> int:
    with transaction(database, AT) as uow:
        task = uow.processes.task(task_id)
        assert task is not None
        return approval_view(task, uow).version


def test_nobody_agrees_to_an_amount_they_have_not_seen(firm: Database):
    publish(firm, BY_FIRST)
    instance_id = ask(firm, amount_fen=300_000)
    ((task_id, _),) = open_tasks(firm, instance_id)
    seen = shown_rev(firm, task_id)
    set_amount(firm, instance_id, 600_000)

    with pytest.raises(AmountChanged) as refusal:
        decided(firm, agreement(task_id, FIRST, seen_rev=seen))

    assert "改成了 6,000 元" in refusal.value.message
    assert one(firm, DECIDED) == 0
    decided(firm, agreement(task_id, FIRST, seen_rev=shown_rev(firm, task_id)))
    assert one(firm, "SELECT status FROM process_instance") == "approved"


def test_a_change_of_anything_else_does_not_make_a_card_old(firm: Database):
    publish(firm, BY_FIRST)
    instance_id = ask(firm, amount_fen=300_000)
    ((task_id, _),) = open_tasks(firm, instance_id)
    seen = shown_rev(firm, task_id)
    with transaction(firm, AT) as uow:
        step(locked(instance_id, uow), engine.Change(actor="system", data={"reason": "急"}), AT, uow)
        uow.commit()

    decided(firm, agreement(task_id, FIRST, seen_rev=seen))

    assert one(firm, "SELECT status FROM process_instance") == "approved"
