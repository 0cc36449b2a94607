"""Ports meet adapters: everything a process needs, made of the settings."""

import logging
import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache, partial

from flask import Flask

from adapters.clock import utc_now
from adapters.delivery.audience import Ladder
from adapters.delivery.budget import Budget
from adapters.delivery.pump import Pump
from adapters.delivery.todos import Todos
from adapters.dingtalk.stream import StreamSupervisor
from adapters.documents.pictures import small
from adapters.files.barcodes import ZxingReader
from adapters.files.photos import PhotoStore
from adapters.links import SignedLinks
from adapters.storage.aibot import SqlReplyUrls
from adapters.storage.beating import SqlHeartbeat
from adapters.storage.budgets import SqlBudgets
from adapters.storage.due import SqlDue
from adapters.storage.engine import Database
from adapters.storage.folds import SqlFolds
from adapters.storage.kf import SqlKfLedger
from adapters.storage.migrate import DatabaseUnavailable, is_current
from adapters.storage.outbox import SqlOutbox
from adapters.storage.parts_due import SqlPartsDue
from adapters.storage.renewing import SqlRenewing
from adapters.storage.sla_running import SqlRunningClocks
from adapters.storage.tokens import SqlTokenStore
from adapters.storage.unused_files import SqlUnusedFiles
from adapters.understanding.llm import LlmUnderstander
from adapters.understanding.reader import TrainedUnderstander
from adapters.wecom.crypto import CallbackCrypto, CallbackRefused
from adapters.wecom.door import WecomDoor
from adapters.wecom.kf import KfPuller
from adapters.wecom.xml import CallbackMalformed
from bootstrap.aibot import add_aibot, aibot_door
from bootstrap.opening import OpenUow
from bootstrap.pages import page_addresses
from bootstrap.platforms import Platforms, connect_platforms
from bootstrap.settings import Settings
from bot.api import Api, add_api
from bot.api_door import Door
from bot.api_supply import SupplyApi
from bot.dialogue.binding import MobileVerifier
from bot.entry import Entry
from bot.media import MediaFetcher
from bot.parked import ParkedWords
from bot.reception import Reception
from bot.scanning import PhotoReader
from bot.second_reading import SecondReading
from bot.webhooks import WebDoor, create_app
from cards.catalog import render
from console.web import PageAddresses, add_pages, page_error
from domain.intake.commands import Limits
from domain.kernel.messages import Command
from domain.policies.digests import due_digests
from domain.registry import make_bus
from scheduler.digests import send_digests
from scheduler.files import sweep_files
from scheduler.parts import review_old_parts, review_purchases, review_reservations, review_transfers
from scheduler.process import start_ticks
from scheduler.runner import CommandRunner
from scheduler.sla import beat, remind_again, sweep_sla
from scheduler.ticks import (
    renew_cards,
    review_absences,
    review_drafts,
    review_follow_ups,
    review_group_messages,
    review_processes,
    sweep_dispatch,
)

log = logging.getLogger(__name__)

DISPATCH_EVERY_S = 1.0
INTAKE_EVERY_S = 0.5
GROUPS_EVERY_S = 1.0
KF_POLL_EVERY_S = 120.0
RENEW_EVERY_S = 300.0
FILES_EVERY_S = 60.0
FOLLOW_UPS_EVERY_S = 10.0
PROCESSES_EVERY_S = 1.0
ABSENCES_EVERY_S = 10.0
PARTS_EVERY_S = 5.0
SLA_EVERY_S = 1.0
SNOOZE_EVERY_S = 5.0
BEAT_EVERY_S = 15.0
DIGEST_EVERY_S = 20.0
IDLE_PAUSE_S = 0.15


@cache
def understander() -> TrainedUnderstander:
    """Return the one reader of words in this process; loading it takes a moment."""
    return TrainedUnderstander.load()


def language_model(settings: Settings) -> LlmUnderstander | None:
    """Return the language model that may read after the trained reader, or None where none is configured."""
    llm = settings.llm
    if llm is None:
        return None
    return LlmUnderstander(
        llm.base_url, llm.model, understander(), llm.api_key.get_secret_value(), llm.timeout_s
    )


