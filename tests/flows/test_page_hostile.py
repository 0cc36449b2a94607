"""What has to hold on every page of the catalogue, whoever sends what to it."""

import gzip
import http.client
import json
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
import requests
from sqlalchemy import func, select

from adapters.storage.tables import EventRow
from console.assets import build
from domain.kernel.links import Page
from tests.support.every_page import OPENED, catalogue, texts_of
from tests.support.loop import Loop
from tests.support.pages import PageVisitor

LONG = "长" * 10_000
JSON = {"Content-Type": "application/json"}
FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
]
FORMS = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
TRICKS = [
    "..%2f..%2f..%2fetc%2fpasswd",
    "../../../../etc/passwd",
    "%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "%2fetc%2fpasswd",
    "/etc/passwd",
    "..%5c..%5cetc%5cpasswd",
    "..\\..\\etc\\passwd",
    "%00",
    "a%00.png",
    "....//....//etc/passwd",
    "%c0%ae%c0%ae/etc/passwd",
    "C:%5cWindows%5cwin.ini",
]


@pytest.fixture(params=OPENED, ids=str)
def page(request: pytest.FixtureRequest) -> Page:
    kind: Page = request.param
    return kind


@pytest.fixture
def visitor(loop: Loop, page: Page) -> PageVisitor:
    opened = OPENED[page](loop)
    loop.settle()
    return opened


def posted(url: str, headers: dict[str, str], data: bytes = b"{}") -> requests.Response:
    headers = {"Idempotency-Key": uuid4().hex, **headers}
    return requests.post(url, data=data, headers=headers, timeout=10)


def raw(url: str, path: str) -> tuple[int, bytes]:
    """Ask for a path exactly as it stands, as no well-behaved client does."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    try:
        connection.putrequest("GET", path)
        connection.endheaders()
        answer = connection.getresponse()
        status, text = answer.status, answer.read()
    finally:
        connection.close()
    # Two slashes are sent on to one.
    return raw(url, urlsplit(answer.headers["Location"]).path) if status == 308 else (status, text)


def everything(loop: Loop) -> list[object]:
    """Return what was ever taken in or decided."""
    with loop.database.read() as session:
        events = session.scalar(select(func.count()).select_from(EventRow))
    return [events, len(loop.inbox()), [file for file in loop.files_dir.rglob("*") if file.is_file()]]


def said_no(answer: requests.Response) -> tuple[int, str]:
    told = answer.json()
    assert told["message"].endswith("。")
    return answer.status_code, told["code"]


def test_every_page_of_the_catalogue_is_among_these(loop: Loop) -> None:
    assert set(OPENED) == set(catalogue(loop)) == set(Page)


def test_every_answer_of_every_page_is_under_the_strict_policy(loop: Loop, visitor: PageVisitor) -> None:
    answers = [visitor.open(), visitor.look(), visitor.get("/no.pdf"), visitor.file("0" * 64)]

    assert [answer.status_code for answer in answers] == [200, 200, 404, 404]
    for answer in answers:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert not any(word in policy for word in ("unsafe", "http:", "https:", "*"))
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_no_other_site_does_anything_on_any_page(loop: Loop, page: Page, visitor: PageVisitor) -> None:
    deeds = [f"{visitor.url}/do/{deed}" for deed in catalogue(loop)[page].deeds]
    before = everything(loop)

    for url in (*deeds, f"{visitor.url}/files"):
        assert said_no(posted(url, JSON | FOREIGN[0])) == (403, "foreign")
    for url in deeds[:1]:
        for headers in FOREIGN:
            assert said_no(posted(url, JSON | headers)) == (403, "foreign")
        for kind in FORMS:
            answer = posted(url, {"Content-Type": kind}, b'{"text": "x"}')
            assert said_no(answer) == (415, "unsupported_media_type")

    assert everything(loop) == before


def test_our_own_page_is_no_other_site(loop: Loop) -> None:
    page = OPENED[Page.STATUS](loop)
    origin = f"http://{urlsplit(page.url).netloc}"

    for headers in ({"Origin": origin}, {"Sec-Fetch-Site": "same-origin", "Origin": origin}, {}):
        answer = posted(f"{page.url}/do/say", JSON | headers, '{"text": "在吗"}'.encode())
        assert answer.status_code == 200


def test_a_text_of_10_000_characters_is_refused_by_its_field_everywhere(
    loop: Loop, page: Page, visitor: PageVisitor
) -> None:
    let_in, tried = [], 0

    for deed, what in catalogue(loop)[page].deeds.items():
        for path, body in texts_of(what.body.model_json_schema(), LONG):
            answer = visitor.do(deed, **body)
            tried += 1
            told: dict[str, Any] = answer.json()
            fields = told.get("fields", {})
            if answer.status_code != 422 or not any(path[1:].startswith(name) for name in fields):
                let_in.append((deed, path, answer.status_code, told))
        loop.advance(61)  # One link may only ask so often in a minute.

    assert not let_in
    assert (tried > 0) == bool(catalogue(loop)[page].deeds)


def test_no_path_leads_out_of_a_page(loop: Loop, visitor: PageVisitor) -> None:
    base = urlsplit(visitor.url).path

    for trick in TRICKS:
        for path in (f"{base}/files/{trick}", f"{base}/{trick}.pdf", f"{base}/{trick}", f"/p/{trick}"):
            status, text = raw(visitor.url, path)
            assert status in (400, 404, 405), (path, status)
            assert b"root:" not in text and b"Traceback" not in text


def test_no_path_leads_out_of_the_static_files(loop: Loop) -> None:
    for trick in (*TRICKS, "../shell.py", "..%2fshell.py", "lib/..%2f..%2fshell.py", "lib/", ""):
        for version in (build(), "..", "%2e%2e"):
            status, text = raw(loop.web_url, f"/static/{version}/{trick}")
            assert status in (400, 404), (trick, status)
            assert b"root:" not in text and b"def " not in text
    assert raw(loop.web_url, f"/static/{build()}/lib/api.js")[0] == 200


def test_what_is_packed_is_neither_unpacked_nor_taken(loop: Loop) -> None:
    page = OPENED[Page.REPORT](loop)
    bomb = gzip.compress(bytes(50_000_000))
    packed = {"Content-Encoding": "gzip"}

    text = json.dumps({"mobile": "13711112222", "fault": "冷库不制冷了"}).encode()
    submission = posted(f"{page.url}/do/report", JSON | packed, gzip.compress(text))
    upload = posted(f"{page.url}/files", packed, bomb)

    assert said_no(submission) == (400, "not_json")
    assert said_no(upload) == (415, "not_a_photo")
    assert loop.orders() == []
    assert not [file for file in loop.files_dir.rglob("*") if file.is_file()]
