"""The job page in a real browser, as wide as a phone: the whole job, and nothing in the way of anybody."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.field import ACCEPTED, give_checklist, order_of
from tests.support.job_page import REPORT, begin, job_page
from tests.support.job_phone import TABS, JobPhone
from tests.support.loop import Loop
from tests.support.page_checks import (
    DESK,
    Browser,
    insist_clean,
    needs_chromium,
    open_browser,
    shoot,
)
from tests.support.pictures import photo

pytestmark = needs_chromium
HATEFUL = "{{ 1 + 1 }}<img src=x onerror=alert(1)>"


@pytest.fixture
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


def throttle(browser: Browser, upload: int) -> None:
    """Let the browser send so many bytes a second; -1 is as many as it can."""
    browser.call(
        "Network.emulateNetworkConditions",
        offline=False,
        latency=0,
        downloadThroughput=-1,
        uploadThroughput=upload,
    )


def test_a_job_is_done_and_reported_on_the_phone(loop: Loop, browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(photo())
    (tmp_path / "virus.jpg").write_bytes(b"MZ\x90\x00" + bytes(4000))
    order = begin(loop, far=ACCEPTED, asset_id=give_checklist(loop))
    phone = JobPhone(browser, job_page(loop, order).url)
    phone.open()
    for step in ("depart", "arrive", "start"):
        phone.step(step)
        phone.hears("已记下：您已")
    loop.order_becomes("in_progress")
    for name in TABS:
        phone.tab(name)
        insist_clean(browser, loop.web_url)
        shoot(browser, f"job-{name}")

    phone.tab("report")
    phone.fills(cause=HATEFUL, remedy="更换启动电容", hours="1.5")
    phone.passes("cools", "seal")
    phone.chooses(tmp_path / "virus.jpg")
    phone.hears("这个文件不是照片")
    phone.submits()
    phone.hears("请至少拍一张现场照片")
    phone.chooses(tmp_path / "photo.jpg")
    browser.wait("document.querySelector('#report figure img') !== null")
    browser.wait("document.querySelector('#report figcaption') === null")
    phone.hears("已存在这部手机上")
    insist_clean(browser, loop.web_url)
    phone.open()
    phone.tab("report")
    assert browser.run("document.querySelector('#cause').value") == HATEFUL
    browser.wait("document.querySelectorAll('#report figure').length === 1")
    phone.submits()

    loop.order_becomes("completed")
    assert loop.events("ReportFiled")[0]["report"]["photos"] == 1


def test_the_customer_signs_on_the_phone_and_not_with_nothing(loop: Loop, browser: Browser) -> None:
    order = begin(loop)
    page = job_page(loop, order)
    page.do("complete", **REPORT)
    phone = JobPhone(browser, page.url)
    phone.open()

    phone.presses("请客户签字")
    phone.fills(signer="陈静")
    phone.presses("签好了，提交")
    phone.hears("还没有签名，请先在框里签名")
    phone.signs()
    phone.quiet()
    insist_clean(browser, loop.web_url)
    shoot(browser, "job-sign")
    phone.presses("签好了，提交")

    loop.order_becomes("signed_off")
    phone.hears("在报告第 1 版上签字")
    assert loop.events("WorkSignedOff")[0]["signer"] == "陈静"
    browser.size(*DESK)
    phone.quiet()
    shoot(browser, "job-desk")
    assert not browser.complaints


def test_a_photo_whose_way_was_cut_is_sent_again(loop: Loop, browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(photo(size=(1600, 1600)))
    order = begin(loop)
    phone = JobPhone(browser, job_page(loop, order).url)
    phone.open()
    phone.tab("report")

    throttle(browser, 4_000)
    phone.chooses(tmp_path / "photo.jpg")
    browser.wait("(document.querySelector('#report figcaption')?.textContent ?? '').includes('%')")
    loop.web.stop()
    phone.hears("还没传上去，提交时会再传")
    loop.web.come_back()
    throttle(browser, -1)
    phone.fills(cause="缺氟", remedy="加氟", hours="1")
    phone.submits()

    loop.order_becomes("completed")
    assert order_of(loop, order.id).report_version == 1
    assert loop.events("ReportFiled")[0]["report"]["photos"] == 1
