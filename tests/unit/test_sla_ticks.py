"""The ticks of time limits and digests: every one is tried once, and nobody waits for one that fails."""

import threading
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import pytest

from domain.kernel.messages import Command
from domain.sla.commands import FireDueSteps, RemindAgain, SendDigest
from scheduler.digests import send_digests
from scheduler.process import start_ticks
from scheduler.sla import LOT, LOTS, beat, remind_again, sweep_sla
from tests.support.builders import AT, LI, WANG

PATIENCE_S = 10
POISONED = UUID(int=7)
CLOCK, OTHER_CLOCK = UUID(int=901), UUID(int=902)


class Due:
    """What is due, as storage would find it."""

    def __init__(self, count: int = 0, snoozes: Sequence[tuple[UUID, UUID]] = ()) -> None:
        self.orders = [UUID(int=number) for number in range(count)]
        self.snoozes = snoozes
        self.asked: list[tuple[datetime, int]] = []

    def due_sla(self, now: datetime, limit: int) -> Sequence[UUID]:
        self.asked.append((now, limit))
        return self.orders[:limit]

    def due_snoozes(self, now: datetime, limit: int) -> Sequence[tuple[UUID, UUID]]:
        return self.snoozes[:limit]


class Runner:
    """Decides commands; those about what is poisoned fail as a whole, as a transaction does."""

    def __init__(self, *poisoned: object) -> None:
        self.poisoned = set(poisoned)
        self.tried: list[Command] = []
        self.done: list[Command] = []

    def __call__(self, command: Command) -> None:
        self.tried.append(command)
        if self.poisoned & about(command):
            raise RuntimeError("defect")
        self.done.append(command)

    @property
    def fired(self) -> list[UUID]:
        """Return the work orders whose steps were fired."""
        return [one for each in self.done if isinstance(each, FireDueSteps) for one in each.work_order_ids]


def about(command: Command) -> set[object]:
    match command:
        case FireDueSteps():
            return set(command.work_order_ids)
        case RemindAgain():
            return {command.clock_id}
        case SendDigest():
            return {command.audience}
    return set()


def test_the_sweep_looks_once_and_fires_in_lots_the_longest_due_first():
    due, run = Due(2 * LOT + 1), Runner()

    sweep_sla(due, run, lambda: AT)

    assert due.asked == [(AT, LOT * LOTS)]
    assert [len(about(each)) for each in run.done] == [LOT, LOT, 1]
    assert run.fired == due.orders


def test_the_sweep_asks_in_the_name_of_the_clock_and_at_one_moment():
    run = Runner()

    sweep_sla(Due(LOT + 1), run, lambda: AT)

    assert {(each.actor_id, each.issued_at) for each in run.done} == {("system", AT)}
    assert len({each.idempotency_key for each in run.done}) == 2


def test_a_sweep_without_due_steps_does_nothing():
    run = Runner()

    sweep_sla(Due(), run, lambda: AT)

    assert run.tried == []


def test_a_poisoned_work_order_keeps_nobody_waiting(caplog: pytest.LogCaptureFixture):
    due, run = Due(2 * LOT), Runner(POISONED)

    sweep_sla(due, run, lambda: AT)

    assert set(run.fired) == {*due.orders} - {POISONED}
    assert str(POISONED) in caplog.text


def test_a_whole_lot_of_poisoned_work_orders_keeps_nobody_waiting():
    due = Due(LOT + 1)
    run = Runner(*due.orders[:LOT])

    sweep_sla(due, run, lambda: AT)

    assert run.fired == due.orders[LOT:]


def test_a_poisoned_work_order_is_tried_no_more_than_twice_in_a_tick():
    run = Runner(POISONED)

    sweep_sla(Due(3 * LOT), run, lambda: AT)

    assert len([each for each in run.tried if POISONED in about(each)]) == 2


def test_one_reminder_that_fails_keeps_no_other_one_waiting(caplog: pytest.LogCaptureFixture):
    due, run = Due(snoozes=[(CLOCK, LI), (OTHER_CLOCK, WANG)]), Runner(CLOCK)

    remind_again(due, run, lambda: AT)

    assert [about(each) for each in run.done] == [{OTHER_CLOCK}]
    assert str(CLOCK) in caplog.text


def test_the_heart_beats_in_the_name_of_the_scheduler():
    beats = []

    class Heart:
        def beat(self, name: str, now: datetime) -> None:
            beats.append((name, now))

    beat(Heart(), lambda: AT)

    assert beats == [("scheduler", AT)]


def test_one_digest_that_fails_keeps_no_other_audience_waiting(caplog: pytest.LogCaptureFixture):
    day, run = date(2026, 11, 24), Runner("desk")
    due = [("售后日报", "desk", day), ("售后日报", f"person:{LI}", day)]

    send_digests(lambda now: due, run, lambda: AT)

    assert [about(each) for each in run.done] == [{f"person:{LI}"}]
    assert "desk" in caplog.text


def test_every_digest_is_asked_for_under_a_key_of_its_own():
    day, run = date(2026, 11, 24), Runner()
    group = "conversation:dingtalk_group:" + "c" * 200

    send_digests(lambda now: [("早报", group, day), ("晚报", group, day)], run, lambda: AT)

    assert len({each.idempotency_key for each in run.done}) == 2


def test_a_tick_that_takes_longer_than_its_period_is_not_begun_twice():
    begun, release, again, beats = *(threading.Event() for _ in range(3)), threading.Semaphore(0)
    starts: list[int] = []

    def slow() -> None:
        starts.append(1)
        (begun if len(starts) == 1 else again).set()
        release.wait(PATIENCE_S)

    stop = start_ticks({"slow": (0.01, slow), "beat": (0.01, beats.release)})
    try:
        assert begun.wait(PATIENCE_S)
        assert all(beats.acquire(timeout=PATIENCE_S) for _ in range(10))
        assert starts == [1]
        release.set()
        assert again.wait(PATIENCE_S)
    finally:
        release.set()
        stop()
