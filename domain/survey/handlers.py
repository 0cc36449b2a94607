"""Handlers of ratings and follow-ups: fetch, decide, apply, record."""

from uuid import UUID, uuid4

from domain.kernel.errors import NotFound
from domain.kernel.messages import Cause
from domain.survey import rules
from domain.survey.commands import (
    ExtendRating,
    FinishFollowUp,
    PassOnFollowUp,
    RateService,
    RecordFollowUp,
)
from domain.survey.events import (
    FollowUpCreated,
    FollowUpFinished,
    FollowUpPassedOn,
    FollowUpPutOff,
    FollowUpReminded,
    RatingExtended,
    ServiceRated,
)
from domain.survey.model import Change, FollowUp, Kind, Rating, Result
from domain.survey.ports import SurveyUnitOfWork


def rate_service(cmd: RateService, uow: SurveyUnitOfWork) -> None:
    """Keep a reporter's rating, or its correction."""
    job = uow.surveys.job(cmd.work_order_id)
    person_id = UUID(cmd.actor_id)
    earlier = uow.surveys.rating_of(cmd.work_order_id, person_id)
    rules.may_rate(job, earlier, cmd.score, cmd.issued_at)
    before = earlier.score if earlier is not None else None
    rating = earlier or Rating(id=cmd.rating_id, work_order_id=cmd.work_order_id, person_id=person_id)
    rating.score, rating.rated_at = cmd.score, cmd.issued_at
    rating.comment = cmd.comment or (earlier.comment if earlier is not None else "")
    if earlier is None:
        uow.surveys.add_rating(rating)
    uow.record(
        ServiceRated(
            occurred_at=cmd.issued_at,
            actor_id=cmd.actor_id,
            rating_id=rating.id,
            work_order_id=cmd.work_order_id,
            person_id=person_id,
            score=cmd.score,
            comment=cmd.comment,
            before=before,
        )
    )


def extend_rating(cmd: ExtendRating, uow: SurveyUnitOfWork) -> None:
    """Keep what else the same reporter said; a later word takes the place of an earlier one.

    Raises:
        NotFound: it is somebody else's rating.
        ScoreOutOfRange: the recommendation is not 0 to 10.
    """
    rating = uow.surveys.rating(cmd.rating_id)
    if str(rating.person_id) != cmd.actor_id or rating.work_order_id != cmd.work_order_id:
        raise NotFound(what="评价")
    if cmd.nps is not None:
        rating.nps = rules.in_range(cmd.nps, rules.NPS, "9")
    if cmd.comment:
        rating.comment = cmd.comment
    uow.record(
        RatingExtended(
            occurred_at=cmd.issued_at,
            actor_id=cmd.actor_id,
            rating_id=rating.id,
            work_order_id=rating.work_order_id,
            person_id=rating.person_id,
            nps=cmd.nps,
            comment=cmd.comment,
        )
    )


def finish_follow_up(cmd: FinishFollowUp, uow: SurveyUnitOfWork) -> None:
    """Keep what a call brought; a customer who did not answer is called again."""
    task = uow.surveys.follow_up(cmd.follow_up_id)
    rules.may_finish(task, uow.surveys.job(task.work_order_id).number, cmd.seen_version)
    _checked(cmd.score)
    _finish(task, cmd, uow)


def record_follow_up(cmd: RecordFollowUp, uow: SurveyUnitOfWork) -> None:
    """Finish everything that is open about a work order; without any, keep the call as one of its own."""
    job = uow.surveys.job(cmd.work_order_id)
    rules.may_follow_up(job)
    _checked(cmd.score)
    tasks = uow.surveys.open_follow_ups(cmd.work_order_id)
    if not tasks:
        cause = Cause(actor_id=cmd.actor_id, issued_at=cmd.issued_at, idempotency_key=cmd.idempotency_key)
        tasks = [create_follow_up(cmd.work_order_id, Kind.ROUTINE, UUID(cmd.actor_id), cause, uow)]
    for task in tasks:
        _finish(task, cmd, uow)


