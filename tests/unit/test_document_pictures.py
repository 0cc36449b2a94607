"""Pictures on documents are foreign: a trap is a placeholder, and never the end of a document."""

import io
import struct
import zlib

import pytest
from PIL import Image

from adapters.documents import pictures
from adapters.documents.render import render_report
from tests.support.barcodes import as_file
from tests.support.documents import photo, report, signature, text, with_photos


def _bomb() -> bytes:
    """Return a PNG of a few kilobytes that claims 60,000 by 60,000 pixels."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    data = zlib.compress(bytes(1_000_000))
    chunks = ((b"IHDR", head), (b"IDAT", data), (b"IEND", b""))
    body = b"".join(
        struct.pack(">I", len(one)) + name + one + struct.pack(">I", zlib.crc32(name + one))
        for name, one in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


TRAPS = {
    "bomb": _bomb(),
    "truncated": photo()[:20_000],
    "exe": b"MZ\x90\x00" + bytes(2_000),
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "heic": b"\x00\x00\x00\x18ftypheic" + bytes(500),
    "gif": as_file(Image.new("P", (10, 10)), "GIF"),
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
    "nothing": b"",
    "text": "照片.jpg".encode(),
}


@pytest.mark.parametrize("name", list(TRAPS))
def test_a_trap_is_a_placeholder(name: str):
    said = text(render_report(with_photos(1, TRAPS[name])))

    assert "图片无法显示" in said
    assert "图 1" in said


def test_a_trap_beside_a_photo_leaves_the_photo():
    view = with_photos(1, photo())
    trapped = view.model_copy(update={"photos": (*with_photos(1, TRAPS["bomb"]).photos, *view.photos)})

    assert text(render_report(trapped)).count("图片无法显示") == 1


def test_a_file_that_is_too_large_is_not_even_looked_at():
    assert pictures.photo(photo() + bytes(pictures.BYTES_AT_MOST)) is None


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_every_kind_that_phones_send_becomes_a_small_jpeg(kind: str):
    found = pictures.photo(photo(1600, 1200, kind))

    assert found is not None
    assert (found.width, found.height) == (500, 375)
    assert Image.open(io.BytesIO(found.data)).format == "JPEG"


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "I;16", "RGBA", "LA"])
def test_every_mode_of_colour_can_be_printed(mode: str):
    kind = "JPEG" if mode == "CMYK" else "PNG"

    assert pictures.photo(as_file(Image.new(mode, (40, 30)), kind)) is not None


def test_a_photo_stands_as_the_camera_was_held_and_tells_nothing_else():
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Phone of Li"
    found = pictures.photo(as_file(Image.new("RGB", (800, 400), "red"), "JPEG", exif=exif))

    assert found is not None
    assert (found.width, found.height) == (250, 500)
    assert b"Phone of Li" not in found.data


def test_a_small_photo_is_not_made_larger():
    found = pictures.photo(photo(80, 60))

    assert found is not None
    assert (found.width, found.height) == (80, 60)


def test_a_signature_loses_its_empty_margins():
    found = pictures.signature(signature().image)

    assert found is not None
    assert found.width > 2 * found.height


def test_an_empty_signature_is_a_placeholder():
    empty = as_file(Image.new("RGBA", (300, 100), (0, 0, 0, 0)))

    assert pictures.signature(empty) is None
    assert "图片无法显示" in text(render_report(report(signature=signature(image=empty))))
