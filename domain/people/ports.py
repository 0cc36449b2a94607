"""What the people area needs of storage."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from domain.kernel.ports import UnitOfWork
from domain.people.model import Identity, Person, Role


@dataclass(frozen=True)
class Technician:
    """A technician as the pool rule sees one; `open_jobs` counts offered and unfinished work orders.

    Args:
        open_minutes: what these are expected to take together, as far as somebody said.
    """

    person_id: UUID
    name: str
    region: str
    open_jobs: int
    skills: tuple[str, ...] = ()
    open_minutes: int = 0


class People(Protocol):
    """The people we know."""

    def get(self, person_id: UUID) -> Person:
        """Return one person.

        Raises:
            NotFound: nobody has this id.
        """

    def read(self, person_ids: Collection[UUID]) -> None:
        """Read several people at once, so that `get` has them already."""

    def by_identity(self, platform: str, user_id: str) -> Person | None:
        """Return who this platform user is, or None."""

    def by_mobile(self, mobile: str) -> Sequence[Person]:
        """Return everybody with this mobile number."""

    def by_name(self, name: str, role: Role) -> Sequence[Person]:
        """Return the active people of this exact name and role."""

    def with_roles(self, roles: Collection[Role]) -> Sequence[Person]:
        """Return the active people with any of these roles."""

    def technicians(self) -> Sequence[Technician]:
        """Return the active technicians whom a staff platform reaches, with their open jobs."""

    def add(self, person: Person) -> None:
        """Keep a new person."""

    def add_identity(self, identity: Identity) -> None:
        """Bind a platform user to a person."""


class PeopleUnitOfWork(UnitOfWork, Protocol):
    """One transaction over people."""

    @property
    def people(self) -> People:
        """Return the people we know."""
