"""The card of a store as it is now, for whoever pressed a button on it."""

from collections.abc import Mapping
from datetime import datetime

from adapters.inbound import Answer
from bot.ports import BotUnitOfWork
from cards.spec import CardAction
from domain.access.rights import Verb, may
from domain.kernel.messages import Message
from domain.people.model import Person
from domain.policies.parts_views import request_view
from domain.policies.store_page import picking_url
from domain.policies.supply_views import count_view, purchase_view

_CARD: Mapping[str, str] = {
    "store.issue_all": "parts_request",
    "store.issue_done": "parts_request",
    "store.received": "purchase",
    "store.count_done": "stock_count",
    "store.count_left": "stock_count",
}


def store_card(action: CardAction, at: datetime, person: Person, uow: BotUnitOfWork) -> Answer:
    """Return the fresh card of a request, a purchase or a count; nothing for who keeps no stock."""
    if not may(person.roles, Verb.KEEP_STOCK):
        return Answer()
    card, view = _CARD.get(action.verb, ""), _view(action, at, person, uow)
    return Answer(card=card, view=view.model_dump(mode="json")) if view is not None else Answer()


def _view(action: CardAction, at: datetime, person: Person, uow: BotUnitOfWork) -> Message | None:
    match _CARD.get(action.verb):
        case "parts_request":
            request = uow.hand_overs.find_request(action.subject_id)
            if request is None:
                return None
            url = picking_url(request, person, at, uow)
            return request_view(request, person, uow).model_copy(update={"page_url": url})
        case "purchase":
            purchase = uow.supply.find_purchase(action.subject_id)
            return purchase_view(purchase, at, uow) if purchase is not None else None
        case "stock_count":
            count = uow.supply.find_count(action.subject_id)
            return count_view(count, uow) if count is not None else None
    return None
