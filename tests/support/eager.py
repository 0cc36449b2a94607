"""Customers who confirm every summary at once, for tests that are about what comes after it."""

import contextlib
import threading
from collections.abc import Callable, Iterator

from tests.support.actors import CONFIRM, SEPARATE, Member, Visitor

PAUSE_S = 0.03


class EagerCustomers:
    """Presses 确认报修, and 不是，单独报修 where that is asked first, in the chats of customers."""

    def __init__(self, *customers: Visitor | Member) -> None:
        self._customers = customers
        for customer in customers:
            customer.eager = True
        self._done: set[tuple[int, int, str, str]] = set()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def idle(self) -> bool:
        """Return whether nothing waits for them."""
        return not any(True for _ in self._waiting())

    def stop(self) -> None:
        """Go home."""
        self._stop.set()
        self._thread.join(5)
        for customer in self._customers:
            customer.eager = False

    def _run(self) -> None:
        while not self._stop.wait(PAUSE_S):
            for key, press in list(self._waiting()):
                with contextlib.suppress(LookupError):
                    press()
                self._done.add(key)

    def _waiting(self) -> Iterator[tuple[tuple[int, int, str, str], Callable[[], object]]]:
        for number, customer in enumerate(self._customers):
            for at, message in enumerate(list(customer.view())):
                for label in (SEPARATE, CONFIRM):
                    key = (number, at, label, message.text)
                    if label in message.buttons and key not in self._done:
                        yield key, _pressing(customer, label)


def _pressing(customer: Visitor | Member, label: str) -> Callable[[], object]:
    if isinstance(customer, Visitor):
        return lambda: customer.taps(label)
    return lambda: customer.presses(label)
