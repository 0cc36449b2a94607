"""A note with files is shown as several messages, and a second try goes on where the first one stopped."""

import string
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from adapters.delivery.ports import DeliveryError, Failure, Sent
from adapters.files.ports import FileAbsent, FileSource, OpenFile
from cards.files import lost, not_forwarded
from cards.spec import Note

_KEY_ENDS: Final = string.digits + string.ascii_letters
_REMEMBERED: Final = 1000

Words = Callable[[Note, str], Sent]
SendFile = Callable[[OpenFile, str], Sent]


class Parts:
    """Sends the words, then each file under a message key of its own.

    Platforms that know message keys show no part twice. For those that do not, what was shown is remembered
    until the last part is: only in this process, so that after a crash a part may show twice, as words may.
    """

    def __init__(self, files: FileSource) -> None:
        self._files = files
        self._lock = threading.Lock()
        self._shown: dict[str, dict[str, Sent]] = {}

    def send(self, note: Note, message_key: str, words: Words, file: SendFile) -> Sent:
        """Show what is not shown yet and return what names the first part.

        Args:
            message_key: of the words; the files' are one character longer.
            words: sends words under a key.
            file: sends a file under a key; a PERMANENT failure means that this chat will never take it,
                which is then said in words.

        Raises:
            DeliveryError: a part has to be tried again.
        """
        shown = self._begin(message_key)
        if message_key not in shown and note.text.strip():
            shown[message_key] = words(replace(note, files=()), message_key)
        for sha256, end in zip(note.files, _KEY_ENDS, strict=False):
            key = message_key + end
            if key not in shown:
                shown[key] = self._file(sha256, key, words, file)
        with self._lock:
            self._shown.pop(message_key, None)
        return next(iter(shown.values()), Sent(message_key))

    def _begin(self, message_key: str) -> dict[str, Sent]:
        with self._lock:
            while len(self._shown) >= _REMEMBERED:
                self._shown.pop(next(iter(self._shown)))
            return self._shown.setdefault(message_key, {})

    def _file(self, sha256: str, key: str, words: Words, file: SendFile) -> Sent:
        try:
            opened = self._files.open(sha256)
        except FileAbsent:
            return words(Note(lost()), key)
        try:
            return file(opened, key)
        except DeliveryError as error:
            if error.failure is not Failure.PERMANENT:
                raise
        return words(Note(not_forwarded(opened.mime)), key)
