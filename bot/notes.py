"""What a technician says and sends beside the commands: onto the time line, to the customer, or nowhere."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from adapters.inbound import LocationContent, MediaContent
from bot.dialogue.report import ServiceReportDialogue
from bot.dialogue.report_draft import REPORT
from bot.field_orders import AT_WORK, LISTED, order_meant, order_numbered
from bot.intents import Wish, Words
from bot.keeping import Item, items_of, put_on
from bot.parts import Act, Continue, Press, Pressed
from bot.places import keep_place
from bot.ports import BotUnitOfWork
from bot.replies import DONE, Outcome, Said, say, show
from bot.talk import KEPT, Talk, kept_items, kept_key
from cards.field import HeldWordsView, OrderRef
from cards.text import MEDIA_OF_STAFF, NOT_UNDERSTOOD
from cards.text_field import (
    MEDIUM_NAME,
    NO_PROGRESS,
    NOTE_ADDED,
    NOTE_MOVED,
    NOTE_WRONG,
    NOTHING_TO_MOVE,
    PLACE_KEPT,
    WORDS_GONE,
    WORDS_IGNORED,
    WORDS_MORE,
)
from domain.kernel.bus import Bus
from domain.kernel.notices import Notice, conversation_audience
from domain.people.model import Person
from domain.workorder.errors import WorkOrderNotFound
from domain.workorder.model import WorkOrder

HELD_WORDS = "held_words"
"""The kind of the dialogue that waits for a choice what becomes of some words."""
CHOICE_WAIT = timedelta(hours=2)
KEPT_FOR = timedelta(minutes=30)
CONFIRMED_EVERY_S = 120
MOST_ITEMS = 30
_CORRECTION = re.compile(r"^\s*(?:不对|不是|错了|记错了|搞错了|弄错了)")


class Notes:
    """Progress in words, voice and pictures; a part of the conversation.

    Args:
        report: takes pictures that are sent while it is filled in.
    """

    def __init__(self, bus: Bus, talk: Talk, report: ServiceReportDialogue) -> None:
        self._bus = bus
        self._talk = talk
        self._report = report

    def wishes(self) -> Mapping[Wish, Act]:
        """Return what words it answers to."""
        return {Wish.NOTE: self.progress}

    def verbs(self) -> Mapping[str, Press]:
        """Return which buttons it answers to."""
        return {"said.note": self.press_note, "said.tell": self.press_tell, "said.drop": self.press_drop}

    def dialogues(self) -> Mapping[str, Continue]:
        """Return which dialogues it goes on with."""
        return {HELD_WORDS: self.go_on}

    def is_at_work(self, person: Person, uow: BotUnitOfWork) -> bool:
        """Return whether this person has a work order that is under way."""
        return bool(uow.work_orders.of_assignee(person.id, AT_WORK, 1))

    def progress(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Add words that are plainly meant for the time line."""
        order = order_meant(words, AT_WORK, person, uow, words.rest)
        if not words.rest and not said.inbound.attached:
            return say(uow, said, NO_PROGRESS.format(number=order.number))
        items = [item for item in items_of(said, words.rest) if words.rest or item.kind != "text"]
        return self._put(said, order, items, person, uow)

    def keep(
        self, said: Said, content: LocationContent | object, person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        """Take a picture, voice, video, file, link or place that staff send."""
        if isinstance(content, LocationContent):
            keep_place(said, content, uow)
            return say(uow, said, PLACE_KEPT)
        dialogue = uow.dialogues.current(said.key, said.at)
        if dialogue is not None and dialogue[0] == REPORT and isinstance(content, MediaContent):
            return self._report.take_files(said, dialogue[1], items_of(said), person, uow)
        orders = uow.work_orders.of_assignee(person.id, AT_WORK, LISTED)
        if not orders:
            return say(uow, said, MEDIA_OF_STAFF)
        if len(orders) == 1:
            return self._put(said, orders[0], items_of(said), person, uow)
        return self._ask(said, items_of(said), orders, person, uow)

    def free(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Take a technician's words that are no command: voice is kept, typed words are asked about."""
        if words.number and _CORRECTION.match(words.rest):
            return self.correct(said, words, person, uow)
        if words.number:
            orders: Sequence[WorkOrder] = [order_numbered(words.number, person, uow)]
        else:
            orders = uow.work_orders.of_assignee(person.id, AT_WORK, LISTED)
        if not orders or words.wish is not Wish.FREE:
            return say(uow, said, NOT_UNDERSTOOD)
        items = items_of(said, words.rest)
        if len(orders) == 1 and isinstance(said.inbound.content, MediaContent):
            return self._put(said, orders[0], items, person, uow)
        return self._ask(said, items, orders, person, uow)

    def correct(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Put what was kept last on another work order, and say so on the first: `不对，是 WO-…`."""
        found = uow.dialogues.current(kept_key(said), said.at)
        named = uow.work_orders.by_number(words.number)
        if named is None:
            raise WorkOrderNotFound(number=words.number)
        if found is None or found[1]["work_order_id"] == str(named.id):
            return say(uow, said, NOTHING_TO_MOVE)
        items, wrong_id = kept_items(found[1]), UUID(found[1]["work_order_id"])
        # Locked in one order, so that two corrections never wait for each other.
        locked = {each: uow.work_orders.get(each) for each in sorted((named.id, wrong_id))}
        right, wrong = locked[named.id], locked[wrong_id]
        told = NOTE_WRONG.format(what=_what(items), number=right.number)
        line = Item(
            kind="text", text=told, delivery_key=said.inbound.delivery_key, source_key=said.source_key
        )
        put_on(wrong.id, [line], said, person, self._bus, uow)
        put_on(right.id, items, said, person, self._bus, uow)
        self._remember(said, right, items, uow)
        return say(uow, said, NOTE_MOVED.format(number=right.number, before=wrong.number))

    def go_on(
        self, said: Said, words: Words, data: dict[str, Any], person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        """Let further words wait together with the first ones."""
        if words.wish is Wish.NEVER_MIND:
            uow.dialogues.end(said.key)
            return say(uow, said, WORDS_IGNORED)
        if words.wish is not Wish.FREE:
            return say(uow, said, NOT_UNDERSTOOD)
        turn = uow.work_orders.get(UUID(data["turn"])).id
        items = (*self._waiting(said, uow), *items_of(said, words.rest))[:MOST_ITEMS]
        self._wait(said, items, turn, uow)
        return say(uow, said, WORDS_MORE)

    def press_note(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Put what waits on the time line of the chosen work order."""
        order = uow.work_orders.get(pressed.action.subject_id)
        items = self._waiting(said, uow)
        if not items:
            return say(uow, said, WORDS_GONE)
        uow.dialogues.end(said.key)
        return self._put(said, order, items, person, uow)

    def press_tell(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Tell the customer what waits."""
        order = uow.work_orders.get(pressed.action.subject_id)
        items = self._waiting(said, uow)
        if not items:
            return say(uow, said, WORDS_GONE)
        uow.dialogues.end(said.key)
        return self._talk.tell_customer(said, order, items, person, uow)

    def press_drop(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Forget what waits."""
        if not self._waiting(said, uow):
            return say(uow, said, WORDS_GONE)
        uow.dialogues.end(said.key)
        return say(uow, said, WORDS_IGNORED)

    def _put(
        self, said: Said, order: WorkOrder, items: Sequence[Item], person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        """Keep it, and confirm once for a burst; what was kept can still be moved or sent on."""
        put_on(order.id, items, said, person, self._bus, uow)
        self._remember(said, order, items, uow)
        burst = int(said.at.timestamp()) // CONFIRMED_EVERY_S
        alone = items[0].kind == "text"
        uow.notify(
            Notice(
                audience=conversation_audience(said.private),
                card="note",
                view={"text": NOTE_ADDED.format(what=_what(items), number=order.number)},
                dedupe_key=f"kept:{said.source_key if alone else f'{order.id}:{person.id}:{burst}'}",
            )
        )
        return DONE

    def _remember(self, said: Said, order: WorkOrder, items: Sequence[Item], uow: BotUnitOfWork) -> None:
        """Let a burst of pictures be moved or sent on as one."""
        found = uow.dialogues.current(kept_key(said), said.at)
        before: tuple[Item, ...] = ()
        if found is not None and found[1]["work_order_id"] == str(order.id) and items[0].kind != "text":
            before = kept_items(found[1])
        data = {
            "work_order_id": str(order.id),
            "items": [item.model_dump(mode="json") for item in (*before, *items)[-MOST_ITEMS:]],
        }
        uow.dialogues.begin(kept_key(said), KEPT, data, said.at + KEPT_FOR)

    def _ask(
        self,
        said: Said,
        items: Sequence[Item],
        orders: Sequence[WorkOrder],
        person: Person,
        uow: BotUnitOfWork,
    ) -> Outcome:
        """Ask where it belongs; several pictures in a row are asked about once."""
        # Pictures of one burst are taken in side by side: the lock lets each see what the others left.
        turn = uow.work_orders.get(orders[0].id).id
        before = self._waiting(said, uow)
        self._wait(said, (*before, *items)[:MOST_ITEMS], turn, uow)
        if before:
            return say(uow, said, WORDS_MORE)
        view = HeldWordsView(
            kinds=tuple(item.kind for item in items),
            text=" ".join(item.text for item in items if item.text),
            orders=tuple(
                OrderRef(work_order_id=one.id, number=one.number, version=one.version) for one in orders
            ),
        )
        return show(uow, said, "held_words", view.model_dump(mode="json"), privately=True)

    def _wait(self, said: Said, items: Sequence[Item], turn: UUID, uow: BotUnitOfWork) -> None:
        data = {"turn": str(turn), "items": [item.model_dump(mode="json") for item in items]}
        uow.dialogues.begin(said.key, HELD_WORDS, data, said.at + CHOICE_WAIT)

    def _waiting(self, said: Said, uow: BotUnitOfWork) -> tuple[Item, ...]:
        found = uow.dialogues.current(said.key, said.at)
        return kept_items(found[1]) if found is not None and found[0] == HELD_WORDS else ()


def _what(items: Sequence[Item]) -> str:
    return "、".join(dict.fromkeys(MEDIUM_NAME.get(item.kind, MEDIUM_NAME["file"]) for item in items))
