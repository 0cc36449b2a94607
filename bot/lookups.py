"""Words about customers and machines: looked up at the moment of a call, and kept tidy."""

import re
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from bot.errors import NotUnderstood
from bot.intake_heard import draft_key
from bot.intents import NUMBER
from bot.labels import Labels
from bot.lookup_words import Lookup, LookupWords, read_bare, read_pair
from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said, say, show
from cards.text_assets import (
    CONFIRM_MERGE_ASSETS,
    CONFIRM_MERGE_CUSTOMERS,
    LEVEL_CHANGED,
    MERGE_DROPPED,
    MERGED,
    NOTHING_FOUND,
    NOTHING_TO_CONFIRM,
)
from cards.text_spoken import NOT_YOUR_ASSET
from domain.access.rights import Verb, may
from domain.assets.commands import ChangeCustomerLevel, MergeAssets, MergeCustomers
from domain.assets.merging import may_merge_assets, may_merge_customers, shown
from domain.assets.model import Asset, Customer
from domain.kernel.bus import Bus
from domain.kernel.errors import NotFound, NotPermitted
from domain.kernel.localtime import local_day
from domain.kernel.messages import Message
from domain.people.model import STAFF_ROLES, Person
from domain.policies.finding import asset_called, customer_called, find_anything
from domain.policies.history import asset_view, customer_view, history_view

MERGE = "merge"
"""The kind of the dialogue that waits for “确认合并”."""
CONFIRM_WITHIN = timedelta(minutes=10)
_OWN_ASSET = re.compile(r"[0-9A-Za-z\u4e00-\u9fa5·.][0-9A-Za-z·./_\s-]{3,}")


