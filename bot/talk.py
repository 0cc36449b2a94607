"""Customer and technician speak through the work order; a part of the conversation."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from bot.errors import NobodyToTell, SeveralFit
from bot.field_orders import AT_WORK, LISTED, order_meant, order_numbered
from bot.intents import Wish, Words
from bot.keeping import Item, attachment_of, items_of, put_on
from bot.parts import Act, Continue, Press
from bot.ports import BotUnitOfWork
from bot.reach import ASKED, ASKED_FOR, agents_of, asked_key, customer_told
from bot.replies import DONE, Outcome, Said, say
from cards.text_field import (
    NO_WORDS_FOR_CUSTOMER,
    NO_WORDS_FOR_TECHNICIAN,
    TOLD_AGENT,
    TOLD_CUSTOMER,
    TOLD_LATER,
    TOLD_TECHNICIAN,
    UNREACHABLE,
)
from cards.text_spoken import TOLD_LATER_DESK
from domain.kernel.bus import Bus
from domain.kernel.notices import Notice, conversation_audience
from domain.people.model import STAFF_ROLES, Person
from domain.policies.audiences import unreached
from domain.workorder.commands import RelayWords
from domain.workorder.errors import WorkOrderNotFound
from domain.workorder.model import WorkOrder
from domain.workorder.status import Status

KEPT = "kept"
"""The kind of the note beside all talk which says what was kept last."""
TALKING = AT_WORK | {Status.COMPLETED, Status.SIGNED_OFF}
"""While a technician has it, and until nobody has a question any more."""
TEXT_CHARS = 600
"""What fits into one message of every chat; longer words go in pieces, so that none are cut off."""
CONFIRMED_EVERY_S = 120


class Talk:
    """Words and pictures from one side to the other, kept on the time line."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def wishes(self) -> Mapping[Wish, Act]:
        """Return what words it answers to."""
        return {Wish.TELL_CUSTOMER: self.to_customer, Wish.TELL_TECHNICIAN: self.to_technician}

    def verbs(self) -> Mapping[str, Press]:
        """Return which buttons it answers to: none."""
        return {}

    def dialogues(self) -> Mapping[str, Continue]:
        """Return which dialogues it goes on with: none."""
        return {}

    def to_customer(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Tell the customer words and pictures; without either, what was kept last."""
        found = uow.dialogues.current(kept_key(said), said.at)
        last = found[1] if found is not None and not words.rest and not said.inbound.attached else None
        if last is not None and not words.number:
            order = uow.work_orders.get(UUID(last["work_order_id"]))
            return self.tell_customer(said, order, kept_items(last), person, uow)
        order = order_meant(words, TALKING, person, uow, words.rest)
        items = [item for item in items_of(said, words.rest) if words.rest or item.kind != "text"]
        if not items and last is not None and last["work_order_id"] == str(order.id):
            items = list(kept_items(last))
        if not items:
            return say(uow, said, NO_WORDS_FOR_CUSTOMER.format(number=order.number))
        return self.tell_customer(said, order, items, person, uow)

    def tell_customer(
        self, said: Said, order: WorkOrder, items: Sequence[Item], person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        """Bring everything to those who reported the fault."""
        self._relay(said, order, items, "customer", person, uow)
        for key in agents_of(order, uow):
            data = {"work_order_id": str(order.id)}
            uow.dialogues.begin(asked_key(key), ASKED, data, said.at + ASKED_FOR)
        return say(uow, said, _told_customer(order, uow), privately=True)

    def for_caller(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome | None:
        """Bring an agent's words to the technician who asked their caller; None where nobody did."""
        found = uow.dialogues.current(asked_key(said.key), said.at)
        if found is None or words.wish is not Wish.FREE:
            return None
        return self.from_customer(
            said, words, uow.work_orders.get(UUID(found[1]["work_order_id"])), person, uow
        )

    def to_technician(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Tell the technician who has the work order: from a customer, or from the service desk."""
        if person.roles & STAFF_ROLES and words.number:
            order = order_numbered(words.number, person, uow)
        else:
            order = _order_of_customer(words, person, uow)
        if not words.rest and not said.inbound.attached:
            return say(uow, said, NO_WORDS_FOR_TECHNICIAN)
        return self.from_customer(said, words, order, person, uow)

    def from_customer(
        self, said: Said, words: Words, order: WorkOrder, person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        """Bring one message to the technician, whatever it is made of; without one it waits on the time line.

        Args:
            words: what a text message says; only `rest` counts.
        """
        items = [item for item in items_of(said, words.rest) if item.text or item.is_file]
        if order.state not in TALKING or order.assignee_id is None:
            put_on(order.id, items, said, person, self._bus, uow)
            later = TOLD_LATER_DESK if person.roles & STAFF_ROLES else TOLD_LATER
            return self._confirm(said, order, later, uow)
        self._relay(said, order, items, "technician", person, uow)
        return self._confirm(said, order, TOLD_TECHNICIAN, uow)

    def _confirm(self, said: Said, order: WorkOrder, text: str, uow: BotUnitOfWork) -> Outcome:
        """Confirm once for a burst: the chat of a WeChat customer takes five messages."""
        burst = int(said.at.timestamp()) // CONFIRMED_EVERY_S
        uow.notify(
            Notice(
                audience=conversation_audience(said.inbound.conversation),
                card="note",
                view={"text": text.format(number=order.number)},
                dedupe_key=f"passed_on:{order.id}:{said.key}:{burst}"[:200],
            )
        )
        return DONE

    def _relay(
        self,
        said: Said,
        order: WorkOrder,
        items: Sequence[Item],
        to: str,
        person: Person,
        uow: BotUnitOfWork,
    ) -> None:
        """Relay each message by itself: its words and kept files now, other files when they are fetched."""
        for source_key in dict.fromkeys(item.source_key for item in items):
            message = [item for item in items if item.source_key == source_key]
            text = "\n".join(item.text for item in message if item.text)
            files = tuple(self._files(said, order, message, person, uow))
            pieces = [text[at : at + TEXT_CHARS] for at in range(0, len(text), TEXT_CHARS)]
            for number, piece in enumerate(pieces or [""]):
                command = RelayWords(
                    work_order_id=order.id,
                    to=to,
                    text=piece,
                    files=() if number else files,
                    source_key=source_key,
                    **said.cause(person.id),
                )
                self._bus.handle(command, uow)

    def _files(
        self, said: Said, order: WorkOrder, message: Sequence[Item], person: Person, uow: BotUnitOfWork
    ) -> list[str]:
        """Keep the files of one message, and return the names of those we have already."""
        have: list[str] = []
        for item in message:
            if item.is_file and not (item.kind == "voice" and item.text):
                keep = attachment_of(order.id, item, said, person, uow)
                self._bus.handle(keep, uow)
                sha256 = uow.files.get(keep.attachment_id).sha256
                have += [sha256] if sha256 is not None else []
        return have


def _told_customer(order: WorkOrder, uow: BotUnitOfWork) -> str:
    if unreached(order, uow) is None:
        return TOLD_CUSTOMER.format(number=order.number)
    text = TOLD_AGENT if agents_of(order, uow) else UNREACHABLE
    return text.format(number=order.number, told=customer_told(order, uow))


def kept_key(said: Said) -> str:
    """Return where what the sender kept last is remembered."""
    return f"kept:{said.key}"


def kept_items(data: Mapping[str, Any]) -> tuple[Item, ...]:
    """Return remembered things."""
    return tuple(Item.model_validate(one) for one in data["items"])


def _order_of_customer(words: Words, person: Person, uow: BotUnitOfWork) -> WorkOrder:
    """Return which of a customer's work orders is meant.

    Raises:
        WorkOrderNotFound: the number is nobody's, or somebody else's.
        NobodyToTell: none of theirs is under way.
        SeveralFit: more than one is.
    """
    mine = [one for one in uow.work_orders.concerning(person.id, LISTED * 2) if one.state in TALKING]
    if words.number:
        mine = [
            one for one in uow.work_orders.concerning(person.id, LISTED * 4) if one.number == words.number
        ]
        if not mine:
            raise WorkOrderNotFound(number=words.number)
    if not mine:
        raise NobodyToTell
    if len(mine) > 1:
        lines = "\n".join(f"{words.word} {one.number} {words.rest}".rstrip() for one in mine[:LISTED])
        raise SeveralFit(count=len(mine), word=words.word, lines=lines)
    return uow.work_orders.get(mine[0].id)
