"""Formulas of policies and of steps of ladders decide alike on both databases."""

from datetime import timedelta

import pytest

from adapters.storage.engine import Database
from cards.sla import statement
from domain.sla.commands import AttachSla, FireDueSteps
from domain.workorder.status import Status
from tests.support.builders import AT, cause
from tests.support.sla import clock, document, keep, order_id
from tests.support.storage import decided, one, rows, transaction

VIP = {"name": "贵宾", "calendar": "全天候", "when": '等级 = "A" 且 紧急'}


@pytest.mark.parametrize(
    ("priority", "policy"),
    [
        ("P1", ("贵宾", '条件 等级 = "A" 且 紧急')),
        ("P2", ("次急", "优先级 P2")),
        ("P3", ("标准", "默认策略")),
    ],
)
def test_a_policy_counts_where_its_formula_holds(database: Database, priority: str, policy: tuple[str, str]):
    other = {**VIP, "name": "别的", "when": '等级 = "Z"'}
    second = {"name": "次急", "calendar": "全天候", "priorities": ["P2"]}
    keep(database, document(before=[other, second, VIP]))
    keep(database, orders=1, status=Status.NEW, priority=priority)

    decided(database, AttachSla(work_order_id=order_id(0), **cause("system", AT)))

    assert [tuple(row) for row in rows(database, "SELECT DISTINCT policy, reason FROM sla_clock")] == [policy]


STEPS = [
    {"at": "80%", "do": ["remind_assignee"], "when": "紧急"},
    {"at": "100%", "do": ["remind_assignee"], "when": "非 紧急"},
    {"at": "150%", "do": ["raise_priority", "post_group"], "when": "费用 > 5000"},
]
LATE = AT + timedelta(minutes=30)


def test_a_step_whose_formula_does_not_hold_is_left_out_and_accounted_for(database: Database):
    keep(database, document(ladders={"响应": STEPS}))
    keep(database, orders=1, clocks=[clock(0)])

    for _ in range(2):
        decided(database, FireDueSteps(work_order_ids=(order_id(0),), **cause("system", LATE)))

    found = rows(database, "SELECT step, outcome FROM sla_firing ORDER BY seq")
    assert [tuple(row) for row in found] == [("80%", "skipped"), ("100%", "told"), ("150%", "skipped")]
    assert one(database, "SELECT count(*) FROM outbox WHERE card = 'reminder'") == 1
    assert one(database, "SELECT priority FROM work_order") == "P3"


def test_of_steps_told_as_one_only_those_that_hold_count(database: Database):
    keep(database, document(ladders={"响应": STEPS}))
    keep(database, orders=1, clocks=[clock(0, attached_at=LATE)])

    decided(database, FireDueSteps(work_order_ids=(order_id(0),), **cause("system", LATE)))

    assert one(database, "SELECT step FROM sla_firing WHERE outcome = 'told'") == "100%"


def test_the_statement_says_what_was_left_out(database: Database):
    keep(database, document(ladders={"响应": STEPS}))
    keep(database, orders=1, clocks=[clock(0)])
    decided(database, FireDueSteps(work_order_ids=(order_id(0),), **cause("system", LATE)))

    with transaction(database) as uow:
        found = uow.sla.statement("今天", AT, LATE + timedelta(minutes=1), 60)

    assert (found.due, found.told, found.skipped, found.open) == (3, 1, 2, 0)
    assert "另有 2 次不符合规则里写的条件，没有触发。" in statement(found).text
