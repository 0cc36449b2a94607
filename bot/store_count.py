"""Counting a place blind: what is found is entered by code or scan, and the books are never shown before."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from bot.part_words import SaidPart, amount_of
from bot.parts import Pressed
from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said, say, show
from bot.store_codes import Heard
from bot.store_finding import document_meant
from bot.store_reading import own_store, place_called, store_names
from bot.store_task import Task, TaskKind, TaskLine, end_task, keep_task, made_by, task_of
from bot.store_words import StoreWords
from cards.text_store import (
    COUNT_ASKS,
    COUNT_ASKS_LOT,
    COUNT_CANCELLED,
    COUNT_CORRECT,
    COUNT_CORRECT_NONE,
    COUNT_GOES_ON,
    COUNT_LEFT,
    COUNT_NAME,
    COUNT_PAUSED,
    COUNT_STARTED,
    COUNT_SUBMITTED,
    COUNTED,
    PLACE_FOR_COUNT,
)
from domain.kernel.bus import Bus
from domain.parts.errors import CountOver, QuantityWrong
from domain.parts.ledger import quantity_words
from domain.parts.model.catalogue import Place
from domain.parts.model.supply import StockCount
from domain.parts.places import Tracking
from domain.parts.supply_commands import CancelCount, EnterCount, StartCount, SubmitCount
from domain.parts.wording import line_words, part_name
from domain.people.model import Person
from domain.policies.supply_views import count_view

COUNTING = "counting"
COUNT_STATES = {
    "submitted": "提交",
    "posted": "过账",
    "refused": "被驳回",
    "cancelled": "取消",
}
_NOTHING = frozenset({"0", "零", "没有", "没了", "无"})


class Counting:
    """`盘点`, entries by code or scan, `还差`, `盘点完成`, `取消盘点`."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def count(self, said: Said, words: StoreWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Begin to count a place, or go on with a count that runs."""
        mine = uow.supply.counts_of(person.id)
        if words.named or (not words.rest and mine):
            found = document_meant(said, words, uow.supply.count_numbered, mine, COUNT_NAME, uow)
            return found if isinstance(found, Outcome) else self._go_on(said, found, uow)
        place = place_called(words.rest, uow) if words.rest else own_store(person, uow)
        if place is None:
            stores = uow.parts.kept_by(person.id) or uow.parts.stores()
            text = PLACE_FOR_COUNT.format(
                places=store_names(stores), example=stores[0].name if stores else ""
            )
            return say(uow, said, text, privately=True)
        running = next((one for one in mine if one.place_id == place.id), None)
        if running is not None:
            return self._go_on(said, running, uow)
        return self._start(said, place, person, uow)

    def submit(self, said: Said, words: StoreWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Say that a count is done."""
        count = self._meant(said, words, person, uow)
        return count if isinstance(count, Outcome) else self._submit(said, count.id, person, uow)

    def cancel(self, said: Said, words: StoreWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Let a count be for nothing."""
        count = self._meant(said, words, person, uow)
        if isinstance(count, Outcome):
            return count
        self._bus.handle(CancelCount(count_id=count.id, **said.cause(person.id)), uow)
        self._leave(said, count.id, uow)
        return say(uow, said, COUNT_CANCELLED.format(number=count.number), privately=True)

    def press_done(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Say that the count on a card is done."""
        return self._submit(said, pressed.action.subject_id, person, uow)

    def press_left(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Say what of the count on a card nobody counted yet."""
        return self._left(said, uow.supply.count(pressed.action.subject_id), uow)

    def add(
        self,
        said: Said,
        task: Task,
        heard: Sequence[Heard],
        person: Person,
        uow: BotUnitOfWork,
        *,
        scanned: bool,
    ) -> Outcome:
        """Enter what was typed or scanned; a serial counts one, anything else needs a number.

        Args:
            scanned: it was read off a picture, so no number can stand beside it.
        """
        entered: list[str] = []
        for one in heard:
            tracked = one.part.tracking != Tracking.NONE.value
            if tracked and not one.lot:
                if _says_none(one):
                    entered.append(self._none_of(said, task, one, person, uow))
                    continue
                return say(uow, said, COUNT_ASKS_LOT.format(name=part_name(one.part)), privately=True)
            if one.part.tracking != Tracking.SERIAL.value and (scanned or not one.said.said):
                task = keep_task(said, task.model_copy(update={"asks": one.part.id, "batch": one.lot}), uow)
                text = COUNT_ASKS.format(
                    entered=f"{'，'.join(entered)} 已记。" if entered else "",
                    name=part_name(one.part) + (f" {one.lot}" if one.lot else ""),
                )
                return say(uow, said, text, privately=True)
            quantity = _counted(one)
            self._enter(said, task, one.part.id, quantity, one.lot, person, uow)
            entered.append(line_words(one.part, quantity, (one.lot,)))
            task = _remembered(said, task, one.part.id, quantity, one.lot, uow)
        return self._entered(said, task, entered, uow)

    def typed_number(
        self, said: Said, task: Task, text: str, person: Person, uow: BotUnitOfWork
    ) -> Outcome | None:
        """Take a bare number for the part whose code was scanned before; None for anything else."""
        plain = text.strip().rstrip("个只件套台米支")
        if task.asks is None or not (plain in _NOTHING or plain.lstrip("-+").replace(".", "", 1).isdigit()):
            return None
        part = uow.parts.get(task.asks)
        quantity = Decimal(0) if plain in _NOTHING else Decimal(plain)
        said_part = SaidPart(part.code, quantity, plain)
        heard = Heard(part, said_part, task.batch)
        quantity = _counted(heard)
        self._enter(said, task, part.id, quantity, task.batch, person, uow)
        task = _remembered(said, task, part.id, quantity, task.batch, uow)
        return self._entered(said, task, [line_words(part, quantity, (heard.lot,))], uow)

    def take_back(self, said: Said, task: Task, uow: BotUnitOfWork) -> Outcome:
        """Say how to correct what was entered last: the newer number counts."""
        if not task.lines:
            return say(uow, said, COUNT_CORRECT_NONE, privately=True)
        last = task.lines[-1]
        part = uow.parts.get(last.part_id)
        words = " ".join(filter(None, (part.code, last.lot, "0")))
        text = COUNT_CORRECT.format(line=line_words(part, last.quantity, (last.lot,)), words=words)
        return say(uow, said, text, privately=True)

    def left(self, said: Said, task: Task, uow: BotUnitOfWork) -> Outcome:
        """Say what nobody counted yet."""
        return self._left(said, uow.supply.count(task.document_id), uow)

    def stop(self, said: Said, task: Task, uow: BotUnitOfWork) -> Outcome:
        """Leave a count; it still runs."""
        end_task(said, uow)
        return say(uow, said, COUNT_PAUSED.format(number=task.number), privately=True)

    def _start(self, said: Said, place: Place, person: Person, uow: BotUnitOfWork) -> Outcome:
        command = StartCount(count_id=made_by(said, "count"), place_id=place.id, **said.cause(person.id))
        self._bus.handle(command, uow)
        count = uow.supply.count(command.count_id)
        keep_task(said, Task(kind=TaskKind.COUNT, document_id=count.id, number=count.number), uow)
        text = COUNT_STARTED.format(number=count.number, place=place.name)
        return say(uow, said, text, privately=True)

    def _go_on(self, said: Said, count: StockCount, uow: BotUnitOfWork) -> Outcome:
        if count.state != COUNTING:
            view = count_view(count, uow)
            return show(uow, said, "stock_count", view.model_dump(mode="json"), privately=True)
        keep_task(said, Task(kind=TaskKind.COUNT, document_id=count.id, number=count.number), uow)
        view = count_view(count, uow)
        text = COUNT_GOES_ON.format(
            number=count.number, place=view.place, entered=view.entered, total=view.total
        )
        return say(uow, said, text, privately=True)

    def _meant(
        self, said: Said, words: StoreWords, person: Person, uow: BotUnitOfWork
    ) -> StockCount | Outcome:
        task = task_of(said, uow)
        if not words.named and task is not None and task.kind is TaskKind.COUNT:
            return uow.supply.count(task.document_id)
        mine = [one for one in uow.supply.counts_of(person.id) if one.state == COUNTING]
        return document_meant(said, words, uow.supply.count_numbered, mine, COUNT_NAME, uow)

    def _submit(self, said: Said, count_id: UUID, person: Person, uow: BotUnitOfWork) -> Outcome:
        self._bus.handle(SubmitCount(count_id=count_id, **said.cause(person.id)), uow)
        self._leave(said, count_id, uow)
        count = uow.supply.count(count_id)
        return say(uow, said, COUNT_SUBMITTED.format(number=count.number), privately=True)

    def _leave(self, said: Said, count_id: UUID, uow: BotUnitOfWork) -> None:
        task = task_of(said, uow)
        if task is not None and task.document_id == count_id:
            end_task(said, uow)

    def _enter(
        self,
        said: Said,
        task: Task,
        part_id: UUID,
        quantity: Decimal,
        lot: str,
        person: Person,
        uow: BotUnitOfWork,
    ) -> None:
        command = EnterCount(
            count_id=task.document_id, part_id=part_id, quantity=quantity, lot=lot, **said.cause(person.id)
        )
        self._bus.handle(command, uow)

    def _none_of(self, said: Said, task: Task, heard: Heard, person: Person, uow: BotUnitOfWork) -> str:
        """Enter that no piece of a part is there: every lot that the books have is 0."""
        for line in uow.supply.count_lines(task.document_id):
            if line.part_id == heard.part.id and line.counted is None:
                self._enter(said, task, line.part_id, Decimal(0), line.lot, person, uow)
        return line_words(heard.part, Decimal(0))

    def _entered(self, said: Said, task: Task, entered: Sequence[str], uow: BotUnitOfWork) -> Outcome:
        view = count_view(uow.supply.count(task.document_id), uow)
        text = COUNTED.format(lines="，".join(entered), entered=view.entered, total=view.total)
        return say(uow, said, text, privately=True)

    def _left(self, said: Said, count: StockCount, uow: BotUnitOfWork) -> Outcome:
        if count.state != COUNTING:
            raise CountOver(number=count.number, state=COUNT_STATES[count.state])
        view = count_view(count, uow)
        text = COUNT_LEFT.format(
            number=count.number,
            entered=view.entered,
            total=view.total,
            missing="\n".join(f"· {one}" for one in view.missing) or "（都录入了）",
        )
        return say(uow, said, text, privately=True)


def _remembered(
    said: Said, task: Task, part_id: UUID, quantity: Decimal, lot: str, uow: BotUnitOfWork
) -> Task:
    """Remember what was entered last, for 撤销."""
    line = TaskLine(part_id=part_id, quantity=quantity, lot=lot)
    update = {"lines": (*task.lines, line)[-20:], "asks": None, "batch": ""}
    return keep_task(said, task.model_copy(update=update), uow)


def _says_none(heard: Heard) -> bool:
    return heard.said.quantity == 0 and bool(heard.said.said)


def _counted(heard: Heard) -> Decimal:
    """Return how many were found; none is a number here as well.

    Raises:
        QuantityWrong: less than nothing, half a piece, or a serial that is there twice.
    """
    if _says_none(heard):
        return Decimal(0)
    quantity = amount_of(heard.said, heard.part, Decimal(1))
    if heard.part.tracking == Tracking.SERIAL.value and quantity > 1:
        raise QuantityWrong(
            name=part_name(heard.part), quantity=quantity_words(quantity), why="一个序列号只有 1 件"
        )
    return quantity
