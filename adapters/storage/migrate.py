"""Making and migrating the schema."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DatabaseError

from adapters.storage.engine import Database

HERE = Path(__file__).parent


class DatabaseUnavailable(Exception):
    """The database does not answer, or is not one; the message names no password."""


def _config(database: Database) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE / "migrations"))
    config.attributes["engine"] = database.engine
    return config


def upgrade(url: str) -> None:
    """Bring a database to the newest schema; repeating it changes nothing."""
    database = Database(url)
    try:
        command.upgrade(_config(database), "head")
    except DatabaseError as error:
        raise DatabaseUnavailable(_plainly(error)) from error
    finally:
        database.close()


def is_current(database: Database) -> bool:
    """Return whether the schema is the one this code was written for."""
    head = ScriptDirectory.from_config(_config(database)).get_current_head()
    try:
        with database.engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision() == head
    except DatabaseError as error:
        raise DatabaseUnavailable(_plainly(error)) from error


def _plainly(error: DatabaseError) -> str:
    return str(error.orig).strip().splitlines()[0]
