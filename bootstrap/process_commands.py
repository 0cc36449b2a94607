"""`fixloop process`: look at process definitions, check, compare, publish, roll back and move."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from adapters.clock import utc_now
from adapters.storage.engine import Database
from adapters.storage.past_orders import running_counts
from bootstrap.process_files import ProcessFileRefused, cause, publish, transaction
from bootstrap.process_hints import second_looks
from bootstrap.process_moving import add_moving
from bootstrap.process_opening import (
    Action,
    actor,
    answering,
    file_or_name,
    opened,
    published_named,
    read_checked,
    version_of,
)
from bootstrap.process_trying import add_trying
from bootstrap.process_words import as_yaml, changed, editor_schema, line_diff, templates
from domain.approval.commands import RollBackProcess
from domain.approval.errors import DefinitionWrong
from domain.engine.process import Definition, draw
from domain.kernel.errors import DomainError
from domain.kernel.localtime import CHINA
from domain.policies.ports import EveryUnitOfWork
from domain.policies.process_reading import with_names, written
from domain.policies.views import name_of_actor
from domain.registry import make_bus

Adding = Callable[[str, str, Action], argparse.ArgumentParser]


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `fixloop process`."""
    process = commands.add_parser("process", help="look at, check, try, publish and roll back processes")
    actions = process.add_subparsers(required=True, metavar="ACTION")

    def add(name: str, help_text: str, run: Action) -> argparse.ArgumentParser:
        made = actions.add_parser(name, help=help_text)
        made.set_defaults(run=answering(run))
        return made

    _add_looking(add)
    _add_publishing(add)
    add_trying(add)
    add_moving(add)


def _add_looking(add: Adding) -> None:
    add("list", "print every process with its version and how many instances run", _list)
    show = add("show", "draw the version that counts now, or another one", _show)
    show.add_argument("name", metavar="NAME")
    show.add_argument("--version", type=int, metavar="N")
    show.add_argument("--yaml", action="store_true", help="print it as a file that can be changed")
    check = add("check", "say everything that is wrong with files, and change nothing", _check)
    check.add_argument("files", nargs="+", type=Path, metavar="FILE")
    diff = add("diff", "say what differs from the version that counts now, or between two versions", _diff)
    diff.add_argument("what", metavar="NAME|FILE")
    diff.add_argument("--version", type=int, metavar="A", help="compare this version …")
    diff.add_argument("--to", type=int, metavar="B", help="… with this one (default: the newest)")
    add("schema", "print the JSON schema of a definition, for editors", _schema)
    add("templates", "print which templates are shipped and how to publish one", _templates)


def _add_publishing(add: Adding) -> None:
    publishing = add("publish", "let a file count for what starts from now on", _or_nothing(_publish))
    publishing.add_argument("file", type=Path, metavar="FILE")
    publishing.add_argument("--note", default="", help="what changed, for the audit")
    publishing.add_argument("--based-on", type=int, metavar="N", help="the version that it was made from")
    rollback = add("rollback", "let an earlier version count again, as a new one", _or_nothing(_roll_back))
    rollback.add_argument("name", metavar="NAME")
    rollback.add_argument("--to", type=int, required=True, metavar="N")
    for command in (publishing, rollback):
        command.add_argument("--by", default="", metavar="NAME", help="who publishes (default: the system)")


def _list(_arguments: argparse.Namespace) -> None:
    with opened() as database:
        running = running_counts(database)
        with transaction(database, utc_now()) as uow:
            found = [uow.processes.current(name) for name in uow.processes.names()]
            for one in found:
                if one is None:
                    continue
                by = name_of_actor(one.published_by, uow) or "系统"
                at = one.published_at.astimezone(CHINA)
                print(
                    f"{one.definition.name}  {one.definition.title}  第 {one.version} 版  "
                    f"{by} {at:%Y-%m-%d %H:%M} 发布  运行中 {running.get(one.definition.name, 0)}"
                )
    if not found:
        print("还没有发布过流程；启动 fixloop serve 会发布随产品提供的流程")


def _show(arguments: argparse.Namespace) -> None:
    with opened() as database, transaction(database, utc_now()) as uow:
        one = version_of(arguments.name, arguments.version, uow)
        definition = with_names(one.definition, uow)
        if arguments.yaml:
            print(as_yaml(definition), end="")
            return
        note = f"，{one.note}" if one.note else ""
        print(f"第 {one.version} 版，{name_of_actor(one.published_by, uow) or '系统'}发布{note}")
        print(draw(definition))


