"""Reading process definitions from files, and publishing those that are shipped."""

import json
from collections.abc import Hashable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from adapters.clock import utc_now
from adapters.storage.engine import Database
from adapters.storage.uow import SqlUnitOfWork
from bootstrap.wording import unreadable
from domain.approval.commands import PublishProcess
from domain.approval.errors import PublishedMeanwhile
from domain.kernel.messages import Cause
from domain.registry import make_bus

SHIPPED = Path(__file__).with_name("processes")
"""What counts until a business owner publishes something else; `templates` inside it wait to be published."""
SYSTEM = "system"
"""Who acts where nobody is named."""
LARGEST = 1_000_000
"""Bytes; a definition of 300 nodes is a tenth of it."""


_UNWANTED = ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:merge")
"""What YAML would read as something other than plain data."""
_ADVICE = "不是合法的 YAML，请检查这里的缩进、冒号、括号和引号；冒号后面要空一格，不能用 Tab 缩进"


class ProcessFileRefused(Exception):
    """A file cannot be read as a definition; the words say where and why, in Chinese."""


class _Loader(yaml.SafeLoader):
    """Reads plain data: no aliases, which could grow without bounds, no key twice, no dates, no tags."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [one for one in resolvers if one[0] not in _UNWANTED]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise yaml.MarkedYAMLError(
                problem="不支持 & 和 * 引用，请直接写出", problem_mark=event.start_mark
            )
        if getattr(event, "tag", None) is not None:
            raise yaml.MarkedYAMLError(
                problem="不支持 ! 开头的标记；这几个字要原样写，请加上引号", problem_mark=event.start_mark
            )
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[object] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, str):
                raise yaml.MarkedYAMLError(
                    problem=f"“{key}”不能作名称，名称要写成文字", problem_mark=key_node.start_mark
                )
            if key in seen:
                raise yaml.MarkedYAMLError(problem=f"“{key}”写了两次", problem_mark=key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)


def read_file(file: Path) -> Mapping[str, Any]:
    """Return what a YAML or JSON file says.

    Raises:
        ProcessFileRefused: it cannot be read, or is no definition at all.
    """
    try:
        if file.stat().st_size > LARGEST:
            raise ProcessFileRefused(f"{file} 超过 {LARGEST // 1_000_000} MB，不像流程定义，请检查")
        read = yaml.load(file.read_text("utf-8-sig"), _Loader)
    except OSError as error:
        raise ProcessFileRefused(unreadable(file, error)) from error
    except UnicodeDecodeError as error:
        raise ProcessFileRefused(f"{file} 不是 UTF-8 编码，请另存为 UTF-8 再试") from error
    except RecursionError as error:
        raise ProcessFileRefused(f"{file} 嵌套太深，请检查括号和缩进") from error
    except yaml.YAMLError as error:
        raise ProcessFileRefused(f"{file} {_where(error)}") from error
    except ValueError as error:
        raise ProcessFileRefused(f"{file} 里有读不了的数字或字符，请检查") from error
    if not isinstance(read, dict):
        raise ProcessFileRefused(f"{file} 里没有流程定义；可以先看看 {SHIPPED} 里的例子")
    if not _is_plain(read):
        raise ProcessFileRefused(f"{file} 里有不能保存的数字或控制字符（如 .nan、\\0），请去掉")
    return read


def _is_plain(read: object) -> bool:
    """Return whether both databases can keep it."""
    try:
        kept = json.dumps(read, allow_nan=False, ensure_ascii=False)
        kept.encode()
    except ValueError:
        return False
    return "\\u0000" not in kept


def publish(
    database: Database,
    document: Mapping[str, Any],
    based_on: int,
    note: str,
    now: datetime,
    actor_id: str = SYSTEM,
) -> int:
    """Publish a definition and return its version.

    Raises:
        DomainError: it is wrong, or somebody published meanwhile.
    """
    with transaction(database, now) as uow:
        command = PublishProcess(
            document=document, based_on=based_on, note=note, **cause("publish", now, actor_id)
        )
        make_bus().handle(command, uow)
        published = uow.processes.current(str(document["name"]))
        uow.commit()
    assert published is not None, "it was just published"
    return published.version


def publish_shipped(database: Database) -> None:
    """Publish what is shipped where no version was ever published; of several processes the first does.

    A shipped file is called as its process, so that one that is published need not be read at each start.
    """
    now = utc_now()
    with transaction(database, now) as uow:
        known = set(uow.processes.names())
    for file in sorted(SHIPPED.glob("*.yaml")):
        if file.stem in known:
            continue
        try:
            publish(database, read_file(file), 0, "随产品提供", now)
        except PublishedMeanwhile:
            continue


def transaction(database: Database, now: datetime) -> SqlUnitOfWork:
    """Return a transaction of the command line, which tells nobody."""
    return SqlUnitOfWork(database, desks=(), now=now, channel="cli", correlation_id="fixloop-process")


def cause(key: str, now: datetime, actor_id: str = SYSTEM) -> Cause:
    """Return why a command of the command line is given."""
    return Cause(actor_id=actor_id, issued_at=now, idempotency_key=f"{key}:{now.timestamp():.6f}")


def _where(error: yaml.YAMLError) -> str:
    """Return where it is wrong and what to look at; the reader's own words are English."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    own = type(error) is yaml.MarkedYAMLError
    problem = getattr(error, "problem", None) if own else _ADVICE
    return f"第 {mark.line + 1} 行第 {mark.column + 1} 个字：{problem}" if mark is not None else _ADVICE
