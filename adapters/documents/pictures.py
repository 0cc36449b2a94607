"""Foreign pictures made harmless: whatever is sent, a small JPEG comes out, or nothing."""

import io
import logging
import warnings
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps
from reportlab.lib.utils import ImageReader

log = logging.getLogger(__name__)

PIXELS_AT_MOST: Final = 40_000_000
"""Of a picture that is unpacked, as for barcodes."""
BYTES_AT_MOST: Final = 40_000_000
PHOTO_PIXELS: Final = 500
"""Of the longer side when printed some 58 mm wide: 220 dots to the inch."""
SIGNATURE_PIXELS: Final = 600
_TYPES: Final = ("JPEG", "PNG", "WEBP")
_QUALITY: Final = 80


class _Jpeg(ImageReader):
    """Goes into the document as it is; ReportLab would unpack it, only to tell it from the others."""

    _dataA = None  # noqa: N815

    def __init__(self, data: bytes) -> None:
        super().__init__(io.BytesIO(data))
        self._bytes = data

    def getRGBData(self) -> bytes:  # noqa: N802
        """Return what is unlike in unlike pictures."""
        return self._bytes


@dataclass(frozen=True)
class Picture:
    """A picture that can be printed: JPEG, upright, without anything else in the file."""

    data: bytes
    width: int
    height: int

    def reader(self) -> ImageReader:
        """Return it as ReportLab wants it."""
        return _Jpeg(self.data)


def photo(data: bytes) -> Picture | None:
    """Return a photo in print size; None where it is no picture that we read."""
    return _safely(data, PHOTO_PIXELS)


def small(data: bytes) -> bytes | None:
    """Return a photo as a file in print size, which is soon unpacked; None as for `photo`."""
    made = photo(data)
    return made.data if made is not None else None


def signature(data: bytes) -> Picture | None:
    """Return a drawn signature without its empty margins; None where nothing was drawn."""
    return _safely(data, SIGNATURE_PIXELS, drawn=True)


def _safely(data: bytes, pixels: int, drawn: bool = False) -> Picture | None:
    if len(data) > BYTES_AT_MOST:
        log.warning("a picture of %s bytes is too large to print", len(data))
        return None
    try:
        with warnings.catch_warnings():
            # Pillow warns of a picture that grows to more than it should; here that is a refusal.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _unpacked(data, pixels, drawn)
    except (OSError, ValueError, SyntaxError, MemoryError) as error:
        log.info("a picture cannot be printed: %s", type(error).__name__)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        log.warning("a picture would be too large to print: %s bytes", len(data))
    except Exception:
        # The decoders read foreign bytes; what they stumble over is no reason to print nothing at all.
        log.exception("a picture of %s bytes broke the decoder", len(data))
    return None


def _unpacked(data: bytes, pixels: int, drawn: bool) -> Picture | None:
    with Image.open(io.BytesIO(data), formats=_TYPES) as opened:
        if opened.width * opened.height > PIXELS_AT_MOST:
            log.warning("a picture of %s by %s is too large to print", opened.width, opened.height)
            return None
        # A JPEG is unpacked at a half, a quarter or an eighth of its size where that is enough.
        longer = max(opened.size)
        opened.draft("RGB", (opened.width * pixels // longer, opened.height * pixels // longer))
        opened.thumbnail((pixels * 2, pixels * 2), Image.Resampling.BOX, reducing_gap=None)
        picture = ImageOps.exif_transpose(_on_paper(opened))
    if drawn:
        box = ImageOps.invert(picture.convert("L")).point(lambda shade: 255 if shade > 30 else 0).getbbox()
        if box is None:
            return None
        picture = picture.crop(box)
    picture.thumbnail((pixels, pixels), Image.Resampling.BILINEAR)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY)
    return Picture(out.getvalue(), picture.width, picture.height)


def _on_paper(picture: Image.Image) -> Image.Image:
    """Return it in colours of its own; what shines through is white."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        over = picture.convert("RGBA")
        paper = Image.new("RGB", over.size, "white")
        paper.paste(over, mask=over.getchannel("A"))
        paper.info = picture.info
        picture = paper
    # A copy without the file's other contents; exif_transpose needs the turn.
    plain = picture.convert("RGB")
    plain.info = {key: value for key, value in picture.info.items() if key == "exif"}
    return plain
