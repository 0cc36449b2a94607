"""Which approval somebody means: of those that wait for them, or of those they asked for."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from bot.approval_numbers import called, show_named, takes_part
from bot.approval_words import ApprovalWords, Deed
from bot.parts import Pressed
from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said, say, show
from cards.approval_lists import about, line_reason
from cards.text_approval import (
    LINE_OF_LIST,
    NO_REQUEST,
    NO_TASKS,
    NOT_LISTED,
    NOT_NUMBERED,
    ONE_BY_ONE,
    OVER,
    WHICH_LINE,
    WHICH_REQUEST,
    WHICH_REQUEST_LINE,
    WHICH_TASK,
)
from domain.approval.errors import NoApprovals
from domain.approval.model import ProcessInstance, ProcessTask
from domain.approval.views import ApprovalView, RequestLine, TaskLine
from domain.kernel.messages import Message
from domain.people.model import Person
from domain.policies.approval_views import approval_view, request_list, task_list, title_of

LOOKED_AT = 100
LISTED = 10
RUNNING = frozenset({"running"})
"""Of an instance; what was sent back runs as well, with a task of whoever asked."""
TO_DECIDE = frozenset({Deed.AGREE, Deed.AGREE_ALL, Deed.REFUSE, Deed.RETURN, Deed.ADD, Deed.ASK})
"""What makes no sense for a request that is back at whoever asked."""
LIST_LIFE = timedelta(hours=12)
"""How long the numbers of a list may be answered with."""


class Matter(Message):
    """What a task is about, as far as answers name it."""

    task_id: UUID
    number: str
    title: str
    amount_fen: int | None = None
    initiator: str = ""
    reason: str = ""
    back: bool = False

    @property
    def about(self) -> str:
        """Return `折扣申请 SP-20261130-0001（500 元）`."""
        return about(self.title, self.number, self.amount_fen)


def matter_of(line: TaskLine | ApprovalView) -> Matter:
    """Return what a task is about."""
    return Matter(
        task_id=line.task_id,
        number=line.number,
        title=line.title,
        amount_fen=line.amount_fen,
        initiator=line.initiator,
        reason=line.reason,
        back=line.back if isinstance(line, TaskLine) else False,
    )


def waiting_of(person: Person, uow: BotUnitOfWork) -> list[Matter]:
    """Return everything that waits for somebody's decision."""
    return [matter_of(line) for line in task_list(person, LOOKED_AT, uow).lines]


def fitting(said: Said, words: ApprovalWords, person: Person, uow: BotUnitOfWork) -> list[Matter]:
    """Return what waits for somebody and fits the words; everything where they name nothing."""
    waiting = waiting_of(person, uow)
    if words.deed in TO_DECIDE:
        waiting = [one for one in waiting if not one.back]
    if not words.named:
        return waiting
    lines = {task_id: no for no, task_id in enumerate(listed(said, uow), start=1)}
    return [one for one in waiting if words.names(one.number, lines.get(one.task_id, 0))]


def missing(said: Said, words: ApprovalWords, fits: Sequence[Matter], uow: BotUnitOfWork) -> list[str]:
    """Return what is named and does not wait for them."""
    lines = listed(said, uow)
    found = {one.task_id for one in fits}
    gone = [
        LINE_OF_LIST.format(no=no)
        for no in words.indexes
        if no < 1 or no > len(lines) or lines[no - 1] not in found
    ]
    named = [one for one in (words.number, words.tail, *words.also) if one]
    return [*gone, *(one for one in named if not any(fit.number.endswith(one) for fit in fits))]


def task_meant(said: Said, words: ApprovalWords, person: Person, uow: BotUnitOfWork) -> Matter | Outcome:
    """Return the one task that is meant, or what was answered instead.

    Raises:
        NoApprovals: nothing of this number waits, or ever waited, for them.
    """
    if words.several:
        text = ONE_BY_ONE.format(word=words.word, index=words.indexes[0])
        return say(uow, said, text, privately=True)
    fits = fitting(said, words, person, uow)
    if len(fits) == 1:
        return fits[0]
    if fits:
        return ask_which(said, words, fits, uow)
    if words.indexes and not 0 < words.indexes[0] <= len(listed(said, uow)):
        return say(uow, said, NOT_LISTED.format(index=words.indexes[0]), privately=True)
    if not words.named:
        return say(uow, said, NO_TASKS, privately=True)
    return _decided(said, words, person, uow)


def ask_which(said: Said, words: ApprovalWords, fits: Sequence[Matter], uow: BotUnitOfWork) -> Outcome:
    """List what may be meant, each with the words that choose it."""
    shown = fits[:LISTED]
    remember(said, [one.task_id for one in shown], uow)
    lines = "\n".join(
        WHICH_LINE.format(no=no, about=one.about, initiator=one.initiator, reason=line_reason(one.reason))
        for no, one in enumerate(shown, start=1)
    )
    example = f"{words.word} 1 {words.rest}".rstrip()
    text = WHICH_TASK.format(count=len(fits), words=example, lines=lines)
    return say(uow, said, text, privately=True)


