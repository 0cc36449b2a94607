"""Pages: how long the server takes for their data, and a telephone until it shows them."""

import gzip
import json
import time
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

from adapters.documents.pictures import small
from adapters.documents.render import render_report, render_settlement
from adapters.files.photos import PhotoStore
from adapters.links import SignedLinks
from adapters.storage.engine import Database
from bench import corp, databases, history, machine, page_views, pages_fill
from bench.databases import NewDatabase
from bench.load import percentile
from bench.pages_fill import NOW
from bench.servers import PRODUCT, free_port, running
from bootstrap.opening import OpenUow
from bootstrap.wiring import understander
from console.catalog import every_page
from console.counter import Counter
from console.page import PageSpec
from console.pages.document import Papers
from domain.intake.commands import Limits
from domain.kernel.links import Page
from domain.policies.documents import Company
from domain.registry import make_bus
from tests.support.plans import plans, scanned

LOOKS, OPEN = 200, 2_000
OFFER_S = 600
KEY = "bench-secret"
"""The secret of WeCom in the settings of all measurements, which signs links where there is no other."""
BOARD_LOOKS: Mapping[str, dict[str, str]] = {
    "board, 今天的技师": {"view": "day"},
    "board, 只看超时": {"overdue": "1"},
    "board, 一个区域": {"region": "区域3"},
}


def measure(database: str, new: NewDatabase, *, past: int, folder: Path) -> None:
    """Print the figures of one database; a board that reads the past ends everything."""
    print(f"\n== Pages on {database}; load {machine.load()}")
    url = databases.prepared(new("pages"))
    begin = time.perf_counter()
    history.fill(url, past)
    opened = Database(url)
    try:
        pages_fill.people(opened)
        pages_fill.open_orders(opened, OPEN)
        pages_fill.label_a_machine(opened)
        task_id = pages_fill.wait_for_decisions(opened)
        databases.settle(url)
        print(f"   filled {past:,} past and {OPEN:,} open orders in {time.perf_counter() - begin:.0f} s")
        _data(opened, folder, task_id)
        _plans(opened)
        _views(url, folder, task_id)
    finally:
        opened.close()


def _pages() -> tuple[PageSpec, ...]:
    papers = Papers(Company(name="测量"), render_report, render_settlement)
    return every_page(make_bus(), understander(), Limits(), papers, OFFER_S)


def _data(opened: Database, folder: Path, task_id: UUID) -> None:
    links = SignedLinks("", KEY)
    files = PhotoStore(folder / "files", small)
    counter = Counter(_pages(), links, OpenUow(opened, (), links), files, lambda: NOW)
    for page, address in pages_fill.addresses(links, task_id).items():
        token = address.rpartition("/")[2]
        _looks(counter, page.value, token, {})
        if page is Page.BOARD:
            for name, wanted in BOARD_LOOKS.items():
                _looks(counter, name, token, wanted)
            known = str(counter.data(token)["version"])
            _looks(counter, "board, nothing new", token, {"known": known})


def _looks(counter: Counter, name: str, token: str, wanted: Mapping[str, str]) -> None:
    waits, size = [], 0
    for _ in range(LOOKS):
        begin = time.perf_counter()
        shown = counter.data(token, wanted)
        waits.append((time.perf_counter() - begin) * 1000)
        size = len(gzip.compress(json.dumps(shown, ensure_ascii=False).encode()))
    print(
        f"   data of {name:22} p50 {percentile(waits, 50):6.1f} ms  p99 {percentile(waits, 99):6.1f} ms"
        f"  {size / 1024:5.1f} KB gz"
    )


def _plans(opened: Database) -> None:
    """Insist that nothing of the board reads all work orders."""
    links = SignedLinks("", KEY)
    counter = Counter(_pages(), links, OpenUow(opened, (), links), PhotoStore(Path(), small), lambda: NOW)
    token = links.to(Page.BOARD, pages_fill.DISPATCHER, pages_fill.DISPATCHER, NOW).rpartition("/")[2]
    for wanted in ({}, *BOARD_LOOKS.values()):
        plan = plans(opened, lambda wanted=wanted: counter.data(token, wanted), generic=False)  # type: ignore[misc]
        for table in ("work_order", "sla_clock", "event"):
            if scanned(plan, table):
                raise SystemExit(f"the board reads all of {table}:\n{plan}")
    print("   board: every query along an index, none reads all of work_order, sla_clock or event")


def _views(url: str, folder: Path, task_id: UUID) -> None:
    port = free_port()
    links = SignedLinks(f"http://127.0.0.1:{port}", KEY)
    settings = corp.environment(url, port) | {
        "FIXLOOP_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "FIXLOOP_FILES_DIR": str(folder / "files"),
    }
    with running(PRODUCT, settings, folder, "pages"):
        page_views.measure(pages_fill.addresses(links, task_id))
