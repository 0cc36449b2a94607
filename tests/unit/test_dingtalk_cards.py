"""Both card templates: their variables, their limits, and people's words made harmless."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.dingtalk.cards import VALUE_LIMIT, Template, encode, template_of
from cards.spec import Button, ButtonStyle, Card, CardAction, Link
from tests.fakes.dingtalk import ACCEPT, DECLINE, NUMBER, ORDER_ID, accepted_card, offer_card

TEMPLATE_FILE = Path(__file__).parents[2] / "cards" / "templates" / "dingtalk" / "work_order.json"
FORGED = "@所有人 # 标题 [点我](https://evil.example) <font color=red>红</font> > 引用 **粗**"


def buttons_of(card: Card) -> list[dict[str, object]]:
    made: list[dict[str, object]] = json.loads(encode(card, Template.BUILT_IN)["sys_full_json_obj"])[
        "msgButtons"
    ]
    return made


def four_buttons(verb: str = "wo.accept", label: str = "十个字的按钮标签来了") -> tuple[Button, ...]:
    return tuple(Button(label, CardAction(verb, ORDER_ID, n), f"接单 {NUMBER}") for n in range(4))


def numbered_buttons(count: int) -> tuple[Button, ...]:
    return tuple(
        Button(f"{n}号", CardAction("wo.choose", ORDER_ID, 1, str(n)), f"选择 {n}号") for n in range(count)
    )


@pytest.mark.parametrize(("template", "variable"), [(Template.OWN, "body"), (Template.BUILT_IN, "markdown")])
def test_a_link_is_tapped_whatever_the_customer_wrote(template: Template, variable: str):
    card = replace(
        offer_card(), links=(Link("导航", "打开地图", "https://map.example/?p=1,2"),), body="漏" * 900
    )

    assert "**导航**：[打开地图](https://map.example/?p=1,2)" in encode(card, template)[variable]


def test_our_own_template_gets_every_variable_as_text():
    values = encode(offer_card(), Template.OWN)

    assert values == {
        "title": f"工单 {NUMBER}",
        "status": "待接单",
        "tone": "blue",
        "body": "**客户**：示例电子  \n**故障**：二号注塑机漏油\n\n早上开机后开始漏油，已停机。",
        "hint": "请在 10 分钟内接单",
        "btn1_text": "接单",
        "btn1_action": ACCEPT.pack(),
        "btn1_show": "true",
        "btn2_text": "拒单",
        "btn2_action": DECLINE.pack(),
        "btn2_show": "true",
        "btn3_text": "",
        "btn3_action": "",
        "btn3_show": "false",
        "btn4_text": "",
        "btn4_action": "",
        "btn4_show": "false",
        "btn5_text": "",
        "btn5_action": "",
        "btn5_show": "false",
        "btn6_text": "",
        "btn6_action": "",
        "btn6_show": "false",
    }


def test_the_built_in_template_says_the_words_too():
    values = encode(offer_card(), Template.BUILT_IN)

    assert (values["title"], values["tips"], values["logo"]) == (f"工单 {NUMBER}", "待接单", "")
    assert values["markdown"].endswith(f"请在 10 分钟内接单  \n也可回复：接单 {NUMBER} ｜ 拒单 {NUMBER} 原因")


def test_a_built_in_button_carries_its_token_wherever_a_callback_may_take_it_from():
    accept, decline = buttons_of(offer_card())

    token = ACCEPT.pack()
    assert accept == {
        "text": "接单",
        "color": "blue",
        "id": token,
        "request": True,
        "params": {"id": token, "action": token},
    }
    assert decline["color"] == "gray"


def test_a_card_without_buttons_takes_them_away():
    values = encode(accepted_card(), Template.BUILT_IN)

    assert values["sys_full_json_obj"] == '{"msgButtons":[]}'
    assert "也可回复" not in values["markdown"]


@pytest.mark.parametrize("template", list(Template))
@pytest.mark.parametrize(
    "card",
    [
        offer_card(body="漏" * 10_000, hint="急" * 500, title="长" * 500, status="😀" * 300),
        offer_card(body="@#[]<>" * 400, hint="@" * 900),
        offer_card(fields=tuple((f"字段{n}", "值" * 400) for n in range(30))),
        offer_card(buttons=four_buttons()),
        offer_card(buttons=four_buttons("wo.a_very_long_verb_that_somebody_thought_of"), body="漏" * 999),
        Card(title=""),
    ],
)
def test_every_value_is_short_text_whatever_the_card_holds(card: Card, template: Template):
    values = encode(card, template)

    assert {type(value) for value in values.values()} == {str}
    assert max(len(value.encode()) for value in values.values()) <= VALUE_LIMIT


def test_a_long_body_is_cut_with_an_ellipsis_and_the_fields_stay():
    body = encode(offer_card(body="漏" * 10_000), Template.OWN)["body"]

    assert body.startswith("**客户**：示例电子  \n**故障**：二号注塑机漏油")
    assert body.endswith("漏…")


def test_four_long_buttons_keep_their_ids_when_there_is_no_room_for_more():
    made = buttons_of(offer_card(buttons=four_buttons("wo.a_very_long_verb_that_somebody_thought_of")))

    assert [button["id"] for button in made] == [
        CardAction("wo.a_very_long_verb_that_somebody_thought_of", ORDER_ID, n).pack() for n in range(4)
    ]


@pytest.mark.parametrize("template", list(Template))
def test_what_finds_no_place_as_a_button_is_told_in_words(template: Template):
    values = encode(offer_card(buttons=numbered_buttons(10)), template)

    pressable = str(values).count("1:wo.choose:")
    words = values.get("body", "") + values.get("markdown", "")
    assert pressable >= 5
    assert all(f"选择 {n}号" in words for n in range(pressable, 10))


def test_six_short_buttons_with_a_choice_fit_into_the_built_in_card():
    made = buttons_of(offer_card(buttons=numbered_buttons(6)))

    assert [CardAction.unpack(str(button["id"])).choice for button in made] == list("012345")


@pytest.mark.parametrize("template", list(Template))
def test_people_s_words_cannot_forge_a_mention_a_heading_a_link_or_a_tag(template: Template):
    card = Card(title="工单", body=FORGED, fields=(("故障", FORGED),))

    values = encode(card, template)

    shown = (values.get("body", "") + values.get("markdown", "")).replace("**故障**", "")
    assert not set(shown) & set("@#[]<>*`")
    assert "所有人" in shown and "evil.example" in shown


def test_lines_of_a_body_break_the_way_dingtalk_breaks_them_and_begin_nothing():
    body = encode(Card(title="工单", body="第一行\n---\n- 第三行\r\n\n\n第五行"), Template.OWN)["body"]

    assert body == "第一行  \n－--  \n－ 第三行  \n  \n第五行"


def test_the_reading_direction_cannot_be_turned_and_emoji_stay_whole():
    body = encode(Card(title="工单", body="a\u202egnp.exe 👨‍👩‍👧"), Template.OWN)["body"]

    assert body == "agnp.exe 👨‍👩‍👧"


def test_a_danger_button_is_red():
    button = Button("取消", ACCEPT, "取消", ButtonStyle.DANGER)

    assert buttons_of(offer_card(buttons=(button,)))[0]["color"] == "red"


@pytest.mark.parametrize(
    ("ref", "template"),
    [("own-k1", Template.OWN), ("md-k-1", Template.BUILT_IN), ("8f2c", None), ("md-", None), ("x-1", None)],
)
def test_a_card_s_name_tells_its_template(ref: str, template: Template | None):
    assert template_of(ref) is template
    assert template is None or template.out_track_id(ref.partition("-")[2]) == ref


def test_the_template_for_import_has_exactly_the_variables_we_send():
    exported = json.loads(TEMPLATE_FILE.read_text("utf-8"))
    editor = json.loads(exported["editorData"])

    assert (exported["type"], exported["mode"]) == ("im", "card")
    assert {each["name"] for each in editor["variableList"]} == set(encode(offer_card(), Template.OWN))
    assert {each["type"] for each in editor["variableList"]} == {"string"}


def test_the_template_for_import_has_six_request_buttons_that_send_their_action():
    editor = json.loads(json.loads(TEMPLATE_FILE.read_text("utf-8"))["editorData"])

    children = editor["schema"]["componentsTree"][0]["children"]
    buttons = [button for child in children for button in child["props"].get("buttons", {}).get("list", ())]
    assert [button["actionType"] for button in buttons] == ["request"] * 6
    assert [(p["name"], p["variable"]) for b in buttons for p in b["params"]] == [
        ("action", f"btn{n}_action") for n in range(1, 7)
    ]
