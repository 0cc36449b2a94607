"""Attachments on both databases: kept once, fetched once, moved with their draft, flagged when reused."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from adapters.storage.engine import Database
from domain.files.commands import (
    KeepAttachment,
    Medium,
    MissingReason,
    RecordFetchedFile,
    RecordMissingFile,
)
from domain.files.events import FileFetched
from domain.files.model import Attachment
from domain.kernel.errors import NotFound
from domain.kernel.notices import conversation_audience
from tests.support.builders import AT, CHEN, CHEN_CHAT, LI, ORDER, cause, work_order
from tests.support.storage import at_once, decided, one, rows, transaction

OTHER_ORDER, DRAFT = UUID(int=301), UUID(int=400)
HASH = "a" * 64


@pytest.fixture(autouse=True)
def orders(database: Database) -> None:
    with database.write() as session, session.begin():
        session.add(work_order())
        session.add(work_order(id=OTHER_ORDER, number="WO-20261124-0002", source_key="wecom_kf:msg-2"))


def sent(key: str = "msg-1", **changes: Any) -> KeepAttachment:
    values: dict[str, Any] = {
        "media": Medium.IMAGE,
        "platform": "wecom_external",
        "media_ref": f"media-{key}",
        "sender_id": CHEN,
        "sent_at": AT,
        "conversation": CHEN_CHAT,
        "work_order_id": ORDER,
        "source_key": f"wecom_kf:{key}",
        **cause(CHEN, key=key),
    }
    return KeepAttachment(**(values | changes))


def fetched(of: KeepAttachment, sha256: str = HASH) -> RecordFetchedFile:
    return RecordFetchedFile(
        attachment_id=of.attachment_id, sha256=sha256, size=76, mime="image/png", **cause("system")
    )


def missing(of: KeepAttachment, reason: MissingReason = MissingReason.EXPIRED) -> RecordMissingFile:
    return RecordMissingFile(attachment_id=of.attachment_id, reason=reason, **cause("system"))


def attachment(database: Database, of: KeepAttachment) -> Attachment:
    with transaction(database) as uow:
        return uow.files.get(of.attachment_id)


def owed(database: Database, card: str) -> list[tuple[str, str]]:
    found = rows(database, "SELECT audience, view FROM outbox WHERE card = :c", c=card)
    return [(audience, str(view)) for audience, view in found]


def test_an_attachment_and_the_fetching_of_its_bytes_are_kept_together(database: Database):
    command = sent(latitude=31.2, longitude=121.6, file_name="现场.jpg")

    decided(database, command)

    kept = attachment(database, command)
    assert (kept.state, kept.sha256, kept.latitude, kept.file_name) == ("pending", None, 31.2, "现场.jpg")
    ((audience, view),) = owed(database, "fetch_media")
    assert audience == "media:wecom_external"
    assert str(command.attachment_id) in view
    assert one(database, "SELECT name FROM event") == "AttachmentAdded"


def test_the_same_picture_of_the_same_message_is_kept_once(database: Database):
    decided(database, sent(), sent())

    assert one(database, "SELECT count(*) FROM attachment") == 1
    assert len(owed(database, "fetch_media")) == 1


def test_an_undone_transaction_leaves_nothing_to_fetch(database: Database):
    with pytest.raises(IntegrityError):
        decided(database, sent(work_order_id=UUID(int=999)))

    assert (one(database, "SELECT count(*) FROM attachment"), owed(database, "fetch_media")) == (0, [])


def test_fetched_bytes_are_recorded_once(database: Database):
    command = sent()

    decided(database, command, fetched(command), fetched(command, "b" * 64), missing(command))

    kept = attachment(database, command)
    assert (kept.state, kept.sha256, kept.reused_from) == ("kept", HASH, None)
    assert rows(database, "SELECT sha256, size, mime FROM file") == [(HASH, 76, "image/png")]
    assert one(database, "SELECT count(*) FROM event WHERE name LIKE 'File%'") == 1


def test_the_same_bytes_twice_are_one_file(database: Database):
    first, second = sent("msg-1"), sent("msg-2")

    decided(database, first, second, fetched(first), fetched(second))

    assert one(database, "SELECT count(*) FROM file") == 1
    assert attachment(database, second).reused_from is None


def test_a_picture_that_another_work_order_had_before_is_flagged(database: Database):
    first, second = sent("msg-1"), sent("msg-2", work_order_id=OTHER_ORDER)

    decided(database, first, second, fetched(first), fetched(second))

    assert attachment(database, second).reused_from == first.attachment_id
    assert owed(database, "file_reused") == []


def test_the_desk_looks_at_a_picture_that_our_own_people_used_before(database: Database):
    first, second = sent("msg-1"), sent("msg-2", work_order_id=OTHER_ORDER, sender_id=LI)

    decided(database, first, second, fetched(first), fetched(second))

    told = owed(database, "file_reused")
    assert {audience.partition(":")[0] for audience, _ in told} == {"desk"}
    assert "WO-20261124-0001" in told[0][1] and "WO-20261124-0002" in told[0][1]


def test_the_number_of_the_order_that_had_a_picture_before_is_known(database: Database):
    first, second, new = sent("msg-1"), sent("msg-2", work_order_id=OTHER_ORDER), sent("msg-3")

    decided(database, first, second, new, fetched(first), fetched(second), fetched(new, "b" * 64))

    with transaction(database) as uow:
        assert uow.files.reused_in(OTHER_ORDER) == {second.attachment_id: "WO-20261124-0001"}
        assert uow.files.reused_in(ORDER) == {}


@pytest.mark.parametrize("fetched_first", [True, False])
def test_a_draft_s_pictures_move_to_its_work_order_and_are_flagged_there(
    database: Database, fetched_first: bool
):
    before = sent("msg-1", work_order_id=OTHER_ORDER)
    mine = sent("msg-2", work_order_id=None, draft_id=DRAFT)
    decided(database, before, mine, fetched(before), *([fetched(mine)] if fetched_first else []))

    with transaction(database) as uow:
        moved = uow.files.move_to_work_order(DRAFT, ORDER)
        assert [each.id for each in moved] == [mine.attachment_id]
        uow.commit()
    decided(database, fetched(mine))

    with transaction(database) as uow:
        (kept,) = uow.files.of_work_order(ORDER)
        assert (kept.draft_id, kept.reused_from) == (None, before.attachment_id)
        assert uow.files.move_to_work_order(DRAFT, OTHER_ORDER) == []


def test_a_work_order_s_pictures_stand_in_the_order_of_their_sending(database: Database):
    later, earlier = sent("msg-1", sent_at=AT + timedelta(minutes=1)), sent("msg-2")

    decided(database, later, earlier, sent("msg-3", work_order_id=OTHER_ORDER))

    with transaction(database) as uow:
        found = [each.id for each in uow.files.of_work_order(ORDER)]
    assert found == [earlier.attachment_id, later.attachment_id]


def test_the_sender_is_asked_once_however_many_pictures_expired(database: Database):
    commands = [sent(f"msg-{number}") for number in range(5)]

    decided(database, *commands, *(missing(command) for command in commands))

    assert attachment(database, commands[4]).failure == "expired"
    ((audience, view),) = owed(database, "file_missing")
    assert audience == conversation_audience(CHEN_CHAT)
    assert "expired" in view


def test_an_unknown_attachment_is_refused(database: Database):
    with pytest.raises(NotFound):
        decided(database, fetched(sent()))


def test_two_who_fetch_the_same_attachment_record_it_once(database: Database):
    command = sent()
    decided(database, command)

    at_once(4, lambda _: decided(database, fetched(command)))

    assert one(database, "SELECT count(*) FROM event WHERE name = :n", n=FileFetched.__name__) == 1


def test_two_work_orders_fetch_the_same_bytes_at_once(database: Database):
    commands = [sent(f"msg-{number}") for number in range(4)]
    decided(database, *commands)

    at_once(4, lambda number: decided(database, fetched(commands[number])))

    assert one(database, "SELECT count(*) FROM attachment WHERE state = 'kept'") == 4
    assert one(database, "SELECT count(*) FROM file") == 1
