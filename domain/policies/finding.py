"""One question, one answer: a number, plate, serial or name leads to the customer and the machine."""

import re
import unicodedata
from dataclasses import dataclass
from uuid import UUID

from domain.assets.errors import SeveralCustomers
from domain.assets.keys import plate_key
from domain.assets.model import Asset, Customer
from domain.people.model import Person, Role
from domain.policies.ports import EveryUnitOfWork
from domain.workorder.model import WorkOrder

LISTED = 6
"""Customers that are offered when several have the name."""

_NUMBER = re.compile(r"WO\s*[-–—_]?\s*(\d{8})\s*[-–—_]?\s*(\d{4,})", re.IGNORECASE)
_GAP = r"[-–—\s]{0,2}"
_MOBILE = re.compile(rf"(?:(?:\+|00)?86{_GAP})?(1[3-9]\d){_GAP}(\d{{4}}){_GAP}(\d{{4}})")
_LANDLINE = re.compile(r"0\d{2,3}[-–—\s]?\d{7,8}")


@dataclass(frozen=True)
class Found:
    """What a text leads to; everything that is known of it."""

    customer: Customer | None = None
    asset: Asset | None = None
    person: Person | None = None
    order: WorkOrder | None = None

    @property
    def customer_id(self) -> UUID | None:
        """Return the customer it is about, or None for somebody who belongs to none."""
        return self.customer.id if self.customer is not None else None


def find_anything(text: str, uow: EveryUnitOfWork) -> Found | None:
    """Return what a phone number, plate, serial, customer's name or code, or work-order number leads to.

    Shapes are tried first; whatever has no shape of its own is a serial, else a customer.

    Raises:
        SeveralCustomers: the name is not enough.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if number := _NUMBER.fullmatch(plain):
        return _of_order(uow.work_orders.by_number(f"WO-{number[1]}-{number[2]}"), uow)
    if mobile := _MOBILE.fullmatch(plain):
        return _of_caller("".join(mobile.groups()), uow)
    if _LANDLINE.fullmatch(plain):
        return _of_caller(re.sub(r"[-–—\s]", "-", plain), uow)
    asset = uow.assets.by_plate(plain) if plate_key(plain) else None
    asset = asset or uow.assets.with_serial(plain)
    if asset is not None:
        return Found(customer=uow.customers.get(asset.customer_id), asset=asset)
    customer = customer_called(plain, uow)
    return Found(customer=customer) if customer is not None else None


def customer_called(text: str, uow: EveryUnitOfWork) -> Customer | None:
    """Return the one customer of a code, a name or a part of a name, or None.

    Raises:
        SeveralCustomers: more than one has it in its name, and none has exactly this name or code.
    """
    exact = uow.customers.by_code(text)
    if exact is not None:
        return exact
    found = uow.customers.named(text, LISTED)
    if len(found) < 2 or found[0].name == text != found[1].name:
        return found[0] if found else None
    lines = "\n".join(f"· {one.name}（{one.code}）" for one in found)
    raise SeveralCustomers(text=text, lines=lines)


def asset_called(text: str, uow: EveryUnitOfWork) -> Asset | None:
    """Return the asset of a serial or a plate, or None."""
    return uow.assets.with_serial(text) or uow.assets.by_plate(text)


def _of_order(order: WorkOrder | None, uow: EveryUnitOfWork) -> Found | None:
    if order is None:
        return None
    return Found(
        customer=uow.customers.get(order.customer_id) if order.customer_id else None,
        asset=uow.assets.get(order.asset_id) if order.asset_id else None,
        person=uow.people.get(order.requester_id),
        order=order,
    )


def _of_caller(mobile: str, uow: EveryUnitOfWork) -> Found | None:
    """Return a contact before a colleague, and the newest before an older one without a customer."""
    known = [person for person in uow.people.by_mobile(mobile) if Role.CUSTOMER in person.roles]
    person = next((one for one in known if one.customer_id is not None), next(iter(known), None))
    if person is None:
        return None
    customer = uow.customers.get(person.customer_id) if person.customer_id is not None else None
    return Found(customer=customer, person=person)
