"""Files of WeCom: fetched from the played platform, and sent on through it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from adapters.delivery.ports import Address, DeliveryError, Failure
from adapters.files.ports import MediaGone
from adapters.wecom.channels import KfTextChannel, WecomTextChannel
from adapters.wecom.client import QyClient
from adapters.wecom.media import WecomMedia
from cards.spec import Note
from sandbox.core.clock import SandboxClock
from sandbox.core.faults import Fault, Faults
from sandbox.core.journal import Journal
from sandbox.wecom import WecomSandbox
from tests.fakes.tokens import MemoryTokens
from tests.support.kept_files import PDF, TINY_AMR, TINY_MP4, WEBP, KeptFiles, picture

DAY_S = 86400
LI = Address("wecom_user", "li.tech")
CHEN = "wmChen"


@dataclass
class World:
    clock: SandboxClock
    faults: Faults
    wecom: WecomSandbox
    media: WecomMedia
    files: KeptFiles
    client: QyClient

    def fetched(self, media_id: str) -> bytes:
        with self.media.fetch(media_id) as pieces:
            return b"".join(pieces)

    def failure(self, media_id: str) -> DeliveryError:
        with pytest.raises(DeliveryError) as caught:
            self.fetched(media_id)
        return caught.value

    def put(self, kind: str, data: bytes, name: str = "p.png") -> str:
        return self.wecom._media.add(kind, name, data)

    def note(self, *data: bytes) -> Note:
        return Note("师傅发来照片", files=tuple(self.files.name(each) for each in data))

    def tell_li(self, *data: bytes) -> None:
        WecomTextChannel(self.client, self.wecom.agent_id, self.media).send(
            LI, self.note(*data), message_key="m1"
        )

    def li_sees(self) -> list[Any]:
        return [message for message in self.wecom.chat("user:li.tech") if message.sender == "bot"]

    def chen_sees(self) -> list[Any]:
        return [message for message in self.wecom.chat(f"kf:{CHEN}") if message.sender == "bot"]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    clock, faults = SandboxClock(), Faults()
    wecom = WecomSandbox(clock, Journal(clock), faults)
    wecom.add_member("Li.Tech", "李工", "13800000001")
    wecom.add_customer(CHEN, "陈静")
    wecom.start()
    client = QyClient(wecom.corp_id, wecom.secret, MemoryTokens(), api_base=wecom.api_base, now=clock.now)
    files = KeptFiles(tmp_path / "files")
    yield World(clock, faults, wecom, WecomMedia(client, files, clock.now), files, client)
    wecom.stop()


def test_a_picture_is_fetched_as_it_was_sent(world: World):
    data = picture() * 3000

    assert world.fetched(world.put("image", data)) == data


def test_a_document_that_is_json_is_a_file_and_no_error(world: World):
    data = b'{"errcode": 40007, "errmsg": "invalid media_id"}'

    assert world.fetched(world.put("file", data, "报告.json")) == data


def test_after_three_days_the_file_is_gone(world: World):
    media_id = world.put("image", picture())
    world.clock.advance(3 * DAY_S + 1)

    with pytest.raises(MediaGone):
        world.fetched(media_id)


def test_a_dead_token_is_renewed_for_a_download(world: World):
    media_id = world.put("image", picture())
    world.fetched(media_id)
    world.wecom.revoke_tokens()

    assert world.fetched(media_id) == picture()


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault(status=502, body="<html>Bad Gateway</html>"), "http_502"),
        (Fault(status=200, body="<html>busy</html>"), "bad_answer"),
        (Fault(error={"errcode": -1}), "-1"),
        (Fault(error={"errcode": 45009}), "45009"),
        (Fault(reset=True), "connection"),
    ],
)
def test_a_platform_in_trouble_is_asked_again_later(world: World, fault: Fault, code: str):
    media_id = world.put("image", picture())
    world.faults.once("media/get", fault)

    error = world.failure(media_id)

    assert error.code == code
    assert error.failure in (Failure.TEMPORARY, Failure.LIMITED)
    assert world.fetched(media_id) == picture()


def test_a_refused_right_is_permanent(world: World):
    world.faults.once("media/get", Fault(error={"errcode": 48002}))

    assert world.failure(world.put("image", picture())).failure is Failure.PERMANENT


def test_a_member_sees_the_words_and_then_the_files(world: World):
    world.tell_li(picture(), TINY_AMR, TINY_MP4, PDF, WEBP)

    shown = world.li_sees()

    assert [message.text.splitlines()[0] for message in shown] == [
        "师傅发来照片", "[图片]", "[语音]", "[视频]", "[文件]", "[文件]"
    ]  # fmt: skip
    assert world.wecom.media(shown[1].media_id) == picture()
    assert world.wecom.media(shown[4].media_id) == PDF


def test_a_picture_too_large_for_a_picture_goes_as_a_file(world: World):
    world.tell_li(picture() + bytes(11 * 1024 * 1024))

    assert [message.text.splitlines()[0] for message in world.li_sees()] == ["师傅发来照片", "[文件]"]


def test_a_voice_of_more_than_a_minute_goes_as_a_file(world: World):
    world.tell_li(b"#!AMR\n" + (b"\x3c" + bytes(31)) * 3001)

    assert world.li_sees()[1].text.startswith("[文件]")


def test_a_file_that_the_platform_refuses_is_said_in_words(world: World):
    world.faults.once("media/upload", Fault(error={"errcode": 45001}))

    world.tell_li(picture())

    assert [message.text for message in world.li_sees()] == ["师傅发来照片", "[图片] 无法转发，已保存"]


def test_a_second_try_repeats_nothing_that_was_shown(world: World):
    channel = WecomTextChannel(world.client, world.wecom.agent_id, world.media)
    note = world.note(picture(1), picture(2))
    world.faults.once("media/upload", Fault())
    world.faults.once("media/upload", Fault(error={"errcode": -1}))

    with pytest.raises(DeliveryError):
        channel.send(LI, note, message_key="m1")
    channel.send(LI, note, message_key="m1")

    assert len(world.li_sees()) == 3


def kf(world: World) -> tuple[KfTextChannel, Address]:
    world.wecom.customer_says(CHEN, "你好")
    return KfTextChannel(world.client, world.media), Address("wecom_kf", f"{world.wecom.kf_open_kfid}:{CHEN}")


def test_a_customer_sees_the_words_and_then_the_files(world: World):
    channel, chen = kf(world)

    channel.send(chen, world.note(picture(), TINY_AMR), message_key="m" + "1" * 30)

    shown = world.chen_sees()
    assert [message.text.splitlines()[0] for message in shown] == ["师傅发来照片", "[图片]", "[语音]"]
    assert world.wecom.media(shown[1].media_id) == picture()


def test_what_five_messages_do_not_hold_waits_for_the_customer_and_repeats_nothing(world: World):
    channel, chen = kf(world)
    note = world.note(*(picture(number) for number in range(6)))

    with pytest.raises(DeliveryError) as caught:
        channel.send(chen, note, message_key="m1")
    world.wecom.customer_says(CHEN, "还有吗")
    # Another process has no memory of the first try; the platform has.
    KfTextChannel(world.client, world.media).send(chen, note, message_key="m1")

    assert caught.value.failure is Failure.WAITING
    assert len(world.chen_sees()) == 7
