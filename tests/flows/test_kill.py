"""A power cut at any moment: every fault has one work order, one owner, and nobody misses a notice."""

import contextlib
import os
import re
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Self

import pytest
from sqlalchemy import func, select

from adapters.storage.engine import Database
from adapters.storage.tables import EventRow
from bootstrap.demo.stage import ProductDied, Stage
from domain.workorder.model import WorkOrder
from tests.support.builders import customer, everybody
from tests.support.databases import migrated_sqlite
from tests.support.launching import Product, Zygote

pytestmark = pytest.mark.processes

STRIDES = 4
NUMBER = re.compile(r"WO-\d{8}-\d{4}")
SEEN_S = 25.0


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    launcher = Zygote()
    yield launcher
    launcher.close()


class Night:
    """One story in which the power fails once."""

    def __init__(self, folder: Path, url: str, zygote: Zygote, crash: str) -> None:
        self._zygote = zygote
        self._zygote.crash = crash
        quick = {"FIXLOOP_DELIVERY_LEASE_S": "1"}
        self.stage = Stage(folder, port=_free_port(), database_url=url, launch=zygote, extra=quick)
        self.stage.wecom.retry_after_s = 0.2
        self.stage.dingtalk.redeliver_after_s = 0.3
        self.database = Database(url)
        with self.database.write() as session, session.begin():
            session.add(customer())
            session.flush()
            session.add_all(everybody())
        for userid, name in (("li", "李强"), ("wang", "王芳"), ("zhao", "赵敏")):
            self.stage.dingtalk.add_user(userid, name)
        self.stage.wecom.add_customer("wmChen", "陈静")
        self.stage.start_platforms(["li", "wang", "zhao"])
        self.crashed = False
        self._said_at = 0.0

    def play(self, interlude: Callable[[], None] = lambda: None) -> None:
        """Report, decline, accept, and go on after the power is back, until everybody knows everything."""
        self._power_on()
        self.stage.wecom.customer_says("wmChen", "3号冷库机组不制冷了，库温8度")
        interlude()
        self._until(lambda: self._offer("li"), "Li's card")
        self._until(self._decline, "the decline")
        self._until(lambda: self._offer("wang"), "Wang's card")
        interlude()
        self._until(self._accept, "the accepted work order")
        self._until(self._everybody_knows, "every notice")

    def close(self) -> None:
        self.stage.stop()
        self.database.close()

    def _power_on(self) -> None:
        try:
            self.stage.start_product()
        except (ProductDied, TimeoutError, OSError):
            self._restart()

    def _restart(self) -> None:
        assert not self.stage.alive(), self.stage.log_file.read_text()
        self.crashed = True
        self._zygote.crash = ""
        self.stage.start_product()

    def _until(self, look, what: str) -> None:
        def look_or_restart() -> bool:
            if not self.stage.alive():
                self._restart()
            return bool(look())

        self.stage.journal.wait_for(look_or_restart, SEEN_S, f"{what}; see {self.stage.log_file}")

    def _offer(self, userid: str) -> str:
        """Return the number on a card that can be accepted now."""
        shown = self.stage.dingtalk.chat(f"user:{userid}")
        return next((NUMBER.findall(one.text)[0] for one in shown if "接单" in one.buttons), "")

    def _decline(self) -> bool:
        """Say it as a person does: again, when nothing happened for a while."""
        number, now = self._offer("li"), time.monotonic()
        if number and now > self._said_at + 1:
            self._said_at = now
            self.stage.dingtalk.user_says("li", f"拒单 {number} 在外地")
        return self._events("WorkOrderDeclined") == 1

    def _accept(self) -> bool:
        """Press as a person does: again, for as long as the card invites to."""
        if self._offer("wang"):
            with contextlib.suppress(LookupError):
                self.stage.dingtalk.user_presses("wang", "接单")
        return self._events("WorkOrderAccepted") == 1

    def _everybody_knows(self) -> bool:
        done = "已接单：王芳"
        told = "\n".join(shown.text for shown in self.stage.wecom.chat("kf:wmChen"))
        chats = [f"group:{self.stage.desk_group}", "user:li", "user:wang"]
        return (
            "已收到您的报修" in told
            and "王芳 技师" in told
            and all(
                any(done in shown.text and not shown.buttons for shown in self.stage.dingtalk.chat(chat))
                for chat in chats
            )
        )

    def _events(self, name: str) -> int:
        with self.database.read() as session:
            return session.execute(select(func.count()).where(EventRow.name == name)).scalar_one()

    def insist(self) -> None:
        """Insist on one work order with one owner, on both sides."""
        with self.database.read() as session:
            orders = session.execute(select(WorkOrder)).scalars().all()
        numbers = {
            number for shown in self.stage.wecom.chat("kf:wmChen") for number in NUMBER.findall(shown.text)
        }
        assert [order.number for order in orders] == list(numbers)
        for once in ("WorkOrderRegistered", "WorkOrderDeclined", "WorkOrderAccepted"):
            assert self._events(once) == 1, once
        assert self._events("WorkOrderOffered") == 2


