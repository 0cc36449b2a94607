"""Fifty technicians want the last piece at once: one has it, the others hear what else there is."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from adapters.storage.engine import Database
from domain.kernel.errors import DomainError
from domain.parts.commands import RequestParts, WantedLine
from domain.parts.supply_commands import PlaceOrder, RequestPurchase
from domain.people.model import Role
from tests.support import parts
from tests.support.builders import AT, LI, cause
from tests.support.stock_books import insist
from tests.support.stockroom import BEARING, BRANCH, SONG, STORE, employee, furnish, job, refusal_of
from tests.support.storage import at_once, decided, one, opened, rows

CROWD = 50
TECHNICIANS = [UUID(int=1000 + number) for number in range(CROWD)]
JOBS = [UUID(int=2000 + number) for number in range(CROWD)]


@pytest.fixture
def crowded(database_url: str) -> Iterator[Database]:
    with opened(database_url) as database:
        furnish(database, processes=())
        with database.write() as session, session.begin():
            session.add_all(employee(who, f"技师{who.int}", Role.TECHNICIAN) for who in TECHNICIANS)
            session.flush()
            session.add_all(job(*pair) for pair in zip(JOBS, TECHNICIANS, strict=True))
        parts.opening(database, BEARING, STORE, 1, 1250)
        yield database


def asked(database: Database) -> list[DomainError]:
    """Let everybody ask at once, and return the refusals."""

    def ask(number: int) -> DomainError | None:
        line = WantedLine(part_id=BEARING, quantity=Decimal(1))
        request_id = UUID(int=3000 + number)
        return refusal_of(
            database,
            RequestParts(
                request_id=request_id,
                work_order_id=JOBS[number],
                lines=(line,),
                **cause(TECHNICIANS[number], AT, f"ask:{number}"),
            ),
        )

    return [refusal for refusal in at_once(CROWD, ask) if refusal is not None]


def insist_on_one_winner(database: Database, refusals: list[DomainError], words: str) -> None:
    assert [refusal.code for refusal in refusals] == ["not_enough"] * (CROWD - 1)
    assert [refusal.message for refusal in refusals if words not in refusal.message] == []
    assert one(database, "SELECT count(*) FROM parts_request") == 1
    assert rows(database, "SELECT state, quantity FROM reservation") == [("held", 1000)]
    assert parts.on_hand(database, BEARING, STORE) == (Decimal(1), Decimal(1), 1250)
    insist(database)


def test_of_fifty_one_has_the_last_piece_and_the_others_hear_of_a_substitute(crowded: Database):
    sealed = parts.part(crowded, "6204-2RS", "轴承")
    parts.opening(crowded, sealed, STORE, 60)

    refusals = asked(crowded)

    insist_on_one_winner(crowded, refusals, "6204-2RS")


def test_of_fifty_one_has_the_last_piece_and_the_others_hear_of_a_van(crowded: Database):
    parts.opening(crowded, BEARING, parts.van(crowded, LI), 2)

    refusals = asked(crowded)

    insist_on_one_winner(crowded, refusals, "李强的车")


def test_of_fifty_one_has_the_last_piece_and_the_others_hear_when_more_comes(crowded: Database):
    purchase_id = UUID(int=4000)
    bought = RequestPurchase(
        purchase_id=purchase_id,
        part_id=BEARING,
        place_id=BRANCH,
        quantity=Decimal(5),
        **cause(SONG, AT, "buy"),
    )
    expected = (AT + timedelta(days=3)).date()
    decided(
        crowded, bought, PlaceOrder(purchase_id=purchase_id, expected_on=expected, **cause(SONG, AT, "order"))
    )

    refusals = asked(crowded)

    insist_on_one_winner(crowded, refusals, "预计 2026年11月27日 到货")
