"""Whether a work order shall really be cancelled is asked once, and answered by press or by words."""

import re
from datetime import timedelta
from uuid import UUID

from bot.intents import Wish, Words, letters
from bot.ports import BotUnitOfWork
from bot.replies import DONE, Outcome, Said, say, show
from cards.offers import LateCancelView
from cards.text_intake import CANCEL_KEPT, CONFIRM_FIRST
from cards.text_spoken import NOTHING_CANCELLED
from domain.intake.saying import is_yes
from domain.kernel.bus import Bus
from domain.people.model import Person
from domain.workorder.commands import CancelWorkOrder
from domain.workorder.model import WorkOrder
from domain.workorder.status import OPEN

KIND = "late_cancel"
ASKED_FOR = timedelta(minutes=30)
LISTED = 10
_SURE = re.compile(
    r"(?:是的?|对的?|好的?|嗯|那就|我|就)*(?:确认|确定|还是)(?:要|就)?取消(?:这个|该)?(?:工单|报修|订单)?[了吧啊的呀]*"
)
_KEEP = re.compile(
    r"(?:算了|那|先|还是|好的?|嗯|我|就)*(?:不|别|先别|不要|不用|不想|不再|暂不|先不)(?:要|用|再)?取消(?:工单|报修)?[了吧啦啊呀]*"
)
_YES = frozenset({"取消", "取消吧", "取消了", "确认", "确定", "取消工单", "取消报修"})
_NO = frozenset({"算了", "算了吧", "不", "不了", "不用", "不用了", "先不", "先别", "别", "否", "不要"})


def ask_late_cancel(said: Said, order: WorkOrder, uow: BotUnitOfWork) -> Outcome:
    """Ask once more before a technician is called back, and wait for the answer."""
    data = {"work_order_id": str(order.id), "number": order.number}
    uow.dialogues.begin(_key(said), KIND, data, said.at + ASKED_FOR)
    view = LateCancelView(
        work_order_id=order.id, number=order.number, version=order.version, status=order.state
    )
    return show(uow, said, "late_cancel", view.model_dump(mode="json"))


def answered(
    said: Said, words: Words, text: str, busy: bool, person: Person, bus: Bus, uow: BotUnitOfWork
) -> Outcome | Words | None:
    """Take the answer to that question; None for words that are none.

    Args:
        busy: a request or a dialogue waits too, so that only plain words about cancelling are meant.

    Returns:
        Words where a cancelling is meant that nobody asked about yet: it is asked about like any other.
    """
    if words.number and words.wish is Wish.CANCEL:
        return None
    plain = letters(text)
    found = uow.dialogues.current(_key(said), said.at)
    asked = found[1] if found is not None and words.number in ("", found[1]["number"]) else None
    keeps = _KEEP.fullmatch(plain) is not None
    sure = _SURE.fullmatch(plain) is not None
    if asked is not None and not busy:
        keeps, sure = keeps or plain in _NO, sure or plain in _YES or is_yes(text)
    if not keeps and not sure:
        return None
    if keeps:
        uow.dialogues.end(_key(said))
        return say(uow, said, _kept(words, asked, busy, person, uow))
    if asked is None:
        return Words(Wish.CANCEL, words.number, "", "取消") if not busy else None
    uow.dialogues.end(_key(said))
    command = CancelWorkOrder(work_order_id=UUID(asked["work_order_id"]), reason="", **said.cause(person.id))
    bus.handle(command, uow)
    return DONE  # The confirmation is a policy's.


def _kept(words: Words, asked: dict[str, str] | None, busy: bool, person: Person, uow: BotUnitOfWork) -> str:
    if asked is not None:
        return CANCEL_KEPT.format(number=asked["number"])
    if busy:
        return CONFIRM_FIRST
    mine = [one for one in uow.work_orders.concerning(person.id, LISTED) if one.state in OPEN]
    named = [one for one in mine if one.number == words.number] or mine
    return CANCEL_KEPT.format(number=named[0].number) if len(named) == 1 else NOTHING_CANCELLED


def _key(said: Said) -> str:
    return f"{KIND}:{said.key}"
