"""The AI bot's stores on both databases, and its channel and media against the played platform."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import requests

from adapters.delivery.ports import Address, DeliveryError, Failure
from adapters.files.ports import MediaGone
from adapters.files.store import FileStore
from adapters.storage.aibot import SqlReplyUrls
from adapters.storage.engine import Database
from adapters.wecom.aibot.channel import AibotChannel
from adapters.wecom.aibot.media import AibotMedia
from adapters.wecom.aibot.ports import ReplyUrl
from adapters.wecom.client import QyClient
from adapters.wecom.crypto import CallbackCrypto
from adapters.wecom.media import WecomMedia
from cards.spec import Button, Card, CardAction, Note
from sandbox.core.clock import SandboxClock
from sandbox.core.faults import Faults
from sandbox.core.journal import Journal
from sandbox.wecom import WecomSandbox
from tests.fakes.tokens import MemoryTokens
from tests.support.builders import AT, ORDER
from tests.support.storage import at_once

CHAT = "wecom_aibot:wr1:li"
HOUR = timedelta(hours=1)


@pytest.fixture
def replies(database: Database) -> SqlReplyUrls:
    return SqlReplyUrls(database)


def kept(replies: SqlReplyUrls, *names: str, chat: str = CHAT) -> None:
    for number, name in enumerate(names):
        at = AT + timedelta(seconds=number)
        replies.keep(ReplyUrl(name, f"https://x/{name}"), chat, at + HOUR, at)


def test_the_oldest_right_to_answer_is_used_first_and_only_once(replies: SqlReplyUrls):
    kept(replies, "m2", "m1")

    taken = [replies.take(CHAT, AT) for _ in range(3)]

    assert taken == [ReplyUrl("m2", "https://x/m2"), ReplyUrl("m1", "https://x/m1"), None]


def test_a_right_belongs_to_its_chat_and_its_hour(replies: SqlReplyUrls):
    kept(replies, "m1")

    assert replies.take("wecom_aibot:wr1:wang", AT) is None
    assert replies.take(CHAT, AT + HOUR) is None


def test_a_repeated_message_brings_no_second_right(replies: SqlReplyUrls):
    kept(replies, "m1")
    replies.take(CHAT, AT)

    kept(replies, "m1")

    assert replies.take(CHAT, AT) is None


def test_a_right_that_was_not_used_is_given_back(replies: SqlReplyUrls):
    kept(replies, "m1")
    taken = replies.take(CHAT, AT)
    assert taken is not None

    replies.give_back(taken)

    assert replies.take(CHAT, AT) == taken


def test_what_is_too_old_is_dropped_with_the_next_message(replies: SqlReplyUrls):
    kept(replies, "m1")
    replies.keep(ReplyUrl("m2", "u"), CHAT, AT + 3 * HOUR, AT + 2 * HOUR)

    assert replies.take(CHAT, AT) == ReplyUrl("m2", "u")


def test_two_pumps_never_get_the_same_right(replies: SqlReplyUrls):
    kept(replies, *(f"m{number}" for number in range(8)))
    found: list[ReplyUrl | None] = []

    at_once(8, lambda _: found.append(replies.take(CHAT, AT)))

    assert len({reply.msgid for reply in found if reply is not None}) == 8


class OneReply:
    """The rights of one test."""

    def __init__(self, *urls: str) -> None:
        self.urls = list(urls)

    def keep(self, *_: object) -> None:
        raise AssertionError

    def take(self, *_: object) -> ReplyUrl | None:
        return ReplyUrl("m1", self.urls.pop(0)) if self.urls else None

    def give_back(self, reply: ReplyUrl) -> None:
        self.urls.append(reply.url)


@pytest.fixture
def wecom() -> Iterator[WecomSandbox]:
    clock = SandboxClock()
    played = WecomSandbox(clock, Journal(clock), Faults())
    played.add_member("lin", "林涛")
    played.start()
    yield played
    played.stop()


@pytest.fixture
def client(wecom: WecomSandbox) -> QyClient:
    now = wecom.clock.now
    return QyClient(wecom.corp_id, wecom.secret, MemoryTokens(), api_base=wecom.api_base, now=now)


def send(wecom: WecomSandbox, client: QyClient, rights: OneReply, content: Card | Note, key: str) -> None:
    channel = AibotChannel(client, rights, "https://fixloop.example.com", wecom.clock.now)
    channel.send(Address.parse("wecom_aibot::lin"), content, message_key=key)


def test_a_card_and_words_are_shown_in_the_chat(wecom: WecomSandbox, client: QyClient):
    rights = OneReply(wecom.aibot.response_url("aibot:lin"), wecom.aibot.response_url("aibot:lin"))
    button = Button("接单", CardAction("wo.accept", ORDER, 1), "接单 WO-1")

    send(wecom, client, rights, Card("工单 1", body="漏油", buttons=(button,)), "k1")
    send(wecom, client, rights, Note("您好"), "k2")

    shown = wecom.chat("aibot:lin")
    assert [(one.buttons, "漏油" in one.text or one.text) for one in shown] == [
        (("接单",), True),
        ((), "您好"),
    ]


def test_a_used_address_sends_the_ladder_on(wecom: WecomSandbox, client: QyClient):
    url = wecom.aibot.response_url("aibot:lin")
    send(wecom, client, OneReply(url), Note("一"), "k1")

    with pytest.raises(DeliveryError) as refusal:
        send(wecom, client, OneReply(url), Note("二"), "k2")

    assert refusal.value.failure is Failure.PERMANENT
    assert [one.text for one in wecom.chat("aibot:lin")] == ["一"]


def test_beyond_thirty_a_minute_the_right_is_kept_for_later(wecom: WecomSandbox, client: QyClient):
    for number in range(30):
        send(wecom, client, OneReply(wecom.aibot.response_url("aibot:lin")), Note("好"), f"k{number}")
    rights = OneReply(wecom.aibot.response_url("aibot:lin"))

    with pytest.raises(DeliveryError) as refusal:
        send(wecom, client, rights, Note("多"), "k30")
    wecom.clock.advance(61)
    send(wecom, client, rights, Note("多"), "k30")

    assert refusal.value.failure is Failure.LIMITED
    assert wecom.chat("aibot:lin")[-1].text == "多"


def media(wecom: WecomSandbox, client: QyClient) -> AibotMedia:
    now = wecom.clock.now
    keys = wecom.aibot.keys
    crypto = CallbackCrypto(keys.token, keys.encoding_aes_key, "")
    return AibotMedia(WecomMedia(client, FileStore(Path("nowhere")), now), crypto, wecom.api_base, now)


@pytest.mark.parametrize("size", [1, 31, 32, 33, 70_000])
def test_a_file_is_fetched_and_unlocked(wecom: WecomSandbox, client: QyClient, size: int):
    data = bytes(range(256)) * (size // 256 + 1)
    url = wecom.aibot.keep_file(data[:size])

    with media(wecom, client).fetch(url) as parts:
        assert b"".join(parts) == data[:size]
    assert requests.get(url, timeout=5).content != data[:size]


def test_after_five_minutes_a_file_is_gone(wecom: WecomSandbox, client: QyClient):
    url = wecom.aibot.keep_file(b"picture")
    wecom.clock.advance(301)

    with pytest.raises(MediaGone), media(wecom, client).fetch(url):
        pass


@pytest.mark.parametrize(
    "url", ["https://evil.example/x", "http://a.myqcloud.com/x", "https://myqcloud.com.evil.example/x"]
)
def test_nothing_is_fetched_from_anywhere_else(wecom: WecomSandbox, client: QyClient, url: str):
    with pytest.raises(MediaGone), media(wecom, client).fetch(url):
        pass


def test_the_app_s_media_are_fetched_as_before(wecom: WecomSandbox, client: QyClient):
    media_id = wecom._media.add("image", "p.png", b"\x89PNG\r\n\x1a\nrest")

    with media(wecom, client).fetch(media_id) as parts:
        assert b"".join(parts).startswith(b"\x89PNG")
