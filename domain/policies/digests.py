"""Digests are put together and owed to their audiences, each once a day.

Source: docs/reference/sla.md, rules SLA-18 to SLA-20
"""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from domain.kernel.localtime import CHINA, local_day
from domain.kernel.notices import DESK, Notice, conversation_audience, person_audience
from domain.people.model import DESK_ROLES, Person, Role
from domain.policies.digest_ports import Cut
from domain.policies.ports import EveryUnitOfWork
from domain.sla.commands import SendDigest
from domain.sla.digest import GROUP, Block, DigestPlan, DigestView, Figures
from domain.sla.errors import NothingPublished
from domain.sla.events import DigestSent
from domain.sla.handlers import DOCUMENT_ID
from domain.sla.model import DigestRow
from domain.sla.ports import Published

LINES = 10
TOP = 5
WEEK = timedelta(days=7)
CATCH_UP = timedelta(hours=6)
PERSON = "person:"


def send_digest(cmd: SendDigest, uow: EveryUnitOfWork) -> None:
    """Put one day's digest together and owe it; a second wish for the same day changes nothing.

    Raises:
        NothingPublished: there is no document any more that plans it.
    """
    plan = _planned(cmd.plan, uow)
    if uow.digests.is_sent(plan.name, cmd.audience, cmd.day):
        return
    cut = Cut(region=plan.region, assignee_id=_assignee(plan, cmd.audience))
    last = uow.digests.last(plan.name, cmd.audience, cmd.day)
    view = digest_view(plan, cut, cmd.issued_at, last, uow, personal=cmd.audience.startswith(PERSON))
    silent = view.figures.is_empty and plan.silent_when_empty
    uow.digests.keep(
        DigestRow(
            plan=plan.name,
            audience=cmd.audience,
            day=cmd.day,
            sent_at=cmd.issued_at,
            figures=view.figures.model_dump(mode="json"),
            numbers=[line.number for line in view.lines],
        )
    )
    uow.record(
        DigestSent(
            occurred_at=cmd.issued_at,
            actor_id=cmd.actor_id,
            document_id=DOCUMENT_ID,
            plan=plan.name,
            audience=cmd.audience,
            day=cmd.day.isoformat(),
            empty=view.figures.is_empty,
        )
    )
    if not silent:
        uow.notify(
            Notice(
                audience=cmd.audience,
                card="digest",
                view=view.model_dump(mode="json"),
                dedupe_key=f"digest:{plan.name}:{cmd.day}:{cmd.audience}"[-200:],
            )
        )


def digest_view(
    plan: DigestPlan,
    cut: Cut,
    at: datetime,
    last: DigestRow | None,
    uow: EveryUnitOfWork,
    *,
    personal: bool,
) -> DigestView:
    """Return what a digest tells at a moment, and what changed since the last one."""
    before = Figures.model_validate(last.figures) if last is not None else None
    named = set(last.numbers) if last is not None else set()
    ends = _midnight(local_day(at) + timedelta(days=1))
    lines = tuple(
        line.model_copy(update={"anew": last is not None and line.number not in named})
        for line in uow.digests.lines(cut, at, ends, LINES)
    )
    return DigestView(
        title=plan.name,
        on=local_day(at).isoformat(),
        blocks=plan.blocks,
        figures=_figures(cut, at, before, uow),
        before=before,
        lines=lines,
        personal=personal,
    )


def own_plan(person: Person) -> DigestPlan:
    """Return the digest that somebody gets who asks for one: the desk's for the desk, else their own work."""
    if person.roles & (DESK_ROLES | {Role.DIRECTOR, Role.AGENT}):
        return DigestPlan(name="日报", to="desk", at="00:00", weekdays=(1,))
    blocks = (Block.OVERDUE, Block.DUE_TODAY, Block.WAITING)
    return DigestPlan(name="我的日报", to="technician", at="00:00", weekdays=(1,), blocks=blocks)


def audiences(plan: DigestPlan, uow: EveryUnitOfWork) -> list[str]:
    """Return whom a digest goes to, as audiences."""
    if plan.to == "desk":
        return [DESK]
    if plan.to.startswith(GROUP):
        return [conversation_audience(plan.to.removeprefix(GROUP))]
    return [person_audience(str(one.id)) for one in uow.people.with_roles([Role(plan.to)])]


def due_digests(now: datetime, uow: EveryUnitOfWork) -> list[tuple[str, str, date]]:
    """Return (plan, audience, day) of every digest whose time has come today and that was not sent.

    One that nobody sent for hours, because nothing ran, is not sent any more: the next day's tells as much.
    One whose time was over when it was published is the next day's too.
    """
    published, today = uow.sla.current(), local_day(now)
    if published is None:
        return []
    due: list[tuple[str, str, date]] = []
    for plan in published.document.digests:
        planned_at = datetime.combine(today, time.fromisoformat(plan.at), CHINA)
        is_time = published.published_at <= planned_at <= now < planned_at + CATCH_UP
        if not is_time or not _is_day(plan, today, published):
            continue
        due += [(plan.name, one, today) for one in audiences(plan, uow)]
    return [one for one in due if not uow.digests.is_sent(*one)]


def _is_day(plan: DigestPlan, day: date, published: Published) -> bool:
    if plan.weekdays and day.isoweekday() not in plan.weekdays:
        return False
    if not plan.calendar:
        return True
    begins = _midnight(day)
    return bool(published.calendars(plan.calendar).open_between(begins, begins + timedelta(days=1)))


def _figures(cut: Cut, at: datetime, before: Figures | None, uow: EveryUnitOfWork) -> Figures:
    today = local_day(at)
    begins, month = _midnight(today), _midnight(today.replace(day=1))
    since = before.at if before is not None else begins - timedelta(days=1)
    book, standing = uow.digests, uow.digests.open_by_status(cut)
    overdue = book.limits(cut, at)
    waiting: dict[str, int] = {}
    for (status, reason), count in standing.items():
        if status == "on_hold":
            waiting[reason] = waiting.get(reason, 0) + count
    return Figures(
        at=at,
        since=since,
        new=book.new(cut, since, at),
        overdue=overdue,
        due_today=book.limits(cut, begins + timedelta(days=1)) - overdue,
        unassigned=sum(count for (status, _), count in standing.items() if status in ("new", "dispatching")),
        waiting=waiting,
        yesterday=tuple(book.attained(cut, begins - timedelta(days=1), begins)),
        month=tuple(book.attained(cut, month, at)),
        top_faults=tuple(book.top_faults(cut, at - WEEK, TOP)),
    )


def _planned(name: str, uow: EveryUnitOfWork) -> DigestPlan:
    published = uow.sla.current()
    for plan in published.document.digests if published is not None else ():
        if plan.name == name:
            return plan
    raise NothingPublished


def _assignee(plan: DigestPlan, audience: str) -> UUID | None:
    return UUID(audience.removeprefix(PERSON)) if plan.to == Role.TECHNICIAN.value else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA)
