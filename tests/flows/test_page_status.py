"""The status page: how far it is, who comes, words that arrive, and the way to the end."""

import pytest

from domain.kernel.links import Page
from tests.support.closing import begin
from tests.support.customer_pages import visitor
from tests.support.loop import Loop
from tests.support.pages import PageVisitor


def status(loop: Loop, name: str = "陈静") -> PageVisitor:
    return visitor(loop, Page.STATUS, name, loop.only_order().id)


def reached(page: PageVisitor) -> list[str]:
    return [one["label"] for one in page.data()["steps"] if one["reached"]]


def test_the_steps_follow_the_work(loop: Loop) -> None:
    ending = begin(loop, "kf", "dingtalk")
    page = status(loop)
    before = reached(page)

    ending.completes()

    assert before == ["已报修", "已派单", "技师已接单"]
    assert reached(page) == [*before, "已出发", "已到达", "处理中", "已完工"]
    assert page.data()["technician"] == "" and before[-1] == "技师已接单"


def test_who_comes_stands_there_as_in_the_chat(loop: Loop) -> None:
    begin(loop, "kf", "dingtalk")

    shown = status(loop).data()

    assert (shown["technician"], shown["technician_mobile"]) == ("李强", "13800000003")


def test_a_rejection_takes_the_steps_back(loop: Loop) -> None:
    ending = begin(loop, "kf", "dingtalk")
    ending.completes()
    ending.says(f"不通过 {ending.number} 还是不制冷")
    ending.becomes("accepted")

    assert reached(status(loop)) == ["已报修", "已派单", "技师已接单"]


def test_words_reach_the_technician_once(loop: Loop) -> None:
    ending = begin(loop, "kf", "dingtalk")
    page = status(loop)

    answers = [page.do("say", "a-key-of-this-click", text="门卫电话已留 <b>8</b>") for _ in range(2)]
    loop.settle()

    assert [answer.status_code for answer in answers] == [200, 200]
    assert len(loop.events("WordsRelayed")) == 1
    ending.technician.hears("门卫电话已留 <b>8</b>")


def test_words_before_anybody_has_it_stand_on_the_work_order(loop: Loop) -> None:
    loop.chen.reports()
    loop.settle()

    answer = status(loop).do("say", text="二号库在负一层")

    assert "技师接单后会看到" in answer.json()["message"]
    assert [one["text"] for one in loop.events("WorkOrderNoteAdded")] == ["二号库在负一层"]


def test_a_customer_urges_from_the_page(loop: Loop) -> None:
    ending = begin(loop, "kf", "dingtalk")

    answer = status(loop).do("expedite")
    loop.settle()

    assert "已为您催单" in answer.json()["message"]
    ending.technician.hears("催", ending.number)


def test_the_way_to_acceptance_stands_there_when_the_work_is_done(loop: Loop) -> None:
    ending = begin(loop, "kf", "dingtalk")
    page = status(loop)
    before = page.data()["next"]

    ending.completes()
    after = page.data()["next"]

    assert before is None
    assert after["label"] == "验收并签字"
    assert PageVisitor(after["url"]).data()["can_sign"] is True


def test_a_colleague_who_reported_nothing_reads_and_says_nothing(loop: Loop) -> None:
    ending = begin(loop, "kf", "dingtalk")
    ending.completes()

    page = status(loop, "何洁")

    assert page.look().status_code == 409 and "没有找到" in page.look().json()["message"]
    assert page.do("say", text="我是何洁").status_code == 409


@pytest.mark.parametrize("deed", ["say", "expedite"])
def test_nothing_is_said_about_work_that_is_over(loop: Loop, deed: str) -> None:
    ending = begin(loop, "kf", "dingtalk")
    ending.says(f"取消 {ending.number}")
    ending.becomes("cancelled")

    answer = status(loop).do(deed, **({"text": "还来吗"} if deed == "say" else {}))

    assert answer.status_code == 409
    assert "请" in answer.json()["message"]


def test_very_long_words_are_refused_in_a_sentence(loop: Loop) -> None:
    begin(loop, "kf", "dingtalk")

    answer = status(loop).do("say", text="急" * 10_000)

    assert (answer.status_code, "最多 500 个字" in answer.json()["fields"]["text"]) == (422, True)
