"""Codes on machines, and photos that were uploaded on a page."""

import pytest

from adapters.storage.engine import Database
from domain.assets.model import AssetLabel
from domain.files.commands import AttachKeptFile
from domain.files.model import File
from domain.kernel.errors import ConcurrentUpdate, NotFound
from tests.support.builders import AT, LI, ORDER, asset, cause, work_order
from tests.support.storage import decided, one, rows, transaction

SHA = "ab" * 32


def label(text: str) -> AssetLabel:
    return AssetLabel(label=text, asset_id=asset().id, made_at=AT, ended_at=None)


def test_a_label_leads_to_its_asset_until_it_is_taken_back(database: Database) -> None:
    with transaction(database) as uow:
        uow.assets.add_label(label("one"))
        uow.commit()
    with transaction(database) as uow:
        found = uow.assets.label_of(asset().id)
        assert found is not None
        assert uow.assets.of_label("one") == asset().id
        found.ended_at = AT
        uow.commit()

    with transaction(database) as uow:
        assert uow.assets.of_label("one") is None
        assert uow.assets.label_of(asset().id) is None


def test_a_machine_has_one_good_label(database: Database) -> None:
    with transaction(database) as uow:
        uow.assets.add_label(label("one"))
        uow.assets.add_label(label("two"))

        with pytest.raises(ConcurrentUpdate):
            uow.commit()


def attached(key: str = "page:abc:click-1") -> AttachKeptFile:
    return AttachKeptFile(
        work_order_id=ORDER, sha256=SHA, sender_id=LI, source_key=key, latitude=31.2, **cause(LI, key=key)
    )


@pytest.fixture
def uploaded(database: Database) -> None:
    with database.write() as session, session.begin():
        session.add(work_order())
        session.add(File(sha256=SHA, size=76, mime="image/jpeg", first_seen_at=AT))


def test_an_uploaded_photo_is_attached_once_and_nobody_is_asked_for_it(
    database: Database, uploaded: None
) -> None:
    decided(database, attached(), attached())

    assert rows(database, "SELECT state, sha256, latitude FROM attachment") == [("kept", SHA, 31.2)]
    assert one(database, "SELECT count(*) FROM outbox WHERE card = 'fetch_media'") == 0
    assert one(database, "SELECT count(*) FROM event WHERE name = 'FileFetched'") == 1


def test_a_photo_that_was_never_uploaded_is_not_attached(database: Database) -> None:
    with database.write() as session, session.begin():
        session.add(work_order())

    with pytest.raises(NotFound):
        decided(database, attached())
    assert one(database, "SELECT count(*) FROM attachment") == 0
