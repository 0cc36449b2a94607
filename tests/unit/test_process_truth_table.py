"""Every cell of the truth table of 退回 × 并行 in docs/reference/process-engine.md."""

from typing import Any

import pytest

from domain.engine.process import Definition
from tests.support.process import Life, approval, process

BLOCK = process(
    approval("first", "zhang", then="second"),
    approval("second", "wang", then="split"),
    {"kind": "parallel", "id": "split", "title": "分头", "branches": ["a1", "b1"], "join": "meet"},
    approval("a1", "sun", then="a2"),
    approval("a2", "zhou", then="a3"),
    approval("a3", "qian", then="meet"),
    approval("b1", "wu", then="b2"),
    approval("b2", "xu", then="meet"),
    {"kind": "join", "id": "meet", "next": "middle"},
    approval("middle", "he", then="last"),
    approval("last", "lv", then="end"),
)
FIRST, IN_A3, IN_B2 = "zhang agree; wang agree;", "sun agree; zhou agree;", "wu agree;"
BLOCK_DONE = f"{FIRST}{IN_A3}{IN_B2} qian agree; xu agree;"
AT_LAST = f"{BLOCK_DONE} he agree;"

RETURNS: dict[str, tuple[str, str, list[str], str, list[str]]] = {
    # cell: how it comes there, who returns where, what is open then, who acts next, what is open after it
    "R1 behind → before, again": (AT_LAST, "lv return first", ["first"], "zhang agree", ["second"]),
    "R1 behind → before, straight": (AT_LAST, "lv return first straight", ["first"], "zhang agree", ["last"]),
    "R2 behind → inside, again": (
        AT_LAST,
        "lv return a2",
        ["a1", "b1"],
        f"{IN_A3} qian agree; wu agree; xu agree",
        ["middle"],
    ),
    "R2 behind → inside, straight": (
        AT_LAST,
        "lv return a2 straight",
        ["a1", "b1"],
        f"{IN_A3} qian agree; wu agree; xu agree",
        ["last"],
    ),
    "R3 within a branch, again": (
        FIRST + IN_A3 + IN_B2,
        "qian return a1",
        ["a1", "b2"],
        "sun agree",
        ["a2", "b2"],
    ),
    "R3 within a branch, straight": (
        FIRST + IN_A3 + IN_B2,
        "qian return a1 straight",
        ["a1", "b2"],
        "sun agree",
        ["a3", "b2"],
    ),
    "R4 inside → before, again": (
        FIRST + IN_A3 + IN_B2,
        "qian return first",
        ["first"],
        FIRST,
        ["a1", "b1"],
    ),
    "R4 inside → before, straight": (
        FIRST + IN_A3 + IN_B2,
        "qian return first straight",
        ["first"],
        "zhang agree",
        ["a1", "b1"],
    ),
    "R5 inside → other branch, again": (
        FIRST + IN_A3 + IN_B2,
        "qian return b1",
        ["a1", "b1"],
        "wu agree",
        ["a1", "b2"],
    ),
    "R5 inside → other branch, straight": (
        FIRST + IN_A3 + IN_B2,
        "qian return b1 straight",
        ["a1", "b1"],
        "sun agree",
        ["a2", "b1"],
    ),
    "R6 inside → initiator, again": (
        FIRST + IN_A3 + IN_B2,
        "qian return initiator",
        ["start"],
        "li resubmit",
        ["first"],
    ),
    "R6 inside → initiator, straight": (
        FIRST + IN_A3 + IN_B2,
        "qian return initiator straight",
        ["start"],
        "li resubmit",
        ["a1", "b1"],
    ),
    "R6 behind → initiator, straight": (
        AT_LAST,
        "lv return initiator straight",
        ["start"],
        "li resubmit",
        ["last"],
    ),
    "R7 behind → previous": (AT_LAST, "lv return previous", ["middle"], "he agree", ["last"]),
    "R7 right behind the join → previous": (
        BLOCK_DONE,
        "he return previous straight",
        ["a1", "b1"],
        f"{IN_A3} qian agree; wu agree; xu agree",
        ["middle"],
    ),
    "R7 first of a branch → previous": (FIRST, "sun return previous", ["second"], "wang agree", ["a1", "b1"]),
}

