"""Buying: what is wanted, what was ordered for when, the list of it, its end; and the safety stock."""

from bot.errors import DayUnknown, WordsMissing
from bot.part_finding import find_part
from bot.part_words import SaidPart
from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said, say, show
from bot.store_days import read_day
from bot.store_finding import UNDER_WAY, purchase_meant
from bot.store_reading import (
    Meant,
    SeveralParts,
    own_store,
    parts_meant,
    place_called,
    store_names,
    take_from_to,
    take_place,
    take_price,
    take_reason,
)
from bot.store_task import made_by
from bot.store_words import RuleWords, StoreWords
from cards.text_store import (
    BOUGHT,
    ORDERED,
    PLACE_NEEDED,
    PURCHASE_ENDED,
    RULE_ENDED,
    RULE_SET,
    RULE_SET_ALERT,
)
from domain.kernel.bus import Bus
from domain.kernel.localtime import day_words, local_day
from domain.parts.errors import QuantityWrong
from domain.parts.ledger import quantity_words
from domain.parts.model.catalogue import Part, Place
from domain.parts.supply_commands import EndPurchase, PlaceOrder, RequestPurchase, SetStockRule
from domain.parts.wording import line_words, part_name
from domain.people.model import Person
from domain.policies.supplier_views import record_words
from domain.policies.supply_views import purchases_view
from domain.workorder.errors import WorkOrderNotFound
from domain.workorder.model import WorkOrder

ORDERABLE = ("approved", "ordered")
BUY_EXAMPLE = "采购 6204 ×50 到 中心仓 原因"
ORDERED_EXAMPLE = "{words} {number} 12-05 供应商 单价 12.5"
END_EXAMPLE = "结束采购 SP-20261130-0001 供应商停产"
RULE_EXAMPLE = "安全库存 6204 20 补 50 中心仓"


