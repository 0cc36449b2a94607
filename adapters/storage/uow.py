"""One transaction over everything, for handlers, policies and the inbound path."""

from collections.abc import Sequence
from datetime import datetime
from types import TracebackType
from typing import Self
from uuid import UUID

from sqlalchemy import insert

from adapters.delivery.store import Desk, Owed
from adapters.inbound import sender_key
from adapters.storage.changes import changes_of
from adapters.storage.copies import card_audience, changes_once, is_owed, renew_update_code, shown_to
from adapters.storage.dialect import table_of
from adapters.storage.dialogues import SqlDialogues
from adapters.storage.engine import Database
from adapters.storage.flushing import flush
from adapters.storage.inbox import Inbox
from adapters.storage.outbox import put_notices, revoke, wake_waiting
from adapters.storage.repositories.assets import SqlAssets, SqlCustomers
from adapters.storage.repositories.board import SqlBoard
from adapters.storage.repositories.digests import SqlDigests
from adapters.storage.repositories.dispatching import SqlDispatchRules
from adapters.storage.repositories.drafts import SqlDrafts
from adapters.storage.repositories.files import SqlFiles
from adapters.storage.repositories.groups import SqlGroupRequests
from adapters.storage.repositories.hand_overs import SqlHandOvers
from adapters.storage.repositories.histories import SqlHistories
from adapters.storage.repositories.parts import SqlParts
from adapters.storage.repositories.people import SqlPeople
from adapters.storage.repositories.pool import SqlPool
from adapters.storage.repositories.processes import SqlProcesses
from adapters.storage.repositories.sla import SqlSla
from adapters.storage.repositories.stock import SqlStock
from adapters.storage.repositories.suppliers import SqlSuppliers
from adapters.storage.repositories.supply import SqlSupply
from adapters.storage.repositories.survey import SqlSurveys
from adapters.storage.repositories.work_orders import SqlWorkOrders
from adapters.storage.tables import EventRow
from domain.kernel.links import Links, NoLinks
from domain.kernel.messages import Event
from domain.kernel.notices import Notice
from domain.workorder.report import CheckItem

NO_LINKS = NoLinks()
_APPEND = insert(table_of(EventRow)).inline()


class SqlUnitOfWork:
    """A transaction that begins with `with` and is undone unless `commit` is called.

    Args:
        desks: the service desk's groups.
        now: the moment this transaction works at.
        channel: the door the cause came through, for the events.
        correlation_id: follows a message from the inbox to its deliveries.
        links: what makes links to pages.
    """

    def __init__(
        self,
        database: Database,
        *,
        desks: Sequence[Desk],
        now: datetime,
        channel: str,
        correlation_id: str,
        links: Links = NO_LINKS,
    ) -> None:
        self._session = database.write()
        self._desks = desks
        self._now = now
        self._channel = channel
        self._correlation_id = correlation_id
        self.links = links
        self._recorded: list[Event] = []
        self._facts: list[dict[str, object]] = []
        self._notices: list[Notice] = []
        self.people = SqlPeople(self._session)
        self.customers = SqlCustomers(self._session)
        self.assets = SqlAssets(self._session)
        self.files = SqlFiles(self._session)
        self.drafts = SqlDrafts(self._session)
        self.histories = SqlHistories(self._session)
        self.dispatch_rules = SqlDispatchRules(self._session)
        self.pool = SqlPool(self._session)
        self.board = SqlBoard(self._session)
        self.group_requests = SqlGroupRequests(self._session)
        self.surveys = SqlSurveys(self._session)
        self.work_orders = SqlWorkOrders(self._session, database.counting)
        self.sla = SqlSla(self._session, database.sla_versions)
        self.processes = SqlProcesses(self._session, database.process_versions, database.counting)
        self.parts = SqlParts(self._session)
        self.stock = SqlStock(self._session)
        self.hand_overs = SqlHandOvers(self._session)
        self.supply = SqlSupply(self._session, database.counting)
        self.suppliers = SqlSuppliers(self._session)
        self.digests = SqlDigests(self._session)
        self.inbox = Inbox(self._session)
        self.dialogues = SqlDialogues(self._session)

    def __enter__(self) -> Self:
        self._session.begin()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.close()

    def record(self, event: Event) -> None:
        """Append a fact; the flush gives changed records the version that cards will carry."""
        self._recorded.append(event)
        self._facts.append(
            {
                "name": type(event).__name__,
                "subject_id": event.subject_id,
                "actor_id": event.actor_id,
                "channel": self._channel,
                "correlation_id": self._correlation_id,
                "occurred_at": event.occurred_at,
                "payload": event.payload(),
                "changes": changes_of(self._session, event.subject_id),
            }
        )
        flush(self._session)

    def take_recorded(self) -> list[Event]:
        """Return the facts recorded since the last call."""
        recorded, self._recorded = self._recorded, []
        return recorded

    def notify(self, notice: Notice) -> None:
        """Owe somebody a notification."""
        self._notices.append(notice)

    def checklist(self, asset_id: UUID | None) -> Sequence[CheckItem]:
        """Return what a report about this asset has to answer."""
        kind = self.assets.kind_of(asset_id) if asset_id is not None else None
        if kind is None:
            return []
        readings = ({**item, "reading": True} for item in kind.report_items)
        return [CheckItem.model_validate(item) for item in (*kind.checklist, *readings)]

    def name_of(self, person_id: UUID | None) -> str:
        """Return the name of whoever holds a work order."""
        return self.people.get(person_id).name if person_id is not None else "其他人"

    def is_owed(self, audience: str, subject_id: UUID) -> bool:
        """Return whether a notice about this record is still on its way to an audience."""
        return is_owed(self._session, audience, subject_id)

    def changes_once(self, audience: str, subject_id: UUID) -> bool:
        """Return whether the card shown to an audience can be changed once at most."""
        return changes_once(self._session, audience, subject_id)

    def shown_to(self, subject_id: UUID) -> Sequence[UUID]:
        """Return the people who have the living card of this record in their own chats."""
        return shown_to(self._session, subject_id)

    def release_held(self, platform: str, user_id: str) -> None:
        """Let what an unknown sender said before they were bound be handled now."""
        self.inbox.release_held(sender_key(platform, user_id))

    def wake_waiting(self, audience: str) -> None:
        """Put notices that waited for this person to speak back in line."""
        wake_waiting(self._session, audience, self._now)

    def card_audience(self, ref: str, subject_id: UUID) -> str:
        """Return whose living card of this record a platform calls by this name, or an empty text."""
        return card_audience(self._session, ref, subject_id)

    def renew_update_code(self, ref: str, code: str) -> None:
        """Keep the fresh single-use code that a press brought along."""
        renew_update_code(self._session, ref, code, self._now)

    def revoke(self, ref: str, code: str) -> Owed | None:
        """Note that a platform revoked a message it had accepted; return it if it waits now."""
        return revoke(self._session, ref, code, self._now)

    def continue_as(self, channel: str, correlation_id: str) -> None:
        """Record what follows under the door and the correlation id that a kept delivery came in with."""
        self._channel, self._correlation_id = channel, correlation_id

    def commit(self) -> None:
        """Make everything durable at once.

        Raises:
            ConcurrentUpdate: somebody changed the same record meanwhile.
        """
        flush(self._session)
        if self._facts:
            self._session.execute(_APPEND, self._facts)
        put_notices(
            self._session,
            self._notices,
            desks=self._desks,
            now=self._now,
            correlation_id=self._correlation_id,
            born=self.work_orders.born,
        )
        self._session.commit()
