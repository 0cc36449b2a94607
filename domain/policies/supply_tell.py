"""Who is told what about stock, purchases and counts: news in words, and living cards."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from domain.kernel.localtime import day_words
from domain.kernel.notices import Notice, person_audience
from domain.parts.ledger import quantity_words
from domain.parts.model.catalogue import Place
from domain.parts.supply_events import (
    CountEvent,
    CountPosted,
    PurchaseEvent,
    PurchaseReminded,
    StockLow,
    StockRefilled,
)
from domain.parts.views import PartsNewsView
from domain.parts.wording import line_words, part_name
from domain.policies.parts_places import keepers_of
from domain.policies.ports import EveryUnitOfWork
from domain.policies.supply_differences import unposted
from domain.policies.supply_people import buyers_of, managers_of
from domain.policies.supply_views import count_view, order_number_of, purchase_view


def tell_news(
    view: PartsNewsView,
    people: Iterable[UUID],
    subject_id: UUID,
    at: datetime,
    uow: EveryUnitOfWork,
    *,
    living: bool = False,
    quiet: bool = False,
) -> None:
    """Owe people a message in words, each once.

    Args:
        living: it takes the place of what was said about the same record before.
        quiet: it changes what is shown already, and is no message of its own.
    """
    for person_id in dict.fromkeys(people):
        uow.notify(
            Notice(
                audience=person_audience(str(person_id)),
                card="parts_news",
                view=view.model_dump(mode="json"),
                dedupe_key=f"{view.news}:{subject_id}:{at.isoformat()}:{person_id}",
                subject_id=subject_id,
                living=living,
                anew=living and not quiet,
                quiet=quiet,
            )
        )


def tell_low(event: StockLow, uow: EveryUnitOfWork) -> None:
    """Alert once for a crossing: who keeps the place, and who leads its region."""
    _tell_rule("low", event, uow, quiet=False)


def clear_low(event: StockRefilled, uow: EveryUnitOfWork) -> None:
    """Let the alert say that it is over."""
    _tell_rule("refilled", event, uow, quiet=True)


def _tell_rule(news: str, event: StockLow, uow: EveryUnitOfWork, *, quiet: bool) -> None:
    part, place = uow.parts.get(event.part_id), uow.parts.place(event.place_id)
    view = PartsNewsView(
        news=news,
        lines=(line_words(part, event.quantity),),
        facts={
            "part": part_name(part),
            "code": part.code,
            "place": place.name,
            "quantity": quantity_words(event.quantity),
            "below": quantity_words(event.below),
            "order": quantity_words(event.order_quantity) if event.order_quantity else "",
            "unit": part.unit,
        },
    )
    tell_news(view, _watching(place, uow), event.rule_id, event.occurred_at, uow, living=True, quiet=quiet)


def show_purchase(event: PurchaseEvent, uow: EveryUnitOfWork) -> None:
    """Bring whoever goes on with a purchase its card, and keep it as it is now."""
    purchase = uow.supply.purchase(event.purchase_id)
    view = purchase_view(purchase, event.occurred_at, uow).model_dump(mode="json")
    kind = type(event).__name__
    for person_id in buyers_of(uow.parts.place(purchase.place_id), purchase.requested_by, uow):
        uow.notify(
            Notice(
                audience=person_audience(str(person_id)),
                card="purchase",
                view=view,
                dedupe_key=f"purchase:{purchase.id}:{kind}:{event.occurred_at.timestamp()}:{person_id}",
                subject_id=purchase.id,
                living=True,
            )
        )


def remind_of_purchase(event: PurchaseReminded, uow: EveryUnitOfWork) -> None:
    """Remind whoever buys: it was approved and not ordered, or ordered and is late."""
    purchase = uow.supply.purchase(event.purchase_id)
    part, place = uow.parts.get(purchase.part_id), uow.parts.place(purchase.place_id)
    supplier_id = purchase.supplier_id or part.supplier_id
    view = PartsNewsView(
        news="purchase_late" if event.state == "ordered" else "purchase_to_order",
        number=purchase.number,
        order_number=order_number_of(purchase.work_order_id, uow),
        lines=(line_words(part, purchase.quantity - purchase.received),),
        facts={
            "place": place.name,
            "supplier": uow.parts.supplier(supplier_id).name if supplier_id is not None else "",
            "expected": day_words(purchase.expected_on),
        },
    )
    people = buyers_of(place, purchase.requested_by, uow)
    tell_news(view, people, purchase.id, event.occurred_at, uow)


def show_count(event: CountEvent, uow: EveryUnitOfWork) -> None:
    """Keep the card of whoever began a count as the count is now."""
    count = uow.supply.count(event.count_id)
    uow.notify(
        Notice(
            audience=person_audience(str(count.started_by)),
            card="stock_count",
            view=count_view(count, uow).model_dump(mode="json"),
            dedupe_key=f"stock_count:{count.id}:{type(event).__name__}:{count.started_by}",
            subject_id=count.id,
            living=True,
        )
    )


def tell_not_posted(event: CountPosted, uow: EveryUnitOfWork) -> None:
    """Say what of a count could not be posted, because it is not there any more."""
    count = uow.supply.count(event.count_id)
    left = unposted(count.id, count.place_id, uow)
    if not left:
        return
    place = uow.parts.place(count.place_id)
    view = PartsNewsView(
        news="count_left",
        number=count.number,
        lines=tuple(line_words(uow.parts.get(one.part_id), abs(one.quantity), (one.lot,)) for one in left),
        facts={"place": place.name},
    )
    people = [count.started_by, *(one.id for one in managers_of(place, uow))]
    tell_news(view, people, count.id, event.occurred_at, uow)


def tell_freed(
    lines: Sequence[str],
    number: str,
    order_number: str,
    people: Iterable[UUID],
    place: Place,
    subject_id: UUID,
    at: datetime,
    uow: EveryUnitOfWork,
) -> None:
    """Tell people that pieces which were kept are not there, because a count found fewer."""
    view = PartsNewsView(
        news="count_freed",
        number=number,
        order_number=order_number,
        lines=tuple(lines),
        facts={"place": place.name},
    )
    tell_news(view, people, subject_id, at, uow)


def _watching(place: Place, uow: EveryUnitOfWork) -> list[UUID]:
    return [one.id for one in (*keepers_of(place, uow), *managers_of(place, uow))]
