"""One function per tick: the clock finds what is due and asks the domain to look."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from domain.approval.commands import ReviewAbsence, ReviewProcess
from domain.dispatching.commands import DispatchWorkOrder
from domain.groups.commands import ReviewGroupMessage
from domain.intake.commands import Limits, ReviewDraft
from domain.kernel.messages import Cause, Command
from domain.survey.commands import ReviewFollowUp

log = logging.getLogger(__name__)

LOT = 100
"""Work orders looked at in one tick."""
RENEW_BEFORE = timedelta(hours=6)
"""How long before its end a card is shown anew; many work orders rest over a night."""


@contextmanager
def others_go_on(kind: str, key: UUID, step: str) -> Iterator[None]:
    """Log what one record of a lot fails with, so that it does not keep the others waiting."""
    try:
        yield
    except Exception:
        log.exception("%s %s could not be %s; the next tick tries again", kind, key, step)


def cause(kind: str, subject_id: UUID, at: datetime) -> Cause:
    """Return why the clock asks: whatever finds the same record at the same moment asks the same."""
    key = f"{kind}:{subject_id}:{at.isoformat()}"
    return Cause(actor_id="system", issued_at=at, idempotency_key=key)


class DueWork(Protocol):
    """Finds records whose moment has come, by an index."""

    def due_work_orders(self, now: datetime, limit: int) -> Sequence[UUID]:
        """Return work orders with `next_due_at` in the past, the longest due first."""


class DueDrafts(Protocol):
    """Finds requests whose moment has come, by an index."""

    def due_drafts(self, now: datetime, limit: int) -> Sequence[UUID]:
        """Return requests with `ready_at` in the past, the longest due first."""


class DueFollowUps(Protocol):
    """Finds calls whose time is over or whose caller left, by an index."""

    def due_follow_ups(self, now: datetime, limit: int) -> Sequence[UUID]:
        """Return follow-ups with `next_due_at` in the past, the longest due first."""


class DueGroupMessages(Protocol):
    """Finds messages in groups that nobody decided on, by an index."""

    def due_group_messages(self, now: datetime, limit: int) -> Sequence[UUID]:
        """Return messages with `due_at` in the past, the longest due first."""


class DueProcesses(Protocol):
    """Finds processes whose moment has come, and approvers who are not there, by an index."""

    def due_processes(self, now: datetime, limit: int) -> Sequence[UUID]:
        """Return processes with `next_due_at` in the past, the longest due first."""

    def absent_approvers(self, now: datetime, limit: int) -> Sequence[UUID]:
        """Return people whom something waits for though they are away now or have left."""


class DyingCards(Protocol):
    """Finds cards that can soon not be changed any more, by an index."""

    def renew_cards(self, now: datetime, before: datetime, limit: int) -> int:
        """Owe every card anew whose code ends before a moment, and return how many were looked at."""


def renew_cards(cards: DyingCards, now: Callable[[], datetime]) -> None:
    """Show every card anew before it dies, so that nobody presses one that cannot answer."""
    at = now()
    while cards.renew_cards(at, at + RENEW_BEFORE, LOT) == LOT:
        pass


def sweep_dispatch(
    due: DueWork,
    run: Callable[[Command], None],
    now: Callable[[], datetime],
    offer_timeout_s: int,
    choice_timeout_s: int = 600,
) -> None:
    """Ask the next technician for every work order that nobody has or whose offer ran out.

    Args:
        choice_timeout_s: how long a dispatcher has to choose among recommended technicians.
    """
    at = now()
    for work_order_id in due.due_work_orders(at, LOT):
        command = DispatchWorkOrder(
            work_order_id=work_order_id,
            offer_timeout_s=offer_timeout_s,
            choice_timeout_s=choice_timeout_s,
            **cause("dispatch", work_order_id, at),
        )
        with others_go_on("work order", work_order_id, "dispatched"):
            run(command)


def review_follow_ups(due: DueFollowUps, run: Callable[[Command], None], now: Callable[[], datetime]) -> None:
    """Remind of every call that is late, and take the calls of whoever left."""
    at = now()
    for follow_up_id in due.due_follow_ups(at, LOT):
        command = ReviewFollowUp(
            follow_up_id=follow_up_id,
            **cause("follow-up", follow_up_id, at),
        )
        with others_go_on("follow-up", follow_up_id, "reviewed"):
            run(command)


def review_drafts(
    due: DueDrafts,
    run: Callable[[Command], None],
    now: Callable[[], datetime],
    limits: Limits,
    is_read_again: Callable[[UUID, datetime], bool] | None = None,
) -> None:
    """Ask, sum up, remind or end every request whose moment has come.

    Args:
        is_read_again: hands a request to a second reader and returns whether it did; the request is due again
            when that reader's time is over.
    """
    at = now()
    for draft_id in due.due_drafts(at, LOT):
        command = ReviewDraft(
            draft_id=draft_id,
            limits=limits,
            **cause("draft", draft_id, at),
        )
        with others_go_on("draft", draft_id, "reviewed"):
            if is_read_again is None or not is_read_again(draft_id, at):
                run(command)


def review_group_messages(
    due: DueGroupMessages, run: Callable[[Command], None], now: Callable[[], datetime]
) -> None:
    """Remind of every message in a group that nobody decided on, or ask the service desk."""
    at = now()
    for request_id in due.due_group_messages(at, LOT):
        command = ReviewGroupMessage(
            request_id=request_id,
            **cause("group", request_id, at),
        )
        with others_go_on("group message", request_id, "reviewed"):
            run(command)


def review_processes(due: DueProcesses, run: Callable[[Command], None], now: Callable[[], datetime]) -> None:
    """Let time do what is due in every process."""
    at = now()
    for instance_id in due.due_processes(at, LOT):
        command = ReviewProcess(instance_id=instance_id, **cause("process", instance_id, at))
        with others_go_on("process", instance_id, "reviewed"):
            run(command)


def review_absences(due: DueProcesses, run: Callable[[Command], None], now: Callable[[], datetime]) -> None:
    """Give what waits for somebody who is away to their substitute."""
    at = now()
    for person_id in due.absent_approvers(at, LOT):
        away = ReviewAbsence(person_id=person_id, **cause("absence", person_id, at))
        with others_go_on("approver", person_id, "replaced"):
            run(away)
