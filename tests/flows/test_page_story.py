"""The whole story by hand on the demonstration's wall and the pages its chats link to, in a real browser.

With FIXLOOP_SHOTS it also saves what somebody sees on the way, to be looked at.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from sqlalchemy import select

from adapters.storage.engine import Database
from bootstrap.demo.cast import read_cast
from bootstrap.demo.show import Show
from domain.workorder.model import WorkOrder
from sandbox.wall import SAMPLE_PHOTO
from tests.support.job_phone import JobPhone
from tests.support.page_checks import PHONE, needs_chromium, open_browser
from tests.support.story import WALL, Hands
from tests.support.wall_page import within

pytestmark = needs_chromium
CUSTOMER, TECHNICIAN, KEEPER = "张敏", "李建国", "钱国平"
READINGS = {"reading-suction": "0.32", "reading-discharge": "1.5", "reading-temperature": "4"}


@pytest.fixture
def hands(tmp_path: Path) -> Iterator[Hands]:
    folder, photo, cast = tmp_path / "show", tmp_path / "photo.png", read_cast()
    folder.mkdir()
    photo.write_bytes(SAMPLE_PHOTO)
    show = Show(folder, cast, port=0, write=lambda _: None)
    try:
        show.open()
        with open_browser(WALL) as browser:
            browser.goto(show.wall.url)
            browser.wait("document.querySelectorAll('.phone').length > 4")
            yield Hands(show, cast, browser, photo)
            assert not browser.complaints
            assert not [
                url for url in browser.requested if not url.startswith((show.wall.url, "about:", "data:"))
            ]
    finally:
        show.stop()


def report(hands: Hands) -> None:
    """Say what is broken, send a photo, and confirm."""
    wall, customer = hands.wall, hands.phone(CUSTOMER)
    hands.is_on(CUSTOMER, "帮我写好")
    hands.shoots_wall("wall-begin")
    scanned = hands.scans(CUSTOMER, "3号冷库冷藏机组")
    scanned.browser.wait("document.querySelector('.machine-name')")
    hands.looks(scanned, "scanned")

    hands.browser.click("document.querySelector('.guide .go')")
    hands.browser.click(within(customer, ".send"))
    wall.sees(customer, "请确认您的报修")
    hands.is_on(CUSTOMER, "确认报修")
    hands.sends_photo(CUSTOMER)
    wall.sees(customer, "已收到 1 张照片")
    wall.presses(customer, "确认报修")
    wall.sees(customer, "已收到您的报修")


def go_there(hands: Hands) -> JobPhone:
    """Accept on the card, and take the first three steps on its page."""
    wall = hands.wall
    hands.is_on(TECHNICIAN, "接单")
    wall.presses(hands.phone(TECHNICIAN), "接单")
    wall.sees(hands.phone(CUSTOMER), f"{TECHNICIAN} 技师")
    job = hands.opens(TECHNICIAN, "打开作业页")
    job.is_ready()
    hands.looks(job, "job")
    for step in ("depart", "arrive", "start"):
        job.step(step)
    job.hears("开始处理")
    wall.sees(hands.phone(CUSTOMER), "技师已出发")
    return job


def get_the_part(hands: Hands, job: JobPhone) -> None:
    """Ask for a part on the page; the storekeeper issues it on theirs; take it and use it."""
    job.tab("parts")
    job.fills(part="接触器")
    job.presses("查找")
    job.presses("申请")
    job.hears("等仓库出库")
    hands.looks(job, "parts")
    hands.is_on(KEEPER, "全部出库")
    store = hands.opens(KEEPER, "待出库")
    store.presses("全部拣齐")
    hands.looks(store, "store")
    store.presses("全部出库")
    store.hears("没有要拣的领料单")
    # As when somebody comes back to this window.
    job.browser.run("window.dispatchEvent(new Event('focus')) && true")
    job.presses("收下")
    job.presses("已用上")
    job.hears("已用在这张单")


def complete(hands: Hands, job: JobPhone) -> None:
    """Fill in the report with a photo."""
    job.tab("report")
    job.fills(cause="接触器触点烧蚀", remedy="更换交流接触器，试机 30 分钟正常", hours="1.5", **READINGS)
    job.presses("没填的全部合格")
    job.chooses(hands.photo)
    job.browser.wait("document.querySelector('#report figure img') !== null")
    job.browser.wait("document.querySelector('#report figcaption') === null")
    hands.looks(job, "report")
    job.submits()
    job.hears("等客户验收")
    hands.wall.sees(hands.phone(CUSTOMER), "请您验收")


def sign_and_rate(hands: Hands) -> JobPhone:
    """Read the report on the customer's page, sign it, and rate the service."""
    hands.is_on(CUSTOMER, "签字")
    page = hands.opens(CUSTOMER, "请您验收")
    page.browser.wait("document.querySelector('.sign-field')")
    page.browser.wait("[...document.images].every((one) => one.complete && one.naturalWidth > 0)")
    page.types("signer", CUSTOMER)
    page.signs()
    hands.looks(page, "acceptance")
    page.presses("验收通过，提交签字")
    page.browser.click("document.querySelector('.scores .score')")
    page.types("comment", "师傅准时，讲得很清楚")
    page.browser.click("document.querySelectorAll('.nps .score')[9]")
    hands.looks(page, "rating")
    page.presses("提交评价")
    page.hears("您的评价：5 分")
    hands.wall.sees(hands.phone(CUSTOMER), "评价已收到", "5 分")
    hands.looks(page, "rated")
    return page


def read_the_papers(hands: Hands, page: JobPhone) -> None:
    """Look at every station on the status page, and at the report as a PDF."""
    papers = page.browser.run("[...document.links].find((one) => one.text.includes('PDF')).href")
    pdf = requests.get(f"{papers}/report.pdf", timeout=30)
    assert (pdf.status_code, pdf.content[:5]) == (200, b"%PDF-")
    page.browser.click("[...document.links].find((one) => one.text.includes('查看维修进度'))")
    page.browser.wait("document.querySelectorAll('.steps li.reached').length >= 8")
    assert page.browser.run("document.querySelectorAll('.steps li:not(.reached)').length") == 0
    hands.looks(page, "status")
    hands.looks_wide(page, "status")


def test_the_whole_story_is_played_by_hand(hands: Hands) -> None:
    report(hands)
    job = go_there(hands)
    get_the_part(hands, job)
    complete(hands, job)
    hands.shoots_wall("wall")
    page = sign_and_rate(hands)
    read_the_papers(hands, page)

    hands.wall.sees(hands.phone(TECHNICIAN), "客户评价 5 分")
    hands.shoots_wall("wall-phone", PHONE)
    database = Database(hands.show.stage.database_url)
    with database.read() as session:
        (order,) = session.scalars(select(WorkOrder)).all()
    database.close()
    assert (order.status, order.rating) == ("signed_off", 5)
