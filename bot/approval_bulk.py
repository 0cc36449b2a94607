"""Many approvals are agreed to at once, after one look at what they are."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from bot.approval_finding import LISTED, Matter, waiting_of
from bot.dialogue.approving import ANSWER_WAIT, APPROVAL_BULK, settled
from bot.intents import Wish, Words, letters
from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said, say
from cards.approval_lists import line_amount, line_reason
from cards.text_approval import (
    BULK_AMOUNT,
    BULK_ASK,
    BULK_CHANGED,
    BULK_DONE,
    BULK_DROPPED,
    BULK_FAILED,
    BULK_GONE,
    BULK_LATER,
    BULK_LINE,
    BULK_MISSING,
    BULK_NONE,
    BULK_TITLE,
    BULK_TITLE_PLAIN,
    NO_AMOUNT,
    NO_TASKS,
    NO_TASKS_NAMED,
)
from domain.approval.commands import COMMENT_LIMIT, AgreeTask
from domain.kernel.bus import Bus
from domain.kernel.errors import ConcurrentUpdate, DomainError
from domain.kernel.money import grouped_yuan
from domain.people.model import Person

_YES = frozenset({"确认", "确认同意", "同意", "是", "是的", "对", "好", "好的", "可以", "ok", "行"})


class Bulk:
    """`全部同意` and `同意 1 3`."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def ask(
        self,
        said: Said,
        matters: Sequence[Matter],
        comment: str,
        missing: Sequence[str],
        uow: BotUnitOfWork,
    ) -> Outcome:
        """List what would be agreed to, with the sum, and wait for one confirmation.

        Args:
            comment: what is said with every one.
            missing: what was named as well, and does not wait for them.
        """
        left_out = [BULK_MISSING.format(names="、".join(missing))] if missing else []
        if not matters:
            return say(
                uow, said, "\n".join([*left_out, NO_TASKS_NAMED if missing else NO_TASKS]), privately=True
            )
        shown, left = matters[:LISTED], len(matters) - LISTED
        known = [one.model_dump(mode="json") for one in shown]
        data: dict[str, Any] = {"matters": known, "comment": comment[:COMMENT_LIMIT]}
        uow.dialogues.begin(said.key, APPROVAL_BULK, data, said.at + ANSWER_WAIT)
        amounts = [one.amount_fen for one in shown if one.amount_fen is not None]
        title = BULK_TITLE if amounts else BULK_TITLE_PLAIN
        lines = [
            BULK_LINE.format(
                no=no,
                title=one.title,
                number=one.number,
                amount=line_amount(one.amount_fen),
                initiator=one.initiator,
                reason=line_reason(one.reason),
            )
            for no, one in enumerate(shown, start=1)
        ]
        more = [BULK_LATER.format(count=left)] if left > 0 else []
        head = title.format(count=len(shown), total=grouped_yuan(sum(amounts)))
        return say(uow, said, "\n".join([head, *lines, *more, *left_out, BULK_ASK]), privately=True)

    def go_on(
        self, said: Said, words: Words, data: dict[str, Any], person: Person, uow: BotUnitOfWork
    ) -> Outcome | None:
        """Take the confirmation; None for words that are no answer."""
        if words.wish is Wish.NEVER_MIND:
            return self.drop(said, uow)
        if letters(f"{words.word}{words.rest}") not in _YES:
            return None
        return self.confirm(said, data, person, uow)

    def drop(self, said: Said, uow: BotUnitOfWork) -> Outcome:
        """Agree to nothing."""
        uow.dialogues.end(said.key)
        return say(uow, said, BULK_DROPPED, privately=True)

    def confirm(self, said: Said, data: dict[str, Any], person: Person, uow: BotUnitOfWork) -> Outcome:
        """Agree to each that still is what was shown; what failed is named with why."""
        settled(said, uow)
        agreed: list[str] = []
        failed: list[str] = []
        for one in map(Matter.model_validate, data["matters"]):
            why = self._agree(said, one, data["comment"], person, uow)
            if why:
                failed.append(BULK_FAILED.format(number=one.number, why=why))
            else:
                agreed.append(one.number)
        done = BULK_DONE.format(count=len(agreed), numbers="、".join(agreed)) if agreed else BULK_NONE
        return say(uow, said, "\n".join([done, *failed]), privately=True)

    def _agree(self, said: Said, shown: Matter, comment: str, person: Person, uow: BotUnitOfWork) -> str:
        """Agree to one, and return why not; looked at anew, for the one before may have ended it too."""
        now = _current(shown.task_id, person, uow)
        if now is None:
            return BULK_GONE
        if now.amount_fen != shown.amount_fen:
            return BULK_CHANGED.format(before=_amount(shown), after=_amount(now))
        try:
            command = AgreeTask(task_id=shown.task_id, comment=comment, **said.cause(person.id))
            self._bus.handle(command, uow)
        except ConcurrentUpdate:
            raise  # The whole delivery is run again: nothing was agreed to yet.
        except DomainError as refusal:
            return refusal.message
        return ""


def _current(task_id: UUID, person: Person, uow: BotUnitOfWork) -> Matter | None:
    return next((one for one in waiting_of(person, uow) if one.task_id == task_id), None)


def _amount(matter: Matter) -> str:
    if matter.amount_fen is None:
        return NO_AMOUNT
    return BULK_AMOUNT.format(amount=grouped_yuan(matter.amount_fen))