class Lookups:
    """What can be asked about customers and machines; every method is one wish of one known person."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._labels = Labels(bus)

    def answer(self, said: Said, words: LookupWords, person: Person, uow: BotUnitOfWork) -> Outcome | None:
        """Do what the words ask for, or return None where they mean something else from this person.

        A customer's “设备 不制冷了” is a fault, and “查 SN…” of a machine that is not theirs finds nothing.
        """
        if not person.roles & STAFF_ROLES:
            return self._for_customer(said, words, person, uow)
        match words.wish:
            case Lookup.FIND:
                return self.find(said, words.text, person, uow)
            case Lookup.CUSTOMER:
                return self.customer(said, words.text, person, uow)
            case Lookup.ASSET:
                return self.asset(said, words.text, person, uow)
            case Lookup.MERGE_CUSTOMERS:
                return self.merge_customers(said, words.text, person, uow)
            case Lookup.MERGE_ASSETS:
                return self.merge_assets(said, words.text, person, uow)
            case Lookup.CONFIRM_MERGE:
                return self.confirm_merge(said, person, uow)
            case Lookup.LABEL | Lookup.NEW_LABEL | Lookup.END_LABEL:
                return self._labels.answer(said, words, person, uow)
        return self.level(said, words.text, person, uow)

    def find(self, said: Said, text: str, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Answer a phone number, plate, serial, name or work-order number with the history card."""
        found = find_anything(text, uow)
        view = history_view(found, text, person, local_day(said.at), uow) if found is not None else None
        return _shown(said, "history", view, text, uow)

    def customer(self, said: Said, text: str, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Answer a customer's name or code with the customer from every side."""
        customer = customer_called(text, uow)
        view = customer_view(customer, person, local_day(said.at), uow) if customer is not None else None
        return _shown(said, "customer", view, text, uow)

    def asset(self, said: Said, text: str, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Answer a serial or a plate with the machine's file."""
        asset = asset_called(text, uow)
        view = asset_view(asset, person, local_day(said.at), uow) if asset is not None else None
        return _shown(said, "asset", view, text, uow)

    def merge_customers(self, said: Said, text: str, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Ask for confirmation before two customers become one; nothing is changed yet."""
        _insist_on_rights(person)
        names = _pair(text, "合并客户", "合并客户 安达冷链 到 C001")
        double, survivor = (_customer(name, uow) for name in names)
        may_merge_customers(double, survivor, survivor.name)
        data = {"what": "customers", "double": str(double.id), "survivor": str(survivor.id)}
        uow.dialogues.begin(said.key, MERGE, data, said.at + CONFIRM_WITHIN)
        facts = {"double": _named(double), "survivor": _named(survivor)}
        return say(uow, said, CONFIRM_MERGE_CUSTOMERS.format(**facts), privately=True)

    def merge_assets(self, said: Said, text: str, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Ask for confirmation before two assets become one; nothing is changed yet."""
        _insist_on_rights(person)
        names = _pair(text, "合并设备", "合并设备 LK230612-01 到 LK-230612-01")
        double, survivor = (_asset(name, uow) for name in names)
        may_merge_assets(double, survivor, shown(survivor))
        data = {"what": "assets", "double": str(double.id), "survivor": str(survivor.id)}
        uow.dialogues.begin(said.key, MERGE, data, said.at + CONFIRM_WITHIN)
        facts = {"double": shown(double), "survivor": shown(survivor)}
        return say(uow, said, CONFIRM_MERGE_ASSETS.format(**facts), privately=True)

    def confirm_merge(self, said: Said, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Merge what was asked for a moment ago; everything is checked again."""
        dialogue = uow.dialogues.current(said.key, said.at)
        if dialogue is None or dialogue[0] != MERGE:
            return say(uow, said, NOTHING_TO_CONFIRM, privately=True)
        double, survivor = self._merge(said, dialogue[1], person, uow)
        uow.dialogues.end(said.key)
        return say(uow, said, MERGED.format(double=double, survivor=survivor), privately=True)

    def drop_merge(self, said: Said, uow: BotUnitOfWork) -> Outcome:
        """Forget a merge that waits for its confirmation."""
        uow.dialogues.end(said.key)
        return say(uow, said, MERGE_DROPPED, privately=True)

    def level(self, said: Said, text: str, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Rate a customer anew: customer, level and reason, in this order."""
        _insist_on_rights(person)
        parts = text.split(maxsplit=2)
        if len(parts) < 3:
            raise NotUnderstood(words="客户级别", example="客户级别 C001 金牌 年度续约 50 万")
        customer = _customer(parts[0], uow)
        command = ChangeCustomerLevel(
            customer_id=customer.id, level=parts[1][:50], reason=parts[2], **said.cause(person.id)
        )
        self._bus.handle(command, uow)
        return say(uow, said, LEVEL_CHANGED.format(name=customer.name, level=parts[1][:50]), privately=True)

    def _for_customer(
        self, said: Said, words: LookupWords, person: Person, uow: BotUnitOfWork
    ) -> Outcome | None:
        """Answer a customer about their own machine; anything else is not for this desk."""
        if words.wish not in (Lookup.FIND, Lookup.ASSET) or not _OWN_ASSET.fullmatch(words.text):
            return None
        asset = asset_called(words.text, uow)
        view = asset_view(asset, person, local_day(said.at), uow) if asset is not None else None
        if view is not None:
            return _shown(said, "asset", view, words.text, uow)
        if read_bare(words.text) is None or NUMBER.fullmatch(words.text):
            return None
        if words.wish is Lookup.ASSET and uow.drafts.live_of(draft_key(said)) is not None:
            return None
        return say(uow, said, NOT_YOUR_ASSET.format(text=words.text[:40]), privately=True)

    def _merge(
        self, said: Said, data: Mapping[str, str], person: Person, uow: BotUnitOfWork
    ) -> tuple[str, str]:
        double, survivor = UUID(data["double"]), UUID(data["survivor"])
        if data["what"] == "customers":
            self._bus.handle(
                MergeCustomers(customer_id=double, into_id=survivor, **said.cause(person.id)), uow
            )
            return _named(uow.customers.get(double)), _named(uow.customers.get(survivor))
        self._bus.handle(MergeAssets(asset_id=double, into_id=survivor, **said.cause(person.id)), uow)
        return shown(uow.assets.get(double)), shown(uow.assets.get(survivor))


def _shown(said: Said, card: str, view: Message | None, text: str, uow: BotUnitOfWork) -> Outcome:
    """Answer in the asker's own chat; who may not know of it reads what they would read of nothing."""
    if view is None:
        return say(uow, said, NOTHING_FOUND.format(text=text[:40]), privately=True)
    return show(uow, said, card, view.model_dump(mode="json"), privately=True)


def _insist_on_rights(person: Person) -> None:
    """Refuse early, before anything is looked up for somebody who could not use it."""
    if not may(person.roles, Verb.MANAGE_CUSTOMERS):
        raise NotPermitted(action=Verb.MANAGE_CUSTOMERS.value)


def _pair(text: str, words: str, example: str) -> tuple[str, str]:
    pair = read_pair(text)
    if pair is None:
        raise NotUnderstood(words=words, example=example)
    return pair


def _customer(text: str, uow: BotUnitOfWork) -> Customer:
    """Return the customer of a name; one that is merged already stands for its survivor."""
    customer = customer_called(text, uow)
    if customer is None:
        raise NotFound(what=f"客户 {text}")
    return customer


def _asset(text: str, uow: BotUnitOfWork) -> Asset:
    asset = asset_called(text, uow)
    if asset is None:
        raise NotFound(what=f"设备 {text}")
    return asset


def _named(customer: Customer) -> str:
    return f"{customer.name}（{customer.code}）"