class Buying:
    """`采购`, `已下单`, `采购单`, `结束采购`, `安全库存`."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def buy(self, said: Said, words: StoreWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Ask for a part to be bought.

        Raises:
            WordsMissing: no part is named.
            WorkOrderNotFound: there is no such job.
        """
        if not words.rest:
            raise WordsMissing(words=words.word, example=BUY_EXAMPLE)
        order = uow.work_orders.by_number(words.order_number) if words.order_number else None
        if words.order_number and order is None:
            raise WorkOrderNotFound(number=words.order_number)
        reason, text = take_reason(words.rest)
        _, target, text = take_from_to(text)
        wanted, rest = parts_meant(text, uow)
        found, rest = take_place(rest, uow) if not target else (place_called(target, uow), rest)
        place = found or own_store(person, uow)
        if place is None:
            again = "，".join(f"{one.part.code} ×{quantity_words(one.amount())}" for one in wanted)
            return ask_place(said, f"{words.word} {again} 到", uow)
        why = (order, reason or rest)
        bought = [self._bought(said, at, one, place, why, person, uow) for at, one in enumerate(wanted)]
        return say(uow, said, "\n".join(bought), privately=True)

    def _bought(
        self,
        said: Said,
        at: int,
        meant: Meant,
        place: Place,
        why: tuple[WorkOrder | None, str],
        person: Person,
        uow: BotUnitOfWork,
    ) -> str:
        order, reason = why
        quantity = meant.amount()
        command = RequestPurchase(
            purchase_id=made_by(said, f"purchase.{at}" if at else "purchase"),
            part_id=meant.part.id,
            place_id=place.id,
            quantity=quantity,
            work_order_id=order.id if order is not None else None,
            reason=reason,
            **said.cause(person.id),
        )
        self._bus.handle(command, uow)
        purchase = uow.supply.purchase(command.purchase_id)
        return BOUGHT[purchase.state].format(
            number=purchase.number, line=line_words(meant.part, quantity), place=place.name
        )

    def ordered(self, said: Said, words: StoreWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Keep that a purchase was ordered, for when, where, and at what price.

        Raises:
            WordsMissing: nothing is said about it.
            DayUnknown: no day is named, or one that does not exist.
        """
        purchase = purchase_meant(said, words, ORDERABLE, uow)
        if isinstance(purchase, Outcome):
            return purchase
        price_fen, text = take_price(words.rest)
        try:
            day, rest = read_day(text, local_day(said.at))
        except ValueError:
            day, rest = None, text
        if day is None:
            example = ORDERED_EXAMPLE.format(words=words.word, number=purchase.number)
            if not words.rest:
                raise WordsMissing(words=words.word, example=example)
            raise DayUnknown(text=text, example=example)
        supplier = uow.parts.supplier_named(rest) if rest else None
        record = record_words(supplier.id, local_day(said.at), uow) if supplier is not None else ""
        command = PlaceOrder(
            purchase_id=purchase.id,
            supplier_id=supplier.id if supplier is not None else None,
            expected_on=day,
            price_fen=price_fen,
            **said.cause(person.id),
        )
        self._bus.handle(command, uow)
        text = ORDERED.format(
            number=purchase.number,
            line=line_words(uow.parts.get(purchase.part_id), purchase.quantity),
            day=day_words(day),
            supplier=f"，供应商 {supplier.name}" if supplier is not None else "",
            record=f"（{record}）" if record else "",
            unknown=f"没有找到供应商“{rest}”，供应商没有改动。" if rest and supplier is None else "",
        )
        return say(uow, said, text, privately=True)

    def purchases(self, said: Said, words: StoreWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """List what is being bought."""
        view = purchases_view(uow)
        return show(uow, said, "documents", view.model_dump(mode="json"), privately=True)

    def end(self, said: Said, words: StoreWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Wait no longer for what is missing of a purchase.

        Raises:
            WordsMissing: no reason is given.
        """
        purchase = purchase_meant(said, words, UNDER_WAY, uow)
        if isinstance(purchase, Outcome):
            return purchase
        reason = take_reason(words.rest)[0] or words.rest
        if not reason:
            raise WordsMissing(words=words.word, example=END_EXAMPLE)
        self._bus.handle(
            EndPurchase(purchase_id=purchase.id, reason=reason[:200], **said.cause(person.id)), uow
        )
        left = purchase.quantity - purchase.received
        text = PURCHASE_ENDED.format(
            number=purchase.number, line=line_words(uow.parts.get(purchase.part_id), left), reason=reason
        )
        return say(uow, said, text, privately=True)

    def rule(self, said: Said, words: StoreWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Say when a part is low at a place, and how many are bought then: `安全库存 6204 20 补 50`.

        Raises:
            WordsMissing: there is no part, or no number.
            QuantityWrong: a number is no quantity of this part.
        """
        numbers = RuleWords.read(words.rest)
        if numbers is None:
            raise WordsMissing(words=words.word, example=RULE_EXAMPLE)
        found = find_part(SaidPart(numbers.part), uow)
        if found.only is None:
            raise SeveralParts(numbers.part, found.parts)
        part = found.only
        _insist_numbers(numbers, part)
        place, _ = take_place(numbers.rest, uow)
        if place is None and numbers.rest:
            place = place_called(numbers.rest.split()[0], uow)
        place = place or own_store(person, uow)
        if place is None:
            return ask_place(said, f"{words.word} {words.rest}", uow)
        command = SetStockRule(
            part_id=part.id,
            place_id=place.id,
            below=numbers.below,
            order_quantity=numbers.order,
            **said.cause(person.id),
        )
        self._bus.handle(command, uow)
        template = RULE_ENDED if not numbers.below else RULE_SET if numbers.order else RULE_SET_ALERT
        text = template.format(
            name=part_name(part),
            place=place.name,
            below=quantity_words(numbers.below),
            order=quantity_words(numbers.order),
            unit=part.unit,
        )
        return say(uow, said, text, privately=True)


def _insist_numbers(numbers: RuleWords, part: Part) -> None:
    """Refuse numbers that are no quantity of a part.

    Raises:
        QuantityWrong: less than nothing, or half a piece.
    """
    for number in (numbers.below, numbers.order):
        if number < 0 or (part.whole and number != number.to_integral_value()):
            why = f"要按整{part.unit}写，不能小于 0"
            raise QuantityWrong(name=part_name(part), quantity=quantity_words(number), why=why)


def ask_place(said: Said, words: str, uow: BotUnitOfWork) -> Outcome:
    """Ask which place is meant, with the words to say."""
    stores = uow.parts.stores()
    example = f"{words} {stores[0].name}" if stores else words
    text = PLACE_NEEDED.format(places=store_names(stores), example=example)
    return say(uow, said, text, privately=True)
