"""Codes for machines in words: shown, made anew, taken back."""

from collections.abc import Callable

from adapters.links import new_label
from bot.lookup_words import Lookup, LookupWords
from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said, say
from cards.text_assets import LABEL_ENDED, LABEL_IS, LABEL_REPLACED
from domain.access.rights import Verb, may
from domain.assets.commands import EndLabel, LabelAsset
from domain.assets.model import Asset
from domain.kernel.bus import Bus
from domain.kernel.errors import NotFound, NotPermitted
from domain.people.model import Person
from domain.policies.finding import asset_called


class Labels:
    """What the service desk says about the code on a machine.

    Args:
        draw: makes a code that nobody guesses.
    """

    def __init__(self, bus: Bus, draw: Callable[[], str] = new_label) -> None:
        self._bus = bus
        self._draw = draw

    def answer(self, said: Said, words: LookupWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Do what the words ask for; a machine without a code gets one when it is asked for.

        Raises:
            NotPermitted, NotFound: nothing was done.
        """
        if not may(person.roles, Verb.MANAGE_CUSTOMERS):
            raise NotPermitted(action=Verb.MANAGE_CUSTOMERS.value)
        asset = asset_called(words.text, uow)
        if asset is None:
            raise NotFound(what=f"设备 {words.text}")
        if words.wish is Lookup.END_LABEL:
            self._bus.handle(EndLabel(asset_id=asset.id, **said.cause(person.id)), uow)
            text = LABEL_ENDED.format(asset=asset.name, serial=asset.serial)
            return say(uow, said, text, privately=True)
        before = uow.assets.label_of(asset.id)
        if before is not None and words.wish is Lookup.LABEL:
            return self._told(said, LABEL_IS, asset, before.label, uow)
        label = self._draw()
        self._bus.handle(LabelAsset(asset_id=asset.id, label=label, **said.cause(person.id)), uow)
        return self._told(said, LABEL_REPLACED if before is not None else LABEL_IS, asset, label, uow)

    def _told(self, said: Said, text: str, asset: Asset, label: str, uow: BotUnitOfWork) -> Outcome:
        url = uow.links.of_label(label)
        return say(uow, said, text.format(asset=asset.name, serial=asset.serial, url=url), privately=True)
