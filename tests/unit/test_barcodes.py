"""Codes on pictures: turned, small, damaged, several at once, and pictures that are traps."""

import io
import struct
import warnings
import zlib

import pytest
from PIL import Image, ImageFilter
from zxingcpp import BarcodeFormat

from adapters.files.barcodes import PIXELS_AT_MOST, ZxingReader
from sandbox.wecom.media import TINY_PNG
from tests.support.barcodes import as_file, label, photo, sheet

read = ZxingReader().read


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_code_is_read_from_every_kind_of_picture(kind: str):
    assert read(as_file(label("6204-2RS"), kind)) == ("6204-2RS",)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("SN2026-00017", BarcodeFormat.QRCode),
        ("6901234567892", BarcodeFormat.EAN13),
        ("KB-10", BarcodeFormat.Code39),
        ("SN001", BarcodeFormat.DataMatrix),
        ("轴承 6204", BarcodeFormat.QRCode),
    ],
)
def test_what_stands_on_parts_is_read(text: str, kind: BarcodeFormat):
    assert read(as_file(label(text, kind, 4))) == (text,)


@pytest.mark.parametrize("angle", [90, 180, 270, 8])
def test_a_turned_picture_is_read(angle: int):
    turned = label("6204-2RS").rotate(angle, expand=True, fillcolor=255)

    assert read(as_file(turned)) == ("6204-2RS",)


def test_the_camera_says_which_side_is_up():
    exif = Image.Exif()
    exif[0x0112] = 6

    assert read(as_file(label("6204-2RS"), "JPEG", exif=exif)) == ("6204-2RS",)


def test_all_codes_are_read_from_top_to_bottom():
    assert read(photo("6204-2RS", "SN001", "SN002")) == ("6204-2RS", "SN001", "SN002")


def test_the_same_code_twice_is_one():
    assert read(photo("SN001", "SN001")) == ("SN001",)


def test_a_small_code_on_a_large_picture_is_read():
    paper = Image.new("L", (5000, 4000), 255)
    paper.paste(label("SN2026-00017", scale=2), (3000, 2500))

    assert read(as_file(paper, "JPEG")) == ("SN2026-00017",)


def test_a_code_on_nothing_is_read():
    code = label("KB-10")
    over = Image.merge("LA", (Image.new("L", code.size, 0), code.point(lambda shade: 255 - shade)))

    assert read(as_file(over)) == ("KB-10",)


def test_a_picture_without_a_code_has_none():
    assert read(TINY_PNG) == ()
    assert read(as_file(Image.new("RGB", (300, 200), "red"))) == ()


def test_a_blurred_code_is_no_other_code():
    blurred = label("6204-2RS", scale=2).filter(ImageFilter.GaussianBlur(9))

    assert read(as_file(blurred)) == ()


def test_a_torn_qr_code_is_mended_or_not_read():
    code = label("SN2026-00017", BarcodeFormat.QRCode, 6)
    code.paste(255, (code.width // 2, code.height // 2, code.width // 2 + 18, code.height // 2 + 18))

    assert read(as_file(code)) in (("SN2026-00017",), ())


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.4", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(200), b"\xff\xd8\xff"],
    ids=["empty", "pdf", "heic", "stump"],
)
def test_what_is_no_picture_of_ours_is_not_read(data: bytes):
    assert read(data) is None


def test_a_broken_off_picture_is_not_read():
    assert read(photo("6204-2RS")[:400]) is None


def _bomb(width: int, height: int) -> bytes:
    """Return some bytes that unpack to a picture of this size."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    packed = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [6400, 10_000, 20_000, 200_000])
def test_a_picture_that_unpacks_to_too_much_is_refused_before(side: int):
    assert side * side > PIXELS_AT_MOST

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read(_bomb(side, side)) is None


def test_many_codes_are_enough():
    found = read(as_file(sheet([f"SN{number:04d}" for number in range(30)])))

    assert found is not None
    assert len(found) == 20


def test_a_gif_is_not_read():
    file = io.BytesIO()
    label("6204").save(file, "GIF")

    assert read(file.getvalue()) is None
