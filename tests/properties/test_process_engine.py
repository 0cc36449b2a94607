"""Laws of the process engine for any sequence of commands, on definitions with every kind of node."""

from collections import Counter
from datetime import timedelta
from itertools import permutations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.engine.process import check as check_all
from domain.engine.process import commands as asks
from domain.engine.process import events as facts
from domain.engine.process.graph import exits, reached
from domain.engine.process.plan import plan_of
from domain.engine.process.turn import Turn
from domain.engine.process.votes import whose_turn
from domain.kernel.errors import DomainError
from tests.support.process import Firm, Life, compare, one
from tests.support.process_kinds import KINDS
from tests.support.process_luck import KINDS as COMMANDS
from tests.support.process_made import definitions

FIRM = Firm(
    managers={"zhang": "sun", "sun": "boss"},
    substitutes={"zhou": "wang", "wu": "zheng", "zheng": "wu"},
    gone={"qian"},
    admin=("admin", "root"),
)
NUMBERS = st.integers(0, 30)
COMMAND = st.tuples(st.sampled_from([*COMMANDS, "later"]), NUMBERS, NUMBERS, NUMBERS)


def play(life: Life, said: tuple[str, int, int, int]) -> None:
    """Try one command; a refusal changes nothing."""
    name, a, b, c = said
    before = life.state
    try:
        if name == "later":
            life.now += timedelta(minutes=a * 5)
            life.do(asks.Tick())
        else:
            life.do(COMMANDS[name](life, a, b, c))
    except DomainError as refusal:
        assert refusal.message
        assert life.state is before


def check(life: Life) -> None:
    """Insist on every law."""
    state = life.state
    nodes = {node.id: node for node in life.definition.nodes}
    runs = {run.no: run for run in state.runs}
    waits = any(nodes[run.node].kind in {"task", "timer"} for run in state.runs)
    assert (state.status == "running") == (bool(state.open_tasks) or waits)
    assert all(task.run in runs for task in state.tasks if task.status != "closed")
    assert all(task.opened_at for task in state.open_tasks)
    assert len({run.node for run in state.runs}) == len(state.runs)
    for run in state.runs:
        if nodes[run.node].kind == "approve":
            assert any(task.run == run.no for task in state.open_tasks)
    closed = Counter(event.task_id for event in life.events if isinstance(event, facts.TaskClosed))
    closed.subtract(event.task_id for event in life.events if isinstance(event, facts.TaskReopened))
    assert set(closed.values()) <= {0, 1}
    assert all(closed[task.id] == (task.status == "closed") for task in state.tasks)
    assert state.rev == len(life.events)
    check_turns(life)
    check_flow(life)
    check_nothing_was_left_out(life)
    check_joins(life)


def check_turns(life: Life) -> None:
    """Whoever is asked is exactly whose turn it is."""
    turn = Turn(
        plan_of(life.definition), life.state, actor="li", now=life.now, directory=FIRM, compile=compare
    )
    due = [no for run in life.state.runs if run.groups for no in whose_turn(turn, run, run.groups[0])]
    assert sorted(due) == sorted(task.no for task in life.state.open_tasks)


def check_nothing_was_left_out(life: Life) -> None:
    """At the end everything on the way it took was passed, unless an administrator jumped."""
    jumped = any(isinstance(event, facts.InstanceReturned) and event.why == "jump" for event in life.events)
    nodes = {node.id: node for node in life.definition.nodes}
    ended = [event for event in life.new if isinstance(event, facts.NodeLeft) and event.outcome == "done"]
    if jumped or not any(nodes[event.node].kind == "end" for event in ended):
        return
    chosen = {event.node: event.next for event in life.events if isinstance(event, facts.BranchChosen)}
    way = reached(["start"], lambda name: [chosen[name]] if name in chosen else exits(nodes[name]))
    assert {name for name in way if nodes[name].kind in {"approve", "task"}} <= set(life.state.passed)


def check_flow(life: Life) -> None:
    """The flow stands on no node behind another it stands on: there is one of it in each branch."""
    graph = plan_of(life.definition).graph
    flow = [run.node for run in life.state.runs if not run.detached]
    assert not any(graph.is_behind(one, other) for one in flow for other in flow)


