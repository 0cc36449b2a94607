"""`供应商发货 SP-… 20 顺丰 SF123`: what a supplier told one of us."""

import re
from decimal import Decimal

from bot.errors import WordsMissing
from bot.part_words import UNITS, SaidPart, amount_of
from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said, say
from bot.store_finding import purchase_meant
from bot.store_words import StoreWords
from cards.text_suppliers import SHIPPED
from domain.kernel.bus import Bus
from domain.kernel.localtime import day_words
from domain.parts.supply_commands import SHIPMENT_LIMIT, ReportShipment
from domain.parts.wording import line_words
from domain.people.model import Person
from domain.policies.supply_shipping import not_shipped

ORDERED = ("ordered",)
EXAMPLE = "{words} {number} 20 顺丰 SF1234567890"
_QUANTITY = re.compile(rf"^[×*xX]?\s*(\d{{1,6}}(?:\.\d{{1,3}})?)\s*(?:{UNITS})?[\s,，]+(?=\S)")


class Shipping:
    """What is on its way to us."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def shipped(self, said: Said, words: StoreWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Keep that a supplier sent pieces; all that are not sent yet, where no number is said.

        Raises:
            WordsMissing: nothing is said about how it travels.
            QuantityWrong: so many cannot be.
        """
        purchase = purchase_meant(said, words, ORDERED, uow)
        if isinstance(purchase, Outcome):
            return purchase
        part = uow.parts.get(purchase.part_id)
        found = _QUANTITY.match(words.rest)
        shipment = words.rest[found.end() :] if found else words.rest
        if not shipment:
            raise WordsMissing(
                words=words.word, example=EXAMPLE.format(words=words.word, number=purchase.number)
            )
        quantity = not_shipped(purchase)
        if found or quantity <= 0:
            counted = Decimal(found[1]) if found else purchase.quantity
            quantity = amount_of(SaidPart(part.code, counted, said=f"{counted}"), part)
        command = ReportShipment(
            purchase_id=purchase.id,
            quantity=quantity,
            shipment=shipment[:SHIPMENT_LIMIT],
            **said.cause(person.id),
        )
        self._bus.handle(command, uow)
        text = SHIPPED.format(
            number=purchase.number,
            line=line_words(part, quantity),
            shipment=command.shipment,
            day=day_words(purchase.expected_on),
        )
        return say(uow, said, text, privately=True)
