"""What words mean to a draft that waits: a button said aloud, an agreement, or more about the matter."""

from enum import StrEnum

from bot.intents import Wish, Words
from cards.text_intake import APART, JOIN, REOPEN, SKIP, SKIP_LABEL, SUPERIOR, TOGETHER
from domain.intake.data import DraftState, Step
from domain.intake.model import Draft
from domain.intake.saying import is_drop, is_yes, trim


class Order(StrEnum):
    """What the words ask of the draft."""

    CONFIRM = "confirm"
    CHANGE = "change"
    DROP = "drop"
    TOGETHER = "together"
    APART = "apart"
    SKIP = "skip"
    SUPERIOR = "superior"
    SAY = "say"


_LABELS = {
    trim(TOGETHER): Order.TOGETHER,
    trim(APART): Order.APART,
    trim(SUPERIOR): Order.SUPERIOR,
    "找主管": Order.SUPERIOR,
}
_WISHES = {
    Wish.CONFIRM: Order.CONFIRM,
    Wish.CHANGE: Order.CHANGE,
    Wish.CANCEL: Order.DROP,
    Wish.UNWANTED: Order.DROP,
    Wish.NEVER_MIND: Order.DROP,
}
_OF_A_QUESTION = {
    trim(JOIN): Step.DUPLICATE,
    trim(REOPEN): Step.DUPLICATE,
    **{trim(label): Step(step) for step, label in SKIP_LABEL.items()},
}
_OF_ANY_QUESTION = frozenset({SKIP, "以上都不对", "以上都不是"})
_OF_A_DRAFT = frozenset({trim(TOGETHER), trim(APART), *_OF_A_QUESTION, *_OF_ANY_QUESTION} - {trim(REOPEN)})
"""Labels that mean nothing without a request; “还是这个问题” can also be said of a work order."""
_WORDS = frozenset({Wish.FREE, Wish.CHIT_CHAT, Wish.REPORT})


def order_of(words: Words, text: str, draft: Draft) -> Order | None:
    """Return what the words ask of a live draft, or None where they are about something else."""
    plain = trim(text)
    if plain in _LABELS:
        return _LABELS[plain]
    question = draft.known.question
    asking = draft.standing is DraftState.ASKING and question is not None
    if words.wish is Wish.CHANGE and words.rest:
        return Order.SAY
    if words.wish in _WISHES:
        return _WISHES[words.wish]
    if is_drop(text):
        return Order.DROP
    if asking and question is not None and plain == trim(SKIP_LABEL.get(question.step.value, SKIP)):
        return Order.SKIP
    if draft.standing is DraftState.SUMMARY and is_yes(text):
        return Order.CONFIRM
    if asking and words.wish in _WORDS:
        return Order.SAY
    return None


def stray_label(text: str, draft: Draft | None) -> bool:
    """Return whether the words are the label of a button whose question is over: they tell of no fault."""
    plain = trim(text)
    if draft is None:
        return plain in _OF_A_DRAFT
    question = draft.known.question
    if plain in _OF_ANY_QUESTION:
        return question is None
    step = _OF_A_QUESTION.get(plain)
    return step is not None and (question is None or question.step is not step)
