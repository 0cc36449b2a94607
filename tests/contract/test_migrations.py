"""Migrations bring any database to the models' schema, and repeating them is harmless."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

import domain.assets.model
import domain.dispatching.model
import domain.files.model
import domain.groups.model
import domain.parts.model.catalogue
import domain.parts.model.documents
import domain.parts.model.stock
import domain.parts.model.supply
import domain.people.model
import domain.survey.model
import domain.workorder.model  # noqa: F401
from adapters.storage import tables  # noqa: F401
from adapters.storage.engine import Database
from adapters.storage.migrate import HERE, is_current, upgrade
from domain.kernel.model import Base
from tests.support.builders import AT, LI
from tests.support.storage import one, opened, transaction


def shape(database: Database) -> dict[str, list[str]]:
    """Return each table's indexes with their columns, uniqueness and predicate."""
    found = inspect(database.engine)
    return {
        name: sorted(
            f"{index['name']} {index['column_names']} {bool(index['unique'])} {predicate(index)}"
            for index in found.get_indexes(name)
            if not index.get("duplicates_constraint")
        )
        for name in Base.metadata.tables
    }


def predicate(index) -> str:
    options = index.get("dialect_options", {})
    return " ".join(str(options[name]) for name in ("postgresql_where", "sqlite_where") if name in options)


def test_an_empty_database_becomes_current(empty_database_url: str):
    with opened(empty_database_url, with_people=False) as database:
        assert not is_current(database)
        upgrade(empty_database_url)
        assert is_current(database)


def test_a_second_upgrade_changes_nothing(database_url: str):
    with opened(database_url) as database:
        before = shape(database)
        upgrade(database_url)

        assert (shape(database), is_current(database)) == (before, True)
        with transaction(database) as uow:
            assert uow.people.get(LI).created_at == AT


def test_the_tables_of_time_limits_go_and_come_again(database: Database, database_url: str):
    before = shape(database)
    config = Config()
    config.set_main_option("script_location", str(HERE / "migrations"))
    config.attributes["engine"] = database.engine

    command.downgrade(config, "0010")
    assert "sla_clock" not in inspect(database.engine).get_table_names()
    upgrade(database_url)

    assert (shape(database), is_current(database)) == (before, True)
    with transaction(database) as uow:
        assert uow.people.get(LI).created_at == AT


def test_an_older_or_newer_schema_is_not_current(database: Database):
    with database.write() as session, session.begin():
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    assert not is_current(database)


def test_the_migrations_make_what_the_models_say(database: Database):
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert compare_metadata(context, Base.metadata) == []


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_migrations_make_the_models_indexes_with_their_predicates(
    request: pytest.FixtureRequest, kind: str
):
    migrated, made = (request.getfixturevalue(f"{prefix}{kind}_url") for prefix in ("", "empty_"))

    with opened(migrated) as one_way, opened(made, with_people=False) as other_way:
        Base.metadata.create_all(other_way.engine)

        assert shape(one_way) == shape(other_way)
        assert "pending" in str(shape(one_way)["outbox"])


def test_there_is_one_head(database: Database):
    assert one(database, "SELECT count(*) FROM alembic_version") == 1


def test_sqlite_is_opened_safely(sqlite_url: str):
    with opened(sqlite_url) as database:
        settings = {
            name: one(database, f"PRAGMA {name}") for name in ("journal_mode", "synchronous", "foreign_keys")
        }

    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
