"""A million open clocks: what the sweep, an idle tick, a firing and the morning's digests cost."""

import gc
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

import psutil
from sqlalchemy import func, select
from sqlalchemy.engine import make_url

from adapters.delivery.store import Desk
from adapters.storage.due import SqlDue
from adapters.storage.engine import Database
from adapters.storage.migrate import upgrade
from adapters.storage.tables import OutboxRow
from adapters.storage.uow import SqlUnitOfWork
from bench import machine
from bench.databases import NewDatabase, settle
from bench.load import percentile
from bench.sla_fill import NOW, Filled, fill, soon_due
from domain.kernel.messages import Command
from domain.policies.digests import due_digests
from domain.registry import make_bus
from domain.sla import clocks as clock_rules
from domain.sla.model import DigestRow, SlaClock, SlaFiring
from scheduler.digests import send_digests
from scheduler.process import start_ticks
from scheduler.runner import CommandRunner
from scheduler.sla import LOT, sweep_sla
from tests.support.plans import plans, scanned

DESKS = (Desk("dingtalk_group:cid1", changes_cards=True), Desk("wecom_webhook:", changes_cards=False))
IDLE_TICKS = 200
NAIVE = 20_000
"""Open clocks that the naive way is measured on."""
REPLICAS = 2
EVERY_S = 1.0
SOON = 200
"""Steps that come due while replicas wait for them."""
SOON_S = 20.0
AFTER = NOW + timedelta(seconds=90)
"""When everything that was due at first is fired."""


class Cpu(NamedTuple):
    """Processor seconds."""

    here: float
    server: float


class Replica:
    """One scheduler: its own connections, its own transactions."""

    def __init__(self, url: str, now: Callable[[], datetime] = lambda: NOW) -> None:
        self.url = url
        self.database = Database(url)
        self.due = SqlDue(self.database)
        self.now = now
        self.committed: list[tuple[datetime, datetime]] = []
        self._runner = CommandRunner(self._open, make_bus())

    def run(self, command: Command) -> None:
        """Decide a command, and note when it was durable."""
        self._runner.run(command)
        self.committed.append((command.issued_at, self.now()))

    def tick(self) -> None:
        """Fire what is due now."""
        sweep_sla(self.due, self.run, self.now)

    def count(self, model: type[SlaFiring] | type[OutboxRow] | type[DigestRow]) -> int:
        """Return how many rows a table has."""
        with self.database.read() as session:
            return session.execute(select(func.count()).select_from(model)).scalar_one()

    def _open(self, *, now: datetime, channel: str, correlation_id: str) -> SqlUnitOfWork:
        return SqlUnitOfWork(
            self.database, desks=DESKS, now=now, channel=channel, correlation_id=correlation_id
        )


def measure(database: str, new: NewDatabase, *, clocks: int) -> None:
    """Print the figures of one database; a plan that scans, or a step lost or doubled, ends everything."""
    url = new("sla")
    upgrade(url)
    begin = time.perf_counter()
    filled = fill(url, clocks)
    print(f"\n== Time limits on {database}")
    print(
        f"   {filled.clocks:,} open clocks on {filled.orders:,} work orders, {filled.due:,} of them due "
        f"(filled in {time.perf_counter() - begin:.0f} s); lots of {LOT}; load {machine.load()}"
    )
    replica = Replica(url)
    # As the product does when it has started.
    gc.collect()
    gc.freeze()
    try:
        _check_plan(replica)
        _naive(replica, filled)
        _sweep(replica, filled)
        settle(url)
        _idle(replica)
        _firing_delay(url)
        _digests(replica)
    finally:
        replica.database.close()


def _check_plan(replica: Replica) -> None:
    for limit in (LOT, LOT * 200):
        plan = plans(replica.database, partial(replica.due.due_sla, NOW, limit))
        if scanned(plan, "sla_clock") or "ix_sla_clock_next" not in plan:
            raise SystemExit(f"due clocks are not found by their index:\n{plan}")
    print("   plan of the sweep uses ix_sla_clock_next")


def _sweep(replica: Replica, filled: Filled) -> None:
    wall, cpu = _timed(replica.url, replica.tick)
    fired = replica.count(SlaFiring)
    if fired != filled.due:
        raise SystemExit(f"{filled.due} steps were due, {fired} were fired")
    lots = len(replica.committed)
    print(
        f"   sweep                {wall:8.2f} s ({cpu}); {fired:,} steps in {lots} transactions, "
        f"{replica.count(OutboxRow):,} messages owed, {fired / wall:,.0f} steps/s"
    )


