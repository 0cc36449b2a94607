"""The WeCom callback beside the bare route, on one database, interleaved."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench import bare, corp, databases, history, machine
from bench.databases import NewDatabase
from bench.load import Load, run
from bench.servers import BARE, PRODUCT, Server, free_port, running

ROUNDS = 3
WARM_UP = 300
"""Requests before the first round: every worker has compiled its statements and opened its connections."""


@dataclass
class Contestant:
    """One server on a database of its own, with what each round gave."""

    name: str
    url: str
    server: Server
    loads: list[Load] = field(default_factory=list)
    cpu_s: list[float] = field(default_factory=list)
    sent: int = 0

    def play(self, requests: int, clients: int, *, keep: bool = True) -> None:
        """Send a run of messages never sent before."""
        messages = list(corp.callbacks(self.sent, requests))
        before = self.server.cpu_s()
        load = run(self.server.port, messages, clients)
        self.sent += requests
        if keep:
            self.loads.append(load)
            self.cpu_s.append(self.server.cpu_s() - before)

    @property
    def per_s(self) -> float:
        """Return the median over the rounds."""
        return median(load.per_s for load in self.loads)


def measure(database: str, new: NewDatabase, *, requests: int, clients: int, past: int, folder: Path) -> None:
    """Measure and print: the product empty, the product with a past, and the bare route."""
    print(f"\n== WeCom callback on {database}")
    print(f"   {ROUNDS} alternating rounds of {requests} requests, {clients} kept-alive connections each")
    with _contestants(new, past, folder) as contestants:
        for contestant in contestants:
            contestant.play(WARM_UP, clients, keep=False)
        for number in range(ROUNDS):
            # The order turns round so that nobody always follows the same neighbour.
            for contestant in reversed(contestants) if number % 2 else contestants:
                contestant.play(requests, clients)
            print(f"   round {number + 1} done, load {machine.load()}")
        _print(contestants, past)


@contextmanager
def _contestants(new: NewDatabase, past: int, folder: Path) -> Iterator[list[Contestant]]:
    urls = {"product": databases.prepared(new("product")), "bare": new("bare")}
    bare.prepare(urls["bare"])
    if past:
        urls[f"product, {past} past orders"] = databases.prepared(new("past"))
        history.fill(urls[f"product, {past} past orders"], past)
    with ExitStack() as stack:
        yield [
            Contestant(name, url, stack.enter_context(_server(name, url, folder)))
            for name, url in urls.items()
        ]


@contextmanager
def _server(name: str, url: str, folder: Path) -> Iterator[Server]:
    settings: Mapping[str, str] = corp.environment(url, free_port())
    with running(BARE if name == "bare" else PRODUCT, settings, folder, name) as server:
        yield server


def _print(contestants: Sequence[Contestant], past: int) -> None:
    yardstick = next(one for one in contestants if one.name == "bare")
    print(f"   {'':28}{'req/s':>8}{'p50 ms':>9}{'p99 ms':>9}{'CPU ms':>9}{'ratio':>8}   rounds req/s")
    for one in contestants:
        p50, p99 = (median(load.percentile_ms(percent) for load in one.loads) for percent in (50, 99))
        cpu_ms = median(
            cpu / len(load.waits_s) * 1000 for cpu, load in zip(one.cpu_s, one.loads, strict=True)
        )
        rounds = " ".join(f"{load.per_s:.0f}" for load in one.loads)
        ratio = one.per_s / yardstick.per_s
        print(f"   {one.name:28}{one.per_s:8.0f}{p50:9.1f}{p99:9.1f}{cpu_ms:9.2f}{ratio:8.2f}   {rounds}")
    for one in contestants:
        _print_proof(one, past if "past" in one.name else 0)
    share = median(load.client_cpu_s / load.wall_s for load in yardstick.loads)
    print(f"   the load generator took {share:.0%} of one core at the bare route, its busiest")


def _print_proof(one: Contestant, past: int) -> None:
    failed, again = sum(load.failed for load in one.loads), sum(load.reconnects for load in one.loads)
    if one.name == "bare":
        found = f"{bare.count(one.url)} rows"
    else:
        orders, deliveries = databases.count(one.url)
        found = f"{orders - past} new work orders, {deliveries - past} new deliveries"
    print(f"   {one.name}: {one.sent} requests, {found}; not answered 200: {failed}, reconnected: {again}")
