"""Cursors and wakes of 微信客服 accounts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import or_, select, update

from adapters.inbound import Inbound
from adapters.storage.dialect import dialect_of, insert_for
from adapters.storage.engine import Database
from adapters.storage.inbox import Inbox
from adapters.storage.tables import KfAccountRow
from adapters.wecom.ports import KfClaim

TOKEN_LIFE = timedelta(minutes=9)
"""The platform says ten; a minute is left for the way."""


class SqlKfLedger:
    """The 微信客服 ledger on SQLAlchemy; each method is a transaction of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def wake(self, open_kfid: str, token: str, at: datetime) -> None:
        """Note durably that there is something to pull."""
        with self._database.write() as session, session.begin():
            statement = insert_for(dialect_of(session), KfAccountRow).values(
                open_kfid=open_kfid,
                cursor="",
                token=token,
                token_at=at,
                synced=False,
                wakes=1,
                dirty=True,
                due_at=at,
            )
            change: dict[str, object] = {"wakes": KfAccountRow.wakes + 1, "dirty": True, "due_at": at}
            if token:
                change |= {"token": token, "token_at": at}
            session.execute(statement.on_conflict_do_update(index_elements=["open_kfid"], set_=change))

    def claim(self, now: datetime, lease_s: float) -> KfClaim | None:
        """Take one woken account that nobody else pulls, or None."""
        free = or_(KfAccountRow.claimed_until.is_(None), KfAccountRow.claimed_until < now)
        due = (
            select(KfAccountRow.open_kfid)
            .where(KfAccountRow.dirty, KfAccountRow.due_at <= now, free)
            .limit(1)
        )
        with self._database.read() as session:
            if session.execute(due).first() is None:
                return None
        with self._database.write() as session, session.begin():
            row = session.execute(
                update(KfAccountRow)
                .where(KfAccountRow.open_kfid.in_(due.with_for_update(skip_locked=True)))
                .values(claimed_until=now + timedelta(seconds=lease_s))
                .returning(KfAccountRow)
                .execution_options(synchronize_session=False)
            ).scalar_one_or_none()
            if row is None:
                return None
            fresh = row.token_at is not None and now - row.token_at < TOKEN_LIFE
            return KfClaim(row.open_kfid, row.cursor, row.token if fresh else "", not row.synced, row.wakes)

    def save_page(
        self, claim: KfClaim, next_cursor: str, page: Sequence[Inbound], *, finished: bool, now: datetime
    ) -> KfClaim:
        """Keep a page's messages and its cursor in one transaction; repeats are dropped."""
        with self._database.write() as session, session.begin():
            row = session.get_one(KfAccountRow, claim.open_kfid, with_for_update=True)
            Inbox(session).admit_all(page, now=now, correlation_ids=[str(uuid4()) for _ in page])
            row.cursor = next_cursor or row.cursor
            if finished:
                row.synced = True
                row.dirty = row.wakes != claim.wakes
                row.claimed_until = None
        return replace(claim, cursor=next_cursor or claim.cursor)

    def release(self, claim: KfClaim, retry_at: datetime) -> None:
        """Give up after a failure; the account stays woken and is tried again later."""
        with self._database.write() as session, session.begin():
            row = session.get_one(KfAccountRow, claim.open_kfid, with_for_update=True)
            row.due_at = retry_at
            row.claimed_until = None