def pass_on_follow_up(cmd: PassOnFollowUp, uow: SurveyUnitOfWork) -> None:
    """Give a follow-up to somebody else; it is due when it was."""
    task = uow.surveys.follow_up(cmd.follow_up_id)
    rules.may_finish(task, uow.surveys.job(task.work_order_id).number, cmd.seen_version)
    if task.assignee_id == cmd.person_id:
        return
    cause = Cause(actor_id=cmd.actor_id, issued_at=cmd.issued_at, idempotency_key=cmd.idempotency_key)
    give_follow_up(task, cmd.person_id, cause, uow)


def give_follow_up(
    task: FollowUp, to_id: UUID | None, cause: Cause, uow: SurveyUnitOfWork, *, left: bool = False
) -> None:
    """Let somebody else have an open follow-up, or nobody.

    Args:
        left: whoever had it is not there any more.
    """
    event = FollowUpPassedOn(
        occurred_at=cause["issued_at"],
        actor_id=cause["actor_id"],
        follow_up_id=task.id,
        work_order_id=task.work_order_id,
        from_id=task.assignee_id,
        to_id=to_id,
        next_due_at=rules.next_look(task.due_at, task.reminded),
        left=left,
    )
    _happen(task, event, uow)


def remind(task: FollowUp, cause: Cause, uow: SurveyUnitOfWork) -> None:
    """Note that the time for a call is over, once for each who hears of it."""
    times = task.reminded + 1
    event = FollowUpReminded(
        occurred_at=cause["issued_at"],
        actor_id=cause["actor_id"],
        follow_up_id=task.id,
        work_order_id=task.work_order_id,
        kind=task.kind,
        due_at=task.due_at,
        times=times,
        next_due_at=rules.next_look(task.due_at, times),
    )
    _happen(task, event, uow)


def create_follow_up(
    work_order_id: UUID, kind: Kind, assignee_id: UUID | None, cause: Cause, uow: SurveyUnitOfWork
) -> FollowUp:
    """Owe the customer of a work order a call."""
    at = cause["issued_at"]
    task = FollowUp(
        id=uuid4(),
        work_order_id=work_order_id,
        kind=kind.value,
        assignee_id=assignee_id,
        due_at=at + rules.DUE_WITHIN[kind],
        created_at=at,
        done_at=None,
        result="",
        score=None,
        note="",
        attempts=0,
        next_due_at=at + rules.DUE_WITHIN[kind],
        reminded=0,
    )
    uow.surveys.add_follow_up(task)
    uow.record(
        FollowUpCreated(
            occurred_at=at,
            actor_id=cause["actor_id"],
            follow_up_id=task.id,
            work_order_id=work_order_id,
            kind=kind.value,
            assignee_id=assignee_id,
            due_at=task.due_at,
        )
    )
    return task


def withdraw_follow_up(task: FollowUp, cause: Cause, uow: SurveyUnitOfWork) -> None:
    """End a follow-up that nobody needs any more."""
    event = FollowUpFinished(
        occurred_at=cause["issued_at"],
        actor_id=cause["actor_id"],
        follow_up_id=task.id,
        work_order_id=task.work_order_id,
        kind=task.kind,
        result=Result.WITHDRAWN.value,
    )
    _happen(task, event, uow)


def _checked(score: int | None) -> None:
    if score is not None:
        rules.in_range(score, rules.SCORES, "5分")


def _finish(task: FollowUp, cmd: FinishFollowUp | RecordFollowUp, uow: SurveyUnitOfWork) -> None:
    if cmd.result == Result.UNREACHABLE.value and rules.is_put_off(task):
        put_off = FollowUpPutOff(
            occurred_at=cmd.issued_at,
            actor_id=cmd.actor_id,
            follow_up_id=task.id,
            work_order_id=task.work_order_id,
            due_at=cmd.issued_at + rules.TRIED_AGAIN_AFTER,
            attempts=task.attempts + 1,
        )
        _happen(task, put_off, uow)
        return
    finished = FollowUpFinished(
        occurred_at=cmd.issued_at,
        actor_id=cmd.actor_id,
        follow_up_id=task.id,
        work_order_id=task.work_order_id,
        kind=task.kind,
        result=cmd.result,
        score=cmd.score,
        note=cmd.note,
    )
    _happen(task, finished, uow)


def _happen(task: FollowUp, event: Change, uow: SurveyUnitOfWork) -> None:
    task.apply(event)
    uow.record(event)
