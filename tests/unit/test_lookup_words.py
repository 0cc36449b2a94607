"""Words that look something up, and words that only resemble them."""

import pytest

from bot.lookup_words import Lookup, read_lookup, read_pair


@pytest.mark.parametrize(
    ("text", "wish", "rest"),
    [
        ("查 13800000021", Lookup.FIND, "13800000021"),
        ("查13800000021", Lookup.FIND, "13800000021"),
        ("查 沪DA6621", Lookup.FIND, "沪DA6621"),
        ("查沪D·A6621", Lookup.FIND, "沪D·A6621"),
        ("查：LK-230612-01", Lookup.FIND, "LK-230612-01"),
        ("查ＬＫ-230612-01", Lookup.FIND, "LK-230612-01"),
        ("查一下 安达冷链。", Lookup.FIND, "安达冷链"),
        ("查 WO-20261124-0001", Lookup.FIND, "WO-20261124-0001"),
        ("客户 安达", Lookup.CUSTOMER, "安达"),
        ("设备 LK-230612-01", Lookup.ASSET, "LK-230612-01"),
        ("合并客户 安达 到 C001", Lookup.MERGE_CUSTOMERS, "安达 到 C001"),
        ("合并设备 LK-1 到 LK-2", Lookup.MERGE_ASSETS, "LK-1 到 LK-2"),
        ("确认合并", Lookup.CONFIRM_MERGE, ""),
        ("确认合并。", Lookup.CONFIRM_MERGE, ""),
        ("客户级别 C001 金牌 续约", Lookup.LEVEL, "C001 金牌 续约"),
    ],
)
def test_words_are_read(text, wish, rest):
    found = read_lookup(text)

    assert found is not None and (found.wish, found.text) == (wish, rest)


@pytest.mark.parametrize(
    "text",
    [
        "查询进度",
        "查进度",
        "查进度 WO-20261124-0001",
        "查一下修好了吗",
        "查一下 进度",
        "查一下什么时候来",
        "客户很着急",
        "设备坏了",
        "设备不制冷了",
        "确认合并吗",
        "请查 13800000021",
        "",
    ],
)
def test_words_about_anything_else_are_left_alone(text):
    assert read_lookup(text) is None


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("安达 到 C001", ("安达", "C001")),
        ("安达到C001", ("安达", "C001")),
        ("一到家政 并入 到家服务", ("一到家政", "到家服务")),
        ("LK-1 -> LK-2", ("LK-1", "LK-2")),
        ("安达", None),
        ("到 C001", None),
    ],
)
def test_two_names_are_told_apart(text, pair):
    assert read_pair(text) == pair
