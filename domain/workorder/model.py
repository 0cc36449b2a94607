"""Tables of work orders, of the offers made to technicians, of reporters and of service reports."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, Text, TextClause, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.orm.attributes import flag_modified

from domain.kernel.model import Base
from domain.workorder import closing_events as closing
from domain.workorder.details import RequestDetails
from domain.workorder.events import (
    AssetCorrected,
    AssigneeLeft,
    DecisionAwaited,
    EstimateChanged,
    JobPartsChanged,
    OfferExpired,
    OfferExtended,
    OrderTypeChanged,
    PriorityChanged,
    ReporterJoined,
    ReporterLeft,
    TechniciansRecommended,
    WorkOrderAccepted,
    WorkOrderCancelled,
    WorkOrderDeclined,
    WorkOrderEvent,
    WorkOrderLeftUnassigned,
    WorkOrderMerged,
    WorkOrderOffered,
    WorkOrderRecalled,
)
from domain.workorder.field_events import (
    FieldStep,
    ReportAmended,
    TechnicianArrived,
    TechnicianDeparted,
    WorkCompleted,
    WorkOrderHeld,
    WorkOrderResumed,
    WorkStarted,
)
from domain.workorder.status import UNASSIGNED, UNDER_WAY, Status

DUE = text("next_due_at IS NOT NULL")
OPEN_OFFER = text("outcome = 'open'")
UNFINISHED = text("status NOT IN ('closed', 'cancelled')")


def _only(rows: TextClause) -> dict[str, Any]:
    """Return what makes an index partial on both databases."""
    return {"postgresql_where": rows, "sqlite_where": rows}


class WorkOrder(Base):
    """One work order.

    Source: docs/reference/work-order-lifecycle.md.
    """

    __tablename__ = "work_order"
    __table_args__ = (
        Index("ix_work_order_next_due", "next_due_at", **_only(DUE)),
        Index("ix_work_order_assignee_status", "assignee_id", "status"),
        Index("ix_work_order_requester_created", "requester_id", "created_at"),
        Index("ix_work_order_customer_created", "customer_id", "created_at"),
        Index("ix_work_order_asset_created", "asset_id", "created_at"),
        Index("ix_work_order_created_at", "created_at"),
        Index("ix_work_order_pool", "priority", "created_at", **_only(UNFINISHED)),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(24), unique=True)
    type: Mapped[str] = mapped_column(String(30), default="repair")
    status: Mapped[str] = mapped_column(String(20))
    version: Mapped[int] = mapped_column(default=1)
    customer_id: Mapped[UUID | None] = mapped_column(ForeignKey("customer.id"))
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
    priority: Mapped[str] = mapped_column(String(2), default="P3")
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    held_from: Mapped[str] = mapped_column(String(20), default="")
    hold_reason: Mapped[str] = mapped_column(String(20), default="")
    eta_at: Mapped[datetime | None] = mapped_column(default=None)
    report_version: Mapped[int] = mapped_column(default=0)
    rejections: Mapped[int] = mapped_column(default=0)
    reopenings: Mapped[int] = mapped_column(default=0)
    reporter_count: Mapped[int] = mapped_column(default=1)
    desk_asked: Mapped[bool] = mapped_column(default=False)
    candidates: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    rating: Mapped[int | None] = mapped_column(default=None)
    completed_at: Mapped[datetime | None] = mapped_column(default=None)
    signed_off_at: Mapped[datetime | None] = mapped_column(default=None)
    followed_up_at: Mapped[datetime | None] = mapped_column(default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    awaiting: Mapped[str] = mapped_column(String(300), default="")
    has_parts: Mapped[bool] = mapped_column(default=False)
    settled_fen: Mapped[int | None] = mapped_column(BigInteger, default=None)
    payer: Mapped[str] = mapped_column(String(20), default="")
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("work_order.id"), default=None)
    earlier_id: Mapped[UUID | None] = mapped_column(ForeignKey("work_order.id"), default=None)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @property
    def state(self) -> Status:
        """Return the status as its enumeration."""
        return Status(self.status)

    @property
    def request(self) -> RequestDetails:
        """Return what is known of the request."""
        return RequestDetails.model_validate(self.details)

    def apply(self, event: WorkOrderEvent) -> None:
        """Become what the event says; decides nothing.

        `assignee_id` is whoever is asked or has accepted; `next_due_at` is when the clock must look again.
        """
        self._apply_offering(event)
        self._apply_field(event)
        self._apply_closing(event)

    def _apply_offering(self, event: WorkOrderEvent) -> None:
        match event:
            case WorkOrderOffered() | OfferExtended():
                self._move(Status.OFFERED, event, event.technician_id, event.expires_at)
            case WorkOrderAccepted():
                self._move(Status.ACCEPTED, event, event.assignee_id, None)
            case WorkOrderDeclined() | OfferExpired() | AssigneeLeft() | WorkOrderRecalled():
                self._move(Status.DISPATCHING, event, None, event.occurred_at)
            case WorkOrderLeftUnassigned():
                self.desk_asked = True
                self._move(Status.DISPATCHING, event, None, None)
            case TechniciansRecommended():
                self.desk_asked = True
                self._move(Status.DISPATCHING, event, None, event.decide_by)
                pairs = zip(event.candidates, event.reasons, strict=True)
                self.candidates = [{"id": str(one), "reason": reason} for one, reason in pairs]
            case WorkOrderCancelled():
                self._move(Status.CANCELLED, event, self.assignee_id, None)
            case WorkOrderMerged():
                self.merged_into_id = event.into_id
                self._move(Status.CANCELLED, event, self.assignee_id, None)
            case PriorityChanged():
                self.priority = event.after
                self._dispatch_again(event)
            case AssetCorrected():
                self.asset_id = event.after_id
            case OrderTypeChanged():
                self.type = event.after
                self._dispatch_again(event)
            case DecisionAwaited():
                self.awaiting = event.awaiting
            case JobPartsChanged():
                self.has_parts = True
                # Its cards read other lines now, though nothing of its own row may be another.
                flag_modified(self, "has_parts")
            case EstimateChanged():
                self.details = {**self.details, "estimated_min": event.minutes}
            case ReporterJoined() | ReporterLeft():
                self.reporter_count += 1 if isinstance(event, ReporterJoined) else -1

    def _apply_field(self, event: WorkOrderEvent) -> None:
        match event:
            case TechnicianDeparted():
                self.eta_at = event.eta_at
                self._move(Status.EN_ROUTE, event, self.assignee_id, None)
            case TechnicianArrived():
                self._move(Status.ON_SITE, event, self.assignee_id, None)
            case WorkStarted():
                self._move(Status.IN_PROGRESS, event, self.assignee_id, None)
            case WorkCompleted():
                self.report_version, self.completed_at = event.report_version, event.occurred_at
                self._move(Status.COMPLETED, event, self.assignee_id, None)
            case ReportAmended():
                self.report_version, self.signed_off_at = event.version, None
                self._move(Status.COMPLETED, event, self.assignee_id, None)
            case WorkOrderHeld():
                self.held_from, self.hold_reason = event.held_from, event.reason
                kept = self.assignee_id if Status(event.held_from) in UNDER_WAY else None
                self._move(Status.ON_HOLD, event, kept, None)
            case WorkOrderResumed():
                self.held_from, self.hold_reason = "", ""
                again = None if Status(event.status) in UNDER_WAY else event.occurred_at
                self._move(Status(event.status), event, self.assignee_id, again)

    def _apply_closing(self, event: WorkOrderEvent) -> None:
        match event:
            case closing.WorkSignedOff():
                self.signed_off_at = event.occurred_at
                self._move(Status.SIGNED_OFF, event, self.assignee_id, None)
            case closing.WorkRejected():
                self.rejections = event.times
                self._move(Status.ACCEPTED, event, self.assignee_id, None)
            case closing.WorkOrderSettled():
                self.settled_fen, self.payer = event.amount_fen, event.payer
                self._move(Status.SETTLED, event, self.assignee_id, None)
            case closing.WorkOrderFollowedUp():
                self.followed_up_at = event.occurred_at if event.complete else None
            case closing.FollowUpOwed():
                self.followed_up_at = None
            case closing.WorkOrderRated():
                self.rating = event.lowest or event.score
            case closing.WorkOrderClosed():
                self.closed_at = event.occurred_at
                self._move(Status.CLOSED, event, self.assignee_id, None)
            case closing.WorkOrderReopened():
                self.reopenings += 1
                self.completed_at = self.signed_off_at = self.followed_up_at = self.closed_at = None
                self.settled_fen, self.payer = None, ""
                self._move(Status.DISPATCHING, event, None, event.occurred_at)

    def _dispatch_again(self, event: WorkOrderEvent) -> None:
        """Let the clock look at a work order that nobody has: another rule may fit it now."""
        if self.state in UNASSIGNED:
            self.next_due_at, self.candidates = event.occurred_at, []

    def _move(
        self, status: Status, event: WorkOrderEvent, assignee_id: UUID | None, due_at: datetime | None
    ) -> None:
        if status != self.status:
            # A step that is recorded afterwards happened when it is said to have, and so did what follows.
            claimed_at = event.claimed_at if isinstance(event, FieldStep) else None
            self.status_since = claimed_at or event.occurred_at
        self.status = status.value
        self.assignee_id = assignee_id
        self.next_due_at = due_at
        self.offer_expires_at = due_at if status is Status.OFFERED else None
        if status is not Status.EN_ROUTE:
            self.eta_at = None
        if self.candidates:
            self.candidates = []
        if status is not Status.ON_HOLD:
            self.held_from, self.hold_reason = "", ""


class Offer(Base):
    """One technician was asked once; a technician is asked again only by a dispatcher."""

    __tablename__ = "offer"
    __table_args__ = (
        Index("ix_offer_work_order_technician", "work_order_id", "technician_id"),
        Index("uq_offer_open", "work_order_id", unique=True, **_only(OPEN_OFFER)),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    work_order_id: Mapped[UUID] = mapped_column(ForeignKey("work_order.id"))
    technician_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    offered_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(String(20), default="open")
    reason: Mapped[str] = mapped_column(String(500), default="")
    answered_at: Mapped[datetime | None] = mapped_column(default=None)


class Reporter(Base):
    """Somebody who reported the same fault and is kept informed; who left keeps their words."""

    __tablename__ = "reporter"
    __table_args__ = (
        UniqueConstraint("work_order_id", "person_id"),
        Index("ix_reporter_person_joined", "person_id", "joined_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    work_order_id: Mapped[UUID] = mapped_column(ForeignKey("work_order.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    conversation: Mapped[str] = mapped_column(String(300))
    words: Mapped[str] = mapped_column(Text)
    source_key: Mapped[str] = mapped_column(String(200))
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None] = mapped_column(default=None)


class ReportVersion(Base):
    """One version of a service report; an earlier one is never changed."""

    __tablename__ = "report_version"

    work_order_id: Mapped[UUID] = mapped_column(ForeignKey("work_order.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    report: Mapped[dict[str, Any]]
    filed_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    filed_at: Mapped[datetime]
