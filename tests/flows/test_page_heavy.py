"""Photos too large to be true, and a network that ends in the middle: what was typed and chosen stays."""

import io
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.support.customer_pages import scanned
from tests.support.field import order_of
from tests.support.job_page import job_page
from tests.support.job_phone import JobPhone
from tests.support.loop import Loop
from tests.support.page_checks import Browser, needs_chromium, open_browser, open_page
from tests.support.pictures import photo
from tests.support.stocked import BEARING, stocked

pytestmark = needs_chromium
FAULT, MOBILE = "冷库不制冷了，报警 E7", "13711112222"
MEGABYTE = 1024 * 1024
AGAIN = "document.querySelector('.photo-again')"
KEPT = "document.querySelectorAll('.photo').length"


@pytest.fixture
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        # Without a screen nobody could answer the dialogue, and it would be cancelled at once.
        browser.call("Page.setInterceptFileChooserDialog", enabled=True)
        yield browser


@pytest.fixture
def form(loop: Loop, browser: Browser) -> Browser:
    """Give the report page, half filled in."""
    open_page(browser, scanned(loop).url, "document.querySelector('[name=fault]')")
    for name, words in (("fault", FAULT), ("mobile", MOBILE)):
        browser.click(f"document.querySelector('[name={name}]')")
        browser.call("Input.insertText", text=words)
    return browser


def press(browser: Browser, words: str) -> None:
    buttons = "[...document.querySelectorAll('button:not(:disabled)')]"
    browser.click(f"{buttons}.find((one) => one.textContent.includes('{words}'))")


def choose(browser: Browser, path: Path, data: bytes) -> None:
    path.write_bytes(data)
    press(browser, "添加照片")
    browser.wait("document.querySelector('input.picker')")
    browser.choose_file("input.picker", path)
    browser.wait("!document.querySelector('input.picker')")


def says(browser: Browser, words: str) -> None:
    browser.wait(f"document.body.textContent.includes('{words}')")


def is_kept(browser: Browser, photos: int) -> None:
    """Insist that what was typed is there, with so many photos, and wait until they have arrived."""
    browser.wait(f"{KEPT} === {photos} && !document.querySelector('.photo-part')")
    assert browser.run("document.querySelector('[name=fault]').value") == FAULT
    assert browser.run("document.querySelector('[name=mobile]').value") == MOBILE


def is_reported(loop: Loop, browser: Browser, photos: int) -> None:
    """Insist that the report goes off as it is."""
    press(browser, "提交报修")
    number = browser.wait("document.querySelector('.receipt-number')?.textContent")
    assert loop.only_order().number == number
    assert len(loop.events("FileFetched")) == photos


def padded(data: bytes, size: int) -> bytes:
    """Return a photo of exactly so many bytes; what follows its end is nothing to a reader."""
    return data + bytes(size - len(data))


def bomb(side: int) -> bytes:
    """Return a small PNG of so many black pixels in width and height."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    packer, row = zlib.compressobj(9), bytes(1 + side // 8)
    rows = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def throttle(browser: Browser, upload: int) -> None:
    """Let the browser send so many bytes a second; -1 is as many as it can."""
    speed = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": upload}
    browser.call("Network.emulateNetworkConditions", offline=False, **speed)


def test_a_photo_of_40_mb_is_made_small_before_it_travels(loop: Loop, form: Browser, tmp_path: Path) -> None:
    choose(form, tmp_path / "large.jpg", padded(photo(size=(6000, 4500)), 40 * MEGABYTE))

    is_kept(form, 1)
    is_reported(loop, form, 1)
    (kept,) = [file for file in loop.files_dir.rglob("*") if file.is_file()]
    assert kept.stat().st_size < MEGABYTE
    assert max(Image.open(io.BytesIO(kept.read_bytes())).size) == 1600


def test_a_photo_of_more_is_refused_and_everything_else_stays(
    loop: Loop, form: Browser, tmp_path: Path
) -> None:
    choose(form, tmp_path / "small.jpg", photo())
    is_kept(form, 1)

    choose(form, tmp_path / "larger.jpg", padded(photo(1), 40 * MEGABYTE + 1))

    says(form, "这张照片超过 40 MB，请换一张")
    is_kept(form, 1)
    is_reported(loop, form, 1)


@pytest.mark.parametrize(("side", "words"), [(50_000, "这张照片打不开"), (20_000, "这张照片的像素太多")])
def test_a_picture_that_unpacks_to_gigabytes_is_refused_and_everything_else_stays(
    loop: Loop, form: Browser, tmp_path: Path, side: int, words: str
) -> None:
    choose(form, tmp_path / "small.jpg", photo())
    is_kept(form, 1)
    data = bomb(side)
    assert len(data) < MEGABYTE

    choose(form, tmp_path / "bomb.png", data)

    says(form, words)
    is_kept(form, 1)
    is_reported(loop, form, 1)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("photo.jpg", b"MZ\x90\x00" + bytes(4000), "这个文件不是照片"),
        (
            "photo.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
            "这个文件不是照片",
        ),
        ("photo.heic", b"\x00\x00\x00\x18ftypheic" + bytes(4000), "HEIC"),
        ("photo.jpg", b"PK\x03\x04" + bytes(4000), "这个文件不是照片"),
        ("photo.jpg", b"", "空的"),
    ],
    ids=["exe", "svg", "heic", "zip", "empty"],
)
def test_what_is_no_photo_is_refused_and_what_was_typed_stays(
    loop: Loop, form: Browser, tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    choose(form, tmp_path / name, data)

    says(form, words)
    is_kept(form, 0)
    is_reported(loop, form, 0)


def test_an_upload_that_is_cut_off_is_sent_again_and_nothing_typed_is_lost(
    loop: Loop, form: Browser, tmp_path: Path
) -> None:
    throttle(form, 4_000)
    choose(form, tmp_path / "photo.jpg", photo(size=(1600, 1600)))
    form.wait("(document.querySelector('.photo-part')?.textContent ?? '').includes('%')")

    loop.web.stop()
    form.wait(f"Boolean({AGAIN})")
    is_kept(form, 1)
    press(form, "提交报修")
    says(form, "有照片还没有传上去，请点“重传”")
    loop.web.come_back()
    throttle(form, -1)
    form.click(AGAIN)

    form.wait(f"!{AGAIN}")
    is_kept(form, 1)
    is_reported(loop, form, 1)


def test_a_part_is_found_by_scanning_its_code(loop: Loop, browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "code.jpg").write_bytes(photo())
    job = stocked(loop, "dingtalk")
    job.starts_work()
    phone = JobPhone(browser, job_page(loop, order_of(loop, job.ending.order_id)).url)
    detector = "class { async detect() { return [{ rawValue: window.code }]; } }"
    browser.call("Page.addScriptToEvaluateOnNewDocument", source=f"window.BarcodeDetector = {detector};")
    phone.open()
    phone.tab("parts")

    for code, heard in ((BEARING, "轴承 6204"), ("<b>0000</b>", "没有找到“<b>0000</b>”")):
        browser.run(f"window.code = {code!r}")
        phone.presses("扫码")
        browser.wait("document.querySelector('input.picker')")
        browser.choose_file("input.picker", tmp_path / "code.jpg")
        phone.hears(heard)
        assert browser.run("document.querySelector('#parts input').value") == code
