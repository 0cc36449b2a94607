"""A run without PostgreSQL is no run: these fail, and are never skipped, when it is absent."""

from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, inspect

from tests.support import databases, postgres


def test_a_real_postgresql_answers(postgres_url: str):
    postgres.execute(postgres_url, "SELECT 1")


def test_a_database_is_dropped_after_its_test(postgres_url: str):
    with databases.empty_postgres(postgres_url) as url:
        postgres.execute(url, "CREATE TABLE kept_open (id int)")

    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        postgres.execute(url, "SELECT 1")


def test_a_server_that_does_not_answer_is_named_without_its_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv(postgres.URL_VARIABLE, "postgresql://li:secret@127.0.0.1:1/fixloop")

    with pytest.raises(postgres.PostgresNotAvailable, match=postgres.URL_VARIABLE) as refusal:
        postgres.shared_server(tmp_path)

    assert "secret" not in str(refusal.value)


def test_each_test_has_a_migrated_database(database_url: str):
    engine = create_engine(database_url)
    try:
        tables = inspect(engine).get_table_names()
    finally:
        engine.dispose()

    assert "alembic_version" in tables
