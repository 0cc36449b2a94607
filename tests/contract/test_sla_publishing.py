"""`fixloop sla`: what is refused and how it is said; publishing while clocks run; moving them on purpose."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from adapters.clock import utc_now
from adapters.storage.engine import Database
from bootstrap import sla
from bootstrap.sla import SlaRefused, apply_to_open, hints, publish, publish_default, read_document
from domain.sla.model import SlaClock
from tests.support.builders import AT
from tests.support.sla import ALWAYS, clock, document, keep, order_id
from tests.support.storage import one, rows, transaction

OFFICE = [[["09:00", "12:00"], ["13:30", "18:00"]]] * 5 + [[], []]


def written(folder: Path, **changes: Any) -> Path:
    """Return a file with a small document, changed."""
    policy = {"name": "标准", "calendar": "全天候", **changes.pop("policy", {})}
    plain = {"calendars": {"全天候": {"weekly": ALWAYS}}, "policies": [policy]}
    file = folder / "sla.json"
    file.write_text(json.dumps({**plain, **changes}, ensure_ascii=False), "utf-8")
    return file


def refusal(file: Path) -> str:
    with pytest.raises(SlaRefused) as refused:
        read_document(file)
    return "\n".join(refused.value.lines)


RESPONSE_IS_LONGER = {"targets": {"response": {"within": "5小时"}, "resolution": {"within": "4小时"}}}
TWICE = [{"at": "80%", "do": ["todo"]}, {"at": "80%", "do": ["remind_desk"]}]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"policy": RESPONSE_IS_LONGER}, "响应时限比解决时限还长"),
        ({"policy": {"calendar": "办公室"}}, "没有名为“办公室”的日历，已有：全天候"),
        ({"calendars_of_regions": {"浦东": "办公室"}}, "没有名为“办公室”的日历"),
        ({"policy": {"priorities": ["P1"]}}, "缺少默认策略"),
        ({"policy": {"targets": {"response": {"within": "2天"}}}}, "请换算成小时"),
        ({"policy": {"targets": {"response": {"within": "1小时", "ladder": "响应"}}}}, "“响应”不存在"),
        ({"ladders": {"响应": TWICE}}, "80% 出现了两次"),
        ({"ladders": {"响应": [{"at": "快到期", "do": ["todo"]}]}}, "不是提醒时刻"),
        ({"policy": {"pause": ["part"]}}, "不认识这一项"),
        ({"policies": []}, "policies"),
        ({"digests": [{"name": "日报", "to": "desk", "at": "08:30"}]}, "weekdays"),
    ],
)
def test_what_is_wrong_is_said_in_chinese(tmp_path: Path, changes: dict[str, Any], said: str):
    assert said in refusal(written(tmp_path, **changes))


def test_a_file_that_is_no_json_or_not_there_is_said_so(tmp_path: Path):
    broken = tmp_path / "broken.json"
    broken.write_text("{", "utf-8")

    assert "不是合法的 JSON" in refusal(broken)
    assert "读不了文件" in refusal(tmp_path / "none.json")


def test_a_refusal_names_the_place_in_the_file(tmp_path: Path):
    file = written(tmp_path, ladders={"响应": [{"at": "80%"}]})

    assert refusal(file) == "ladders → 响应 → 0 → do：缺少这一项"


VIP = {"name": "贵宾", "calendar": "全天候"}
DEFAULT = {"name": "标准", "calendar": "全天候"}
WRONG_FORMULAS = [
    ({"policies": [{**VIP, "when": "等级 = 5"}, DEFAULT]}, "策略“贵宾”的 when 第 4 个字：“等级”是文本"),
    ({"policies": [{**VIP, "when": "紧急 且"}, DEFAULT]}, "策略“贵宾”的 when 第 5 个字："),
    ({"policies": [{**VIP, "when": "紧急程度 = 1"}, DEFAULT]}, "策略“贵宾”的 when 第 1 个字："),
    ({"ladders": {"响应": [{**TWICE[0], "when": "费用 >"}]}}, "升级阶梯“响应”里 80% 的 when 第 5 个字："),
]


@pytest.mark.parametrize(("changes", "said"), WRONG_FORMULAS)
def test_a_wrong_formula_is_named_with_its_letter(tmp_path: Path, changes: dict[str, Any], said: str):
    assert refusal(written(tmp_path, **changes)).startswith(said)


def test_what_was_not_read_from_a_file_is_checked_as_well(database: Database):
    wrong = document(before=[{**VIP, "when": "紧急 且"}])

    with pytest.raises(SlaRefused, match="策略“贵宾”的 when"):
        publish(database, wrong, "", AT)

    assert not rows(database, "SELECT version FROM sla_document")


def looked_at(file: Path) -> str:
    return "\n".join(hints(read_document(file), date(2026, 11, 30)))


def test_windows_that_overlap_deserve_a_second_look(tmp_path: Path):
    monday = [["09:00", "12:00"], ["11:00", "18:00"]]
    file = written(tmp_path, calendars={"全天候": {"weekly": [monday, *OFFICE[1:]]}})

    assert "日历“全天候”：周一 09:00–12:00 与 11:00–18:00 重叠，重叠部分只计一次" in looked_at(file)


def test_a_make_up_day_inside_a_holiday_deserves_a_second_look(tmp_path: Path):
    days = {"closed": ["2026-10-01..2026-10-07"], "makeup": ["2026-10-04"], "years_loaded": [2026]}
    file = written(tmp_path, days=days, calendars={"全天候": {"weekly": OFFICE, "holidays": True}})

    assert "2026-10-04 既是假日又是调休上班日，按上班计" in looked_at(file)


def test_a_year_without_days_deserves_a_second_look(tmp_path: Path):
    made = read_document(written(tmp_path, calendars={"全天候": {"weekly": OFFICE, "holidays": True}}))

    lines = list(hints(made, date(2030, 11, 30)))

    assert any("还没有 2031 年的节假日" in line for line in lines)


def test_what_a_file_leaves_out_comes_from_the_shipped_days(tmp_path: Path):
    made = read_document(written(tmp_path))

    assert made.days is not None
    assert 2026 in made.days.years_loaded


@pytest.fixture
def running(database: Database) -> Iterator[Database]:
    """Give a database in which clocks run by the first version."""
    keep(database, document())
    kinds = ("response", "resolution")
    keep(database, orders=5, clocks=[clock(number, kind) for number in range(5) for kind in kinds])
    yield database


SHORTER = {"policy": {"targets": {"response": {"within": "10分钟"}, "resolution": {"within": "50分钟"}}}}
LIMITS = "SELECT DISTINCT kind, document, target_s FROM sla_clock ORDER BY kind"


def limits(database: Database) -> list[tuple[str, int, int]]:
    return [tuple(each) for each in rows(database, LIMITS)]


def test_clocks_that_run_keep_the_version_they_began_with(running: Database):
    version = publish(running, document(**SHORTER), "短一点", AT)

    assert version == 2
    assert limits(running) == [("resolution", 1, 6000), ("response", 1, 1200)]


def test_clocks_that_run_are_moved_when_it_is_asked_for(running: Database):
    publish(running, document(**SHORTER), "短一点", AT)

    moved = apply_to_open(running, lambda line: None, utc_now)

    assert moved == 5
    assert limits(running) == [("resolution", 2, 3000), ("response", 2, 600)]


def test_moving_says_how_far_it_is(running: Database, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sla, "PROGRESS_EVERY", 2)
    said: list[str] = []

    apply_to_open(running, said.append, utc_now)

    assert [line.strip() for line in said] == ["已处理 2 张未完工单", "已处理 4 张未完工单"]


def test_moving_that_was_stopped_goes_on_and_moves_nothing_twice(running: Database, monkeypatch):
    monkeypatch.setattr(sla, "PROGRESS_EVERY", 2)
    publish(running, document(**SHORTER), "短一点", AT)

    def stop(line: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        apply_to_open(running, stop, utc_now)
    assert one(running, "SELECT count(*) FROM sla_clock WHERE document = 2") == 4
    apply_to_open(running, lambda line: None, utc_now)
    apply_to_open(running, lambda line: None, utc_now)

    assert limits(running) == [("resolution", 2, 3000), ("response", 2, 600)]
    assert one(running, "SELECT count(*) FROM event WHERE name = 'ClockRetargeted'") == 10


def test_a_work_order_that_cannot_be_moved_is_named_and_keeps_no_other_one(running: Database):
    publish(running, document(**SHORTER), "短一点", AT)
    with running.write() as session, session.begin():
        session.execute(update(SlaClock).where(SlaClock.work_order_id == order_id(2)).values(pauses=[{}]))
    said: list[str] = []

    assert apply_to_open(running, said.append, utc_now) == 4
    assert [str(order_id(2)) in line for line in said] == [True]
    assert one(running, "SELECT count(*) FROM sla_clock WHERE document = 2") == 8


def test_the_shipped_document_is_published_only_where_nothing_is(database: Database):
    publish_default(database)
    publish_default(database)

    assert one(database, "SELECT count(*) FROM sla_document") == 1


def test_the_days_of_a_version_do_not_change_with_the_shipped_year_file(running: Database):
    made = document(days={"closed": ["2027-01-01"], "makeup": [], "years_loaded": [2027]})
    publish(running, made, "", AT)

    with transaction(running) as uow:
        assert uow.sla.version(2).document.days == made.days
        assert uow.sla.version(1).document.days is None
