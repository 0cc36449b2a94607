"""What cards and lists about parts say."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from cards.catalog import render
from cards.part_lists import documents, holder, low_stock, parts_news, piece
from cards.parts import hand_over, part_choice, parts_request, stock
from cards.spec import Card, Note, plain_text
from cards.text_parts import NEWS
from domain.parts.document_views import HandOverView, PartsRequestView
from domain.parts.views import (
    DocumentLine,
    DocumentsView,
    HolderView,
    LowLine,
    LowStockView,
    OnOrderLine,
    PartChoiceView,
    PartLineView,
    PartsNewsView,
    PieceMove,
    PieceView,
    PlaceLine,
    StockView,
)

AT = datetime(2026, 11, 30, 2, tzinfo=UTC)
ID = UUID(int=1)
BEARING = PartLineView(part_id=ID, code="6204", name="轴承", quantity="2")
BOARD = PartLineView(part_id=UUID(int=2), code="KB-10", name="控制板 KB-10", quantity="1", lots=("SN1",))
OIL = PartLineView(part_id=UUID(int=3), code="YL", name="冷冻油", unit="升", quantity="1.5")
FACTS = {
    "by": "王经理", "text": "太多了", "why": "工单已取消", "place": "中心仓", "again": "要配件 6204 ×2",
    "undo": "退料 6204 ×1", "due": "12月7日", "days": "3", "reason": "客户留下", "technician": "李强",
    "until": "12月3日 10:00", "from": "中心仓", "to": "浦东分仓", "since": "11月30日 10:00",
    "part": "轴承 6204", "code": "6204", "quantity": "18", "below": "20", "order": "10", "unit": "个",
    "supplier": "上海轴承厂", "expected": "12月3日", "kept": "2", "waits": "",
    "receiver": "李强", "before": "12月1日", "job": "，工单 WO-1 在等", "shipment": "顺丰 SF123",
}  # fmt: skip


def place(name: str, kind: str, quantity: str = "2", **fields: object) -> PlaceLine:
    return PlaceLine.model_validate(
        {"name": name, "kind": kind, "quantity": quantity, "free": quantity} | fields
    )


def stock_view(**fields: object) -> StockView:
    return StockView.model_validate({"part_id": ID, "code": "6204", "name": "轴承", "free": "9"} | fields)


def request(**fields: object) -> PartsRequestView:
    facts = {
        "request_id": ID,
        "version": 3,
        "number": "SP-20261130-0001",
        "technician": "李强",
        "place": "中心仓",
    }
    given = {"lines": (BEARING,), "state": "picking", "asked_at": AT, "order_number": "WO-20261130-0001"}
    return PartsRequestView.model_validate(facts | given | fields)


def transfer(**fields: object) -> HandOverView:
    facts = {"transfer_id": ID, "version": 1, "number": "DB-20261130-0001", "kind": "issue", "sender": "赵仓"}
    sides = {"receiver": "李强", "from_place": "中心仓", "to_place": "李强的车", "lines": (BEARING, BOARD)}
    return HandOverView.model_validate(facts | sides | {"state": "offered", "back_at": AT} | fields)


def test_stock_is_told_from_near_to_far_and_what_comes() -> None:
    places = (
        place("李强的车", "van", near=True, own=True),
        place("王海涛的车", "van", keeper="王海涛", near=True),
        place("浦东分仓", "branch", reserved="1"),
        place("中心仓", "store"),
        place("孙浩的车", "van", keeper="孙浩"),
    )
    coming = (OnOrderLine(number="SP-1", quantity="10", expected_on=date(2026, 12, 3)),)

    card = stock(stock_view(places=places, on_order=coming, in_transit="1", substitutes=("轴承 6205",)))

    labels = [label for label, _ in card.fields]
    assert labels == ["您的车", "附近同事", "分库", "中心库", "交接途中", "采购在途", "可替代", "其他同事"]
    assert dict(card.fields)["附近同事"] == "王海涛 2 个"
    assert dict(card.fields)["分库"] == "浦东分仓 2 个（已预留 1）"
    assert "10 个，预计" in dict(card.fields)["采购在途"]


def test_costs_are_shown_only_where_they_are_given() -> None:
    assert "金额" not in plain_text(stock(stock_view()))
    assert "33.50 元" in plain_text(stock(stock_view(price_fen=3350, value_fen=0)))


def test_what_is_nowhere_says_so_and_only_who_may_ask_is_told_how() -> None:
    assert stock(stock_view()).status == "没有现货"
    assert not stock(stock_view()).hint
    assert stock(stock_view(asks=True)).hint == "要领用请回复：要配件 6204 ×1"


def test_a_choice_goes_on_by_press_and_by_words() -> None:
    view = PartChoiceView(ask_id=ID, text="轴承", parts=(BEARING, BOARD), words=("库存 6204", "库存 KB-10"))

    card = part_choice(view)

    assert [one.label for one in card.buttons] == ["6204", "KB-10"]
    assert [one.words for one in card.buttons] == ["库存 6204", "库存 KB-10"]
    assert all(one.action.pack() for one in card.buttons)


def test_a_long_code_fits_on_its_button() -> None:
    long = BEARING.model_copy(update={"code": "SKF-6204-2RS1/C3"})

    (button,) = part_choice(
        PartChoiceView(ask_id=ID, text="轴承", parts=(long,), words=("库存 SKF",))
    ).buttons

    assert len(button.label) <= 10


def test_a_keeper_reads_what_to_pick_and_a_technician_how_it_stands() -> None:
    pick = parts_request(request(for_keeper=True, actions=("issue",)))
    own = parts_request(request(actions=("cancel",)))

    assert (pick.title, pick.buttons[0].words) == ("待出库 SP-20261130-0001", "出库 SP-20261130-0001 全部")
    assert dict(pick.fields)["领料人"] == "李强"
    assert (own.status, own.buttons[0].words) == ("等仓库出库", "取消领料 SP-20261130-0001")


@pytest.mark.parametrize("state", ["approving", "picking", "issued", "refused", "cancelled", "closed"])
def test_every_state_of_a_request_has_words(state: str) -> None:
    assert parts_request(request(state=state)).status
    assert parts_request(request(state=state, for_keeper=True)).status


def test_a_receiver_is_asked_to_count_and_a_sender_may_recall() -> None:
    asked, sent = hand_over(transfer(actions=("take", "refuse"))), hand_over(transfer(actions=("recall",)))

    assert (asked.status, [one.label for one in asked.buttons]) == ("等您收下", ["收下", "拒收"])
    assert "控制板 KB-10 ×1（SN1）" in plain_text(asked)
    assert dict(asked.fields)["从 → 到"] == "赵仓（中心仓） → 李强的车"
    assert (sent.status, sent.buttons[0].words) == ("等 李强 收下", "撤回交接 DB-20261130-0001")


def test_parts_that_went_back_to_the_store_say_how_to_ask_again() -> None:
    back = hand_over(transfer(kind="issue", state="expired", ended_at=AT, order_number="WO-20261130-0001"))
    returned = hand_over(transfer(kind="return", state="refused", ended_at=AT))

    assert back.hint == "这张领料已结束。仍要用，请领料人再回复：要配件 WO-20261130-0001 6204 ×2，KB-10 ×1"
    assert not returned.hint


@pytest.mark.parametrize("kind", ["issue", "return", "hand_over", "transfer", "old"])
@pytest.mark.parametrize("state", ["offered", "taken", "refused", "expired", "recalled"])
def test_every_hand_over_has_words(kind: str, state: str) -> None:
    card = hand_over(transfer(kind=kind, state=state, ended_at=None if state == "offered" else AT))

    assert card.title.endswith("DB-20261130-0001")
    assert ("自动退回" in dict(card.fields)) is (state == "offered")


@pytest.mark.parametrize("news", [*NEWS, "low", "refilled"])
def test_all_news_are_whole_sentences(news: str) -> None:
    view = PartsNewsView(
        news=news, number="SP-1", order_number="WO-1", lines=("轴承 6204 ×2",), facts=FACTS
    ).model_dump(mode="json")

    shown = render("parts_news", view)

    assert isinstance(shown, Card if news in ("low", "refilled") else Note)
    assert "轴承 6204" in plain_text(shown)
    assert "{" not in plain_text(shown)


def test_facts_that_nobody_knows_leave_nothing_behind() -> None:
    view = PartsNewsView(news="refused", number="SP-1", lines=("轴承 ×2",), facts={"by": "", "text": ""})

    assert plain_text(parts_news(view)) == "领料 SP-1 没有批准。预留已释放：轴承 ×2。"


def test_a_holder_reads_what_they_have_and_what_waits() -> None:
    view = HolderView(
        holder="李强", lines=(BEARING, OIL), coming=("DB-1 轴承 ×1",), old=("JJ-1 控制板",), more=3
    )

    text = plain_text(holder(view))

    assert "· 轴承 6204 ×2\n· 冷冻油 YL 1.5升" in text
    assert all(words in text for words in ("还有 3 种", "DB-1 轴承 ×1", "JJ-1 控制板"))
    assert "车上没有备件" in plain_text(holder(HolderView(holder="李强")))


def test_a_piece_is_followed() -> None:
    move = PieceMove(
        at=AT, from_place="中心仓", to_place="在途", reason="issue", who="赵仓", order_number="WO-1"
    )

    text = plain_text(
        piece(PieceView(lot="SN1", part="控制板", where=("李强的车（李强拿着）",), moves=(move,)))
    )

    assert "现在在：李强的车（李强拿着）" in text
    assert "中心仓 → 在途，领料出库，赵仓，WO-1" in text
    assert "已不在库存里" in plain_text(piece(PieceView(lot="SN1", part="控制板")))


def test_what_runs_low_says_whether_it_is_bought() -> None:
    line = LowLine(code="6204", name="轴承", place="中心仓", quantity="18", below="20")

    bought = low_stock(LowStockView(lines=(line.model_copy(update={"purchase": "SP-1"}),)))

    assert "还没有采购" in plain_text(low_stock(LowStockView(lines=(line,))))
    assert "已申请采购 SP-1" in plain_text(bought)


@pytest.mark.parametrize("kind", ["picks", "transit", "requests", "purchases", "old", "counts"])
def test_every_list_has_words_also_when_it_is_empty(kind: str) -> None:
    line = DocumentLine(
        number="DB-1", text="轴承 ×2", state="offered", since=AT, due_on=date(2026, 12, 3), words="收下 DB-1"
    )

    text = plain_text(documents(DocumentsView(kind=kind, lines=(line,), more=2)))

    assert all(words in text for words in ("DB-1 轴承 ×2", "可回复：收下 DB-1", "还有 2 项"))
    assert plain_text(documents(DocumentsView(kind=kind)))
