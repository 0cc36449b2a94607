"""What people do with approvals: each wish becomes one step of the engine."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from domain.approval.commands import (
    AddApprovers,
    AgreeTask,
    AskInitiator,
    CommentOnProcess,
    DelegateTask,
    EntrustTask,
    ExpediteApproval,
    HandOverTasks,
    RefuseTask,
    RemoveApprover,
    ResubmitRequest,
    ReturnTask,
    ReviewProcess,
    TakeBackTask,
    TaskCommand,
    WithdrawRequest,
)
from domain.approval.errors import AmountChanged, AmountZero, NudgedAlready
from domain.approval.model import ProcessInstance
from domain.engine import process as engine
from domain.engine.process.errors import NothingToTakeBack
from domain.engine.process.events import Nudged
from domain.kernel.localtime import local_time
from domain.kernel.messages import Command
from domain.kernel.money import grouped_yuan
from domain.policies.ports import EveryUnitOfWork
from domain.policies.process_fields import AMOUNT
from domain.policies.process_requests import asks_amount, reason_shown
from domain.policies.process_stepping import (
    definition_of,
    hand_over,
    is_own,
    last_step,
    locked,
    locked_task,
    state_of,
    step,
)

INITIATOR = "initiator"
NO_AMOUNT = "未填写"
NUDGED_EVERY = timedelta(minutes=30)


def agree_task(cmd: AgreeTask, uow: EveryUnitOfWork) -> None:
    """Agree to what was seen.

    Raises:
        AmountChanged: the card that was pressed shows an earlier amount.
    """
    instance, task = locked_task(cmd.task_id, uow)
    state = state_of(instance)
    is_theirs = task.closed_at is None and str(task.assignee_id) == cmd.actor_id
    if is_theirs and cmd.seen_rev is not None and cmd.seen_rev < state.changed.get(AMOUNT, 0):
        amount = state.data.get(AMOUNT)
        words = f"{grouped_yuan(amount)} 元" if amount is not None else NO_AMOUNT
        raise AmountChanged(number=instance.number, amount=words)
    _on_task(cmd, uow, engine.Agree, comment=cmd.comment.strip())


def refuse_task(cmd: RefuseTask, uow: EveryUnitOfWork) -> None:
    """Refuse."""
    _on_task(cmd, uow, engine.Refuse, comment=cmd.comment.strip())


def return_task(cmd: ReturnTask, uow: EveryUnitOfWork) -> None:
    """Send it back; of a work order's own process, the last milestone is done again, not all of them."""
    instance, task = locked_task(cmd.task_id, uow)
    to = cmd.to
    if to == INITIATOR and is_own(instance):
        to = last_step(instance, uow) or to
    back = engine.Return(
        actor=cmd.actor_id,
        task=task.id,
        to=to,
        then="straight" if cmd.straight else "again",
        comment=cmd.comment.strip(),
    )
    _step(instance, back, cmd, uow)


def delegate_task(cmd: DelegateTask, uow: EveryUnitOfWork) -> None:
    """Hand the task over."""
    _on_task(cmd, uow, engine.Delegate, to=_staff(cmd.to_id, uow), comment=cmd.comment.strip())


def entrust_task(cmd: EntrustTask, uow: EveryUnitOfWork) -> None:
    """Let somebody look at it first."""
    _on_task(cmd, uow, engine.Entrust, to=_staff(cmd.to_id, uow), comment=cmd.comment.strip())


def add_approvers(cmd: AddApprovers, uow: EveryUnitOfWork) -> None:
    """Ask others too."""
    people = tuple(_staff(one, uow) for one in cmd.people)
    _on_task(cmd, uow, engine.AddApprovers, people=people, where=cmd.where)


def remove_approver(cmd: RemoveApprover, uow: EveryUnitOfWork) -> None:
    """Take an added approver out again."""
    _on_task(cmd, uow, engine.RemoveApprover)


def ask_initiator(cmd: AskInitiator, uow: EveryUnitOfWork) -> None:
    """Ask whoever wants the approval a question."""
    instance, _ = locked_task(cmd.task_id, uow)
    _step(instance, engine.Comment(actor=cmd.actor_id, text=cmd.question.strip()), cmd, uow)


