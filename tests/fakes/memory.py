"""One transaction over everything, in memory, for decisions and policies without a database."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.assets.model import Asset, AssetKind, Contract, Customer
from domain.dispatching.model import DispatchRule
from domain.kernel.errors import NotFound
from domain.kernel.links import NoLinks
from domain.kernel.messages import Event
from domain.kernel.notices import Notice
from domain.people.model import Identity, Person, Role
from domain.people.ports import Technician
from domain.workorder.events import WordsRelayed, WorkOrderEvent, WorkOrderNoteAdded, WorkOrderRegistered
from domain.workorder.field_events import ReportFiled
from domain.workorder.model import Offer, Reporter, ReportVersion, WorkOrder
from domain.workorder.report import CheckItem
from domain.workorder.status import OPEN, Status
from domain.workorder.timeline import Recorded
from tests.fakes.files import MemoryFiles
from tests.fakes.processes import MemoryProcesses
from tests.fakes.sla import MemorySla
from tests.fakes.surveys import MemorySurveys
from tests.support.builders import asset, customer, everybody

UNCHANGING = (WorkOrderRegistered, WorkOrderNoteAdded, WordsRelayed, ReportFiled)
"""Events that leave the work order's row as it was."""


class MemoryPeople:
    """The people port over a list."""

    def __init__(self, orders: dict[UUID, WorkOrder]) -> None:
        self.known = {person.id: person for person in everybody()}
        self._orders = orders

    def get(self, person_id: UUID) -> Person:
        if person_id not in self.known:
            raise NotFound(what="人员")
        return self.known[person_id]

    def read(self, person_ids: Collection[UUID]) -> None:
        """Everybody is at hand."""

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
            Technician(person.id, person.name, person.region, self._jobs(person.id), tuple(person.skills))
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


class MemoryCustomers:
    """The customers port over one customer, who has no contract."""

    def __init__(self) -> None:
        self._only = customer()

    def get(self, customer_id: UUID) -> Customer:
        return self._only

    def read(self, customer_ids: Collection[UUID]) -> None:
        """The one customer is at hand."""

    def contracts(self, customer_id: UUID, ends_from: date) -> Sequence[Contract]:
        return []


class MemoryAssets:
    """The assets port over one asset of no kind."""

    def __init__(self) -> None:
        self._only = asset()

    def get(self, asset_id: UUID) -> Asset:
        return self._only

    def kind_of(self, asset_id: UUID | None) -> AssetKind | None:
        return None

    def by_serial(self, serial: str, customer_id: UUID) -> Asset | None:
        return self._only if serial == self._only.serial and customer_id == customer().id else None

    def name_of(self, asset_id: UUID | None) -> str:
        return f"{self._only.name}（{self._only.serial}）" if asset_id is not None else ""


class MemoryDispatchRules:
    """The rule table as a list."""

    def __init__(self) -> None:
        self.rules: list[DispatchRule] = []

    def in_order(self) -> Sequence[DispatchRule]:
        return sorted(self.rules, key=lambda rule: rule.position)


