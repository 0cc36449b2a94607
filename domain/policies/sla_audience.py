"""Who is told when time runs out."""

from collections.abc import Sequence
from uuid import UUID

from domain.dispatching.rules import distance
from domain.kernel.notices import DESK, person_audience
from domain.people.model import Person, Role
from domain.policies.ports import EveryUnitOfWork
from domain.workorder.model import WorkOrder
from domain.workorder.status import OPEN

LEVELS = {1: Role.DISPATCHER, 2: Role.MANAGER, 3: Role.DIRECTOR}
"""Whom a level of escalation calls."""


class Superiors:
    """Finds people by level, once for many work orders."""

    def __init__(self, uow: EveryUnitOfWork) -> None:
        self._uow = uow
        self._found: dict[Role, Sequence[Person]] = {}

    def at(self, level: int, region: str) -> Sequence[Person]:
        """Return those of a level who look after a region, else all of it, else those of the next level."""
        for role in list(LEVELS.values())[level - 1 :]:
            if role not in self._found:
                self._found[role] = self._uow.people.with_roles([role])
            everybody = self._found[role]
            near = [one for one in everybody if distance(one.region, region) == 0]
            if everybody:
                return near or everybody
        return ()

    def audiences(self, level: int, region: str) -> list[str]:
        """Return the same people as audiences; the desk's group where there is nobody."""
        return [person_audience(str(one.id)) for one in self.at(level, region)] or [DESK]


def holder(order: WorkOrder) -> UUID | None:
    """Return who has an unfinished work order, or was asked to take it."""
    return order.assignee_id if order.state in OPEN else None
