"""The AI bot, from a member's words in a group or a chat of two to the answer they see."""

from collections.abc import Mapping
from uuid import uuid4

from adapters.wecom.aibot.door import REPLY_LIFE
from adapters.wecom.aibot.ports import ReplyUrl
from cards.text import ASK_MOBILE_STAFF, NO_ORDERS, PROBE_OK, WELCOME
from domain.kernel.notices import Notice, conversation_audience
from tests.support.loop import Loop


def owe(loop: Loop, address: str, card: str, view: Mapping[str, object]) -> None:
    """Let the product owe something to a chat."""
    with loop.product.open_uow(now=loop.clock.now(), channel="test", correlation_id="owed") as uow:
        audience = conversation_audience(address)
        uow.notify(Notice(audience=audience, card=card, view=dict(view), dedupe_key=str(uuid4())))
        uow.commit()


def probe(loop: Loop, address: str) -> None:
    """Let the product owe a card with one button."""
    owe(loop, address, "probe", {"probe_id": str(uuid4()), "rung": "自检"})


def in_group(loop: Loop) -> str:
    """Return where Lin is answered in the group."""
    return f"wecom_aibot:{loop.aibot_group.chatid}:lin"


def give_right(loop: Loop) -> None:
    """Let the product have one more right to answer Lin in the group."""
    url = loop.wecom.aibot.response_url(f"aibot:{loop.aibot_group.chatid}")
    now = loop.clock.now()
    loop.product.aibot_replies.keep(ReplyUrl(str(uuid4()), url), in_group(loop), now + REPLY_LIFE, now)


def test_words_in_a_group_are_answered_in_the_group(loop: Loop):
    loop.aibot_group.says("lin", "进度")

    loop.aibot_group.hears(NO_ORDERS)
    assert not loop.lin.told(NO_ORDERS)


def test_words_in_a_chat_of_two_are_answered_there(loop: Loop):
    loop.lin_aibot.says("进度")

    loop.lin_aibot.hears(NO_ORDERS)


def test_each_message_may_be_answered_once_and_the_rest_reaches_the_app(loop: Loop):
    loop.aibot_group.says("lin", "进度")
    loop.aibot_group.hears(NO_ORDERS)

    owe(loop, in_group(loop), "note", {"text": "技师已出发"})

    loop.lin.hears("技师已出发")
    assert not loop.aibot_group.told("技师已出发")


def test_an_hour_later_the_answer_reaches_the_app(loop: Loop):
    loop.aibot_group.says("lin", "你好")
    loop.settle()
    loop.advance(3600)
    loop.settle()

    owe(loop, in_group(loop), "note", {"text": "技师已出发"})

    loop.lin.hears("技师已出发")


def test_a_repeated_callback_is_answered_once(loop: Loop):
    loop.wecom.duplicate_callbacks = 2

    loop.aibot_group.says("lin", "进度")

    loop.aibot_group.hears(NO_ORDERS)
    loop.settle()
    assert len(loop.aibot_group.told(NO_ORDERS)) == 1
    assert not loop.lin.told(NO_ORDERS)


def test_a_card_in_a_group_can_be_pressed(loop: Loop):
    give_right(loop)
    probe(loop, in_group(loop))
    loop.aibot_group.card("我看到了")

    loop.aibot_group.presses("lin", "我看到了")

    loop.aibot_group.hears(PROBE_OK)


def test_a_group_that_takes_no_cards_is_told_the_words(loop: Loop):
    loop.wecom.aibot.replies.takes_cards = False
    give_right(loop)

    probe(loop, in_group(loop))

    loop.aibot_group.hears("回复")


def test_somebody_unknown_is_asked_in_private(loop: Loop):
    loop.aibot_group.says("stranger", "制冰机坏了")

    loop.other_member("stranger").hears(ASK_MOBILE_STAFF[:12])
    assert not loop.aibot_group.told(ASK_MOBILE_STAFF[:12])


def test_somebody_who_opens_the_chat_is_greeted_once_a_day(loop: Loop):
    loop.lin_aibot.enters()
    loop.lin_aibot.hears(WELCOME)

    loop.lin_aibot.enters()

    loop.settle()
    assert len(loop.lin_aibot.told(WELCOME)) == 1