def comment_on_process(cmd: CommentOnProcess, uow: EveryUnitOfWork) -> None:
    """Say something about it."""
    comment = engine.Comment(actor=cmd.actor_id, text=cmd.text.strip(), files=cmd.files)
    _step(locked(cmd.instance_id, uow), comment, cmd, uow)


def withdraw_request(cmd: WithdrawRequest, uow: EveryUnitOfWork) -> None:
    """End a request that nobody needs any more."""
    _step(locked(cmd.instance_id, uow), engine.Withdraw(actor=cmd.actor_id), cmd, uow)


def take_back_task(cmd: TakeBackTask, uow: EveryUnitOfWork) -> None:
    """Take back the last decision of whoever asks.

    Raises:
        NothingToTakeBack: they decided nothing, or somebody went on since.
    """
    instance = locked(cmd.instance_id, uow)
    mine = [one for one in uow.processes.tasks(instance.id) if one.closed_by == cmd.actor_id]
    last = max(mine, key=lambda one: one.closed_at or one.opened_at, default=None)
    if last is None:
        raise NothingToTakeBack
    _step(instance, engine.TakeBack(actor=cmd.actor_id, task=last.id), cmd, uow)


def expedite_approval(cmd: ExpediteApproval, uow: EveryUnitOfWork) -> None:
    """Nudge whoever is to decide, once in half an hour.

    Raises:
        NudgedAlready: they were nudged just before.
    """
    instance = locked(cmd.instance_id, uow)
    nudges = uow.histories.facts([instance.id], [Nudged.__name__])
    if nudges and cmd.issued_at - nudges[0].occurred_at < NUDGED_EVERY:
        raise NudgedAlready(number=instance.number, time=local_time(nudges[0].occurred_at))
    _step(instance, engine.Nudge(actor=cmd.actor_id), cmd, uow)


def resubmit_request(cmd: ResubmitRequest, uow: EveryUnitOfWork) -> None:
    """Hand it in again; what is said with it stands beside the reason it was asked for.

    Raises:
        AmountZero: its rules ask for an amount, and it is nothing.
    """
    instance = locked(cmd.instance_id, uow)
    if cmd.amount_fen == 0 and asks_amount(definition_of(instance, uow)):
        title, words = definition_of(instance, uow).title, f"重新提交 {instance.number}"
        raise AmountZero(title=title, words=words, reason=reason_shown(cmd.reason))
    data = {AMOUNT: cmd.amount_fen} if cmd.amount_fen is not None else {}
    resubmit = engine.Resubmit(actor=cmd.actor_id, data=data, comment=cmd.reason.strip())
    _step(instance, resubmit, cmd, uow)


def review_process(cmd: ReviewProcess, uow: EveryUnitOfWork) -> None:
    """Let time do what is due; checked again under the lock, so any number of schedulers may find it."""
    instance = locked(cmd.instance_id, uow)
    if instance.next_due_at is not None and instance.next_due_at <= cmd.issued_at:
        _step(instance, engine.Tick(actor=cmd.actor_id), cmd, uow)


def hand_over_tasks(cmd: HandOverTasks, uow: EveryUnitOfWork) -> None:
    """Give everything open to somebody else."""
    hand_over(cmd.from_id, _staff(cmd.to_id, uow), cmd, uow)


def _on_task(cmd: TaskCommand, uow: EveryUnitOfWork, make: Callable[..., engine.Ask], **what: Any) -> None:
    instance, task = locked_task(cmd.task_id, uow)
    _step(instance, make(actor=cmd.actor_id, task=task.id, **what), cmd, uow)


def _step(instance: ProcessInstance, command: engine.Ask, cmd: Command, uow: EveryUnitOfWork) -> None:
    step(instance, command, cmd.issued_at, uow)


def _staff(person_id: UUID, uow: EveryUnitOfWork) -> str:
    """Return the id of somebody who may decide."""
    return str(uow.people.get(person_id).id)