def check_joins(life: Life) -> None:
    """A join is passed at most once for each time its block is split, and only once all branches are done."""
    splits = {node.id: node.join for node in life.definition.nodes if node.kind == "parallel"}
    may_join = Counter[str]()
    for event in life.events:
        if isinstance(event, facts.InstanceReturned | facts.NodeReopened):
            may_join = Counter({join: may_join[join] + 1 for join in splits.values()})
        if isinstance(event, facts.NodeEntered) and event.node in splits:
            may_join[splits[event.node]] = 1
        if isinstance(event, facts.NodeEntered) and event.node in splits.values():
            may_join[event.node] -= 1
            assert may_join[event.node] >= 0


@given(
    st.sampled_from(KINDS),
    st.sampled_from([0, 300, 900]),
    st.lists(COMMAND, min_size=5, max_size=30),
)
@settings(max_examples=200, deadline=None)
def test_whatever_is_said_the_laws_hold(definition, amount, said):
    life = Life(definition, data={"amount": amount}, firm=FIRM)
    check(life)

    for command in said:
        play(life, command)
        check(life)


def bring_to_an_end(life: Life) -> None:
    """Let everybody agree, everything be reached and the clock look."""
    for _ in range(200):
        if life.state.status != "running":
            return
        asked = life.state.open_tasks
        steps = [
            node.step for node in life.definition.nodes if node.kind == "task" and life.state.active(node.id)
        ]
        if asked and asked[0].node == "start":
            life.do(asks.Resubmit(actor=asked[0].assignee))
        elif asked:
            life.do(asks.Agree(actor=asked[0].assignee, task=asked[0].id))
        elif steps:
            life.do(asks.Reach(actor="wang", step=steps[0]))
        else:
            life.later(100)
        check(life)
    raise AssertionError("it does not end")


@given(st.sampled_from(KINDS), st.lists(COMMAND, min_size=5, max_size=20))
@settings(deadline=None)
def test_whatever_was_said_before_it_ends_once_everybody_agrees(definition, said):
    life = Life(definition, data={"amount": 300}, firm=FIRM)
    for command in said:
        play(life, command)

    bring_to_an_end(life)

    assert not life.state.open_tasks
    assert life.state.next_due_at is None


@given(definitions(), st.sampled_from([50, 300, 900]), st.lists(COMMAND, max_size=25))
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_sound_definition_keeps_the_laws_and_ends(definition, amount, said):
    assert check_definition(definition) == []
    life = Life(definition, data={"amount": amount}, firm=FIRM)
    check(life)

    for command in said:
        play(life, command)
        check(life)
    bring_to_an_end(life)


def check_definition(definition):
    steps = {"accept", "work", "arrive"}
    return check_all(
        definition,
        compile=compare,
        roles=(),
        steps=steps,
        triggers={"book"},
        fields={"amount"},
        people=lambda person: True,
    )


VOTERS = ["zhang", "wang", "sun", "zhou", "wu"]


@given(
    st.lists(st.booleans(), min_size=1, max_size=5),
    st.sampled_from([{"mode": "all"}, *({"mode": "vote", "pass_share": n / 6} for n in range(1, 7))]),
    st.randoms(use_true_random=False),
)
@settings(deadline=None)
def test_the_order_of_the_same_votes_does_not_matter(votes, rule, luck):
    people = VOTERS[: len(votes)]
    order = list(people)
    luck.shuffle(order)

    assert result(people, votes, rule, people) == result(people, votes, rule, order)


def test_every_order_of_three_votes_gives_the_same_result():
    people = VOTERS[:3]
    for votes in ([True, True, False], [True, False, False], [True, True, True]):
        for rule in ({"mode": "all"}, {"mode": "vote", "pass_count": 2}):
            assert len({result(people, votes, rule, order) for order in permutations(people)}) == 1


def result(people, votes, rule, order) -> str:
    life = Life(one(*people, **rule), firm=Firm())
    for person in order:
        if life.state.status == "running":
            life.agree(person) if votes[people.index(person)] else life.refuse(person)
    return life.state.status


@given(st.sampled_from(KINDS), st.lists(st.integers(0, 200), min_size=1, max_size=12))
@settings(deadline=None)
def test_each_due_moment_fires_once(definition, waits):
    life = Life(definition, data={"amount": 900}, firm=FIRM)

    for minutes in waits:
        life.later(minutes)
        fired = Counter(event.task_id for event in life.new if isinstance(event, facts.TimeoutFired))
        assert set(fired.values()) <= {1}
        assert life.state.next_due_at is None or life.state.next_due_at > life.now
        life.later(0)
        assert life.new == []
