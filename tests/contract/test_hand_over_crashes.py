"""The power fails inside any step of a hand-over: neither side loses a piece, and nothing happens twice."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from functools import partial
from itertools import count
from typing import Any
from uuid import UUID

import pytest

from adapters.storage.engine import Database
from domain.kernel.messages import Command
from domain.parts.commands import (
    IssueParts,
    OfferParts,
    PartLine,
    RecallParts,
    RefuseParts,
    RequestParts,
    ReviewTransfer,
    TakeParts,
    WantedLine,
)
from domain.parts.places import TRANSIT_ID
from domain.policies.parts_places import van_for, van_id
from tests.support import parts
from tests.support.builders import AT, LI, WANG, cause
from tests.support.power import PowerCut, dying
from tests.support.stock_books import insist
from tests.support.stockroom import BEARING, BOARD, COIL, SONG, STORE, furnish, refusal_of
from tests.support.storage import decided, one, opened, rows, transaction

LATER = AT + timedelta(hours=25)
LINES = (
    PartLine(part_id=BEARING, quantity=Decimal(3)),
    PartLine(part_id=BOARD, quantity=Decimal(1), lot="SN1"),
    PartLine(part_id=COIL, quantity=Decimal(2), lot="B1"),
)
STORED = tuple(line.model_copy(update={"lot": line.lot and f"{line.lot}-2"}) for line in LINES)
MOMENTS = {"after_flush": 3, "before_commit": 1, "after_commit": 1}
"""Of so many in turn one is the last thing that happens."""
Lead = Callable[[UUID], tuple[Command, ...]]
Step = Callable[[UUID], Command]


@pytest.fixture
def vans(database_url: str) -> Iterator[Database]:
    """Give a database in which Li's van and the store hold what is handed over."""
    with opened(database_url) as database:
        furnish(database, processes=())
        with transaction(database) as uow:
            place_id = van_for(uow.people.get(LI), uow).id
            uow.commit()
        for lines, place in ((LINES, place_id), (STORED, STORE)):
            for line in lines:
                parts.opening(database, line.part_id, place, int(line.quantity), 1001, lot=line.lot)
        yield database


def offer(key: UUID, giver: UUID = LI, taker: UUID = WANG) -> Command:
    way: dict[str, Any] = {"from_id": van_id(giver), "to_id": van_id(taker), "receiver_id": taker}
    return OfferParts(
        transfer_id=key, kind="hand_over", lines=LINES, **way, **cause(giver, AT, f"offer:{key}")
    )


def take(key: UUID, who: UUID = WANG) -> Command:
    return TakeParts(transfer_id=key, **cause(who, AT, f"take:{key}"))


def refuse(key: UUID) -> Command:
    return RefuseParts(transfer_id=key, reason="型号不对", **cause(WANG, AT, f"refuse:{key}"))


def recall(key: UUID) -> Command:
    return RecallParts(transfer_id=key, **cause(LI, AT, f"recall:{key}"))


def expire(key: UUID) -> Command:
    return ReviewTransfer(transfer_id=key, **cause("system", LATER, f"expire:{key}"))


def request(key: UUID) -> Command:
    lines = tuple(WantedLine(part_id=one.part_id, quantity=one.quantity, place_id=STORE) for one in STORED)
    return RequestParts(request_id=UUID(int=key.int + 10_000), lines=lines, **cause(LI, AT, f"ask:{key}"))


def issue(key: UUID) -> Command:
    base: Any = cause(SONG, AT, f"issue:{key}")
    return IssueParts(request_id=UUID(int=key.int + 10_000), transfer_id=key, lines=STORED, **base)


def give_back(key: UUID) -> tuple[Command, ...]:
    """Return how Wang gives back to Li what he took."""
    back = UUID(int=key.int + 10_000)
    return offer(back, WANG, LI), take(back, LI)


def recall_issued(key: UUID) -> tuple[Command, ...]:
    return (RecallParts(transfer_id=key, **cause(SONG, AT, f"recall:{key}")),)


def nothing(key: UUID) -> tuple[Command, ...]:
    return ()


STEPS: Mapping[
    str, tuple[Callable[[UUID], tuple[Command, ...]], Step, Callable[[UUID], tuple[Command, ...]]]
] = {
    "offered": (nothing, offer, lambda key: (recall(key),)),
    "taken": (lambda key: (offer(key),), take, give_back),
    "refused": (lambda key: (offer(key),), refuse, nothing),
    "recalled": (lambda key: (offer(key),), recall, nothing),
    "expired": (lambda key: (offer(key),), expire, nothing),
    "issued": (lambda key: (request(key),), issue, recall_issued),
}
"""What leads to a step, the step, and what leads back to where it began."""


@pytest.mark.parametrize("step", list(STEPS))
def test_a_step_of_a_hand_over_happens_once_wherever_the_power_fails(vans: Database, step: str):
    before, make, after = STEPS[step]
    keys = iter(UUID(int=7000 + number) for number in count())
    calm = next(keys)
    decided(vans, *before(calm))
    at_first = held(vans)
    decided(vans, make(calm))
    at_last, owed = held(vans), told(vans, calm)
    decided(vans, *after(calm))

    for moment, stride in MOMENTS.items():
        for nth in count(1, stride):
            key = next(keys)
            decided(vans, *before(key))
            failed = fails(vans, make(key), moment, nth)
            assert held(vans) == (at_last if moment == "after_commit" or not failed else at_first)
            insist(vans)

            assert refusal_of(vans, make(key)) is None

            assert (held(vans), told(vans, key)) == (at_last, owed)
            decided(vans, *after(key))
            if not failed:
                break
        assert nth > 1, f"the power never failed {moment}"
    insist(vans)
    assert one(vans, "SELECT count(*) FROM transfer WHERE state = 'offered'") == 0


def fails(database: Database, command: Command, moment: str, nth: int) -> bool:
    """Decide a command; the power fails when it gets to a moment for the n-th time, if it does."""
    try:
        dying(moment, partial(decided, database, command), nth)
    except PowerCut:
        return True
    return False


def held(database: Database) -> dict[tuple[str, UUID], Decimal]:
    """Return how many of what everybody holds, and the store has free."""
    names = {van_id(LI): "李强", van_id(WANG): "王芳", TRANSIT_ID: "在途", STORE: "中心仓"}
    with transaction(database) as uow:
        found = [one for line in LINES for one in uow.stock.balances(line.part_id)]
    return {(names[one.place_id], one.part_id): one.quantity for one in found}


def told(database: Database, key: UUID) -> list[tuple[str, str]]:
    """Return who is or was owed which card about a hand-over."""
    query = "SELECT audience, card FROM outbox WHERE subject_id = :key ORDER BY audience, card, seq"
    found = rows(database, query, key=key.hex if database.counting is None else key)
    return [(audience, card) for audience, card in found]
