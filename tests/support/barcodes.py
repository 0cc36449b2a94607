"""Pictures of barcodes, as a phone would take them."""

import io
from collections.abc import Sequence

import zxingcpp
from PIL import Image
from zxingcpp import BarcodeFormat


def label(text: str, kind: BarcodeFormat = BarcodeFormat.Code128, scale: int = 3) -> Image.Image:
    """Return one code on white paper."""
    drawn = zxingcpp.create_barcode(text, kind).to_image(scale=scale)
    height, width = drawn.shape
    # It is a buffer, which its stubs do not say.
    return Image.frombytes("L", (width, height), bytes(drawn))  # type: ignore[call-overload]


def sheet(texts: Sequence[str], kind: BarcodeFormat = BarcodeFormat.Code128) -> Image.Image:
    """Return several codes below each other."""
    labels = [label(text, kind) for text in texts]
    paper = Image.new(
        "L", (max(one.width for one in labels) + 60, sum(one.height + 60 for one in labels) + 60), 255
    )
    top = 60
    for one in labels:
        paper.paste(one, (30, top))
        top += one.height + 60
    return paper


def as_file(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    """Return the bytes of a picture file."""
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def photo(*texts: str) -> bytes:
    """Return a JPEG of codes."""
    return as_file(sheet(texts), "JPEG", quality=80)
