"""What a store does with old parts: taken back, done without, repaired, scrapped."""

from bot.errors import WordsMissing
from bot.part_words import read_parts
from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said, say
from bot.store_buying import ask_place
from bot.store_finding import LOOKED_AT, document_meant
from bot.store_reading import own_store, place_called, take_from_to, take_reason
from bot.store_words import Deed, StoreWords
from cards.text_store import OLD_NAME, OLD_REPAIRED, OLD_SCRAPPED, OLD_SENT, OLD_TAKEN, OLD_WAIVED
from domain.kernel.bus import Bus
from domain.parts.commands import REASON_LIMIT, RepairOldPart, TakeOldPart, WaiveOldPart
from domain.parts.model.catalogue import Place
from domain.parts.model.documents import OldPart
from domain.parts.wording import line_words
from domain.people.model import Person

WAIVE_EXAMPLE = "免还 JJ-20261130-0001 客户自留"
OLD_STATES = ("owed", "sent", "back", "repairing")


class OldParts:
    """`收旧件`, `免还`, `送修`, `修好`, `报废旧件`."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def do(self, said: Said, words: StoreWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Take an old part, do without it, or say how its repair goes.

        Raises:
            WordsMissing: a reason, or the place of a repaired part, is missing.
        """
        candidates = uow.hand_overs.old_parts(None, OLD_STATES, LOOKED_AT)
        old = document_meant(said, words, uow.hand_overs.old_part_numbered, candidates, OLD_NAME, uow)
        if isinstance(old, Outcome):
            return old
        line = line_words(uow.parts.get(old.part_id), old.quantity, (old.lot,))
        facts = {"number": old.number, "line": line, "place": "", "reason": ""}
        match words.deed:
            case Deed.TAKE_OLD:
                lot = _lot_said(words.rest)
                self._bus.handle(TakeOldPart(old_part_id=old.id, lot=lot, **said.cause(person.id)), uow)
                return say(uow, said, OLD_TAKEN.format(**facts), privately=True)
            case Deed.WAIVE_OLD:
                reason = take_reason(words.rest)[0] or words.rest
                if not reason:
                    raise WordsMissing(words=words.word, example=WAIVE_EXAMPLE)
                waive = WaiveOldPart(
                    old_part_id=old.id, reason=reason[:REASON_LIMIT], **said.cause(person.id)
                )
                self._bus.handle(waive, uow)
                return say(uow, said, OLD_WAIVED.format(**facts | {"reason": reason}), privately=True)
            case Deed.REPAIRED:
                return self._repaired(said, words, old, facts, person, uow)
            case Deed.SEND_TO_REPAIR:
                self._repair(said, old, "send", None, person, uow)
                return say(uow, said, OLD_SENT.format(**facts), privately=True)
        self._repair(said, old, "scrapped", None, person, uow)
        return say(uow, said, OLD_SCRAPPED.format(**facts), privately=True)

    def _repaired(
        self,
        said: Said,
        words: StoreWords,
        old: OldPart,
        facts: dict[str, str],
        person: Person,
        uow: BotUnitOfWork,
    ) -> Outcome:
        _, target, rest = take_from_to(words.rest)
        named = target or rest
        place = place_called(named, uow) if named else own_store(person, uow)
        if place is None:
            return ask_place(said, f"{words.word} {old.number} 到", uow)
        self._repair(said, old, "repaired", place, person, uow)
        return say(uow, said, OLD_REPAIRED.format(**facts | {"place": place.name}), privately=True)

    def _repair(
        self, said: Said, old: OldPart, outcome: str, place: Place | None, person: Person, uow: BotUnitOfWork
    ) -> None:
        command = RepairOldPart.model_validate(
            {
                "old_part_id": old.id,
                "outcome": outcome,
                "place_id": place.id if place is not None else None,
                **said.cause(person.id),
            }
        )
        self._bus.handle(command, uow)


def _lot_said(text: str) -> str:
    """Return the serial that is said, with or without a label."""
    said = read_parts(text)
    if said and said[0].lots:
        return said[0].lots[0]
    return text.split()[0] if text.split() else ""
