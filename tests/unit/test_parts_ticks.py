"""The ticks of parts: whatever is due is looked at, and one bad record never stops the others."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

import pytest

from domain.kernel.messages import Command
from domain.parts.commands import ReviewOldPart, ReviewReservation, ReviewTransfer
from domain.parts.supply_commands import ReviewPurchase
from scheduler.parts import review_old_parts, review_purchases, review_reservations, review_transfers
from scheduler.ticks import LOT
from tests.support.builders import AT

DUE, OTHER = UUID(int=1), UUID(int=2)
TICKS = [
    (review_reservations, ReviewReservation, "reservation_id", "reservation"),
    (review_transfers, ReviewTransfer, "transfer_id", "transfer"),
    (review_old_parts, ReviewOldPart, "old_part_id", "old-part"),
    (review_purchases, ReviewPurchase, "purchase_id", "purchase"),
]
Tick = Callable[..., None]


class Due:
    """Two records of every kind that are due."""

    def _due(self, now: datetime, limit: int) -> Sequence[UUID]:
        assert (now, limit) == (AT, LOT)
        return [DUE, OTHER]

    due_reservations = due_transfers = due_old_parts = due_purchases = _due


@pytest.mark.parametrize(("tick", "kind", "key", "name"), TICKS)
def test_the_clock_asks_for_everything_that_is_due(tick: Tick, kind: type[Command], key: str, name: str):
    asked: list[Command] = []

    tick(Due(), asked.append, lambda: AT)

    assert [(type(one), getattr(one, key)) for one in asked] == [(kind, DUE), (kind, OTHER)]
    assert asked[0].idempotency_key == f"{name}:{DUE}:{AT.isoformat()}"
    assert {one.actor_id for one in asked} == {"system"}


@pytest.mark.parametrize(("tick", "key"), [(tick, key) for tick, _, key, _ in TICKS])
def test_one_that_fails_does_not_keep_the_others_waiting(
    tick: Tick, key: str, caplog: pytest.LogCaptureFixture
):
    asked: list[UUID] = []

    def run(command: Command) -> None:
        if getattr(command, key) == DUE:
            raise RuntimeError
        asked.append(getattr(command, key))

    tick(Due(), run, lambda: AT)

    assert asked == [OTHER]
    assert str(DUE) in caplog.text
