"""People, past work orders and files for tests of process definitions."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml

from adapters.storage.engine import Database
from bootstrap.process_files import SHIPPED, publish, read_file
from domain.people.model import Person, Role
from tests.support.builders import AT, work_order

ZHOU, WU, SUN = UUID(int=11), UUID(int=12), UUID(int=13)
"""A director, a manager and the technicians' head."""
_MORE = {ZHOU: ("周明", Role.DIRECTOR), WU: ("吴涛", Role.MANAGER), SUN: ("孙立", Role.ADMIN)}
FIRST = 7_000


def superiors() -> list[Person]:
    """Return the people who decide."""
    made = []
    for person_id, (name, role) in _MORE.items():
        one = Person(id=person_id, name=name, mobile="", region="", skills=[], active=True, created_at=AT)
        one.give_roles(frozenset({role}))
        made.append(one)
    return made


def add_superiors(database: Database, person_id: UUID | None = None) -> None:
    """Put the people who decide into a database; somebody may report to the manager."""
    with database.write() as session, session.begin():
        session.add_all(superiors())
        session.flush()
        if person_id is not None:
            found = session.get(Person, person_id)
            assert found is not None
            found.manager_id = WU


def shipped(name: str) -> dict[str, Any]:
    """Return a shipped definition."""
    return dict(read_file(SHIPPED / f"{name}.yaml"))


def publish_shipped(database: Database, *names: str, at: datetime = AT) -> None:
    """Publish some of the shipped definitions."""
    for name in names:
        publish(database, shipped(name), 0, "", at)


def written(folder: Path, document: object, name: str = "made.yaml") -> Path:
    """Write a definition into a file."""
    file = folder / name
    file.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), "utf-8")
    return file


def limit_changed(limit: int | str) -> dict[str, Any]:
    """Return the shipped work order process with another limit."""
    document = shipped("order_default")
    node = next(one for one in document["nodes"] if one["id"] == "over_limit")
    node["branches"][0]["when"] = f"费用 > {limit}"
    return document


def settled(
    database: Database, amounts: Sequence[int | None], at: datetime = AT, **changes: Any
) -> Sequence[str]:
    """Keep work orders that were settled at these amounts, in fen; return their numbers, the newest first."""
    numbers = []
    with database.write() as session, session.begin():
        for place, amount in enumerate(amounts):
            number = f"WO-20261120-{place + 1:04d}"
            values: dict[str, Any] = {
                "id": UUID(int=FIRST + place),
                "number": number,
                "source_key": f"past:{place}",
                "created_at": at + timedelta(minutes=place),
                "settled_fen": amount,
                **changes,
            }
            session.add(work_order(**values))
            numbers.append(number)
    return numbers[::-1]
