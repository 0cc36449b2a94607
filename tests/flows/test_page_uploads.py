"""How long an upload waits for its submission, and that a signature, which is no attachment, stays."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from adapters.storage.unused_files import SqlUnusedFiles
from domain.files.model import File
from domain.kernel.links import LIFETIME, Page
from scheduler.files import sweep_files
from tests.support.closing import begin
from tests.support.customer_pages import acceptance, png, scanned, signature
from tests.support.job_page import begin as job_begins
from tests.support.job_page import job_page
from tests.support.loop import Loop

WEEK = timedelta(days=7)


def kept_for(loop: Loop, sha256: str) -> timedelta | None:
    with loop.database.read() as session:
        file = session.execute(select(File).where(File.sha256 == sha256)).scalar_one()
    return file.expires_at - file.first_seen_at if file.expires_at is not None else None


def sweep(loop: Loop, after: timedelta) -> None:
    unused = SqlUnusedFiles(loop.database, loop.product.files.forget)
    sweep_files(unused, lambda: loop.clock.now() + after)


def test_a_photo_at_the_code_waits_a_week_and_is_refused_in_words_then(loop: Loop) -> None:
    page = scanned(loop)
    photo = page.upload(png()).json()["sha256"]
    assert kept_for(loop, photo) == WEEK

    sweep(loop, WEEK)
    answer = page.do("report", mobile="13711112222", fault="冷库不制冷了", photos=[photo])

    assert answer.status_code == 409
    assert answer.json()["message"].endswith("。")
    assert not loop.product.files.has(photo)
    assert page.upload(png()).status_code == 201
    assert page.do("report", mobile="13711112222", fault="冷库不制冷了", photos=[photo]).status_code == 200
    assert kept_for(loop, photo) is None


def test_a_photo_of_a_job_waits_as_long_as_its_link_is_good(loop: Loop) -> None:
    photo = job_page(loop, job_begins(loop)).upload(png()).json()["sha256"]

    assert kept_for(loop, photo) == LIFETIME[Page.JOB] > WEEK


def test_a_signature_stays_for_good(loop: Loop) -> None:
    ending = begin(loop, "kf", "dingtalk")
    ending.completes()
    page = acceptance(ending)
    signing = signature(page)
    assert page.do("sign", **signing).status_code == 200
    ending.becomes("signed_off")

    sweep(loop, timedelta(days=10_000))

    assert page.file(str(signing["image"])).content == png()


def test_a_photo_on_a_work_order_stays_for_good(loop: Loop) -> None:
    page = scanned(loop)
    photo = page.upload(png()).json()["sha256"]
    told = page.do("report", mobile="13711112222", fault="冷库不制冷了", photos=[photo]).json()

    sweep(loop, timedelta(days=10_000))

    status = type(page)(told["more"]["status_url"])
    assert status.file(photo).content == png()


def test_what_is_taken_away_while_it_comes_is_asked_for_again(
    loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = scanned(loop)
    with monkeypatch.context() as swept:
        swept.setattr(loop.product.files, "has", lambda _: False)
        answer = page.upload(png())

    assert (answer.status_code, answer.json()["code"]) == (503, "photo_again")
    assert page.upload(png()).status_code == 201
