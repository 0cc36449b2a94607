"""Moving chosen running instances to another version: what stands in the way, and doing it.

Source: docs/reference/processes.md, rules PR-11 to PR-13.
"""

from collections.abc import Sequence

from domain.approval.commands import MoveInstances
from domain.approval.errors import InstanceNotMovable, ProcessNotFound, VersionNotFound
from domain.approval.model import ProcessInstance
from domain.approval.ports import PublishedProcess
from domain.engine.process import Problem, movable
from domain.policies.ports import EveryUnitOfWork
from domain.policies.process_stepping import definition_of, locked, move, state_of


def move_instances(cmd: MoveInstances, uow: EveryUnitOfWork) -> None:
    """Let instances go on by another version, with their tasks, due moments and history.

    Raises:
        ProcessNotFound: nothing of this name was ever published.
        VersionNotFound: there is no such version.
        InstanceNotMovable: one of them cannot; none is moved.
    """
    to = _version(cmd, uow)
    for instance_id in sorted(set(cmd.instances)):
        instance = locked(instance_id, uow)
        problems = why_not(instance, to, uow)
        if problems:
            raise InstanceNotMovable(
                number=instance.number,
                title=to.definition.title,
                version=to.version,
                from_version=instance.version,
                why=words_of(problems),
            )
        move(instance, to, cmd.actor_id, cmd.issued_at, uow)


def why_not(instance: ProcessInstance, to: PublishedProcess, uow: EveryUnitOfWork) -> Sequence[Problem]:
    """Return what keeps an instance from going on by a version; nothing where it can."""
    if instance.name == to.definition.name and instance.version == to.version:
        return [Problem(node="", message=f"它已经按第 {to.version} 版在走")]
    return movable(definition_of(instance, uow), to.definition, state_of(instance))


def words_of(problems: Sequence[Problem]) -> str:
    """Return everything that is in the way as one sentence without its full stop."""
    return "；".join(one.message for one in problems)


def _version(cmd: MoveInstances, uow: EveryUnitOfWork) -> PublishedProcess:
    newest = uow.processes.current(cmd.name)
    if newest is None:
        raise ProcessNotFound(name=cmd.name, known="、".join(uow.processes.names()) or "暂无")
    found = uow.processes.version(cmd.name, cmd.to_version)
    if found is None:
        raise VersionNotFound(name=cmd.name, version=cmd.to_version, newest=newest.version)
    return found
