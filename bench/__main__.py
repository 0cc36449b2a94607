"""`python -m bench`: measure on both databases and print."""

import argparse
import logging
import tempfile
from contextlib import AbstractContextManager
from pathlib import Path

from bench import (
    callback,
    databases,
    documents,
    due,
    expression,
    machine,
    pages,
    parts,
    presses,
    process,
    processes,
    sla,
    steps,
    understanding,
)
from bench.databases import NewDatabase

ON_DATABASES = ["callback", "press", "steps", "sla", "processes", "parts", "pages"]
PARTS = ["understanding", "due", "expression", "process", "documents", *ON_DATABASES]
REPORTS = Path(__file__).parents[1] / "tests" / "data" / "reports_zh.jsonl"
KINDS = {"sqlite": databases.sqlite, "postgresql": databases.postgres}


def main() -> None:
    """Measure what was asked for."""
    options = _options()
    logging.basicConfig(level=logging.ERROR)
    for line in machine.describe():
        print(line)
    if "understanding" in options.only:
        understanding.print_time(REPORTS)
    if "due" in options.only:
        due.measure()
    if "expression" in options.only:
        expression.measure()
    if "process" in options.only:
        process.measure()
    if "documents" in options.only:
        documents.measure()
    if set(ON_DATABASES).isdisjoint(options.only):
        return
    # A short path beside the other temporary files: a PostgreSQL socket's path may have 107 bytes.
    with tempfile.TemporaryDirectory(prefix="fixloop-bench-", dir=options.folder) as made:
        for kind in options.database or KINDS:
            folder = Path(made) / kind
            folder.mkdir()
            opened: AbstractContextManager[tuple[str, NewDatabase]] = KINDS[kind](folder)
            with opened as (description, new):
                _measure(options, description, new, folder)


def _measure(options: argparse.Namespace, description: str, new: NewDatabase, folder: Path) -> None:
    if "callback" in options.only:
        callback.measure(
            description,
            new,
            requests=options.requests,
            clients=options.clients,
            past=options.orders,
            folder=folder,
        )
    if "press" in options.only:
        presses.measure(description, new, presses=options.presses)
    if "steps" in options.only:
        steps.measure(description, new, rounds=options.rounds, past=options.orders)
    if "sla" in options.only:
        sla.measure(description, new, clocks=options.clocks)
    if "processes" in options.only:
        processes.measure(description, new, steps=options.approvals, past=options.orders)
    if "parts" in options.only:
        parts.measure(
            description, new, moves=options.moves, parts=options.catalogue, ledger=options.movements
        )
    if "pages" in options.only:
        pages.measure(description, new, past=options.orders, folder=folder)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--requests", type=int, default=2000, help="callbacks in each round")
    parser.add_argument("--clients", type=int, default=8, help="kept-alive connections")
    parser.add_argument(
        "--orders", type=int, default=100_000, help="past orders of the large database; 0 leaves it out"
    )
    parser.add_argument("--rounds", type=int, default=20, help="work orders driven through every step")
    parser.add_argument("--clocks", type=int, default=1_000_000, help="open clocks; one in fifty is due")
    parser.add_argument(
        "--approvals", type=int, default=300, help="requests that are asked for and agreed to"
    )
    parser.add_argument("--moves", type=int, default=1_000, help="durable movements of a part in each round")
    parser.add_argument("--catalogue", type=int, default=50_000, help="parts that are searched")
    parser.add_argument(
        "--movements", type=int, default=1_000_000, help="movements of one part in the long ledger"
    )
    parser.add_argument("--presses", type=int, default=200, help="pressed cards")
    parser.add_argument(
        "--database", action="append", choices=[*KINDS], help="only this one; may be repeated"
    )
    parser.add_argument("--only", action="append", choices=PARTS, help="only this; may be repeated")
    parser.add_argument(
        "--folder", help="where the databases are made; must be a real disk (default: TMPDIR)"
    )
    options = parser.parse_args()
    options.only = options.only or PARTS
    return options


if __name__ == "__main__":
    main()
