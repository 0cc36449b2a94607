"""People and who they are on each platform."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import Session, joinedload

from domain.assets.model import Customer
from domain.kernel.errors import NotFound
from domain.people.model import Identity, Person, PersonRole, Role
from domain.people.ports import Technician
from domain.workorder.model import WorkOrder
from domain.workorder.status import OPEN

STAFF_PLATFORMS = ("dingtalk", "wecom")

# Every delivery asks this, and then for the roles and the customer: one reading brings all three.
_BY_IDENTITY = (
    select(Person, Customer)
    .join(Identity)
    .outerjoin(Customer, Customer.id == Person.customer_id)
    .where(Identity.platform == bindparam("platform"), Identity.user_id == bindparam("user_id"))
    .options(joinedload(Person.role_rows))
)


class SqlPeople:
    """The people port on SQLAlchemy."""

    def __init__(self, session: Session) -> None:
        self._session = session
        # The session keeps only what somebody holds; every policy would read the person again.
        self._held: dict[UUID, Person] = {}
        self._customers: list[Customer | None] = []

    def get(self, person_id: UUID) -> Person:
        """Return one person, or raise NotFound."""
        if person_id not in self._held:
            person = self._session.get(Person, person_id)
            if person is None:
                raise NotFound(what="人员")
            self._held[person_id] = person
        return self._held[person_id]

    def read(self, person_ids: Collection[UUID]) -> None:
        """Read several people at once, so that `get` has them already."""
        query = select(Person).where(Person.id.in_(person_ids))
        self._held |= {one.id: one for one in self._session.execute(query).scalars()}

    def by_identity(self, platform: str, user_id: str) -> Person | None:
        """Return who this platform user is, or None."""
        found = self._session.execute(_BY_IDENTITY, {"platform": platform, "user_id": user_id})
        row = found.unique().one_or_none()
        if row is None:
            return None
        person: Person = row[0]
        self._held[person.id] = person
        self._customers.append(row[1])
        return person

    def by_mobile(self, mobile: str) -> Sequence[Person]:
        """Return everybody with this mobile number."""
        query = select(Person).where(Person.mobile == mobile).order_by(Person.created_at, Person.id)
        return self._session.execute(query).scalars().all()

    def by_name(self, name: str, role: Role) -> Sequence[Person]:
        """Return the active people of this exact name and role."""
        query = select(Person).join(PersonRole).where(Person.name == name, PersonRole.role == role.value)
        return self._session.execute(query.where(Person.active)).scalars().all()

    def with_roles(self, roles: Collection[Role]) -> Sequence[Person]:
        """Return the active people with any of these roles."""
        wanted = select(PersonRole.person_id).where(PersonRole.role.in_([role.value for role in roles]))
        query = select(Person).where(Person.id.in_(wanted), Person.active).order_by(Person.name, Person.id)
        return self._session.execute(query).scalars().all()

    def technicians(self) -> Sequence[Technician]:
        """Return the reachable technicians with their open jobs, counted on an index of open work orders."""
        reachable = select(Identity.person_id).where(Identity.platform.in_(STAFF_PLATFORMS))
        theirs = and_(
            WorkOrder.assignee_id == Person.id, WorkOrder.status.in_([status.value for status in OPEN])
        )
        jobs = select(func.count()).where(theirs).scalar_subquery()
        expected = func.coalesce(func.sum(WorkOrder.details["estimated_min"].as_integer()), 0)
        minutes = select(expected).where(theirs).scalar_subquery()
        query = (
            select(Person.id, Person.name, Person.region, jobs, Person.skills, minutes)
            .join(PersonRole)
            .where(PersonRole.role == Role.TECHNICIAN.value, Person.active, Person.id.in_(reachable))
        )
        return [
            Technician(person_id, name, region, open_jobs, tuple(skills), open_minutes)
            for person_id, name, region, open_jobs, skills, open_minutes in self._session.execute(query)
        ]

    def add(self, person: Person) -> None:
        """Keep a new person."""
        self._session.add(person)

    def add_identity(self, identity: Identity) -> None:
        """Bind a platform user to a person."""
        self._session.add(identity)
