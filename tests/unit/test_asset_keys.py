"""Different spellings of one serial, plate or name meet."""

import pytest

from domain.assets.keys import PART_LENGTH, name_parts, plain_key, plate_key


@pytest.mark.parametrize("text", ["LK-230612-01", "lk 230612 01", "ＬＫ－２３０６１２－０１", "LK_230612.01"])
def test_one_serial_has_one_key(text):
    assert plain_key(text) == "lk23061201"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("沪A12345", "沪A12345"),
        ("沪a·12345", "沪A12345"),
        ("沪 AD12345", "沪AD12345"),
        ("粤B1234挂", "粤B1234挂"),
        ("京A1234警", "京A1234警"),
        ("沪A1234", ""),
        ("沪AI2345", ""),
        ("LK-230612-01", ""),
        ("", ""),
    ],
)
def test_a_plate_is_known_by_its_shape(text, key):
    assert plate_key(text) == key


def test_a_customer_is_found_by_code_and_by_any_part_of_the_name():
    parts = name_parts("C001", "上海安达冷链")

    assert "c001" in parts
    assert all(any(part.startswith(word) for part in parts) for word in ("上海", "安达", "达冷链", "冷链"))


def test_a_very_long_name_has_a_bounded_number_of_short_parts():
    parts = name_parts("C001", "长" * 100 + "短" * 100)

    assert len(parts) <= 42 and max(map(len, parts)) == PART_LENGTH


def test_a_name_of_one_character_is_still_found():
    assert name_parts("C1", "王") == {"王", "c1"}
