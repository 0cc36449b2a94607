"""What a button's token says, and that only our own tokens are read."""

from uuid import UUID

import pytest

from cards.spec import PACKED_LIMIT, BadToken, CardAction
from tests.support.builders import LI, ORDER

TOKEN = f"1:wo.accept:{ORDER}:7"


def test_a_token_is_version_verb_subject_and_record_version():
    assert CardAction("wo.accept", ORDER, 7).pack() == TOKEN


def test_a_token_is_read_back():
    assert CardAction.unpack(TOKEN) == CardAction("wo.accept", ORDER, 7)


def test_the_longest_token_still_fits_the_tightest_platform():
    action = CardAction("wo.decline", UUID(int=2**128 - 1), 2**31 - 1)

    assert len(action.pack().encode()) <= PACKED_LIMIT


def test_a_choice_is_the_fifth_part():
    action = CardAction("wo.assign", ORDER, 7, LI.hex)

    assert action.pack() == f"1:wo.assign:{ORDER}:7:{LI.hex}"
    assert CardAction.unpack(action.pack()) == action


@pytest.mark.parametrize(
    "action",
    [
        CardAction("接" * 30, ORDER, 1),
        CardAction("wo.a_verb_that_is_too_long_for_its_choice", ORDER, 1, "c" * 40),
        CardAction("wo.rate", ORDER, 1, "c" * 41),
        CardAction("wo.rate", ORDER, 1, "a:b"),
        CardAction("wo.rate", ORDER, 1, "五"),
        CardAction("wo.rate", ORDER, 1, " "),
    ],
)
def test_a_token_no_platform_takes_is_never_made(action: CardAction):
    with pytest.raises(BadToken):
        action.pack()


@pytest.mark.parametrize(
    "token",
    [
        "",
        "接单",
        ":::",
        "wo.accept",
        f"2:wo.accept:{ORDER}:7",
        f"1::{ORDER}:7",
        f"1:wo.accept:{ORDER}",
        f"1:wo.accept:{ORDER}:",
        f"1:wo.accept:{ORDER}:7:",
        f"1:wo.accept:{ORDER}:7:8:9",
        f"1:wo.accept:{ORDER}:7:八",
        f"1:wo.accept:{ORDER}:7:8\n",
        f"1:wo.accept:{ORDER}:7:" + "8" * 41,
        f"1:wo.accept:{ORDER}:x",
        f"1:wo.accept:{ORDER}:７",
        f"1:wo.accept:{ORDER}: 7",
        f"1:wo.accept:{ORDER}:1_0",
        f"1:wo.accept:{ORDER}:007",
        f"1:wo.accept:{ORDER}:" + "9" * 5000,
        f"1:wo.accept:{{{ORDER}}}:7",
        f"1:wo.accept:{ORDER.hex}:7",
        "1:wo.accept:not-an-id:7",
        f"1:wo.accept:{ORDER}:7\n",
        f"1:\ud800:{ORDER}:7",
    ],
)
def test_anything_we_never_made_is_refused(token: str):
    with pytest.raises(BadToken):
        CardAction.unpack(token)


def test_a_refused_token_is_kept_short():
    with pytest.raises(BadToken) as refusal:
        CardAction.unpack("9" * 10_000)

    assert len(str(refusal.value)) <= PACKED_LIMIT
