"""What a show hands to the wall besides phones: labels to scan, and the product's delivery ledger."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from sandbox.wall import Attempt, Code, Ledger, Notification, Standing
from tests.support.walled import LIN, PNG, ZHANG, Walled

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DEAD = Notification(
    key="7",
    to="<b>李工</b>",
    what="工单 0007 待接单",
    standing=Standing.DEAD,
    way="钉钉文字",
    intended_at=AT,
    sent_at=AT + timedelta(seconds=1),
    why="平台答复 400002",
    attempts=(Attempt(AT + timedelta(seconds=1), "钉钉文字", "放弃", "400002"),),
)


def labels(phone: str) -> Sequence[Code]:
    own = [
        Code("m1", "3号冷库机组", "https://example.com/r/abc", PNG),
        Code("p 1", "轴承", "6901234562040", PNG),
    ]
    return own if phone == ZHANG else []


@pytest.fixture
def walled() -> Iterator[Walled]:
    walled = Walled()
    walled.wall.show(walled.new_board(labels=labels, ledger=lambda: Ledger([DEAD], {Standing.DEAD: 1})))
    yield walled
    walled.stop()


def test_everybody_is_offered_what_they_have_at_hand(walled):
    own = walled.get(f"codes/{ZHANG}").json()["codes"]

    assert [(one["key"], one["title"], one["text"]) for one in own] == [
        ("m1", "3号冷库机组", "https://example.com/r/abc"),
        ("p 1", "轴承", "6901234562040"),
    ]
    assert walled.get(f"codes/{LIN}").json()["codes"] == []


def test_only_a_web_address_is_opened(walled):
    own = walled.get(f"codes/{ZHANG}").json()["codes"]

    assert [one["url"] for one in own] == ["https://example.com/r/abc", ""]


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "https://a b", "data:text/html,x", "说 https://a.example"]
)
def test_what_only_looks_like_an_address_stays_words(text):
    assert Code("k", "t", text, PNG).told()["url"] == ""


def test_a_label_is_a_picture_of_its_owner_only(walled):
    shown = walled.get(f"codes/{ZHANG}/p%201")

    assert (shown.content, shown.headers["Content-Type"]) == (PNG, "image/png")
    assert walled.get(f"codes/{LIN}/m1").status_code == 404
    assert walled.get("codes/nobody").status_code == 404


def test_the_ledger_is_laid_out_step_by_step(walled):
    told = walled.get("ledger").json()

    (row,) = told["rows"]
    assert told["counts"] == {"dead": 1}
    assert (row["to"], row["standing"], row["why"]) == ("<b>李工</b>", "dead", "平台答复 400002")
    assert row["sent"] - row["intended"] == 1000
    assert (row["accepted"], row["acted"], row["next"]) == (None, None, None)
    assert row["attempts"] == [{"at": row["sent"], "way": "钉钉文字", "said": "放弃", "code": "400002"}]


def test_a_page_is_told_what_there_is(walled):
    beside = dict(walled.events("beside"))["beside"]
    walled.wall.show(walled.new_board())
    bare = dict(walled.events("beside"))["beside"]

    assert (beside["can_scan"], beside["has_ledger"]) == (True, True)
    assert (bare["can_scan"], bare["has_ledger"]) == (False, False)


def test_where_there_is_no_ledger_and_no_label_the_wall_says_so(walled):
    walled.wall.show(walled.new_board())

    refused = walled.get("ledger")

    assert (refused.status_code, refused.json()["error"]) == (404, "这里看不到产品的账")
    assert walled.get(f"codes/{ZHANG}").json()["codes"] == []


def test_another_site_reads_neither(walled):
    elsewhere = {"Sec-Fetch-Site": "cross-site"}

    assert walled.get("ledger", **elsewhere).status_code == 403
    assert walled.get(f"codes/{ZHANG}", **elsewhere).status_code == 403
