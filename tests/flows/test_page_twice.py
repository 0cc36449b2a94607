"""Going back, two tabs and used links in a real browser: nothing is done twice, and what is so is shown."""

from collections.abc import Iterator

import pytest

from tests.support.chromium import Tab
from tests.support.closing import Ending, begin
from tests.support.customer_pages import acceptance, scanned, signature
from tests.support.field import ACCEPTED
from tests.support.job_page import REPORT, job_page
from tests.support.job_page import begin as job_begins
from tests.support.job_phone import JobPhone
from tests.support.loop import Loop
from tests.support.page_checks import PHONE, Browser, needs_chromium, open_browser, open_page

pytestmark = needs_chromium
FAULT, MOBILE = "冷库不制冷了，报警 E7", "13711112222"
FORM = "document.querySelector('[name=fault]')"
RECEIPT = "document.querySelector('.receipt-number')"


@pytest.fixture
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


def second_tab(browser: Browser, url: str) -> Tab:
    """Return another tab of the same phone with the same page."""
    browser.call("Target.createTarget", url=f"{url}#2", background=True)
    tab = browser.opened(f"{url}#2")
    tab.size(*PHONE)
    return tab


def press(tab: Tab, words: str) -> None:
    tab.click(
        f"[...document.querySelectorAll('button, a')].find((one) => one.textContent.includes('{words}'))"
    )


def fill(tab: Tab, **fields: str) -> None:
    for name, words in fields.items():
        tab.click(f"document.querySelector('[name={name}]')")
        tab.call("Input.insertText", text=words)


def says(tab: Tab, words: str) -> None:
    tab.wait(f"document.body.textContent.includes('{words}')")


def goes_back(tab: Tab) -> None:
    tab.run("void history.back()")


@pytest.fixture
def done(loop: Loop) -> Ending:
    ending = begin(loop, "kf", "dingtalk")
    ending.completes()
    return ending


def test_going_back_after_a_report_shows_its_receipt_and_reports_nothing_again(
    loop: Loop, browser: Browser
) -> None:
    page = scanned(loop)
    open_page(browser, page.url, FORM)
    fill(browser, fault=FAULT, mobile=MOBILE)
    press(browser, "提交报修")
    number = browser.wait(f"{RECEIPT}?.textContent")
    press(browser, "查看维修进度")
    browser.wait("document.querySelector('.steps')")

    goes_back(browser)

    assert browser.wait(f"{RECEIPT}?.textContent") == number == loop.only_order().number
    browser.goto(page.url)
    assert browser.wait(f"{RECEIPT}?.textContent") == number
    press(browser, "再报一个故障")
    browser.wait(FORM)
    assert browser.run(f"{FORM}.value") == ""
    browser.goto(page.url)
    browser.wait(FORM)
    assert loop.only_order().reporter_count == 1


def test_the_same_fault_from_two_tabs_is_one_work_order(loop: Loop, browser: Browser) -> None:
    page = scanned(loop)
    open_page(browser, page.url, FORM)
    other = second_tab(browser, page.url)
    other.wait(FORM)
    for tab in (browser, other):
        fill(tab, fault=FAULT, mobile=MOBILE)

    press(browser, "提交报修")
    number = browser.wait(f"{RECEIPT}?.textContent")
    press(other, "提交报修")

    says(other, "已经报修过")
    assert other.run(f"{RECEIPT}.textContent") == number == loop.only_order().number


def test_going_back_to_a_job_shows_the_step_that_was_taken(loop: Loop, browser: Browser) -> None:
    order = job_begins(loop, far=ACCEPTED)
    phone = JobPhone(browser, job_page(loop, order).url)
    phone.open()
    phone.step("depart")
    loop.order_becomes("en_route")
    browser.goto(f"{loop.web_url}/p/elsewhere")
    browser.wait("document.querySelector('.sorry')")

    goes_back(browser)

    phone.is_ready()
    browser.wait("document.querySelector('[data-step=arrive]')")
    assert browser.run("document.querySelector('[data-step=depart]') === null")
    assert len(loop.events("TechnicianDeparted")) == 1


def test_a_job_in_two_tabs_takes_a_step_once_and_shows_it_in_both(loop: Loop, browser: Browser) -> None:
    order = job_begins(loop, far=ACCEPTED)
    url = job_page(loop, order).url
    phone = JobPhone(browser, url)
    phone.open()
    other = second_tab(browser, url)
    other.wait("document.querySelector('[data-step=depart]:not(:disabled)')")

    phone.step("depart")
    loop.order_becomes("en_route")
    other.click("document.querySelector('[data-step=depart]')")

    other.wait("document.querySelector('[data-step=arrive]')")
    says(other, "已记下：您已出发")
    assert len(loop.events("TechnicianDeparted")) == 1
    assert other.run("document.querySelectorAll('#waiting li').length") == 0


def test_a_report_filed_elsewhere_meanwhile_keeps_what_was_typed_as_its_correction(
    loop: Loop, browser: Browser
) -> None:
    order = job_begins(loop)
    url = job_page(loop, order).url
    JobPhone(browser, url).open()
    other = second_tab(browser, url)
    other.wait("document.querySelector('main.job')?.dataset.ready === 'true'")

    second = JobPhone(other, url)
    second.tab("report")
    second.fills(cause="另一个原因", remedy="另一种处理", hours="9")
    job_page(loop, order).do("complete", **REPORT)
    loop.order_becomes("completed")

    second.submits()

    says(other, "提交更正")
    second.hears("已存在这部手机上")
    assert other.run("document.querySelector('#cause').value") == "另一个原因"
    assert len(loop.events("ReportFiled")) == 1
    second.open()
    second.tab("report")
    assert other.wait("document.querySelector('#cause')?.value") == "另一个原因"
    second.submits()
    other.wait("document.querySelector('#cause') === null")
    assert [one["report"]["cause"] for one in loop.events("ReportFiled")] == [REPORT["cause"], "另一个原因"]
    second.open()
    second.tab("report")
    assert other.run("document.querySelector('#cause') === null")


def test_a_tab_that_signs_after_another_did_shows_the_signature(done: Ending, browser: Browser) -> None:
    page = acceptance(done)
    open_page(browser, page.url, "document.querySelector('.sign-field')")
    fill(browser, signer="陈静")
    JobPhone(browser, page.url).signs()
    assert page.do("sign", **signature(page)).status_code == 200
    done.becomes("signed_off")

    press(browser, "验收通过，提交签字")

    browser.wait("document.querySelector('img.signed')?.naturalWidth > 0")
    browser.wait("document.querySelector('.scores')")
    assert len(done.loop.events("WorkSignedOff")) == 1


def test_a_used_link_shows_what_became_of_it_and_takes_nothing_again(done: Ending) -> None:
    page = acceptance(done)
    again = signature(page)
    assert page.do("sign", **again).status_code == 200
    done.becomes("signed_off")
    assert page.do("rate", score=5, comment="很好", nps=9).status_code == 200

    for deed, body in (("sign", again), ("reject", {"report": 1, "reason": "没修好"})):
        answer = page.do(deed, **body)
        assert answer.status_code == 409
        assert "请" in answer.json()["message"]
    corrected = page.do("rate", score=4, comment="改主意了", nps=7)

    shown = page.data()
    assert corrected.status_code == 200
    assert (shown["can_sign"], len(done.loop.events("WorkSignedOff"))) == (False, 1)
    assert shown["rating"] == {"score": 4, "comment": "改主意了", "nps": 7}
    assert [one["before"] for one in done.loop.events("ServiceRated")] == [None, 5]
