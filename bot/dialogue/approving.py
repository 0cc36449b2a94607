"""What a decision about an approval lacks is asked for, and waited for."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.approval_finding import Matter
from bot.approval_words import Deed
from bot.intents import Wish, Words
from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said, say
from cards.text_approval import (
    AGAIN,
    ASK_NAME,
    ASK_QUESTION,
    ASK_REASON,
    ASK_RESUBMIT,
    BULK_AGAIN,
    BULK_DROPPED,
    DROPPED,
    QUICK_REASONS,
)

APPROVAL_REASON = "approval_reason"
APPROVAL_NAME = "approval_name"
APPROVAL_QUESTION = "approval_question"
APPROVAL_BULK = "approval_bulk"
APPROVAL_RESUBMIT = "approval_resubmit"
OWN = frozenset({APPROVAL_REASON, APPROVAL_NAME, APPROVAL_QUESTION, APPROVAL_BULK, APPROVAL_RESUBMIT})
ANSWER_WAIT = timedelta(minutes=30)
KIND = {
    Deed.REFUSE: APPROVAL_REASON,
    Deed.RETURN: APPROVAL_REASON,
    Deed.DELEGATE: APPROVAL_NAME,
    Deed.ENTRUST: APPROVAL_NAME,
    Deed.ADD: APPROVAL_NAME,
    Deed.REMOVE: APPROVAL_NAME,
    Deed.ASK: APPROVAL_QUESTION,
    Deed.RESUBMIT: APPROVAL_RESUBMIT,
}
"""What is missing where a press, or words, say only what shall be done."""


def ask(said: Said, deed: Deed, matter: Matter, uow: BotUnitOfWork, *, before: str = "") -> Outcome:
    """Ask for what is missing and wait for it.

    Args:
        before: what was said already; the answer is added to it.
    """
    data: dict[str, Any] = {
        "deed": deed.value,
        "matter": matter.model_dump(mode="json"),
        "before": before,
    }
    uow.dialogues.begin(said.key, KIND[deed], data, said.at + ANSWER_WAIT)
    quick = "  ".join(f"{no} {reason}" for no, reason in enumerate(QUICK_REASONS, start=1))
    match KIND[deed]:
        case "approval_reason":
            text = ASK_REASON[deed.value].format(number=matter.number, quick=quick)
        case "approval_resubmit":
            text = ASK_RESUBMIT.format(number=matter.number)
        case "approval_name":
            text = ASK_NAME[deed.value].format(number=matter.number)
        case _:
            text = ASK_QUESTION.format(number=matter.number, initiator=matter.initiator)
    return say(uow, said, text, privately=True)


def asked_about(data: Mapping[str, Any]) -> tuple[Deed, Matter]:
    """Return what was to be done, and with which approval."""
    return Deed(data["deed"]), Matter.model_validate(data["matter"])


def answer(said: Said, words: Words, data: Mapping[str, Any], uow: BotUnitOfWork) -> str:
    """Return what was answered; empty when there is no answer yet and the sender was told."""
    if words.wish is Wish.NEVER_MIND:
        uow.dialogues.end(said.key)
        text = DROPPED.format(number=data["matter"]["number"]) if "matter" in data else BULK_DROPPED
        say(uow, said, text, privately=True)
        return ""
    text = f"{words.word} {words.rest}".strip()
    if "deed" in data and KIND[Deed(data["deed"])] == APPROVAL_REASON and quick_reason(text):
        return quick_reason(text)
    if words.wish in (Wish.EMPTY, Wish.CHIT_CHAT) and "matter" in data:
        say(uow, said, AGAIN, privately=True)
        return ""
    if not text:
        say(uow, said, AGAIN if "matter" in data else BULK_AGAIN, privately=True)
    return text


def quick_reason(text: str) -> str:
    """Return the reason that a number stands for, or nothing."""
    plain = text.strip(" .。、")
    return QUICK_REASONS[int(plain) - 1] if plain.isdecimal() and 0 < int(plain) <= len(QUICK_REASONS) else ""


def settled(said: Said, uow: BotUnitOfWork) -> None:
    """Wait no longer for what belonged to an approval; what else is waited for stays."""
    found = uow.dialogues.current(said.key, said.at)
    if found is not None and found[0] in OWN:
        uow.dialogues.end(said.key)
