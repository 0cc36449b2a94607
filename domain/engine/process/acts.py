"""What the holder of a task can do with it.

Source: docs/reference/process-engine.md, rules PE-25 to PE-31.
"""

from uuid import UUID

from domain.engine.process import commands as asks
from domain.engine.process import events as facts
from domain.engine.process.deciding import hold_back
from domain.engine.process.definition import Approve
from domain.engine.process.errors import (
    DECISIONS,
    STATUSES,
    AddedTooDeep,
    AlreadyAsked,
    CommentMissing,
    InstanceOver,
    NotAdded,
    NotClaimable,
    NothingToTakeBack,
    NotYourTask,
    NotYourTurn,
    OpinionOnly,
    PersonGone,
    ResubmitOnly,
    SamePerson,
    SelfApproval,
    TaskGone,
    TaskUnknown,
    TooManyApprovers,
    UnknownTarget,
)
from domain.engine.process.flow import cancel, send_back, settle
from domain.engine.process.state import Run, Task
from domain.engine.process.turn import MAX_APPROVERS, MAX_DEPTH, Turn
from domain.engine.process.who import present


def found(turn: Turn, task_id: UUID) -> Task:
    """Return a task, open or not."""
    task = next((task for task in turn.board.tasks.values() if task.id == task_id), None)
    if task is None:
        raise TaskUnknown()
    return task


def not_closed(turn: Turn, task_id: UUID) -> Task:
    """Return a task that is not decided.

    Raises:
        TaskGone: it is; with who decided what.
        InstanceOver: the whole instance is.
    """
    task = found(turn, task_id)
    if task.status == "closed":
        said = task.why if task.outcome == "cancelled" and task.why else task.outcome
        raise TaskGone(by=task.by, outcome=DECISIONS.get(said, "处理"))
    if turn.board.status != "running":
        raise InstanceOver(status=STATUSES[turn.board.status])
    return task


def mine(turn: Turn, task_id: UUID) -> tuple[Task, Run, Approve]:
    """Return the actor's open task of an approval.

    Raises:
        NotYourTask: somebody else holds it.
        NotYourTurn: others come first.
        ResubmitOnly: it is the initiator's, to submit again.
    """
    task = not_closed(turn, task_id)
    if task.assignee != turn.actor:
        raise NotYourTask(assignee=task.assignee)
    run = turn.board.runs[task.run]
    node = turn.approve_node(run)
    if node is None:
        raise ResubmitOnly()
    if task.status == "waiting":
        raise NotYourTurn(title=node.title)
    return task, run, node


def reason(comment: str, action: str) -> str:
    """Return a reason that was given."""
    if not comment.strip():
        raise CommentMissing(action=action)
    return comment.strip()


def agree(turn: Turn, said: asks.Agree) -> None:
    """同意."""
    task, run, _ = mine(turn, said.task)
    turn.why = "agreed"
    turn.close(task, "agreed", comment=said.comment)
    settle(turn, run)


def refuse(turn: Turn, said: asks.Refuse) -> None:
    """拒绝."""
    task, run, _ = mine(turn, said.task)
    turn.why = "refused"
    turn.close(task, "refused", comment=reason(said.comment, "拒绝"))
    settle(turn, run)


def send_away(turn: Turn, said: asks.Return) -> None:
    """退回."""
    task, run, _ = mine(turn, said.task)
    if run.groups[task.group].where == "entrust":
        raise OpinionOnly()
    comment = reason(said.comment, "退回")
    to = _target(turn, run.node, said.to)
    turn.why = "returned"
    turn.close(task, "returned", comment=comment)
    send_back(turn, run.node, to, why="return", straight=said.then == "straight", comment=comment)


def _target(turn: Turn, node: str, to: str) -> str:
    graph, board = turn.graph, turn.board
    if to in {"initiator", graph.start}:
        return graph.start
    if to == "previous":
        return _previous(turn, node)
    if to == node or to not in board.passed or graph.is_behind(to, node):
        title = graph.nodes[to].title if to in graph.nodes else to
        raise UnknownTarget(target=title)
    return to


def _previous(turn: Turn, node: str) -> str:
    decided = {task.run for task in turn.board.tasks.values() if task.outcome == "agreed" and not task.why}
    runs = [
        run
        for name, run in turn.board.passed.items()
        if run.no in decided and turn.graph.is_behind(node, name)
    ]
    return max(runs, key=lambda run: run.no).node if runs else turn.graph.start


def delegate(turn: Turn, said: asks.Delegate) -> None:
    """转交."""
    task, _, node = mine(turn, said.task)
    _may_decide(turn, node, said.to)
    hand_to(turn, task, said.to, why="delegate", comment=said.comment, barred=_barred(turn, node))


def hand_to(turn: Turn, task: Task, to: str, *, why: str, comment: str = "", barred: str = "") -> None:
    """Give a task to somebody, or to who stands in for them."""
    sitting = present(turn, to, barred=barred) if task.status == "open" else to
    principal = to if sitting != to else task.principal if why == "replace" else ""
    turn.emit(
        facts.TaskPassed,
        task_id=task.id,
        from_=task.assignee,
        to=sitting,
        principal=principal,
        why=why,
        comment=comment,
    )


