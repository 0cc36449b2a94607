"""A photo of a barcode does what typing its code does, over the wire on both platforms."""

import pytest

from adapters.storage.tables import InboxRow
from sandbox.core.faults import Fault
from tests.support.barcodes import as_file, label, photo
from tests.support.kept_files import TINY_PNG
from tests.support.loop import Loop
from tests.support.stores import shop

on_both_platforms = pytest.mark.parametrize("platform", ["dingtalk", "wecom"])


@on_both_platforms
def test_parts_are_issued_by_photo(loop: Loop, platform: str):
    store = shop(loop, platform)
    number = store.requested(_6204=2, KB_10=1)
    store.says(f"出库 {number}", "出库", number)

    store.sends(as_file(label("6901234567892")), "刚登记：轴承 6204 ×2")
    store.sends(photo("KB-10", "SN002"), "刚登记：控制板 KB-10 ×1（SN002）", "都拣齐了")
    store.presses("确认出库", number)

    store.keeper.hears("已全部出库", "SN002")
    assert (store.stands("6204"), store.stands("KB-10")) == ("8", "1")
    store.books_are_right()


@on_both_platforms
def test_a_photo_without_a_code_asks_for_the_code(loop: Loop, platform: str):
    store = shop(loop, platform)
    number = store.requested(_6204=2)
    store.says(f"出库 {number}", "出库", number)

    store.sends(TINY_PNG, "没有找到条码")
    store.sends(photo("XYZ-404"), "XYZ-404", "不是已知的备件")

    store.says("出完", "还没有扫过任何一件")


def test_a_code_is_never_a_command(loop: Loop):
    store = shop(loop, "dingtalk")
    first, second = store.requested(_6204=2), store.requested(_6205=1)
    store.says(f"出库 {first}", "出库", first)

    store.sends(photo(f"{second} ALL"), "不是已知的备件")

    assert (store.stands("6205"), store.transfers()) == ("10", [])


def test_a_piece_of_another_order_is_refused_by_photo(loop: Loop):
    store = shop(loop, "dingtalk")
    number = store.requested(_6204=2)
    store.says(f"出库 {number}", "出库", number)

    store.sends(photo("SN001"), "控制板 KB-10 不在领料", number)

    store.says("出完", "还没有扫过任何一件")


def test_a_picture_is_read_once_however_often_it_is_fetched(loop: Loop):
    store = shop(loop, "wecom")
    number = store.requested(KB_10=2)
    store.says(f"出库 {number}", "出库", number)
    loop.faults.once("media/get", Fault(status=502, body="<html>"), times=1)

    store.sends(photo("SN001"))
    loop.advance(10)
    loop.settle()

    store.keeper.hears("刚登记：控制板 KB-10 ×1（SN001）")
    scans = [row for row in loop.inbox() if row.kind == "scanned"]
    assert [row.state for row in scans] == ["done"]
    assert isinstance(scans[0], InboxRow)


def test_a_scan_that_comes_too_late_says_so(loop: Loop):
    store = shop(loop, "wecom")
    number = store.requested(_6204=2)
    store.says(f"出库 {number}", "出库", number)
    loop.faults.once("media/get", Fault(status=502, body="<html>"), times=1)

    store.sends(photo("6204"))
    store.says("算了", "没有出库")
    loop.advance(10)
    loop.settle()

    store.keeper.hears("照片里的条码是 6204", "没有进行中")
    assert store.stands("6204") == "10"


def test_pictures_of_others_stay_what_they_were(loop: Loop):
    store = shop(loop, "dingtalk")

    store.sends(photo("6204"), "没有对应到工单")

    assert [row.kind for row in loop.inbox()].count("scanned") == 0