class MemoryWorkOrders:
    """The work-orders port over dictionaries."""

    def __init__(self) -> None:
        self.kept: dict[UUID, WorkOrder] = {}
        self.made: list[Offer] = []
        self.joined: list[Reporter] = []
        self.reports: dict[tuple[UUID, int], ReportVersion] = {}
        self.histories: list[tuple[UUID, Recorded]] = []
        self._seen: dict[UUID, dict[str, Any]] = {}
        self._last: dict[date, int] = {}

    def get(self, work_order_id: UUID) -> WorkOrder:
        if work_order_id not in self.kept:
            raise NotFound(what="工单")
        return self.kept[work_order_id]

    def find(self, work_order_id: UUID) -> WorkOrder | None:
        return self.kept.get(work_order_id)

    def lock_free(self, work_order_ids: Collection[UUID]) -> Sequence[WorkOrder]:
        return [order for order in self.kept.values() if order.id in set(work_order_ids)]

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

    def of_assignee(self, assignee_id: UUID, statuses: Collection[Status], limit: int) -> Sequence[WorkOrder]:
        held = [order for order in self.kept.values() if order.assignee_id == assignee_id]
        return sorted(
            (order for order in held if order.state in statuses), key=lambda order: order.created_at
        )[:limit]

    def offers(self, work_order_id: UUID) -> Sequence[Offer]:
        return [offer for offer in self.made if offer.work_order_id == work_order_id]

    def add_offer(self, offer: Offer) -> None:
        self.made.append(offer)

    def reporters(self, work_order_id: UUID) -> Sequence[Reporter]:
        return [one for one in self.joined if one.work_order_id == work_order_id]

    def add_reporter(self, reporter: Reporter) -> None:
        self.joined.append(reporter)

    def add_report(self, report: ReportVersion) -> None:
        self.reports[report.work_order_id, report.version] = report

    def report(self, work_order_id: UUID, version: int) -> ReportVersion | None:
        return self.reports.get((work_order_id, version))

    def history(self, work_order_id: UUID) -> Sequence[Recorded]:
        return [one for subject_id, one in self.histories if subject_id == work_order_id]

    def concerning(self, person_id: UUID, limit: int) -> Sequence[WorkOrder]:
        joined = {one.work_order_id for one in self.joined if one.person_id == person_id and not one.left_at}
        theirs = [one for one in self.kept.values() if one.requester_id == person_id or one.id in joined]
        return sorted(theirs, key=lambda one: one.created_at, reverse=True)[:limit]

    def of_customer(self, customer_id: UUID, since: datetime, limit: int) -> Sequence[WorkOrder]:
        found = [one for one in self.kept.values() if one.customer_id == customer_id]
        return [one for one in found if one.created_at >= since][:limit]

    def of_asset(self, asset_id: UUID, since: datetime, limit: int) -> Sequence[WorkOrder]:
        found = [one for one in self.kept.values() if one.asset_id == asset_id]
        return [one for one in found if one.created_at >= since][:limit]

    def in_statuses(self, statuses: Collection[Status], limit: int) -> Sequence[WorkOrder]:
        return [one for one in self.kept.values() if one.state in statuses][:limit]

    def remember(self, event: Event) -> None:
        """Keep an event with what it changed on its work order."""
        order = self.kept.get(event.subject_id)
        now = _columns(order) if order is not None else {}
        before = self._seen.get(event.subject_id, now)
        self._seen[event.subject_id] = now
        recorded = Recorded(
            name=type(event).__name__,
            actor_id=event.actor_id,
            channel="test",
            occurred_at=event.occurred_at,
            payload=event.payload(),
            changes={key: (before.get(key), now[key]) for key in now if before.get(key) != now[key]},
        )
        self.histories.append((event.subject_id, recorded))

    def look(self) -> None:
        """Remember how every work order looks before anything happens."""
        self._seen = {order.id: _columns(order) for order in self.kept.values()}


def _columns(order: WorkOrder) -> dict[str, Any]:
    hidden = {"version", "_sa_instance_state"}
    return {
        key: str(value) if value is not None else None
        for key, value in sorted(vars(order).items())
        if key not in hidden
    }


class MemoryUnitOfWork:
    """Everything a handler or a policy may ask; what they owe is in `notices`."""

    def __init__(self, *orders: WorkOrder) -> None:
        self.work_orders = MemoryWorkOrders()
        self.work_orders.kept = {order.id: order for order in orders}
        self.work_orders.look()
        self.people = MemoryPeople(self.work_orders.kept)
        self.customers = MemoryCustomers()
        self.assets = MemoryAssets()
        self.files = MemoryFiles()
        self.surveys = MemorySurveys(self.work_orders.kept)
        self.dispatch_rules = MemoryDispatchRules()
        self.sla = MemorySla(self.work_orders.kept)
        self.processes = MemoryProcesses()
        self.links = NoLinks()
        self.notices: list[Notice] = []
        self.happened: list[Event] = []
        self.released: list[tuple[str, str]] = []
        self.owed: set[tuple[str, UUID]] = set()
        self.checklists: dict[UUID | None, Sequence[CheckItem]] = {}
        self._fresh: list[Event] = []

    def record(self, event: Event) -> None:
        """Append a fact; like storage, give a changed work order its next version."""
        if isinstance(event, WorkOrderEvent) and not isinstance(event, UNCHANGING):
            self.work_orders.get(event.work_order_id).version += 1
        self.work_orders.remember(event)
        self.happened.append(event)
        self._fresh.append(event)

    def notify(self, notice: Notice) -> None:
        self.notices.append(notice)

    def take_recorded(self) -> list[Event]:
        fresh, self._fresh = self._fresh, []
        return fresh

    def checklist(self, asset_id: UUID | None) -> Sequence[CheckItem]:
        return self.checklists.get(asset_id, ())

    def name_of(self, person_id: UUID | None) -> str:
        return self.people.get(person_id).name if person_id is not None else "其他人"

    def is_owed(self, audience: str, subject_id: UUID) -> bool:
        return (audience, subject_id) in self.owed

    def changes_once(self, audience: str, subject_id: UUID) -> bool:
        return False

    def shown_to(self, subject_id: UUID) -> list[UUID]:
        return []

    def release_held(self, platform: str, user_id: str) -> None:
        self.released.append((platform, user_id))


def memory(*orders: WorkOrder) -> Any:
    """Return a transaction for what asks only for a part of it."""
    return MemoryUnitOfWork(*orders)