def remember(said: Said, task_ids: Sequence[UUID], uow: BotUnitOfWork) -> None:
    """Keep which line of a list is which task, for answers like `同意 1 3`."""
    data: dict[str, Any] = {"tasks": [str(task_id) for task_id in task_ids]}
    uow.dialogues.begin(_list_key(said), "approval_list", data, said.at + LIST_LIFE)


def listed(said: Said, uow: BotUnitOfWork) -> list[UUID]:
    """Return the tasks of the list that was shown last."""
    found = uow.dialogues.current(_list_key(said), said.at)
    return [UUID(task_id) for task_id in found[1]["tasks"]] if found is not None else []


def own_task(task_id: UUID, person: Person, uow: BotUnitOfWork) -> ProcessTask | None:
    """Return a task if it is, or was, this person's."""
    task = uow.processes.task(task_id)
    return task if task is not None and task.assignee_id == person.id else None


def matter_pressed(pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Matter:
    """Return what a pressed card is about, if it waits for the presser.

    Raises:
        NoApprovals: it is somebody else's, or decided; the fresh card says how.
    """
    task = uow.processes.task(pressed.action.subject_id)
    if task is None:
        raise NoApprovals(number="")
    view = approval_view(task, uow)
    if task.assignee_id != person.id or task.closed_at is not None:
        raise NoApprovals(number=view.number)
    return matter_of(view)


def request_meant(
    said: Said,
    words: ApprovalWords,
    statuses: frozenset[str],
    person: Person,
    uow: BotUnitOfWork,
    fits: Callable[[ProcessInstance], bool] = lambda instance: True,
) -> ProcessInstance | Outcome:
    """Return the one process that is meant: of the number, else the only one somebody asked for.

    Args:
        statuses: where the wish makes sense, looked at where no number is said.
        fits: what else must hold where several go by one number.
    """
    if words.number or words.tail:
        return _numbered(said, words, statuses, person, uow, fits)
    own = [one for one in request_list(person, LOOKED_AT, uow).lines if one.status in statuses]
    if not own:
        return say(uow, said, NO_REQUEST.format(word=words.word), privately=True)
    if len(own) > 1:
        return _ask_which_request(said, words, [(one.number, _about(one)) for one in own], uow)
    return uow.processes.get(own[0].instance_id)


def _numbered(
    said: Said,
    words: ApprovalWords,
    statuses: frozenset[str],
    person: Person,
    uow: BotUnitOfWork,
    fits: Callable[[ProcessInstance], bool],
) -> ProcessInstance | Outcome:
    """Return what a number stands for; how it ended is told to whoever took part in it."""
    known = called(words, said.at, uow)
    if words.tail:
        known = [one for one in known if takes_part(one, person, uow)]
    known = [one for one in known if fits(one)] or known
    alive = [one for one in known if one.status in statuses | RUNNING]
    if words.tail and len(alive) > 1:
        lines = [(one.number, about(title_of(one, uow), one.number, None)) for one in alive]
        return _ask_which_request(said, words, lines, uow)
    if alive:
        return alive[0]
    if not known:
        text = NOT_NUMBERED.format(number=words.number or words.tail)
        return say(uow, said, text, privately=True)
    over = OVER.format(word=words.word)
    return show_named(said, words, person, uow, lead=over) or known[0]


def _ask_which_request(
    said: Said, words: ApprovalWords, lines: Sequence[tuple[str, str]], uow: BotUnitOfWork
) -> Outcome:
    example = f"{words.word} {lines[0][0]} {words.rest}".rstrip()
    shown = "\n".join(WHICH_REQUEST_LINE.format(about=line) for _, line in lines[:LISTED])
    text = WHICH_REQUEST.format(count=len(lines), words=example, lines=shown)
    return say(uow, said, text, privately=True)


def _about(line: RequestLine) -> str:
    return about(line.title, line.number, line.amount_fen)


def _decided(said: Said, words: ApprovalWords, person: Person, uow: BotUnitOfWork) -> Outcome:
    """Show how it ended what somebody wants to decide on once more."""
    if words.indexes:
        task = own_task(listed(said, uow)[words.indexes[0] - 1], person, uow)
        if task is None:
            raise NoApprovals(number=str(words.indexes[0]))
        return show(uow, said, "approval", approval_view(task, uow).model_dump(mode="json"), privately=True)
    shown = show_named(said, words, person, uow)
    if shown is None:
        raise NoApprovals(number=words.number or words.tail)
    return shown


def _list_key(said: Said) -> str:
    return f"approvals:{said.key}"
