"""What the service desk and groups are shown: choices as buttons, nothing private, nothing too long."""

from datetime import timedelta
from uuid import UUID

import pytest

from adapters.dingtalk.cards import Template, encode
from adapters.wecom.cards import template_card
from cards.catalog import render
from cards.desk import span_words
from cards.spec import Card, Note, plain_text
from domain.groups.errors import GroupCardOutdated, GroupStepNotPossible
from domain.groups.outcome import WAYS, Outcome, check_way
from tests.support.builders import AT, LI, NUMBER, ORDER, WANG

REQUEST = UUID(int=700)


def group_card(outcome: str = "open", **more: object) -> Card:
    view = {
        "request_id": str(REQUEST),
        "version": 2,
        "outcome": outcome,
        "speaker": "赵敏",
        "fault": "冷库不制冷",
        **more,
    }
    card = render("group_request", view)
    assert isinstance(card, Card)
    return card


def labels(card: Card) -> list[str]:
    return [button.label for button in card.buttons]


@pytest.mark.parametrize(
    ("outcome", "more", "shown"),
    [
        ("open", {}, ["建工单", "不是报修"]),
        ("open", {"linkable": [NUMBER]}, ["建工单", "关联到已有工单", "不是报修"]),
        ("open", {"linkable": [NUMBER], "choosing": True}, ["关联 0001", "返回"]),
        ("order", {"number": NUMBER}, ["不是报修"]),
        ("linked", {"number": NUMBER}, ["建工单", "不是报修"]),
        ("not_a_request", {}, ["其实是报修"]),
        ("open", {"technician": "张三", "number": NUMBER}, ["派给张三", "不用"]),
        ("not_a_request", {"technician": "张三", "number": NUMBER}, ["派给张三"]),
        ("assigned", {"technician": "张三", "number": NUMBER}, []),
    ],
)
def test_a_group_s_card_offers_what_can_be_done_now(outcome: str, more: dict[str, object], shown: list[str]):
    assert labels(group_card(outcome, **more)) == shown


def test_what_is_no_request_shows_nothing_of_the_customer():
    text = plain_text(group_card("not_a_request", customer="沪冷物流", asset="冷库机组"))

    assert "沪冷物流" not in text


def test_a_link_button_carries_the_whole_number():
    (link, _) = group_card("open", linkable=[NUMBER], choosing=True).buttons

    assert link.action.choice == NUMBER
    assert link.words == f"关联 {NUMBER}"


@pytest.mark.parametrize("template", Template)
def test_a_group_s_card_fits_dingtalk(template: Template):
    values = encode(
        group_card("open", linkable=[NUMBER] * 4, fault="漏" * 300, customer="沪" * 200), template
    )

    assert all(len(value.encode()) <= 1024 for value in values.values())


def test_a_group_s_card_fits_wecom():
    card = template_card(group_card("open", linkable=[NUMBER]), task_id="t1", home_url="https://x.example")

    assert [button["text"] for button in card["button_list"]] == ["建工单", "关联到已有工单", "不是报修"]


@pytest.mark.parametrize("before", Outcome)
@pytest.mark.parametrize("after", Outcome)
def test_only_the_ways_of_the_table_are_open(before: Outcome, after: Outcome):
    if after in WAYS[before]:
        check_way(before, after, version=2, seen_version=2)
    else:
        with pytest.raises(GroupStepNotPossible):
            check_way(before, after, version=2, seen_version=None)


def test_an_older_card_decides_nothing():
    with pytest.raises(GroupCardOutdated):
        check_way(Outcome.OPEN, Outcome.ORDER, version=2, seen_version=1)


def picker(*candidates: tuple[UUID, str, str]) -> Card | Note:
    people = [{"person_id": str(one), "name": name, "reason": why} for one, name, why in candidates]
    view = {
        "work_order_id": str(ORDER),
        "number": NUMBER,
        "version": 3,
        "fault": "漏油",
        "candidates": people,
    }
    return render("picker", view)


def test_a_picker_has_a_button_and_a_reason_for_everybody():
    card = picker((LI, "李强", "同区域，手上 0 单"), (WANG, "王芳", "跨区域，手上 2 单"))

    assert isinstance(card, Card)
    assert labels(card) == ["派给李强", "派给王芳"]
    assert card.buttons[0].action.choice == LI.hex
    assert "1. 李强：同区域，手上 0 单" in card.body


def test_a_picker_without_anybody_says_so_and_what_can_be_said():
    note = picker()

    assert isinstance(note, Note)
    assert f"派单 {NUMBER} 技师姓名" in note.text


def pool(lines: int, **more: object) -> str:
    line = {
        "number": NUMBER,
        "status": "in_progress",
        "priority": "P2",
        "type": "complaint",
        "fault": "漏" * 60,
        "customer_name": "沪" * 200,
        "owner": "李强",
        "since": AT,
        "reported_at": AT,
        "overdue": True,
    }
    view = {"lines": [line] * lines, "page": 1, "more": False, "at": AT + timedelta(hours=9), **more}
    note = render("pool", view)
    assert isinstance(note, Note)
    return note.text


def test_a_line_of_the_pool_says_urgency_node_owner_and_age():
    text = pool(1)

    assert all(word in text for word in ("P2", NUMBER, "投诉", "处理中", "李强", "9 小时", "已超期"))


def test_a_full_page_fits_one_message_and_leads_to_the_next():
    text = pool(8, more=True, wanted="超期")

    assert len(text.encode()) <= 2048
    assert text.count(NUMBER) == 8
    assert "工单池 超期 2" in text


def test_an_empty_pool_says_how_to_ask():
    assert "没有符合条件" in pool(0)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=-5), "0 分钟"),
        (timedelta(minutes=119), "119 分钟"),
        (timedelta(hours=47), "47 小时"),
        (timedelta(days=3), "3 天"),
    ],
)
def test_an_age_is_told_in_one_unit(span: timedelta, words: str):
    assert span_words(span) == words
