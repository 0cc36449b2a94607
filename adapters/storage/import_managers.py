"""Whom people report to: found by mobile number once every row has found its person."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from adapters.storage.import_match import KnownPerson, PeopleImport
from domain.people.model import Person


def settle_managers(session: Session, people: PeopleImport) -> None:
    """Let everybody whose row has the column report to whom it names, or to nobody; or add `problems`."""
    if people.problems:
        return
    named = [(place, mobile, people.after[key]) for place, (key, mobile) in people.managers.items()]
    for place, mobile, person in named:
        manager = _with_mobile(people, mobile) if mobile else None
        if mobile and manager is None:
            people.problems.append(
                f"{place}：manager 列“{mobile}”不是任何同事的手机号；"
                "请核对，或把上级也写进 people.csv，没有上级就留空"
            )
        elif manager is not None and manager.id == person.id:
            people.problems.append(
                f"{place}：manager 列“{mobile}”是 {person.name} 自己的手机号；请改成上级的，没有上级就留空"
            )
        people.after[person.id] = replace(person, manager_id=manager.id if manager is not None else None)
    if not people.problems:
        _refuse_circles(session, people)


def _with_mobile(people: PeopleImport, mobile: str) -> KnownPerson | None:
    """Return the colleague with this number, one who is still there first."""
    found = [people.after.get(one.id, one) for one in people.with_mobile(mobile) if one.is_staff]
    return min(found, key=lambda one: (not one.active, one.created_at, str(one.id)), default=None)


def _refuse_circles(session: Session, people: PeopleImport) -> None:
    """Insist that nobody is above themselves, also by way of people who are not in the files."""
    recorded = select(Person.id, Person.manager_id).where(Person.manager_id.is_not(None))
    above: dict[UUID, UUID | None] = {row[0]: row[1] for row in session.execute(recorded)}
    above |= {person.id: person.manager_id for person in people.after.values()}
    told: set[UUID] = set()
    for place, (key, mobile) in people.managers.items():
        circle = _circle(key, above) if mobile else []
        if circle and key not in told:
            told.update(circle)
            people.problems.append(
                f"{place}：manager 列“{mobile}”让 {people.after[key].name} 绕一圈又成了自己的上级"
                f"（共 {len(circle)} 人）；请改正其中一人的上级"
            )


def _circle(person_id: UUID, above: Mapping[UUID, UUID | None]) -> list[UUID]:
    """Return everybody on the way from somebody up to themselves; nobody where it does not lead there."""
    way, here = [person_id], above.get(person_id)
    while here is not None and here not in way:
        way.append(here)
        here = above.get(here)
    return way if here == person_id else []
