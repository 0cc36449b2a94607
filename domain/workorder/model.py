"""Tables of work orders and of the offers made to technicians."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.kernel.model import Base
from domain.workorder.events import (
    OfferExpired,
    OfferExtended,
    WorkOrderAccepted,
    WorkOrderCancelled,
    WorkOrderDeclined,
    WorkOrderEvent,
    WorkOrderLeftUnassigned,
    WorkOrderOffered,
)
from domain.workorder.status import Status

DUE = text("next_due_at IS NOT NULL")
OPEN_OFFER = text("outcome = 'open'")


class WorkOrder(Base):
    """One work order.

    Source: docs/reference/work-order-lifecycle.md.
    """

    __tablename__ = "work_order"
    __table_args__ = (
        Index("ix_work_order_next_due", "next_due_at", postgresql_where=DUE, sqlite_where=DUE),
        Index("ix_work_order_assignee_status", "assignee_id", "status"),
        Index("ix_work_order_requester_created", "requester_id", "created_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(24), unique=True)
    type: Mapped[str] = mapped_column(String(30), default="repair")
    status: Mapped[str] = mapped_column(String(20))
    version: Mapped[int] = mapped_column(default=1)
    customer_id: Mapped[UUID | None] = mapped_column(ForeignKey("customer.id"), index=True)
    asset_id: Mapped[UUID | None] = mapped_column(ForeignKey("asset.id"), default=None)
    requester_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    assignee_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), default=None)
    description: Mapped[str] = mapped_column(Text)
    region: Mapped[str] = mapped_column(String(100), default="")
    origin: Mapped[str] = mapped_column(String(300))
    source_key: Mapped[str] = mapped_column(String(200), unique=True)
    created_at: Mapped[datetime]
    status_since: Mapped[datetime]
    offer_expires_at: Mapped[datetime | None] = mapped_column(default=None)
    next_due_at: Mapped[datetime | None] = mapped_column(default=None)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @property
    def state(self) -> Status:
        """Return the status as its enumeration."""
        return Status(self.status)

    def apply(self, event: WorkOrderEvent) -> None:
        """Become what the event says; decides nothing.

        `assignee_id` is whoever is asked or has accepted; `next_due_at` is when the clock must look again.
        """
        match event:
            case WorkOrderOffered() | OfferExtended():
                self._move(Status.OFFERED, event, event.technician_id, event.expires_at)
            case WorkOrderAccepted():
                self._move(Status.ACCEPTED, event, event.assignee_id, None)
            case WorkOrderDeclined() | OfferExpired():
                self._move(Status.DISPATCHING, event, None, event.occurred_at)
            case WorkOrderLeftUnassigned():
                self._move(Status.DISPATCHING, event, None, None)
            case WorkOrderCancelled():
                self._move(Status.CANCELLED, event, self.assignee_id, None)

    def _move(
        self, status: Status, event: WorkOrderEvent, assignee_id: UUID | None, due_at: datetime | None
    ) -> None:
        if status != self.status:
            self.status_since = event.occurred_at
        self.status = status.value
        self.assignee_id = assignee_id
        self.next_due_at = due_at
        self.offer_expires_at = due_at if status is Status.OFFERED else None


class Offer(Base):
    """One technician was asked once; a technician is asked again only by a dispatcher."""

    __tablename__ = "offer"
    __table_args__ = (
        Index("ix_offer_work_order_technician", "work_order_id", "technician_id"),
        Index(
            "uq_offer_open",
            "work_order_id",
            unique=True,
            postgresql_where=OPEN_OFFER,
            sqlite_where=OPEN_OFFER,
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    work_order_id: Mapped[UUID] = mapped_column(ForeignKey("work_order.id"))
    technician_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    offered_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(String(20), default="open")
    reason: Mapped[str] = mapped_column(String(500), default="")
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
