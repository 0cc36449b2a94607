"""What comes beside the words: people mentioned, messages replied to, more pictures, and places."""

import pytest

from adapters.inbound import Inbound, LocationContent, TextContent
from tests.support.loop import Loop


def last(loop: Loop) -> Inbound:
    """Return the newest delivery, once everything is done."""
    loop.settle()
    return Inbound.model_validate_json(loop.inbox()[-1].inbound)


@pytest.mark.parametrize("stripped", [False, True])
def test_who_else_was_mentioned_in_a_dingtalk_group_is_told(loop: Loop, stripped: bool):
    loop.dingtalk.strips_mentions = stripped

    loop.desk.says("zhao", "进度", at=["wang", "li"])

    inbound = last(loop)
    assert inbound.mentions == ("wang", "li")
    assert inbound.content == TextContent(text="进度" if stripped else "@王芳 @李强 进度")


def test_what_a_dingtalk_message_replies_to_is_told(loop: Loop):
    loop.dingtalk.user_says("li", "接单", quoting="工单 WO-20261124-0001")

    assert last(loop).quoted == "工单 WO-20261124-0001"


def test_every_picture_of_a_rich_text_arrives(loop: Loop):
    loop.desk.sends("zhao", "看图", b"one", b"two", b"three")

    inbound = last(loop)
    assert inbound.content == TextContent(text="看图")
    assert len({picture.media_ref for picture in inbound.attached}) == 3


def test_every_picture_sent_to_the_ai_bot_arrives(loop: Loop):
    loop.aibot_group.sends("lin", "看图", b"one", b"two")

    inbound = last(loop)
    assert inbound.content == TextContent(text="看图")
    assert len({picture.media_ref for picture in inbound.attached}) == 2


def test_places_arrive_from_customers_and_members(loop: Loop):
    loop.chen.shares_place(31.2, 121.6, "客户工厂")
    chens = last(loop).content
    loop.lin.shares_place(22.5, 113.9, "科技园 6 栋")
    lins = last(loop).content

    assert chens == LocationContent(latitude=31.2, longitude=121.6, label="客户工厂")
    assert lins == LocationContent(latitude=22.5, longitude=113.9, label="科技园 6 栋")