class Product:
    """One process's parts; nothing runs or calls out until it is started."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.database = Database(settings.database_url)
        self.files = PhotoStore(settings.files_dir, small)
        tokens = SqlTokenStore(self.database)
        self.platforms: Platforms = connect_platforms(settings, tokens, self.files, utc_now)
        self.aibot_replies = SqlReplyUrls(self.database)
        add_aibot(self.platforms, settings, self.aibot_replies, utc_now)
        self.links = SignedLinks(settings.public_url, settings.key_of_links())
        self.open_uow = OpenUow(self.database, self.platforms.desks, self.links)
        self.kf = SqlKfLedger(self.database)
        self.due = SqlDue(self.database)
        self.parts_due = SqlPartsDue(self.database)
        self.limits = Limits(
            window_s=settings.intake_window_s,
            duplicate_window_h=settings.duplicate_window_h,
            repeat_failure_d=settings.repeat_failure_d,
        )
        reception = Reception(make_bus(), settings.offer_timeout_s, understander(), self.limits)
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
        aibot = aibot_door(self.settings, self.entry, self.aibot_replies, utc_now)
        if aibot is not None:
            doors["wecom_aibot"] = aibot
        refusals = {CallbackRefused: 403, CallbackMalformed: 400}
        app = create_app(doors, refusals, self._ready, page_error)
        add_pages(app, self._pages())
        door = Door(self.settings.keys_of_api(), self.entry, utc_now)
        add_api(app, Api(door, self.open_uow, utc_now), SupplyApi(door, self.open_uow, utc_now))
        return app

    def _pages(self) -> PageAddresses:
        return page_addresses(
            self.settings,
            self.links,
            self.open_uow,
            self.files,
            understander(),
            self.limits,
            self.platforms.page_sdks,
            utc_now,
        )

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
        photos = PhotoReader(ZxingReader(), self.files, self.open_uow, self.entry, utc_now)
        fetcher = MediaFetcher(self.platforms.media, self.files, self.open_uow, make_bus(), utc_now, photos)
        todos = Todos(store, ladder, self.platforms.channels, self.platforms.todo_lists)
        return Pump(
            store,
            ladder,
            self.platforms.channels,
            {"directory": verifier, "media": fetcher, "todo": todos},
            render,
            utc_now,
            self.settings.delivery_lease_s,
            ParkedWords(self.open_uow, utc_now),
            folds=SqlFolds(self.database),
            budget=Budget(SqlBudgets(self.database), utc_now),
            conditions={"sla": SqlRunningClocks(self.database).is_running},
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
        timeouts = (self.settings.offer_timeout_s, self.settings.choice_timeout_s)
        sweep = partial(sweep_dispatch, self.due, runner.run, utc_now, *timeouts)
        second = self._second_reading()
        is_read_again = second.begins if second is not None else None
        review = partial(review_drafts, self.due, runner.run, utc_now, self.limits, is_read_again)
        ticks: dict[str, tuple[float, Callable[[], None]]] = {
            "dispatch": (DISPATCH_EVERY_S, sweep),
            "intake": (INTAKE_EVERY_S, review),
            "follow_ups": (FOLLOW_UPS_EVERY_S, partial(review_follow_ups, self.due, runner.run, utc_now)),
            "processes": (PROCESSES_EVERY_S, partial(review_processes, self.due, runner.run, utc_now)),
            "absences": (ABSENCES_EVERY_S, partial(review_absences, self.due, runner.run, utc_now)),
            "groups": (GROUPS_EVERY_S, partial(review_group_messages, self.due, runner.run, utc_now)),
            "sla": (SLA_EVERY_S, partial(sweep_sla, self.due, runner.run, utc_now)),
            "snoozes": (SNOOZE_EVERY_S, partial(remind_again, self.due, runner.run, utc_now)),
            "digests": (DIGEST_EVERY_S, partial(send_digests, self._due_digests, runner.run, utc_now)),
            "heartbeat": (BEAT_EVERY_S, partial(beat, SqlHeartbeat(self.database), utc_now)),
            "cards": (RENEW_EVERY_S, partial(renew_cards, SqlRenewing(self.database), utc_now)),
        }
        ticks |= self._ticks_of_parts(runner.run)
        unused = SqlUnusedFiles(self.database, self.files.forget)
        ticks["files"] = (FILES_EVERY_S, partial(sweep_files, unused, utc_now))
        wecom = self.settings.wecom
        if wecom is not None and wecom.kf_open_kfid:
            self.kf.wake(wecom.kf_open_kfid, "", utc_now())
            ticks["kf_poll"] = (KF_POLL_EVERY_S, partial(self._poll_kf, wecom.kf_open_kfid))
        return ticks

    def _ticks_of_parts(self, run: Callable[[Command], None]) -> dict[str, tuple[float, Callable[[], None]]]:
        reviews = {
            "reservations": review_reservations,
            "transfers": review_transfers,
            "old_parts": review_old_parts,
            "purchases": review_purchases,
        }
        return {
            name: (PARTS_EVERY_S, partial(review, self.parts_due, run, utc_now))
            for name, review in reviews.items()
        }

    def _due_digests(self, now: datetime) -> list[tuple[str, str, date]]:
        with self.open_uow(now=now, channel="clock", correlation_id="digests") as uow:
            return due_digests(now, uow)

    def _second_reading(self) -> SecondReading | None:
        model = language_model(self.settings)
        if model is None:
            return None
        wait = timedelta(seconds=model.timeout_s)
        return SecondReading(model, self.open_uow, make_bus(), utc_now, self.limits, wait)

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
