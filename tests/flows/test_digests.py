"""The morning's digest: once, at its time, on working days, with what changed; and on demand."""

import pytest
from sqlalchemy import select

from domain.sla.model import DigestRow
from tests.support.sla import ALWAYS, become, publish_in

MINUTE = 60
WEEK = [[["09:00", "18:00"]]] * 5 + [[], []]
CALENDARS = {
    "全天候": {"weekly": ALWAYS, "holidays": False},
    "工作日": {"weekly": WEEK, "makeup_uses": 0},
}
DAYS = {"closed": ["2027-01-01"], "makeup": ["2026-12-05"], "years_loaded": [2026, 2027]}
DESK = {"name": "售后日报", "to": "desk", "at": "08:35", "calendar": "工作日"}
OWN = {
    "name": "我的工单",
    "to": "technician",
    "at": "08:20",
    "weekdays": [1, 2, 3, 4, 5, 6, 7],
    "blocks": ["overdue", "due_today"],
    "silent_when_empty": True,
}


@pytest.fixture
def loop(loop):
    become(loop, "2026-12-03T20:00")
    publish_in(loop.database_url, calendars=CALENDARS, days=DAYS, digests=[DESK, OWN])
    return loop


def sent(loop):
    with loop.database.read() as session:
        found = session.scalars(select(DigestRow).order_by(DigestRow.sent_at, DigestRow.plan)).all()
    return [(one.plan, one.day.isoformat()) for one in found if one.plan == DESK["name"]]


def at(loop, moment):
    """Let it be a moment in China, and the tick of digests look at it."""
    become(loop, moment)
    loop.product._ticks()["digests"][1]()
    loop.settle()


def accepted(loop):
    number = loop.chen.reports()
    loop.li.card("接单", number)
    loop.li.presses("接单")
    loop.chen.hears(number, "李强")
    loop.settle()
    return number


def test_the_desk_s_digest_comes_once_on_working_days_with_make_up_days(loop):
    for moment in ("2026-12-04T08:34", "2026-12-04T08:36", "2026-12-04T09:30", "2026-12-05T08:40"):
        at(loop, moment)
    for moment in ("2026-12-06T08:40", "2026-12-07T08:40"):
        at(loop, moment)

    assert sent(loop) == [
        ("售后日报", "2026-12-04"),
        ("售后日报", "2026-12-05"),
        ("售后日报", "2026-12-07"),
    ]


def test_an_empty_digest_says_so_in_one_line_or_stays_silent(loop):
    at(loop, "2026-12-04T08:40")

    assert loop.desk.hears("售后日报 · 12月4日", "一切正常")
    assert not loop.li.told("我的工单")


def test_a_digest_names_what_is_late_with_a_button_and_what_changed(loop):
    number = accepted(loop)
    at(loop, "2026-12-04T08:40")
    first = loop.desk.hears("售后日报 · 12月4日", number)
    assert "**已超时**：1 张" in first and f"{number} 处理超时" in first
    assert "响应 1/1（100%）" in first
    loop.li.hears("我的工单", number)
    second = loop.lin.reports()

    at(loop, "2026-12-07T08:40")

    said = loop.desk.hears("售后日报 · 12月7日", second)
    assert "2 张，比上次多 1" in said and f"新 {second}" in said and f"新 {number}" not in said


def test_a_line_s_button_brings_the_card(loop):
    number = accepted(loop)
    at(loop, "2026-12-04T08:40")
    loop.desk.hears("售后日报", number)

    loop.dingtalk.user_presses("zhao", f"看 {number[-4:]}")

    assert loop.zhao.hears(f"工单 {number}", "李强")


def test_anybody_of_ours_reads_it_on_demand(loop):
    number = accepted(loop)
    loop.advance(200 * MINUTE)
    loop.settle()

    loop.zhao.says("日报")
    assert loop.zhao.hears("日报 ·", number, "已超时")
    loop.li.says("日报")
    assert loop.li.hears("我的日报", number)
    loop.wang.says("日报")
    assert loop.wang.hears("我的日报", "一切正常")
    loop.chen.says("日报")
    loop.settle()
    assert not loop.chen.told("日报 ·")


def test_a_digest_missed_by_downtime_comes_late_but_not_the_next_day(loop):
    loop.stop_product()
    become(loop, "2026-12-04T10:00")
    loop.start_product()
    at(loop, "2026-12-04T10:01")
    assert loop.desk.hears("售后日报 · 12月4日")

    loop.stop_product()
    become(loop, "2026-12-07T20:00")
    loop.start_product()
    at(loop, "2026-12-07T20:01")

    assert sent(loop) == [("售后日报", "2026-12-04")]
