"""Lines about the past: what views of customers and machines are made of."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from domain.assets.events import AssetsMerged, CustomerLevelChanged, CustomersMerged
from domain.assets.model import Asset, AssetKind
from domain.assets.views import AssetLine, Attempt, ContactLine, LevelLine, PartChange, PastOrder
from domain.kernel.errors import NotFound
from domain.policies.histories import Fact
from domain.policies.ports import EveryUnitOfWork
from domain.policies.views import fault_shown
from domain.workorder.closing_events import WorkOrderReopened, WorkRejected
from domain.workorder.events import WorkOrderNoteAdded
from domain.workorder.field_events import ReportFiled, WorkOrderHeld
from domain.workorder.model import WorkOrder
from domain.workorder.status import ENDED

ATTEMPTS = 6
PARTS = 5
LEVELS = 5
WORDS = 120
"""Characters of one note or remedy that a history shows."""

_KIND = {
    ReportFiled.__name__: "report",
    WorkOrderNoteAdded.__name__: "note",
    WorkOrderHeld.__name__: "held",
    WorkRejected.__name__: "rejected",
    WorkOrderReopened.__name__: "reopened",
}
_FOR_CUSTOMERS = frozenset({ReportFiled.__name__, WorkRejected.__name__})
"""What a customer has read already; notes are between colleagues."""


def order_lines(orders: Sequence[WorkOrder], staff: bool, uow: EveryUnitOfWork) -> tuple[PastOrder, ...]:
    """Return a line for each work order."""
    return tuple(
        PastOrder(
            number=order.number,
            type=order.type,
            status=order.status,
            open=order.state not in ENDED,
            fault=fault_shown(order.description),
            reported_at=order.created_at,
            asset=uow.assets.name_of(order.asset_id),
            assignee_name=uow.name_of(order.assignee_id) if order.assignee_id and staff else "",
        )
        for order in orders
    )


def attempts(orders: Sequence[WorkOrder], notes: bool, uow: EveryUnitOfWork) -> tuple[Attempt, ...]:
    """Return what was already tried, newest first; the latest version of each report counts."""
    numbers = {order.id: order.number for order in orders}
    names = _KIND.keys() if notes else _FOR_CUSTOMERS
    found: list[Attempt] = []
    reported: set[UUID] = set()
    for fact in uow.histories.facts(numbers.keys(), names) if numbers else ():
        text = _words_of(fact)
        if not text or (fact.name == ReportFiled.__name__ and fact.subject_id in reported):
            continue
        if fact.name == ReportFiled.__name__:
            reported.add(fact.subject_id)
        found.append(
            Attempt(
                number=numbers[fact.subject_id],
                at=fact.occurred_at,
                kind=_KIND[fact.name],
                text=text if len(text) <= WORDS else text[:WORDS] + "…",
                by=_name_of(fact.actor_id, uow) if notes else "",
            )
        )
    return tuple(found[:ATTEMPTS])


def part_changes(orders: Sequence[WorkOrder], uow: EveryUnitOfWork) -> tuple[PartChange, ...]:
    """Return what the latest version of each service report says was replaced, newest first."""
    numbers = {order.id: order.number for order in orders}
    found: dict[UUID, PartChange | None] = {}
    for fact in uow.histories.facts(numbers.keys(), [ReportFiled.__name__]) if numbers else ():
        if fact.subject_id in found:
            continue
        text = str(fact.payload["report"].get("materials", "")).strip()
        number = numbers[fact.subject_id]
        found[fact.subject_id] = PartChange(number=number, at=fact.occurred_at, text=text) if text else None
    return tuple(change for change in found.values() if change is not None)[:PARTS]


def contact_lines(customer_id: UUID, limit: int, uow: EveryUnitOfWork) -> tuple[ContactLine, ...]:
    """Return a customer's people."""
    contacts = uow.histories.contacts(customer_id, limit)
    return tuple(ContactLine(name=one.name, mobile=one.mobile) for one in contacts)


def asset_lines(customer_id: UUID, limit: int, day: date, uow: EveryUnitOfWork) -> tuple[AssetLine, ...]:
    """Return a customer's assets."""
    assets = uow.assets.of_customer(customer_id, limit)
    kinds = {one.kind_code: uow.assets.kind_of(one.id) for one in assets}
    return tuple(_asset_line(one, kinds[one.kind_code], day) for one in assets)


def attribute_lines(asset: Asset, kind: AssetKind | None) -> tuple[tuple[str, str], ...]:
    """Return label and value of the kind's fields that are filled in, in the kind's order."""
    fields = kind.fields if kind is not None else []
    return tuple(
        (str(one["label"]), str(asset.attributes[one["key"]]))
        for one in fields
        if asset.attributes.get(one["key"]) not in (None, "")
    )


def level_lines(customer_ids: Sequence[UUID], uow: EveryUnitOfWork) -> tuple[LevelLine, ...]:
    """Return how a customer was rated, newest first."""
    facts = uow.histories.facts(customer_ids, [CustomerLevelChanged.__name__])
    return tuple(
        LevelLine(
            at=fact.occurred_at,
            before=fact.payload["before"],
            after=fact.payload["after"],
            reason=fact.payload["reason"],
            by=_name_of(fact.actor_id, uow),
        )
        for fact in facts[:LEVELS]
    )


def customer_doubles(customer_id: UUID, uow: EveryUnitOfWork) -> tuple[str, ...]:
    """Return which doubles were merged into a customer, newest first."""
    return _doubles(customer_id, CustomersMerged.__name__, uow)


def asset_doubles(asset_id: UUID, uow: EveryUnitOfWork) -> tuple[str, ...]:
    """Return which doubles were merged into an asset, newest first."""
    return _doubles(asset_id, AssetsMerged.__name__, uow)


def _doubles(subject_id: UUID, name: str, uow: EveryUnitOfWork) -> tuple[str, ...]:
    return tuple(str(fact.payload["double"]) for fact in uow.histories.facts([subject_id], [name]))


def _asset_line(asset: Asset, kind: AssetKind | None, day: date) -> AssetLine:
    until = asset.warranty_until
    return AssetLine(
        name=asset.name,
        serial=asset.serial,
        kind=kind.name if kind is not None else "",
        warranty_until=until,
        in_warranty=until is not None and day <= until,
    )


def _words_of(fact: Fact) -> str:
    """Return what an event says in words; places, pictures and links say nothing here."""
    payload = fact.payload
    if fact.name == ReportFiled.__name__:
        report = payload["report"]
        parts = (str(report.get(key, "")).strip() for key in ("cause", "remedy"))
        return "；".join(part for part in parts if part)
    if fact.name == WorkOrderNoteAdded.__name__:
        return str(payload["text"]).strip() if payload["kind"] in ("text", "voice") else ""
    if fact.name == WorkOrderHeld.__name__:
        return str(payload["note"]).strip()
    return str(payload["reason"]).strip()


def _name_of(actor_id: str, uow: EveryUnitOfWork) -> str:
    """Return who did it; the clock and whoever is not known any more have no name here."""
    try:
        return uow.people.get(UUID(actor_id)).name
    except (ValueError, NotFound):
        return ""
