"""The yardstick: a route that verifies, decrypts and commits one row, under the product's own gunicorn.

Run as `python -m bench.bare` with the product's settings.
"""

import sqlite3
import threading
from collections.abc import Callable

import psycopg
from flask import Flask, Response, request
from sqlalchemy.engine import make_url
from wechatpy.enterprise.crypto import WeChatCrypto

from bootstrap.serving import _Gunicorn
from bootstrap.settings import Settings, load_settings

TABLE = "CREATE TABLE IF NOT EXISTS bare (msg_signature TEXT PRIMARY KEY, message TEXT NOT NULL)"
COUNT = "SELECT count(*) FROM bare"
Save = Callable[[str, str], None]


def prepare(url: str) -> None:
    """Make the table."""
    if url.startswith("sqlite"):
        _open_sqlite(url).execute(TABLE)
        return
    with _open_postgres(url) as connection:
        connection.execute(TABLE)


def count(url: str) -> int:
    """Return how many rows were committed."""
    if url.startswith("sqlite"):
        return int(_open_sqlite(url).execute(COUNT).fetchone()[0])
    with _open_postgres(url) as connection:
        found = connection.execute(COUNT).fetchone()
        return int(found[0]) if found else 0


def bare_app(settings: Settings) -> Flask:
    """Return the application."""
    wecom = settings.wecom
    if wecom is None:
        raise ValueError("the bare route needs the WeCom settings")
    crypto = WeChatCrypto(
        wecom.token.get_secret_value(), wecom.encoding_aes_key.get_secret_value(), wecom.corp_id
    )
    url = settings.database_url
    save = _sqlite(url) if url.startswith("sqlite") else _postgres(url)
    app = Flask("bare", static_folder=None)

    @app.get("/healthz")
    def healthz() -> Response:
        return Response("ok\n")

    @app.post("/wecom/callback")
    def callback() -> Response:
        given = request.args
        message = crypto.decrypt_message(
            request.get_data(), given["msg_signature"], given["timestamp"], given["nonce"]
        )
        save(given["msg_signature"], message)
        return Response("")

    return app


def _sqlite(url: str) -> Save:
    """Return what commits one row with the durability the product uses: WAL, FULL."""
    own = threading.local()

    def save(signature: str, message: str) -> None:
        if not hasattr(own, "connection"):
            own.connection = _open_sqlite(url)
        connection: sqlite3.Connection = own.connection
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO bare VALUES (?, ?)", (signature, message))
        connection.execute("COMMIT")

    return save


def _open_sqlite(url: str) -> sqlite3.Connection:
    connection = sqlite3.connect(make_url(url).database or "", isolation_level=None)
    for pragma in ("busy_timeout=15000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _postgres(url: str) -> Save:
    own = threading.local()

    def save(signature: str, message: str) -> None:
        if not hasattr(own, "connection"):
            own.connection = _open_postgres(url)
        connection: psycopg.Connection = own.connection
        connection.execute("INSERT INTO bare VALUES (%s, %s)", (signature, message))
        connection.commit()

    return save


def _open_postgres(url: str) -> psycopg.Connection:
    return psycopg.connect(make_url(url).set(drivername="postgresql").render_as_string(hide_password=False))


class _Bare(_Gunicorn):
    """The product's gunicorn with the bare application in it."""

    def load(self) -> Flask:
        """Return this worker's application."""
        return bare_app(self._settings)


if __name__ == "__main__":
    _Bare(load_settings()).run()
