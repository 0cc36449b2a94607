"""A rule tried on the past: exactly what would have gone another way, who is asked more, nothing written."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from adapters.clock import utc_now
from adapters.storage.engine import Database
from adapters.storage.past_orders import answer_times, past_orders
from adapters.storage.tables import OutboxRow
from bootstrap import cli, process_trying
from bootstrap.process_files import publish
from bootstrap.process_trying import LINES_IN_CHAT, rehearse, send
from cards.catalog import render
from cards.process import process_preview
from cards.spec import Card, told
from domain.approval.commands import AgreeTask, StartRequest
from domain.approval.views import PreviewView
from domain.assets.model import Asset, AssetKind, Customer
from domain.policies.process_fields import facts_of_order
from domain.policies.process_reading import read_definition, with_ids
from domain.workorder.details import OrderType
from tests.support.builders import AT, FREEZER, LI, QIAN, cause, work_order
from tests.support.filled import unfilled
from tests.support.processes import (
    FIRST,
    WU,
    add_superiors,
    limit_changed,
    publish_shipped,
    settled,
    shipped,
    written,
)
from tests.support.storage import decided, one, rows, transaction

NOW = AT + timedelta(days=10)
AMOUNTS = [None, 0, 299_999, 300_000, 300_001, 450_000, 500_000, 500_001, 900_000]
VIP = UUID(int=101)
HOUR = timedelta(hours=1)
COUNTED = ("event", "outbox", "process_version", "process_instance", "process_task")
TABLES = f"SELECT {', '.join(f'(SELECT count(*) FROM {name})' for name in COUNTED)}"


@pytest.fixture
def firm(database: Database) -> Iterator[Database]:
    """Give a database with people who decide, the shipped limit of 5000, and a customer who need not wait."""
    add_superiors(database, LI)
    publish_shipped(database, "order_default")
    with database.write() as session, session.begin():
        session.add(Customer(id=VIP, code="C101", name="大客户", level="VIP", created_at=AT))
    yield database


def preview(database: Database, document: dict[str, Any], *, days: int = 90, limit: int = 20) -> PreviewView:
    with transaction(database, NOW) as uow:
        definition = with_ids(read_definition(document), uow)
    return rehearse(database, definition, NOW, days=days, limit=limit)


def amounts(view: PreviewView) -> list[int | None]:
    return [line.amount_fen for line in view.lines]


def test_a_lower_limit_lists_exactly_what_lies_between(firm: Database):
    settled(firm, AMOUNTS)

    view = preview(firm, limit_changed(3000))

    assert (view.looked_at, view.changed, view.version) == (len(AMOUNTS), 3, 1)
    assert amounts(view) == [500_000, 450_000, 300_001]
    assert {(line.before, line.after) for line in view.lines} == {("不用审批", "服务总监审批（周明）")}
    assert [(load.name, load.more, load.fewer, load.answer_s) for load in view.loads] == [
        ("周明", 3, 0, None)
    ]


def test_a_higher_limit_asks_less_often(firm: Database):
    settled(firm, AMOUNTS)

    view = preview(firm, limit_changed(8000))

    assert amounts(view) == [500_001]
    assert (view.loads[0].more, view.loads[0].fewer) == (0, 1)


def test_the_version_that_counts_changes_nothing(firm: Database):
    settled(firm, AMOUNTS)

    view = preview(firm, shipped("order_default"))

    assert (view.looked_at, view.changed, view.lines, view.loads) == (len(AMOUNTS), 0, (), ())


def test_other_titles_alone_are_no_other_way(firm: Database):
    settled(firm, AMOUNTS)
    document = shipped("order_default")
    for node in document["nodes"]:
        node["title"] = "改名"

    assert preview(firm, document).changed == 0


def test_a_node_for_everybody_changes_every_way(firm: Database):
    settled(firm, AMOUNTS)
    document = shipped("order_default")
    tell = {"id": "tell", "kind": "cc", "title": "抄送财务", "to": [{"by": "role", "role": "finance"}]}
    start, *others = document["nodes"]
    document["nodes"] = [{**start, "next": "tell"}, {**tell, "next": "dispatch"}, *others]

    view = preview(firm, document, limit=2)

    assert (view.changed, len(view.lines), view.loads) == (len(AMOUNTS), 2, ())
    assert view.lines[0].after == "抄送财务（钱进） → 服务总监审批（周明）"
    assert "另有 7 张" in told(process_preview(view))


def test_who_need_not_wait_is_in_no_list(firm: Database):
    settled(firm, AMOUNTS, customer_id=VIP, asset_id=None)

    assert preview(firm, limit_changed(3000)).changed == 0


def test_what_is_older_than_asked_for_is_not_looked_at(firm: Database):
    settled(firm, AMOUNTS, at=NOW - timedelta(days=3))

    assert preview(firm, limit_changed(3000), days=2).looked_at == 0
    assert preview(firm, limit_changed(3000), days=3).looked_at == len(AMOUNTS)


def test_a_type_with_its_own_process_is_looked_at_there(firm: Database):
    settled(firm, AMOUNTS, type="return")
    publish(firm, {**limit_changed(4000), "name": "order_return"}, 0, "", AT)

    own = preview(firm, {**limit_changed(3000), "name": "order_return"})

    assert preview(firm, limit_changed(3000)).looked_at == 0
    assert amounts(own) == [300_001]


def test_a_new_process_of_a_type_is_compared_with_what_counted_for_it(firm: Database):
    settled(firm, AMOUNTS, type="return")

    assert preview(firm, {**limit_changed(3000), "name": "order_return"}).changed == 3
    assert preview(firm, {**limit_changed(3000), "name": "order_claim"}).looked_at == 0


def test_without_a_process_everything_that_is_asked_is_new(database: Database):
    add_superiors(database)
    settled(database, AMOUNTS)

    view = preview(database, limit_changed(3000))

    assert (view.version, view.changed) == (0, 5)
    assert "现在没有生效的流程" in told(process_preview(view))


def test_the_region_s_dispatcher_is_never_asked_about_their_own(firm: Database):
    settled(firm, [400_000])
    document = limit_changed(3000)
    node = next(one for one in document["nodes"] if one["id"] == "director")
    node["approvers"] = [{"by": "role", "role": "dispatcher"}]

    (line,) = preview(firm, document).lines

    assert line.after == "服务总监审批（吴涛）"


def test_nothing_is_written_and_twice_is_the_same(firm: Database):
    settled(firm, AMOUNTS)
    before = rows(firm, TABLES)

    first, second = (preview(firm, limit_changed(3000)) for _ in range(2))

    assert first == second
    assert rows(firm, TABLES) == before


def ask_and_agree(database: Database, number: int, amount_fen: int, at: datetime, took: timedelta) -> None:
    request = UUID(int=9_000 + number)
    said = cause(LI, at, f"start-{number}")
    decided(
        database,
        StartRequest(instance_id=request, name="claim", amount_fen=amount_fen, reason="碰伤", **said),
    )
    with transaction(database) as uow:
        (task,) = (each.id for each in uow.processes.tasks(request) if each.closed_at is None)
    decided(database, AgreeTask(task_id=task, **cause(WU, at + took, f"agree-{number}")))


def test_requests_are_tried_with_how_long_people_took(firm: Database):
    publish_shipped(firm, "claim")
    for number, hours in enumerate([1, 2, 9]):
        ask_and_agree(firm, number, 250_000 + number, AT + number * HOUR, hours * HOUR)
    document = shipped("claim")
    next(one for one in document["nodes"] if one["id"] == "amount")["branches"][1] = {
        "when": "费用 > 2500.01",
        "next": "joint",
    }

    view = preview(firm, document)
    shown = told(process_preview(view))

    assert amounts(view) == [250_002]
    assert view.lines[0].before == "主管审批（吴涛）"
    assert view.lines[0].after == "主管审批（吴涛） → 经理财务会签（吴涛、钱进） → 总监审批（周明）"
    assert [(load.name, load.more, load.answer_s) for load in view.loads] == [
        ("吴涛", 1, 7200),
        ("周明", 1, None),
        ("钱进", 1, None),
    ]
    assert "吴涛的审批：多 1 次，按以往每次 2小时，共多等约 2小时" in shown
    assert "钱进的审批：多 1 次，以往没有审批记录，无法估计等待时间" in shown


def test_only_what_somebody_decided_themselves_counts_as_their_time(firm: Database):
    publish_shipped(firm, "claim")
    ask_and_agree(firm, 1, 100, AT, HOUR)

    assert answer_times(firm, [WU, QIAN], AT) == {WU: [3600]}
    assert answer_times(firm, [WU], AT + timedelta(seconds=1)) == {}


DETAILS = {"device_type": "冷机", "fault_code": "E9", "angry": True}
VARIETY: list[dict[str, Any]] = [
    {},
    {"customer_id": None, "asset_id": None, "settled_fen": 0},
    {
        "customer_id": VIP,
        "asset_id": None,
        "details": {"device_type": "冷机", "fault_code": "E9", "angry": True},
    },
    {"priority": "P1", "payer": "warranty", "settled_fen": 123_456, "rejections": 2, "reopenings": 1},
    {"assignee_id": None, "region": "", "payer": "goodwill"},
    *({"type": one.value} for one in OrderType),
]


@pytest.mark.parametrize("warranty_until", [None, date(2026, 11, 23), date(2026, 11, 24)])
@pytest.mark.parametrize("kind", [None, "cold"])
def test_the_past_has_the_facts_that_a_running_process_sees(
    firm: Database, warranty_until: date | None, kind: str | None
):
    with firm.write() as session, session.begin():
        session.add(AssetKind(code="cold", name="冷藏机组"))
        session.flush()
        session.execute(
            update(Asset)
            .where(Asset.id == FREEZER)
            .values(warranty_until=warranty_until, kind_code=kind, responsible_id=WU)
        )
        for place, changes in enumerate(VARIETY):
            made: dict[str, Any] = {
                "id": UUID(int=FIRST + place),
                "number": f"WO-{place}",
                "source_key": f"past:{place}",
            }
            session.add(work_order(**made, **changes))

    past = {case.number: case for case in past_orders(firm, AT, NOW, [one.value for one in OrderType])}

    assert len(past) == len(VARIETY)
    with transaction(firm) as uow:
        for place in range(len(VARIETY)):
            order = uow.work_orders.get(UUID(int=FIRST + place))
            assert past[order.number].facts == facts_of_order(order, uow)
            assert past[order.number].asker_id == order.requester_id


def test_the_owner_gets_the_card_in_chat(firm: Database):
    settled(firm, [400_000] * (LINES_IN_CHAT + 5))
    view = preview(firm, limit_changed(3000))

    send(firm, view, str(WU), NOW)

    with firm.read() as session:
        (row,) = session.execute(select(OutboxRow)).scalars()
    shown = render(row.card, row.view)
    assert row.audience == f"person:{WU}"
    assert isinstance(shown, Card)
    assert shown.title == "流程预演：工单流程"
    assert shown.body.splitlines()[LINES_IN_CHAT] == "……另有 5 张"
    assert (shown.buttons, unfilled([row])) == ((), [])


def test_the_command_prints_and_sends(
    firm: Database, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FIXLOOP_DATABASE_URL", database_url)
    monkeypatch.setattr(process_trying, "PROGRESS_EVERY", 4)
    settled(firm, AMOUNTS, at=utc_now() - HOUR)
    file = written(tmp_path, limit_changed(3000))

    cli.main(["process", "preview", str(file), "--limit", "1", "--send-to", "吴涛"])

    out, progress = capsys.readouterr()
    assert "结果：3 张走法会变" in out
    assert "WO-20261120-0007（5000.00 元）：不用审批 ⇒ 服务总监审批（周明）" in out
    assert "已发给 吴涛" in out
    assert [line.strip() for line in progress.splitlines()] == ["已看过 4", "已看过 8"]
    assert one(firm, "SELECT count(*) FROM outbox") == 1


def test_who_is_not_known_is_sent_nothing(firm: Database, database_url: str, tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FIXLOOP_DATABASE_URL", database_url)
    file = written(tmp_path, limit_changed(3000))

    with pytest.raises(SystemExit, match="没有唯一一位叫“无名”"):
        cli.main(["process", "preview", str(file), "--send-to", "无名"])

    assert one(firm, "SELECT count(*) FROM outbox") == 0
