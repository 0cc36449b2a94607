"""The store: a file is whole under the name of its bytes, or not there."""

import hashlib
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from adapters.files.ports import FileAbsent, FileTooLarge
from adapters.files.store import FileStore
from sandbox.wecom.media import TINY_PNG

NAME = hashlib.sha256(TINY_PNG).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files", limit=1000)


def everything(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_is_kept_under_the_hash_of_its_bytes(store: FileStore, tmp_path: Path):
    kept = store.keep([TINY_PNG[:10], TINY_PNG[10:]])

    assert (kept.sha256, kept.size, kept.mime) == (NAME, len(TINY_PNG), "image/png")
    assert everything(tmp_path) == [tmp_path / "files" / NAME[:2] / NAME[2:4] / NAME]
    assert store.open(NAME).data == TINY_PNG


def test_the_same_bytes_are_written_once_and_cannot_be_written_over(store: FileStore):
    store.keep([TINY_PNG])
    before = store.path(NAME).stat()
    store.keep([TINY_PNG])
    after = store.path(NAME).stat()

    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert stat.S_IMODE(after.st_mode) == 0o400


def test_a_file_that_is_too_large_leaves_nothing(store: FileStore, tmp_path: Path):
    read: list[int] = []

    def endless() -> Iterator[bytes]:
        while True:
            read.append(1)
            yield bytes(300)

    with pytest.raises(FileTooLarge):
        store.keep(endless())

    assert (everything(tmp_path), len(read)) == ([], 4)


def test_a_file_of_exactly_the_limit_is_kept(store: FileStore):
    assert store.keep([bytes(1000)]).size == 1000


def test_a_stream_that_breaks_off_leaves_nothing(store: FileStore, tmp_path: Path):
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        store.keep(broken())

    assert everything(tmp_path) == []


def test_a_damaged_file_is_no_file_and_is_healed_by_the_next_one(store: FileStore):
    store.keep([TINY_PNG])
    path = store.path(NAME)
    path.chmod(0o600)
    path.write_bytes(TINY_PNG[:-1] + b"?")

    with pytest.raises(FileAbsent):
        store.open(NAME)
    store.keep([TINY_PNG])

    assert store.open(NAME).data == TINY_PNG


def test_a_file_is_taken_away_once_and_can_come_again(store: FileStore, tmp_path: Path):
    store.keep([TINY_PNG])

    for _ in range(2):
        store.forget(NAME)

    assert (store.has(NAME), everything(tmp_path)) == (False, [])
    store.keep([TINY_PNG])
    assert store.has(NAME)


def test_a_folder_that_takes_nothing_is_noticed(store: FileStore, tmp_path: Path):
    store.check()
    assert everything(tmp_path) == []
    (tmp_path / "plain").write_text("a file, no folder")

    with pytest.raises(OSError, match=r"Not a directory|File exists"):
        FileStore(tmp_path / "plain").check()


@pytest.mark.parametrize("name", ["", "../../etc/passwd", NAME.upper(), NAME + "0", "0" * 64])
def test_no_other_name_is_ever_opened(store: FileStore, name: str):
    with pytest.raises(FileAbsent):
        store.open(name)


def test_many_keep_the_same_file_at_once(store: FileStore, tmp_path: Path):
    with ThreadPoolExecutor(8) as threads:
        kept = list(threads.map(lambda _: store.keep([TINY_PNG]), range(24)))

    assert {one.sha256 for one in kept} == {NAME}
    assert len(everything(tmp_path)) == 1
