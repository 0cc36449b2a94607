"""The storekeeper's page: picking, receiving and counting by scan, by the same rules as in chat."""

from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.kernel.links import Page
from domain.kernel.localtime import local_day
from domain.parts.commands import OfferParts, TakeParts
from domain.parts.supply_commands import PlaceOrder, RequestPurchase
from domain.people.model import Role
from tests.support.closing import by, decide, hire
from tests.support.loop import Loop
from tests.support.pages import PageVisitor, address_in
from tests.support.parts import branch
from tests.support.stores import KEEPER, Shop, shop

HATEFUL = "<svg onload=alert(1)>"


def page_of(loop: Loop, name: str, place: UUID) -> PageVisitor:
    """Return somebody with a link to a place."""
    return PageVisitor(loop.product.links.to(Page.STORE, loop.person(name).id, place, loop.clock.now()))


@pytest.fixture
def store(loop: Loop) -> Shop:
    return shop(loop, "dingtalk")


@pytest.fixture
def page(loop: Loop, store: Shop) -> PageVisitor:
    return page_of(loop, KEEPER, store.place)


def line(store: Shop, code: str, quantity: str, lot: str = "") -> dict[str, Any]:
    """Return so much of a part as a submission says it."""
    return {"part_id": str(store.parts[code]), "quantity": quantity, "lot": lot}


def bought(store: Shop, code: str, quantity: int) -> UUID:
    """Return a purchase that was ordered for the store."""
    loop, purchase_id = store.loop, uuid4()
    wanted = RequestPurchase(
        purchase_id=purchase_id,
        part_id=store.parts[code],
        place_id=store.place,
        quantity=Decimal(quantity),
        **by(loop, KEEPER),
    )
    decide(loop, wanted)
    order = PlaceOrder(purchase_id=purchase_id, expected_on=local_day(loop.clock.now()), **by(loop, KEEPER))
    decide(loop, order)
    loop.settle()
    return purchase_id


def test_the_pick_task_and_the_list_lead_to_the_page(loop: Loop, store: Shop):
    number = store.requested(_6204=2)

    told = store.says("待出库", "扫码拣货", number)
    (from_card,) = {row.view["page_url"] for row in loop.outbox() if row.card == "parts_request"} - {""}
    from_list = address_in(told)

    assert from_card == from_list
    assert [one["number"] for one in PageVisitor(from_list).data()["picks"]] == [number]
    assert "仓库页" not in "".join(store.technician.told())


def test_a_request_is_picked_by_scan_and_issued_in_two_parts(loop: Loop, store: Shop, page: PageVisitor):
    store.requested(_6204=2, KB_10=1)
    (pick,) = page.data()["picks"]
    (bearing,) = page.data("?code=6901234567892")["found"]
    (board,) = page.data("?code=sn002")["found"]

    first = page.do("issue", request_id=pick["id"], lines=[line(store, "6204", "2")])
    second = page.do(
        "issue", request_id=pick["id"], lines=[{**line(store, "KB-10", "1"), "lot": board["lot"]}]
    )

    assert (bearing["code"], board["lot"]) == ("6204", "SN002")
    assert "还没有出齐" in first.json()["message"] and "已全部出库" in second.json()["message"]
    assert second.json()["data"]["picks"] == []
    assert (store.stands("6204"), store.stands("KB-10"), len(store.transfers())) == ("8", "1", 2)
    store.books_are_right()


def test_what_was_not_asked_for_is_not_let_out(loop: Loop, store: Shop, page: PageVisitor):
    store.requested(_6204=2)
    (pick,) = page.data()["picks"]

    refused = [
        page.do("issue", request_id=pick["id"], lines=[line(store, code, quantity, lot)])
        for code, quantity, lot in (("6204", "3", ""), ("6205", "1", ""), ("KB-10", "1", "SN001"))
    ]

    assert [one.status_code for one in refused] == [409] * 3
    assert all(one.json()["message"].endswith("。") for one in refused)
    assert store.stands("6204") == "10" and not store.transfers()


def test_a_double_press_issues_once(loop: Loop, store: Shop, page: PageVisitor):
    store.requested(_6204=2)
    (pick,) = page.data()["picks"]

    answers = [
        page.do("issue", "issue-once", request_id=pick["id"], lines=[line(store, "6204", "1")])
        for _ in range(2)
    ]

    assert answers[0].json()["message"] == answers[1].json()["message"]
    assert store.stands("6204") == "9"


