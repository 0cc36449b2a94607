"""Nothing we send is longer than a platform takes, and cutting never breaks a character."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from adapters.dingtalk import cards as dingtalk_cards
from adapters.dingtalk import messages as dingtalk_messages
from adapters.wecom import cards as wecom_cards
from adapters.wecom import messages as wecom
from cards.spec import Button, ButtonStyle, Card, CardAction, Note, Tone, plain_text
from tests.support.builders import NUMBER

WORDS = st.text(max_size=60) | st.sampled_from(
    ["漏" * 3000, "😀" * 900, '"\\\n' * 800, "<a>@所有人#[x](y)" * 200]
)
LABELS = st.text(min_size=1, max_size=10)
BUTTONS = st.builds(
    Button,
    LABELS,
    st.builds(
        CardAction, st.sampled_from(["wo.accept", "wo.decline"]), st.uuids(), st.integers(0, 2**31 - 1)
    ),
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
    buttons=st.lists(BUTTONS, max_size=4).map(tuple),
)
NOTES = st.builds(Note, WORDS, st.lists(st.tuples(LABELS, WORDS), max_size=12).map(tuple))
CONTENT = CARDS | NOTES


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
    body = wecom.kf_body(content)

    if body["msgtype"] == "text":
        assert size(body["text"]["content"]) <= wecom.TEXT_BYTES
    else:
        assert size(body["msgmenu"].get("head_content", "")) <= wecom.MENU_HEAD_BYTES
        assert 0 < len(body["msgmenu"]["list"]) <= wecom.MENU_ITEMS


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


@given(CARDS, st.sampled_from(dingtalk_cards.Template))
def test_no_value_of_a_dingtalk_card_is_over_a_kilobyte(card: Card, template: dingtalk_cards.Template):
    values = dingtalk_cards.encode(card, template)

    assert {
        name: size(value) for name, value in values.items() if size(value) > dingtalk_cards.VALUE_LIMIT
    } == {}


@given(CARDS)
def test_every_button_of_a_dingtalk_card_keeps_its_whole_token(card: Card):
    made = json.loads(dingtalk_cards.encode(card, dingtalk_cards.Template.BUILT_IN)["sys_full_json_obj"])

    assert [button["id"] for button in made["msgButtons"]] == [each.action.pack() for each in card.buttons]


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
