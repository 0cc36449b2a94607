"""Processes: durable steps a second, a rule tried on a hundred thousand work orders, bytes of an instance."""

import statistics
import time
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from adapters.storage.engine import Database
from adapters.storage.uow import SqlUnitOfWork
from bench import databases, machine, process_fill, process_spiff
from bench.databases import NewDatabase
from bench.load import percentile
from bench.process_fill import LIMIT, LOWER, NOW
from bootstrap.process_files import SHIPPED, publish, read_file
from bootstrap.process_trying import rehearse
from domain.approval.commands import AgreeTask, StartRequest
from domain.kernel.messages import Command
from domain.policies.process_reading import read_definition, with_ids
from domain.registry import make_bus
from tests.support.postgres import execute

DAYS = 90
SHOWN = 20


def measure(database: str, new: NewDatabase, *, steps: int, past: int) -> None:
    """Print the figures of one database; a wrong count ends everything."""
    print(f"\n== Processes on {database}; load {machine.load()}")
    url = databases.prepared(new("processes"))
    process_fill.people(url)
    opened = Database(url)
    try:
        for name in ("claim", "order_default"):
            publish(opened, read_file(SHIPPED / f"{name}.yaml"), 0, "", NOW)
        _steps(opened, steps)
        _bytes(opened, url)
        if past:
            begin = time.perf_counter()
            process_fill.past_orders(url, past)
            databases.settle(url)
            print(f"   filled {past:,} work orders in {time.perf_counter() - begin:.0f} s")
            _preview(opened, past)
    finally:
        opened.close()
    process_spiff.compare(steps)


def _steps(opened: Database, rounds: int) -> None:
    """Let a claim be asked for and agreed to by its head and by finance: one transaction each."""
    bus = make_bus()

    def decide(command: Command) -> float:
        begin = time.perf_counter()
        with SqlUnitOfWork(
            opened, desks=(), now=command.issued_at, channel="bench", correlation_id="bench"
        ) as uow:
            bus.handle(command, uow)
            uow.commit()
        return time.perf_counter() - begin

    took: dict[str, list[float]] = {"发起": [], "同意，进入下一步": [], "同意，办结": []}
    for number in range(rounds):
        request = uuid4()
        at = NOW + timedelta(seconds=number)
        asked = StartRequest(
            instance_id=request,
            name="claim",
            amount_fen=500_000,
            reason="运输中碰伤",
            **_by(process_fill.ASKER, at, f"start-{number}"),
        )
        took["发起"].append(decide(asked))
        for kind in list(took)[1:]:
            with opened.read() as session:
                task, who = process_fill.open_task(session, request)
            took[kind].append(decide(AgreeTask(task_id=task, **_by(who, at, f"{kind}-{number}"))))
    everything = [one for each in took.values() for one in each]
    print(f"   durable steps        {len(everything) / sum(everything):8,.0f} steps/s, one transaction each")
    for kind, seconds in took.items():
        waits = [one * 1000 for one in seconds]
        print(
            f"   {kind:<12} {len(waits):5}  p50 {percentile(waits, 50):6.2f} ms  "
            f"p99 {percentile(waits, 99):6.2f} ms"
        )


def _by(actor_id: UUID, at: datetime, key: str) -> dict[str, Any]:
    return {"actor_id": str(actor_id), "issued_at": at, "idempotency_key": key}


def _bytes(opened: Database, url: str) -> None:
    sizes = process_fill.state_sizes(opened)
    disk = ""
    if not url.startswith("sqlite"):
        execute(url, "VACUUM ANALYZE process_instance")
        total = process_fill.table_bytes(opened, "process_instance")
        disk = f"; table with its indexes {total / len(sizes):,.0f} bytes a row"
    print(
        f"   state of an instance {statistics.mean(sizes):8,.0f} bytes of JSON on average after three steps, "
        f"at most {max(sizes):,}{disk}"
    )


def _preview(opened: Database, past: int) -> None:
    document = process_fill.with_limit(read_file(SHIPPED / "order_default.yaml"), LOWER)
    with SqlUnitOfWork(opened, desks=(), now=NOW, channel="bench", correlation_id="bench") as uow:
        definition = with_ids(read_definition(document), uow)
    begin = time.perf_counter()
    view = rehearse(opened, definition, NOW, days=DAYS, limit=SHOWN)
    seconds = time.perf_counter() - begin
    expected = process_fill.between(past, LOWER, LIMIT)
    if (view.looked_at, view.changed) != (past, expected):
        raise SystemExit(f"{expected} of {past} lie between, the preview found {view.changed}")
    print(
        f"   preview              {seconds:8.2f} s for {view.looked_at:,} work orders of {DAYS} days, "
        f"{view.changed:,} would go another way; {past / seconds:,.0f} a second"
    )
