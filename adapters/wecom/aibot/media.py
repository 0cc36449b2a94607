"""Pictures and files sent to the AI bot: fetched within five minutes, and unlocked.

Source: https://developer.work.weixin.qq.com/document/path/100719
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

import requests

from adapters.delivery.ports import DeliveryError, Failure
from adapters.files.ports import FileTooLarge, MediaGone, MediaSource
from adapters.files.streaming import pieces
from adapters.wecom.crypto import CallbackCrypto

LIMIT_BYTES: Final = 20 * 1024 * 1024
TIMEOUT_S: Final = (3.0, 10.0)
_BLOCK: Final = 32
_HOSTS: Final = (".myqcloud.com", ".qq.com", ".qpic.cn")
"""Where the platform keeps what was sent, as seen in public reports; nothing else is fetched."""


class AibotMedia:
    """The corp's media and, by their address, what was sent to the AI bot; a `MediaSource`.

    Args:
        corp: fetches by `media_id`.
        crypto: the AI bot's; its key unlocks the bytes.
        api_base: also allowed, `scheme://host[:port]`.
        now: the clock.
    """

    def __init__(
        self, corp: MediaSource, crypto: CallbackCrypto, api_base: str, now: Callable[[], datetime]
    ) -> None:
        self._corp = corp
        self._crypto = crypto
        self._api_base = api_base
        self._now = now

    @contextmanager
    def fetch(self, media_ref: str) -> Iterator[Iterator[bytes]]:
        """Return the bytes of a `media_id` or of an address, piece by piece.

        Raises:
            MediaGone: the platform does not give it any more.
            FileTooLarge: the rest was not read.
            DeliveryError: refused, or no answer.
        """
        if not media_ref.startswith(("https://", "http://")):
            with self._corp.fetch(media_ref) as parts:
                yield parts
            return
        yield iter([self._unlocked(self._download(media_ref))])

    def _download(self, url: str) -> bytes:
        if not self._is_allowed(url):
            raise MediaGone
        try:
            # Named so that no error carries the address, which is a secret.
            response = requests.get(url, timeout=TIMEOUT_S, stream=True, allow_redirects=False)
        except requests.Timeout:
            raise DeliveryError("timeout", Failure.TEMPORARY) from None
        except requests.RequestException:
            raise DeliveryError("connection", Failure.TEMPORARY) from None
        with response:
            if response.status_code >= 500:
                raise DeliveryError(f"http_{response.status_code}", Failure.TEMPORARY)
            if response.status_code != 200:
                raise MediaGone
            sealed = bytearray()
            for piece in pieces(response, self._now):
                sealed += piece
                if len(sealed) > LIMIT_BYTES + _BLOCK:
                    raise FileTooLarge
            return bytes(sealed)

    def _is_allowed(self, url: str) -> bool:
        parts = urlsplit(url)
        if f"{parts.scheme}://{parts.netloc}" == self._api_base:
            return True
        return parts.scheme == "https" and f".{parts.hostname or ''}".endswith(_HOSTS)

    def _unlocked(self, sealed: bytes) -> bytes:
        try:
            return self._crypto.unlock(sealed)
        except (ValueError, IndexError):
            raise DeliveryError("not_our_key", Failure.PERMANENT) from None