def _naive(replica: Replica, filled: Filled) -> None:
    """Ask every open clock whether something is due, as one would without `next_at`."""
    wall = time.perf_counter()
    with replica._open(now=NOW, channel="", correlation_id="") as uow, replica.database.read() as session:
        published = uow.sla.version(1)
        query = select(SlaClock).where(SlaClock.stopped_at.is_(None)).limit(NAIVE)
        for clock in session.scalars(query):
            steps = published.document.steps(clock.policy, clock.kind)
            clock_rules.due_steps(clock, published.calendars, steps, NOW)
    each = (time.perf_counter() - wall) / min(NAIVE, filled.clocks)
    print(
        f"   naive look           {each * filled.clocks:8.2f} s to ask every open clock ({NAIVE:,} measured)"
    )


def _idle(replica: Replica) -> None:
    replica.now = lambda: AFTER
    _print("idle tick", [_took(replica.tick) * 1000 for _ in range(IDLE_TICKS)], "ms")


def _firing_delay(url: str) -> None:
    """Let replicas wait for steps that come due one after the other, and take the time to their commit."""
    soon_due(url, AFTER + timedelta(seconds=3), SOON, timedelta(seconds=SOON_S / SOON))
    begin = time.monotonic()
    replicas = [
        Replica(url, lambda: AFTER + timedelta(seconds=time.monotonic() - begin)) for _ in range(REPLICAS)
    ]
    before = replicas[0].count(SlaFiring)
    stops = []
    for number, replica in enumerate(replicas):
        stops.append(start_ticks({f"sla{number}": (EVERY_S, replica.tick)}))
        time.sleep(EVERY_S / REPLICAS)
    time.sleep(SOON_S + 6)
    for stop in stops:
        stop()
    fired = replicas[0].count(SlaFiring) - before
    delays = _delays(replicas)
    for replica in replicas:
        replica.database.close()
    if fired != SOON or len(delays) != SOON:
        raise SystemExit(f"{SOON} steps came due, {fired} were fired, {len(delays)} in time")
    _print(f"firing, {REPLICAS} replicas", delays, "s")


def _delays(replicas: Sequence[Replica]) -> list[float]:
    committed = dict(pair for replica in replicas for pair in replica.committed)
    with replicas[0].database.read() as session:
        query = select(SlaFiring.due_at, SlaFiring.fired_at).where(SlaFiring.fired_at > AFTER)
        return [(committed[fired] - due).total_seconds() for due, fired in session.execute(query)]


def _digests(replica: Replica) -> None:
    with replica._open(now=AFTER, channel="", correlation_id="") as uow:
        wanted = due_digests(AFTER, uow)
    send = partial(send_digests, lambda _now: wanted, replica.run, lambda: AFTER)
    wall, cpu = _timed(replica.url, send)
    sent = replica.count(DigestRow)
    if sent != len(wanted):
        raise SystemExit(f"{len(wanted)} digests were wanted, {sent} were sent")
    print(f"   {sent} digests          {wall:8.2f} s ({cpu}); {wall / sent * 1000:.1f} ms each")


def _print(what: str, values: Sequence[float], unit: str) -> None:
    p50, p99 = percentile(values, 50), percentile(values, 99)
    print(f"   {what:<20} p50 {p50:.2f} {unit}, p99 {p99:.2f} {unit}, worst {max(values):.2f} {unit}")


def _took(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _cpu_s(url: str) -> Cpu:
    """Return the processor seconds of this process, and of the database's server if it has one."""
    folder = str(make_url(url).query.get("host", ""))
    server = 0.0
    for process in psutil.process_iter(["name", "cwd", "cpu_times"]) if folder else ():
        if process.info["name"] == "postgres" and process.info["cwd"] == folder:
            server += process.info["cpu_times"].user + process.info["cpu_times"].system
    own = psutil.Process().cpu_times()
    return Cpu(own.user + own.system, server)


def _timed(url: str, work: Callable[[], object]) -> tuple[float, str]:
    """Do the work; return its seconds, and in words those of processors, which say more on a busy one."""
    wall, before = time.perf_counter(), _cpu_s(url)
    work()
    wall, after = time.perf_counter() - wall, _cpu_s(url)
    here, server = after.here - before.here, after.server - before.server
    return wall, f"{here:.2f} s processor here, {server:.2f} s in the server"