def _barred(turn: Turn, node: Approve) -> str:
    return turn.board.initiator if node.self_approval != "ask" else ""


def _may_decide(turn: Turn, node: Approve, person: str) -> None:
    if person == turn.actor:
        raise SamePerson(person=person)
    if not turn.directory.active(person):
        raise PersonGone(person=person)
    if person == _barred(turn, node):
        raise SelfApproval(person=person)


def entrust(turn: Turn, said: asks.Entrust) -> None:
    """委派."""
    task, run, node = mine(turn, said.task)
    _may_decide(turn, node, said.to)
    _add(turn, run, task, (said.to,), where="entrust", mode="any", comment=said.comment)


def add_approvers(turn: Turn, said: asks.AddApprovers) -> None:
    """加签."""
    task, run, node = mine(turn, said.task)
    if run.groups[task.group].where == "entrust":
        raise OpinionOnly()
    people = tuple(dict.fromkeys(said.people))
    undecided = {
        each.assignee for each in turn.board.tasks.values() if each.run == run.no and each.status != "closed"
    }
    for person in people:
        _may_decide(turn, node, person)
        if person in undecided:
            raise AlreadyAsked(person=person)
    _add(turn, run, task, people, where=said.where, mode=said.mode, comment=said.comment)


def _add(
    turn: Turn, run: Run, task: Task, people: tuple[str, ...], *, where: str, mode: str, comment: str
) -> None:
    if sum(each.run == run.no for each in turn.board.tasks.values()) + len(people) > MAX_APPROVERS:
        raise TooManyApprovers(limit=MAX_APPROVERS)
    if where != "beside" and _depth(turn, run, task) >= MAX_DEPTH:
        raise AddedTooDeep(limit=MAX_DEPTH)
    turn.emit(
        facts.ApproversAsked,
        node=run.node,
        run=run.no,
        group=task.group if where == "beside" else len(run.groups),
        parent=task.no,
        where=where,
        mode=mode,
        people=people,
        by=turn.actor,
        comment=comment,
    )
    settle(turn, turn.board.runs[run.no])


def _depth(turn: Turn, run: Run, task: Task) -> int:
    """Return how many people stand between a task and the node's own seats."""
    depth = 0
    while parent := run.groups[task.group].parent:
        task, depth = turn.board.tasks[parent], depth + 1
    return depth


def remove_approver(turn: Turn, said: asks.RemoveApprover) -> None:
    """减签."""
    task = not_closed(turn, said.task)
    if task.added_by != turn.actor:
        raise NotAdded()
    turn.why = "removed"
    turn.close(task, "removed")
    settle(turn, turn.board.runs[task.run])


def claim(turn: Turn, said: asks.Claim) -> None:
    """认领."""
    task, run, node = mine(turn, said.task)
    others = [one for one in turn.members(run.no, task.group) if one.no != task.no and one.status != "closed"]
    if run.groups[task.group].mode != "any" or not others:
        raise NotClaimable(title=node.title)
    turn.why = "claimed"
    turn.emit(facts.TaskClaimed, task_id=task.id)
    for other in others:
        turn.close(other, "cancelled", why="claimed")
    settle(turn, run)


def stash(turn: Turn, said: asks.Stash) -> None:
    """暂存."""
    task, _, _ = mine(turn, said.task)
    turn.emit(facts.Stashed, task_id=task.id, text=said.text)


def take_back(turn: Turn, said: asks.TakeBack) -> None:
    """拿回."""
    task, board = found(turn, said.task), turn.board
    if board.status != "running":
        raise InstanceOver(status=STATUSES[board.status])
    if task.by != turn.actor or task.outcome != "agreed":
        raise NotYourTask(assignee=task.by or task.assignee)
    passed = board.passed.get(task.node)
    still_there = task.run in board.runs or (passed is not None and passed.no == task.run)
    if board.acted != task.no or not still_there:
        raise NothingToTakeBack()
    turn.why = "taken_back"
    if task.run not in board.runs:
        _stand_again(turn, board.passed[task.node])
    run = board.runs[task.run]
    for each in list(board.tasks.values()):
        void_by_it = each.outcome == "cancelled" and each.by == turn.actor and each.why == "agreed"
        if each.run == run.no and (each.no == task.no or void_by_it):
            turn.emit(facts.TaskReopened, task_id=each.id, due_at=turn.due_at(run))
    hold_back(turn, run)


def _stand_again(turn: Turn, run: Run) -> None:
    """Cancel what the flow did since a node was left, and stand on the node again."""
    graph = turn.graph
    around = graph.scope[run.node]
    for later in list(turn.board.runs.values()):
        beside = not later.detached and graph.scope[later.node][: len(around)] == around
        if not run.detached and (beside or graph.bit[later.node] & graph.after[run.node]):
            cancel(turn, later)
    turn.emit(facts.NodeReopened, node=run.node, run=run.no)
