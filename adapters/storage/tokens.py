"""Platform access tokens, shared by all processes through the database."""

from datetime import datetime

from sqlalchemy import delete

from adapters.storage.dialect import dialect_of, insert_for
from adapters.storage.engine import Database
from adapters.storage.tables import PlatformTokenRow


class SqlTokenStore:
    """The token store on SQLAlchemy."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, key: str) -> tuple[str, datetime] | None:
        """Return the token and the moment it expires, or None."""
        with self._database.read() as session:
            row = session.get(PlatformTokenRow, key)
            return (row.token, row.expires_at) if row is not None else None

    def put(self, key: str, token: str, expires_at: datetime) -> None:
        """Keep a token for every process."""
        with self._database.write() as session, session.begin():
            values = {"token": token, "expires_at": expires_at}
            statement = insert_for(dialect_of(session), PlatformTokenRow).values(key=key, **values)
            session.execute(statement.on_conflict_do_update(index_elements=["key"], set_=values))

    def drop(self, key: str) -> None:
        """Forget a token."""
        with self._database.write() as session, session.begin():
            session.execute(delete(PlatformTokenRow).where(PlatformTokenRow.key == key))
