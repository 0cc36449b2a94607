"""Barcodes and QR codes on pictures that people take with a phone.

See docs/adr/0033-barcodes.md.
"""

import io
import logging
import warnings
from typing import Final

import zxingcpp
from PIL import Image, ImageOps, UnidentifiedImageError
from zxingcpp import BarcodeFormat, BarcodeFormats

log = logging.getLogger(__name__)

PIXELS_AT_MOST: Final = 40_000_000
"""Of a picture that is unpacked; phones take 12 to 50 million and send fewer."""
FIRST_LOOK: Final = 1600
"""Pixels of the longer side that most codes are found at."""
CODES_AT_MOST: Final = 20
CODE_CHARS: Final = 200
_TYPES: Final = ("JPEG", "PNG", "WEBP")
_FORMATS: Final = BarcodeFormats(
    (
        BarcodeFormat.Code128,
        BarcodeFormat.Code39,
        BarcodeFormat.Code93,
        BarcodeFormat.EAN13,
        BarcodeFormat.EAN8,
        BarcodeFormat.UPCA,
        BarcodeFormat.UPCE,
        BarcodeFormat.QRCode,
        BarcodeFormat.MicroQRCode,
        BarcodeFormat.DataMatrix,
        BarcodeFormat.Aztec,
        BarcodeFormat.PDF417,
    )
)
"""What stands on parts and labels; short linear codes such as ITF are also seen where there are none."""


class ZxingReader:
    """Reads pictures with ZXing; whatever is sent, it only ever finds codes or does not."""

    def read(self, data: bytes) -> tuple[str, ...] | None:
        """Return the texts of all codes, from top to bottom; None where it is no picture that we read."""
        try:
            with warnings.catch_warnings():
                # Pillow warns of a picture that grows to more than it should; here that is a refusal.
                warnings.simplefilter("error", Image.DecompressionBombWarning)
                return _codes(data)
        except (OSError, ValueError, SyntaxError, MemoryError, UnidentifiedImageError) as error:
            log.info("a picture cannot be read: %s", type(error).__name__)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            log.warning("a picture would be too large: %s bytes", len(data))
        except Exception:
            # The decoders read foreign bytes; what they stumble over is no reason to stop the pump.
            log.exception("a picture of %s bytes broke the decoder", len(data))
        return None


def _codes(data: bytes) -> tuple[str, ...] | None:
    with Image.open(io.BytesIO(data), formats=_TYPES) as picture:
        if picture.width * picture.height > PIXELS_AT_MOST:
            log.warning("a picture of %s by %s is too large", picture.width, picture.height)
            return None
        grey = _upright(picture)
    small = grey.copy()
    small.thumbnail((FIRST_LOOK, FIRST_LOOK))
    return _read(small) or (_read(grey) if grey.size != small.size else ())


def _upright(picture: Image.Image) -> Image.Image:
    """Return it in shades of grey, as it was held; what shines through is white."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        over = picture.convert("RGBA")
        paper = Image.new("RGBA", over.size, "white")
        paper.alpha_composite(over)
        picture = paper
    return ImageOps.exif_transpose(picture.convert("L"))


def _read(grey: Image.Image) -> tuple[str, ...]:
    found = [code for code in zxingcpp.read_barcodes(grey, formats=_FORMATS) if code.valid]
    found.sort(key=lambda code: (code.position.top_left.y, code.position.top_left.x))
    texts = dict.fromkeys(" ".join(code.text.split())[:CODE_CHARS] for code in found)
    return tuple(text for text in texts if text)[:CODES_AT_MOST]
