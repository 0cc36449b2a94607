"""`fixloop process move`: chosen running instances go on by another version, after a look at which can."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from adapters.clock import utc_now
from adapters.storage.engine import Database
from adapters.storage.past_orders import running_ids
from bootstrap.process_files import cause, transaction
from bootstrap.process_opening import Action, actor, opened, version_of
from bootstrap.process_words import WrongData
from domain.approval.commands import MoveInstances
from domain.approval.model import ProcessInstance
from domain.approval.ports import PublishedProcess
from domain.kernel.errors import DomainError
from domain.policies.ports import EveryUnitOfWork
from domain.policies.process_moving import why_not, words_of
from domain.policies.process_stepping import RUNNING, definition_of, state_of
from domain.registry import make_bus

LOT = 200
"""How many are looked at in one transaction."""
Adding = Callable[[str, str, Action], argparse.ArgumentParser]


def add_moving(add: Adding) -> None:
    """Add the command that moves what runs."""
    moving = add(
        "move", "let chosen running instances go on by another version; previews without --yes", _move
    )
    moving.add_argument("name", metavar="NAME")
    moving.add_argument("--to", type=int, metavar="N", help="the version (default: the newest)")
    which = moving.add_mutually_exclusive_group(required=True)
    which.add_argument("--order", nargs="+", metavar="WO-…", help="the processes of these work orders")
    which.add_argument("--number", nargs="+", metavar="SP-…", help="these requests")
    which.add_argument("--all", action="store_true", help="everything that runs by another version")
    moving.add_argument("--by", default="", metavar="NAME", help="who moves them (default: the system)")
    sure = moving.add_mutually_exclusive_group()
    sure.add_argument("--dry-run", action="store_true", help="only say which can be moved (as without --yes)")
    sure.add_argument("--yes", action="store_true", help="move them")


def _move(arguments: argparse.Namespace) -> None:
    now = utc_now()
    with opened() as database:
        actor_id = actor(database, arguments.by)
        with transaction(database, now) as uow:
            to = version_of(arguments.name, arguments.to, uow)
            numbers = arguments.order or arguments.number or ()
            chosen = [_numbered(to.definition.name, number, uow) for number in dict.fromkeys(numbers)]
        everything = chosen or running_ids(database, to.definition.name)
        print(f"“{to.definition.title}”换到第 {to.version} 版")
        if arguments.yes:
            _move_each(database, everything, to, actor_id)
        else:
            _preview(database, everything, to, now, is_all=arguments.all)


def _preview(
    database: Database, ids: Sequence[UUID], to: PublishedProcess, now: datetime, *, is_all: bool
) -> None:
    can = cannot = 0
    for instance, uow in _each(database, ids, now):
        if is_all and instance.version == to.version:
            continue
        problems = why_not(instance, to, uow)
        if problems:
            cannot += 1
            print(f"不能换：{instance.number}，{words_of(problems)}")
        else:
            can += 1
            print(
                f"可以换：{instance.number}，现在是第 {instance.version} 版，停在{_stands_on(instance, uow)}"
            )
    if not can + cannot:
        print("没有运行中的其他版本，不用换")
        return
    print(f"{can} 个可以换，{cannot} 个不能换，会继续按原来的版本走完")
    print("只是预览，没有改动任何数据；" + ("确认要换请加上 --yes" if can else "没有可以换的"))


def _move_each(database: Database, ids: Sequence[UUID], to: PublishedProcess, actor_id: str) -> None:
    """Move one after another, each in a transaction of its own; what cannot be moved stops nobody else."""
    moved = failed = 0
    for instance_id in ids:
        now = utc_now()
        with transaction(database, now) as uow:
            found = uow.processes.find(instance_id)
            if found is None or found.version == to.version:
                continue
            command = MoveInstances(
                name=to.definition.name,
                instances=(instance_id,),
                to_version=to.version,
                **cause(f"move:{instance_id}", now, actor_id),
            )
            try:
                make_bus().handle(command, uow)
                uow.commit()
            except DomainError as refusal:
                failed += 1
                print(refusal.message, file=sys.stderr)
                continue
        moved += 1
    print(f"已换 {moved} 个" + (f"，{failed} 个没有换" if failed else ""))
    if failed:
        sys.exit(1)


def _each(
    database: Database, ids: Sequence[UUID], now: datetime
) -> Iterator[tuple[ProcessInstance, EveryUnitOfWork]]:
    for place in range(0, len(ids), LOT):
        with transaction(database, now) as uow:
            for instance_id in ids[place : place + LOT]:
                found = uow.processes.find(instance_id)
                if found is not None:
                    yield found, uow


def _numbered(name: str, number: str, uow: EveryUnitOfWork) -> UUID:
    """Return the instance of a process that people call by a number; where several are, one that runs.

    Raises:
        WrongData: there is none.
    """
    found = [one for one in uow.processes.by_number(number) if one.name == name]
    if not found:
        raise WrongData(f"{number} 没有走过流程“{name}”，请核对编号和流程名称；没有任何改动")
    return next((one.id for one in found if one.status == RUNNING), found[0].id)


def _stands_on(instance: ProcessInstance, uow: EveryUnitOfWork) -> str:
    titles = {node.id: node.title for node in definition_of(instance, uow).nodes}
    return "、".join(f"“{titles[run.node]}”" for run in state_of(instance).runs)
