"""Which way the data chooses, and whether all of it was passed."""

from domain.engine.process.definition import Approve, Choice, Milestone
from domain.engine.process.graph import exits
from domain.engine.process.turn import Turn


def chosen(turn: Turn, node: Choice) -> tuple[str, str, tuple[tuple[str, object], ...]]:
    """Return where a condition leads with the data as it is, by which rule and on which values."""
    seen: dict[str, object] = {}
    for branch in node.branches:
        formula = turn.formulas.of(branch.when)
        if formula.holds(turn.board.data):
            return branch.next, formula.sentence(), tuple(formula.trace(turn.board.data))
        seen.update(formula.trace(turn.board.data))
    return node.default, "其他情况", tuple(seen.items())


def is_decided(turn: Turn, first: str, last: str) -> bool:
    """Tell whether the way the data chooses now leads to a node, and everything before it was passed.

    Otherwise jumping there would leave out who has to be asked now.
    """
    standing = {run.node for run in turn.board.runs.values()}
    has_come, seen, pending = False, {first}, [first]
    while pending:
        name = pending.pop()
        if name == last:
            has_come = True
            continue
        node = turn.node(name)
        if isinstance(node, Approve | Milestone) and name not in turn.board.passed and name not in standing:
            return False
        ways = (chosen(turn, node)[0],) if isinstance(node, Choice) else exits(node)
        pending += [way for way in ways if way not in seen]
        seen.update(ways)
    return has_come
