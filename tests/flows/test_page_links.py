"""Links to pages: who may open what, until when, and what a submission does twice."""

from datetime import timedelta
from uuid import uuid4

import pytest
import requests

from domain.kernel.links import LIFETIME, Page
from domain.people.model import Person
from domain.workorder.model import WorkOrder
from tests.support.loop import Loop
from tests.support.pages import PageVisitor


@pytest.fixture
def order(loop: Loop) -> WorkOrder:
    loop.lin.reports("二号库的冷机不制冷了")
    return loop.only_order()


def status_page(loop: Loop, order: WorkOrder) -> PageVisitor:
    assert order.requester_id is not None
    return PageVisitor(loop.product.links.to(Page.STATUS, order.requester_id, order.id, loop.clock.now()))


def said(loop: Loop) -> list[str]:
    """Return what was said on the page, whether a technician had the work order already or not."""
    return [str(one["text"]) for name in ("WordsRelayed", "WorkOrderNoteAdded") for one in loop.events(name)]


def test_the_status_page_shows_the_order_in_the_customers_words(loop: Loop, order: WorkOrder) -> None:
    shown = status_page(loop, order).data()

    assert shown["number"] == order.number
    assert "冷机不制冷" in shown["fault"]


def test_words_said_on_the_page_are_said_once(loop: Loop, order: WorkOrder) -> None:
    page = status_page(loop, order)

    answers = [page.do("say", "a-key-of-this-click", text="门卫电话已留") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json()["message"] == answers[1].json()["message"]
    assert len(said(loop)) == 1


def test_another_text_under_the_same_key_is_refused(loop: Loop, order: WorkOrder) -> None:
    page = status_page(loop, order)
    page.do("say", "a-key-of-this-click", text="门卫电话已留")

    answer = page.do("say", "a-key-of-this-click", text="请带梯子")

    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_conflict")
    assert len(said(loop)) == 1


def test_a_link_ends_by_itself(loop: Loop, order: WorkOrder) -> None:
    page = status_page(loop, order)
    loop.advance((LIFETIME[Page.STATUS] + timedelta(days=2)).total_seconds())

    frame, late = page.open(), page.do("say", text="还在吗")

    assert (frame.status_code, late.status_code) == (410, 410)
    assert "链接已过期" in frame.text
    assert "链接已过期" in late.json()["message"]
    assert not said(loop)


@pytest.mark.parametrize(
    "change", [lambda url: url[:-1] + ("A" if url[-1] != "A" else "B"), lambda url: url + "x"]
)
def test_a_tampered_link_opens_nothing(loop: Loop, order: WorkOrder, change: object) -> None:
    assert callable(change)
    page = PageVisitor(str(change(status_page(loop, order).url)))

    assert page.open().status_code == 404
    assert page.do("say", text="你好").status_code == 404


@pytest.mark.parametrize(
    "token", ["x", "q-nobody-knows-this-label", "..%2f..%2fetc%2fpasswd", "%00", "a" * 5000]
)
def test_what_was_never_a_link_opens_nothing(loop: Loop, token: str) -> None:
    answer = requests.get(f"{loop.web_url}/p/{token}", timeout=10)

    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/html")


def test_a_person_who_left_opens_nothing(loop: Loop, order: WorkOrder) -> None:
    page = status_page(loop, order)
    loop.change(Person, active=False)

    assert page.open().status_code == 200  # The frame holds nothing about anybody.
    assert requests.get(f"{page.url}/data", timeout=10).status_code == 404


def test_a_link_for_one_purpose_does_nothing_else(loop: Loop, order: WorkOrder) -> None:
    page = status_page(loop, order)

    assert page.do("accept").status_code == 404
    assert page.upload(b"\xff\xd8\xff\xe0 a photo").status_code == 404
    assert requests.get(f"{page.url}/files/{'0' * 64}", timeout=10).status_code == 404


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"headers": {"Content-Type": "text/plain", "Idempotency-Key": "0123456789"}}, 415),
        ({"headers": {"Content-Type": "application/json"}}, 400),
        ({"headers": {"Content-Type": "application/json", "Idempotency-Key": "../../x"}}, 400),
        ({"data": b"{"}, 400),
        ({"data": b"[1]"}, 400),
        ({"data": b'{"text": ""}'}, 422),
        ({"data": b'{"text": "x", "more": 1}'}, 422),
        ({"data": b'{"text": "' + b"x" * 300_000 + b'"}'}, 413),
    ],
)
def test_a_malformed_submission_is_told_what_is_wrong(
    loop: Loop, order: WorkOrder, change: dict[str, object], status: int
) -> None:
    page = status_page(loop, order)
    sound = {
        "data": b'{"text": "x"}',
        "headers": {"Content-Type": "application/json", "Idempotency-Key": "0123456789"},
    }

    answer = requests.post(f"{page.url}/do/say", timeout=10, **(sound | change))  # type: ignore[arg-type]

    assert answer.status_code == status
    assert answer.json()["message"].endswith("。")
    assert not said(loop)


def test_another_site_submits_nothing(loop: Loop, order: WorkOrder) -> None:
    page = status_page(loop, order)

    answer = requests.post(
        f"{page.url}/do/say",
        json={"text": "x"},
        headers={"Idempotency-Key": uuid4().hex, "Sec-Fetch-Site": "cross-site"},
        timeout=10,
    )

    assert (answer.status_code, answer.json()["code"]) == (403, "foreign")


def test_every_answer_is_under_the_strict_policy(loop: Loop, order: WorkOrder) -> None:
    page = status_page(loop, order)

    for answer in (
        page.open(),
        requests.get(f"{page.url}/data", timeout=10),
        PageVisitor(page.url + "x").open(),
    ):
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_one_link_is_not_used_a_hundred_times_a_minute(loop: Loop, order: WorkOrder) -> None:
    page = status_page(loop, order)

    statuses = [page.do("say", text="催一下").status_code for _ in range(61)]

    assert statuses[-1] == 429
