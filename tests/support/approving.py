"""Managers, somebody who asks them, and decisions on real databases."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from adapters.storage.engine import Database
from domain.approval.commands import AgreeTask, PublishProcess, StartRequest
from domain.approval.model import ProcessTask
from domain.kernel.errors import ConcurrentUpdate, DomainError
from domain.kernel.messages import Command
from domain.people.model import Person, Role
from tests.support.builders import AT, cause
from tests.support.storage import decided, transaction

MANAGERS = [UUID(int=900 + number) for number in range(4)]
ASKER, DIRECTOR, ADMIN = UUID(int=899), UUID(int=898), UUID(int=897)
_ROLES = {
    ASKER: Role.AGENT,
    DIRECTOR: Role.DIRECTOR,
    ADMIN: Role.ADMIN,
    **dict.fromkeys(MANAGERS, Role.MANAGER),
}
NAMES = {ASKER: "小郑", DIRECTOR: "沈总", ADMIN: "管理员"} | {
    one: f"经理{number}" for number, one in enumerate(MANAGERS)
}


def staff(database: Database) -> Database:
    """Put managers, a director, an administrator and somebody who asks them into a database."""
    with database.write() as session, session.begin():
        for person_id, role in _ROLES.items():
            person = Person(id=person_id, name=NAMES[person_id], mobile="", region="", skills=[], active=True)
            person.created_at = AT
            person.give_roles(frozenset({role}))
            session.add(person)
    return database


def change_person(database: Database, person_id: UUID, **values: Any) -> None:
    """Change somebody behind the product's back."""
    with database.write() as session, session.begin():
        person = session.get(Person, person_id)
        assert person is not None
        for key, value in values.items():
            setattr(person, key, value)


def publish(database: Database, *approvers: dict[str, Any], mode: str = "all", **step: Any) -> None:
    """Publish a process of one step that these are asked at."""
    nodes: list[dict[str, Any]] = [
        {"id": "start", "kind": "start", "next": "boss"},
        {"id": "boss", "kind": "approve", "title": "经理审批", "mode": mode, "next": "passed", **step},
        {"id": "passed", "kind": "end", "result": "approved"},
    ]
    nodes[1]["approvers"] = list(approvers)
    document = {"name": "joint", "title": "联合审批", "about": "request", "nodes": nodes}
    decided(database, PublishProcess(document=document, based_on=0, **cause("system", AT, f"p{uuid4()}")))


def ask(database: Database, who: UUID = ASKER, amount_fen: int | None = None) -> UUID:
    """Ask for an approval, and return the instance."""
    request = StartRequest(
        instance_id=uuid4(), name="joint", amount_fen=amount_fen, **cause(who, AT, f"start:{uuid4()}")
    )
    decided(database, request)
    return request.instance_id


def tasks_of(database: Database, instance_id: UUID) -> Sequence[ProcessTask]:
    """Return every task of an instance."""
    with transaction(database, AT) as uow:
        return uow.processes.tasks(instance_id)


def open_tasks(database: Database, instance_id: UUID) -> list[tuple[UUID, UUID]]:
    """Return what is open, each with who is asked."""
    return [(task.id, task.assignee_id) for task in tasks_of(database, instance_id) if task.closed_at is None]


def agreement(task_id: UUID, person_id: UUID, at: datetime = AT, seen_rev: int | None = None) -> AgreeTask:
    """Return one press of 同意; every press is a delivery of its own."""
    return AgreeTask(task_id=task_id, seen_rev=seen_rev, **cause(person_id, at, f"agree:{uuid4()}"))


def outcome(database: Database, command: Command) -> str:
    """Decide as the inbound path does, which runs a lost race again; return the refusal."""
    for _ in range(5):
        try:
            decided(database, command)
        except ConcurrentUpdate:
            continue
        except DomainError as refusal:
            return refusal.message
        return ""
    raise AssertionError("it was lost five times")
