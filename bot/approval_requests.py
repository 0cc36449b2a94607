"""Whoever asks for an approval: begins, withdraws, nudges, comments, hands in again."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from bot.approval_facts import Asked, Unclear, read_amount
from bot.approval_finding import RUNNING, fitting, matter_pressed, request_meant, waiting_of
from bot.approval_starting import process_called, request_example
from bot.approval_words import ApprovalWords, Deed
from bot.dialogue.approving import answer, ask, asked_about, settled
from bot.errors import ApprovalNotNamed, RequestAmountUnclear
from bot.field_orders import order_numbered
from bot.intents import Wish, Words
from bot.parts import Pressed
from bot.ports import BotUnitOfWork
from bot.replies import DONE, Outcome, Said, say
from cards.approval_lists import about
from cards.text_approval import (
    COMMENTED,
    NOT_NUMBERED,
    NUDGED,
    REQUEST_GOES_TO,
    REQUEST_OPEN,
    REQUEST_ORDER,
    REQUESTED,
    RESUBMITTED,
    TOOK_BACK,
    WITHDREW,
)
from domain.approval.commands import (
    COMMENT_LIMIT,
    CommentOnProcess,
    ExpediteApproval,
    ResubmitRequest,
    StartRequest,
    TakeBackTask,
    WithdrawRequest,
)
from domain.approval.model import ProcessInstance
from domain.kernel.bus import Bus
from domain.people.model import Person
from domain.policies.approval_views import asker_of

RETURNED = frozenset({"returned"})
EXAMPLE = "SP-20261130-0001"


class Requests:
    """What is said by, or to, whoever asks for an approval."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def start(self, said: Said, words: ApprovalWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Begin a process: `申请 折扣 WO-… 500元 老客户`, in any order.

        Raises:
            RequestUnknown: no request goes by any of the words.
        """
        published, rest = process_called(words, uow)
        order = order_numbered(words.number, person, uow) if words.number else None
        asked = _amount_in(rest, request_example(published, words.number))
        command = StartRequest(
            instance_id=uuid4(),
            name=published.definition.name,
            work_order_id=order.id if order is not None else None,
            amount_fen=asked.amount_fen,
            reason=asked.rest[:COMMENT_LIMIT],
            **said.cause(person.id),
        )
        self._bus.handle(command, uow)
        number = uow.processes.get(command.instance_id).number
        names = _waited_for(command.instance_id, uow)
        text = REQUESTED.format(
            about=about(published.definition.title, number, asked.amount_fen),
            order=REQUEST_ORDER.format(number=order.number) if order is not None else "",
            waits=REQUEST_GOES_TO.format(names="、".join(names)) if names else REQUEST_OPEN,
        )
        return say(uow, said, text, privately=True)

    def withdraw(self, said: Said, words: ApprovalWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Withdraw a request: `撤回 SP-…`; the only one needs no number."""
        found = request_meant(said, words, RUNNING | RETURNED, person, uow, _asked_by(person))
        if isinstance(found, Outcome):
            return found
        self._bus.handle(WithdrawRequest(instance_id=found.id, **said.cause(person.id)), uow)
        return say(uow, said, WITHDREW.format(number=found.number), privately=True)

    def take_back(self, said: Said, words: ApprovalWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Take one's own last decision back: `拿回 SP-…`.

        Raises:
            ApprovalNotNamed: no number was said.
        """
        if not words.named:
            raise ApprovalNotNamed(words=words.word, example=f"拿回 {EXAMPLE}")

        def decided(instance: ProcessInstance) -> bool:
            tasks = uow.processes.tasks(instance.id)
            return any(one.assignee_id == person.id and one.closed_at is not None for one in tasks)

        found = request_meant(said, words, RUNNING | RETURNED, person, uow, decided)
        if isinstance(found, Outcome):
            return found
        self._bus.handle(TakeBackTask(instance_id=found.id, **said.cause(person.id)), uow)
        return say(uow, said, TOOK_BACK.format(number=found.number), privately=True)

    def expedite(self, said: Said, words: ApprovalWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Nudge whoever is to approve: `催办 SP-…`."""
        found = request_meant(said, words, RUNNING, person, uow)
        if isinstance(found, Outcome):
            return found
        self._bus.handle(ExpediteApproval(instance_id=found.id, **said.cause(person.id)), uow)
        return say(uow, said, NUDGED.format(number=found.number), privately=True)

    def resubmit(self, said: Said, words: ApprovalWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Hand in again what was sent back: `重新提交 SP-… 4500元 已降价`."""
        found = request_meant(said, words, RETURNED, person, uow, _asked_by(person))
        if isinstance(found, Outcome):
            return found
        asked = _amount_in(words.rest, f"重新提交 {found.number} 4500元 原因")
        command = ResubmitRequest(
            instance_id=found.id,
            amount_fen=asked.amount_fen,
            reason=asked.rest[:COMMENT_LIMIT],
            **said.cause(person.id),
        )
        self._bus.handle(command, uow)
        return say(uow, said, RESUBMITTED.format(number=found.number), privately=True)

    def press_resubmit(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Ask what changed, for a press carries no words."""
        return ask(said, Deed.RESUBMIT, matter_pressed(pressed, person, uow), uow)

    def press_withdraw(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Withdraw by press; the changed card is the answer."""
        matter_pressed(pressed, person, uow)
        task = uow.processes.task(pressed.action.subject_id)
        if task is not None:
            self._bus.handle(WithdrawRequest(instance_id=task.instance_id, **said.cause(person.id)), uow)
        return DONE

    def go_on(
        self, said: Said, words: Words, data: dict[str, Any], person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        """Take what changed; “确认” hands in the same again."""
        text = answer(said, words, data, uow)
        if not text:
            return DONE
        _, matter = asked_about(data)
        changed = "" if words.wish is Wish.CONFIRM else text
        settled(said, uow)
        return self.resubmit(said, ApprovalWords(Deed.RESUBMIT, "", matter.number, rest=changed), person, uow)

    def comment(self, said: Said, words: ApprovalWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Say something about a process: `评论 SP-… 内容`; the only one that waits needs no number.

        Raises:
            ApprovalNotNamed: there are no words, or nobody knows what they are about.
        """
        example = ApprovalNotNamed(words=words.word, example=f"评论 {words.number or EXAMPLE} 内容")
        if not words.rest:
            raise example
        if words.number:
            commented = self.remark(said, words.number, words.rest, person, uow)
            unknown = NOT_NUMBERED.format(number=words.number)
            return commented or say(uow, said, unknown, privately=True)
        fits = fitting(said, words, person, uow) if words.named else waiting_of(person, uow)
        if not fits and words.tail:
            meant = request_meant(said, words, RUNNING | RETURNED, person, uow)
            if isinstance(meant, Outcome):
                return meant
            return self._comment(said, meant.id, meant.number, words.rest, person, uow)
        task = uow.processes.task(fits[0].task_id) if len(fits) == 1 else None
        if task is None:
            raise example
        return self._comment(said, task.instance_id, fits[0].number, words.rest, person, uow)

    def remark(
        self, said: Said, number: str, text: str, person: Person, uow: BotUnitOfWork
    ) -> Outcome | None:
        """Comment on what goes by a number; None where this person takes no part in any of it."""
        for instance in uow.processes.by_number(number):
            takes_part = str(person.id) in (str(instance.initiator_id), asker_of(instance)) or any(
                one.assignee_id == person.id for one in uow.processes.tasks(instance.id)
            )
            if takes_part:
                return self._comment(said, instance.id, number, text, person, uow)
        return None

    def _comment(
        self, said: Said, instance_id: UUID, number: str, text: str, person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        said_now = text[:COMMENT_LIMIT]
        command = CommentOnProcess(instance_id=instance_id, text=said_now, **said.cause(person.id))
        self._bus.handle(command, uow)
        return say(uow, said, COMMENTED.format(number=number), privately=True)


def _asked_by(person: Person) -> Callable[[ProcessInstance], bool]:
    return lambda instance: instance.initiator_id == person.id


def _amount_in(text: str, example: str) -> Asked:
    try:
        return read_amount(text)
    except Unclear as unclear:
        raise RequestAmountUnclear(amount=str(unclear), example=example) from unclear


def _waited_for(instance_id: UUID, uow: BotUnitOfWork) -> list[str]:
    tasks = uow.processes.tasks(instance_id)
    return [uow.name_of(one.assignee_id) for one in tasks if one.closed_at is None]
