"""How each process runs until it is told to stop."""

import gc
import logging
import signal
import sys
import threading
from types import FrameType
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from waitress.server import create_server

from adapters.storage.migrate import is_current, upgrade
from bootstrap.process_files import publish_shipped
from bootstrap.settings import Settings
from bootstrap.sla import publish_default
from bootstrap.wiring import Product
from console.submissions import REQUEST_LIMIT

log = logging.getLogger(__name__)

THREADS = 8
STOP_S = 5.0


class SchemaMissing(Exception):
    """The database was not migrated."""


class PortTaken(Exception):
    """Another program answers on the port."""


def check_schema(settings: Settings) -> None:
    """Migrate SQLite by itself; insist that PostgreSQL was migrated on purpose.

    Raises:
        SchemaMissing: run `fixloop db upgrade` first.
    """
    if settings.database_url.startswith("sqlite"):
        upgrade(settings.database_url)
        return
    product = Product(settings)
    try:
        if not is_current(product.database):
            raise SchemaMissing("the database schema is missing or old; run: fixloop db upgrade")
    finally:
        product.database.close()


def serve(settings: Settings) -> None:
    """Run everything in one process: web, scheduler, pump and, where configured, the stream client."""
    check_schema(settings)
    product = Product(settings)
    publish_default(product.database)
    publish_shipped(product.database)
    server = _listen(product, settings)
    web = threading.Thread(target=server.run, daemon=True)
    stop_background = product.start_background()
    stream = product.stream()
    if stream is not None:
        stream.start()
    web.start()
    log.info("serving on port %s", settings.port)
    _until_stopped()
    server.close()
    if stream is not None:
        stream.stop(STOP_S)
    stop_background()
    product.database.close()


def run_scheduler(settings: Settings) -> None:
    """Run the ticks, the workers and the pump."""
    check_schema(settings)
    product = Product(settings)
    publish_default(product.database)
    publish_shipped(product.database)
    stop_background = product.start_background()
    log.info("scheduler running")
    _until_stopped()
    stop_background()
    product.database.close()


def run_stream(settings: Settings) -> None:
    """Run the DingTalk stream client."""
    check_schema(settings)
    product = Product(settings)
    stream = product.stream()
    if stream is None:
        sys.exit("DingTalk is not configured: set FIXLOOP_DINGTALK__CLIENT_ID and __CLIENT_SECRET")
    stream.start()
    log.info("stream client running")
    _until_stopped()
    stream.stop(STOP_S)
    product.database.close()


def _listen(product: Product, settings: Settings) -> Any:
    """Return a server that has its port."""
    try:
        return create_server(
            product.web(),
            host=settings.host,
            port=settings.port,
            threads=THREADS,
            max_request_body_size=REQUEST_LIMIT,
        )
    except OSError as error:
        raise PortTaken(
            f"port {settings.port} cannot be used ({error.strerror}); set FIXLOOP_PORT"
        ) from error


class _Gunicorn(BaseApplication):  # type: ignore[misc]
    """Runs the web application in several processes; each worker opens its own database."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Set what gunicorn needs."""
        options = {
            "bind": f"{self._settings.host}:{self._settings.port}",
            "workers": self._settings.web_workers,
            "worker_class": "gthread",
            "threads": THREADS,
            "accesslog": None,
            "control_socket_disable": True,
        }
        for name, value in options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Flask:
        """Return this worker's application."""
        return Product(self._settings).web()


def run_web(settings: Settings) -> None:
    """Run the webhooks in several processes."""
    check_schema(settings)
    _Gunicorn(settings).run()


def _until_stopped() -> None:
    # What was loaded to begin with stays for good; walking through it time and again took a sixth of a sweep.
    gc.collect()
    gc.freeze()
    stopped = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> Any:
        stopped.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    while not stopped.wait(1.0):
        pass
