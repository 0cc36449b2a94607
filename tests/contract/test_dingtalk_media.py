"""Files of DingTalk: fetched from the played platform by their code, and sent on by the robot."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from adapters.delivery.ports import Address, DeliveryError, Failure
from adapters.dingtalk.channels import DingtalkTextChannel
from adapters.dingtalk.media import DingtalkMedia
from adapters.files.ports import MediaGone
from cards.spec import Note
from sandbox.core.faults import Fault
from tests.support.dingtalk import LI, Platform, platform
from tests.support.kept_files import PDF, TINY_AMR, TINY_MP4, KeptFiles, picture

TO_LI = Address("dingtalk_user", LI)
ASK, GET, UPLOAD = "robot/messageFiles/download", "files/get", "media/upload"


@pytest.fixture
def dingtalk() -> Iterator[Platform]:
    with platform() as running:
        yield running


@pytest.fixture
def files(tmp_path: Path) -> KeptFiles:
    return KeptFiles(tmp_path / "files")


@pytest.fixture
def media(dingtalk: Platform, files: KeptFiles) -> DingtalkMedia:
    sandbox = dingtalk.sandbox
    return DingtalkMedia(dingtalk.client(), sandbox.robot_code, sandbox.api_base, files, dingtalk.clock.now)


def kept(dingtalk: Platform, data: bytes) -> str:
    return dingtalk.sandbox._robot.keep_file(data)


def fetched(media: DingtalkMedia, code: str) -> bytes:
    with media.fetch(code) as pieces:
        return b"".join(pieces)


def failure(media: DingtalkMedia, code: str) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        fetched(media, code)
    return caught.value


def tell_li(dingtalk: Platform, media: DingtalkMedia, *names: str, group: bool = False) -> list[Any]:
    to = Address("dingtalk_group", dingtalk.group) if group else TO_LI
    channel = DingtalkTextChannel(dingtalk.client(), dingtalk.sandbox.robot_code, media)
    channel.send(to, Note("客户发来照片", files=names), message_key="m1")
    return dingtalk.sandbox.chat(f"group:{dingtalk.group}" if group else f"user:{LI}")


def test_a_picture_is_fetched_as_it_was_sent(dingtalk: Platform, media: DingtalkMedia):
    data = picture() * 3000

    assert fetched(media, kept(dingtalk, data)) == data


def test_an_old_code_means_that_the_file_is_gone(dingtalk: Platform, media: DingtalkMedia):
    code = kept(dingtalk, picture())
    dingtalk.clock.advance(dingtalk.sandbox.download_ttl_s + 1)

    with pytest.raises(MediaGone):
        fetched(media, code)


def test_a_dead_token_is_renewed_for_a_download(dingtalk: Platform, media: DingtalkMedia):
    code = kept(dingtalk, picture())
    fetched(media, code)
    dingtalk.sandbox.expire_tokens()

    assert fetched(media, code) == picture()


@pytest.mark.parametrize(
    ("operation", "fault", "code"),
    [
        (ASK, Fault(error={"status": 503, "code": "ServiceUnavailable"}), "ServiceUnavailable"),
        (ASK, Fault(status=502, body="<html>"), "http_502"),
        (GET, Fault(status=403, body="<Error/>"), "http_403"),
        (GET, Fault(status=502, body="<html>"), "http_502"),
        (GET, Fault(reset=True), "connection"),
    ],
)
def test_a_platform_in_trouble_is_asked_again_later(
    dingtalk: Platform, media: DingtalkMedia, operation: str, fault: Fault, code: str
):
    kept_code = kept(dingtalk, picture())
    dingtalk.faults.once(operation, fault)

    error = failure(media, kept_code)

    assert (error.code, error.failure) == (code, Failure.TEMPORARY)
    assert fetched(media, kept_code) == picture()


def test_a_file_that_the_host_has_thrown_away_is_gone(dingtalk: Platform, media: DingtalkMedia):
    code = kept(dingtalk, picture())
    dingtalk.faults.once(GET, Fault(status=404, body="<Error/>"))

    with pytest.raises(MediaGone):
        fetched(media, code)


def test_an_address_inside_our_network_is_never_called(dingtalk: Platform, files: KeptFiles):
    sandbox = dingtalk.sandbox
    code = kept(dingtalk, picture())
    # The API's own host is another one now, so the answer points into our network.
    media = DingtalkMedia(
        dingtalk.client(), sandbox.robot_code, "https://api.dingtalk.com", files, dingtalk.clock.now
    )

    assert failure(media, code).code == "bad_download_url"
    assert dingtalk.calls(GET) == []


@pytest.mark.parametrize("group", [False, True])
def test_the_words_come_first_and_then_the_files(
    dingtalk: Platform, media: DingtalkMedia, files: KeptFiles, group: bool
):
    names = [files.name(data) for data in (picture(), TINY_AMR, PDF)]

    shown = tell_li(dingtalk, media, *names, group=group)

    assert [message.msg_key for message in shown] == [
        "sampleText",
        "sampleImageMsg",
        "sampleAudio",
        "sampleFile",
    ]
    assert [dingtalk.sandbox.uploaded(message.media_id) for message in shown[1:]] == [
        picture(),
        TINY_AMR,
        PDF,
    ]


def test_what_the_robot_cannot_show_is_said_in_words(
    dingtalk: Platform, media: DingtalkMedia, files: KeptFiles
):
    shown = tell_li(dingtalk, media, files.name(TINY_MP4), files.name(b"\x00\x01unknown"))

    assert [message.text for message in shown[1:]] == ["[视频] 无法转发，已保存", "[文件] 无法转发，已保存"]
    assert dingtalk.calls(UPLOAD) == []


def test_a_file_that_the_platform_refuses_is_said_in_words(
    dingtalk: Platform, media: DingtalkMedia, files: KeptFiles
):
    dingtalk.faults.once(UPLOAD, Fault(error={"errcode": 40006}))

    assert tell_li(dingtalk, media, files.name(picture()))[-1].text == "[图片] 无法转发，已保存"


def test_a_second_try_repeats_nothing_that_was_shown(
    dingtalk: Platform, media: DingtalkMedia, files: KeptFiles
):
    channel = DingtalkTextChannel(dingtalk.client(), dingtalk.sandbox.robot_code, media)
    note = Note("客户发来照片", files=(files.name(picture(1)), files.name(picture(2))))
    dingtalk.faults.once(UPLOAD, Fault())
    dingtalk.faults.once(UPLOAD, Fault(error={"errcode": -1}))

    with pytest.raises(DeliveryError):
        channel.send(TO_LI, note, message_key="m1")
    channel.send(TO_LI, note, message_key="m1")

    assert len(dingtalk.sandbox.chat(f"user:{LI}")) == 3
