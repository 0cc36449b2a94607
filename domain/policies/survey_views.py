"""Views of ratings and follow-ups, joined from every area."""

from datetime import datetime
from uuid import UUID

from domain.kernel.notices import Notice
from domain.people.model import DESK_ROLES, Person, Role
from domain.policies.ports import EveryUnitOfWork
from domain.policies.views import contact_of, customer_name, fault_shown
from domain.survey.model import FollowUp, Rating, Result
from domain.survey.views import Colleague, FollowUpLine, FollowUpsView, FollowUpView, NpsView
from domain.workorder.status import TRANSITIONS, Action

COLLEAGUES = 3
"""To how many others a follow-up can be passed on by a press; words reach everybody."""
LISTED = 10


def callers(uow: EveryUnitOfWork) -> list[Person]:
    """Return who asks customers afterwards: the agents, else the service desk."""
    return list(uow.people.with_roles({Role.AGENT})) or list(uow.people.with_roles(DESK_ROLES))


def follow_up_view(task: FollowUp, uow: EveryUnitOfWork) -> FollowUpView:
    """Return one follow-up as its assignee sees it."""
    order = uow.work_orders.get(task.work_order_id)
    report = uow.work_orders.report(order.id, order.report_version)
    ratings = uow.surveys.ratings(order.id)
    lowest = min(ratings, key=lambda one: one.score, default=None)
    others = [person for person in callers(uow) if person.id != task.assignee_id]
    unsolved = task.result == Result.UNSOLVED.value
    return FollowUpView(
        follow_up_id=task.id,
        version=task.version,
        number=order.number,
        kind=task.kind,
        customer_name=customer_name(order, uow),
        contact=contact_of(order, uow),
        fault=fault_shown(order.description),
        assignee_name=uow.name_of(task.assignee_id) if task.assignee_id else "",
        remedy=str(report.report.get("remedy", "")) if report is not None else "",
        score=task.score or (lowest.score if lowest is not None else None),
        comment=lowest.comment if lowest is not None else "",
        due_at=task.due_at,
        attempts=task.attempts,
        late=task.reminded > 0,
        result=task.result,
        note=task.note,
        colleagues=tuple(Colleague(person_id=one.id, name=one.name) for one in others[:COLLEAGUES])
        if task.done_at is None
        else (),
        reopens=unsolved and (order.state, Action.REOPEN) in TRANSITIONS,
    )


def follow_ups_view(person: Person, at: datetime, uow: EveryUnitOfWork) -> FollowUpsView:
    """Return what somebody is to do and what anybody may do; the service desk reads everybody's."""
    if person.roles & DESK_ROLES:
        found = uow.surveys.all_follow_ups(LISTED + 1)
    else:
        found = uow.surveys.follow_ups_for(person.id, LISTED + 1)
    return FollowUpsView(
        lines=tuple(_line(task, person.id, at, uow) for task in found[:LISTED]), more=len(found) > LISTED
    )


def nps_notice(audience: str, rating: Rating, number: str, key: str, *, waits: bool, asks: bool) -> Notice:
    """Return the question whether somebody who rated would recommend us, or in its place the thanks.

    Args:
        waits: more words of theirs in that chat go to the rating.
        asks: the answer is not there yet.
    """
    view = NpsView(
        rating_id=rating.id, number=number, score=rating.score, nps=rating.nps, open=asks, waits=waits
    )
    return Notice(
        audience=audience,
        card="nps",
        view=view.model_dump(mode="json"),
        dedupe_key=f"nps:{key}",
        subject_id=rating.id,
        living=True,
        anew=asks,
    )


def _line(task: FollowUp, person_id: UUID, at: datetime, uow: EveryUnitOfWork) -> FollowUpLine:
    order = uow.work_orders.get(task.work_order_id)
    return FollowUpLine(
        number=order.number,
        kind=task.kind,
        customer_name=customer_name(order, uow),
        contact=contact_of(order, uow),
        due_at=task.due_at,
        late=task.due_at < at,
        mine=task.assignee_id == person_id,
        owner_name=uow.name_of(task.assignee_id) if task.assignee_id is not None else "",
    )
