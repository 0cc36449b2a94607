"""How votes are counted: by group, each seat being its people before, itself and its people after.

Source: docs/reference/process-engine.md, the truth table of 加签 × 票签.
"""

from collections.abc import Sequence
from math import ceil

from domain.engine.process.definition import Approve
from domain.engine.process.state import Group, Run, Task
from domain.engine.process.turn import Turn

PENDING, AGREED, REFUSED, NO_VOTE = "pending", "agreed", "refused", "no_vote"
# A share such as 2/3 is not exact in binary; a vote must not be missing because of that.
_EXACT = 1e-9


def needed(node: Approve | None, asked: int) -> int:
    """Return how many of those who were asked must agree in a 票签."""
    if node is None or not asked:
        return 0
    if node.pass_count is not None:
        return min(node.pass_count, asked)
    return max(1, ceil((node.pass_share or 1.0) * asked - _EXACT))


def of_group(turn: Turn, run: Run, group: Group) -> str:
    """Return what a group has decided, or that it has not."""
    votes = [of_task(turn, task) for task in turn.members(run.no, group.no)]
    votes = [vote for vote in votes if vote != NO_VOTE]
    if group.where == "entrust":
        return PENDING if PENDING in votes else AGREED
    return counted(turn.approve_node(run), group.mode, votes)


def counted(node: Approve | None, mode: str, votes: Sequence[str]) -> str:
    """Count votes, of which some may be pending."""
    agreed, refused = votes.count(AGREED), votes.count(REFUSED)
    if mode == "vote":
        need = needed(node, len(votes))
        if agreed >= need:
            return AGREED
        return REFUSED if len(votes) - refused < need else PENDING
    if mode == "any":
        if agreed or not votes:
            return AGREED
        return REFUSED if refused else PENDING
    if refused:
        return REFUSED
    return AGREED if agreed == len(votes) else PENDING


def of_task(turn: Turn, task: Task) -> str:
    """Return the vote of a seat: refused as soon as somebody before, on or after it refused."""
    run = turn.board.runs[task.run]
    for group in turn.groups(task, "before"):
        before = of_group(turn, run, group)
        if before != AGREED:
            return before
    if task.status != "closed":
        return PENDING
    if task.outcome == "refused":
        return REFUSED
    if task.outcome != "agreed":
        return NO_VOTE
    for group in turn.groups(task, "after"):
        after = of_group(turn, run, group)
        if after != AGREED:
            return after
    return AGREED


def whose_turn(turn: Turn, run: Run, group: Group) -> list[int]:
    """Return the tasks that are to be open now, in order."""
    found: list[int] = []
    for task in turn.members(run.no, group.no):
        if of_task(turn, task) != PENDING:
            continue
        found += _of_seat(turn, run, task)
        if group.mode == "sequence":
            break
    return found


def _of_seat(turn: Turn, run: Run, task: Task) -> list[int]:
    for group in turn.groups(task, "before", "entrust"):
        if of_group(turn, run, group) == PENDING:
            return whose_turn(turn, run, group)
    if task.status != "closed":
        return [task.no]
    for group in turn.groups(task, "after"):
        if of_group(turn, run, group) == PENDING:
            return whose_turn(turn, run, group)
    return []
