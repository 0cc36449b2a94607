"""The signed config for the chats' own scripts: for this page only, and never in anybody's way."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
import requests

from domain.kernel.links import LIFETIME, Page
from domain.people.model import Person
from sandbox.core.faults import Fault
from tests.support.loop import Loop
from tests.support.pages import PageVisitor

TICKETS = {"wecom": "get_jsapi_ticket", "dingtalk": "oauth2/jsapiTickets"}
BOTH = pytest.mark.parametrize("platform", list(TICKETS))


@pytest.fixture
def page(loop: Loop) -> PageVisitor:
    loop.lin.reports("二号库的冷机不制冷了")
    order = loop.only_order()
    assert order.requester_id is not None
    return PageVisitor(loop.product.links.to(Page.STATUS, order.requester_id, order.id, loop.clock.now()))


def ask(page: PageVisitor, platform: str, url: str | None = None, **headers: str) -> requests.Response:
    """Ask for the config of a chat, for the page itself unless another URL is given."""
    query = f"platform={platform}&url={quote(page.url if url is None else url, safe='')}"
    return requests.get(f"{page.url}/sdk?{query}", headers=headers, timeout=10)


def asked(loop: Loop, platform: str) -> int:
    calls = [one for one in loop.journal.entries("call") if one.platform == platform]
    return sum(one.data["operation"] == TICKETS[platform] for one in calls)


def is_accepted(loop: Loop, platform: str, url: str, config: dict[str, Any]) -> bool:
    """Return whether the played client lets a page at this URL call what needs a signature."""
    if platform == "dingtalk":
        return loop.dingtalk.accepts_page(url, config)
    return config["corpId"] == loop.wecom.corp_id and loop.wecom.accepts_page(
        url, timestamp=config["timestamp"], nonce=config["nonceStr"], signature=config["signature"]
    )


@BOTH
def test_the_client_accepts_what_the_page_is_told(loop: Loop, page: PageVisitor, platform: str):
    urls = [page.url, f"{page.url}?view=day"]

    answers = [ask(page, platform, url) for url in urls]

    assert all("no-store" in one.headers["Cache-Control"] for one in answers)
    told = [one.json()["sdk"]["config"] for one in answers]
    assert [is_accepted(loop, platform, *one) for one in zip(urls, told, strict=True)] == [True, True]


@BOTH
def test_the_script_comes_from_our_own_host(loop: Loop, page: PageVisitor, platform: str):
    src = ask(page, platform).json()["sdk"]["src"]

    script = requests.get(f"{loop.web_url}{src}", timeout=10)

    assert src.startswith("/static/") and platform in src
    assert script.headers["Content-Type"].startswith("text/javascript")
    assert "immutable" in script.headers["Cache-Control"]


def test_many_pages_ask_the_platform_once_and_the_page_itself_never(loop: Loop, page: PageVisitor):
    page.open()
    page.data()
    before = asked(loop, "wecom")

    for _ in range(5):
        assert ask(page, "wecom").status_code == 200

    assert (before, asked(loop, "wecom")) == (0, 1)


def test_another_url_is_never_signed(loop: Loop, page: PageVisitor):
    foreign = [
        "https://evil.example.com/",
        page.url.replace("127.0.0.1", "evil.example.com"),
        f"https://fixloop.example.com{urlsplit(page.url).path}",
        f"{page.url}x",
        f"{page.url}#x",
        f"{page.url}\n&timestamp=1",
        f"{page.url}?{'x' * 2000}",
        "",
    ]

    answers = [ask(page, platform, url) for url in foreign for platform in TICKETS]

    assert {(one.status_code, one.json()["code"]) for one in answers} == {(403, "sdk_foreign")}
    assert asked(loop, "wecom") + asked(loop, "dingtalk") == 0


def test_a_question_for_nothing_is_answered(page: PageVisitor):
    answers = [ask(page, name) for name in ("", "feishu", "wecom%00", "__class__", "x" * 3000)]
    bare = [page.get("/sdk"), page.get("/sdk?platform=wecom"), requests.post(f"{page.url}/sdk", timeout=10)]

    assert {(one.status_code, one.json()["code"]) for one in answers} == {(404, "sdk_none")}
    assert [one.status_code for one in bare] == [404, 403, 405]


def test_a_link_that_opens_nothing_signs_nothing(loop: Loop, page: PageVisitor):
    tampered = PageVisitor(page.url[:-1] + ("A" if page.url[-1] != "A" else "B"))
    label = PageVisitor(f"{loop.web_url}/p/q-nobody-knows-this-label")
    loop.change(Person, active=False)
    left = ask(page, "wecom").status_code
    loop.advance((LIFETIME[Page.STATUS] + timedelta(days=2)).total_seconds())

    codes = [ask(one, "wecom").status_code for one in (tampered, label, page)]

    assert (left, codes) == (404, [404, 404, 410])
    assert asked(loop, "wecom") == 0


def test_another_site_s_page_is_told_nothing(page: PageVisitor):
    answer = ask(page, "wecom", **{"Sec-Fetch-Site": "cross-site"})

    assert (answer.status_code, answer.json()["code"]) == (403, "foreign")


@BOTH
@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=502, body="<html>Bad Gateway</html>"),
        Fault(error={"errcode": 45009, "status": 500}),
        Fault(reset=True),
    ],
)
def test_a_platform_that_is_away_is_said_so_and_the_page_stays_as_it_is(
    loop: Loop, page: PageVisitor, platform: str, fault: Fault
):
    loop.faults.always(TICKETS[platform], fault)

    answers = [ask(page, platform) for _ in range(3)]
    data = page.data()
    loop.faults.always(TICKETS[platform], None)
    loop.advance(31)

    assert [(one.status_code, one.json()["code"]) for one in answers] == [(503, "sdk_unavailable")] * 3
    assert answers[0].json()["message"] == "暂时连不上聊天平台，请手工输入，或者不带定位继续。"
    assert "冷机不制冷" in data["fault"]
    assert asked(loop, platform) <= 2  # The first, and its repetition by the client.
    assert ask(page, platform).status_code == 200


def test_who_asks_too_often_waits(page: PageVisitor):
    answers = [ask(page, "feishu") for _ in range(61)]

    assert [one.status_code for one in answers] == [404] * 60 + [429]
    assert "请等" in answers[-1].json()["message"]


def test_no_ticket_and_no_signature_stands_in_a_log(
    loop: Loop, page: PageVisitor, caplog: pytest.LogCaptureFixture
):
    caplog.set_level("DEBUG")

    config = ask(page, "wecom").json()["sdk"]["config"]

    assert config["signature"] not in caplog.text
    assert "jsapi_ticket=" not in caplog.text
