"""Pieces change hands: somebody takes, refuses or recalls them."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from bot.approval_words import trimmed
from bot.intake_heard import words_of as words_of_said
from bot.intents import Wish, Words
from bot.parts import Pressed
from bot.ports import BotUnitOfWork
from bot.replies import DONE, Outcome, Said, say
from bot.stock_words import StockWords
from cards.text_parts import (
    NOT_NUMBERED,
    NOTHING_TO_RECALL,
    NOTHING_TO_TAKE,
    PLEASE_LINE,
    RECALLED,
    REFUSED,
    REFUSED_EXPLAINED,
    REFUSED_HOW,
    REFUSED_SILENT,
    REFUSED_WHY,
    TAKEN,
    WHICH_HAND_OVER,
)
from domain.access.rights import Verb, may
from domain.kernel.bus import Bus
from domain.parts.commands import (
    REASON_LIMIT,
    RecallParts,
    RefuseParts,
    TakeParts,
    TransferCommand,
)
from domain.parts.model.documents import Transfer
from domain.people.model import Person
from domain.policies.parts_tell import words_of

PARTS_REFUSED = "parts_refused"
WHY_WAIT = timedelta(minutes=10)
LISTED = 8
LOOKED_AT = 200


class Handing:
    """`收下`, `拒收` and `撤回交接`."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def take(self, said: Said, words: StockWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Take pieces into one's own hands: those of the number, or the only ones that wait."""
        transfer = self._meant(said, words, offered_to(person, uow), NOTHING_TO_TAKE, uow)
        if isinstance(transfer, Outcome):
            return transfer
        command = TakeParts(transfer_id=transfer.id, **said.cause(person.id))
        return self._done(said, command, transfer, TAKEN, uow)

    def refuse(self, said: Said, words: StockWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Refuse pieces, with a reason where one is said."""
        transfer = self._meant(said, words, offered_to(person, uow), NOTHING_TO_TAKE, uow)
        if isinstance(transfer, Outcome):
            return transfer
        reason = words.rest[:REASON_LIMIT]
        if transfer.state == "refused" and reason:
            return self._explained(said, transfer, reason, person, uow)
        command = RefuseParts(transfer_id=transfer.id, reason=reason, **said.cause(person.id))
        more = "" if reason else ask_why(said, transfer, uow)
        return self._done(said, command, transfer, REFUSED + more, uow)

    def explain(
        self, said: Said, words: Words, data: dict[str, Any], person: Person, uow: BotUnitOfWork
    ) -> Outcome | None:
        """Take why pieces were refused; words about a numbered job are for others."""
        uow.dialogues.end(said.key)
        if words.wish is Wish.NEVER_MIND:
            return say(uow, said, REFUSED_SILENT, privately=True)
        reason = trimmed(words_of_said(said))[:REASON_LIMIT]
        if words.number or not reason:
            return None
        return self._explained(said, uow.hand_overs.transfer(UUID(data["transfer"])), reason, person, uow)

    def _explained(
        self, said: Said, transfer: Transfer, reason: str, person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        command = RefuseParts(transfer_id=transfer.id, reason=reason, **said.cause(person.id))
        return self._done(said, command, transfer, REFUSED_EXPLAINED, uow, reason=reason)

    def recall(self, said: Said, words: StockWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Take back what nobody took yet."""
        transfer = self._meant(said, words, offered_by(person, uow), NOTHING_TO_RECALL, uow)
        if isinstance(transfer, Outcome):
            return transfer
        command = RecallParts(transfer_id=transfer.id, **said.cause(person.id))
        return self._done(said, command, transfer, RECALLED, uow)

    def press_take(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Take by press; the changed card is the answer, also to a second press."""
        return self._press(said, pressed, TakeParts, "taken", person, uow)

    def press_refuse(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Refuse by press, and ask why."""
        found = uow.hand_overs.find_transfer(pressed.action.subject_id)
        again = found is None or found.state == "refused"
        outcome = self._press(said, pressed, RefuseParts, "refused", person, uow)
        if found is None or again:
            return outcome
        return say(uow, said, ask_why(said, found, uow), privately=True)

    def press_recall(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Take back by press."""
        return self._press(said, pressed, RecallParts, "recalled", person, uow)

    def _meant(
        self, said: Said, words: StockWords, waiting: Sequence[Transfer], none: str, uow: BotUnitOfWork
    ) -> Transfer | Outcome:
        """Return the hand-over that is meant, or the answer that lists those it can be."""
        if words.document:
            found = uow.hand_overs.transfer_numbered(words.document)
            text = NOT_NUMBERED.format(number=words.document)
            return found if found is not None else say(uow, said, text, privately=True)
        if not waiting:
            return say(uow, said, none, privately=True)
        if len(waiting) == 1:
            return waiting[0]
        lines = "\n".join(
            PLEASE_LINE.format(
                words=f"{words.word} {one.number} {words.rest}".rstrip(), about=transfer_words(one, uow)
            )
            for one in waiting[:LISTED]
        )
        text = WHICH_HAND_OVER.format(count=len(waiting), word=words.word, lines=lines)
        return say(uow, said, text, privately=True)

    def _done(
        self,
        said: Said,
        command: TransferCommand,
        transfer: Transfer,
        text: str,
        uow: BotUnitOfWork,
        **more: str,
    ) -> Outcome:
        self._bus.handle(command, uow)
        place = uow.parts.place(transfer.to_id).name
        words = text.format(
            number=transfer.number,
            parts=parts_words(transfer, uow),
            place=place,
            sender=uow.people.get(transfer.sender_id).name,
            **more,
        )
        return say(uow, said, words, privately=True)

    def _press(
        self,
        said: Said,
        pressed: Pressed,
        kind: type[TransferCommand],
        done: str,
        person: Person,
        uow: BotUnitOfWork,
    ) -> Outcome:
        action = pressed.action
        found = uow.hand_overs.find_transfer(action.subject_id)
        if found is not None and found.state == done:
            return DONE
        self._bus.handle(
            kind(transfer_id=action.subject_id, seen_rev=action.version, **said.cause(person.id)), uow
        )
        return DONE


def ask_why(said: Said, transfer: Transfer, uow: BotUnitOfWork) -> str:
    """Wait for why pieces were refused, and return the question; what is waited for already goes on."""
    if uow.dialogues.current(said.key, said.at) is not None:
        return REFUSED_HOW.format(number=transfer.number)
    data = {"transfer": str(transfer.id)}
    uow.dialogues.begin(said.key, PARTS_REFUSED, data, said.at + WHY_WAIT)
    return REFUSED_WHY


def offered_to(person: Person, uow: BotUnitOfWork) -> Sequence[Transfer]:
    """Return what somebody has to take: for themselves, or for a store that they keep."""
    return uow.hand_overs.offered_to(person.id, kept_places(person, uow), LISTED + 1)


def offered_by(person: Person, uow: BotUnitOfWork) -> Sequence[Transfer]:
    """Return what somebody sent and nobody took yet."""
    van = uow.parts.van_of(person.id)
    places = [*kept_places(person, uow), *([van.id] if van is not None else [])]
    return [one for one in uow.hand_overs.offered_from(places, LOOKED_AT) if one.sender_id == person.id]


def kept_places(person: Person, uow: BotUnitOfWork) -> list[UUID]:
    """Return the stores somebody keeps, whose deliveries they take."""
    if not may(person.roles, Verb.KEEP_STOCK):
        return []
    return [one.id for one in uow.parts.kept_by(person.id)]


def transfer_words(transfer: Transfer, uow: BotUnitOfWork) -> str:
    """Return what is handed over, from where to where."""
    source, target = uow.parts.place(transfer.from_id), uow.parts.place(transfer.to_id)
    return f"{parts_words(transfer, uow)}，{source.name} → {target.name}"


def parts_words(transfer: Transfer, uow: BotUnitOfWork) -> str:
    """Return the parts of a hand-over in one line."""
    lines = uow.hand_overs.transfer_lines(transfer.id)
    return "，".join(words_of([(line.part_id, line.quantity, line.lot) for line in lines], uow))
