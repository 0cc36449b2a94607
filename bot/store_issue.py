"""Issuing what a request asks for: the list of pick tasks, scanned or typed lines, and the hand-over."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from bot.parts import Pressed
from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said, say, show
from bot.store_codes import Heard, heard_typed
from bot.store_finding import LISTED, document_meant
from bot.store_picking import insist_here, left_of, picking_view
from bot.store_task import Task, TaskKind, TaskLine, end_task, keep_task, made_by, task_of
from bot.store_words import StoreWords
from cards.store import lacks_words
from cards.text_store import (
    ALL_AT_ONCE,
    ALL_WORDS,
    BATCH_NEEDED,
    ISSUED,
    ISSUED_PART,
    LINE_TAKEN_BACK,
    LOT_TWICE,
    NO_TASK,
    NOTHING_PICKED,
    NOTHING_TO_TAKE_BACK,
    PICK_STOPPED,
    REQUEST_NAME,
    SERIAL_NEEDED,
    SERIALS_FIRST,
)
from domain.kernel.bus import Bus
from domain.parts.commands import IssueParts, PartLine
from domain.parts.errors import (
    MoreThanRequested,
    QuantityWrong,
    RequestNotOpen,
)
from domain.parts.keys import code_key
from domain.parts.ledger import quantity_words
from domain.parts.model.documents import PartsRequest
from domain.parts.places import Tracking
from domain.parts.views import DocumentLine, DocumentsView
from domain.parts.wording import line_words, part_name
from domain.people.model import Person
from domain.policies.parts_places import insist_on_keeper
from domain.policies.parts_short import lack_of
from domain.policies.store_page import PICKING, about, kept_by, picks_of, store_url

STATE_WORDS = {
    "approving": "待审批",
    "issued": "已出库",
    "refused": "未通过",
    "cancelled": "已取消",
    "closed": "已关闭",
}


class Issuing:
    """`待出库`, `出库 SP-…`, lines by code or scan, `出完`."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def picks(self, said: Said, words: StoreWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """List what waits to be picked at one's own places."""
        waiting = picks_of(person, uow)
        lines = tuple(
            DocumentLine(
                number=one.number,
                text=about(one, uow),
                state=PICKING,
                since=one.created_at,
                words=f"出库 {one.number}",
            )
            for one in waiting[:LISTED]
        )
        places = [uow.parts.place(waiting[0].place_id)] if waiting else kept_by(person, uow)[:1]
        view = DocumentsView(
            kind="picks",
            lines=lines,
            more=max(0, len(waiting) - LISTED),
            page_url=store_url(places[0], person, said.at, uow) if places else "",
        )
        return show(uow, said, "documents", view.model_dump(mode="json"), privately=True)

    def issue(self, said: Said, words: StoreWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Begin to pick a request, or let all of it out at once."""
        request = document_meant(
            said,
            words,
            uow.hand_overs.request_numbered,
            picks_of(person, uow),
            REQUEST_NAME,
            uow,
            lambda one: about(one, uow),
        )
        if isinstance(request, Outcome):
            return request
        self._insist_open(request, person, uow)
        if words.rest in ALL_WORDS or (words.word == ALL_AT_ONCE and not words.rest):
            return self._issue_all(said, request, person, uow)
        task = keep_task(said, Task(kind=TaskKind.PICK, document_id=request.id, number=request.number), uow)
        if words.rest:
            return self.add(said, task, heard_typed(words.rest, uow), person, uow)
        return self._show(said, task, "", uow)

    def press_all(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Let out all that is left of the request on a card."""
        request = uow.hand_overs.request(pressed.action.subject_id)
        self._insist_open(request, person, uow)
        return self._issue_all(said, request, person, uow)

    def press_done(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Let out what was picked, from the card of the picking."""
        task = task_of(said, uow)
        if task is None or task.document_id != pressed.action.subject_id:
            return say(uow, said, NO_TASK, privately=True)
        return self.finish(said, task, person, uow)

    def add(
        self, said: Said, task: Task, heard: Sequence[Heard], person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        """Put everything that was scanned or typed at once to what is picked; all of it, or nothing."""
        request = uow.hand_overs.request(task.document_id)
        self._insist_open(request, person, uow)
        added: list[str] = []
        for one in heard:
            line = self._line(task, one, request, uow)
            if isinstance(line, str):
                return say(uow, said, line, privately=True)
            task = task.model_copy(update={"lines": (*task.lines, line)})
            added.append(line_words(one.part, line.quantity, (line.lot,)))
        keep_task(said, task, uow)
        return self._show(said, task, "，".join(added), uow)

    def finish(self, said: Said, task: Task, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Let out what was picked, as one hand-over."""
        if not task.lines:
            return say(uow, said, NOTHING_PICKED.format(number=task.number), privately=True)
        merged: dict[tuple[UUID, str], Decimal] = {}
        for line in task.lines:
            key = (line.part_id, line.lot)
            merged[key] = merged.get(key, Decimal(0)) + line.quantity
        lines = tuple(
            PartLine(part_id=part_id, quantity=quantity, lot=lot)
            for (part_id, lot), quantity in merged.items()
        )
        return self._hand_out(said, task.document_id, lines, person, uow)

    def take_back(self, said: Said, task: Task, uow: BotUnitOfWork) -> Outcome:
        """Take the last line back out."""
        if not task.lines:
            return say(uow, said, NOTHING_TO_TAKE_BACK, privately=True)
        last = task.lines[-1]
        task = keep_task(said, task.model_copy(update={"lines": task.lines[:-1]}), uow)
        taken = line_words(uow.parts.get(last.part_id), last.quantity, (last.lot,))
        return self._show(said, task, LINE_TAKEN_BACK.format(line=taken), uow)

    def left(self, said: Said, task: Task, uow: BotUnitOfWork) -> Outcome:
        """Show what is still to be picked."""
        return self._show(said, task, "", uow)

    def stop(self, said: Said, task: Task, uow: BotUnitOfWork) -> Outcome:
        """Leave a picking; nothing was issued."""
        end_task(said, uow)
        return say(uow, said, PICK_STOPPED.format(number=task.number), privately=True)

    def _insist_open(self, request: PartsRequest, person: Person, uow: BotUnitOfWork) -> None:
        insist_on_keeper(str(person.id), uow.parts.place(request.place_id), uow)
        if request.state != PICKING:
            state = STATE_WORDS.get(request.state, request.state)
            raise RequestNotOpen(number=request.number, state=state, action="出库")

    def _issue_all(self, said: Said, request: PartsRequest, person: Person, uow: BotUnitOfWork) -> Outcome:
        lines, tracked = [], []
        for line in uow.hand_overs.request_lines(request.id):
            part, left = uow.parts.get(line.part_id), line.quantity - line.issued
            if left > 0 and part.tracking != Tracking.NONE.value:
                tracked.append(part_name(part))
            elif left > 0:
                lines.append(PartLine(part_id=part.id, quantity=left))
        if tracked:
            text = SERIALS_FIRST.format(number=request.number, parts="、".join(tracked))
            return say(uow, said, text, privately=True)
        if (lack := lack_of(request, uow)).missing:
            return say(uow, said, lacks_words(request.number, *lack), privately=True)
        return self._hand_out(said, request.id, tuple(lines), person, uow)

    def _hand_out(
        self,
        said: Said,
        request_id: UUID,
        lines: tuple[PartLine, ...],
        person: Person,
        uow: BotUnitOfWork,
    ) -> Outcome:
        command = IssueParts(
            request_id=request_id,
            transfer_id=made_by(said, "issue"),
            lines=lines,
            **said.cause(person.id),
        )
        self._bus.handle(command, uow)
        task = task_of(said, uow)
        if task is not None and task.document_id == request_id:
            end_task(said, uow)
        request = uow.hand_overs.request(request_id)
        transfer = uow.hand_overs.find_transfer(command.transfer_id)
        assert transfer is not None, "the command made it"
        words = ISSUED if request.state != PICKING else ISSUED_PART
        text = words.format(
            number=request.number,
            lines="，".join(
                line_words(uow.parts.get(line.part_id), line.quantity, (line.lot,)) for line in lines
            ),
            receiver=uow.people.get(request.technician_id).name,
            transfer=transfer.number,
        )
        return say(uow, said, text, privately=True)

    def _line(self, task: Task, heard: Heard, request: PartsRequest, uow: BotUnitOfWork) -> TaskLine | str:
        """Return what is picked, or what is missing of it.

        Raises:
            NotRequested: the part is not in the request.
            MoreThanRequested: so many are not wanted any more.
            LotNotHere: this piece is not at the place.
        """
        part = heard.part
        left = left_of(task, request, part, uow)
        lot = heard.lot
        if part.tracking != Tracking.NONE.value and not lot:
            here = [one.lot for one in uow.stock.lots_at(part.id, request.place_id)]
            needed = SERIAL_NEEDED if part.tracking == Tracking.SERIAL.value else BATCH_NEEDED
            return needed.format(
                name=part_name(part), lots="、".join(here[:LISTED]) or "（没有）", code=part.code
            )
        if part.tracking == Tracking.NONE.value:
            lot = ""
        quantity = heard.amount(Decimal(1) if part.tracking == Tracking.SERIAL.value else left)
        if part.tracking == Tracking.SERIAL.value and quantity != 1:
            why = "一个序列号只有 1 件"
            raise QuantityWrong(name=part_name(part), quantity=quantity_words(quantity), why=why)
        if quantity > left:
            raise MoreThanRequested(
                number=request.number,
                name=part_name(part),
                wanted=quantity_words(left),
                unit=part.unit,
                quantity=quantity_words(quantity),
            )
        if lot:
            insist_here(part, lot, request, uow)
            if part.tracking == Tracking.SERIAL.value and code_key(lot) in map(code_key, task.lots):
                return LOT_TWICE.format(lot=lot)
        return TaskLine(part_id=part.id, quantity=quantity, lot=lot)

    def _show(self, said: Said, task: Task, last: str, uow: BotUnitOfWork) -> Outcome:
        view = picking_view(task, last, uow)
        return show(uow, said, "picking", view.model_dump(mode="json"), privately=True)
