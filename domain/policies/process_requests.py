"""Asking for an approval, and being away while others ask."""

import re
from datetime import timedelta
from uuid import UUID

from domain.approval.commands import EndAbsence, ReviewAbsence, SetAbsence, StartRequest
from domain.approval.errors import AbsenceWrong, AmountMissing, AmountZero, ProcessNotFound
from domain.approval.events import AbsenceEnded, AbsenceSet
from domain.approval.model import Absence, ProcessInstance
from domain.approval.ports import PublishedProcess
from domain.engine.process import Definition
from domain.kernel.localtime import local_day
from domain.people.model import STAFF_ROLES
from domain.policies.ports import EveryUnitOfWork
from domain.policies.process_directory import RecordedDirectory
from domain.policies.process_fields import AMOUNT, REQUEST, facts_of_request, fields_of
from domain.policies.process_stepping import begin, hand_over

AWAY_AT_MOST = timedelta(days=180)
_SUFFIXES = ("申请", "审批", "流程")
"""What a title may end with and people leave out."""
_LIKE_AMOUNT = re.compile(r"\d|[一二两三四五六七八九十百千万]+(?:$|[元块百千万])")
_REASON_CHARS = 20


def start_request(cmd: StartRequest, uow: EveryUnitOfWork) -> None:
    """Ask for an approval.

    Raises:
        ProcessNotFound: there is no such process, or it is no request's.
        AmountMissing: its rules ask for an amount, and none was said.
        AmountZero: the same, and it is nothing.
    """
    published = uow.processes.current(cmd.name)
    if published is None or published.definition.about != REQUEST:
        raise ProcessNotFound(name=cmd.name, known="、".join(titles(uow)) or "暂无")
    definition = published.definition
    order = uow.work_orders.get(cmd.work_order_id) if cmd.work_order_id is not None else None
    if not cmd.amount_fen and asks_amount(definition):
        about = f" {order.number}" if order is not None else ""
        words, reason = f"申请 {short_title(definition.title)}{about}", reason_shown(cmd.reason)
        if cmd.amount_fen is None:
            raise AmountMissing(title=definition.title, words=words, reason=reason)
        raise AmountZero(title=definition.title, words=words, reason=reason)
    instance = ProcessInstance(
        id=cmd.instance_id,
        number=uow.processes.next_number(local_day(cmd.issued_at)),
        name=definition.name,
        version=published.version,
        work_order_id=cmd.work_order_id,
        initiator_id=UUID(cmd.actor_id),
        created_at=cmd.issued_at,
        ended_at=None,
        why="",
    )
    data = facts_of_request(order, cmd.amount_fen, cmd.reason.strip(), uow)
    if cmd.files:
        data["files"] = list(cmd.files)
    begin(instance, published, data, cmd.issued_at, uow)


def requests(uow: EveryUnitOfWork) -> list[PublishedProcess]:
    """Return the processes that people can ask for, by title."""
    found = (uow.processes.current(name) for name in uow.processes.names())
    return sorted(
        (one for one in found if one is not None and one.definition.about == REQUEST),
        key=lambda one: one.definition.title,
    )


def asks_amount(definition: Definition) -> bool:
    """Return whether a process has a rule about the amount, so that one must be said."""
    return AMOUNT in fields_of(definition)


def short_title(title: str) -> str:
    """Return what people say for a title: `折扣` for `折扣申请`."""
    short = next((title.removesuffix(one) for one in _SUFFIXES if title.endswith(one)), title)
    return short or title


def reason_shown(reason: str) -> str:
    """Return a reason for an example: the words that were said, without what looks like an amount."""
    words = [word for word in reason.split() if not _LIKE_AMOUNT.search(word)]
    return " ".join(words)[:_REASON_CHARS].rstrip() or "原因"


def titles(uow: EveryUnitOfWork) -> list[str]:
    """Return what the processes that people can ask for are called."""
    return [one.definition.title for one in requests(uow)]


def set_absence(cmd: SetAbsence, uow: EveryUnitOfWork) -> None:
    """Let a substitute decide for a while; what waits already goes over when the absence begins.

    Raises:
        AbsenceWrong: the time or the substitute cannot be.
    """
    if not cmd.from_at < cmd.to_at or cmd.to_at <= cmd.issued_at:
        raise AbsenceWrong(why="请假的结束时间要晚于开始时间和现在")
    if cmd.to_at - cmd.from_at > AWAY_AT_MOST:
        raise AbsenceWrong(why=f"一次请假最多 {AWAY_AT_MOST.days} 天")
    substitute = uow.people.get(cmd.substitute_id)
    if substitute.id == cmd.person_id or not substitute.active or not substitute.roles & STAFF_ROLES:
        raise AbsenceWrong(why=f"“{substitute.name}”不能代理，请指定另一位在职同事")
    uow.processes.keep_absence(
        Absence(
            person_id=cmd.person_id,
            substitute_id=cmd.substitute_id,
            from_at=cmd.from_at,
            to_at=cmd.to_at,
            set_by=cmd.actor_id,
        )
    )
    uow.record(
        AbsenceSet(
            occurred_at=cmd.issued_at,
            actor_id=cmd.actor_id,
            person_id=cmd.person_id,
            substitute_id=cmd.substitute_id,
            from_at=cmd.from_at,
            to_at=cmd.to_at,
        )
    )
    _hand_to_substitute(cmd, uow)


def review_absence(cmd: ReviewAbsence, uow: EveryUnitOfWork) -> None:
    """Let whoever stands in for somebody have what waits for them."""
    _hand_to_substitute(cmd, uow)


def _hand_to_substitute(cmd: SetAbsence | ReviewAbsence, uow: EveryUnitOfWork) -> None:
    away, directory = str(cmd.person_id), RecordedDirectory(uow)
    if directory.active(away):
        to = directory.substitute(away, cmd.issued_at)
    else:
        to = _first_above(away, directory)
    if to is None or to == away or not directory.active(to):
        return
    hand_over(cmd.person_id, to, cmd, uow)


def _first_above(person: str, directory: RecordedDirectory) -> str | None:
    """Return the first manager above who is still there, else an administrator."""
    seen, here = {person}, directory.manager(person)
    while here is not None and here not in seen:
        if directory.active(here):
            return here
        seen.add(here)
        here = directory.manager(here)
    return next(iter(directory.admins()), None)


def end_absence(cmd: EndAbsence, uow: EveryUnitOfWork) -> None:
    """Let somebody decide for themselves again; what their substitute has stays there."""
    absence = uow.processes.absence(cmd.person_id)
    if absence is None or absence.to_at <= cmd.issued_at:
        raise AbsenceWrong(why="您现在没有请假")
    uow.processes.drop_absence(cmd.person_id)
    uow.record(AbsenceEnded(occurred_at=cmd.issued_at, actor_id=cmd.actor_id, person_id=cmd.person_id))
