"""Who is asked: from an assignment to a person who is there and may decide.

Source: docs/reference/process-engine.md, rules PE-8 to PE-13.
"""

from collections.abc import Iterable
from typing import NamedTuple

from domain.engine.process.definition import Approve, Assign, ByPerson, ByRelation
from domain.engine.process.errors import NobodyToAsk
from domain.engine.process.turn import Turn


class Seat(NamedTuple):
    """Who sits on a seat, for whom, and why they need not be asked."""

    assignee: str
    principal: str = ""
    why: str = ""


def meant(turn: Turn, assigns: Iterable[Assign]) -> tuple[str, ...]:
    """Return everybody the assignments mean, in order and each once."""
    found: dict[str, None] = {}
    for who in assigns:
        found.update(dict.fromkeys(_people(turn, who)))
    return tuple(found)


def _people(turn: Turn, who: Assign) -> tuple[str, ...]:
    board = turn.board
    if isinstance(who, ByPerson):
        return (who.person,)
    if isinstance(who, ByRelation) and who.relation == "initiator":
        return (board.initiator,)
    if isinstance(who, ByRelation) and who.relation == "previous_handler":
        return (board.handler,) if board.handler else ()
    return tuple(turn.directory.people(who, board.data, board.initiator))


def seat(turn: Turn, node: Approve | None, person: str, *, run: int, added: bool = False) -> Seat:
    """Return who is asked for a person now.

    Args:
        node: the node that asks; None where the initiator is to submit again.
        person: who has the seat.
        run: the pass through the node; agreements in it do not make another seat agree.
        added: whether a colleague chose this person; then an earlier agreement does not count.

    Raises:
        NobodyToAsk: nobody is left, not even an administrator.
    """
    initiator = turn.board.initiator
    barred = initiator if node is not None and node.self_approval != "ask" else ""
    if person == barred and node is not None and node.self_approval == "skip":
        return Seat(person, why="self")
    owner = employed(turn, person, title=node.title if node else "发起", barred=barred)
    sitting = present(turn, owner, barred=barred)
    replaced_self = person == barred and sitting == owner
    asked_for = "" if sitting == person or replaced_self else owner if person == barred else person
    asks_once = node is not None and node.duplicates == "skip" and not added
    agreed = asks_once and _agreed(turn, run, asked_for or sitting)
    return Seat(sitting, asked_for, "duplicate" if agreed else "")


def employed(turn: Turn, person: str, *, title: str, barred: str = "") -> str:
    """Return the person, or the first manager above who still belongs to the firm, else an administrator."""
    found = _first(turn, person, barred)
    if found is None:
        raise NobodyToAsk(title=title)
    return found


def above(turn: Turn, person: str, *, barred: str = "") -> str | None:
    """Return the first manager above somebody who may decide, else an administrator, else nobody."""
    return _first(turn, turn.directory.manager(person), barred)


def _first(turn: Turn, person: str | None, barred: str) -> str | None:
    seen: set[str] = set()
    while person and person not in seen:
        if person != barred and turn.directory.active(person):
            return person
        seen.add(person)
        person = turn.directory.manager(person)
    admins = [admin for admin in turn.directory.admins() if turn.directory.active(admin)]
    return next((admin for admin in admins if admin != barred), admins[0] if admins else None)


def present(turn: Turn, person: str, *, barred: str = "") -> str:
    """Return the person, or the last of their chain of substitutes who is there and may decide."""
    seen = {person, barred}
    while True:
        stands_in = turn.directory.substitute(person, turn.now)
        if not stands_in or stands_in in seen or not turn.directory.active(stands_in):
            return person
        seen.add(stands_in)
        person = stands_in


def _agreed(turn: Turn, run: int, person: str) -> bool:
    board = turn.board
    return any(
        task.outcome == "agreed"
        and task.data_no == board.data_no
        and task.run != run
        and task.why != "timeout"
        and person == (task.principal or task.assignee)
        for task in board.tasks.values()
    )
