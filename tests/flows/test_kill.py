"""A power cut at any moment: every fault has one work order, one owner, and nobody misses a notice."""

import os
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Self

import pytest

from tests.support.databases import migrated_sqlite
from tests.support.launching import Product, Zygote
from tests.support.night import Night

pytestmark = pytest.mark.processes

STRIDES = 4


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    launcher = Zygote()
    yield launcher
    launcher.close()


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


def _survive(folder: Path, url: str, zygote: Zygote, crash: str) -> bool:
    """Play one night and return whether the power failed at all."""
    night = Night(folder, url, zygote, crash)
    try:
        night.play()
        night.insist()
    finally:
        night.close()
    return bool(night.losses)


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
