"""One approval on its way: who is asked when, who agrees by rule, and which tasks are void.

Source: docs/reference/process-engine.md, rules PE-14 to PE-17.
"""

from domain.engine.process import events as facts
from domain.engine.process.board import changed
from domain.engine.process.definition import Approve
from domain.engine.process.errors import NobodyToAsk
from domain.engine.process.state import Run, Task
from domain.engine.process.turn import Turn
from domain.engine.process.votes import AGREED, PENDING, REFUSED, of_group, of_task, whose_turn
from domain.engine.process.who import seat

__all__ = ["AGREED", "PENDING", "REFUSED", "admins", "hold_back", "proceed"]


def proceed(turn: Turn, run: Run) -> str:
    """Open what is due and close what is decided, until nothing changes; return what the node has decided.

    Opening may decide: whoever agreed before agrees at once.
    """
    no = run.no
    while True:
        run = turn.board.runs[no]
        _close_decided(turn, run)
        verdict = of_group(turn, run, run.groups[0])
        if verdict != PENDING:
            return verdict
        waiting = [
            turn.board.tasks[task]
            for task in whose_turn(turn, run, run.groups[0])
            if turn.board.tasks[task].status == "waiting"
        ]
        if not waiting:
            return verdict
        for task in waiting:
            if _open(turn, run, task):
                break


def _close_decided(turn: Turn, run: Run) -> None:
    """Close the tasks nobody needs any more, and the seats that people before them refused."""
    void: set[int] = set()
    for group in run.groups[1:]:
        parent = turn.board.tasks[group.parent]
        needless = parent.status == "closed" and (group.where != "after" or parent.outcome != "agreed")
        if needless or parent.group in void or of_group(turn, run, group) != PENDING:
            void.add(group.no)
    for task in list(turn.board.tasks.values()):
        if task.run != run.no or task.status == "closed":
            continue
        if task.group in void or of_task(turn, task) == REFUSED:
            _close_seat(turn, task)
            # A seat that is closed may make other groups needless.
            _close_decided(turn, run)
            return


def _close_seat(turn: Turn, task: Task) -> None:
    if turn.board.tasks[task.no].status == "closed":
        return
    refused = of_task(turn, task) == REFUSED
    turn.close(task, "refused" if refused else "cancelled", why="before" if refused else turn.why)


def _open(turn: Turn, run: Run, task: Task) -> bool:
    """Ask somebody, and return whether they agreed by rule at once."""
    if task.opened_at is not None:
        opened = changed(task, status="open", due_at=turn.due_at(run))
        turn.emit(facts.TaskOpened, task=opened)
        return False
    who = seat(turn, turn.approve_node(run), task.assignee, run=run.no, added=bool(task.added_by))
    opened = changed(
        task,
        status="open",
        assignee=who.assignee,
        principal=who.principal,
        opened_at=turn.now,
        due_at=None if who.why else turn.due_at(run),
    )
    turn.emit(facts.TaskOpened, task=opened)
    if who.why:
        turn.close(opened, "agreed", why=who.why, by=who.assignee)
    return bool(who.why)


def hold_back(turn: Turn, run: Run) -> None:
    """Let open tasks wait again whose turn it is no longer."""
    due = set(whose_turn(turn, run, run.groups[0]))
    for task in list(turn.board.tasks.values()):
        if task.run == run.no and task.status == "open" and task.no not in due:
            turn.emit(facts.TaskDeferred, task_id=task.id)


def admins(turn: Turn, node: Approve) -> tuple[str, ...]:
    """Return who decides where nobody else is found.

    Raises:
        NobodyToAsk: there is no administrator.
    """
    found = tuple(person for person in turn.directory.admins() if turn.directory.active(person))
    if not found:
        raise NobodyToAsk(title=node.title)
    return found
