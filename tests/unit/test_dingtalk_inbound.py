"""Every shape of robot message and card press, from the payload files to one Inbound."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from adapters.dingtalk.inbound import Frame, card_press, robot_message
from adapters.inbound import MediaContent, Platform, PressContent, TextContent, UnsupportedContent
from tests.fakes.dingtalk import ACCEPT, NOW, NUMBER, payload

FRAME = Frame.model_validate({"messageId": "213f4a2f_1194_19ce26c9b1f_185b495", "time": "1780275601500"})
GROUP_ID = "cidAb3dEf+7hJk/2mNpQrS=="


def read(name: str):
    return robot_message(payload(name), FRAME, NOW)


def press(name: str):
    return card_press(payload(name), FRAME, NOW)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("text", TextContent(text=f"接单 {NUMBER}")),
        ("text_group", TextContent(text=f"进度 {NUMBER}")),
        ("text_empty", TextContent(text="")),
        ("text_emoji", TextContent(text="👍🏻")),
        ("text_content_string", TextContent(text="你好")),
        ("text_reply", TextContent(text="接单")),
        ("text_stranger", TextContent(text="你好")),
        ("text_numbers_as_text", TextContent(text="好")),
        ("picture", MediaContent(media="image", media_ref="DC_PICTURE")),
        ("picture_only_second_code", MediaContent(media="image", media_ref="PDC")),
        ("rich_text", TextContent(text="电机异响，见图")),
        ("rich_text_pictures", MediaContent(media="image", media_ref="DC_RICH")),
        ("audio", MediaContent(media="voice", media_ref="DC_AUDIO", transcript="压缩机不启动")),
        ("audio_not_recognised", MediaContent(media="voice", media_ref="DC_AUDIO")),
        ("video", MediaContent(media="video", media_ref="DC_VIDEO")),
        ("file", MediaContent(media="file", media_ref="DC_FILE", file_name="保修单.pdf")),
        ("unknown_msg_type", UnsupportedContent(type_name="unknownMsgType", answerable=True)),
        ("interactive_card", UnsupportedContent(type_name="interactiveCard", answerable=True)),
        ("chat_record", UnsupportedContent(type_name="chatRecord", answerable=True)),
        ("quota_used_up", UnsupportedContent(type_name="error:20001", answerable=True)),
    ],
)
def test_every_message_type_is_read(name: str, content: object):
    assert read(name).content == content


def test_a_message_in_a_chat_of_two_is_answered_to_the_sender():
    inbound = read("text")

    assert (inbound.channel, inbound.delivery_key) == ("dingtalk", "msg:msgQx7Vb2Lk9TzYc4WnEpSg==")
    assert inbound.sender.platform is Platform.DINGTALK
    assert (inbound.sender.user_id, inbound.sender.display_name) == ("0166512345678", "李工")
    assert (inbound.conversation, inbound.in_group) == ("dingtalk_user:0166512345678", False)
    assert inbound.sent_at == datetime(2026, 6, 1, 1, 0, tzinfo=UTC)


def test_a_message_in_a_group_is_answered_in_the_group():
    inbound = read("text_group")

    assert (inbound.conversation, inbound.in_group) == (f"dingtalk_group:{GROUP_ID}", True)


def test_the_people_addressed_in_a_group_are_told_and_the_robot_is_none_of_them():
    assert read("text_group").mentions == ("manager7675",)
    assert read("text").mentions == ()


def test_the_people_addressed_in_a_rich_text_are_told():
    assert read("rich_text").mentions == ("0166512345678",)


@pytest.mark.parametrize(
    ("users", "mentions"),
    [
        (None, ()),
        ([{"dingtalkId": "$:LWCP_v1:$h8Kq2sPzT1mWc7hRbY3nUd6==", "staffId": "robot"}], ()),
        ([{"staffId": "li"}, {"staffId": "li"}, {"staffId": 77}, {"dingtalkId": "x"}, 5], ("li", "77")),
        ([{"dingtalkId": "x", "staffId": "$:LWCP_v1:$Zz=="}], ()),
    ],
)
def test_whatever_stands_among_the_addressed_only_people_are_read(users: object, mentions: object):
    assert robot_message({**payload("text_group"), "atUsers": users}, FRAME, NOW).mentions == mentions


@pytest.mark.parametrize(
    ("content", "quoted"),
    [
        (None, ""),
        ("三号机漏油", "三号机漏油"),
        ({"text": "三号机漏油"}, "三号机漏油"),
        ('{"content": "三号机漏油"}', "三号机漏油"),
        ({"richText": [{"text": "三号机"}, {"msgType": "text", "content": "漏油"}, 5]}, "三号机 漏油"),
        ("油" * 9000, "油" * 2000),
    ],
)
def test_the_message_replied_to_is_read_as_far_as_it_is_told(content: object, quoted: str):
    message = payload("text_reply")
    message["text"]["repliedMsg"]["content"] = content

    assert robot_message(message, FRAME, NOW).quoted == quoted


def test_every_picture_of_a_rich_text_is_kept():
    beside_words, alone = read("rich_text"), read("rich_text_pictures")

    assert [picture.media_ref for picture in beside_words.attached] == ["DC_RICH"]
    assert [picture.media_ref for picture in alone.attached] == ["DC_RICH2"]


def test_a_sender_without_staff_id_is_nobody_whatever_else_the_message_says():
    assert read("text_stranger").sender.user_id == ""


def test_numbers_sent_as_text_and_text_sent_as_numbers_are_both_read():
    inbound = read("text_numbers_as_text")

    assert (inbound.sender.user_id, inbound.sender.display_name) == ("166512345678", "")
    assert (inbound.in_group, inbound.sent_at) == (False, NOW)


def test_without_a_moment_of_its_own_a_message_has_the_frame_s():
    assert read("text_without_created_at").sent_at == NOW + timedelta(seconds=1.5)


def test_the_reply_url_is_not_kept():
    raw = read("text").raw

    assert 'sessionWebhook"' not in raw and "sendBySession" not in raw
    assert json.loads(raw)["msgId"] == "msgQx7Vb2Lk9TzYc4WnEpSg=="


@pytest.mark.parametrize("data", [{}, {"msgtype": None, "text": 7, "content": []}, {"createAt": "1e400"}])
def test_any_object_at_all_becomes_an_inbound(data: dict[str, object]):
    inbound = robot_message(data, Frame(), NOW)

    assert inbound.content == UnsupportedContent(type_name="unknown", answerable=True)
    assert inbound.sent_at == NOW


def test_messages_without_an_id_are_told_apart_by_what_they_say():
    keys = {robot_message({"text": {"content": text}}, Frame(), NOW).delivery_key for text in "ab"}
    again = robot_message({"text": {"content": "a"}}, FRAME, NOW).delivery_key

    assert len(keys) == 2 and again in keys


def test_an_endless_message_id_still_gives_a_short_key():
    assert len(robot_message({"msgId": "m" * 4000}, FRAME, NOW).delivery_key) <= 128


def test_text_no_database_can_store_is_mended():
    data = {**payload("text"), "text": {"content": "a\0b\ud83d"}}

    inbound = robot_message(data, FRAME, NOW)

    assert inbound.content == TextContent(text="ab\ufffd")
    assert inbound.raw.encode()


@pytest.mark.parametrize(
    ("name", "card_ref"),
    [
        ("press_own", "own-o_17_1"),
        ("press_value_only", "own-o_17_1"),
        ("press_params_beside", "own-o_17_1"),
        ("press_content_object", "own-o_17_1"),
        ("press_built_in", "md-o_17_1"),
        ("press_params_id", "md-o_17_1"),
    ],
)
def test_a_press_is_read_wherever_the_token_stands(name: str, card_ref: str):
    inbound = press(name)

    assert inbound.content == PressContent(token=ACCEPT.pack(), card_ref=card_ref)
    assert inbound.sender.user_id == "0166512345678"
    assert (inbound.conversation, inbound.in_group) == ("dingtalk_user:0166512345678", False)
    assert inbound.delivery_key == "card:213f4a2f_1194_19ce26c9b1f_185b495"


@pytest.mark.parametrize("name", ["press_form", "press_foreign", "press_broken"])
def test_a_press_without_our_token_is_only_kept(name: str):
    assert press(name).content == UnsupportedContent(type_name="card:unknown", answerable=False)


def test_a_presser_named_in_another_name_space_is_nobody():
    assert press("press_union_id").sender.user_id == ""


def test_a_press_without_frame_id_is_named_by_what_it_says_and_when():
    first = card_press(payload("press_own"), Frame(time="1"), NOW).delivery_key
    second = card_press(payload("press_own"), Frame(time="2"), NOW).delivery_key

    assert first != second and first.startswith("card:sha256:")
