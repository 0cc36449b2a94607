"""One transaction over everything, in memory, for decisions and policies without a database."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from domain.assets.model import Asset, Customer
from domain.kernel.errors import NotFound
from domain.kernel.messages import Event
from domain.kernel.notices import Notice
from domain.people.model import Identity, Person, Role
from domain.people.ports import Technician
from domain.workorder.events import WorkOrderEvent, WorkOrderNoteAdded, WorkOrderRegistered
from domain.workorder.model import Offer, WorkOrder
from domain.workorder.status import OPEN
from tests.support.builders import asset, customer, everybody


class MemoryPeople:
    """The people port over a list."""

    def __init__(self, orders: dict[UUID, WorkOrder]) -> None:
        self.known = {person.id: person for person in everybody()}
        self._orders = orders

    def get(self, person_id: UUID) -> Person:
        if person_id not in self.known:
            raise NotFound(what="人员")
        return self.known[person_id]

    def by_identity(self, platform: str, user_id: str) -> Person | None:
        return next((p for p in self._active() if (platform, user_id) in _named(p)), None)

    def by_mobile(self, mobile: str) -> Sequence[Person]:
        return [person for person in self.known.values() if person.mobile == mobile]

    def by_name(self, name: str, role: Role) -> Sequence[Person]:
        return [person for person in self._active() if person.name == name and role in person.roles]

    def with_roles(self, roles: Collection[Role]) -> Sequence[Person]:
        return [person for person in self._active() if person.roles & frozenset(roles)]

    def technicians(self) -> Sequence[Technician]:
        return [
            Technician(person.id, person.name, person.region, self._jobs(person.id))
            for person in self.with_roles({Role.TECHNICIAN})
        ]

    def add(self, person: Person) -> None:
        self.known[person.id] = person

    def add_identity(self, identity: Identity) -> None:
        self.known[identity.person_id].identities.append(identity)

    def _active(self) -> list[Person]:
        return [person for person in self.known.values() if person.active]

    def _jobs(self, person_id: UUID) -> int:
        return sum(order.assignee_id == person_id and order.state in OPEN for order in self._orders.values())


def _named(person: Person) -> set[tuple[str, str]]:
    return {(identity.platform, identity.user_id) for identity in person.identities}


class MemoryAssets:
    """The customers and assets ports over one customer and one asset."""

    def get(self, customer_id: UUID) -> Customer:
        return customer()

    def by_serial(self, serial: str, customer_id: UUID) -> Asset | None:
        return asset() if serial == asset().serial and customer_id == customer().id else None

    def name_of(self, asset_id: UUID | None) -> str:
        return f"{asset().name}（{asset().serial}）" if asset_id is not None else ""


class MemoryWorkOrders:
    """The work-orders port over dictionaries."""

    def __init__(self) -> None:
        self.kept: dict[UUID, WorkOrder] = {}
        self.made: list[Offer] = []
        self._last: dict[date, int] = {}

    def get(self, work_order_id: UUID) -> WorkOrder:
        if work_order_id not in self.kept:
            raise NotFound(what="工单")
        return self.kept[work_order_id]

    def by_number(self, number: str) -> WorkOrder | None:
        return next((order for order in self.kept.values() if order.number == number), None)

    def add(self, order: WorkOrder) -> None:
        order.version = 1
        self.kept[order.id] = order

    def next_number(self, day: date) -> str:
        self._last[day] = self._last.get(day, 0) + 1
        return f"WO-{day:%Y%m%d}-{self._last[day]:04d}"

    def of_requester(self, requester_id: UUID, limit: int) -> Sequence[WorkOrder]:
        mine = [order for order in self.kept.values() if order.requester_id == requester_id]
        return sorted(mine, key=lambda order: order.created_at, reverse=True)[:limit]

    def open_of_assignee(self, assignee_id: UUID, limit: int) -> Sequence[WorkOrder]:
        held = [order for order in self.kept.values() if order.assignee_id == assignee_id]
        return [order for order in held if order.state in OPEN][:limit]

    def offers(self, work_order_id: UUID) -> Sequence[Offer]:
        return [offer for offer in self.made if offer.work_order_id == work_order_id]

    def add_offer(self, offer: Offer) -> None:
        self.made.append(offer)


class MemoryUnitOfWork:
    """Everything a handler or a policy may ask; what they owe is in `notices`."""

    def __init__(self, *orders: WorkOrder) -> None:
        self.work_orders = MemoryWorkOrders()
        self.work_orders.kept = {order.id: order for order in orders}
        self.people = MemoryPeople(self.work_orders.kept)
        self.customers = self.assets = MemoryAssets()
        self.notices: list[Notice] = []
        self.happened: list[Event] = []
        self.released: list[tuple[str, str]] = []
        self.owed: set[tuple[str, UUID]] = set()
        self._fresh: list[Event] = []

    def record(self, event: Event) -> None:
        """Append a fact; like storage, give a changed work order its next version."""
        if isinstance(event, WorkOrderEvent) and not isinstance(
            event, WorkOrderRegistered | WorkOrderNoteAdded
        ):
            self.work_orders.get(event.work_order_id).version += 1
        self.happened.append(event)
        self._fresh.append(event)

    def notify(self, notice: Notice) -> None:
        self.notices.append(notice)

    def take_recorded(self) -> list[Event]:
        fresh, self._fresh = self._fresh, []
        return fresh

    def name_of(self, person_id: UUID | None) -> str:
        return self.people.get(person_id).name if person_id is not None else "其他人"

    def is_owed(self, audience: str, subject_id: UUID) -> bool:
        return (audience, subject_id) in self.owed

    def release_held(self, platform: str, user_id: str) -> None:
        self.released.append((platform, user_id))
