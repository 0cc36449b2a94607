"""Ports meet adapters: everything a process needs, made of the settings."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from flask import Flask

from adapters.clock import utc_now
from adapters.delivery.audience import Ladder
from adapters.delivery.pump import Pump
from adapters.delivery.store import Desk
from adapters.dingtalk.stream import StreamSupervisor
from adapters.storage.due import SqlDue
from adapters.storage.engine import Database
from adapters.storage.kf import SqlKfLedger
from adapters.storage.migrate import DatabaseUnavailable, is_current
from adapters.storage.outbox import SqlOutbox
from adapters.storage.tokens import SqlTokenStore
from adapters.storage.uow import SqlUnitOfWork
from adapters.wecom.crypto import CallbackCrypto, CallbackRefused
from adapters.wecom.door import WecomDoor
from adapters.wecom.kf import KfPuller
from adapters.wecom.xml import CallbackMalformed
from bootstrap.platforms import Platforms, connect_platforms
from bootstrap.settings import Settings
from bot.dialogue.binding import MobileVerifier
from bot.entry import Entry
from bot.reception import Reception
from bot.webhooks import WebDoor, create_app
from cards.catalog import render
from domain.registry import make_bus
from scheduler.process import start_ticks
from scheduler.runner import CommandRunner
from scheduler.ticks import sweep_dispatch

log = logging.getLogger(__name__)

DISPATCH_EVERY_S = 1.0
KF_POLL_EVERY_S = 120.0
KF_LEASE_S = 30.0
IDLE_PAUSE_S = 0.15


@dataclass(frozen=True)
class OpenUow:
    """Begins transactions on one database."""

    database: Database
    desks: Sequence[Desk]

    def __call__(self, *, now: datetime, channel: str, correlation_id: str) -> SqlUnitOfWork:
        """Return a transaction to be entered with `with`."""
        return SqlUnitOfWork(
            self.database, desks=self.desks, now=now, channel=channel, correlation_id=correlation_id
        )


class Product:
    """One process's parts; nothing runs or calls out until it is started."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.database = Database(settings.database_url)
        self.platforms: Platforms = connect_platforms(settings, SqlTokenStore(self.database), utc_now)
        self.open_uow = OpenUow(self.database, self.platforms.desks)
        self.kf = SqlKfLedger(self.database)
        self.due = SqlDue(self.database)
        reception = Reception(make_bus(), settings.offer_timeout_s)
        self.entry = Entry(self.open_uow, self.due, reception, utc_now)

    def web(self) -> Flask:
        """Return the web application."""
        doors: dict[str, WebDoor] = {}
        wecom = self.settings.wecom
        if wecom is not None:
            crypto = CallbackCrypto(
                wecom.token.get_secret_value(), wecom.encoding_aes_key.get_secret_value(), wecom.corp_id
            )
            doors["wecom"] = WecomDoor(crypto, self.entry, self.kf, wecom.agent_id, utc_now)
        refusals = {CallbackRefused: 403, CallbackMalformed: 400}
        return create_app(doors, refusals, self._ready)

    def _ready(self) -> bool:
        try:
            return is_current(self.database)
        except DatabaseUnavailable:
            return False

    def stream(self) -> StreamSupervisor | None:
        """Return the DingTalk stream client, or None where DingTalk is not configured."""
        dingtalk = self.settings.dingtalk
        if dingtalk is None:
            return None
        secret = dingtalk.client_secret.get_secret_value()
        return StreamSupervisor(dingtalk.client_id, secret, dingtalk.api_base, self.entry, render, utc_now)

    def pump(self) -> Pump:
        """Return the delivery pump."""
        store = SqlOutbox(self.database)
        wecom = self.settings.wecom
        ladder = Ladder(self.platforms.channels, store.identities, wecom.kf_open_kfid if wecom else "")
        verifier = MobileVerifier(self.platforms.directories, self.open_uow, make_bus(), utc_now)
        return Pump(
            store,
            ladder,
            self.platforms.channels,
            {"directory": verifier},
            render,
            utc_now,
            self.settings.delivery_lease_s,
        )

    def start_background(self) -> Callable[[], None]:
        """Start the pump, the workers and the ticks in threads; return what stops them."""
        stop = threading.Event()
        loops: list[Callable[[], None]] = [
            partial(self.pump().run, stop),
            partial(_work, self.entry.work_off, stop),
        ]
        if self.platforms.wecom is not None:
            puller = KfPuller(
                self.platforms.wecom,
                self.kf,
                utc_now,
                lease_s=self.settings.delivery_lease_s,
            )
            loops.append(partial(_work, puller.pull_once, stop))
        threads = [threading.Thread(target=loop, daemon=True) for loop in loops]
        for thread in threads:
            thread.start()
        stop_ticks = start_ticks(self._ticks())

        def stop_all() -> None:
            stop_ticks()
            stop.set()
            for thread in threads:
                thread.join(timeout=15)

        return stop_all

    def _ticks(self) -> dict[str, tuple[float, Callable[[], None]]]:
        runner = CommandRunner(self.open_uow, make_bus())
        sweep = partial(sweep_dispatch, self.due, runner.run, utc_now, self.settings.offer_timeout_s)
        ticks: dict[str, tuple[float, Callable[[], None]]] = {"dispatch": (DISPATCH_EVERY_S, sweep)}
        wecom = self.settings.wecom
        if wecom is not None and wecom.kf_open_kfid:
            self.kf.wake(wecom.kf_open_kfid, "", utc_now())
            ticks["kf_poll"] = (KF_POLL_EVERY_S, partial(self._poll_kf, wecom.kf_open_kfid))
        return ticks

    def _poll_kf(self, open_kfid: str) -> None:
        """Pull even without a callback: the platform may have dropped one."""
        self.kf.wake(open_kfid, "", utc_now())


def _work(step: Callable[[], bool], stop: threading.Event) -> None:
    """Repeat a step; rest while it finds nothing or the database is away."""
    while not stop.is_set():
        try:
            busy = step()
        except Exception:
            log.exception("a worker stumbled; it goes on")
            busy = False
        if not busy:
            stop.wait(IDLE_PAUSE_S)
