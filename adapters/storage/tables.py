"""Tables that belong to no area: what came in, what goes out, what happened, what is shared."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Double, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.kernel.model import Base, Serial

PENDING = text("state = 'pending'")
FOLDABLE = text("state = 'pending' AND line <> ''")
SHOWN = text("state = 'sent' AND line <> ''")


class EventRow(Base):
    """Everything that ever happened; appended, never changed (a trigger refuses)."""

    __tablename__ = "event"

    seq: Mapped[int] = mapped_column(Serial, primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[UUID] = mapped_column(index=True)
    actor_id: Mapped[str] = mapped_column(String(64))
    channel: Mapped[str] = mapped_column(String(20))
    correlation_id: Mapped[str] = mapped_column(String(36))
    occurred_at: Mapped[datetime]
    payload: Mapped[dict[str, Any]]
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict)


class InboxRow(Base):
    """One delivery of a platform, with the answer it got.

    `state`: `done`, `pending` (to be handled by the worker), `held` (the sender is not bound yet),
    `history` (kept, never answered), `failed` (a defect; an operator must look).
    """

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("channel", "delivery_key"),
        Index("ix_inbox_pending", "next_try_at", postgresql_where=PENDING, sqlite_where=PENDING),
        Index(
            "ix_inbox_waiting_sender",
            "sender_key",
            "seq",
            postgresql_where=text("state IN ('pending', 'held')"),
            sqlite_where=text("state IN ('pending', 'held')"),
        ),
    )

    seq: Mapped[int] = mapped_column(Serial, primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    delivery_key: Mapped[str] = mapped_column(String(128))
    sender_key: Mapped[str] = mapped_column(String(160))
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(10))
    inbound: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text, default="")
    refusal: Mapped[str] = mapped_column(String(60), default="")
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime]
    received_at: Mapped[datetime]
    correlation_id: Mapped[str] = mapped_column(String(36))


class OutboxRow(Base):
    """One notification owed to one audience.

    `state`: `pending`, `waiting` (until the person speaks again), `sent`, `superseded`, `moot` (its condition
    does not hold any more), `expired`, `dead`.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_due", "due_at", "seq", postgresql_where=PENDING, sqlite_where=PENDING),
        Index("ix_outbox_lane", "lane", "seq", postgresql_where=PENDING, sqlite_where=PENDING),
        Index(
            "ix_outbox_waiting",
            "audience",
            postgresql_where=text("state = 'waiting'"),
            sqlite_where=text("state = 'waiting'"),
        ),
        Index("ix_outbox_foldable", "audience", "due_at", postgresql_where=FOLDABLE, sqlite_where=FOLDABLE),
        Index("ix_outbox_shown", "audience", "sent_at", postgresql_where=SHOWN, sqlite_where=SHOWN),
    )

    seq: Mapped[int] = mapped_column(Serial, primary_key=True)
    message_key: Mapped[str] = mapped_column(String(32), unique=True)
    audience: Mapped[str] = mapped_column(String(400))
    lane: Mapped[str] = mapped_column(String(440))
    card: Mapped[str] = mapped_column(String(40))
    view: Mapped[dict[str, Any]]
    subject_id: Mapped[UUID | None]
    living: Mapped[bool]
    anew: Mapped[bool] = mapped_column(default=False)
    platform: Mapped[str] = mapped_column(String(20), default="")
    state: Mapped[str] = mapped_column(String(12), default="pending")
    rung: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None] = mapped_column(default=None)
    expires_at: Mapped[datetime | None] = mapped_column(default=None)
    last_error: Mapped[str] = mapped_column(String(200), default="")
    correlation_id: Mapped[str] = mapped_column(String(36))
    created_at: Mapped[datetime]
    line: Mapped[str] = mapped_column(String(200), default="")
    urgency: Mapped[int] = mapped_column(default=0)
    only_while: Mapped[str] = mapped_column(String(80), default="")
    mentions: Mapped[list[str]] = mapped_column(default=list)
    fold_key: Mapped[str] = mapped_column(String(32), default="")
    sent_at: Mapped[datetime | None] = mapped_column(default=None)


class FoldTurnRow(Base):
    """Which pump folds what is owed to an audience now; a row is there only while one does.

    `leader` is a row of the outbox that belongs to that pump; the turn is renewed with it.
    """

    __tablename__ = "fold_turn"

    audience: Mapped[str] = mapped_column(String(400), primary_key=True)
    leader: Mapped[int] = mapped_column(Serial, autoincrement=False, index=True)
    claimed_until: Mapped[datetime]


