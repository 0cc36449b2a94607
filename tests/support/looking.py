"""Whoever polls looks again when there may be something new: most of a flow test's time went into looking."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from adapters.delivery.store import Owed
from adapters.storage.outbox import SqlOutbox
from bootstrap import wiring
from scheduler.process import Tick, start_ticks

T = TypeVar("T")

LOOK_AT_LEAST_EVERY_S = 0.2
"""What only time makes due, or another process wrote, is seen so late."""


class News:
    """Counts the commits of this process and the moves of the clock.

    Everything of the product runs as it always does, in its own threads and at its own pace; only a look at
    the database that would find what the last one found is left out.
    """

    def __init__(self) -> None:
        self._number = 0
        self._counting = threading.Lock()
        event.listen(Session, "after_commit", self.tell)

    def close(self) -> None:
        """Count no more."""
        event.remove(Session, "after_commit", self.tell)

    def tell(self, *_: object) -> None:
        """Let everybody look again."""
        with self._counting:
            self._number += 1

    def awaited(self, look: Callable[..., T], nothing: T) -> Callable[..., T]:
        """Return the look, which gives nothing at once while there can be nothing new."""
        seen, look_at = -1, 0.0

        def only_after_news(*given: object) -> T:
            nonlocal seen, look_at
            if seen == self._number and time.monotonic() < look_at:
                return nothing
            # Noted first: what is written during the look may be missed by it.
            seen, look_at = self._number, time.monotonic() + LOOK_AT_LEAST_EVERY_S
            return look(*given)

        return only_after_news

    def is_awaited_by_the_product(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Let the pump, the workers and the ticks of a product that is started from now on wait for news."""
        work = wiring._work
        claim = SqlOutbox.claim
        gates: dict[SqlOutbox, Callable[..., Sequence[Owed]]] = {}

        def claim_after_news(store: SqlOutbox, *given: Any) -> Sequence[Owed]:
            # Each pump has a gate of its own: two that look at once are what some tests are about.
            gate = gates.setdefault(store, self.awaited(partial(claim, store), ()))
            return gate(*given)

        def work_after_news(step: Callable[[], bool], stop: threading.Event) -> None:
            work(self.awaited(step, False), stop)

        def start_ticks_after_news(ticks: Mapping[str, tuple[float, Tick]]) -> Callable[[], None]:
            return start_ticks(
                {name: (every_s, self.awaited(tick, None)) for name, (every_s, tick) in ticks.items()}
            )

        monkeypatch.setattr(wiring, "_work", work_after_news)
        monkeypatch.setattr(wiring, "start_ticks", start_ticks_after_news)
        monkeypatch.setattr(SqlOutbox, "claim", claim_after_news)