class Team:
    """The product as separate processes, one of which dies now and then."""

    def __init__(self, zygote: Zygote, victim: str) -> None:
        self._zygote = zygote
        self._victim = victim
        self._members: dict[str, Product] = {}
        self._start: dict[str, Callable[[], Product]] = {}
        self.losses = 0

    def __call__(self, environment: Mapping[str, str], log_file: Path) -> Self:
        for name in ("web", "stream", "scheduler"):
            self._start[name] = partial(self._zygote, environment, log_file, process=name)
            self._members[name] = self._start[name]()
        return self

    def lose_victim(self) -> None:
        """Kill one process at once; it comes back a moment later."""
        self._members[self._victim].kill()
        self._members[self._victim].wait()
        self.losses += 1
        self._members[self._victim] = self._start[self._victim]()

    def poll(self) -> int | None:
        return next((-1 for member in self._members.values() if member.poll() is not None), None)

    def terminate(self) -> None:
        for member in self._members.values():
            member.terminate()

    def kill(self) -> None:
        for member in self._members.values():
            member.kill()

    def wait(self, timeout: float | None = None) -> int | None:
        return max(member.wait(timeout) or 0 for member in self._members.values())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _survive(folder: Path, url: str, zygote: Zygote, crash: str) -> bool:
    """Play one night and return whether the power failed at all."""
    night = Night(folder, url, zygote, crash)
    try:
        night.play()
        night.insist()
    finally:
        night.close()
    return night.crashed


@pytest.mark.parametrize("first", range(1, STRIDES + 1))
@pytest.mark.parametrize("moment", ["before", "after", "sent"])
def test_a_power_cut_loses_nothing_and_doubles_nothing(tmp_path, zygote, moment, first):
    point, crashed = first, True

    while crashed:
        url = migrated_sqlite(Path(os.environ["FIXLOOP_TEST_RUN_DIRECTORY"]), tmp_path / f"{point}.db")
        crashed = _survive(tmp_path, url, zygote, f"{moment}:{point}")
        point += STRIDES

    assert point > first + STRIDES, "the power never failed"


@pytest.mark.parametrize(
    "crash", ["before:5", "after:5", "before:11", "after:11", "sent:2", "sent:4", "sent:6"]
)
def test_a_power_cut_on_postgresql_loses_nothing_and_doubles_nothing(tmp_path, postgresql_url, zygote, crash):
    assert _survive(tmp_path, postgresql_url, zygote, crash), "the power never failed"


@pytest.mark.parametrize("victim", ["web", "stream", "scheduler"])
def test_any_one_process_may_die_and_come_back(tmp_path, postgresql_url, zygote, victim):
    night = Night(tmp_path, postgresql_url, zygote, "")
    team = Team(zygote, victim)
    night.stage.launch = team

    try:
        night.play(interlude=team.lose_victim)
        night.insist()
    finally:
        night.close()

    assert team.losses == 2
