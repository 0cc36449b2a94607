"""Uploads that nothing uses go after their time on both databases; what is used stays."""

import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, text

from adapters.files.store import FileStore
from adapters.storage.engine import Database
from adapters.storage.unused_files import SqlUnusedFiles
from domain.files.commands import AttachKeptFile, KeepAttachment, Medium, RecordFetchedFile
from domain.files.model import File
from domain.kernel.errors import NotFound
from scheduler.files import sweep_files
from tests.support.builders import AT, CHEN, LI, ORDER, cause, work_order
from tests.support.plans import plans
from tests.support.storage import at_once, decided, rows, transaction

DAY = timedelta(days=1)
WEEK = 7 * DAY
NEVER = "c" * 64


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


@pytest.fixture(autouse=True)
def order(database: Database) -> None:
    with database.write() as session, session.begin():
        session.add(work_order())


def uploaded(
    database: Database, store: FileStore, data: bytes = b"a photo", until: datetime = AT + WEEK
) -> str:
    kept = store.keep([data])
    with transaction(database) as uow:
        uow.files.remember(
            File(sha256=kept.sha256, size=kept.size, mime=kept.mime, first_seen_at=AT, expires_at=until)
        )
        uow.commit()
    return kept.sha256


def attach(sha256: str, at: datetime) -> AttachKeptFile:
    values = cause(LI, key="page:abc:click-1") | {"issued_at": at}
    return AttachKeptFile(work_order_id=ORDER, sha256=sha256, sender_id=LI, source_key="page:abc", **values)


def sweep(database: Database, store: FileStore, at: datetime) -> None:
    sweep_files(SqlUnusedFiles(database, store.forget), lambda: at)


def known(database: Database) -> list[str]:
    return [row[0] for row in rows(database, "SELECT sha256 FROM file")]


def test_what_nothing_used_in_time_is_taken_away_and_not_a_moment_before(
    database: Database, store: FileStore
):
    sha256 = uploaded(database, store)

    sweep(database, store, AT + WEEK - timedelta(seconds=1))
    assert (known(database), store.has(sha256)) == ([sha256], True)
    for _ in range(2):
        sweep(database, store, AT + WEEK)

    assert (known(database), store.has(sha256)) == ([], False)


def test_what_a_work_order_uses_stays_for_good(database: Database, store: FileStore):
    sha256 = uploaded(database, store)
    decided(database, attach(sha256, AT + 6 * DAY))

    sweep(database, store, AT + 1000 * DAY)

    assert store.open(sha256).data == b"a photo"
    assert known(database) == [sha256]


def test_what_came_by_chat_as_well_stays_for_good(database: Database, store: FileStore):
    sha256 = uploaded(database, store)
    keep = KeepAttachment(
        media=Medium.IMAGE,
        platform="wecom_external",
        media_ref="m-1",
        sender_id=CHEN,
        sent_at=AT,
        work_order_id=ORDER,
        **cause(CHEN),
    )
    fetched = RecordFetchedFile(
        attachment_id=keep.attachment_id, sha256=sha256, size=7, mime="image/png", **cause("system")
    )
    decided(database, keep, fetched)

    sweep(database, store, AT + 1000 * DAY)

    assert store.has(sha256)


def test_a_second_upload_only_ever_lengthens_its_time(database: Database, store: FileStore):
    sha256 = uploaded(database, store)
    uploaded(database, store, until=AT + 31 * DAY)
    uploaded(database, store, until=AT + DAY)

    sweep(database, store, AT + 30 * DAY)
    assert store.has(sha256)
    sweep(database, store, AT + 31 * DAY)
    assert not store.has(sha256)


def test_an_upload_of_what_is_used_already_gives_it_no_end(database: Database, store: FileStore):
    sha256 = uploaded(database, store)
    decided(database, attach(sha256, AT))
    uploaded(database, store)

    sweep(database, store, AT + 1000 * DAY)

    assert store.has(sha256)


