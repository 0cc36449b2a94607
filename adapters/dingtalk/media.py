"""Pictures, voices, videos and documents: fetched from DingTalk by their code, and sent on by the robot.

Source: download-the-file-content-of-the-robot-receiving-message, upload-media-files, robot-message-type.
"""

import ipaddress
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final
from urllib.parse import urljoin, urlsplit, urlunsplit

import requests

from adapters.delivery.ports import DeliveryError, Failure
from adapters.dingtalk.client import DingtalkClient
from adapters.dingtalk.errors import DOWNLOAD_CODE_DEAD
from adapters.dingtalk.messages import RobotMessage
from adapters.files.ports import FileSource, MediaGone, OpenFile
from adapters.files.sniffing import extension_of
from adapters.files.streaming import pieces
from adapters.files.voices import amr_ms

_MIB: Final = 1024 * 1024
_HOPS: Final = 3
_LIMITS: Final = {"image": 20 * _MIB, "voice": 2 * _MIB, "file": 20 * _MIB}
_IMAGES: Final = frozenset({"image/jpeg", "image/png", "image/gif"})
_FILES: Final = frozenset({"pdf", "docx", "xlsx", "pptx", "zip"})
# Names that lead into our own network, whatever they resolve to.
_LOCAL_ENDS: Final = (".local", ".localhost", ".internal", ".lan", ".home", ".corp")


class DingtalkMedia:
    """Files of the robot's chats; a `MediaSource`.

    Args:
        client: calls the platform.
        robot_code: the robot that was written to.
        api_base: where downloads are allowed beside public https hosts; the sandbox serves them there.
        files: gives what is sent on.
        now: the clock.
    """

    def __init__(
        self,
        client: DingtalkClient,
        robot_code: str,
        api_base: str,
        files: FileSource,
        now: Callable[[], datetime],
    ) -> None:
        self.files = files
        self._client = client
        self._robot_code = robot_code
        self._api_base = api_base
        self._now = now

    @contextmanager
    def fetch(self, media_ref: str) -> Iterator[Iterator[bytes]]:
        """Return the bytes behind a `downloadCode` piece by piece.

        Raises:
            MediaGone: the code is too old, or was never ours.
            DeliveryError: refused, or no answer.
        """
        body = {"downloadCode": media_ref, "robotCode": self._robot_code}
        try:
            answer = self._client.post("/v1.0/robot/messageFiles/download", body)
        except DeliveryError as error:
            if error.code == DOWNLOAD_CODE_DEAD:
                raise MediaGone from error
            raise
        with self._open(str(answer.get("downloadUrl") or "")) as response:
            yield pieces(response, self._now)

    def upload(self, file: OpenFile) -> RobotMessage:
        """Give a file to the platform and return the robot's message that shows it.

        Raises:
            DeliveryError: PERMANENT for a file that the platform does not take.
        """
        kind = _kind(file)
        extension = extension_of(file.mime)
        name = f"{file.sha256[:12]}.{extension}"
        answer = self._client.upload_old("/media/upload", {"type": kind}, name, file.data)
        media_id = answer.get("media_id")
        if not isinstance(media_id, str) or not media_id:
            raise DeliveryError("bad_answer", Failure.TEMPORARY)
        if kind == "image":
            return _message("sampleImageMsg", photoURL=media_id)
        if kind == "voice":
            return _message("sampleAudio", mediaId=media_id, duration=str(amr_ms(file.data)))
        return _message("sampleFile", mediaId=media_id, fileName=name, fileType=extension)

    def _open(self, url: str) -> requests.Response:
        """Ask for a file; each address on the way is looked at before it is called."""
        for _ in range(_HOPS):
            response = self._client.download(safe_url(url, self._api_base))
            if response.status_code == 200:
                return response
            response.close()
            if not response.is_redirect:
                break
            url = urljoin(url, response.headers["Location"])
        if response.status_code in (404, 410):
            raise MediaGone
        # 403 is a signed address that ran out: the next try is given a new one.
        raise DeliveryError(f"http_{response.status_code}", Failure.TEMPORARY)


def safe_url(url: str, api_base: str) -> str:
    """Return an address that may be called: on the API's own host, or https on a public name.

    The platform may hand out plain http; the same signed address answers on https.

    Raises:
        DeliveryError: PERMANENT for anything else, above all for what is inside our own network.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _unsafe() from None
    if f"{parts.scheme}://{parts.netloc}" == api_base:
        return url
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or port not in (None, 80, 443):
        raise _unsafe()
    if "." not in host or host.endswith(_LOCAL_ENDS) or _is_number(host):
        raise _unsafe()
    return urlunsplit(("https", host, parts.path, parts.query, ""))


def _is_number(host: str) -> bool:
    """Tell whether a host is an IP address, also one written as few or hexadecimal numbers."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        last = host.rstrip(".").rpartition(".")[2]
        return last.isdigit() or last.lower().startswith("0x")
    return True


def _unsafe() -> DeliveryError:
    return DeliveryError("bad_download_url", Failure.PERMANENT)


def _message(msg_key: str, **param: str) -> RobotMessage:
    return RobotMessage(msg_key, json.dumps(param, ensure_ascii=False))


def _kind(file: OpenFile) -> str:
    kind = "file" if extension_of(file.mime) in _FILES else ""
    if file.mime in _IMAGES:
        kind = "image"
    elif file.mime == "audio/amr":
        kind = "voice"
    if not kind or len(file.data) > _LIMITS[kind]:
        raise DeliveryError("file_unfit", Failure.PERMANENT)
    return kind
