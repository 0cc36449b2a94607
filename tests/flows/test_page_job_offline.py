"""The job page without a network: what is done arrives once, in order, with the phone's time."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from domain.workorder.commands import ReassignWorkOrder
from tests.support.closing import by
from tests.support.field import ACCEPTED, EN_ROUTE, does, give_checklist, order_of
from tests.support.job_page import begin, job_page
from tests.support.job_phone import JobPhone
from tests.support.loop import Loop
from tests.support.page_checks import Browser, needs_chromium, open_browser, shoot
from tests.support.pictures import photo

pytestmark = needs_chromium
STEPS = ("TechnicianDeparted", "TechnicianArrived", "WorkStarted", "WorkCompleted")


@pytest.fixture
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


def test_steps_without_a_server_arrive_once_in_order_with_the_phones_time(
    loop: Loop, browser: Browser, tmp_path: Path
) -> None:
    (tmp_path / "photo.jpg").write_bytes(photo())
    order = begin(loop, far=ACCEPTED, asset_id=give_checklist(loop))
    phone = JobPhone(browser, job_page(loop, order).url)
    phone.open()
    phone.is_kept()
    began = loop.clock.now()

    loop.web.stop()
    for minutes, step in ((10, "depart"), (30, "arrive"), (35, "start")):
        phone.later(minutes)
        phone.step(step)
    phone.open()
    assert phone.waiting() == 3
    shoot(browser, "job-offline")
    phone.later(90)
    phone.tab("report")
    phone.fills(cause="压缩机缺氟", remedy="补漏加氟", hours="1")
    phone.passes("cools", "seal")
    phone.chooses(tmp_path / "photo.jpg")
    phone.hears("还没传上去，提交时会再传")
    phone.submits()
    phone.hears("还没提交（4）")
    loop.advance(95 * 60)
    loop.web.come_back()
    phone.online()

    browser.wait("document.querySelector('#waiting') === null")
    assert order_of(loop, order.id).status == "completed"
    events = {name: loop.events(name) for name in STEPS}
    assert {name: len(found) for name, found in events.items()} == dict.fromkeys(STEPS, 1)
    claimed = [datetime.fromisoformat(events[name][0]["claimed_at"]) - began for name in STEPS]
    for happened, minutes in zip(claimed, (10, 30, 35, 90), strict=True):
        assert abs(happened - timedelta(minutes=minutes)) < timedelta(minutes=2)
    assert [events[name][0]["backfilled"] for name in STEPS] == [True, True, True, False]
    assert loop.events("ReportFiled")[0]["report"]["photos"] == 1


def test_a_reassigned_order_shows_the_conflict_and_what_was_kept(loop: Loop, browser: Browser) -> None:
    order = begin(loop, far=EN_ROUTE)
    phone = JobPhone(browser, job_page(loop, order).url)
    phone.open()
    phone.is_kept()

    loop.web.stop()
    phone.step("arrive")
    phone.fills(text="门卫不让进，在等钥匙")
    browser.click("document.querySelector('#work form button[type=submit]:not(:disabled)')")
    phone.hears("还没提交（2）")
    does(
        loop,
        ReassignWorkOrder(
            work_order_id=order.id,
            technician_id=loop.person("王芳").id,
            expires_at=loop.clock.now() + timedelta(minutes=10),
            reason="李强堵在路上",
            **by(loop, "赵敏"),
        ),
    )
    loop.web.come_back()
    phone.online()

    phone.hears("这张工单已不在您名下")
    phone.hears("已不在您名下，没有提交。您填的内容还留在这部手机上")
    phone.hears("门卫不让进，在等钥匙")
    shoot(browser, "job-conflict")
    assert "陈静" not in browser.run("document.body.innerText")
    assert loop.events("TechnicianArrived") == [] and loop.events("WorkOrderNoteAdded") == []
    phone.presses("不要了")
    browser.click("document.querySelector('.van-dialog__confirm')")
    browser.wait("document.querySelectorAll('#waiting li').length === 1")
    loop.settle()
