"""Pictures, voices, videos and documents: fetched from WeCom within three days, and sent on through it.

Source: https://developer.work.weixin.qq.com/document/path/90253 (upload) and 90254 (get)
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final, Protocol

import requests

from adapters.delivery.parts import Parts
from adapters.delivery.ports import DeliveryError, Failure, Sent
from adapters.files.ports import FileSource, MediaGone, OpenFile
from adapters.files.sniffing import extension_of
from adapters.files.streaming import pieces
from adapters.files.voices import amr_ms
from adapters.wecom.client import Answer
from cards.spec import Card, Note

_MIB: Final = 1024 * 1024
_LEAST_BYTES: Final = 6
_VOICE_MS: Final = 60_000
_FILE_LIMIT: Final = 20 * _MIB
# What is too large for its own kind still goes as a document.
_KINDS: Final = {
    "image/jpeg": ("image", 10 * _MIB),
    "image/png": ("image", 10 * _MIB),
    "audio/amr": ("voice", 2 * _MIB),
    "video/mp4": ("video", 10 * _MIB),
}
# Invalid media_id: unknown, or older than three days.
_GONE: Final = "40007"


class MediaApi(Protocol):
    """What media need of a client."""

    def upload(self, path: str, *, params: Mapping[str, Any], filename: str, content: bytes) -> Answer:
        """Post a file as the multipart field `media`.

        Raises:
            DeliveryError: refused, or no answer.
        """

    def download(self, path: str, *, params: Mapping[str, Any]) -> requests.Response:
        """Return an answer that is a file, to be read and closed by the caller.

        Raises:
            DeliveryError: refused, or no answer.
        """


class WecomMedia:
    """Temporary media of one corp, which all its apps and 微信客服 share; a `MediaSource`.

    Args:
        client: calls the platform.
        files: gives what is sent on.
        now: the clock.
    """

    def __init__(self, client: MediaApi, files: FileSource, now: Callable[[], datetime]) -> None:
        self.files = files
        self._client = client
        self._now = now

    @contextmanager
    def fetch(self, media_ref: str) -> Iterator[Iterator[bytes]]:
        """Return the bytes of a `media_id` piece by piece.

        Raises:
            MediaGone: it is older than three days, or was never given out.
            DeliveryError: refused, or no answer.
        """
        try:
            response = self._client.download("media/get", params={"media_id": media_ref})
        except DeliveryError as error:
            if error.code == _GONE:
                raise MediaGone from error
            raise
        with response:
            yield pieces(response, self._now)

    def upload(self, file: OpenFile) -> dict[str, Any]:
        """Give a file to the platform for three days and return the message body that shows it.

        Raises:
            DeliveryError: PERMANENT for a file that the platform does not take.
        """
        kind = _kind(file)
        name = f"{file.sha256[:12]}.{extension_of(file.mime)}"
        answer = self._client.upload("media/upload", params={"type": kind}, filename=name, content=file.data)
        media_id = answer.get("media_id")
        if not isinstance(media_id, str) or not media_id:
            raise DeliveryError("bad_answer", Failure.TEMPORARY)
        return {"msgtype": kind, kind: {"media_id": media_id}}


class MediaParts:
    """Shows words and then, where files can be sent on, the files of a note.

    Args:
        media: sends files on; without it they are only mentioned.
    """

    def __init__(self, media: WecomMedia | None) -> None:
        self._media = media
        self._parts = Parts(media.files) if media is not None else None

    def send(
        self,
        content: Card | Note,
        message_key: str,
        body_of: Callable[[Card | Note], dict[str, Any]],
        show: Callable[[dict[str, Any], str], Sent],
    ) -> Sent:
        """Show everything as one message or several, and return what names the words.

        Args:
            body_of: gives the message body of words.
            show: sends a message body under a key.

        Raises:
            DeliveryError: read `failure`.
        """

        def words(part: Card | Note, key: str) -> Sent:
            return show(body_of(part), key)

        media = self._media
        if media is None or self._parts is None or not isinstance(content, Note) or not content.files:
            return words(content, message_key)
        return self._parts.send(content, message_key, words, lambda file, key: show(media.upload(file), key))


def _kind(file: OpenFile) -> str:
    size = len(file.data)
    if not _LEAST_BYTES <= size <= _FILE_LIMIT:
        raise DeliveryError("file_size", Failure.PERMANENT)
    kind, limit = _KINDS.get(file.mime, ("file", _FILE_LIMIT))
    fits = size <= limit and (kind != "voice" or amr_ms(file.data) <= _VOICE_MS)
    return kind if fits else "file"
