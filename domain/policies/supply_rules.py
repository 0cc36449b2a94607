"""Reorder rules: what runs low is said and asked for once, and again after it was refilled.

Source: docs/reference/spare-parts.md, rule PA-9
"""

from datetime import datetime
from decimal import Decimal
from uuid import uuid4

from domain.parts.events import StockMoved
from domain.parts.model.supply import StockRule
from domain.parts.moving import check_quantity
from domain.parts.supply_commands import SetStockRule
from domain.parts.supply_events import StockLow, StockRefilled, StockRuleSet
from domain.policies.ports import EveryUnitOfWork
from domain.policies.supply_people import SYSTEM, asker_for
from domain.policies.supply_purchases import Wanted, open_purchase


def set_stock_rule(cmd: SetStockRule, uow: EveryUnitOfWork) -> None:
    """Say when a part is low at a place; what is low already fires at once.

    Raises:
        QuantityWrong: not a whole number of what is counted in whole units.
    """
    part, place = uow.parts.get(cmd.part_id), uow.parts.place(cmd.place_id)
    check_quantity(part, cmd.below)
    check_quantity(part, cmd.order_quantity)
    on_hand = uow.stock.balance(part.id, place.id).quantity
    rule = uow.supply.rule(part.id, place.id)
    rule_id = rule.id if rule is not None else uuid4()
    if not cmd.below:
        if rule is None:
            return
        uow.supply.drop_rule(rule)
    elif rule is None:
        rule = StockRule(id=rule_id, part_id=part.id, place_id=place.id, armed=True)
        rule.below, rule.order_quantity = cmd.below, cmd.order_quantity
        uow.supply.add_rule(rule)
    else:
        rule.below, rule.order_quantity = cmd.below, cmd.order_quantity
    uow.record(
        StockRuleSet(
            occurred_at=cmd.issued_at,
            actor_id=cmd.actor_id,
            rule_id=rule_id,
            part_id=part.id,
            place_id=place.id,
            below=cmd.below,
            order_quantity=cmd.order_quantity,
        )
    )
    if cmd.below and rule is not None:
        _decide(rule, on_hand, cmd.actor_id, cmd.issued_at, uow)


def follow_stock(event: StockMoved, uow: EveryUnitOfWork) -> None:
    """Ask the rules about both ends of a movement, by what is there now.

    The balances are locked since the movement, and the rule is locked after them; so of many movements at
    once only the one that crosses the limit fires.
    """
    for place_id, inside in ((event.from_id, event.left), (event.to_id, event.stands)):
        if inside is None:
            continue
        rule = uow.supply.rule(event.part_id, place_id)
        if rule is not None:
            on_hand = uow.stock.balance(event.part_id, place_id).quantity
            _decide(rule, on_hand, event.actor_id, event.occurred_at, uow)


def ask_for_more(event: StockLow, uow: EveryUnitOfWork) -> None:
    """Ask for the purchase that a rule wants, in the name of whoever answers for the place."""
    place = uow.parts.place(event.place_id)
    initiator_id = asker_for(place, uow) if event.order_quantity else None
    if initiator_id is None:
        return
    wanted = Wanted(
        purchase_id=uuid4(),
        part_id=event.part_id,
        place_id=event.place_id,
        quantity=event.order_quantity,
        requested_by=initiator_id,
        rule_id=event.rule_id,
    )
    open_purchase(wanted, SYSTEM, event.occurred_at, uow)


def _decide(rule: StockRule, on_hand: Decimal, actor_id: str, at: datetime, uow: EveryUnitOfWork) -> None:
    if on_hand < rule.below and rule.armed:
        rule.armed, rule.fired_at = False, at
        kind: type[StockLow] = StockLow
    elif on_hand >= rule.below and not rule.armed:
        rule.armed = True
        kind = StockRefilled
    else:
        return
    uow.record(
        kind(
            occurred_at=at,
            actor_id=actor_id,
            rule_id=rule.id,
            part_id=rule.part_id,
            place_id=rule.place_id,
            below=rule.below,
            quantity=on_hand,
            order_quantity=rule.order_quantity,
        )
    )
