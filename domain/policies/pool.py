"""What the pool needs of storage."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.workorder.pool import PoolFilter, PoolLine


class Pool(Protocol):
    """Every open work order, read only."""

    def page(self, wanted: PoolFilter, at: datetime, offset: int, limit: int) -> Sequence[PoolLine]:
        """Return open work orders, the most urgent first, then the oldest; one query along an index."""
