"""Two work orders about one fault become one; where they hardly are, that is asked first."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from bot.errors import NotUnderstood
from bot.field_orders import order_numbered
from bot.intents import NUMBER, Wish, Words
from bot.parts import Act, Continue, Press, Pressed
from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said, say, show
from cards.desk import MergeDoubtView
from cards.text_desk import MERGE_DROPPED, MERGED_INTO
from domain.access.rights import Verb, may
from domain.kernel.bus import Bus
from domain.kernel.errors import NotPermitted
from domain.people.model import Person
from domain.policies.views import address_of
from domain.workorder.commands import MergeWorkOrders
from domain.workorder.model import WorkOrder

DOUBTED_MERGE = "doubted_merge"
CONFIRM_WITHIN = timedelta(minutes=10)
EXAMPLE = "合并 WO-20260302-0007 到 WO-20260302-0008"


class Merging:
    """What a dispatcher says and presses to merge; a part of the conversation."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def wishes(self) -> Mapping[Wish, Act]:
        """Return what words it answers to."""
        return {Wish.MERGE: self.merge}

    def verbs(self) -> Mapping[str, Press]:
        """Return which buttons it answers to."""
        return {"wo.merge": self.press_merge}

    def dialogues(self) -> Mapping[str, Continue]:
        """Return which dialogues it goes on with."""
        return {DOUBTED_MERGE: self.go_on_merging}

    def merge(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """End one work order in favour of another: `合并 WO-a 到 WO-b`."""
        _insist(person, Verb.MERGE)
        into = NUMBER.search(words.rest)
        if not words.number or into is None:
            raise NotUnderstood(words="合并", example=EXAMPLE)
        order = uow.work_orders.by_number(words.number) or order_numbered(words.number, person, uow)
        target = order_numbered(f"WO-{into[1]}-{into[2]}", person, uow)
        pair = {"order": str(order.id), "into": str(target.id)}
        dialogue = uow.dialogues.current(said.key, said.at)
        if (differs := _differences(order, target, uow)) and dialogue != (DOUBTED_MERGE, pair):
            uow.dialogues.begin(said.key, DOUBTED_MERGE, pair, said.at + CONFIRM_WITHIN)
            view = MergeDoubtView(
                work_order_id=order.id,
                version=order.version,
                number=order.number,
                into_id=target.id,
                into=target.number,
                differences=differs,
            )
            return show(uow, said, "merge_doubt", view.model_dump(mode="json"), privately=True)
        return self._merge(said, order, target, person, uow)

    def press_merge(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Merge although machine or place differ: the press is the confirmation."""
        _insist(person, Verb.MERGE)
        order = uow.work_orders.get(pressed.action.subject_id)
        return self._merge(said, order, uow.work_orders.get(UUID(pressed.action.choice)), person, uow)

    def go_on_merging(
        self, said: Said, words: Words, data: dict[str, Any], person: Person, uow: BotUnitOfWork
    ) -> Outcome | None:
        """Take “确认”, or forget it; other words are about something else."""
        if words.wish is Wish.NEVER_MIND:
            uow.dialogues.end(said.key)
            return say(uow, said, MERGE_DROPPED)
        if words.wish is not Wish.CONFIRM:
            return None
        order, target = (uow.work_orders.get(UUID(data[key])) for key in ("order", "into"))
        return self._merge(said, order, target, person, uow)

    def _merge(
        self, said: Said, order: WorkOrder, target: WorkOrder, person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        command = MergeWorkOrders(work_order_id=order.id, into_id=target.id, **said.cause(person.id))
        self._bus.handle(command, uow)
        uow.dialogues.end(said.key)
        return say(uow, said, MERGED_INTO.format(number=order.number, into=target.number))


def _differences(order: WorkOrder, target: WorkOrder, uow: BotUnitOfWork) -> tuple[tuple[str, str, str], ...]:
    """Return machine and place where the two are not the same, as far as both are known."""
    pairs = (
        ("asset", uow.assets.name_of(order.asset_id), uow.assets.name_of(target.asset_id)),
        ("address", address_of(order, uow), address_of(target, uow)),
    )
    return tuple((what, one, other) for what, one, other in pairs if one and other and one != other)


def _insist(person: Person, verb: Verb) -> None:
    if not may(person.roles, verb):
        raise NotPermitted(action=verb.value)
