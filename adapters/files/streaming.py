"""Reading a download piece by piece, and what its failures mean."""

from collections.abc import Callable, Iterator
from datetime import datetime

import requests

from adapters.delivery.ports import DeliveryError, Failure
from adapters.files.ports import PATIENCE

PIECE_BYTES = 64 * 1024


def pieces(response: requests.Response, now: Callable[[], datetime]) -> Iterator[bytes]:
    """Return the body piece by piece.

    Raises:
        DeliveryError: the platform broke off, sent less than it promised, or took too long.
    """
    until = now() + PATIENCE
    try:
        for piece in response.iter_content(PIECE_BYTES):
            if now() >= until:
                raise DeliveryError("slow_download", Failure.TEMPORARY)
            yield piece
    except requests.Timeout:
        raise DeliveryError("timeout", Failure.TEMPORARY) from None
    except requests.RequestException as error:
        raise DeliveryError("connection", Failure.TEMPORARY, detail=type(error).__name__) from None