class SendBudgetRow(Base):
    """The bucket of tokens of one address: how many there were at a moment, in seconds since the epoch."""

    __tablename__ = "send_budget"

    key: Mapped[str] = mapped_column(String(400), primary_key=True)
    tokens: Mapped[float] = mapped_column(Double)
    as_of_s: Mapped[float] = mapped_column(Double)


class DeliveryRow(Base):
    """One attempt to deliver: the ledger from intended to accepted, refused or revoked."""

    __tablename__ = "delivery"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    outbox_seq: Mapped[int] = mapped_column(Serial, ForeignKey("outbox.seq"), index=True)
    rung: Mapped[str] = mapped_column(String(30))
    address: Mapped[str] = mapped_column(String(400))
    outcome: Mapped[str] = mapped_column(String(12))
    code: Mapped[str] = mapped_column(String(100), default="")
    ref: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[datetime]


class CardCopyRow(Base):
    """Where a record's living card is shown to one audience, and how it can be changed there."""

    __tablename__ = "card_copy"
    __table_args__ = (
        Index(
            "ix_card_copy_update_until",
            "update_until",
            postgresql_where=text("update_until IS NOT NULL"),
            sqlite_where=text("update_until IS NOT NULL"),
        ),
    )

    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    audience: Mapped[str] = mapped_column(String(400), primary_key=True)
    rung: Mapped[str] = mapped_column(String(30))
    address: Mapped[str] = mapped_column(String(400))
    ref: Mapped[str] = mapped_column(String(200), index=True)
    update_code: Mapped[str] = mapped_column(String(300), default="")
    update_until: Mapped[datetime | None] = mapped_column(default=None)


class DialogueRow(Base):
    """A conversation that waits for its other half, e.g. the reason of a refusal."""

    __tablename__ = "dialogue"

    sender_key: Mapped[str] = mapped_column(String(160), primary_key=True)
    kind: Mapped[str] = mapped_column(String(30))
    data: Mapped[dict[str, Any]]
    expires_at: Mapped[datetime]


class KfAccountRow(Base):
    """How far one 微信客服 account was read."""

    __tablename__ = "kf_account"
    __table_args__ = (Index("ix_kf_account_due", "dirty", "due_at"),)

    open_kfid: Mapped[str] = mapped_column(String(64), primary_key=True)
    cursor: Mapped[str] = mapped_column(String(64), default="")
    token: Mapped[str] = mapped_column(String(128), default="")
    token_at: Mapped[datetime | None] = mapped_column(default=None)
    synced: Mapped[bool] = mapped_column(default=False)
    wakes: Mapped[int] = mapped_column(default=0)
    dirty: Mapped[bool] = mapped_column(default=False)
    due_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None] = mapped_column(default=None)


class PlatformTokenRow(Base):
    """A platform access token that all processes share."""

    __tablename__ = "platform_token"

    key: Mapped[str] = mapped_column(String(160), primary_key=True)
    token: Mapped[str] = mapped_column(String(1024))
    expires_at: Mapped[datetime]


class AibotReplyRow(Base):
    """An address at which one message to the AI bot may be answered once; it is a secret."""

    __tablename__ = "aibot_reply"
    __table_args__ = (Index("ix_aibot_reply_conversation", "conversation", "expires_at"),)

    msgid: Mapped[str] = mapped_column(String(128), primary_key=True)
    conversation: Mapped[str] = mapped_column(String(255))
    url: Mapped[str] = mapped_column(String(1024))
    expires_at: Mapped[datetime]
    taken: Mapped[bool] = mapped_column(default=False)


class NumberSeriesRow(Base):
    """The last work-order number of a day."""

    __tablename__ = "number_series"

    day: Mapped[date] = mapped_column(primary_key=True)
    last: Mapped[int]


class ImportBatchRow(Base):
    """One import that changed something about parts, so that it can be taken back.

    `document_id` is what its opening stock has in the ledger.
    """

    __tablename__ = "import_batch"

    seq: Mapped[int] = mapped_column(Serial, primary_key=True)
    document_id: Mapped[UUID]
    imported_at: Mapped[datetime]
    undone_at: Mapped[datetime | None] = mapped_column(default=None)


class ImportChangeRow(Base):
    """What an import did to one record; without `before` it was new.

    `said` is what people call it; `key`, `before` and `after` are columns as JSON.
    """

    __tablename__ = "import_change"

    batch_seq: Mapped[int] = mapped_column(
        Serial, ForeignKey("import_batch.seq"), primary_key=True, autoincrement=False
    )
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(20))
    said: Mapped[str] = mapped_column(String(200))
    key: Mapped[dict[str, Any]]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any]]
