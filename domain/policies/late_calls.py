"""Follow-ups that nobody makes: their caller left, or their time is over."""

from domain.access.rights import Verb, may
from domain.kernel.messages import Cause
from domain.kernel.notices import DESK, Notice, person_audience
from domain.people.model import DESK_ROLES, Role
from domain.policies.ports import EveryUnitOfWork
from domain.policies.survey import show_task
from domain.policies.survey_views import callers
from domain.survey import rules
from domain.survey.commands import ReviewFollowUp
from domain.survey.events import FollowUpPassedOn, FollowUpReminded
from domain.survey.handlers import give_follow_up, remind
from domain.survey.model import FollowUp
from domain.survey.views import FollowUpNewsView


def review_follow_up(cmd: ReviewFollowUp, uow: EveryUnitOfWork) -> None:
    """Take a follow-up from somebody who left, or remind of one whose time is over.

    Everything is checked again under the lock, so any number of schedulers may find the same follow-up.

    Source: docs/reference/work-order-lifecycle.md, rule WO-20.
    """
    task = uow.surveys.follow_up(cmd.follow_up_id)
    if task.next_due_at is None or task.next_due_at > cmd.issued_at:
        return
    cause = Cause(actor_id=cmd.actor_id, issued_at=cmd.issued_at, idempotency_key=cmd.idempotency_key)
    due_at = rules.next_look(task.due_at, task.reminded)
    if _caller_left(task, uow):
        load = uow.surveys.open_tasks([person.id for person in callers(uow)])
        give_follow_up(task, rules.least_busy(load), cause, uow, left=True)
    elif due_at is not None and due_at <= cmd.issued_at:
        remind(task, cause, uow)
    else:
        # It was looked at because somebody seemed to leave; the shown card needs the version it has now.
        task.next_due_at = due_at
        show_task(task, f"{task.id}:kept:{cmd.issued_at.timestamp()}", uow)


def tell_desk_caller_left(event: FollowUpPassedOn, uow: EveryUnitOfWork) -> None:
    """Tell the service desk who has the calls of somebody who left, or that nobody has."""
    if not event.left:
        return
    task = uow.surveys.follow_up(event.follow_up_id)
    news = "moved" if event.to_id is not None else "unassigned"
    _tell(task, news, f"left:{event.from_id}", uow, left_name=uow.name_of(event.from_id))


def tell_who_can_help(event: FollowUpReminded, uow: EveryUnitOfWork) -> None:
    """Tell the service desk of a call that nobody has, and managers too where it is still owed later."""
    task = uow.surveys.follow_up(event.follow_up_id)
    key = f"{event.due_at.timestamp()}:{event.times}"
    if event.times > 1:
        _tell(task, "late", key, uow)
    elif task.assignee_id is None:
        _tell(task, "due", key, uow)


def _caller_left(task: FollowUp, uow: EveryUnitOfWork) -> bool:
    """Return whether somebody has the follow-up who may not call any more."""
    if task.assignee_id is None:
        return False
    person = uow.people.get(task.assignee_id)
    return not person.active or not may(person.roles, Verb.FOLLOW_UP)


def _tell(task: FollowUp, news: str, step: str, uow: EveryUnitOfWork, *, left_name: str = "") -> None:
    """Tell the desk's groups, and in person its dispatchers, or managers alone of what is late."""
    view = FollowUpNewsView(
        news=news,
        number=uow.work_orders.get(task.work_order_id).number,
        kind=task.kind,
        due_at=task.due_at,
        left_name=left_name,
        assignee_name=uow.name_of(task.assignee_id) if task.assignee_id is not None else "",
    )
    people = list(uow.people.with_roles({Role.MANAGER})) if news == "late" else []
    people = people or list(uow.people.with_roles(DESK_ROLES))
    for audience in (DESK, *(person_audience(str(person.id)) for person in people)):
        uow.notify(
            Notice(
                audience=audience,
                card="follow_up_news",
                view=view.model_dump(mode="json"),
                dedupe_key=f"{task.id}:{step}:{audience}",
            )
        )
