"""Words about parts: which ones are commands, and what they are about."""

import pytest

from bot.stock_words import StockDeed, StockWords, read_stock


def read(text: str) -> tuple[StockDeed, str, str, str] | None:
    found = read_stock(text)
    return (found.deed, found.order, found.document, found.rest) if found is not None else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("要配件 轴承 6204 ×2", (StockDeed.ASK, "", "", "轴承 6204 ×2")),
        ("要配件：轴承 6204 ×2", (StockDeed.ASK, "", "", "轴承 6204 ×2")),
        ("领料轴承 ×2", (StockDeed.ASK, "", "", "轴承 ×2")),
        ("领料 WO-20260302-0007 6204 ×2", (StockDeed.ASK, "WO-20260302-0007", "", "6204 ×2")),
        ("WO-20260302-0007 要配件 6204 ×2", (StockDeed.ASK, "WO-20260302-0007", "", "6204 ×2")),
        ("要配件", (StockDeed.ASK, "", "", "")),
        ("领预留", (StockDeed.RESERVED, "", "", "")),
        ("取消领料 SP-20261130-0001", (StockDeed.CANCEL, "", "SP-20261130-0001", "")),
        ("SP-20261130-0001 取消领料", (StockDeed.CANCEL, "", "SP-20261130-0001", "")),
        ("收下 db 20261130 0001", (StockDeed.TAKE, "", "DB-20261130-0001", "")),
        ("收下", (StockDeed.TAKE, "", "", "")),
        ("拒收 DB-20261130-0001 少一个", (StockDeed.REFUSE, "", "DB-20261130-0001", "少一个")),
        ("撤回交接", (StockDeed.RECALL, "", "", "")),
        ("撤回 DB-20261130-0001", (StockDeed.RECALL, "", "DB-20261130-0001", "")),
        ("用料 6204 ×1", (StockDeed.USE, "", "", "6204 ×1")),
        ("退料 6204 ×1 WO-20260302-0007", (StockDeed.RETURN, "WO-20260302-0007", "", "6204 ×1")),
        ("转配件 王海涛 轴承 6204 ×2", (StockDeed.GIVE, "", "", "王海涛 轴承 6204 ×2")),
        ("还旧件 JJ-20261130-0001", (StockDeed.BRING_OLD, "", "JJ-20261130-0001", "")),
        ("库存6204", (StockDeed.STOCK, "", "", "6204")),
        ("有没有 6204", (StockDeed.STOCK, "", "", "6204")),
        ("我的车", (StockDeed.HOLDER, "", "", "")),
        ("车上有吗", (StockDeed.HOLDER, "", "", "有吗")),
        ("谁拿着 SN123", (StockDeed.WHO, "", "", "SN123")),
        ("在途", (StockDeed.TRANSIT, "", "", "")),
        ("低库存", (StockDeed.LOW, "", "", "")),
        ("旧件", (StockDeed.OLD, "", "", "")),
        ("领料单", (StockDeed.REQUESTS, "", "", "")),
        ("DB-20261130-0001", (StockDeed.SHOW, "", "DB-20261130-0001", "")),
    ],
)
def test_a_command_is_read(text: str, expected: tuple[StockDeed, str, str, str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "客户说要配件",
        "SP-20261130-0001",
        "撤回 SP-20261130-0001",
        "旧件已经给客户看过了",
        "车上的货已经卸完了等我半小时",
        "收下了客户给的水",
        "在途中堵车了半小时",
        "申请 折扣 300元",
        "旧件报废 JJ-20261130-0001",
    ],
)
def test_other_words_are_none(text: str) -> None:
    assert read_stock(text) is None


def test_words_without_a_gap_are_marked_so_that_a_sentence_is_told_apart() -> None:
    assert not _read("库存不够了").apart
    assert not _read("有没有 人").apart
    assert _read("库存6204").apart
    assert _read("库存 轴承").apart


def _read(text: str) -> StockWords:
    found = read_stock(text)
    assert found is not None
    return found
