"""What is owed to people and how far each notification came, for somebody who looks at the ledger."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from adapters.storage.engine import Database
from adapters.storage.tables import DeliveryRow, EventRow, OutboxRow
from domain.kernel.notices import PERSON, TODO
from domain.people.model import Identity, Person

CONVERSATION = "conversation:"
JOBS = ("media:", "directory:")
"""What the pump does besides telling people something."""


@dataclass(frozen=True)
class Tried:
    """One line of the delivery ledger.

    Args:
        outcome: `accepted`, `failed`, `waiting`, `dead`, `expired`, `needless` or `revoked`.
    """

    at: datetime
    rung: str
    outcome: str
    code: str


@dataclass(frozen=True)
class Owed:
    """One notification with everything that was tried.

    Args:
        reader: the person's name; empty for a group.
        state: as in the outbox.
        retry_at: when it is due again; None once it is done.
        acted_at: when its reader next did something with its record, after it was accepted.
    """

    seq: int
    audience: str
    reader: str
    card: str
    view: Mapping[str, Any]
    state: str
    decided_at: datetime
    retry_at: datetime | None
    last_error: str
    tried: tuple[Tried, ...]
    acted_at: datetime | None

    @property
    def accepted_at(self) -> datetime | None:
        """Return when a platform took it."""
        return next((one.at for one in self.tried if one.outcome == "accepted"), None)


def notifications(database: Database, most: int) -> list[Owed]:
    """Return the newest notifications, the newest first."""
    with database.read() as session:
        rows = list(
            session.execute(
                select(OutboxRow)
                .where(*(~OutboxRow.audience.startswith(job) for job in JOBS))
                .order_by(OutboxRow.seq.desc())
                .limit(most)
            ).scalars()
        )
        tried = _tried(session, [row.seq for row in rows])
        readers = _readers(session, {row.audience for row in rows})
        acts = _acts(session, rows, {person_id for person_id, _ in readers.values()})
        return [_owed(row, tried[row.seq], readers.get(row.audience), acts) for row in rows]


def counts(database: Database) -> dict[str, int]:
    """Return how many notifications are in each state of the outbox."""
    with database.read() as session:
        query = (
            select(OutboxRow.state, func.count().label("many"))
            .where(*(~OutboxRow.audience.startswith(job) for job in JOBS))
            .group_by(OutboxRow.state)
        )
        return {row.state: row.many for row in session.execute(query)}


def _owed(
    row: OutboxRow,
    tried: Sequence[Tried],
    reader: tuple[UUID, str] | None,
    acts: Mapping[tuple[UUID, str], Sequence[datetime]],
) -> Owed:
    accepted_at = next((one.at for one in tried if one.outcome == "accepted"), None)
    acted_at = None
    if reader is not None and row.subject_id is not None and accepted_at is not None:
        done = acts.get((row.subject_id, str(reader[0])), ())
        acted_at = next((at for at in done if at > accepted_at), None)
    return Owed(
        seq=row.seq,
        audience=row.audience,
        reader=reader[1] if reader else "",
        card=row.card,
        view=row.view,
        state=row.state,
        decided_at=row.created_at,
        retry_at=row.due_at if row.state == "pending" else None,
        last_error=row.last_error,
        tried=tuple(tried),
        acted_at=acted_at,
    )


def _tried(session: Session, seqs: Collection[int]) -> dict[int, list[Tried]]:
    found = defaultdict[int, list[Tried]](list)
    query = select(DeliveryRow).where(DeliveryRow.outbox_seq.in_(seqs)).order_by(DeliveryRow.id)
    for row in session.execute(query).scalars():
        found[row.outbox_seq].append(Tried(row.at, row.rung, row.outcome, row.code))
    return found


def _readers(session: Session, audiences: Collection[str]) -> dict[str, tuple[UUID, str]]:
    """Return who reads what is said to each audience: a person, or the one whose chat it is."""
    ids: dict[str, UUID] = {}
    users: dict[str, str] = {}
    for audience in audiences:
        kind, _, rest = audience.partition(":")
        if f"{kind}:" in (PERSON, TODO):
            ids[audience] = UUID(rest)
        elif audience.startswith(CONVERSATION):
            users[audience] = rest.rpartition(":")[2]
    query = (
        select(Person.id, Person.name, Identity.user_id)
        .join(Identity, Identity.person_id == Person.id, isouter=True)
        .where(or_(Person.id.in_(ids.values()), Identity.user_id.in_(users.values())))
    )
    by_id: dict[UUID, str] = {}
    by_user: dict[str, tuple[UUID, str]] = {}
    for person_id, name, user_id in session.execute(query):
        by_id[person_id] = name
        by_user[user_id] = (person_id, name)
    found = {audience: (one, by_id[one]) for audience, one in ids.items() if one in by_id}
    return found | {audience: by_user[one] for audience, one in users.items() if one in by_user}


def _acts(
    session: Session, rows: Sequence[OutboxRow], people: Collection[UUID]
) -> Mapping[tuple[UUID, str], Sequence[datetime]]:
    """Return when each of these people did something with each of these records, in order."""
    subjects = {row.subject_id for row in rows if row.subject_id is not None}
    query = (
        select(EventRow.subject_id, EventRow.actor_id, EventRow.occurred_at)
        .where(EventRow.subject_id.in_(subjects), EventRow.actor_id.in_([str(one) for one in people]))
        .order_by(EventRow.seq)
    )
    found = defaultdict[tuple[UUID, str], list[datetime]](list)
    for subject_id, actor_id, occurred_at in session.execute(query):
        found[subject_id, actor_id].append(occurred_at)
    return found
