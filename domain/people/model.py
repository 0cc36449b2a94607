"""Tables of people."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from domain.kernel.model import Base


class Role(StrEnum):
    """What a person is to us; one person may be several."""

    CUSTOMER = "customer"
    AGENT = "agent"
    DISPATCHER = "dispatcher"
    TECHNICIAN = "technician"
    STOREKEEPER = "storekeeper"
    MANAGER = "manager"
    DIRECTOR = "director"
    FINANCE = "finance"
    ADMIN = "admin"


DESK_ROLES = frozenset({Role.DISPATCHER, Role.MANAGER, Role.ADMIN})
STAFF_ROLES = frozenset(Role) - {Role.CUSTOMER}
BOARD_ROLES = DESK_ROLES | {Role.AGENT, Role.DIRECTOR}
"""Who sees where every technician and every work order is."""


class Person(Base):
    """Somebody we know; `customer_id` links a customer's contact to the customer.

    Args:
        manager_id: whom they report to, where the directory says so.
    """

    __tablename__ = "person"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    mobile: Mapped[str] = mapped_column(String(32), index=True, default="")
    region: Mapped[str] = mapped_column(String(100), default="")
    skills: Mapped[list[str]] = mapped_column(default=list)
    customer_id: Mapped[UUID | None] = mapped_column(ForeignKey("customer.id"), index=True, default=None)
    manager_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), default=None)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    role_rows: Mapped[list["PersonRole"]] = relationship(cascade="all, delete-orphan", lazy="selectin")
    identities: Mapped[list["Identity"]] = relationship(cascade="all, delete-orphan", back_populates="person")

    @property
    def roles(self) -> frozenset[Role]:
        """Return everything this person is."""
        return frozenset(Role(row.role) for row in self.role_rows)

    def give_roles(self, roles: frozenset[Role]) -> None:
        """Set exactly these roles."""
        self.role_rows = [row for row in self.role_rows if Role(row.role) in roles]
        self.role_rows += [PersonRole(role=role.value) for role in sorted(roles - self.roles)]


class PersonRole(Base):
    """One role of one person."""

    __tablename__ = "person_role"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(String(20), primary_key=True, index=True)


class Identity(Base):
    """Who a person is on one platform; one platform user is one person."""

    __tablename__ = "identity"
    __table_args__ = (UniqueConstraint("platform", "user_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    platform: Mapped[str] = mapped_column(String(20))
    user_id: Mapped[str] = mapped_column(String(128))
    bound_at: Mapped[datetime]
    person: Mapped[Person] = relationship(back_populates="identities")
