"""Handlers of what is said about a work order, and of who shares it."""

from uuid import UUID, uuid4

from domain.kernel.messages import Cause
from domain.workorder.closing_commands import ReopenWorkOrder
from domain.workorder.commands import (
    AddWorkOrderNote,
    ChangeOrderType,
    ChangePriority,
    EstimateDuration,
    JoinWorkOrder,
    LeaveWorkOrder,
    MergeWorkOrders,
    RelayWords,
    ReportAgain,
)
from domain.workorder.errors import AlreadyReporter, MergeImpossible, NotAReporter, WorkOrderNotFound
from domain.workorder.events import (
    EstimateChanged,
    OrderTypeChanged,
    PriorityChanged,
    ReporterJoined,
    ReporterLeft,
    WordsRelayed,
    WorkOrderNoteAdded,
)
from domain.workorder.handlers.closing import is_reporter, reopen_work_order
from domain.workorder.handlers.happen import answer_offer, happen
from domain.workorder.lifecycle import offering
from domain.workorder.lifecycle.field import reason_needed
from domain.workorder.model import Reporter, WorkOrder
from domain.workorder.ports import WorkOrderUnitOfWork
from domain.workorder.status import DONE, ENDED, Status

STILL_BROKEN = "客户再次反映同一故障：{words}"
REASON_CHARS = 200


def add_work_order_note(cmd: AddWorkOrderNote, uow: WorkOrderUnitOfWork) -> None:
    """Add words, a picture or a place to the time line of a work order that is not over."""
    order = _living(cmd.work_order_id, uow)
    uow.record(
        WorkOrderNoteAdded(
            occurred_at=cmd.issued_at,
            actor_id=cmd.actor_id,
            work_order_id=order.id,
            kind=cmd.kind,
            text=cmd.text,
            media_ref=cmd.media_ref,
        )
    )


def relay_words(cmd: RelayWords, uow: WorkOrderUnitOfWork) -> None:
    """Let customer and technician speak to each other; what was said stays on the time line."""
    order = _living(cmd.work_order_id, uow)
    uow.record(
        WordsRelayed(
            occurred_at=cmd.issued_at,
            actor_id=cmd.actor_id,
            work_order_id=order.id,
            to=cmd.to,
            text=cmd.text,
            files=cmd.files,
            source_key=cmd.source_key,
        )
    )


def change_priority(cmd: ChangePriority, uow: WorkOrderUnitOfWork) -> None:
    """Make it more or less urgent, for a reason."""
    order = _living(cmd.work_order_id, uow)
    reason = reason_needed(cmd.reason, f"优先级 {order.number} P1 客户停产")
    if order.priority != cmd.priority.value:
        event = PriorityChanged(
            occurred_at=cmd.issued_at,
            actor_id=cmd.actor_id,
            work_order_id=order.id,
            before=order.priority,
            after=cmd.priority.value,
            reason=reason,
        )
        happen(uow, order, event)


def change_order_type(cmd: ChangeOrderType, uow: WorkOrderUnitOfWork) -> None:
    """Make it another kind of work, for a reason."""
    order = _living(cmd.work_order_id, uow)
    reason = reason_needed(cmd.reason, f"类型 {order.number} 投诉 客户要求赔偿")
    if order.type != cmd.type.value:
        event = OrderTypeChanged(
            occurred_at=cmd.issued_at,
            actor_id=cmd.actor_id,
            work_order_id=order.id,
            before=order.type,
            after=cmd.type.value,
            reason=reason,
        )
        happen(uow, order, event)


def estimate_duration(cmd: EstimateDuration, uow: WorkOrderUnitOfWork) -> None:
    """Note how long the work is expected to take."""
    order = _living(cmd.work_order_id, uow)
    event = EstimateChanged(
        occurred_at=cmd.issued_at,
        actor_id=cmd.actor_id,
        work_order_id=order.id,
        minutes=cmd.minutes,
        reason=cmd.reason,
    )
    happen(uow, order, event)


