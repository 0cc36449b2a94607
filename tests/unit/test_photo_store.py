"""The store keeps a small picture beside a large one, and does without it when it must."""

import hashlib
import os
from pathlib import Path

import pytest

from adapters.documents.pictures import PHOTO_PIXELS, photo, small
from adapters.files.photos import LARGE_BYTES, PhotoStore
from adapters.files.ports import FileAbsent
from sandbox.wecom.media import TINY_PNG
from tests.support.documents import photo as picture

PHOTO = picture()


@pytest.fixture
def made() -> list[int]:
    return []


@pytest.fixture
def store(tmp_path: Path, made: list[int]) -> PhotoStore:
    def shrink(data: bytes) -> bytes | None:
        made.append(len(data))
        return small(data)

    return PhotoStore(tmp_path, shrink)


def test_a_large_photo_is_made_small_once_when_it_comes_in(store: PhotoStore, made: list[int]):
    sha256 = store.keep([PHOTO]).sha256

    assert made == [len(PHOTO)]
    shown = photo(store.in_print_size(sha256))
    assert shown is not None and shown.width == PHOTO_PIXELS
    assert made == [len(PHOTO)]
    assert store.open(sha256).data == PHOTO


def test_a_small_picture_that_got_lost_is_made_again(store: PhotoStore, tmp_path: Path, made: list[int]):
    sha256 = store.keep([PHOTO]).sha256
    (tmp_path / "small" / sha256).unlink()

    assert store.in_print_size(sha256) == store.in_print_size(sha256) == small(PHOTO)
    assert made == [len(PHOTO)] * 2


def test_a_photo_that_is_taken_away_leaves_no_small_one_behind(store: PhotoStore, tmp_path: Path):
    gone, kept = store.keep([PHOTO]).sha256, store.keep([picture(900, 700)]).sha256
    store.in_print_size(kept)

    store.forget(gone)
    store.forget(gone)

    assert not (tmp_path / "small" / gone).exists()
    with pytest.raises(FileAbsent):
        store.in_print_size(gone)
    assert store.in_print_size(kept)


def test_what_is_small_or_no_picture_is_given_as_it_was_sent(store: PhotoStore, made: list[int]):
    text = b"%PDF-1.7" + os.urandom(LARGE_BYTES)

    assert store.in_print_size(store.keep([TINY_PNG]).sha256) == TINY_PNG
    assert store.in_print_size(store.keep([text]).sha256) == text
    assert made == []


def test_a_photo_that_cannot_be_read_is_kept_and_given_as_it_was_sent(store: PhotoStore):
    broken = PHOTO[:LARGE_BYTES] + bytes(9)

    assert store.in_print_size(store.keep([broken]).sha256) == broken


def test_a_photo_is_kept_where_the_small_one_cannot_be(store: PhotoStore, tmp_path: Path):
    (tmp_path / "small").write_bytes(b"not a folder")
    sha256 = store.keep([PHOTO]).sha256

    assert store.open(sha256).data == PHOTO
    assert store.in_print_size(sha256) == small(PHOTO)


@pytest.mark.parametrize("name", ["../small/x", "", hashlib.sha256(b"never kept").hexdigest()])
def test_there_is_none_of_another_name(store: PhotoStore, name: str):
    with pytest.raises(FileAbsent):
        store.in_print_size(name)
