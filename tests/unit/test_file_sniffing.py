"""What a file is follows from its bytes, whatever it is called."""

import io
import zipfile

import pytest

from adapters.files.sniffing import HEAD_BYTES, UNKNOWN, extension_of, sniff
from adapters.files.voices import amr_ms
from sandbox.wecom.media import TINY_AMR, TINY_MP4, TINY_PNG

OFFICE = "application/vnd.openxmlformats-officedocument"


def archive(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "mime"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
        (TINY_PNG, "image/png"),
        (b"GIF89a\x01\x00", "image/gif"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", "audio/wav"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "image/heic"),
        (TINY_MP4, "video/mp4"),
        (b"\x00\x00\x00\x14ftypqt  \x00\x00", "video/quicktime"),
        (TINY_AMR, "audio/amr"),
        (b"#!AMR-WB\n\x04", "audio/amr"),
        (b"\x02#!SILK_V3\x0c", "audio/silk"),
        (b"ID3\x04\x00", "audio/mpeg"),
        (b"\xff\xfb\x90\x64\x00", "audio/mpeg"),
        (b"%PDF-1.7\n", "application/pdf"),
        (archive("[Content_Types].xml", "word/document.xml"), f"{OFFICE}.wordprocessingml.document"),
        (archive("[Content_Types].xml", "xl/workbook.xml"), f"{OFFICE}.spreadsheetml.sheet"),
        (archive("word/document.xml"), "application/zip"),
        (b"PK\x03\x04 and nothing more", "application/zip"),
        ("3 号冷库机组不制冷了\n".encode(), "text/plain"),
        (b"<svg onload=alert(1)>", "text/plain"),
        (b"\xff\xfe\x00\x01", UNKNOWN),
        (b"MZ\x90\x00", UNKNOWN),
        (b"text with a \x00 in it", UNKNOWN),
        (b"", UNKNOWN),
    ],
)
def test_a_type_is_read_off_the_bytes(data: bytes, mime: str):
    assert sniff(io.BytesIO(data)) == mime


def test_a_character_cut_in_two_is_still_text():
    text = "a" * (HEAD_BYTES - 1) + "冷"

    assert sniff(io.BytesIO(text.encode())) == "text/plain"


def test_an_unknown_type_has_an_ending_nobody_opens():
    assert (extension_of("image/jpeg"), extension_of("application/x-sh")) == ("jpg", "bin")


@pytest.mark.parametrize(
    ("data", "lasts_ms"),
    [
        (b"#!AMR\n" + (b"\x3c" + bytes(31)) * 50, 1000),
        (b"#!AMR-WB\n" + (b"\x04" + bytes(17)) * 3, 60),
        (b"#!AMR\n", 20),
        (b"no voice", 20),
    ],
)
def test_a_voice_lasts_twenty_milliseconds_a_frame(data: bytes, lasts_ms: int):
    assert amr_ms(data) == lasts_ms
