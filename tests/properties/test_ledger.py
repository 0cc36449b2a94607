"""What pieces are worth, to the fen: whatever leaves in whatever portions takes along all that came in."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from domain.parts.ledger import average_fen, share_of_value, value_of

FEN = st.integers(0, 10**13)
AMOUNTS = st.integers(1, 10**8).map(lambda thousandths: Decimal(thousandths) / 1000)
PORTIONS = st.lists(AMOUNTS, min_size=1, max_size=40)


@given(FEN, PORTIONS)
def test_any_portions_take_along_exactly_what_all_of_it_cost(value_fen, portions):
    left, worth, shares = sum(portions, Decimal(0)), value_fen, []

    for portion in portions:
        shares.append(share_of_value(portion, left, worth))
        left, worth = left - portion, worth - shares[-1]
        assert shares[-1] >= 0
        assert worth >= 0

    assert (left, worth) == (0, 0)
    assert sum(shares) == value_fen


@given(FEN, AMOUNTS, AMOUNTS)
def test_a_portion_costs_its_share_to_half_a_fen(value_fen, portion, rest):
    exact = Decimal(value_fen) * portion / (portion + rest)

    assert abs(share_of_value(portion, portion + rest, value_fen) - exact) <= Decimal("0.5")


@given(PORTIONS, st.lists(st.integers(0, 10**9), min_size=40, max_size=40), st.data())
def test_what_came_in_is_what_went_out_and_what_is_there(portions, prices, data):
    held, worth, came_in, went_out = Decimal(0), 0, 0, 0

    for portion, price in zip(portions, prices, strict=False):
        cost = value_of(portion, price)
        held, worth, came_in = held + portion, worth + cost, came_in + cost
        out = Decimal(data.draw(st.integers(0, int(held * 1000)))) / 1000
        if out:
            share = share_of_value(out, held, worth)
            held, worth, went_out = held - out, worth - share, went_out + share
        assert came_in == went_out + worth
        assert held or not worth


@given(AMOUNTS, st.integers(0, 10**9))
def test_one_price_is_also_the_average(quantity, price_fen):
    average = average_fen(quantity, value_of(quantity, price_fen))

    assert abs(average - price_fen) <= Decimal("0.5") / quantity + 1