def test_what_is_over_is_refused_though_nobody_swept_yet(database: Database, store: FileStore):
    sha256 = uploaded(database, store)

    with pytest.raises(NotFound):
        decided(database, attach(sha256, AT + WEEK))


def test_a_crash_after_the_bytes_went_leaves_work_for_the_next_sweep(database: Database, store: FileStore):
    sha256 = uploaded(database, store)

    def crash(name: str) -> None:
        store.forget(name)
        raise RuntimeError("the machine went down")

    sweep_files(SqlUnusedFiles(database, crash), lambda: AT + WEEK)
    assert (known(database), store.has(sha256)) == ([sha256], False)
    sweep(database, store, AT + WEEK)

    assert known(database) == []


def test_one_that_cannot_be_taken_away_stops_no_other(database: Database, store: FileStore):
    stuck = uploaded(database, store, b"stuck")
    other = uploaded(database, store, b"other", AT + WEEK + DAY)

    def forget(name: str) -> None:
        if name == stuck:
            raise PermissionError(name)
        store.forget(name)

    sweep_files(SqlUnusedFiles(database, forget), lambda: AT + 30 * DAY)

    assert (known(database), store.has(stuck), store.has(other)) == ([stuck], True, False)


def test_whoever_uploads_the_same_while_it_goes_sees_that_it_is_gone(database: Database, store: FileStore):
    sha256, locked, seen = uploaded(database, store), threading.Event(), list[bool]()

    def uploads_again() -> None:
        locked.wait(timeout=10)
        with transaction(database) as uow:
            uow.files.remember(
                File(sha256=sha256, size=7, mime="image/png", first_seen_at=AT, expires_at=AT + 30 * DAY)
            )
            seen.append(store.has(sha256))

    rival = threading.Thread(target=uploads_again)
    rival.start()

    def slowly(name: str) -> None:
        locked.set()
        rival.join(timeout=0.3)
        store.forget(name)

    sweep_files(SqlUnusedFiles(database, slowly), lambda: AT + WEEK)
    rival.join(timeout=10)

    assert seen == [False]


def test_a_submission_and_many_sweeps_at_once_agree(database: Database, store: FileStore):
    sha256 = uploaded(database, store)
    late = AT + WEEK

    def work(number: int) -> str:
        if number:
            sweep(database, store, late)
            return ""
        try:
            decided(database, attach(sha256, late - timedelta(seconds=1)))
        except NotFound:
            return "refused"
        return "kept"

    outcome = at_once(4, work)[0]

    assert outcome in ("kept", "refused")
    assert (outcome == "kept") == store.has(sha256) == (known(database) == [sha256])


@pytest.fixture
def crowded(database: Database) -> Database:
    many = [
        {
            "sha256": f"{number:064x}",
            "size": 1,
            "mime": "image/png",
            "first_seen_at": AT,
            "expires_at": AT + timedelta(minutes=number) if number % 100 == 0 else None,
        }
        for number in range(5_000)
    ]
    with database.write() as session, session.begin():
        session.execute(insert(File), many)
    with database.engine.begin() as connection:
        connection.execute(text("ANALYZE"))
    return database


def test_what_is_over_is_found_by_its_index_a_lot_at_a_time(crowded: Database, store: FileStore):
    unused = SqlUnusedFiles(crowded, store.forget)

    assert "ix_file_expires_at" in plans(crowded, lambda: unused.expired_files(AT + DAY, 10))
    assert unused.expired_files(AT + DAY, 3) == [f"{number:064x}" for number in (0, 100, 200)]


def test_a_name_that_is_none_is_never_used(database: Database):
    with transaction(database) as uow:
        assert uow.files.use(NEVER, AT) is None


def test_what_was_used_after_it_was_found_stays_even_without_an_attachment(
    database: Database, store: FileStore
):
    sha256 = uploaded(database, store)
    with transaction(database) as uow:
        assert uow.files.use(sha256, AT) is not None
        uow.commit()

    SqlUnusedFiles(database, store.forget).take_away(sha256, AT + WEEK)

    assert (known(database), store.has(sha256)) == ([sha256], True)
