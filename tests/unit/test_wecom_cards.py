"""Cards and words inside every limit of WeCom, with nothing in them that WeCom would act on."""

import json
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.wecom.cards import share, template_card
from adapters.wecom.menus import kf_body
from adapters.wecom.messages import cut_bytes, harmless, markdown_body, text_body
from cards.spec import Button, ButtonStyle, Card, CardAction, Link, Note, Tone
from sandbox.wecom.cards import advice, check_card, check_task_id

ORDER = UUID("0b7e3f6a-8f0e-4c53-9d2b-0d9a3f1c2e11")
HOME = "https://fixloop.example.com"


class Nothing:
    def is_media(self, media_id: str) -> bool:
        return False

    def is_member(self, userid: str) -> bool:
        return False


def button(label: str = "接单", style: ButtonStyle = ButtonStyle.PRIMARY) -> Button:
    return Button(label, CardAction("wo.accept", ORDER, 3), "接单 WO-20261124-0001", style)


OFFER = Card(
    title="工单 WO-20261124-0001 · 待接单",
    status="待接单",
    tone=Tone.WARNING,
    fields=(
        ("客户", "新希望乳业"),
        ("设备", "贴标机 LB-200"),
        ("地址", "上海市浦东新区张江高科技园区博云路二号楼三层东侧车间内"),
    ),
    body="贴标机一直卡标，已经停产。",
    hint="请在 10 分钟内接单",
    buttons=(button(), button("拒单", ButtonStyle.DANGER)),
)


def encode(card: Card):
    return template_card(card, task_id="wo-0001-3", home_url=HOME)


def test_a_link_keeps_a_row_of_its_own_and_is_tapped():
    many = tuple((f"第{n}项", str(n)) for n in range(9))

    card = encode(replace(OFFER, fields=many, links=(Link("导航", "打开地图", f"{HOME}/map?x=1,2"),)))

    check_card(card, Nothing())
    assert card["horizontal_content_list"][5:] == [
        {"type": 1, "keyname": "导航", "value": "打开地图", "url": f"{HOME}/map?x=1,2"}
    ]


def test_an_offer_becomes_a_card_with_buttons():
    card = encode(OFFER)

    assert card["card_type"] == "button_interaction"
    assert card["main_title"] == {"title": OFFER.title, "desc": "请在 10 分钟内接单"}
    assert card["source"] == {"desc": "待接单", "desc_color": 2}
    assert [(b["text"], b["style"]) for b in card["button_list"]] == [("接单", 1), ("拒单", 3)]
    assert card["button_list"][0]["key"] == f"1:wo.accept:{ORDER}:3"


def test_a_value_too_long_for_a_row_is_seen_in_the_sub_title():
    card = encode(OFFER)

    assert [row["keyname"] for row in card["horizontal_content_list"]] == ["客户", "设备"]
    assert card["sub_title_text"].startswith("贴标机一直卡标，已经停产。")
    assert "\n地址：上海市浦东新区" in card["sub_title_text"]


def test_a_card_without_buttons_becomes_a_notice_that_leads_home():
    card = encode(Card(title="工单已取消"))

    assert card["card_type"] == "text_notice"
    assert card["card_action"] == {"type": 1, "url": HOME}
    assert "sub_title_text" not in card and "horizontal_content_list" not in card


def test_a_long_body_leaves_room_for_a_long_hint():
    hint = "李工已接单，本卡片不再有效；如需协助请联系调度员赵工，电话 021-12345678。"

    card = encode(Card(title="工单", body="漏油" * 500, hint=hint))

    assert card["sub_title_text"].endswith(hint)
    assert len(card["sub_title_text"]) == 112


def test_a_crowd_of_long_fields_does_not_push_out_the_hint():
    fields = tuple((f"第{n}个字段", "值") for n in range(15))

    card = encode(Card(title="工单", fields=fields, hint="请在十分钟之内接单，" * 5))

    assert card["sub_title_text"].splitlines()[-1].startswith("请在")


def test_the_seventh_field_moves_to_the_sub_title():
    card = encode(Card(title="工单", fields=tuple((f"项{n}", f"值{n}") for n in range(7))))

    assert len(card["horizontal_content_list"]) == 6
    assert card["sub_title_text"] == "项6：值6"


