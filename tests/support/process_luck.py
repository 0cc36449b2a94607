"""Commands at random, of which most make sense."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from domain.engine.process import commands as asks
from domain.engine.process.state import Task
from tests.support.process import Life

PEOPLE = ("li", "zhang", "wang", "sun", "zhou", "qian", "wu", "zheng", "boss")
STEPS = ("accept", "work", "arrive")
Draw = tuple[int, int, int, int]


def _one(things: Sequence[Any], number: int) -> Any:
    return things[number % len(things)]


def _holder(task: Task, luck: int) -> str:
    return task.assignee if luck % 8 else _one(PEOPLE, luck)


def _on_task(kind: type[asks.TaskAsk], **more: Callable[[Life, int, int], Any]) -> Callable[..., asks.Ask]:
    def make(life: Life, a: int, b: int, c: int) -> asks.Ask:
        tasks = life.state.open_tasks if a % 6 else life.state.tasks
        task = _one(tasks, a) if tasks else None
        said = {name: value(life, b, c) for name, value in more.items()}
        if task is None:
            return kind(actor="li", task=UUID(int=1), **said)
        return kind(actor=_holder(task, b), task=task.id, **said)

    return make


def _places(life: Life, b: int, _: int) -> str:
    return str(_one(["initiator", "previous", *life.state.passed], b))


def _any_place(life: Life, b: int) -> str:
    return str(_one([node.id for node in life.definition.nodes if node.kind != "join"], b))


def _take_back(life: Life, _: int, b: int, __: int) -> asks.Ask:
    task = next((task for task in life.state.tasks if task.no == life.state.acted), None)
    return asks.TakeBack(actor=_holder(task, b) if task else "li", task=task.id if task else UUID(int=1))


def _remove(life: Life, a: int, _: int, __: int) -> asks.Ask:
    added = [task for task in life.state.tasks if task.added_by]
    task = _one(added, a) if added else None
    return asks.RemoveApprover(actor=task.added_by if task else "li", task=task.id if task else UUID(int=1))


_agree = _on_task(asks.Agree, data=lambda _, b, c: {"amount": c * 40} if b % 5 == 0 else {})
_return = _on_task(
    asks.Return, to=_places, then=lambda _, b, c: _one(["again", "straight"], c), comment=lambda *_: "再看看"
)
_add = _on_task(
    asks.AddApprovers,
    people=lambda _, b, c: tuple({_one(PEOPLE, b), _one(PEOPLE, b * 3 + c)}),
    where=lambda _, b, c: _one(["before", "after", "beside"], c),
    mode=lambda _, b, c: _one(["all", "any", "sequence", "vote"][:3], b + c),
)
_to = {"to": lambda _, b, c: _one(PEOPLE, c)}

KINDS: dict[str, Callable[[Life, int, int, int], asks.Ask]] = {
    "agree": _agree,
    "agree too": _agree,
    "agree again": _agree,
    "agree once more": _agree,
    "refuse": _on_task(asks.Refuse, comment=lambda *_: "不行"),
    "return": _return,
    "return too": _return,
    "delegate": _on_task(asks.Delegate, **_to),
    "entrust": _on_task(asks.Entrust, **_to),
    "add": _add,
    "add too": _add,
    "remove": _remove,
    "take back": _take_back,
    "claim": _on_task(asks.Claim),
    "stash": _on_task(asks.Stash, text=lambda *_: "草稿"),
    "resubmit": lambda life, a, b, c: asks.Resubmit(actor="li"),
    "change": lambda life, a, b, c: asks.Change(actor="system", data={"amount": a * 40}),
    "reach": lambda life, a, b, c: asks.Reach(actor="wang", step=_one(STEPS, a)),
    "reach too": lambda life, a, b, c: asks.Reach(actor="wang", step=_one(STEPS, a)),
    "revisit": lambda life, a, b, c: asks.Revisit(actor="wang", step=_one(STEPS, a)),
    "replace": lambda life, a, b, c: asks.Replace(actor="hr", person=_one(PEOPLE, a), to=_one(PEOPLE, b)),
    "jump": lambda life, a, b, c: asks.Jump(actor="admin", node=_any_place(life, a), reason="卡住了"),
    "copy": lambda life, a, b, c: asks.Copy(actor="li", to=("wu",)),
    "nudge": lambda life, a, b, c: asks.Nudge(actor="li"),
    "withdraw": lambda life, a, b, c: asks.Withdraw(actor="li" if a == 7 else "zhang"),
    "terminate": lambda life, a, b, c: asks.Terminate(actor="admin", reason="停用" if a == 7 else ""),
}
