"""Pictures from the chat to the store and on to the other platform, with a restart and a crash between."""

import hashlib
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from domain.files.commands import KeepAttachment, Medium
from domain.files.model import Attachment
from domain.kernel.notices import Notice, conversation_audience, person_audience
from domain.registry import make_bus
from sandbox.core.faults import Fault
from tests.support.kept_files import picture
from tests.support.loop import Loop

DAY_S = 86400
BURST = 30


def uploaded(loop: Loop, platform: str, data: bytes) -> str:
    """Return what the platform calls a picture that somebody sent."""
    if platform == "dingtalk":
        return loop.dingtalk._robot.keep_file(data)
    return loop.wecom._media.add("image", "p.png", data)


def keep(loop: Loop, platform: str, *media_refs: str, draft: UUID | None = None) -> list[UUID]:
    """Keep pictures of one sender as the bot does, and return their ids."""
    now = loop.clock.now()
    user = {
        "dingtalk": ("dingtalk", "li"),
        "wecom": ("wecom", "sun"),
        "wecom_external": ("wecom_external", "wmChen"),
    }
    chat = {"dingtalk": "dingtalk_user:li", "wecom": "wecom_user:sun"}.get(
        platform, f"wecom_kf:{loop.wecom.kf_open_kfid}:wmChen"
    )
    with loop.product.open_uow(now=now, channel="test", correlation_id=str(uuid4())) as uow:
        sender = uow.people.by_identity(*user[platform])
        assert sender is not None
        commands = [
            KeepAttachment(
                actor_id=str(sender.id),
                issued_at=now,
                idempotency_key=f"delivery-{media_ref[:40]}",
                media=Medium.IMAGE,
                platform=platform,
                media_ref=media_ref,
                sender_id=sender.id,
                sent_at=now,
                conversation=chat,
                draft_id=draft,
            )
            for media_ref in media_refs
        ]
        for command in commands:
            make_bus().handle(command, uow)
        uow.commit()
    return [command.attachment_id for command in commands]


def attachments(loop: Loop) -> list[Attachment]:
    with loop.database.read() as session:
        return list(session.execute(select(Attachment)).scalars())


def kept_files(loop: Loop) -> set[str]:
    return {path.name for path in loop.files_dir.rglob("*") if path.is_file()}


def tell(loop: Loop, audience: str, text: str, *files: str) -> None:
    with loop.product.open_uow(now=loop.clock.now(), channel="test", correlation_id="c") as uow:
        view: dict[str, Any] = {"text": text, "files": list(files)}
        uow.notify(Notice(audience=audience, card="note", view=view, dedupe_key=str(uuid4())))
        uow.commit()


@pytest.mark.parametrize("platform", ["wecom", "wecom_external", "dingtalk"])
def test_a_picture_is_in_the_store_soon_after_it_was_sent(loop: Loop, platform: str):
    keep(loop, platform, uploaded(loop, platform, picture()))
    loop.settle()

    (kept,) = attachments(loop)
    assert (kept.state, kept.sha256) == ("kept", hashlib.sha256(picture()).hexdigest())
    assert kept_files(loop) == {kept.sha256}


def test_a_burst_of_pictures_is_kept_whole(loop: Loop):
    refs = [uploaded(loop, "wecom_external", picture(number)) for number in range(BURST)]

    keep(loop, "wecom_external", *refs)
    loop.settle()

    assert {kept.state for kept in attachments(loop)} == {"kept"}
    assert len(kept_files(loop)) == BURST


def test_pictures_that_expired_are_asked_for_once(loop: Loop):
    refs = [uploaded(loop, "wecom_external", picture(number)) for number in range(3)]
    loop.advance(3 * DAY_S + 60)
    loop.chen.says("进度")

    keep(loop, "wecom_external", *refs, draft=uuid4())
    loop.settle()

    assert {(kept.state, kept.failure) for kept in attachments(loop)} == {("failed", "expired")}
    assert loop.chen.hears("已经过期", "重新发送")
    assert len(loop.chen.told("已经过期")) == 1


def test_a_platform_that_is_down_delays_a_picture_and_loses_none(loop: Loop):
    loop.faults.once("media/get", Fault(status=502, body="<html>"), times=2)

    keep(loop, "wecom_external", uploaded(loop, "wecom_external", picture()))
    for _ in range(3):
        loop.settle()
        loop.advance(10)
    loop.settle()

    assert [kept.state for kept in attachments(loop)] == ["kept"]


def test_a_picture_waits_for_the_product_to_come_back(loop: Loop):
    loop.faults.once("media/get", Fault(status=502, body="<html>"))
    keep(loop, "wecom_external", uploaded(loop, "wecom_external", picture()))
    loop.settle()
    loop.stop_product()
    loop.advance(60)

    loop.start_product()
    loop.settle()

    assert [kept.state for kept in attachments(loop)] == ["kept"]


def test_a_customer_s_picture_is_shown_to_the_technician_and_back(loop: Loop):
    loop.chen.says("你好")
    keep(loop, "wecom_external", uploaded(loop, "wecom_external", picture()))
    loop.settle()
    name = attachments(loop)[0].sha256 or ""
    chen_chat = conversation_audience(f"wecom_kf:{loop.wecom.kf_open_kfid}:wmChen")

    with loop.product.open_uow(now=loop.clock.now(), channel="test", correlation_id="c") as uow:
        li = uow.people.by_identity("dingtalk", "li")
    assert li is not None
    tell(loop, person_audience(str(li.id)), "客户发来照片", name)
    tell(loop, chen_chat, "师傅回了照片", name)
    loop.settle()

    to_li = next(message for message in loop.li.view() if message.media_id)
    to_chen = next(message for message in loop.chen.view() if message.sender == "bot" and message.media_id)
    assert loop.dingtalk.uploaded(to_li.media_id) == picture()
    assert loop.wecom.media(to_chen.media_id) == picture()
