"""Amounts that were raised: who has to be asked again, or for the first time after all.

Source: docs/reference/process-engine.md, rules PE-41 to PE-43.
"""

from domain.engine.process.definition import Approve, Choice
from domain.engine.process.flow import ask_anew, enter, is_raised
from domain.engine.process.graph import exits
from domain.engine.process.turn import Turn, amount
from domain.engine.process.ways import chosen


def ask_what_was_raised(turn: Turn, *, but: int = 0) -> None:
    """Ask again where a watched amount is over what was decided.

    An approval under way begins anew. One that lies behind is asked again beside the flow, as is one
    that lies on the way the conditions choose now; the end and every step behind them wait.

    Args:
        but: a run that is being decided by this very command, which looks itself.
    """
    for run in list(turn.board.runs.values()):
        node = turn.approve_node(run)
        if run.no != but and run.groups and node is not None and is_raised(turn, run, node):
            ask_anew(turn, run)
    for name in _behind_the_flow(turn):
        enter(turn, name, detached=True)


def _behind_the_flow(turn: Turn) -> list[str]:
    """Walk the way the data chooses now, up to where the flow stands, and name what is to be asked."""
    graph, board = turn.graph, turn.board
    if not graph.watched:
        return []
    standing = {run.node for run in board.runs.values()}
    ahead = 0
    for name in turn.flow():
        ahead |= graph.onward(name)
    found, seen, pending = [], {graph.start}, [graph.start]
    while pending:
        name = pending.pop()
        if graph.bit[name] & ahead:
            continue
        node = graph.nodes[name]
        if isinstance(node, Approve) and name not in standing and _is_owed(turn, node):
            found.append(name)
        ways = (chosen(turn, node)[0],) if isinstance(node, Choice) else exits(node)
        pending += [way for way in ways if way not in seen]
        seen.update(ways)
    return sorted(found, key=graph.order.index)


def _is_owed(turn: Turn, node: Approve) -> bool:
    now = turn.amount(node.again_when_raised)
    if now is None:
        return False
    passed = turn.board.passed.get(node.id)
    if passed is not None:
        return passed.watch is not None and now > passed.watch
    return now > amount(turn.before.get(node.again_when_raised))
