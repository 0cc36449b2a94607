"""The service desk's board in a browser: who may open it, what stands where, and asking a technician."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import requests

from domain.kernel.links import Page
from domain.workorder.commands import AcceptWorkOrder
from tests.support.closing import by, decide
from tests.support.loop import Loop
from tests.support.pages import PageVisitor, address_in

HATEFUL = "<script>alert(1)</script>冷机漏油"


def board_of(loop: Loop, name: str) -> PageVisitor:
    """Return somebody with a link to the board."""
    person = loop.person(name)
    return PageVisitor(loop.product.links.to(Page.BOARD, person.id, person.id, loop.clock.now()))


def columns(page: PageVisitor, query: str = "") -> dict[str, list[str]]:
    """Return the numbers in each column that has any."""
    shown = page.data(query)["columns"]
    return {one["label"]: [order["number"] for order in one["orders"]] for one in shown if one["orders"]}


def reported(loop: Loop, words: str = "二号库的冷机不制冷了，报警 E7") -> str:
    """Let a customer report a fault, and return the number."""
    number = loop.chen.reports(words)
    loop.settle()
    return number


def test_the_desk_gets_a_link_in_its_own_chat_and_none_in_a_group(loop: Loop):
    reported(loop)

    loop.zhao.says("看板")
    told = loop.zhao.hears("技师状态", "打开网页看板")
    address = address_in(told)
    assert columns(PageVisitor(address)) == {"待接单": [loop.only_order().number]}

    loop.desk.says("zhao", "看板")
    loop.settle()
    assert "http" not in loop.desk.hears("技师状态")


@pytest.mark.parametrize("name", ["李强", "陈静", "林涛"])
def test_nobody_else_opens_the_board(loop: Loop, name: str):
    reported(loop)

    answer = board_of(loop, name).get("/data")

    assert (answer.status_code, answer.json()["code"]) == (409, "not_permitted")
    assert loop.only_order().number not in answer.text


def test_the_board_shows_every_order_at_its_node_with_words_as_they_were_written(loop: Loop):
    number = reported(loop, HATEFUL)
    page = board_of(loop, "赵敏")

    (order,) = next(one["orders"] for one in page.data()["columns"] if one["orders"])

    assert (order["number"], order["owner"], order["does"]) == (number, "李强", "offer")
    assert order["fault"] == HATEFUL
    assert order["customer"] == "沪冷物流"


@pytest.mark.parametrize(("query", "encoding"), [("", "gzip"), ("?known={version}", None)])
def test_a_long_answer_travels_packed_and_a_short_one_as_it_is(loop: Loop, query: str, encoding: str | None):
    for words in ("二号库的冷机不制冷了，报警 E7", "三号库的门关不上，漏冷气"):
        reported(loop, words)
    page = board_of(loop, "赵敏")
    path = "/data" + query.format(version=page.data()["version"])

    packed, plain = page.get(path), requests.get(page.url + path, headers={"Accept-Encoding": "identity"})

    assert (packed.headers.get("Content-Encoding"), plain.headers.get("Content-Encoding")) == (encoding, None)
    assert packed.json()["data"].get("columns") == plain.json()["data"].get("columns")


def test_an_order_is_offered_from_the_board_and_the_technician_gets_the_card(loop: Loop):
    number = reported(loop)
    page = board_of(loop, "赵敏")
    pick = page.data(f"?pick={loop.only_order().id}")
    wang = next(one for one in [*pick["best"], *pick["others"]] if one["name"] == "王芳")

    answer = page.do("ask", work_order_id=pick["id"], version=pick["version"], technician_id=wang["id"])

    assert answer.status_code == 200 and "派给 王芳" in answer.json()["message"]
    loop.settle()
    loop.wang.card("接单", number)
    assert loop.only_order().assignee_id == loop.person("王芳").id


def test_an_accepted_order_is_taken_away_only_with_a_reason(loop: Loop):
    reported(loop)
    order = loop.only_order()
    decide(loop, AcceptWorkOrder(work_order_id=order.id, **by(loop, "李强")))
    page, wang = board_of(loop, "赵敏"), str(loop.person("王芳").id)
    given: dict[str, Any] = {
        "work_order_id": str(order.id),
        "version": loop.only_order().version,
        "technician_id": wang,
    }

    refused = page.do("ask", **given)
    done = page.do("ask", **given, reason="李强车坏了")

    assert (refused.status_code, refused.json()["code"]) == (409, "reason_needed")
    assert done.status_code == 200 and "转给 王芳" in done.json()["message"]


def test_a_board_that_is_out_of_date_moves_nobody(loop: Loop):
    reported(loop)
    order = loop.only_order()
    decide(loop, AcceptWorkOrder(work_order_id=order.id, **by(loop, "李强")))

    wang = str(loop.person("王芳").id)
    answer = board_of(loop, "赵敏").do(
        "ask", work_order_id=str(order.id), version=order.version, technician_id=wang, reason="改派"
    )

    assert answer.status_code == 409
    assert loop.only_order().assignee_id == loop.person("李强").id


def test_pressing_twice_asks_once(loop: Loop):
    reported(loop)
    order, page = loop.only_order(), board_of(loop, "赵敏")
    wang = str(loop.person("王芳").id)

    answers = [
        page.do("ask", "one-press-1", work_order_id=str(order.id), version=order.version, technician_id=wang)
        for _ in range(2)
    ]

    assert [one.status_code for one in answers] == [200, 200]
    offers = [event for event in loop.events("WorkOrderOffered") if event["technician_id"] == wang]
    assert len(offers) == 1


def test_an_agent_looks_but_asks_nobody(loop: Loop):
    reported(loop)
    order, page = loop.only_order(), board_of(loop, "吴梅")
    wang = str(loop.person("王芳").id)

    answer = page.do("ask", work_order_id=str(order.id), version=order.version, technician_id=wang)

    assert page.data()["asks"] is False
    assert (answer.status_code, answer.json()["code"]) == (409, "not_permitted")


def test_filters_narrow_the_board(loop: Loop):
    number = reported(loop)
    page, li, wang = board_of(loop, "赵敏"), loop.person("李强").id, loop.person("王芳").id

    assert columns(page, "?region=华东") == {"待接单": [number]}
    assert columns(page, "?region=华南") == {}
    assert columns(page, f"?technician={li}") == {"待接单": [number]}
    assert columns(page, f"?technician={wang}") == {}
    assert columns(page, "?technician=';--") == {}
    assert columns(page, "?overdue=1") == {}
    decide(loop, AcceptWorkOrder(work_order_id=loop.only_order().id, **by(loop, "李强")))
    loop.advance(timedelta(hours=5).total_seconds())
    assert columns(page, "?overdue=1") == {"已接单": [number]}


def test_a_board_on_which_nothing_happened_is_not_sent_again(loop: Loop):
    reported(loop)
    page = board_of(loop, "赵敏")
    version = page.data()["version"]

    assert page.data(f"?known={version}") == {"version": version, "same": True}
    decide(loop, AcceptWorkOrder(work_order_id=loop.only_order().id, **by(loop, "李强")))
    assert "columns" in page.data(f"?known={version}")


def test_the_day_shows_what_each_technician_has(loop: Loop):
    number = reported(loop)

    days = board_of(loop, "赵敏").data("?view=day")["days"]

    li = next(day for day in days if day["name"] == "李强")
    assert ([job["number"] for job in li["jobs"]], li["open"]) == ([number], 1)
    assert days[0] is li
    assert {"王芳", "孙浩"} <= {day["name"] for day in days}


def test_an_order_that_is_not_there_is_refused_in_words(loop: Loop):
    page = board_of(loop, "郑强")

    for wanted in (str(uuid4()), "x" * 5000):
        answer = page.get(f"/data?pick={wanted}")
        assert (answer.status_code, answer.json()["code"]) == (409, "not_on_this_page")
        assert answer.json()["message"].endswith("。")
