"""An instance goes on by another version: what stays, what counts from there on, and what cannot be."""

from typing import Any

import pytest

from domain.engine.process import Definition, ProcessState, errors, movable, move, replay
from domain.engine.process import commands as asks
from domain.engine.process import events as facts
from tests.support.process import Life, approval, process

REMIND = {"within_min": 60, "do": "remind", "every_min": 60}


def step(name: str, then: str, said: str = "") -> dict[str, Any]:
    return {"kind": "task", "id": name, "title": f"{name}步骤", "step": said or name, "next": then}


def split(name: str, *branches: str) -> dict[str, Any]:
    return {"kind": "parallel", "id": name, "title": "并行", "branches": branches, "join": "j"}


JOIN = {"kind": "join", "id": "j", "next": "end"}
TWO = process(approval("a", "zhang", then="b", timeout=REMIND), approval("b", "wang", then="end"))
THREE = process(
    approval("a", "zhang", then="c", timeout=REMIND),
    approval("c", "sun", then="b"),
    approval("b", "wang", then="end"),
)


class Moved(Life):
    """An instance that was moved; each step is still checked against the replay of everything."""

    def __init__(self, life: Life, to: Definition) -> None:
        self.__dict__ |= life.__dict__
        self.first = life.definition
        self.state, self.new = move(life.definition, to, life.state, version=2, actor="boss", now=life.now)
        self.definition, self.events = to, [*life.events, *self.new]
        self.check()

    def check(self) -> None:
        versions = {2: self.definition}
        assert replay(self.first, self.events, versions=versions) == self.state
        assert ProcessState.model_validate_json(self.state.stored()) == self.state


def why(life: Life, to: Definition) -> str:
    return "；".join(one.message for one in movable(life.definition, to, life.state))


def test_tasks_due_moments_and_history_stay_and_the_next_node_of_the_new_version_counts():
    life = Life(TWO)
    task, due = life.state.open_tasks, life.state.next_due_at

    moved = Moved(life, THREE)

    assert (moved.state.open_tasks, moved.state.next_due_at, moved.state.version) == (task, due, 2)
    assert moved.names() == ["InstanceMoved"]
    assert moved.agree("zhang").open == ["sun"]
    assert moved.agree("sun", "wang").state.status == "approved"


def test_the_reminder_of_a_moved_task_fires_when_it_was_due():
    moved = Moved(Life(TWO), THREE).later(60)

    assert [type(event) for event in moved.new] == [facts.TimeoutFired]


def test_votes_that_were_given_count():
    joint = process(approval("a", "zhang", "wang", then="end"))
    more = process(approval("a", "zhang", "wang", then="c"), approval("c", "sun", then="end"))

    moved = Moved(Life(joint).agree("zhang"), more)

    assert moved.open == ["wang"]
    assert moved.agree("wang").open == ["sun"]


def test_an_approval_that_is_gone_stays_in_the_history_and_a_return_before_it_is_possible():
    before = process(step("work", "a"), approval("a", "zhang", then="b"), approval("b", "wang", then="end"))
    after = process(step("work", "b"), approval("b", "wang", then="end"))
    life = Life(before).play("li reach work; zhang agree")

    moved = Moved(life, after)

    assert list(moved.state.passed) == ["work"]
    assert any(task.node == "a" for task in moved.state.tasks)
    assert moved.play("wang return work").stands_on == ["work"]
    assert moved.play("li reach work; wang agree").state.status == "approved"


def test_an_approval_that_now_comes_later_is_asked_again_or_agrees_by_itself():
    later = process(approval("b", "wang", then="a"), approval("a", "zhang", then="end", duplicates="ask"))

    moved = Moved(Life(TWO).agree("zhang"), later).agree("wang")

    assert moved.open == ["zhang"]


def test_nothing_is_taken_back_over_a_move():
    moved = Moved(Life(TWO).agree("zhang"), THREE)

    with pytest.raises(errors.NothingToTakeBack):
        moved.do(asks.TakeBack(actor="zhang", task=moved.task("zhang", "a").id))


OTHERS: list[tuple[Definition, str, Definition, str]] = [
    (TWO, "", process(approval("b", "wang", then="end")), "“a审批”，它在新版里没有了"),
    (TWO, "", process(step("a", "b"), approval("b", "wang", then="end")), "不是同一种节点"),
    (
        TWO,
        "",
        process(
            approval("a", "zhang", then="b", mode="any", timeout=REMIND), approval("b", "wang", then="end")
        ),
        "换了审批方式",
    ),
    (TWO, "", process(approval("a", "zhang", then="b"), approval("b", "wang", then="end")), "没有超时规定"),
    (
        TWO,
        "",
        process(approval("a", "zhang", then="end", timeout=REMIND, emergency=True)),
        "先行后补批",
    ),
    (process(step("work", "end")), "", process(step("work", "end", "mend")), "等的是另一个步骤"),
    (
        process(step("work", "a"), approval("a", "zhang", then="end")),
        "li reach work",
        process(approval("a", "zhang", then="end")),
        "“work步骤”已经完成，它在新版里没有了",
    ),
    (
        process(step("work", "a"), approval("a", "zhang", then="end")),
        "li reach work",
        process(approval("a", "zhang", then="work"), step("work", "end")),
        "“work步骤”已经完成，它在新版里却排在后面",
    ),
    (
        process(
            split("s", "a", "b"), approval("a", "zhang", then="j"), approval("b", "wang", then="j"), JOIN
        ),
        "",
        process(approval("a", "zhang", then="b"), approval("b", "wang", then="end")),
        "换了并行块",
    ),
    (
        process(
            split("s", "a", "b"), approval("a", "zhang", then="j"), approval("b", "wang", then="j"), JOIN
        ),
        "",
        process(
            split("s", "a", "c"),
            approval("a", "zhang", then="b"),
            approval("b", "wang", then="j"),
            approval("c", "sun", then="j"),
            JOIN,
        ),
        "在新版里却有先后",
    ),
    (
        process(
            approval("a", "zhang", then="c"),
            approval("c", "sun", then="b"),
            approval("b", "wang", then="end"),
        ),
        "zhang agree; sun agree; wang return a straight",
        process(approval("a", "zhang", then="end")),
        "要直达“b审批”",
    ),
    (TWO, "zhang agree; wang agree", THREE, "流程已通过，只有运行中的才能换版本"),
    (TWO, "", THREE.model_copy(update={"about": "order"}), "不是同一个流程"),
]


@pytest.mark.parametrize(("before", "script", "after", "said"), OTHERS)
def test_what_the_new_version_cannot_go_on_with_is_named(
    before: Definition, script: str, after: Definition, said: str
):
    life = Life(before).play(script)

    assert said in why(life, after)
    with pytest.raises(ValueError, match=r"\S"):
        move(before, after, life.state, version=2, actor="boss", now=life.now)


def test_a_replay_without_the_version_it_was_moved_to_is_refused():
    moved = Moved(Life(TWO), THREE)

    with pytest.raises(KeyError):
        replay(TWO, moved.events)
