"""Nothing we send is longer than a platform takes, and cutting never breaks a character."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from adapters.dingtalk import cards as dingtalk_cards
from adapters.dingtalk import messages as dingtalk_messages
from adapters.wecom import cards as wecom_cards
from adapters.wecom import menus
from adapters.wecom import messages as wecom
from adapters.wecom.aibot import bodies
from adapters.wecom.aibot.inbound import read_message, to_inbound
from adapters.wecom.xml import CallbackMalformed
from cards.spec import Button, ButtonStyle, Card, CardAction, Note, Tone, plain_text
from tests.support.builders import AT, NUMBER

WORDS = st.text(max_size=60) | st.sampled_from(
    ["漏" * 3000, "😀" * 900, '"\\\n' * 800, "<a>@所有人#[x](y)" * 200]
)
LABELS = st.text(min_size=1, max_size=10)
CHOICES = (
    st.just("") | st.from_regex(r"[0-9A-Za-z_.-]{1,36}", fullmatch=True) | st.uuids().map(lambda i: i.hex)
)
ACTIONS = st.builds(
    CardAction,
    st.sampled_from(["wo.accept", "wo.decline"]),
    st.uuids(),
    st.integers(0, 2**31 - 1),
    CHOICES,
)
BUTTONS = st.builds(
    Button,
    LABELS,
    ACTIONS,
    st.sampled_from([f"接单 {NUMBER}", f"拒单 {NUMBER} 原因"]),
    st.sampled_from(ButtonStyle),
)
CARDS = st.builds(
    Card,
    title=WORDS,
    status=WORDS,
    tone=st.sampled_from(Tone),
    fields=st.lists(st.tuples(st.text(max_size=12), WORDS), max_size=12).map(tuple),
    body=WORDS,
    hint=WORDS,
    buttons=st.lists(BUTTONS, max_size=12).map(tuple),
)
NOTES = st.builds(Note, WORDS, st.lists(st.tuples(LABELS, WORDS), max_size=12).map(tuple))
CONTENT = CARDS | NOTES
PARTS = st.sampled_from(
    [
        "msgid",
        "from",
        "userid",
        "msgtype",
        "text",
        "content",
        "mixed",
        "msg_item",
        "quote",
        "event",
        "image",
        "url",
    ]
)
TOLD = st.recursive(
    st.none() | st.integers() | st.text(), lambda each: st.lists(each) | st.dictionaries(PARTS, each)
)


def size(text: str) -> int:
    """Return the bytes of UTF-8; half a character would not encode."""
    return len(text.encode())


@given(CONTENT)
def test_wecom_text_stays_within_its_bytes(content: Card | Note):
    assert size(wecom.text_body(content)["content"]) <= wecom.TEXT_BYTES


@given(CONTENT)
def test_the_group_robot_s_markdown_stays_within_its_bytes(content: Card | Note):
    assert size(wecom.markdown_body(content)["content"]) <= wecom.WEBHOOK_BYTES


@given(CONTENT)
def test_the_service_account_s_messages_stay_within_theirs(content: Card | Note):
    body = menus.kf_body(content)

    if body["msgtype"] == "text":
        assert size(body["text"]["content"]) <= wecom.TEXT_BYTES
    else:
        menu = body["msgmenu"]
        assert size(menu.get("head_content", "")) <= menus.HEAD_BYTES
        assert 0 < len(menu["list"]) <= menus.ITEMS
        assert all(0 < size(item["click"]["id"]) <= menus.ID_BYTES for item in menu["list"])
        assert all(0 < size(item["click"]["content"]) <= menus.LABEL_BYTES for item in menu["list"])


@given(ACTIONS)
def test_a_menu_s_id_means_the_token_it_was_made_of(action: CardAction):
    menu_id = menus.shrink(action.pack())

    assert not menu_id or menus.expand(menu_id) == action.pack()


@given(st.text())
def test_any_menu_id_is_read_without_complaint(menu_id: str):
    assert isinstance(menus.expand(menu_id), str)


@given(ACTIONS)
def test_a_token_is_read_back_exactly(action: CardAction):
    assert CardAction.unpack(action.pack()) == action


@given(st.lists(BUTTONS, min_size=1, max_size=10).map(tuple))
def test_every_button_of_a_short_card_can_be_tapped_or_typed(buttons: tuple[Button, ...]):
    body = menus.kf_body(Card("工单", buttons=buttons))

    if body["msgtype"] == "text":
        assert all(button.words in body["text"]["content"] for button in buttons)
    else:
        tapped = [menus.expand(item["click"]["id"]) for item in body["msgmenu"]["list"]]
        assert tapped == [button.action.pack() for button in buttons]


@given(CONTENT)
def test_the_ai_bot_s_words_stay_within_their_bytes(content: Card | Note):
    assert 0 < size(bodies.words_of(content)["markdown"]["content"]) <= bodies.MARKDOWN_BYTES


@given(
    st.recursive(
        st.none() | st.integers() | st.text(), lambda each: st.lists(each) | st.dictionaries(PARTS, each)
    )
)
def test_whatever_an_ai_bot_is_told_is_read_or_refused(plain: object):
    try:
        message, tree = read_message(json.dumps(plain))
    except CallbackMalformed:
        return

    assert to_inbound(message, tree, "ww1", AT).delivery_key


@given(CARDS)
def test_a_wecom_card_stays_within_every_length(card: Card):
    made = wecom_cards.template_card(card, task_id="m1", home_url="https://x")

    assert 0 < len(made["main_title"]["title"]) <= wecom_cards.TITLE_CHARS
    assert len(made["main_title"].get("desc", "")) <= wecom_cards.DESC_CHARS
    assert len(made.get("sub_title_text", "")) <= wecom_cards.SUB_TITLE_CHARS
    assert len(made.get("horizontal_content_list", [])) <= wecom_cards.ROWS
    assert all(
        len(row["keyname"]) <= wecom_cards.LABEL_CHARS for row in made.get("horizontal_content_list", [])
    )
    shown = made.get("button_list", []) + made.get("action_menu", {}).get("action_list", [])
    assert [one["key"] for one in shown] == [each.action.pack() for each in card.buttons[:9]]


@given(CARDS, st.sampled_from(dingtalk_cards.Template))
def test_no_value_of_a_dingtalk_card_is_over_a_kilobyte(card: Card, template: dingtalk_cards.Template):
    values = dingtalk_cards.encode(card, template)

    assert {
        name: size(value) for name, value in values.items() if size(value) > dingtalk_cards.VALUE_LIMIT
    } == {}


@given(CARDS)
def test_every_button_of_a_dingtalk_card_keeps_its_whole_token(card: Card):
    made = json.loads(dingtalk_cards.encode(card, dingtalk_cards.Template.BUILT_IN)["sys_full_json_obj"])

    tokens = [each.action.pack() for each in card.buttons]
    assert [button["id"] for button in made["msgButtons"]] == tokens[: len(made["msgButtons"])]
    assert len(made["msgButtons"]) >= min(len(tokens), 4)


@given(CONTENT, st.booleans())
def test_a_dingtalk_message_stays_within_its_bytes(content: Card | Note, in_group: bool):
    message = dingtalk_messages.encode(content, in_group=in_group)

    assert size(message.msg_param) <= dingtalk_messages.PARAM_LIMIT
    assert json.loads(message.msg_param)


@given(st.text(), st.integers(3, 200))
def test_a_cut_text_is_the_beginning_and_whole_characters(text: str, limit: int):
    cut = wecom.cut_bytes(text, limit)

    assert size(cut) <= limit
    assert text.startswith(cut.removesuffix("…")) or cut == text


@given(CARDS)
def test_the_plain_words_of_a_card_say_how_to_answer(card: Card):
    words = plain_text(card)

    assert all(button.words in words for button in card.buttons)
    assert plain_text(replace(card, tone=Tone.NEUTRAL)) == words
