"""What was bought arrives: typed in one go, or scanned piece by piece."""

import re
from collections.abc import Sequence
from decimal import Decimal

from bot.part_words import SaidPart, amount_of
from bot.parts import Pressed
from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said, say
from bot.store_codes import Heard
from bot.store_finding import purchase_meant
from bot.store_reading import take_price
from bot.store_task import Task, TaskKind, TaskLine, end_task, keep_task, task_of
from bot.store_words import StoreWords
from cards.text_store import (
    LOT_TWICE,
    NOTHING_RECEIVED,
    NOTHING_TO_TAKE_BACK,
    OTHER_PART,
    RECEIPT_BATCH,
    RECEIPT_NUMBER,
    RECEIPT_SERIALS,
    RECEIPT_STOPPED,
    RECEIVED,
    RECEIVED_PART,
    SCANNED_SO_FAR,
)
from domain.intake.numerals import arabic
from domain.kernel.bus import Bus
from domain.parts.errors import MoreThanOrdered, PurchaseWrong
from domain.parts.keys import code_key
from domain.parts.ledger import quantity_words
from domain.parts.model.catalogue import Part
from domain.parts.model.supply import Purchase
from domain.parts.places import Tracking
from domain.parts.supply_commands import ReceivePurchase
from domain.parts.wording import line_words, part_name
from domain.people.model import Person
from domain.policies.supply_purchases import STATES
from domain.policies.supply_views import RECEIVABLE

ORDERED = "ordered"
_BATCH = re.compile(r"(?:批次号?|批号)\s*[:：#=]?\s*([^\s,，;；、]+)")
_ALL = re.compile(r"^(?:全部|全|都|剩下的?|余下的?)(?:都|全)?(?:到货?|来|收|齐)?了?(?=$|[\s,，;；、])")
_SPOKEN = re.compile(
    r"^[一二两三四五六七八九十][一二两三四五六七八九十百]*(?=[^\s几多来余]?(?:$|[\s,，;；、]))"
)
_BETWEEN = re.compile(r"[\s,，;；、]+")
_QUANTITY = re.compile(
    r"^(?:数量\s*)?[×*xX]?\s*([-+−－]?\d+(?:\.\d+)?(?:\^\d+)?[百千万]?)\s*([^\s\dA-Za-z,，;；、:：-]{0,2})(?=$|[\s,，;；、])"
)


