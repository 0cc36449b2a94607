"""Plain robot messages: the last rung says everything a card says."""

import json
from urllib.parse import quote

from adapters.dingtalk.messages import PARAM_LIMIT, encode
from cards.spec import Card, Link, Note
from tests.fakes.dingtalk import NUMBER, offer_card


def markdown(card: Card, *, in_group: bool = False) -> dict[str, str]:
    message = encode(card, in_group=in_group)
    assert message.msg_key == "sampleMarkdown"
    param: dict[str, str] = json.loads(message.msg_param)
    return param


def test_a_note_is_plain_text_in_a_json_string():
    message = encode(Note('已收到 "报修"\n#1'), in_group=False)

    assert message.msg_key == "sampleText"
    assert json.loads(message.msg_param) == {"content": '已收到 "报修"\n#1'}


def test_a_card_for_one_person_has_links_that_say_the_words():
    text = markdown(offer_card())["text"]

    words = quote(f"接单 {NUMBER}", safe="")
    assert f"[接单](dtmd://dingtalkclient/sendMessage?content={words})" in text
    assert f"也可回复：接单 {NUMBER} ｜ 拒单 {NUMBER} 原因" in text


def test_a_card_for_a_group_has_only_the_words_because_the_robot_would_not_hear_a_link():
    text = markdown(offer_card(), in_group=True)["text"]

    assert "dtmd://" not in text
    assert f"接单 {NUMBER}" in text


def test_a_card_shows_title_fields_body_and_hint():
    param = markdown(offer_card())

    assert param["title"] == f"工单 {NUMBER}"
    for part in (f"工单 {NUMBER}", "**客户**：示例电子", "早上开机后开始漏油", "请在 10 分钟内接单"):
        assert part in param["text"]


def test_what_is_too_long_is_cut_and_the_words_stay():
    message = encode(offer_card(body='漏"\\' * 9_000), in_group=False)

    assert len(message.msg_param.encode()) <= PARAM_LIMIT
    assert f"拒单 {NUMBER} 原因" in json.loads(message.msg_param)["text"]


def test_an_endless_note_is_cut_with_an_ellipsis():
    message = encode(Note("\n" * 2 + "漏" * 20_000), in_group=True)

    assert 14_000 < len(message.msg_param.encode()) <= PARAM_LIMIT
    assert json.loads(message.msg_param)["content"].endswith("…")


def test_a_card_without_title_still_has_the_title_the_platform_asks_for():
    assert markdown(Card(title=""))["title"] == "消息"


def test_a_note_with_a_link_shows_the_words_of_the_link():
    link = Link("网页", "打开网页看板", "https://x/p/1")

    message = encode(Note("在岗 2 人\n*李强*：空闲", links=(link,)), in_group=False)

    param = json.loads(message.msg_param)
    assert message.msg_key == "sampleMarkdown"
    assert param == {
        "title": "在岗 2 人 *李强*：空闲",
        "text": "在岗 2 人  \n＊李强＊：空闲\n\n[打开网页看板](https://x/p/1)",
    }