def test_a_purchase_is_received_with_its_serials(loop: Loop, store: Shop, page: PageVisitor):
    purchase_id = str(bought(store, "KB-10", 2))
    (arrives,) = page.data()["purchases"]

    wrong = page.do("receive", purchase_id=purchase_id, quantity="2", lots=["SN100"])
    first = page.do("receive", purchase_id=purchase_id, quantity="1", lots=[HATEFUL])
    again = page.do("receive", purchase_id=purchase_id, quantity="1", lots=[HATEFUL])
    last = page.do("receive", purchase_id=purchase_id, quantity="1", lots=["SN101"])

    assert (arrives["missing"], arrives["tracking"]) == ("2", "serial")
    assert (wrong.status_code, again.status_code) == (409, 409)
    assert HATEFUL in first.json()["message"] and "全部到齐" in last.json()["message"]
    assert last.json()["data"]["purchases"] == []
    assert store.stands("KB-10") == "4"


def test_a_return_is_taken_and_not_refused_afterwards(loop: Loop, store: Shop, page: PageVisitor):
    store.requested(_6204=2)
    (pick,) = page.data()["picks"]
    page.do("issue", request_id=pick["id"], lines=[line(store, "6204", "2")])
    (issued,) = store.transfers()
    decide(loop, TakeParts(transfer_id=issued.id, **by(loop, store.name)))
    back = OfferParts(
        transfer_id=uuid4(),
        kind="return",
        from_id=issued.to_id,
        to_id=store.place,
        lines=[line(store, "6204", "1")],  # type: ignore[arg-type]
        **by(loop, store.name),
    )
    decide(loop, back)
    (coming,) = page.data()["transfers"]

    taken = page.do("take", transfer_id=coming["id"], version=coming["version"])
    late = page.do("refuse", transfer_id=coming["id"], version=coming["version"])

    assert coming["sender"] == store.name
    assert taken.status_code == 200 and late.status_code == 409
    assert store.stands("6204") == "9"
    store.books_are_right()


def test_a_count_is_blind_until_it_is_done(loop: Loop, store: Shop, page: PageVisitor):
    started = page.do("start_count").json()["data"]["count"]
    words = page.get("/data").text

    entered = page.do("enter", count_id=started["id"], **line(store, "6204", "8")).json()["data"]["count"]
    page.do("enter", count_id=started["id"], **line(store, "6204", "9"))
    done = page.do("submit_count", count_id=started["id"]).json()

    assert "booked" not in words and "10" not in [one["counted"] for one in started["left"]]
    assert [one["counted"] for one in entered["done"]] == ["8"]
    (difference,) = done["more"]["count"]["differences"]
    assert (difference["booked"], difference["counted"], difference["difference"]) == ("10", "9", "-1")


def test_a_count_can_be_given_up(loop: Loop, store: Shop, page: PageVisitor):
    count = page.do("start_count").json()["data"]["count"]

    answer = page.do("cancel_count", count_id=count["id"])

    assert answer.json()["data"]["count"] is None
    late = page.do("enter", count_id=count["id"], **line(store, "6204", "8"))
    assert (late.status_code, late.json()["code"]) == (409, "count_over")


@pytest.mark.parametrize("name", ["李强", "林涛", "赵敏", "吴梅"])
def test_nobody_else_opens_a_store(loop: Loop, store: Shop, name: str):
    answer = page_of(loop, name, store.place).get("/data")

    assert (answer.status_code, answer.json()["code"]) == (409, "not_permitted")
    assert "6204" not in answer.text


def test_a_place_of_somebody_else_is_refused(loop: Loop, store: Shop):
    hire(loop, "孟仓", Role.STOREKEEPER, "wecom", "meng")
    foreign = page_of(loop, "孟仓", store.place)
    own = page_of(loop, "孟仓", branch(loop.database, keeper_id=loop.person("孟仓").id))
    store.requested(_6204=2)
    (pick,) = page_of(loop, KEEPER, store.place).data()["picks"]

    refused = [foreign.get("/data"), foreign.do("start_count")]
    reached = own.do("issue", request_id=pick["id"], lines=[line(store, "6204", "1")])

    assert [one.json()["code"] for one in refused] == ["not_keeper"] * 2
    assert (reached.status_code, reached.json()["code"]) == (409, "not_on_this_page")
    assert store.stands("6204") == "10"


def test_codes_that_are_none_find_nothing_and_break_nothing(store: Shop, page: PageVisitor):
    for code in (HATEFUL, "%25", "x" * 10_000, "'; drop table part; --", ""):
        assert isinstance(page.data(f"?code={code}")["found"], list)
    too_much = page.do("issue", request_id=str(uuid4()), lines=[line(store, "6204", "1e9")])
    assert too_much.status_code == 422 and too_much.json()["message"].endswith("。")
