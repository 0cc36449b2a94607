"""How long a voice message lasts, for platforms that want to be told.

Source: RFC 4867, 5.3: every frame lasts 20 ms, and its first byte tells how long it is.
"""

from typing import Final

_FRAME_MS: Final = 20
_NARROW: Final = (b"#!AMR\n", (12, 13, 15, 17, 19, 20, 26, 31, 5, 6, 5, 5, 0, 0, 0, 0))
_WIDE: Final = (b"#!AMR-WB\n", (17, 23, 32, 36, 40, 46, 50, 58, 60, 5, 0, 0, 0, 0, 0, 0))


def amr_ms(data: bytes) -> int:
    """Return the duration of an AMR file in milliseconds, at least one frame."""
    for magic, lengths in (_NARROW, _WIDE):
        if data.startswith(magic):
            frames, at = 0, len(magic)
            while at < len(data):
                at += 1 + lengths[data[at] >> 3 & 15]
                frames += 1
            return max(1, frames) * _FRAME_MS
    return _FRAME_MS
