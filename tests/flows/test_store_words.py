"""A storekeeper's day in words and presses: picking, issuing, moving, scrapping, and what is refused."""

import pytest

from domain.people.model import Role
from tests.support.closing import hire
from tests.support.loop import Loop
from tests.support.stores import Shop, shop

on_both_platforms = pytest.mark.parametrize("platform", ["dingtalk", "wecom"])


@pytest.fixture
def store(loop: Loop, request: pytest.FixtureRequest) -> Shop:
    platform = getattr(request, "param", "dingtalk")
    return shop(loop, platform)


@on_both_platforms
def test_a_request_is_issued_from_its_card_in_one_tap(loop: Loop, platform: str):
    store = shop(loop, platform)
    number = store.requested(_6204=2)

    store.presses("全部出库", number)

    store.keeper.hears(number, "已全部出库", "轴承 6204 ×2", store.name)
    assert store.stands("6204") == "8"
    assert [one.state for one in store.transfers()] == ["offered"]
    store.technician.card("收下")
    store.books_are_right()


@on_both_platforms
def test_a_request_is_picked_line_by_line(loop: Loop, platform: str):
    store = shop(loop, platform)
    number = store.requested(_6204=2, KB_10=1)

    store.says("待出库", number, "轴承 6204 ×2")
    store.says(f"出库 {number}", "出库", number, "本仓：SN001、SN002")
    store.says("6204", "刚登记：轴承 6204 ×2")
    store.says("SN001", "刚登记：控制板 KB-10 ×1（SN001）", "都拣齐了")
    assert store.stands("6204") == "10"
    store.says("出完", "已全部出库", "SN001")

    assert (store.stands("6204"), store.stands("KB-10")) == ("8", "1")
    store.books_are_right()


def test_a_part_of_a_request_is_issued_and_the_rest_later(store: Shop):
    number = store.requested(_6204=3)

    store.says(f"出库 {number[-4:]}", "出库", number)
    store.says("6204 ×1", "已拣 1个")
    store.says("确认出库", "还没有出齐")
    store.says(f"出库 {number} 全部", "已全部出库", "轴承 6204 ×2")

    assert store.stands("6204") == "7"
    assert len(store.transfers()) == 2


def test_a_wrong_scan_is_taken_back_before_it_is_issued(store: Shop):
    number = store.requested(_6204=2, _6205=1)
    store.says(f"出库 {number}", "出库", number)

    store.says("6204 ×2", "刚登记：轴承 6204 ×2")
    store.says("撤销", "已撤销 轴承 6204 ×2")
    store.says("6205", "刚登记：轴承 6205 ×1")
    store.says("出完", "还没有出齐", "轴承 6205 ×1")

    assert (store.stands("6204"), store.stands("6205")) == ("10", "9")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("XYZ9 ×1", "没有找到备件"),
        ("6205 ×1", "不在领料"),
        ("6204 ×3", "还要 2个"),
        ("6204 ×0", "要大于 0"),
        ("6204 ×-1", "要大于 0"),
        ("6204 ×1.5", "1.5"),
        ("6204 ×10^9", "最多"),
        ("SN001", "不在领料"),
    ],
)
def test_what_cannot_be_picked_is_refused_and_changes_nothing(store: Shop, words: str, answer: str):
    number = store.requested(_6204=2)
    store.says(f"出库 {number}", "出库", number)

    store.says(words, answer)

    store.says("出完", "还没有扫过任何一件")
    assert (store.stands("6204"), store.transfers()) == ("10", [])


def test_a_piece_that_left_with_another_order_cannot_be_issued(store: Shop):
    first, second = store.requested(KB_10=1), store.requested(KB_10=1)
    store.says(f"出库 {first} KB-10 SN001", "刚登记：控制板 KB-10 ×1（SN001）")
    store.says("出完", first, "已全部出库")

    store.says(f"出库 {second}", "出库", second)
    store.says("SN001", "SN001 不在中心仓")

    store.says("SN002", "刚登记：控制板 KB-10 ×1（SN002）")
    store.says("SN002", "还要 0个")


def test_everything_goes_out_by_the_words_of_the_button(store: Shop):
    first = store.requested(_6204=2)
    store.says("全部出库", first, "已全部出库")
    second, third = store.requested(_6204=1), store.requested(_6205=3)

    store.says(
        "全部出库", f"全部出库 {second}（李强：轴承 6204 ×1）", f"全部出库 {third}（李强：轴承 6205 ×3）"
    )
    store.says(f"全部出库 {third}", third, "已全部出库")

    assert (store.stands("6204"), store.stands("6205")) == ("8", "7")


def test_a_serial_is_asked_for(store: Shop):
    number = store.requested(KB_10=1)

    store.says(f"出库 {number} 全部", "控制板 KB-10 要登记序列号")
    store.says(f"出库 {number}", "出库", number)
    store.says("KB-10", "按序列号管理", "SN001、SN002")

    assert store.stands("KB-10") == "2"


def test_the_same_words_twice_issue_once(store: Shop):
    number = store.requested(_6204=2)

    store.says(f"出库 {number} 全部", "已全部出库")
    store.says(f"出库 {number} 全部", "不能出库")

    assert store.stands("6204") == "8"
    assert len(store.transfers()) == 1


def test_an_ambiguous_name_names_the_codes(store: Shop):
    store.says("报废 轴承 ×1 摔坏", "可能是下面几种备件", "6204", "6205")

    assert store.stands("6204") == "10"


def test_pieces_are_scrapped_with_a_reason_only(store: Shop):
    store.says("报废 6204 ×2", "还缺内容")
    store.says("报废 6204 ×2 摔坏", "已报废 轴承 6204 ×2", "摔坏")
    store.says("报废 KB-10 SN001 进水", "已报废 控制板 KB-10 ×1（SN001）")
    store.says("报废 6204 ×9 摔坏", "不够")

    assert (store.stands("6204"), store.stands("KB-10")) == ("8", "1")
    store.books_are_right()


def test_only_who_may_corrects_the_books(store: Shop):
    store.says("调整 6204 +2 盘盈", "没有权限")
    assert store.stands("6204") == "10"

    store.loop.zheng.says("调整 6204 +2 中心仓 漏记")
    store.loop.zheng.hears("轴承 6204 +2个", "现在账面 12个")
    store.loop.zheng.says("调整 6204 -3 中心仓")
    store.loop.zheng.hears("还缺内容")
    store.loop.settle()

    assert store.stands("6204") == "12"
    store.books_are_right()


def test_a_customer_and_a_technician_have_no_store(store: Shop):
    number = store.requested(_6204=2)

    store.loop.lin.says(f"出库 {number} 全部")
    store.loop.li.says(f"出库 {number} 全部")
    store.loop.settle()

    assert (store.stands("6204"), store.transfers()) == ("10", [])


def test_somebody_elses_store_is_left_alone(store: Shop):
    number = store.requested(_6204=2)
    other = hire(store.loop, "周仓", Role.STOREKEEPER, "dingtalk", "zhoucang")

    other.says(f"出库 {number} 全部")
    other.hears("由 孔仓 保管")

    assert store.transfers() == []