texts = st.text(st.characters(codec="utf-8"), max_size=200)
cards = st.builds(
    Card,
    title=texts,
    status=texts,
    tone=st.sampled_from(Tone),
    fields=st.lists(st.tuples(texts, texts), max_size=12).map(tuple),
    body=texts,
    hint=texts,
    buttons=st.lists(texts.filter(lambda t: harmless(t).strip() != "").map(button), max_size=4).map(tuple),
)


@given(cards)
def test_any_card_is_taken_and_shown_uncut_by_the_platform(card: Card):
    encoded = encode(card)

    check_card(encoded, Nothing())
    check_task_id(encoded, required=True)
    assert advice(encoded) == []


@given(st.lists(st.text(min_size=1, max_size=150), min_size=1, max_size=10), st.integers(40, 112))
def test_shared_parts_fit_and_short_parts_stay_whole(parts: list[str], limit: int):
    shared = share(parts, limit)

    assert len("\n".join(shared)) <= limit
    shortest = min(range(len(shared)), key=lambda n: len(parts[n]))
    assert shared[shortest] == parts[shortest] or len(parts[shortest]) > limit // len(shared) - 2


@given(texts, st.integers(3, 64))
def test_a_cut_keeps_whole_characters_within_the_bytes(text: str, limit: int):
    cut = cut_bytes(text, limit)

    assert len(cut.encode()) <= limit
    assert cut == text or (cut.endswith("…") and text.startswith(cut[:-1]))


@pytest.mark.parametrize(
    "hostile",
    [
        "<@all>",
        "@all 开会",
        "@ALL",
        "@所有人",
        '<a href="http://evil">点我</a>',
        "</a>",
        "<font color=red>x</font>",
        "<!-- x",
    ],
)
def test_what_would_mention_or_link_is_neutralised(hostile: str):
    made = [text_body(Note(hostile)), markdown_body(Note(hostile)), encode(Card(title="t", body=hostile))]

    for content in made:
        words = json.dumps(content, ensure_ascii=False).lower()
        assert not any(mark in words for mark in ("<@", "<a", "</a", "<f", "<!", "@all", "@所有人"))


def test_a_comparison_in_a_measurement_stays_readable():
    assert harmless("压力 < 3 MPa，a<3") == "压力 < 3 MPa，a<3"


def test_half_a_surrogate_and_control_characters_do_not_reach_the_wire():
    assert harmless("a\ud83db\x00c\x1bd\ne") == "a?b c d\ne"


def test_markdown_of_a_stranger_is_shown_as_written():
    words = markdown_body(Note("# 标题\n> 引用 **粗** [链接](http://evil) `码`"))["content"]

    assert words == "＃ 标题\n＞ 引用 ＊＊粗＊＊ ［链接］(http://evil) ｀码｀"


def test_a_card_in_a_group_has_its_colour_and_no_buttons():
    words = markdown_body(OFFER)["content"]

    assert words.startswith('### <font color="warning">工单 WO-20261124-0001')
    assert "> **客户**：新希望乳业" in words
    assert "接单 WO-20261124-0001" not in words.replace(OFFER.title, "")


def test_a_long_group_message_is_cut_at_4096_bytes_with_its_tags_closed():
    words = markdown_body(Card(title="超时" * 100, tone=Tone.DANGER, body="漏" * 5000))["content"]

    assert 4090 < len(words.encode()) <= 4096
    assert words.count("<font") == words.count("</font>") == 1


def test_a_long_text_is_cut_at_2048_bytes():
    assert 2044 < len(text_body(Note("😀" * 10_000))["content"].encode()) <= 2048


def test_a_note_with_choices_becomes_a_menu():
    body = kf_body(Note("紧急程度？", menu=(("sev_1", "停产"), ("sev_2", "能用"))))

    assert body["msgtype"] == "msgmenu"
    assert body["msgmenu"]["head_content"] == "紧急程度？"
    assert body["msgmenu"]["list"][0] == {"type": "click", "click": {"id": "sev_1", "content": "停产"}}


@pytest.mark.parametrize(
    "note",
    [Note("长" * 400, menu=(("a", "甲"),)), Note("多", menu=tuple((f"k{n}", f"第{n}项") for n in range(11)))],
)
def test_a_menu_that_does_not_fit_becomes_text_with_its_choices(note: Note):
    body = kf_body(note)

    assert body["msgtype"] == "text"
    assert f"· {note.menu[-1][1]}" in body["text"]["content"]
    assert len(body["text"]["content"].encode()) <= 2048
