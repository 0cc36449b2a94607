"""Two hundred breaches in a minute, on both platforms with their limit of 20 messages a minute and group."""

import re
from typing import Any

import pytest

from adapters.storage.uow import SqlUnitOfWork
from domain.kernel.notices import DESK, Notice
from sandbox.core.faults import Fault
from tests.support.loop import Loop
from tests.support.storage import rows

PER_MINUTE = 20
BREACHES = 200
STEPS, STEP_S = 10, 6
URGENT_EVERY = 5


@pytest.fixture
def groups(stage: Loop) -> Loop:
    """Give the loop whose platforms take 20 messages a minute in each of the desk's groups."""
    stage.dingtalk.group_minute_limit = PER_MINUTE
    stage.start_product()
    return stage


def line(number: int) -> str:
    return f"WO-20261130-{number:04d} 冷藏机组 已超时 25 分钟（李建国）"


def breach(number: int, **changes: Any) -> Notice:
    """Return a breach; every fifth is urgent."""
    values: dict[str, Any] = {"line": line(number), "urgency": int(number % URGENT_EVERY == 0)}
    view = {"text": line(number)}
    return Notice(audience=DESK, card="note", view=view, dedupe_key=f"b{number}", **values | changes)


def owe(loop: Loop, *notices: Notice) -> None:
    desks = loop.product.platforms.desks
    now = loop.clock.now()
    with SqlUnitOfWork(loop.database, desks=desks, now=now, channel="test", correlation_id="c") as uow:
        for notice in notices:
            uow.notify(notice)
        uow.commit()


def numbers(text: str) -> list[int]:
    return [int(found) for found in re.findall(r"WO-20261130-(\d{4})", text)]


def is_urgent_first(text: str) -> bool:
    ranks = [number % URGENT_EVERY != 0 for number in numbers(text)]
    return ranks == sorted(ranks)


def sends(loop: Loop, *operations: str) -> int:
    return sum(len(loop.calls(operation)) for operation in operations)


def ledger(loop: Loop) -> dict[str, set[str]]:
    """Return the states of the rows of each group."""
    found: dict[str, set[str]] = {}
    for row in loop.outbox():
        if row.line:
            found.setdefault(row.audience, set()).add(row.state)
    return found


def assert_all_are_told_in_few_messages(loop: Loop) -> None:
    for group in (loop.desk, loop.webhook_group):
        told = group.told("WO-20261130-")
        assert sorted(number for text in told for number in numbers(text)) == list(range(BREACHES))
        assert all(is_urgent_first(text) for text in told)
    assert sends(loop, "card/createAndDeliver", "robot/groupMessages/send") <= PER_MINUTE
    assert sends(loop, "webhook/send") <= PER_MINUTE
    assert list(ledger(loop).values()) == [{"sent"}, {"sent"}]
    told_once = "SELECT count(*), count(DISTINCT outbox_seq), min(outcome), max(outcome) FROM delivery"
    assert tuple(rows(loop.database, told_once)[0]) == (2 * BREACHES, 2 * BREACHES, "accepted", "accepted")


def test_two_hundred_breaches_at_once_are_all_told_in_few_messages(groups: Loop):
    owe(groups, *(breach(number) for number in range(BREACHES)))

    for _ in range(2 * STEPS):
        groups.settle()
        groups.advance(STEP_S)
    groups.settle()

    assert_all_are_told_in_few_messages(groups)


def test_two_hundred_breaches_over_a_minute_are_all_told_within_the_next(groups: Loop):
    for step in range(STEPS):
        owe(groups, *(breach(number) for number in range(step, BREACHES, STEPS)))
        groups.settle()
        groups.advance(STEP_S)
    for _ in range(STEPS):
        groups.settle()
        groups.advance(STEP_S)
    groups.settle()

    assert_all_are_told_in_few_messages(groups)


def test_a_few_that_follow_change_the_card_in_the_dingtalk_group(groups: Loop):
    owe(groups, *(breach(number, urgency=0) for number in range(4)))
    groups.desk.hears("4 张工单需要处理")
    groups.settle()

    owe(groups, breach(4, urgency=0))

    assert groups.desk.hears("5 张工单需要处理", line(0), line(4))
    assert len(groups.desk.told("张工单需要处理")) == 1


def test_whoever_has_to_act_is_mentioned_in_both_groups(groups: Loop):
    people = tuple(str(groups.person(name).id) for name in ("李强", "孙浩"))
    owe(groups, *(breach(number, mentions=people) for number in range(3)))

    groups.webhook_group.hears("3 张工单需要处理", "<@sun>")
    groups.settle()
    assert any("@李强" in entry.text for entry in groups.journal.entries("shown", "dingtalk"))


def test_a_group_that_was_disbanded_leaves_its_reminders_to_an_operator(groups: Loop):
    groups.dingtalk.disband_group(groups.desk_group)
    groups.faults.always("webhook/send", Fault(error={"errcode": 93000}))
    owe(groups, *(breach(number) for number in range(5)))

    groups.settle()

    assert [row.state for row in groups.outbox()] == ["dead"] * 10
    groups.errors.expect("nobody could be reached")
