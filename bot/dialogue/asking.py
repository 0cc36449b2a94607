"""What is missing at the end of the loop is asked for, and waited for."""

from datetime import timedelta
from typing import Any

from bot.intents import Wish, Words
from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said, say
from domain.workorder.model import WorkOrder

REJECT_REASON = "reject_reason"
REOPEN_REASON = "reopen_reason"
REOPEN_OFFERED = "reopen_offered"
SETTLEMENT = "settlement"
SURVEY = "survey"
ASKED_FOR = timedelta(minutes=30)
"""How long an answer is waited for."""


def ask(
    said: Said, kind: str, order: WorkOrder, text: str, uow: BotUnitOfWork, **data: str | int | None
) -> Outcome:
    """Ask for what is missing and wait for it."""
    known: dict[str, Any] = {"work_order_id": str(order.id), "number": order.number, **data}
    uow.dialogues.begin(said.key, kind, known, said.at + ASKED_FOR)
    return say(uow, said, text)


def answer_of(
    said: Said, words: Words, data: dict[str, Any], *, dropped: str, again: str, uow: BotUnitOfWork
) -> str:
    """Return the answer that was waited for; empty when there is none yet and the sender was told.

    Args:
        dropped: what is said when they do not want to go on.
        again: what is said when nothing was answered.
    """
    if words.wish is Wish.NEVER_MIND:
        uow.dialogues.end(said.key)
        say(uow, said, dropped.format(number=data["number"]))
        return ""
    if words.wish in (Wish.EMPTY, Wish.CHIT_CHAT):
        say(uow, said, again.format(number=data["number"]))
        return ""
    return words.rest
