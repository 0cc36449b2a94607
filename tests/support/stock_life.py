"""A firm's stock that anybody may try anything with; every try is held against the books."""

import os
import shutil
import sqlite3
import tempfile
from collections import Counter
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import event, select, update

from adapters.storage.engine import Database
from domain.kernel.messages import Command
from domain.parts import commands as parts
from domain.parts import supply_commands as supply
from domain.parts.model.stock import StockEntry
from domain.people.model import Person
from tests.support.builders import AT
from tests.support.databases import migrated_sqlite
from tests.support.stock_books import insist
from tests.support.stock_luck import WISHES, let_clock_look
from tests.support.stock_player import Player
from tests.support.stockroom import furnish, refusal_of
from tests.support.storage import opened

MOVES_ONCE: tuple[type[Command], ...] = (
    *(parts.RequestParts, parts.IssueParts, parts.OfferParts, parts.TakeParts, parts.RefuseParts),
    *(parts.RecallParts, parts.ReviewTransfer, parts.ReviewReservation, parts.CancelPartsRequest),
    *(supply.StartCount, supply.SubmitCount, supply.RequestPurchase),
)
"""Said twice, they do no more than said once, whatever the second answer is."""
AT_ONCE = 100
"""So much can fall due at once, at most."""


@cache
def _furnished() -> Path:
    """Return a database with the firm in it, made once in a run."""
    run_directory = Path(os.environ["FIXLOOP_TEST_RUN_DIRECTORY"])
    made = run_directory / f"stock-{os.getpid()}.db"
    with opened(migrated_sqlite(run_directory, made)) as database:
        furnish(database)
    return made


def _carelessly(connection: Any, _record: object) -> None:
    """Let a commit not wait for the disk; here no power fails."""
    connection.execute("PRAGMA synchronous=OFF")


class StockLife:
    """The stock of a firm in a database of its own, and everything anybody did with it."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="fixloop-stock-")
        path = Path(self._folder.name) / "stock.db"
        shutil.copyfile(_furnished(), path)
        self.database = Database(f"sqlite:///{path}")
        event.listen(self.database.engine, "connect", _carelessly)
        self._watch = sqlite3.connect(path)
        self._seen = -1
        self.now = AT
        self.granted: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()

    def close(self) -> None:
        """Forget everything."""
        self._watch.close()
        self.database.close()
        self._folder.cleanup()

    def wish(self, name: str, seed: int) -> bool:
        """Let somebody wish for something, and return whether there was anything to wish for."""
        command = WISHES[name](Player(self.database, Random(seed), self.now + timedelta(minutes=1)))
        if command is not None:
            self.now = command.issued_at
            self.tries(name, command)
        return command is not None

    def tries(self, name: str, command: Command) -> bool:
        """Let somebody try; a refusal must leave everything as it was."""
        before = self._version()
        refusal = refusal_of(self.database, command)
        if refusal is not None:
            assert self._version() == before, f"{command} was refused ({refusal.code}) and changed something"
            assert refusal.message
            self.refused[f"{name}: {refusal.code}"] += 1
            return False
        self.granted[name] += 1
        if isinstance(command, MOVES_ONCE) and self.granted.total() % 3 == 0:
            once = self._version()
            refusal_of(self.database, command)
            assert self._version() == once, f"{command} did more the second time"
        return True

    def clock_looks(self) -> None:
        """Let the clock look at everything that is due until nothing is."""
        for seed in range(AT_ONCE):
            command = let_clock_look(Player(self.database, Random(seed), self.now))
            if command is None:
                return
            assert self.tries("let_clock_look", command), command
        raise AssertionError("what is due stays due")

    def comes_and_goes(self, person_id: UUID, active: bool) -> None:
        """Let somebody leave, or come back."""
        with self.database.write() as session, session.begin():
            session.execute(update(Person).where(Person.id == person_id).values(active=active))

    def insist(self) -> None:
        """Insist on everything, if anything changed."""
        version = self._version()
        if version != self._seen:
            insist(self.database)
            self._seen = version

    def moved(self) -> Counter[str]:
        """Return how often pieces moved for which reason."""
        with self.database.read() as session:
            return Counter(session.execute(select(StockEntry.reason)).scalars())

    def _version(self) -> int:
        """Return a number that changes with every commit of anybody else."""
        ((version,),) = self._watch.execute("PRAGMA data_version").fetchall()
        return int(version)