class Receiving:
    """`入库 SP-… 10 …`, and scanning what arrives."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def receive(self, said: Said, words: StoreWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Receive so much of a purchase, or begin to scan what arrives."""
        states = (ORDERED,) if uow.supply.purchases((ORDERED,), 1) else RECEIVABLE
        purchase = purchase_meant(said, words, states, uow)
        if isinstance(purchase, Outcome):
            return purchase
        if purchase.state not in RECEIVABLE:
            raise PurchaseWrong(number=purchase.number, state=STATES[purchase.state], action="入库")
        if not words.rest:
            return self._begin(said, purchase, uow)
        return self._typed(said, purchase, words.rest, "", person, uow)

    def press_all(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Receive all that is missing of the purchase on a card."""
        purchase = uow.supply.purchase(pressed.action.subject_id)
        if purchase.state not in RECEIVABLE:
            raise PurchaseWrong(number=purchase.number, state=STATES[purchase.state], action="入库")
        part = uow.parts.get(purchase.part_id)
        if part.tracking != Tracking.NONE.value:
            return self._begin(said, purchase, uow)
        return self._receive(said, purchase, purchase.quantity - purchase.received, (), None, person, uow)

    def add(
        self, said: Said, task: Task, heard: Sequence[Heard], codes: Sequence[str], uow: BotUnitOfWork
    ) -> Outcome:
        """Take codes off a label for the serials of what arrives, or check that it is the right part.

        Args:
            heard: codes that are known already: the part's own, or pieces that we have.
            codes: the others: new serials.
        """
        purchase = uow.supply.purchase(task.document_id)
        part = uow.parts.get(purchase.part_id)
        wrong = [one.part for one in heard if one.part.id != part.id]
        if wrong:
            text = OTHER_PART.format(name=part_name(wrong[0]), number=purchase.number, wanted=part_name(part))
            return say(uow, said, text, privately=True)
        if part.tracking != Tracking.SERIAL.value:
            return say(uow, said, _how(part, purchase), privately=True)
        known = [one.lot for one in heard if one.lot]
        for lot in (*known, *codes):
            if code_key(lot) in map(code_key, task.lots):
                return say(uow, said, LOT_TWICE.format(lot=lot), privately=True)
            task = task.model_copy(
                update={"lines": (*task.lines, TaskLine(part_id=part.id, quantity=Decimal(1), lot=lot))}
            )
        if len(task.lots) > purchase.quantity - purchase.received:
            raise _too_many(purchase, part, Decimal(len(task.lots)))
        keep_task(said, task, uow)
        return self._so_far(said, task, purchase, part, uow)

    def typed(self, said: Said, task: Task, text: str, person: Person, uow: BotUnitOfWork) -> Outcome | None:
        """Take a number for how many arrived, and other words for serials; None for what is neither."""
        purchase = uow.supply.purchase(task.document_id)
        part = uow.parts.get(purchase.part_id)
        if part.tracking == Tracking.SERIAL.value:
            codes = [one for one in _BETWEEN.split(_without_label(text)) if one]
            if not codes or any(not _is_code(one) for one in codes):
                return None
            own = {code_key(part.code), part.barcode_key or code_key(part.code)}
            return self.add(said, task, (), [one for one in codes if code_key(one) not in own], uow)
        if not _QUANTITY.match(text.strip()) and not _BATCH.search(text):
            return None
        return self._typed(said, purchase, text, task.batch, person, uow)

    def finish(self, said: Said, task: Task, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Receive what was scanned."""
        if not task.lots:
            return say(uow, said, NOTHING_RECEIVED.format(number=task.number), privately=True)
        purchase = uow.supply.purchase(task.document_id)
        return self._receive(said, purchase, Decimal(len(task.lots)), task.lots, None, person, uow)

    def take_back(self, said: Said, task: Task, uow: BotUnitOfWork) -> Outcome:
        """Take the last serial back out."""
        if not task.lines:
            return say(uow, said, NOTHING_TO_TAKE_BACK, privately=True)
        task = keep_task(said, task.model_copy(update={"lines": task.lines[:-1]}), uow)
        purchase = uow.supply.purchase(task.document_id)
        return self._so_far(said, task, purchase, uow.parts.get(purchase.part_id), uow)

    def left(self, said: Said, task: Task, uow: BotUnitOfWork) -> Outcome:
        """Say how many are missing."""
        purchase = uow.supply.purchase(task.document_id)
        return self._so_far(said, task, purchase, uow.parts.get(purchase.part_id), uow)

    def stop(self, said: Said, task: Task, uow: BotUnitOfWork) -> Outcome:
        """Leave a receipt; nothing was received."""
        end_task(said, uow)
        return say(uow, said, RECEIPT_STOPPED.format(number=task.number), privately=True)

    def _begin(self, said: Said, purchase: Purchase, uow: BotUnitOfWork) -> Outcome:
        keep_task(said, Task(kind=TaskKind.RECEIPT, document_id=purchase.id, number=purchase.number), uow)
        return say(uow, said, _how(uow.parts.get(purchase.part_id), purchase), privately=True)

    def _typed(
        self, said: Said, purchase: Purchase, text: str, batch: str, person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        part = uow.parts.get(purchase.part_id)
        price_fen, rest = take_price(text)
        if found := _BATCH.search(rest):
            batch = found[1]
            rest = f"{rest[: found.start()]} {rest[found.end() :]}".strip()
        rest = _ALL.sub(f"{quantity_words(purchase.quantity - purchase.received)} ", rest)
        rest = _SPOKEN.sub(lambda spoken: arabic(spoken[0]), rest)
        count = _QUANTITY.match(rest)
        serials = _without_label(rest[count.end() :] if count else rest)
        lots = tuple(one for one in _BETWEEN.split(serials) if one and one.isascii())
        pieces = lots if part.tracking == Tracking.SERIAL.value else ()
        said_part = _said(count[1], part) if count else SaidPart(part.code, lots=pieces)
        quantity = amount_of(said_part, part)
        if part.tracking == Tracking.BATCH.value:
            lots = (batch,) if batch else lots
        return self._receive(said, purchase, quantity, lots, price_fen, person, uow)

    def _receive(
        self,
        said: Said,
        purchase: Purchase,
        quantity: Decimal,
        lots: tuple[str, ...],
        price_fen: int | None,
        person: Person,
        uow: BotUnitOfWork,
    ) -> Outcome:
        part = uow.parts.get(purchase.part_id)
        if quantity > purchase.quantity - purchase.received:
            raise _too_many(purchase, part, quantity)
        command = ReceivePurchase(
            purchase_id=purchase.id,
            quantity=quantity,
            lots=lots,
            price_fen=price_fen,
            **said.cause(person.id),
        )
        self._bus.handle(command, uow)
        task = task_of(said, uow)
        if task is not None and task.document_id == purchase.id:
            end_task(said, uow)
        purchase = uow.supply.purchase(purchase.id)
        left = purchase.quantity - purchase.received
        text = (RECEIVED_PART if left else RECEIVED).format(
            number=purchase.number,
            lines=line_words(part, quantity, lots),
            place=uow.parts.place(purchase.place_id).name,
            left=quantity_words(left),
            unit=part.unit,
        )
        return say(uow, said, text, privately=True)

    def _so_far(self, said: Said, task: Task, purchase: Purchase, part: Part, uow: BotUnitOfWork) -> Outcome:
        missing = purchase.quantity - purchase.received - len(task.lots)
        text = SCANNED_SO_FAR.format(
            number=purchase.number,
            name=part_name(part),
            count=len(task.lots),
            lots="、".join(task.lots[-5:]) or "（还没有）",
            left=quantity_words(missing),
            unit=part.unit,
        )
        return say(uow, said, text, privately=True)


def _how(part: Part, purchase: Purchase) -> str:
    words = {Tracking.SERIAL.value: RECEIPT_SERIALS, Tracking.BATCH.value: RECEIPT_BATCH}
    return words.get(part.tracking, RECEIPT_NUMBER).format(
        number=purchase.number,
        name=part_name(part),
        left=quantity_words(purchase.quantity - purchase.received),
        unit=part.unit,
    )


def _too_many(purchase: Purchase, part: Part, quantity: Decimal) -> MoreThanOrdered:
    missing = purchase.quantity - purchase.received
    return MoreThanOrdered(
        number=purchase.number,
        missing=quantity_words(missing),
        unit=part.unit,
        quantity=quantity_words(quantity),
        name=part_name(part),
        more=quantity_words(quantity - missing),
    )


def _said(written: str, part: Part) -> SaidPart:
    """Return a written number as a quantity; what makes no sense is refused when it is used."""
    plain = written.replace("−", "-").replace("－", "-")
    base, power, exponent = plain.partition("^")
    if power:
        return SaidPart(part.code, Decimal(base) ** min(int(exponent), 20), written)
    factor = {"百": 100, "千": 1000, "万": 10_000}.get(plain[-1], 1)
    return SaidPart(part.code, Decimal(plain.rstrip("百千万")) * factor, written)


def _without_label(text: str) -> str:
    return re.sub(r"(?:序列号|序号|(?<![A-Za-z0-9])[sS]/?[nN](?=[\s:：]))\s*[:：]?", " ", text)


def _is_code(text: str) -> bool:
    return text.isascii() and any(char.isdigit() for char in text) and len(text) >= 3
