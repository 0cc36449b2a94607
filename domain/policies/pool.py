"""What the pool and the board need of storage."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.workorder.board import BoardFilter, BoardLine
from domain.workorder.pool import PoolFilter, PoolLine


class Pool(Protocol):
    """Every open work order, read only."""

    def page(self, wanted: PoolFilter, at: datetime, offset: int, limit: int) -> Sequence[PoolLine]:
        """Return open work orders, the most urgent first, then the oldest; one query along an index."""


class Board(Protocol):
    """What stands at which node and who has what, read only."""

    def columns(self, wanted: BoardFilter, at: datetime, each: int) -> Sequence[BoardLine]:
        """Return the most urgent work orders of every node, so many of each, and how many stand there."""

    def held(self, limit: int) -> Sequence[BoardLine]:
        """Return what technicians were offered, have, and did and is not signed off yet, oldest first."""

    def regions(self) -> Sequence[str]:
        """Return the regions of open work orders, in order."""

    def newest_event(self) -> int:
        """Return a number that is another one once anything has happened."""
