"""How transactions begin, in every process."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from adapters.delivery.store import Desk
from adapters.storage.engine import Database
from adapters.storage.uow import SqlUnitOfWork
from domain.kernel.links import Links


@dataclass(frozen=True)
class OpenUow:
    """Begins transactions on one database."""

    database: Database
    desks: Sequence[Desk]
    links: Links

    def __call__(self, *, now: datetime, channel: str, correlation_id: str) -> SqlUnitOfWork:
        """Return a transaction to be entered with `with`."""
        return SqlUnitOfWork(
            self.database,
            desks=self.desks,
            now=now,
            channel=channel,
            correlation_id=correlation_id,
            links=self.links,
        )
