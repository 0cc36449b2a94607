"""What tests of the service desk need beyond the loop: rules, skills, messages in groups."""

from typing import Any

from sqlalchemy import select, update

from domain.dispatching.model import DispatchRule
from domain.groups.model import GroupRequest
from domain.people.model import Person
from domain.workorder.model import WorkOrder
from tests.support.loop import Loop


def add_rule(loop: Loop, position: int, name: str, mode: str, **conditions: Any) -> None:
    """Put one rule into the table."""
    empty = {"type": "", "customer_level": "", "region": "", "asset_kind": "", "priority": "", "skill": ""}
    with loop.database.write() as session, session.begin():
        session.add(DispatchRule(position=position, name=name, mode=mode, **(empty | conditions)))


def teach(loop: Loop, name: str, *skills: str) -> None:
    """Give somebody skills."""
    with loop.database.write() as session, session.begin():
        session.execute(update(Person).where(Person.name == name).values(skills=list(skills)))


def group_requests(loop: Loop) -> list[GroupRequest]:
    """Return every message to the robot in a group that was kept, oldest first."""
    with loop.database.read() as session:
        return list(session.scalars(select(GroupRequest).order_by(GroupRequest.created_at)))


def order_numbered(loop: Loop, number: str) -> WorkOrder:
    """Return the work order of a number."""
    (found,) = [order for order in loop.orders() if order.number == number]
    return found
