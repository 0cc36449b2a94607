"""Many people at the same pieces in the same moment, with real threads: nothing is promised twice."""

from decimal import Decimal
from uuid import UUID

from adapters.storage.engine import Database
from domain.kernel.errors import ConcurrentUpdate, DomainError
from domain.parts.commands import PartLine
from domain.parts.errors import NotEnough
from domain.parts.keeping import reserve
from domain.parts.model.stock import Reservation
from domain.parts.moving import Why, move
from domain.parts.places import OPENING_ID, Reason, Tracking
from tests.support import parts
from tests.support.builders import AT, LI
from tests.support.storage import at_once, one, transaction

RIVALS = 50
TURNS = 10
WHY = Why(reason=Reason.TRANSFER, actor_id=str(LI), at=AT)


def kept(number: int, part_id: UUID, place_id: UUID) -> Reservation:
    return Reservation(
        id=UUID(int=7000 + number),
        part_id=part_id,
        place_id=place_id,
        quantity=Decimal(1),
        next_due_at=AT,
        created_at=AT,
    )


def test_fifty_reserve_the_last_piece_and_one_gets_it(database: Database):
    bearing, store = parts.part(database, "6204"), parts.store(database)
    parts.opening(database, bearing, store, 1, 1000)

    def rival(number: int) -> str:
        try:
            with transaction(database) as uow:
                reserve(kept(number, bearing, store), str(LI), AT, uow)
                uow.commit()
        except NotEnough as refusal:
            return refusal.code
        return "reserved"

    answers = at_once(RIVALS, rival)

    assert sorted(answers) == ["not_enough"] * (RIVALS - 1) + ["reserved"]
    assert parts.on_hand(database, bearing, store) == (1, 1, 1000)
    assert one(database, "SELECT count(*) FROM reservation") == 1
    parts.assert_books(database)


def test_opposite_directions_never_wait_in_a_circle(database: Database):
    bearing, pump = parts.part(database, "6204"), parts.part(database, "PUMP")
    places = [parts.store(database), parts.van(database)]
    for part in (bearing, pump):
        for place in places:
            parts.opening(database, part, place, 100, 100_000)

    def mover(number: int) -> int:
        for _ in range(TURNS):
            with transaction(database) as uow:
                uow.stock.lock([(part, place) for part in (pump, bearing) for place in places])
                for part in (bearing, pump) if number % 2 else (pump, bearing):
                    line = PartLine(part_id=part, quantity=Decimal(1))
                    move(line, places[number % 2], places[1 - number % 2], WHY, uow)
                uow.commit()
        return TURNS

    assert at_once(4, mover) == [TURNS] * 4
    assert parts.on_hand(database, bearing, places[0]) == (100, 0, 100_000)
    parts.assert_books(database)


def test_balances_nobody_had_are_made_once(database: Database):
    bearing, store = parts.part(database, "6204"), parts.store(database)

    def opener(_number: int) -> None:
        with transaction(database) as uow:
            parts.put_in(uow, bearing, store, 2, 500)
            uow.commit()

    at_once(8, opener)

    assert parts.on_hand(database, bearing, store) == (16, 0, 4000)
    parts.assert_books(database)


def test_one_serial_comes_into_one_place_only(database: Database):
    pump = parts.part(database, "PUMP", tracking=Tracking.SERIAL)
    places = [parts.store(database), parts.van(database)]

    def opener(number: int) -> str:
        line = PartLine(part_id=pump, quantity=Decimal(1), lot="SN-1")
        try:
            with transaction(database) as uow:
                move(line, OPENING_ID, places[number], WHY, uow, value_fen=100)
                uow.commit()
        except ConcurrentUpdate:
            return "raced"
        except DomainError as refusal:
            return refusal.code
        return "in"

    answers = at_once(2, opener)

    assert answers.count("in") == 1
    assert set(answers) <= {"in", "raced", "piece_exists"}
    parts.assert_books(database)
