"""A note with files is several messages, and no part is shown twice by one process."""

from dataclasses import dataclass, field

import pytest

from adapters.delivery.parts import Parts
from adapters.delivery.ports import DeliveryError, Failure, Sent
from adapters.files.ports import FileAbsent, OpenFile
from cards.spec import Note, plain_text

A, B = "a" * 64, "b" * 64
BUSY, NEVER = DeliveryError("busy", Failure.TEMPORARY), DeliveryError("unfit", Failure.PERMANENT)


class Files:
    def open(self, sha256: str) -> OpenFile:
        if sha256 not in (A, B):
            raise FileAbsent(sha256)
        return OpenFile(sha256, "image/png", sha256.encode())


@dataclass
class Chat:
    """Remembers what is shown under which key; fails with what stands in `refusals`."""

    parts: Parts = field(default_factory=lambda: Parts(Files()))
    shown: list[tuple[str, str]] = field(default_factory=list)
    refusals: list[DeliveryError] = field(default_factory=list)

    def words(self, note: Note, key: str) -> Sent:
        return self._show(plain_text(note), key)

    def file(self, file: OpenFile, key: str) -> Sent:
        if self.refusals:
            raise self.refusals.pop(0)
        return self._show(file.sha256, key)

    def _show(self, what: str, key: str) -> Sent:
        self.shown.append((what, key))
        return Sent(key)

    def send(self, note: Note) -> Sent:
        return self.parts.send(note, "m1", self.words, self.file)


def test_the_files_follow_the_words_each_under_its_own_key():
    chat = Chat()

    sent = chat.send(Note("看照片", files=(A, B)))

    assert chat.shown == [("看照片", "m1"), (A, "m10"), (B, "m11")]
    assert sent.ref == "m1"


def test_files_without_words_are_sent_alone():
    chat = Chat()

    assert chat.send(Note("", files=(A,))).ref == "m10"
    assert chat.shown == [(A, "m10")]


def test_a_second_try_goes_on_where_the_first_stopped():
    chat = Chat(refusals=[BUSY])
    note = Note("看照片", files=(A, B))

    with pytest.raises(DeliveryError):
        chat.send(note)
    chat.send(note)

    assert chat.shown == [("看照片", "m1"), (A, "m10"), (B, "m11")]


def test_what_was_sent_to_the_end_is_forgotten():
    chat = Chat()

    chat.send(Note("看照片", files=(A,)))
    chat.send(Note("看照片", files=(A,)))

    assert len(chat.shown) == 4


def test_a_file_that_this_chat_does_not_take_is_said_in_words():
    chat = Chat(refusals=[NEVER])

    chat.send(Note("看照片", files=(A, B)))

    assert chat.shown == [("看照片", "m1"), ("[图片] 无法转发，已保存", "m10"), (B, "m11")]


def test_a_file_that_is_lost_does_not_hold_the_others_back():
    chat = Chat()

    chat.send(Note("看照片", files=("c" * 64, B)))

    assert chat.shown == [("看照片", "m1"), ("[文件] 暂时无法转发", "m10"), (B, "m11")]


def test_where_no_files_can_be_shown_they_are_mentioned():
    assert plain_text(Note("看照片", files=(A, B))) == "看照片\n[图片]\n[图片]"
