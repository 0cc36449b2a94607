"""Single-use addresses of the AI bot's answers."""

from datetime import datetime

from sqlalchemy import delete, false, select, update

from adapters.storage.dialect import dialect_of, insert_for
from adapters.storage.engine import Database
from adapters.storage.tables import AibotReplyRow
from adapters.wecom.aibot.ports import ReplyUrl


class SqlReplyUrls:
    """The reply addresses on SQLAlchemy; each method is a transaction of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, reply: ReplyUrl, conversation: str, expires_at: datetime, now: datetime) -> None:
        """Keep one and drop what is too old; a repeat of the same message changes nothing."""
        with self._database.write() as session, session.begin():
            session.execute(
                delete(AibotReplyRow).where(
                    AibotReplyRow.conversation == conversation, AibotReplyRow.expires_at <= now
                )
            )
            statement = insert_for(dialect_of(session), AibotReplyRow).values(
                msgid=reply.msgid,
                conversation=conversation,
                url=reply.url,
                expires_at=expires_at,
                taken=False,
            )
            session.execute(statement.on_conflict_do_nothing(index_elements=["msgid"]))

    def take(self, conversation: str, now: datetime) -> ReplyUrl | None:
        """Return the oldest one of a chat that still works, and nobody else gets it; None without any."""
        oldest = (
            select(AibotReplyRow.msgid)
            .where(
                AibotReplyRow.conversation == conversation,
                AibotReplyRow.expires_at > now,
                AibotReplyRow.taken == false(),
            )
            .order_by(AibotReplyRow.expires_at, AibotReplyRow.msgid)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        with self._database.write() as session, session.begin():
            row = session.execute(
                update(AibotReplyRow)
                .where(AibotReplyRow.msgid.in_(oldest))
                .values(taken=True)
                .returning(AibotReplyRow.msgid, AibotReplyRow.url)
                .execution_options(synchronize_session=False)
            ).first()
            return ReplyUrl(row.msgid, row.url) if row is not None else None

    def give_back(self, reply: ReplyUrl) -> None:
        """Let it be taken again, because nothing was sent with it."""
        with self._database.write() as session, session.begin():
            session.execute(
                update(AibotReplyRow).where(AibotReplyRow.msgid == reply.msgid).values(taken=False)
            )