def join_work_order(cmd: JoinWorkOrder, uow: WorkOrderUnitOfWork) -> None:
    """Keep one more reporter informed.

    Raises:
        AlreadyReporter: they are told already.
        WorkOrderNotFound: it is over.
    """
    order = _living(cmd.work_order_id, uow)
    if is_reporter(str(cmd.person_id), order, uow):
        raise AlreadyReporter(number=order.number)
    left = [one for one in uow.work_orders.reporters(order.id) if one.person_id == cmd.person_id]
    if left:
        left[0].left_at, left[0].words = None, cmd.words
    else:
        uow.work_orders.add_reporter(
            Reporter(
                id=uuid4(),
                work_order_id=order.id,
                person_id=cmd.person_id,
                conversation=cmd.conversation,
                words=cmd.words,
                source_key=cmd.source_key,
                joined_at=cmd.issued_at,
            )
        )
    event = ReporterJoined(
        occurred_at=cmd.issued_at,
        actor_id=cmd.actor_id,
        work_order_id=order.id,
        person_id=cmd.person_id,
        conversation=cmd.conversation,
        words=cmd.words,
    )
    happen(uow, order, event)


def report_again(cmd: ReportAgain, uow: WorkOrderUnitOfWork) -> None:
    """Open a finished work order again; add a reporter, or the words of one who is told already.

    Source: docs/reference/intake.md, rule RQ-8.
    """
    order = uow.work_orders.get(cmd.work_order_id)
    cause = Cause(actor_id=cmd.actor_id, issued_at=cmd.issued_at, idempotency_key=cmd.idempotency_key)
    if order.state in DONE or order.state is Status.CLOSED:
        reason = STILL_BROKEN.format(words=cmd.words[:REASON_CHARS])
        reopen_work_order(ReopenWorkOrder(work_order_id=order.id, reason=reason, **cause), uow)
    if is_reporter(str(cmd.person_id), order, uow):
        note = AddWorkOrderNote(work_order_id=order.id, kind="text", text=cmd.words, **cause)
        add_work_order_note(note, uow)
    else:
        join_work_order(JoinWorkOrder.model_validate(cmd.model_dump()), uow)


def leave_work_order(cmd: LeaveWorkOrder, uow: WorkOrderUnitOfWork) -> None:
    """Stop telling a reporter.

    Raises:
        NotAReporter: they never joined, or left already.
    """
    order = uow.work_orders.get(cmd.work_order_id)
    for one in uow.work_orders.reporters(order.id):
        if one.person_id == cmd.person_id and one.left_at is None:
            one.left_at = cmd.issued_at
            event = ReporterLeft(
                occurred_at=cmd.issued_at,
                actor_id=cmd.actor_id,
                work_order_id=order.id,
                person_id=cmd.person_id,
            )
            happen(uow, order, event)
            return
    raise NotAReporter(number=order.number)


def merge_work_orders(cmd: MergeWorkOrders, uow: WorkOrderUnitOfWork) -> None:
    """End one work order in favour of another of the same customer; its reporters go along.

    Both are locked in the order of their ids, so that two merges cannot wait for each other.
    """
    for one in sorted((cmd.work_order_id, cmd.into_id)):
        uow.work_orders.get(one)
    order, into = uow.work_orders.get(cmd.work_order_id), uow.work_orders.get(cmd.into_id)
    if order.customer_id != into.customer_id:
        raise MergeImpossible(number=order.number, target=into.number)
    event = offering.merge(order, into, actor_id=cmd.actor_id, at=cmd.issued_at)
    answer_offer(uow, order, "withdrawn", "", cmd.issued_at)
    _move_reporters(cmd, order, into, uow)
    happen(uow, order, event)


def _move_reporters(
    cmd: MergeWorkOrders, order: WorkOrder, into: WorkOrder, uow: WorkOrderUnitOfWork
) -> None:
    moved: list[tuple[UUID, str, str]] = [(order.requester_id, order.origin, order.description)]
    moved += [
        (one.person_id, one.conversation, one.words)
        for one in uow.work_orders.reporters(order.id)
        if one.left_at is None
    ]
    for person_id, conversation, words in moved:
        if is_reporter(str(person_id), into, uow):
            continue
        join = JoinWorkOrder(
            actor_id=cmd.actor_id,
            issued_at=cmd.issued_at,
            idempotency_key=cmd.idempotency_key,
            work_order_id=into.id,
            person_id=person_id,
            conversation=conversation,
            words=words,
            source_key=f"merge:{order.id}",
        )
        join_work_order(join, uow)


def _living(work_order_id: UUID, uow: WorkOrderUnitOfWork) -> WorkOrder:
    order = uow.work_orders.get(work_order_id)
    if order.state in ENDED:
        raise WorkOrderNotFound(number=order.number)
    return order
