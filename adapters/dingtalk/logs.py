"""Keeping tickets, tokens and people's words out of the logs of libraries we did not write."""

import logging
from typing import Final

SDK_LOGGER: Final = "fixloop.dingtalk.sdk"
_SDK_LOGGERS: Final = (SDK_LOGGER, "dingtalk_stream", "dingtalk_stream.client", "dingtalk_stream.handler")
_TALKATIVE: Final = (
    # Frames and the ticket in the upgrade request.
    "websockets",
    "websockets.client",
    # The old API's token is part of the logged path.
    "urllib3",
    "urllib3.connectionpool",
)
_SAFE: Final = (
    # What the SDK's line begins with, and what we say instead; None says nothing.
    ("unknown message topic", None),
    ("open connection failed", "the gateway was not opened"),
    ("[start] network exception", "the connection broke"),
    ("unknown exception", "the connection ended with an error"),
    ("error processing message", "a frame was not answered"),
    ("unknown callback message topic", "a frame of an unknown topic"),
    ("unknown message, content", "a frame of an unknown type"),
)


class SdkFilter(logging.Filter):
    """Replaces every line of the SDK by one without content; the SDK logs whole frames."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place, and drop what is only noise."""
        if record.levelno < logging.WARNING:
            return False
        text = str(record.msg)
        said = "something went wrong"
        for prefix, safe in _SAFE:
            if text.startswith(prefix):
                if safe is None:
                    return False
                said = safe
                break
        error = record.exc_info[0] if isinstance(record.exc_info, tuple) else None
        record.msg = f"DingTalk stream SDK: {said}" + (f" ({error.__name__})" if error else "")
        record.args = ()
        record.exc_info = None
        record.exc_text = None
        return True


_FILTER: Final = SdkFilter()


def quiet_vendor_logs() -> None:
    """Let libraries speak from WARNING on, and the SDK only through `SdkFilter`; repeating it is harmless."""
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in _SDK_LOGGERS:
        logger = logging.getLogger(name)
        logger.setLevel(logging.WARNING)
        logger.addFilter(_FILTER)
