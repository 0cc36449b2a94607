"""What the pump asks of whatever delivers to audiences that are not chats."""

from collections.abc import Callable
from dataclasses import dataclass

from adapters.delivery.ports import DeliveryError, Sent
from adapters.delivery.store import Owed


@dataclass(frozen=True)
class Served:
    """Where a service showed something.

    Args:
        sent: how to name it, or None where nothing had to be said.
    """

    rung: str
    address: str
    sent: Sent | None


class RungRefused(Exception):
    """One of a service's own rungs refused or did not answer; a PERMANENT error leads to the next one."""

    def __init__(self, rung: str, address: str, error: DeliveryError) -> None:
        super().__init__(f"{rung}: {error}")
        self.rung = rung
        self.address = address
        self.error = error


Service = Callable[[Owed], Served | None]
"""Delivers something owed to no chat, e.g. asks a directory; None where nothing is shown to anybody.

Raises DeliveryError like a channel, after which a PERMANENT one leaves the row dead, or RungRefused.
"""
