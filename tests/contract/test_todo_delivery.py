"""One to-do for each person and thing, whatever dies: real outbox, pump and adapter, played DingTalk."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from adapters.delivery.audience import Ladder
from adapters.delivery.budget import Budget
from adapters.delivery.ports import Sent
from adapters.delivery.pump import Pump
from adapters.delivery.store import Attempt, Owed
from adapters.delivery.todos import Todos
from adapters.dingtalk.channels import DingtalkTextChannel
from adapters.dingtalk.directory import DingtalkDirectory
from adapters.dingtalk.todos import DingtalkTodoList
from adapters.storage.budgets import SqlBudgets
from adapters.storage.engine import Database
from adapters.storage.folds import SqlFolds
from adapters.storage.outbox import SqlOutbox
from cards.catalog import render
from domain.kernel.notices import Notice, todo_audience
from domain.kernel.todo import TodoView
from sandbox.core.faults import Fault
from tests.support.builders import AT, LI, ORDER
from tests.support.dingtalk import Platform, platform
from tests.support.storage import at_once, one, transaction

LEASE_S = 60.0


@pytest.fixture
def dingtalk() -> Iterator[Platform]:
    with platform() as running:
        running.sandbox.add_user("li", "李强")
        yield running


class Clock:
    """The pumps' moment."""

    def __init__(self) -> None:
        self.now = AT

    def __call__(self) -> Any:
        return self.now


class Dying(SqlOutbox):
    """A store whose process dies in the moment between send and mark."""

    def delivered(self, owed: Owed, attempt: Attempt, sent: Sent) -> None:
        raise SystemExit


def owe(database: Database, version: int, subject_id: UUID = ORDER, **changes: Any) -> None:
    view = TodoView(subject=f"审批已超时 v{version}", due_at=AT, **changes)
    with transaction(database) as uow:
        uow.notify(
            Notice(
                audience=todo_audience(str(LI)),
                card="todo",
                view=view.model_dump(mode="json"),
                subject_id=subject_id,
                living=True,
                dedupe_key=f"todo:{subject_id}:{version}",
            )
        )
        uow.commit()


def pump(dingtalk: Platform, database: Database, now: Clock, outbox: SqlOutbox | None = None) -> Pump:
    store = outbox or SqlOutbox(database)
    client = dingtalk.client()
    channels = {"dingtalk.text": DingtalkTextChannel(client, dingtalk.sandbox.robot_code)}
    lists = {"dingtalk.todo": DingtalkTodoList(client, DingtalkDirectory(client), "https://fixloop.example")}
    ladder = Ladder(channels, store.identities, "")
    services = {"todo": Todos(store, ladder, channels, lists)}
    folds, budget = SqlFolds(database), Budget(SqlBudgets(database), now)
    return Pump(store, ladder, channels, services, render, now, LEASE_S, folds=folds, budget=budget)


def listed(dingtalk: Platform) -> list[tuple[str, bool]]:
    return [(todo.subject, todo.done) for todo in dingtalk.sandbox.todos("li")]


def test_created_updated_closed_and_asked_anew_it_is_one(database: Database, dingtalk: Platform):
    run = pump(dingtalk, database, Clock())
    seen = []
    for version, done in ((1, False), (2, False), (3, True), (4, False), (5, True)):
        owe(database, version, done=done)
        run.run_once()
        seen += listed(dingtalk)

    assert seen == [(f"审批已超时 v{n}", n in (3, 5)) for n in range(1, 6)]
    assert one(database, "SELECT count(*) FROM card_copy WHERE rung = 'dingtalk.todo'") == 1


def test_what_was_decided_before_it_was_sent_is_never_shown(database: Database, dingtalk: Platform):
    owe(database, 1)
    owe(database, 2, done=True)

    pump(dingtalk, database, Clock()).run_once()

    assert listed(dingtalk) == []
    assert one(database, "SELECT count(*) FROM delivery WHERE outcome = 'needless'") == 1


def test_a_pump_that_dies_between_send_and_mark_leaves_one(database: Database, dingtalk: Platform):
    now = Clock()
    owe(database, 1)
    with pytest.raises(SystemExit):
        pump(dingtalk, database, now, Dying(database)).run_once()
    owe(database, 2, done=True)
    now.now += timedelta(seconds=LEASE_S + 1)

    pump(dingtalk, database, now).run_once()

    assert listed(dingtalk) == [("审批已超时 v2", True)]
    assert len(dingtalk.calls("todo/create")) == 2


def test_a_lost_answer_leaves_one(database: Database, dingtalk: Platform):
    now = Clock()
    dingtalk.faults.once("todo/create", Fault(reset=True))
    owe(database, 1)
    run = pump(dingtalk, database, now)
    run.run_once()
    now.now += timedelta(seconds=2)

    run.run_once()

    assert listed(dingtalk) == [("审批已超时 v1", False)]
    assert one(database, "SELECT count(*) FROM card_copy WHERE ref <> ''") == 1


def test_two_pumps_make_one_of_each_thing(database: Database, dingtalk: Platform):
    things = [UUID(int=900 + number) for number in range(4)]
    for version, done in ((1, False), (2, True)):
        for thing in things:
            owe(database, version, thing, done=done)
        at_once(2, lambda _: pump(dingtalk, database, Clock()).run_once())
        pump(dingtalk, database, Clock()).run_once()
        assert listed(dingtalk) == [(f"审批已超时 v{version}", done)] * 4


def test_two_pumps_that_hold_the_same_row_make_one(database: Database, dingtalk: Platform):
    owe(database, 1)
    store = SqlOutbox(database)
    [claimed] = store.claim(AT, LEASE_S, 6)

    at_once(2, lambda _: pump(dingtalk, database, Clock()).deliver(claimed))

    assert listed(dingtalk) == [("审批已超时 v1", False)]
    assert one(database, "SELECT count(*) FROM card_copy WHERE ref <> ''") == 1


def test_without_the_permission_the_same_words_come_once(database: Database, dingtalk: Platform):
    dingtalk.sandbox.scopes.discard("Todo.Todo.Write")
    run = pump(dingtalk, database, Clock())

    for version, done in ((1, False), (2, False), (3, True)):
        owe(database, version, done=done)
        run.run_once()

    [message] = dingtalk.sandbox.chat("user:li")
    assert message.text == "【待办】审批已超时 v1\n截止：11月24日 09:00"
    assert listed(dingtalk) == []
