"""Approvers, replicas and publishers at the same record at once: one decides, the others are told by whom."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest

from adapters.storage.engine import Database
from domain.approval.commands import AgreeTask, PublishProcess, ReviewProcess, StartRequest
from domain.approval.errors import PublishedMeanwhile
from domain.people.model import Person, Role
from tests.support.approving import outcome
from tests.support.builders import AT, cause
from tests.support.storage import at_once, decided, one, rows, transaction

ROUNDS, THREADS = 25, 8
MANAGERS = [UUID(int=900 + number) for number in range(THREADS)]
ASKER = UUID(int=899)


def definition(mode: str, **step: object) -> dict[str, object]:
    """Return a process with one step that all managers are asked at."""
    approve = {
        "id": "managers",
        "kind": "approve",
        "title": "经理审批",
        "approvers": [{"by": "role", "role": "manager"}],
        "mode": mode,
        "next": "passed",
        **step,
    }
    nodes = [
        {"id": "start", "kind": "start", "next": "managers"},
        approve,
        {"id": "passed", "kind": "end", "result": "approved"},
    ]
    return {"name": "joint", "title": "联合审批", "about": "request", "nodes": nodes}


@pytest.fixture
def staffed(database: Database) -> Database:
    """Give a database with managers and somebody who asks them."""
    with database.write() as session, session.begin():
        for number, person_id in enumerate([*MANAGERS, ASKER]):
            person = Person(id=person_id, name=f"经理{number}", mobile="", region="", skills=[], active=True)
            person.created_at = AT
            person.give_roles(frozenset({Role.MANAGER if person_id != ASKER else Role.AGENT}))
            session.add(person)
    return database


def publish(database: Database, document: dict[str, object], based_on: int = 0) -> None:
    decided(
        database, PublishProcess(document=document, based_on=based_on, **cause("system", AT, f"p{uuid4()}"))
    )


def ask(database: Database) -> UUID:
    """Ask for an approval, and return the instance."""
    request = StartRequest(instance_id=uuid4(), name="joint", **cause(ASKER, AT, f"start:{uuid4()}"))
    decided(database, request)
    return request.instance_id


def task_of(database: Database, instance_id: UUID, person_id: UUID) -> UUID:
    with transaction(database, AT) as uow:
        return next(task.id for task in uow.processes.tasks(instance_id) if task.assignee_id == person_id)


def agrees(database: Database, tasks: Sequence[UUID], number: int) -> str:
    """Let one manager agree, and return the refusal."""
    command = AgreeTask(task_id=tasks[number], **cause(MANAGERS[number], AT, f"agree:{tasks[number]}"))
    return outcome(database, command)


def test_any_of_eight_decides_once_in_every_round(staffed: Database):
    publish(staffed, definition("any"))
    for _ in range(ROUNDS):
        instance_id = ask(staffed)
        tasks = [task_of(staffed, instance_id, person_id) for person_id in MANAGERS]

        answers = at_once(THREADS, partial(agrees, staffed, tasks))

        assert answers.count("") == 1
        winner = f"经理{answers.index('')}"
        assert all(f"已由 {winner} 同意" in answer for answer in answers if answer)
    assert one(staffed, "SELECT count(*) FROM event WHERE name = 'InstanceEnded'") == ROUNDS


def test_all_of_eight_agree_at_once_and_it_ends_once(staffed: Database):
    publish(staffed, definition("all"))
    instance_id = ask(staffed)
    tasks = [task_of(staffed, instance_id, person_id) for person_id in MANAGERS]

    answers = at_once(THREADS, partial(agrees, staffed, tasks))

    assert answers == [""] * THREADS
    assert one(staffed, "SELECT status FROM process_instance") == "approved"
    assert one(staffed, "SELECT count(*) FROM event WHERE name = 'InstanceEnded'") == 1


def test_replicas_fire_a_limit_once(staffed: Database):
    publish(staffed, definition("all", timeout={"within_min": 60, "do": "remind"}))
    instance_id, later = ask(staffed), AT + timedelta(minutes=61)

    at_once(
        4,
        lambda number: outcome(
            staffed, ReviewProcess(instance_id=instance_id, **cause("system", later, f"tick:{number}"))
        ),
    )

    fired = rows(staffed, "SELECT payload FROM event WHERE name = 'TimeoutFired'")
    assert len(fired) == THREADS
    assert one(staffed, "SELECT count(*) FROM outbox WHERE audience LIKE 'todo:%'") == THREADS


def test_of_two_who_publish_at_once_the_second_is_told(staffed: Database):
    document = definition("any")
    publish(staffed, document)

    def publishes(number: int) -> str:
        try:
            publish(staffed, {**document, "title": f"联合审批{number}"}, based_on=1)
        except PublishedMeanwhile as refusal:
            return refusal.message
        return ""

    answers = at_once(2, publishes)

    assert sorted(bool(answer) for answer in answers) == [False, True]
    assert "没有发布" in "".join(answers)
    assert one(staffed, "SELECT max(version) FROM process_version") == 2