NESTED = process(
    approval("first", "zhang", then="outer"),
    {"kind": "parallel", "id": "outer", "title": "外", "branches": ["a", "b"], "join": "outer_meet"},
    approval("a", "sun", then="inner"),
    {"kind": "parallel", "id": "inner", "title": "内", "branches": ["x", "y"], "join": "inner_meet"},
    approval("x", "wu", then="inner_meet"),
    approval("y", "xu", then="inner_meet"),
    {"kind": "join", "id": "inner_meet", "next": "a_last"},
    approval("a_last", "he", then="outer_meet"),
    approval("b", "lv", then="b_last"),
    approval("b_last", "qian", then="outer_meet"),
    {"kind": "join", "id": "outer_meet", "next": "end"},
)
NESTED_RETURNS = {
    "R8 inner → before it, in the same outer branch": (
        "zhang agree; sun agree; wu agree; lv agree",
        "xu return a",
        ["a", "b_last"],
        "sun agree",
        ["b_last", "x", "y"],
    ),
    "R8 inner → before it, straight": (
        "zhang agree; sun agree; wu agree; lv agree",
        "xu return a straight",
        ["a", "b_last"],
        "sun agree",
        ["b_last", "x", "y"],
    ),
    "R9 behind inner → inner": (
        "zhang agree; sun agree; wu agree; xu agree; lv agree",
        "he return y straight",
        ["b_last", "x", "y"],
        "wu agree; xu agree",
        ["a_last", "b_last"],
    ),
    "R10 outer branch → inside the other's inner block": (
        "zhang agree; sun agree; wu agree; lv agree",
        "qian return x",
        ["a", "b"],
        "sun agree",
        ["b", "x", "y"],
    ),
    "R10 inner → out of both": (
        "zhang agree; sun agree; lv agree",
        "wu return first straight",
        ["first"],
        "zhang agree",
        ["a", "b"],
    ),
}
EMERGENCY = process(
    approval("first", "zhang", then="urgent"),
    approval("urgent", "sun", then="split", emergency=True),
    {"kind": "parallel", "id": "split", "title": "分头", "branches": ["a", "b"], "join": "meet"},
    approval("a", "wu", then="meet"),
    approval("b", "xu", then="meet"),
    {"kind": "join", "id": "meet", "next": "last"},
    approval("last", "he", then="end"),
)
EMERGENCY_RETURNS = {
    "R11 urgent, the flow being in the block": (
        "zhang agree; wu agree",
        "sun return first straight",
        ["first"],
        "zhang agree",
        ["a", "b", "urgent"],
    ),
    "R12 behind, urgent in between, again": (
        "zhang agree; wu agree; xu agree",
        "he return first",
        ["first"],
        "zhang agree",
        ["a", "b", "urgent"],
    ),
    "R12 behind, urgent in between, straight": (
        "zhang agree; wu agree; xu agree",
        "he return first straight",
        ["first", "urgent"],
        "zhang agree",
        ["last", "urgent"],
    ),
}


def nodes_asked(life: Life) -> list[str]:
    return sorted({task.node for task in life.state.open_tasks})


@pytest.mark.parametrize(
    ("definition", "cell"),
    [
        *((BLOCK, cell) for cell in RETURNS.items()),
        *((NESTED, cell) for cell in NESTED_RETURNS.items()),
        *((EMERGENCY, cell) for cell in EMERGENCY_RETURNS.items()),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_a_return_and_parallel_branches(definition: Definition, cell: tuple[str, Any]):
    before, command, asked, goes_on, asked_then = cell[1]
    life = Life(definition).play(before)

    life.play(command)
    assert nodes_asked(life) == asked

    life.play(goes_on)
    assert nodes_asked(life) == asked_then


def test_a_further_return_within_a_detour_ends_it():
    life = Life(BLOCK).play(f"{AT_LAST} lv return second straight; wang return first; zhang agree")

    assert nodes_asked(life.agree("wang")) == ["a1", "b1"]


def test_a_further_straight_return_within_a_detour_comes_back_to_its_sender_only():
    life = Life(BLOCK).play(f"{AT_LAST} lv return second straight; wang return first straight; zhang agree")

    assert nodes_asked(life) == ["second"]
    assert nodes_asked(life.agree("wang")) == ["a1", "b1"]


@pytest.mark.parametrize("cell", RETURNS.values(), ids=RETURNS)
def test_after_every_return_the_process_still_comes_to_its_end(cell):
    before, command, *_ = cell
    life = Life(BLOCK).play(before).play(command)

    for _ in range(20):
        if life.state.status == "running":
            person = life.open[0]
            life.play("li resubmit") if person == "li" else life.agree(person)

    assert life.state.status == "approved"
