"""How the pump delivers a thing to do: on a list where there is one, else in words, once."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from adapters.delivery.audience import Ladder
from adapters.delivery.budget import Budget
from adapters.delivery.ports import Address, DeliveryError, Failure, Sent, TodoGone
from adapters.delivery.pump import Pump
from adapters.delivery.store import Owed
from adapters.delivery.todos import Todos
from cards.catalog import render
from cards.spec import Card, Note
from cards.todo import todo_words
from domain.kernel.notices import todo_audience
from domain.kernel.todo import TodoView
from tests.fakes.outbox import MemoryBudgets, MemoryOutbox
from tests.support.builders import AT, LI, ORDER, QIAN, WANG, owed

PERMANENT = DeliveryError("no_right", Failure.PERMANENT)
LIMITED = DeliveryError("flow", Failure.LIMITED, retry_after_s=60)


@dataclass
class Shelf:
    """A list that keeps what it was told and refuses what it is told to."""

    errors: list[DeliveryError] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)

    def add(self, to: Address, todo: TodoView, *, key: str) -> Sent:
        return self._take(f"add {todo.subject} for {to.rest}", key)

    def change(self, to: Address, shown: Sent, todo: TodoView, *, key: str) -> Sent:
        return self._take(f"{'close' if todo.done else 'change'} {todo.subject}", key)

    def _take(self, what: str, key: str) -> Sent:
        if self.errors:
            raise self.errors.pop(0)
        self.told.append(what)
        self.keys.add(key)
        return Sent("task1")


@dataclass
class Words:
    """A rung of plain words."""

    errors: list[DeliveryError] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def send(self, to: Address, content: Card | Note, *, message_key: str) -> Sent:
        if self.errors:
            raise self.errors.pop(0)
        assert isinstance(content, Note)
        self.said.append(content.text)
        return Sent(message_key)


class World:
    """A pump, one list and two rungs of words."""

    def __init__(self, *rows: Owed, has_list: bool = True) -> None:
        self.now = AT
        self.store = MemoryOutbox(
            people={LI: [("wecom", "Li"), ("dingtalk", "li")], WANG: [("wecom", "wang")]}
        )
        self.shelf, self.dingtalk, self.wecom = Shelf(), Words(), Words()
        channels = {"dingtalk.text": self.dingtalk, "wecom.text": self.wecom}
        ladder = Ladder(channels, self.store.identities, "")
        todos = Todos(self.store, ladder, channels, {"dingtalk.todo": self.shelf} if has_list else {})
        budget = Budget(MemoryBudgets(), self._now)
        self.pump = Pump(
            self.store,
            ladder,
            channels,
            {"todo": todos},
            render,
            self._now,
            60.0,
            folds=self.store,
            budget=budget,
        )
        self.run(*rows)

    def _now(self) -> datetime:
        return self.now

    def run(self, *rows: Owed, after_s: float = 0) -> None:
        self.now += timedelta(seconds=after_s)
        for row in rows:
            self.store.put(row, self.now)
            self.pump.run_once()
        self.pump.run_once()

    def outcomes(self, seq: int) -> list[tuple[str, str, str]]:
        return [(a.rung, outcome, a.code) for at, outcome, a in self.store.attempts if at == seq]


def due(seq: int, subject: str = "审批", person: UUID = LI, done: bool = False) -> Owed:
    view = TodoView(subject=subject, due_at=AT, done=done)
    return owed(
        seq,
        audience=todo_audience(str(person)),
        card="todo",
        view=view.model_dump(mode="json"),
        subject_id=ORDER,
        living=True,
    )


def test_it_is_put_on_the_list_then_changed_then_closed_under_one_key():
    world = World(due(1), due(2, "催"), due(3, "毕", done=True))

    assert world.shelf.told == ["add 审批 for li", "change 催", "close 毕"]
    assert len(world.shelf.keys) == 1 and len(next(iter(world.shelf.keys))) == 31
    assert world.outcomes(1) == [("dingtalk.todo", "accepted", "")]


def test_two_people_and_two_things_have_keys_of_their_own():
    world = World(due(1))
    world.store.people = {QIAN: [("dingtalk", "qian")], **world.store.people}

    world.run(due(2, person=QIAN))

    assert len(world.shelf.keys) == 2


def test_what_is_done_before_it_was_ever_shown_says_nothing_and_may_be_asked_later():
    world = World(due(1, done=True))
    assert (world.store.state(1), world.outcomes(1), world.shelf.told) == (
        "sent",
        [("todo", "needless", "")],
        [],
    )

    world.run(due(2))

    assert world.shelf.told == ["add 审批 for li"]


def test_somebody_without_a_list_is_told_in_words_once_and_anew_when_asked_anew():
    world = World(due(1, person=WANG), due(2, "催", WANG), due(3, "毕", WANG, done=True))
    assert world.wecom.said == ["【待办】审批\n截止：11月24日 09:00"]

    world.run(due(4, "再审", WANG))

    assert [text.partition("\n")[0] for text in world.wecom.said] == ["【待办】审批", "【待办】再审"]
    assert [world.outcomes(seq)[0][1] for seq in (1, 2, 3, 4)] == [
        "accepted",
        "needless",
        "needless",
        "accepted",
    ]


def test_a_list_that_refuses_for_good_leads_to_words():
    world = World()
    world.shelf.errors = [PERMANENT]
    world.dingtalk.errors = [PERMANENT]

    world.run(due(1))

    assert world.outcomes(1) == [
        ("dingtalk.todo", "failed", "no_right"),
        ("dingtalk.text", "failed", "no_right"),
        ("wecom.text", "accepted", ""),
    ]


def test_a_list_that_is_busy_is_asked_again():
    world = World()
    world.shelf.errors = [LIMITED]

    world.run(due(1))
    assert world.shelf.told == world.dingtalk.said == []
    world.run(after_s=60)

    assert world.shelf.told == ["add 审批 for li"]


def test_a_platform_without_a_list_says_it_in_words():
    assert World(due(1), has_list=False).dingtalk.said == ["【待办】审批\n截止：11月24日 09:00"]


def test_nobody_to_reach_leaves_the_row_dead():
    world = World(due(1, person=QIAN))

    assert (world.store.state(1), world.outcomes(1)) == ("dead", [("todo", "dead", "no rung left")])


def test_what_stays_on_the_list_although_it_is_done_is_for_an_operator():
    world = World(due(1))
    world.shelf.errors = [PERMANENT]

    world.run(due(2, done=True))
    world.run(due(3, "毕", done=True))

    assert (world.store.state(2), world.shelf.told[-1]) == ("dead", "close 毕")
    assert not world.dingtalk.said


@pytest.mark.parametrize(("done", "told"), [(True, 1), (False, 2)])
def test_what_was_removed_from_the_list_is_put_on_it_again_unless_it_is_done(done: bool, told: int):
    world = World(due(1))
    world.shelf.errors = [TodoGone("gone", Failure.PERMANENT)]

    world.run(due(2, done=done))

    assert (world.store.state(2), len(world.shelf.told)) == ("sent", told)


def test_a_thing_to_do_about_nothing_is_a_mistake_of_ours():
    world = World(owed(1, audience=todo_audience(str(LI)), card="todo", view={"subject": "x"}))

    assert world.outcomes(1) == [("todo", "dead", "todo_without_subject")]


def test_the_words_say_everything_that_the_list_shows():
    view = TodoView(subject="审批报价", fields=(("申请人", "王芳"),), due_at=AT, url="https://x/1")

    assert todo_words(view).text == (
        "【待办】审批报价\n申请人：王芳\n截止：11月24日 09:00\n查看：https://x/1"
    )
