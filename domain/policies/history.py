"""What each viewer may read of customers, machines and what happened to them before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.access.rights import Field, Relation, Scope, Verb, may, sees
from domain.assets.entitlement import Entitlement, entitlement
from domain.assets.model import Asset, Customer
from domain.assets.views import AssetView, ContractLine, CustomerView, HistoryView
from domain.people.model import Person, Role
from domain.policies import past
from domain.policies.finding import Found
from domain.policies.parts_installed import installed_lines
from domain.policies.ports import EveryUnitOfWork
from domain.workorder.model import WorkOrder

LAST_ORDERS = 5
SERVICE_HISTORY = 10
CONTACTS = 5
ASSETS = 8
CONTRACTS = 5
INSTALLED = 20


@dataclass(frozen=True)
class Sight:
    """How much of one customer a viewer may see.

    Args:
        staff: the viewer works for us: levels, and who did what.
        notes: what colleagues wrote for each other.
        people: contacts with their numbers.
        whole: value, complaints, rating and doubles; only for who serves all customers.
        costs: what the customer was charged.
        reporter: only this person's own work orders; None for all of the customer's.
    """

    staff: bool
    notes: bool
    people: bool
    whole: bool
    costs: bool
    reporter: UUID | None = None


def sight(viewer: Person, customer_id: UUID | None, uow: EveryUnitOfWork) -> Sight | None:
    """Return what a viewer may see of a customer, or None when it is to them as if it did not exist.

    A technician sees the customer, contacts and machines of a job they hold, and nothing of any other; a
    customer their own machines and what they reported.
    """
    reach = Scope.ALL
    if not may(viewer.roles, Verb.SEE_HISTORY, Relation(reach)):
        reach = Scope.OWN
        held = customer_id is not None and uow.histories.holds_job(viewer.id, customer_id)
        if not (held and may(viewer.roles, Verb.SEE_HISTORY, Relation(reach))):
            return _own_sight(viewer, customer_id)
    return Sight(
        staff=True,
        notes=sees(viewer.roles, Field.INTERNAL_NOTES, Relation(reach)),
        people=sees(viewer.roles, Field.CONTACT, Relation(reach)),
        whole=reach is Scope.ALL,
        costs=sees(viewer.roles, Field.COST, Relation(reach)),
    )


def _own_sight(viewer: Person, customer_id: UUID | None) -> Sight | None:
    if customer_id is None or viewer.customer_id != customer_id or Role.CUSTOMER not in viewer.roles:
        return None
    return Sight(staff=False, notes=False, people=False, whole=False, costs=False, reporter=viewer.id)


def history_view(
    found: Found, looked_for: str, viewer: Person, day: date, uow: EveryUnitOfWork
) -> HistoryView | None:
    """Return everything at the moment of a call, or None when the viewer may not know of it.

    Args:
        looked_for: the asker's words.
        day: the local day, for warranty and contract.
    """
    seen = sight(viewer, found.customer_id, uow)
    if seen is None:
        return None
    orders = _readable(_orders_of(found, LAST_ORDERS + 1, uow), seen)
    related = _related(found, orders)
    customer, asset, person = found.customer, found.asset, found.person
    return HistoryView(
        looked_for=looked_for,
        customer_id=found.customer_id,
        customer_name=customer.name if customer else "",
        customer_code=customer.code if customer and seen.staff else "",
        level=customer.level if customer and seen.staff else "",
        value_note=customer.value_note if customer and seen.whole else "",
        caller=person.name if person and seen.people else "",
        caller_mobile=person.mobile if person and seen.people else "",
        address=customer.address if customer else "",
        asset=uow.assets.name_of(asset.id) if asset else "",
        asset_model=asset.model if asset else "",
        site=asset.site if asset else "",
        entitlement=_entitlement(customer, asset, day, uow),
        orders=past.order_lines(orders[:LAST_ORDERS], seen.staff, uow),
        more=len(orders) > LAST_ORDERS,
        parts=past.part_changes(related, uow),
        attempts=past.attempts(related, seen.notes, uow),
    )


def customer_view(customer: Customer, viewer: Person, day: date, uow: EveryUnitOfWork) -> CustomerView | None:
    """Return one customer from every side, or None when the viewer may not know of it."""
    seen = sight(viewer, customer.id, uow)
    if seen is None:
        return None
    orders = _readable(uow.histories.of_customer(customer.id, LAST_ORDERS + 1), seen)
    score = uow.histories.score(customer.id) if seen.whole else None
    doubles = uow.histories.doubles_of_customer(customer.id) if seen.whole else ()
    return CustomerView(
        customer_id=customer.id,
        name=customer.name,
        code=customer.code,
        level=customer.level if seen.staff else "",
        value_note=customer.value_note if seen.whole else "",
        region=customer.region,
        address=customer.address,
        contacts=past.contact_lines(customer.id, CONTACTS, uow) if seen.people else (),
        contracts=_contract_lines(customer.id, day, uow),
        assets=past.asset_lines(customer.id, ASSETS, day, uow),
        asset_count=uow.histories.asset_count(customer.id),
        orders=past.order_lines(orders[:LAST_ORDERS], seen.staff, uow),
        more=len(orders) > LAST_ORDERS,
        charged_fen=uow.histories.charged_fen(customer.id) if seen.costs else None,
        complaints=uow.histories.complaints(customer.id) if seen.whole else None,
        first_time_fix=uow.histories.first_time_fix(customer.id) if seen.whole else None,
        score=score.average if score else None,
        answers=score.answers if score else 0,
        levels=past.level_lines([customer.id, *doubles], uow) if seen.whole else (),
        doubles=past.customer_doubles(customer.id, uow) if seen.whole else (),
    )


def asset_view(asset: Asset, viewer: Person, day: date, uow: EveryUnitOfWork) -> AssetView | None:
    """Return the file of one machine, or None when the viewer may not know of it."""
    seen = sight(viewer, asset.customer_id, uow)
    if seen is None:
        return None
    orders = _readable(uow.histories.of_asset(asset.id, SERVICE_HISTORY + 1), seen)
    customer = uow.customers.get(asset.customer_id)
    kind = uow.assets.kind_of(asset.id)
    return AssetView(
        asset_id=asset.id,
        name=asset.name,
        serial=asset.serial,
        nicknames=tuple(asset.nicknames),
        kind=kind.name if kind else "",
        model=asset.model,
        batch=asset.batch if seen.staff else "",
        made_on=asset.made_on,
        installed_on=asset.installed_on,
        customer_name=customer.name,
        site=asset.site,
        responsible=uow.name_of(asset.responsible_id) if asset.responsible_id and seen.staff else "",
        attributes=past.attribute_lines(asset, kind),
        entitlement=_entitlement(customer, asset, day, uow),
        first_time_fix=uow.histories.first_time_fix(customer.id, asset.id) if seen.staff else None,
        orders=past.order_lines(orders[:SERVICE_HISTORY], seen.staff, uow),
        more=len(orders) > SERVICE_HISTORY,
        parts=past.part_changes(orders, uow),
        installed=installed_lines(asset.id, INSTALLED, uow) if seen.staff else (),
        attempts=past.attempts(orders, seen.notes, uow),
        doubles=past.asset_doubles(asset.id, uow) if seen.staff else (),
    )


def entitlement_of(order: WorkOrder, day: date, uow: EveryUnitOfWork) -> Entitlement | None:
    """Return what is included for a work order, or None for somebody who is no registered customer."""
    if order.customer_id is None:
        return None
    customer = uow.customers.get(order.customer_id)
    asset = uow.assets.get(order.asset_id) if order.asset_id is not None else None
    return _entitlement(customer, asset, day, uow)


def _entitlement(
    customer: Customer | None, asset: Asset | None, day: date, uow: EveryUnitOfWork
) -> Entitlement:
    contracts = uow.customers.contracts(customer.id, date.min) if customer is not None else ()
    return entitlement(asset, contracts, day)


def _orders_of(found: Found, limit: int, uow: EveryUnitOfWork) -> Sequence[WorkOrder]:
    """Return the machine's work orders, else the customer's, else what the caller reported."""
    if found.asset is not None:
        return uow.histories.of_asset(found.asset.id, limit)
    if found.customer is not None:
        return uow.histories.of_customer(found.customer.id, limit)
    return uow.work_orders.of_requester(found.person.id, limit) if found.person is not None else ()


def _readable(orders: Sequence[WorkOrder], seen: Sight) -> Sequence[WorkOrder]:
    """Return the work orders that the viewer may read of."""
    return [order for order in orders if seen.reporter in (None, order.requester_id)]


def _related(found: Found, orders: Sequence[WorkOrder]) -> Sequence[WorkOrder]:
    """Return the work orders whose attempts matter: of the machine in question where there is one."""
    if found.asset is not None or not orders:
        return orders
    about = orders[0].asset_id
    return [order for order in orders if order.asset_id == about] if about is not None else orders


def _contract_lines(customer_id: UUID, day: date, uow: EveryUnitOfWork) -> tuple[ContractLine, ...]:
    contracts = uow.customers.contracts(customer_id, date.min)
    return tuple(
        ContractLine(
            number=one.number,
            name=one.name,
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            running=one.starts_on <= day <= one.ends_on,
            parts=one.parts,
            labour=one.labour,
            travel=one.travel,
            sla_level=one.sla_level,
        )
        for one in contracts[:CONTRACTS]
    )
