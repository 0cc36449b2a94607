"""Handlers of messages in groups: fetch, decide, apply, record."""

from datetime import timedelta

from domain.groups.commands import (
    AddToGroupMessage,
    ResolveGroupMessage,
    ReviewGroupMessage,
    TakeGroupMessage,
)
from domain.groups.errors import GroupStepNotPossible
from domain.groups.events import (
    GroupMessageExtended,
    GroupMessageOverdue,
    GroupMessageResolved,
    GroupMessageTaken,
)
from domain.groups.model import GroupRequest
from domain.groups.outcome import Outcome, check_way
from domain.groups.ports import GroupsUnitOfWork

REMIND_AFTER = timedelta(minutes=30)
DESK_AFTER = timedelta(hours=2)
"""After the reminder."""


def take_group_message(cmd: TakeGroupMessage, uow: GroupsUnitOfWork) -> None:
    """Keep a message, so that it ends as something and can be corrected."""
    facts = cmd.model_dump(
        exclude={"request_id", "outcome", "actor_id", "issued_at", "idempotency_key", "details"}
    )
    uow.group_requests.add(
        GroupRequest(
            id=cmd.request_id,
            state=cmd.outcome.value,
            details=cmd.details,
            linked=False,
            created_at=cmd.issued_at,
            due_at=cmd.issued_at + REMIND_AFTER if cmd.outcome is Outcome.OPEN else None,
            reminders=0,
            **facts,
        )
    )
    uow.record(
        GroupMessageTaken(
            occurred_at=cmd.issued_at,
            actor_id=cmd.actor_id,
            request_id=cmd.request_id,
            outcome=cmd.outcome,
            source_key=cmd.source_key,
        )
    )
    if cmd.outcome is Outcome.NOT_A_REQUEST:
        uow.record(
            GroupMessageResolved(
                occurred_at=cmd.issued_at,
                actor_id=cmd.actor_id,
                request_id=cmd.request_id,
                before=Outcome.OPEN,
                outcome=cmd.outcome,
            )
        )


def add_to_group_message(cmd: AddToGroupMessage, uow: GroupsUnitOfWork) -> None:
    """Keep what was added to a message that nobody decided on yet.

    Raises:
        GroupCardOutdated: somebody else changed it since the pressed card was shown.
        GroupStepNotPossible: it has ended.
    """
    request = uow.group_requests.get(cmd.request_id)
    check_way(request.outcome, Outcome.LINKED, version=request.version, seen_version=cmd.seen_version)
    if request.outcome is not Outcome.OPEN:
        raise GroupStepNotPossible
    request.words = "\n".join(filter(None, (request.words, cmd.words)))
    request.customer_id, request.asset_id, request.details = cmd.customer_id, cmd.asset_id, cmd.details
    request.priority = cmd.priority or request.priority
    event = GroupMessageExtended(
        occurred_at=cmd.issued_at,
        actor_id=cmd.actor_id,
        request_id=request.id,
        words=cmd.words,
        asset_id=cmd.asset_id,
    )
    uow.record(event)


def review_group_message(cmd: ReviewGroupMessage, uow: GroupsUnitOfWork) -> None:
    """Remind the group once, then ask the service desk once; checked again under the lock.

    Source: docs/reference/intake.md, rule RQ-19.
    """
    request = uow.group_requests.get(cmd.request_id)
    if request.due_at is None or request.due_at > cmd.issued_at:
        return
    to_desk = request.reminders > 0
    request.reminders += 1
    request.due_at = None if to_desk else cmd.issued_at + DESK_AFTER
    uow.record(
        GroupMessageOverdue(
            occurred_at=cmd.issued_at, actor_id=cmd.actor_id, request_id=request.id, to_desk=to_desk
        )
    )


def resolve_group_message(cmd: ResolveGroupMessage, uow: GroupsUnitOfWork) -> None:
    """Let a message end as what somebody says it was."""
    request = uow.group_requests.get(cmd.request_id)
    check_way(request.outcome, cmd.outcome, version=request.version, seen_version=cmd.seen_version)
    event = GroupMessageResolved(
        occurred_at=cmd.issued_at,
        actor_id=cmd.actor_id,
        request_id=request.id,
        before=request.outcome,
        outcome=cmd.outcome,
        work_order_id=cmd.order_id,
        joined=cmd.joined,
    )
    request.apply(event)
    uow.record(event)
