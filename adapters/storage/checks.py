"""What an operator asks of the database; run by hand, never on the way of a message."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from adapters.inbound import Inbound, UnsupportedContent
from adapters.storage.engine import Database
from adapters.storage.outbox import SqlOutbox
from adapters.storage.tables import DeliveryRow, InboxRow, OutboxRow
from domain.kernel.notices import DESK
from domain.people.model import Person


class Checks:
    """Counts and look-ups for `fixloop doctor`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def unsupported_kinds(self) -> Sequence[tuple[str, int]]:
        """Return how many deliveries of each type we do not handle came in, most first."""
        seen = Counter[str]()
        with self._database.read() as session:
            query = select(InboxRow.inbound).where(InboxRow.kind == "unsupported")
            for stored in session.execute(query.execution_options(yield_per=1000)).scalars():
                content = Inbound.model_validate_json(stored).content
                if isinstance(content, UnsupportedContent):
                    seen[content.type_name] += 1
        return seen.most_common()

    def backlog(self, since: datetime) -> tuple[int, int, int]:
        """Return how many deliveries failed and notices died since then, and how many notices wait."""
        with self._database.read() as session:
            failed = session.execute(
                select(func.count()).where(InboxRow.state == "failed", InboxRow.received_at >= since)
            ).scalar_one()
            dead = session.execute(
                select(func.count()).where(OutboxRow.state == "dead", OutboxRow.created_at >= since)
            ).scalar_one()
            waiting = session.execute(select(func.count()).where(OutboxRow.state == "waiting")).scalar_one()
        return failed, dead, waiting

    def silent_groups(self, since: datetime) -> Sequence[tuple[str, str]]:
        """Return the desk's groups that refused for good what was owed to them, with the newest code."""
        query = (
            select(OutboxRow.audience, DeliveryRow.code)
            .join(DeliveryRow, DeliveryRow.outbox_seq == OutboxRow.seq)
            .where(OutboxRow.state == "dead", OutboxRow.created_at >= since, DeliveryRow.outcome == "failed")
            .where(OutboxRow.audience.startswith(f"{DESK}:"))
            .order_by(DeliveryRow.id)
        )
        newest: dict[str, str] = {}
        with self._database.read() as session:
            for audience, code in session.execute(query):
                newest[audience.removeprefix(f"{DESK}:")] = code
        return list(newest.items())

    def person_named(self, name: str) -> UUID | None:
        """Return the one active person of this name, or None."""
        with self._database.read() as session:
            found = (
                session.execute(select(Person.id).where(Person.name == name, Person.active)).scalars().all()
            )
        return found[0] if len(found) == 1 else None

    def identities(self, person_id: UUID) -> Sequence[tuple[str, str]]:
        """Return (platform, user id) of everything a person is."""
        return SqlOutbox(self._database).identities(person_id)

    def was_pressed(self, probe_id: UUID, since: datetime) -> bool:
        """Return whether a press of this self-test came in."""
        query = select(InboxRow.seq).where(
            InboxRow.kind == "press",
            InboxRow.received_at >= since,
            InboxRow.inbound.contains(str(probe_id)),
        )
        with self._database.read() as session:
            return session.execute(query.limit(1)).first() is not None
