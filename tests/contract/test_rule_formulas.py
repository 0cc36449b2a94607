"""Formulas of dispatch rules: kept, and decided by, alike on both databases."""

import csv
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from adapters.csvfiles import ImportRefused, import_files
from adapters.storage.engine import Database
from domain.dispatching.commands import DispatchWorkOrder
from domain.people.model import Person
from domain.policies import process_fields
from domain.workorder.details import OrderType
from domain.workorder.status import Status
from tests.support.builders import AT, LI, NAME, ORDER, WANG, cause, work_order
from tests.support.storage import decided, one, transaction

URGENT_EAST = '紧急 且 区域 属于 ["浦东", "浦西"]'
SPECIALISTS = {"complaint": "投诉", "claim": "理赔", "return": "退换货", "trace": "追溯"}
"""Types with a rule of their own, by the word that people write; Wang alone has the skills of these words."""
TYPES = [*(kind.value for kind in OrderType), "of_tomorrow"]
ROUTES = [(kind, "王芳" if kind in SPECIALISTS else "李强") for kind in TYPES]
"""Li is the nearest of the default pool."""


def imported(
    database: Database, folder: Path, *rules: tuple[str, str, str], column: str = "when"
) -> list[str]:
    """Import rules of name, condition and skill in their order."""
    path = folder / "dispatch_rules.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["position", "mode", "name", column, "skill"])
        table.writerows((at, "自动", *rule) for at, rule in enumerate(rules, 1))
    return import_files(database, [path], AT)


def formulas(database: Database) -> list[str]:
    with transaction(database) as uow:
        return [rule.when for rule in uow.dispatch_rules.in_order()]


def teach(database: Database, person: UUID, *skills: str) -> None:
    with database.write() as session, session.begin():
        session.execute(update(Person).where(Person.id == person).values(skills=list(skills)))


def dispatched(database: Database, **changes: Any) -> str:
    """Let the clock look at Chen's work order; return who is asked, or why nobody is."""
    with database.write() as session, session.begin():
        session.add(work_order(Status.NEW, **changes))
    decided(database, DispatchWorkOrder(work_order_id=ORDER, offer_timeout_s=600, **cause("system", AT)))
    with transaction(database) as uow:
        order, history = uow.work_orders.get(ORDER), uow.work_orders.history(ORDER)
    if order.assignee_id is not None:
        return NAME[order.assignee_id]
    return str(history[-1].payload["reason"])


def test_a_formula_is_kept_in_one_spelling_and_the_same_file_changes_nothing(
    database: Database, tmp_path: Path
):
    imported(database, tmp_path, ("紧急", "紧急 且 区域∈[“浦东”，“浦西”]", ""), ("其余", "", ""))

    lines = imported(database, tmp_path, ("紧急", URGENT_EAST, ""), ("其余", "", ""))

    assert formulas(database) == [URGENT_EAST, ""]
    assert any("新增 0，更新 0，未变 2" in line for line in lines)


def test_a_file_with_a_formula_that_cannot_be_read_changes_nothing(database: Database, tmp_path: Path):
    imported(database, tmp_path, ("紧急", URGENT_EAST, ""))

    with pytest.raises(ImportRefused, match="第 3 行：when 列“区域 > 5”不对（第 4 个字："):
        imported(database, tmp_path, ("紧急", "", ""), ("错", "区域 > 5", ""))

    assert formulas(database) == [URGENT_EAST]


@pytest.mark.parametrize(
    ("priority", "region", "asked"),
    [("P1", "浦东", "王芳"), ("P1", "浦西", "王芳"), ("P1", "长宁", "李强"), ("P2", "浦东", "李强")],
)
def test_urgent_orders_of_the_named_regions_go_to_seniors(
    database: Database, tmp_path: Path, priority: str, region: str, asked: str
):
    imported(database, tmp_path, ("华东紧急", URGENT_EAST, "高级"))
    teach(database, WANG, "专家")
    teach(database, LI, "中级")

    assert dispatched(database, priority=priority, region=region) == asked


def test_without_a_senior_the_desk_has_it_with_the_reason(database: Database, tmp_path: Path):
    imported(database, tmp_path, ("华东紧急", URGENT_EAST, "高级"))

    assert dispatched(database, priority="P1") == "规则“华东紧急”：没有“高级”及以上的技师可派"
    assert one(database, "SELECT count(*) FROM outbox WHERE card = 'nobody_left'") == 1
    assert one(database, "SELECT status FROM work_order") == "dispatching"


@pytest.mark.parametrize(("column", "condition"), [("type", "{}"), ("when", '工单类型 = "{}"')])
@pytest.mark.parametrize(("kind", "asked"), ROUTES)
def test_each_type_goes_to_its_specialist_and_an_unknown_one_to_the_pool(
    database: Database, tmp_path: Path, column: str, condition: str, kind: str, asked: str
):
    rules = [(f"{word}专员", condition.format(word), word) for word in SPECIALISTS.values()]
    imported(database, tmp_path, *rules, ("默认", "", ""), column=column)
    teach(database, WANG, *SPECIALISTS.values())
    teach(database, LI, "制冷")

    assert dispatched(database, type=kind, region="浦东") == asked


def test_without_any_rule_for_it_a_type_is_not_dropped(database: Database, tmp_path: Path):
    imported(database, tmp_path, ("投诉专员", '工单类型 = "投诉"', "投诉"))

    assert dispatched(database, type="of_tomorrow") == "李强"


@pytest.mark.parametrize(("first", "second", "read"), [("", "", 0), ("紧急 或 投诉语气", "紧急", 1)])
def test_the_values_are_read_once_and_only_for_a_formula(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: str, second: str, read: int
):
    times: list[object] = []
    plain = process_fields.facts_of_order

    def counted(*of: Any) -> dict[str, Any]:
        times.append(of)
        return plain(*of)

    monkeypatch.setattr(process_fields, "facts_of_order", counted)
    imported(database, tmp_path, ("甲", first, ""), ("乙", second, ""), ("丙", "", ""))

    assert dispatched(database) == "李强"
    assert len(times) == read
