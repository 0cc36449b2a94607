"""What is read of a call besides its words."""

import pytest

from domain.policies.request_facts import without_address

PLACE = "上海市浦东新区张江路88号"


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (f"冰柜不制冷了 {PLACE}", "冰柜不制冷了"),
        (f"{PLACE}，冰柜不制冷了", "冰柜不制冷了"),
        (f"冰柜不制冷了，地址：{PLACE}", "冰柜不制冷了"),
        (PLACE, PLACE),
        ("冰柜不制冷了", "冰柜不制冷了"),
    ],
)
def test_the_address_is_no_part_of_the_fault(words, fault):
    assert without_address(words, PLACE if PLACE in words else "") == fault
