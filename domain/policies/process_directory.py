"""Who is meant by a rule of a process: joins people, their superiors, absences and the subject."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.dispatching.rules import distance, knows
from domain.engine.process.definition import (
    Assign,
    ByField,
    ByHead,
    ByPerson,
    ByRelation,
    ByRole,
    BySkill,
)
from domain.kernel.errors import NotFound
from domain.people.model import Person, Role
from domain.policies.ports import EveryUnitOfWork
from domain.policies.process_fields import ASSIGNEE, RESPONSIBLE
from domain.policies.sla_audience import LEVELS, Superiors

SKILLED = (Role.TECHNICIAN, Role.AGENT, Role.DISPATCHER, Role.MANAGER)
"""Whose skills are looked through for experts."""

RELATED = {"asset_responsible": RESPONSIBLE, "assignee": ASSIGNEE}
"""Which value names whom a relation means; the engine itself knows the others."""


class RecordedDirectory:
    """Answers the engine's questions about people from the transaction's records."""

    def __init__(self, uow: EveryUnitOfWork) -> None:
        self._uow = uow
        self._superiors = Superiors(uow)

    def people(self, who: Assign, data: Mapping[str, Any], initiator: str) -> tuple[str, ...]:
        """Return whom a rule means, by id, in a stable order; nobody where there is none."""
        match who:
            case ByPerson():
                return self._valid(who.person)
            case ByRole():
                region = self._region(data, initiator) if who.same_region else ""
                found = self._with_role(Role(who.role), region)
            case BySkill():
                region = self._region(data, initiator) if who.same_region else ""
                found = self._skilled(who.skill or str(data.get(who.field) or ""), who.level, region)
            case ByHead():
                return self._heads(initiator, who.levels)
            case ByField():
                return self._valid(data.get(who.field))
            case ByRelation():
                return self._valid(data.get(RELATED.get(who.relation, "")))
        return tuple(str(one.id) for one in found)

    def substitute(self, person: str, now: datetime) -> str | None:
        """Return who decides for somebody who is away at this moment, else None."""
        absence = self._uow.processes.absence(UUID(person))
        if absence is None or not absence.from_at <= now < absence.to_at:
            return None
        return str(absence.substitute_id)

    def manager(self, person: str) -> str | None:
        """Return whom somebody reports to: as the directory says, else the next level of their region."""
        found = self._uow.people.get(UUID(person))
        if found.manager_id is not None:
            return str(found.manager_id)
        level = max((one for one, role in LEVELS.items() if role in found.roles), default=0)
        above = self._superiors.at(level + 1, found.region) if level < len(LEVELS) else ()
        return next((str(one.id) for one in above if one.id != found.id), None)

    def active(self, person: str) -> bool:
        """Return whether somebody still works for us."""
        try:
            return self._uow.people.get(UUID(person)).active
        except (ValueError, NotFound):
            return False

    def admins(self) -> tuple[str, ...]:
        """Return who gets what nobody else can decide."""
        found = self._uow.people.with_roles([Role.ADMIN]) or self._uow.people.with_roles([Role.MANAGER])
        return tuple(str(one.id) for one in found)

    def _with_role(self, role: Role, region: str) -> Sequence[Person]:
        everybody = self._uow.people.with_roles([role])
        near = [one for one in everybody if region and distance(one.region, region) == 0]
        return near or everybody

    def _heads(self, initiator: str, levels: int) -> tuple[str, ...]:
        person: str | None = initiator
        for _ in range(levels):
            above = self.manager(person) if person is not None else None
            if above is None:
                break
            person = above
        return (person,) if person is not None and person != initiator else ()

    def _skilled(self, skill: str, level: str, region: str) -> Sequence[Person]:
        staff = self._uow.people.with_roles(SKILLED) if skill or level else ()
        able = [one for one in staff if knows(one, skill) and knows(one, level)]
        near = [one for one in able if region and distance(one.region, region) == 0]
        return near or able

    def _region(self, data: Mapping[str, Any], initiator: str) -> str:
        return str(data.get("region") or self._uow.people.get(UUID(initiator)).region)

    def _valid(self, value: object) -> tuple[str, ...]:
        values = value if isinstance(value, list | tuple) else (value,)
        return tuple(str(one) for one in values if one is not None and self.active(str(one)))
