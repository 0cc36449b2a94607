"""Whatever anybody does with parts in whatever order, the books are right and every piece has one holder."""

from collections import Counter
from datetime import timedelta
from random import Random
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.parts.places import Reason
from tests.support.builders import LI, WANG
from tests.support.parts import opening
from tests.support.stock_life import StockLife
from tests.support.stock_luck import OFTEN, WISHES
from tests.support.stockroom import BEARING, BRANCH, GREASE, STORE, fill

SEEDS = st.integers(0, 2**32 - 1)
TOURS, STEPS = 5, 130
LEAPS = tuple(timedelta(hours=hours) for hours in (1, 1, 1, 1, 25, 73, 217))


class LifeOfTheStock(RuleBasedStateMachine):
    """Random people do random things with parts, one after the other."""

    def __init__(self) -> None:
        super().__init__()
        self.life = StockLife()

    @initialize(seed=SEEDS)
    def there_is_stock(self, seed: int) -> None:
        fill(self.life.database, Random(seed))

    @rule(wish=st.sampled_from(OFTEN), seed=SEEDS)
    def somebody_wishes(self, wish: str, seed: int) -> None:
        self.life.wish(wish, seed)

    @rule(
        part_id=st.sampled_from([BEARING, GREASE]),
        place_id=st.sampled_from([STORE, BRANCH]),
        quantity=st.integers(1, 20),
        value_fen=st.integers(0, 10**7),
    )
    def stock_comes(self, part_id: UUID, place_id: UUID, quantity: int, value_fen: int) -> None:
        opening(self.life.database, part_id, place_id, quantity, value_fen)

    @rule(leap=st.sampled_from(LEAPS))
    def time_goes_by(self, leap: timedelta) -> None:
        self.life.now += leap
        self.life.clock_looks()

    @rule(person_id=st.sampled_from([LI, WANG]), active=st.booleans())
    def a_technician_comes_or_goes(self, person_id: UUID, active: bool) -> None:
        self.life.comes_and_goes(person_id, active)

    @invariant()
    def everything_is_right(self) -> None:
        self.life.insist()

    def teardown(self) -> None:
        self.life.close()


TestLifeOfTheStock = LifeOfTheStock.TestCase
TestLifeOfTheStock.settings = settings(max_examples=18, stateful_step_count=30, deadline=None)


def tour(seed: int) -> StockLife:
    """Let people do the same things every time, with the books looked at now and then."""
    luck, life = Random(seed), StockLife()
    fill(life.database, luck)
    for step in range(STEPS):
        while not life.wish(luck.choice(OFTEN), luck.getrandbits(32)):
            pass
        if step % 15 == 0:
            life.now += luck.choice(LEAPS)
            life.clock_looks()
            life.insist()
    life.insist()
    return life


def test_parts_move_for_every_reason_and_the_books_are_right():
    granted: Counter[str] = Counter()
    moved: Counter[str] = Counter()
    for seed in range(TOURS):
        life = tour(seed)
        granted += life.granted
        moved += life.moved()
        life.close()

    assert {*WISHES} - {*granted} == set()
    assert {*Reason} - {*moved} == set()
