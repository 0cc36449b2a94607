"""Cards of stores: what is picked, what is bought, what was counted."""

from datetime import date
from uuid import UUID

import pytest

from cards.catalog import render
from cards.messages import help_words
from cards.spec import Card
from cards.store import PickingView, picking, purchase, stock_count
from domain.parts.document_views import CountLineView, CountView, PurchaseView
from domain.parts.views import PartLineView
from domain.people.model import Role
from tests.support.builders import AT

SUBJECT = UUID(int=900)
BEARING = PartLineView(part_id=UUID(int=901), code="6204", name="轴承 6204", quantity="2")
BOARD = PartLineView(
    part_id=UUID(int=902), code="KB-10", name="控制板", quantity="1", lots=("SN001", "SN002")
)


def picked(**changes: object) -> PickingView:
    view = PickingView(
        request_id=SUBJECT,
        version=3,
        number="SP-20261130-0001",
        order_number="WO-20261130-0001",
        technician="李强",
        place="中心仓",
        lines=(BEARING,),
    )
    return view.model_copy(update=changes)


def bought(**changes: object) -> PurchaseView:
    view = PurchaseView(
        purchase_id=SUBJECT,
        version=2,
        number="SP-20261130-0002",
        part=BEARING.model_copy(update={"quantity": "30", "price_fen": 1250}),
        place="中心仓",
        received="10",
        missing="20",
        supplier="上海轴承厂",
        expected_on=date(2026, 12, 5),
        requested_by="孔仓",
        state="ordered",
        actions=("receive",),
    )
    return view.model_copy(update=changes)


def counted(**changes: object) -> CountView:
    view = CountView(
        count_id=SUBJECT,
        version=1,
        number="SP-20261130-0003",
        place="中心仓",
        state="counting",
        started_by="孔仓",
        started_at=AT,
        entered=1,
        total=5,
    )
    return view.model_copy(update=changes)


DIFFERENCE = CountLineView(
    code="6204", name="轴承 6204", booked="10", counted="9", difference="-1", value_fen=-1500
)


def labels(card: Card) -> list[str]:
    return [button.label for button in card.buttons]


def test_what_has_no_serials_is_issued_in_one_tap():
    card = picking(picked())

    assert labels(card) == ["全部出库"]
    assert card.buttons[0].words == "出库 SP-20261130-0001 全部"
    assert "轴承 6204：要 2个，已拣 0个" in card.body


def test_serials_are_named_and_cannot_be_issued_in_one_tap():
    card = picking(picked(lines=(BEARING, BOARD), lots_needed=True))

    assert labels(card) == []
    assert "本仓：SN001、SN002" in card.body


def test_what_was_picked_is_confirmed():
    line = BEARING.model_copy(update={"done": "2"})

    card = picking(picked(lines=(line,), picked=True, complete=True, last="轴承 6204 ×2"))

    assert labels(card) == ["确认出库"]
    assert "✓ 轴承 6204：要 2个，已拣 2个" in card.body
    assert "刚登记：轴承 6204 ×2" in card.hint


def test_a_purchase_on_its_way_is_received_in_one_tap():
    card = purchase(bought())

    assert labels(card) == ["全部到货"]
    assert card.buttons[0].words == "入库 SP-20261130-0002 20"
    assert ("已到", "10个，还差 20个") in card.fields
    assert ("预计到货", "2026年12月5日") in card.fields


def test_serials_are_not_received_in_one_tap():
    assert labels(purchase(bought(actions=()))) == []


def test_a_late_purchase_is_loud():
    card = purchase(bought(late=True))

    assert (card.status, card.tone.value) == ("已下单，逾期未到", "danger")


@pytest.mark.parametrize("state", ["approving", "approved", "done", "refused", "cancelled"])
def test_every_state_of_a_purchase_has_words(state: str):
    assert purchase(bought(state=state, actions=())).status


def test_a_running_count_shows_no_books():
    card = stock_count(counted(lines=(DIFFERENCE,)))

    assert labels(card) == ["盘点完成", "还差什么"]
    assert (card.body, ("已录", "1/5 项") in card.fields) == ("", True)


@pytest.mark.parametrize("state", ["submitted", "posted", "refused"])
def test_differences_are_shown_with_their_value(state: str):
    card = stock_count(counted(state=state, lines=(DIFFERENCE,), value_fen=-1500))

    assert card.body == "轴承 6204：账面 10，实盘 9，-1个（-15 元）"
    assert ("差异金额", "-15 元") in card.fields
    assert labels(card) == []


def test_a_cancelled_count_shows_nothing_of_the_books():
    assert stock_count(counted(state="cancelled")).body == ""


@pytest.mark.parametrize(
    ("name", "view"), [("picking", picked()), ("purchase", bought()), ("stock_count", counted())]
)
def test_the_catalogue_has_the_cards(name: str, view: PickingView | PurchaseView | CountView):
    assert isinstance(render(name, view.model_dump(mode="json")), Card)


@pytest.mark.parametrize(
    ("role", "told"), [(Role.STOREKEEPER, True), (Role.MANAGER, True), (Role.TECHNICIAN, False)]
)
def test_the_help_of_a_storekeeper_names_the_words(role: Role, told: bool):
    assert ("待出库" in help_words(frozenset({role}))) is told
