"""Who is meant: a row finds the person it is about, by identity first, then by mobile number."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID, uuid4

from adapters.imports import CustomerRow, Line, PersonRow, Row
from domain.people.model import STAFF_ROLES, Role

CUSTOMER = frozenset({Role.CUSTOMER})
NAME_LIMIT = 100
R = TypeVar("R", bound=Row, covariant=True)


@dataclass(frozen=True)
class KnownPerson:
    """A person with everything an import may change.

    Args:
        identities: pairs of platform and user id.
        self_bound: a visitor on WeChat typed this number; no platform and no file vouches for it.
    """

    id: UUID
    name: str
    created_at: datetime
    mobile: str = ""
    region: str = ""
    skills: tuple[str, ...] = ()
    customer_id: UUID | None = None
    manager_id: UUID | None = None
    active: bool = True
    roles: frozenset[Role] = frozenset()
    identities: frozenset[tuple[str, str]] = frozenset()
    self_bound: bool = False

    @property
    def is_staff(self) -> bool:
        """Return whether this person works for us."""
        return bool(self.roles & STAFF_ROLES)


@dataclass(frozen=True)
class Wish(Generic[R]):
    """A row as a search: the mobile number and the user id of each (column, platform)."""

    line: Line[R]
    mobile: str
    user_ids: Mapping[tuple[str, str], str]

    @property
    def identities(self) -> frozenset[tuple[str, str]]:
        """Return the stated pairs of platform and user id."""
        return frozenset((platform, value) for (_, platform), value in self.user_ids.items() if value)


def staff_wish(line: Line[PersonRow]) -> Wish[PersonRow]:
    """Return what a row of people.csv searches for."""
    row = line.row
    ids = {("dingtalk_userid", "dingtalk"): row.dingtalk_userid, ("wecom_userid", "wecom"): row.wecom_userid}
    return Wish(line, row.mobile, ids)


def contact_wish(line: Line[CustomerRow]) -> Wish[CustomerRow]:
    """Return what a row of customers.csv searches for."""
    ids = {("wecom_external_userid", "wecom_external"): line.row.wecom_external_userid}
    return Wish(line, line.row.contact_mobile, ids)


class PeopleImport:
    """People before and after an import; nothing is written here.

    Args:
        known: everybody whom an identity or a mobile number of the files points at.
        customer_ids: the id of each customer code.
    """

    def __init__(self, known: Iterable[KnownPerson], customer_ids: Mapping[str, UUID], now: datetime) -> None:
        self.before = {person.id: person for person in known}
        self.after: dict[UUID, KnownPerson] = {}
        self.managers: dict[str, tuple[UUID, str]] = {}
        """Of each row with the column, by its place: whom it is about, and their manager's mobile number."""
        self.problems: list[str] = []
        self._people = dict(self.before)
        self._customer_ids = customer_ids
        self._now = now
        self._by_identity = {pair: person.id for person in self.before.values() for pair in person.identities}
        self._by_mobile: dict[str, set[UUID]] = {}
        for person in self.before.values():
            self._by_mobile.setdefault(person.mobile, set()).add(person.id)

    def run(self, staff: Sequence[Line[PersonRow]], contacts: Sequence[Line[CustomerRow]]) -> None:
        """Fill `after` with everybody the rows are about, or `problems`.

        Identities are settled for all rows before any mobile number is looked at, so that a number that
        goes from one person to another does not lead to the wrong one.
        """
        staff_wishes = [staff_wish(line) for line in staff]
        contact_wishes = [contact_wish(line) for line in contacts if line.row.has_contact]
        staff_found = self._owners(staff_wishes)
        contacts_found = self._owners(contact_wishes)
        if self.problems:
            return
        for wish in staff_wishes:
            self._renumber(staff_found.get(wish.line.place), wish.mobile)
        for contact in contact_wishes:
            found = contacts_found.get(contact.line.place)
            if found is not None and not self._people[found].is_staff:
                self._renumber(found, contact.mobile)
        self._settle_staff(staff_wishes, staff_found)
        self._settle_contacts(contact_wishes, contacts_found)

    def _owners(self, wishes: Sequence[Wish[R]]) -> dict[str, UUID]:
        """Return who has the identities of each row, by the row's place; nobody is meant by two rows."""
        found: dict[str, UUID] = {}
        claimed: dict[UUID, str] = {}
        for wish in wishes:
            place = wish.line.place
            owners: dict[UUID, str] = {}
            for (column, platform), user_id in wish.user_ids.items():
                if user_id and (owner := self._by_identity.get((platform, user_id))):
                    owners[owner] = f"{column}“{user_id}”已绑定 {self._people[owner].name}"
            if len(owners) > 1:
                self.problems.append(
                    f"{place}：{'，'.join(owners.values())}，这是不同的人；请改正或清空其中一个 userid"
                )
            for owner, bound in owners.items():
                if owner in claimed:
                    self.problems.append(
                        f"{place}：{bound}，而 {claimed[owner]} 也是此人；请合并这两行，或改正其中一个 userid"
                    )
                claimed.setdefault(owner, place)
                found[place] = owner
        return found

    def _renumber(self, person_id: UUID | None, mobile: str) -> None:
        if person_id is not None and mobile:
            self._put(replace(self._people[person_id], mobile=mobile))

    def _settle_staff(self, wishes: Sequence[Wish[PersonRow]], found: dict[str, UUID]) -> None:
        taken = set(found.values())
        for wish in wishes:
            row, place = wish.line.row, wish.line.place
            person = self._people[found[place]] if place in found else self._staff_by_mobile(row, taken)
            if person is None:
                person = KnownPerson(id=uuid4(), name=row.name, created_at=self._now)
            taken.add(person.id)
            given = row.model_fields_set
            if "manager" in given:
                self.managers[place] = (person.id, row.manager)
            self._keep(
                replace(
                    person,
                    name=row.name,
                    mobile=row.mobile or person.mobile,
                    region=row.region if "region" in given else person.region,
                    skills=row.skills if "skills" in given else person.skills,
                    roles=row.roles | (person.roles & CUSTOMER),
                    identities=_rebound(person.identities, wish.identities),
                    active=not row.left if "left" in given else person.active,
                )
            )

    def _settle_contacts(self, wishes: Sequence[Wish[CustomerRow]], found: dict[str, UUID]) -> None:
        taken = set(found.values())
        for wish in wishes:
            row, place = wish.line.row, wish.line.place
            customer_id = self._customer_ids[row.code]
            person = (
                self._people[found[place]]
                if place in found
                else self._contact_by_mobile(row.contact_mobile, customer_id, taken)
            )
            if person is None:
                name = row.contact_name or row.name[:NAME_LIMIT]
                person = KnownPerson(id=uuid4(), name=name, created_at=self._now)
            taken.add(person.id)
            if not person.is_staff:
                person = replace(
                    person,
                    name=row.contact_name or person.name,
                    mobile=row.contact_mobile or person.mobile,
                    region=row.region if "region" in row.model_fields_set else person.region,
                )
            self._keep(
                replace(
                    person,
                    customer_id=customer_id,
                    roles=person.roles | CUSTOMER,
                    identities=_rebound(person.identities, wish.identities),
                )
            )

    def _staff_by_mobile(self, row: PersonRow, taken: set[UUID]) -> KnownPerson | None:
        """Return the colleague with this number; typing it in a chat does not make a visitor one."""
        trusted = [
            person
            for person in self.with_mobile(row.mobile, taken)
            if person.is_staff or not person.self_bound or not row.roles & STAFF_ROLES
        ]
        return min(
            trusted,
            key=lambda one: (one.name != row.name, not one.is_staff, one.self_bound, *_oldest(one)),
            default=None,
        )

    def _contact_by_mobile(self, mobile: str, customer_id: UUID, taken: set[UUID]) -> KnownPerson | None:
        return min(
            self.with_mobile(mobile, taken),
            key=lambda one: (one.customer_id != customer_id, not one.roles & CUSTOMER, *_oldest(one)),
            default=None,
        )

    def with_mobile(self, mobile: str, taken: Collection[UUID] = ()) -> list[KnownPerson]:
        """Return everybody with a mobile number whom no row has taken."""
        found = self._by_mobile.get(mobile, set()) if mobile else set()
        return [self._people[person_id] for person_id in found.difference(taken)]

    def _keep(self, person: KnownPerson) -> None:
        self._put(person)
        self.after[person.id] = person

    def _put(self, person: KnownPerson) -> None:
        earlier = self._people.get(person.id)
        if earlier is not None:
            self._by_mobile[earlier.mobile].discard(person.id)
        self._by_mobile.setdefault(person.mobile, set()).add(person.id)
        self._people[person.id] = person


def _rebound(
    bound: frozenset[tuple[str, str]], stated: frozenset[tuple[str, str]]
) -> frozenset[tuple[str, str]]:
    """Return the identities after the file: a new user id replaces what its platform had before."""
    changed = {platform for platform, _ in stated - bound}
    return frozenset(pair for pair in bound if pair[0] not in changed) | stated


def _oldest(person: KnownPerson) -> tuple[bool, datetime, str]:
    return (not person.active, person.created_at, str(person.id))
