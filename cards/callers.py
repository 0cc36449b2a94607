"""News for somebody who has no chat, in the chat of the agent who registered them and passes it on."""

from collections.abc import Callable, Mapping
from typing import Any

from cards.messages import CancelledView
from cards.news import NewsView, RelayedView, inert, sentence
from cards.spec import Note
from cards.text_callers import (
    ANSWER,
    CANCELLED,
    CANCELLED_REASON,
    COSTS,
    DONE_ASK,
    DONE_HOW,
    DONE_REPORT,
    FOR_CALLER,
    PASS_ON,
    SAID,
    SENT,
    WHO_COMES,
    WHO_COMES_PHONE,
)
from cards.text_field import SPEAKER
from domain.kernel.messages import Message
from domain.kernel.money import yuan
from domain.workorder.views import RequesterView, VisitorView


class ForCallerView(Message):
    """What somebody would read in a chat of their own.

    Args:
        caller: their name and number.
        card, view: as in the catalogue.
    """

    caller: str
    card: str
    view: dict[str, Any]


def for_caller(view: ForCallerView) -> Note:
    """Say what to tell the caller, and how to bring back their answer; nothing to press in their voice."""
    return _LAID_OUT[view.card](view.caller, view.view)


def _who_comes(caller: str, data: Mapping[str, Any]) -> Note:
    view = VisitorView.model_validate(data)
    phone = WHO_COMES_PHONE.format(mobile=view.assignee_mobile) if view.assignee_mobile else ""
    return _pass_on(caller, WHO_COMES.format(number=view.number, name=view.assignee_name, phone=phone))


def _news(caller: str, data: Mapping[str, Any]) -> Note:
    view = NewsView.model_validate(data)
    return _pass_on(caller, sentence(FOR_CALLER[view.kind], view))


def _cancelled(caller: str, data: Mapping[str, Any]) -> Note:
    view = CancelledView.model_validate(data)
    reason = CANCELLED_REASON.format(reason=view.reason) if view.reason else ""
    return _pass_on(caller, CANCELLED.format(number=view.number, reason=reason))


def _requester(caller: str, data: Mapping[str, Any]) -> Note:
    view = RequesterView.model_validate(data)
    if not view.actions:
        return _pass_on(caller, COSTS.format(number=view.number, amount=yuan(view.amount_fen or 0)))
    parts = [DONE_ASK.format(number=view.number, caller=caller)]
    if view.cause or view.remedy:
        parts.append(DONE_REPORT.format(cause=view.cause, remedy=view.remedy))
    return Note("\n".join([*parts, DONE_HOW.format(number=view.number)]))


def _relayed(caller: str, data: Mapping[str, Any]) -> Note:
    view = RelayedView.model_validate(data)
    if view.bare:
        return Note("", files=view.files)
    frame = SAID if view.text else SENT
    said = frame.format(
        role=SPEAKER[view.role], speaker=view.speaker, number=view.number, text=inert(view.text)
    )
    return Note(PASS_ON.format(caller=caller) + said + ANSWER.format(number=view.number), files=view.files)


def _pass_on(caller: str, text: str) -> Note:
    return Note(PASS_ON.format(caller=caller) + text)


_LAID_OUT: Mapping[str, Callable[[str, Mapping[str, Any]], Note]] = {
    "who_comes": _who_comes,
    "news": _news,
    "cancelled": _cancelled,
    "requester": _requester,
    "relayed": _relayed,
}
