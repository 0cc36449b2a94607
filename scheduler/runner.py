"""Runs a command of the clock in a transaction of its own."""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol
from uuid import uuid4

from domain.kernel.bus import Bus
from domain.kernel.errors import ConcurrentUpdate
from domain.kernel.messages import Command
from domain.kernel.ports import UnitOfWork


class ClockUnitOfWork(UnitOfWork, Protocol):
    """A transaction that the clock began."""

    def commit(self) -> None:
        """Make everything durable at once."""


class OpenUnitOfWork(Protocol):
    """How a transaction is begun."""

    def __call__(
        self, *, now: datetime, channel: str, correlation_id: str
    ) -> AbstractContextManager[ClockUnitOfWork]:
        """Return a transaction to be entered with `with`; it is undone unless it commits."""


class CommandRunner:
    """Decides one command; a lost race is run once more."""

    def __init__(self, open_uow: OpenUnitOfWork, bus: Bus) -> None:
        self._open_uow = open_uow
        self._bus = bus

    def run(self, command: Command) -> None:
        """Decide a command and make it durable.

        Raises:
            DomainError: refused; nothing changed.
        """
        try:
            self._once(command)
        except ConcurrentUpdate:
            self._once(command)

    def _once(self, command: Command) -> None:
        with self._open_uow(now=command.issued_at, channel="clock", correlation_id=str(uuid4())) as uow:
            self._bus.handle(command, uow)
            uow.commit()
