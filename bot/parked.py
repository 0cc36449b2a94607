"""What a customer's chat does not take now: who counts on it is told that it waits."""

from datetime import datetime

from adapters.delivery.store import Owed
from adapters.wecom.errors import why_waiting
from bot.ports import BotUnitOfWork, Now, OpenUnitOfWork
from cards.text_field import PARKED, UNREACHED, WHY_PARKED
from domain.kernel.notices import DESK, Notice, person_audience
from domain.policies.views import contact_of

RELAYED = "relayed"
TOLD_AGAIN_S = 600
"""A burst of words is told of once."""


class ParkedWords:
    """Called for every notice that a platform takes only after its person spoke again (微信客服)."""

    def __init__(self, open_uow: OpenUnitOfWork, now: Now) -> None:
        self._open_uow = open_uow
        self._now = now

    def __call__(self, owed: Owed, code: str) -> None:
        """Tell whoever counts on it in a transaction of its own."""
        if owed.card != RELAYED and not _what(owed):
            return
        at = self._now()
        with self._open_uow(
            now=at, channel="delivery", correlation_id=owed.correlation_id or owed.message_key
        ) as uow:
            tell_parked(owed, code, at, uow)
            uow.commit()


def tell_parked(owed: Owed, code: str, at: datetime, uow: BotUnitOfWork) -> None:
    """Tell who said parked words that they wait, and technician and desk of what the customer must know."""
    why = WHY_PARKED[why_waiting(code)]
    speaker_id, what = str(owed.view.get("speaker_id", "")), _what(owed)
    if owed.card == RELAYED and speaker_id:
        burst = f"{owed.subject_id}:{int(at.timestamp()) // TOLD_AGAIN_S}"
        text = PARKED.format(number=owed.view["number"], why=why)
        _tell(person_audience(speaker_id), text, f"parked:{burst}", uow)
    elif what and owed.subject_id is not None:
        order = uow.work_orders.get(owed.subject_id)
        key = f"unreached:{order.id}:{what}:{owed.view.get('report_version') or owed.message_key}"
        text = UNREACHED[what]
        _tell(DESK, text.format(number=order.number, why=why, contact=""), key, uow)
        if order.assignee_id is not None:
            told = text.format(number=order.number, why=why, contact=f" {contact_of(order, uow)} ")
            _tell(person_audience(str(order.assignee_id)), told, key, uow)


def _what(owed: Owed) -> str:
    """Return what the customer has to learn from a notice, or nothing for one that may wait silently."""
    if owed.card == "requester":
        return "acceptance" if owed.view.get("actions") else ""
    if owed.card == "news":
        return "held" if str(owed.view.get("kind", "")).startswith("held_") else ""
    return "cancelled" if owed.card == "cancelled" else ""


def _tell(audience: str, text: str, key: str, uow: BotUnitOfWork) -> None:
    uow.notify(
        Notice(audience=audience, card="note", view={"text": text}, dedupe_key=f"{key}:{audience}"[:200])
    )