def _check(arguments: argparse.Namespace) -> None:
    wrong = 0
    with opened() as database, transaction(database, utc_now()) as uow:
        for file in arguments.files:
            try:
                definition = read_checked(file, uow)
            except (ProcessFileRefused, DomainError) as refusal:
                wrong += 1
                print(refusal.message if isinstance(refusal, DomainError) else refusal, file=sys.stderr)
                continue
            print(f"{file}：没有错误，{definition.title}，{len(definition.nodes)} 个节点")
            for line in second_looks(definition, uow):
                print(f"注意：{line}")
    if wrong:
        sys.exit(1)


def _diff(arguments: argparse.Namespace) -> None:
    with opened() as database, transaction(database, utc_now()) as uow:
        file = file_or_name(arguments.what)
        if file is not None:
            after = with_names(read_checked(file, uow), uow)
            current = uow.processes.current(after.name)
            if current is None:
                print(f"“{after.name}”还没有发布过，没有可以对比的版本")
                return
            number, new = _said_or(arguments.version, current.version), str(file)
        else:
            newest = published_named(arguments.what, uow)
            to = version_of(arguments.what, arguments.to, uow) if arguments.to is not None else newest
            if newest.version == 1:
                print("只有第 1 版，没有可以对比的版本")
                return
            after, new = with_names(to.definition, uow), f"第 {to.version} 版"
            number = _said_or(arguments.version, max(1, to.version - 1))
        before = with_names(version_of(after.name, number, uow).definition, uow)
    _print_changes(before, after, f"第 {number} 版", new)


def _or_nothing(action: Action) -> Action:
    """Return an action that says nothing was published where the definition is wrong."""

    def run(arguments: argparse.Namespace) -> None:
        try:
            action(arguments)
        except DefinitionWrong as refusal:
            sys.exit(f"{refusal.message}\n没有发布，也没有改动任何数据")

    return run


def _said_or(said: int | None, usual: int) -> int:
    return usual if said is None else said


def _publish(arguments: argparse.Namespace) -> None:
    now = utc_now()
    with opened() as database:
        actor_id = actor(database, arguments.by)
        with transaction(database, now) as uow:
            definition = read_checked(arguments.file, uow)
            current = uow.processes.current(definition.name)
            before = current.definition if current is not None else None
            lines = _changed_by_name(before, definition, uow)
            notes = list(second_looks(definition, uow))
        version = current.version if current is not None else 0
        based_on = version if arguments.based_on is None else arguments.based_on
        if not lines and based_on == version:
            print(f"和现在的第 {version} 版一样，没有发布")
            return
        published = publish(database, written(definition), based_on, arguments.note, now, actor_id)
        _say_published(database, definition, published, lines, notes)


def _roll_back(arguments: argparse.Namespace) -> None:
    now = utc_now()
    with opened() as database:
        actor_id = actor(database, arguments.by)
        with transaction(database, now) as uow:
            current = published_named(arguments.name, uow)
            if arguments.to == current.version:
                print(f"现在就是第 {current.version} 版，没有改动")
                return
            earlier = version_of(arguments.name, arguments.to, uow)
            lines = _changed_by_name(current.definition, earlier.definition, uow)
            if not lines:
                print(f"第 {earlier.version} 版和现在的第 {current.version} 版一样，没有发布")
                return
            command = RollBackProcess(
                name=arguments.name,
                version=earlier.version,
                based_on=current.version,
                **cause("roll-back", now, actor_id),
            )
            make_bus().handle(command, uow)
            after = published_named(arguments.name, uow)
            notes = list(second_looks(after.definition, uow))
            uow.commit()
        _say_published(database, after.definition, after.version, lines, notes)


def _say_published(
    database: Database, definition: Definition, version: int, lines: list[str], notes: list[str]
) -> None:
    print(f"已发布“{definition.title}”第 {version} 版，对新开始的生效")
    for line in lines:
        print(f"  {line}")
    for line in notes:
        print(f"注意：{line}")
    running = running_counts(database).get(definition.name, 0)
    print(f"运行中的 {running} 个仍按各自原来的版本" if running else "现在没有运行中的")


def _changed_by_name(before: Definition | None, after: Definition, uow: EveryUnitOfWork) -> list[str]:
    old = with_names(before, uow) if before is not None else None
    return list(changed(old, with_names(after, uow)))


def _print_changes(before: Definition, after: Definition, old: str, new: str) -> None:
    lines = changed(before, after)
    if not lines:
        print(f"{old}和{new}没有区别")
        return
    for line in [*lines, "", *line_diff(before, after, old, new)]:
        print(line)


def _schema(_arguments: argparse.Namespace) -> None:
    print(json.dumps(editor_schema(), ensure_ascii=False, indent=2))


def _templates(_arguments: argparse.Namespace) -> None:
    for line in templates():
        print(line)
    print(
        "发布其中一个：fixloop process publish 文件；想先改一改，复制一份再改，用 check 和 preview 看过再发布"
    )
