"""Publishing: a definition is checked against what the firm has, and counts for what starts afterwards."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from domain.approval.commands import PublishProcess, RollBackProcess
from domain.approval.errors import PublishedMeanwhile, VersionNotFound
from domain.approval.events import ProcessPublished
from domain.approval.model import ProcessVersion
from domain.approval.ports import PublishedProcess
from domain.engine.process import Definition, Problem, check
from domain.kernel.errors import ConcurrentUpdate
from domain.people.model import STAFF_ROLES, Role
from domain.policies.ports import EveryUnitOfWork
from domain.policies.process_fields import ABOUT, FIELDS, compile_rule
from domain.policies.process_reading import own_problems, read_leniently, title_of, with_ids, written, wrong
from domain.policies.process_steps import STEPS
from domain.policies.process_triggers import TRIGGERS
from domain.policies.views import name_of_actor


def document_id(name: str) -> UUID:
    """Return what events about a definition are recorded with."""
    return uuid5(NAMESPACE_URL, f"fixloop:process:{name}")


def publish_process(cmd: PublishProcess, uow: EveryUnitOfWork) -> None:
    """Let a definition count from now on.

    Raises:
        DefinitionWrong: something in it cannot work; every problem is named.
        PublishedMeanwhile: somebody else published since it was begun.
    """
    definition = with_ids(read_faultless(cmd.document, uow), uow)
    _publish(definition, written(definition), cmd, cmd.note, uow)


def roll_back_process(cmd: RollBackProcess, uow: EveryUnitOfWork) -> None:
    """Let an earlier version count again, as a new one: what ran meanwhile keeps its own.

    Raises:
        VersionNotFound: there is no such version.
        DefinitionWrong: it speaks of people or fields that are gone.
    """
    earlier = uow.processes.version(cmd.name, cmd.version)
    if earlier is None:
        newest = uow.processes.current(cmd.name)
        raise VersionNotFound(name=cmd.name, version=cmd.version, newest=newest.version if newest else 0)
    problems = problems_of(earlier.definition, uow)
    if problems:
        raise wrong(earlier.definition.title, problems)
    _publish(earlier.definition, earlier.document, cmd, f"回退到第 {cmd.version} 版", uow)


def read_faultless(document: Mapping[str, Any], uow: EveryUnitOfWork) -> Definition:
    """Return a definition that could be published, people as they were written.

    Raises:
        DefinitionWrong: something in it cannot work; every problem is named.
    """
    definition, problems = read_leniently(document)
    found = [*problems, *problems_of(definition, uow)] if definition is not None else problems
    if definition is None or found:
        raise wrong(title_of(document), found, is_all=definition is not None)
    return definition


def problems_of(definition: Definition, uow: EveryUnitOfWork) -> Sequence[Problem]:
    """Return everything that would not work, by node."""
    names = {name for one in uow.people.with_roles(STAFF_ROLES) for name in (one.name, str(one.id))}
    found = check(
        definition,
        compile=compile_rule,
        roles=frozenset(role.value for role in Role),
        steps=STEPS,
        triggers=TRIGGERS,
        fields=frozenset(field.key for field in FIELDS),
        people=names.__contains__,
    )
    found += own_problems(definition, uow)
    if definition.about not in ABOUT:
        message = f"about 要写 {' 或 '.join(ABOUT)}，现在是“{definition.about}”"
        found = [Problem(node="", message=message), *found]
    return found


def _publish(
    definition: Definition,
    document: Mapping[str, Any],
    cmd: PublishProcess | RollBackProcess,
    note: str,
    uow: EveryUnitOfWork,
) -> None:
    newest = uow.processes.current(definition.name)
    version = newest.version if newest is not None else 0
    if version != cmd.based_on:
        raise _meanwhile(newest, cmd.based_on, definition, uow)
    row = ProcessVersion(
        name=definition.name,
        version=version + 1,
        title=definition.title,
        document=dict(document),
        note=note,
        published_by=cmd.actor_id,
        published_at=cmd.issued_at,
    )
    try:
        uow.processes.add_version(row)
    except ConcurrentUpdate as error:
        raise PublishedMeanwhile(
            by="另一位同事",
            title=definition.title,
            version=version + 1,
            based_on=version,
            name=definition.name,
        ) from error
    uow.record(
        ProcessPublished(
            occurred_at=cmd.issued_at,
            actor_id=cmd.actor_id,
            document_id=document_id(definition.name),
            name=definition.name,
            version=version + 1,
            note=note,
        )
    )


def _meanwhile(
    newest: PublishedProcess | None, based_on: int, definition: Definition, uow: EveryUnitOfWork
) -> PublishedMeanwhile:
    return PublishedMeanwhile(
        by=(name_of_actor(newest.published_by, uow) if newest is not None else "") or "系统",
        title=definition.title,
        version=newest.version if newest is not None else 0,
        based_on=based_on,
        name=definition.name,
    )
