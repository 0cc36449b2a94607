"""A million open clocks, made in the database itself from a thousand that the product made."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, insert, text

from adapters.storage.engine import Database
from bench.databases import settle
from bootstrap.sla import DEFAULT, publish, read_document
from domain.assets.model import Customer
from domain.kernel.model import Base
from domain.people.model import Person, PersonRole
from domain.sla import clocks as clock_rules
from domain.sla.clocks import Calendars
from domain.sla.definition import Kind, SlaDocument
from domain.sla.digest import DigestPlan
from domain.sla.matching import Applied
from domain.sla.model import SlaClock
from domain.workorder.model import WorkOrder
from domain.workorder.status import Status
from tests.support.builders import work_order
from tests.support.storage import transaction

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
"""A Tuesday, 11:00 in China."""
TEMPLATES = 1_000
DUE = 80
"""Of the templates, those with a step that is due."""
KINDS = (Kind.RESPONSE, Kind.ARRIVAL, Kind.RESOLUTION, Kind.NEXT_UPDATE)
CUSTOMERS = 5_000
TECHNICIANS = 500
DESK = {"赵敏": "dispatcher", "孙丽": "dispatcher", "郑总": "manager"}
GROUPS = 200
REGIONS = 20
POLICY = "标准"
_FIRST_CUSTOMER, _FIRST_TECHNICIAN, _FIRST_DESK, _FIRST_ORDER = (10**6 * n for n in range(1, 5))
_SPELLED = {
    "sqlite": {"id": "printf('%032x', {})", "new": "lower(hex(randomblob(16)))"},
    "postgresql": {"id": "CAST(lpad(to_hex({}), 32, '0') AS uuid)", "new": "gen_random_uuid()"},
}


@dataclass(frozen=True)
class Filled:
    """What a database holds."""

    orders: int
    clocks: int
    due: int


def fill(url: str, clocks: int) -> Filled:
    """Fill a migrated database; one clock in fifty has a step that is due at NOW."""
    copies = max(1, clocks // (TEMPLATES * len(KINDS)))
    database = Database(url)
    publish(database, _document(), "bench", NOW)
    with transaction(database, NOW) as uow:
        calendars = uow.sla.version(1).calendars
    with database.engine.begin() as connection:
        for model, rows in _templates(calendars):
            connection.execute(insert(_table(model)), rows)
        _copy(connection, copies)
    database.close()
    settle(url)
    return Filled(TEMPLATES * copies, TEMPLATES * copies * len(KINDS), DUE * copies)


def soon_due(url: str, first_at: datetime, count: int, each: timedelta) -> None:
    """Add clocks whose 80 % comes soon, one after the other."""
    database = Database(url)
    with transaction(database, NOW) as uow:
        calendars = uow.sla.version(1).calendars
    orders = [_order(_FIRST_ORDER + TEMPLATES + number, f"S{number:05d}") for number in range(count)]
    clocks = [
        _clock(order.id, Kind.RESPONSE, first_at + each * number - timedelta(minutes=48), calendars)
        for number, order in enumerate(orders)
    ]
    with database.engine.begin() as connection:
        connection.execute(insert(_table(WorkOrder)), [_columns(one) for one in orders])
        connection.execute(insert(_table(SlaClock)), [_columns(one) for one in clocks])
    database.close()


@cache
def _document() -> SlaDocument:
    """Return the shipped document with a digest for each of many groups."""
    digests = tuple(
        DigestPlan(
            name=f"日报{number}",
            to=f"group:dingtalk_group:cid{number}",
            at="11:00",
            weekdays=tuple(range(1, 8)),
            region=f"区域{number % REGIONS}",
        )
        for number in range(GROUPS)
    )
    return read_document(DEFAULT).model_copy(update={"digests": digests})


def _templates(calendars: Calendars) -> Iterator[tuple[type[Base], list[dict[str, Any]]]]:
    yield (
        Customer,
        [
            {"id": UUID(int=_FIRST_CUSTOMER + n), "code": f"C{n}", "name": f"客户{n}", "created_at": NOW}
            for n in range(CUSTOMERS)
        ],
    )
    desk = enumerate(DESK.items(), _FIRST_DESK)
    technicians = (
        (n, (f"技师{n}", "technician")) for n in range(_FIRST_TECHNICIAN, _FIRST_DESK)[:TECHNICIANS]
    )
    people = [(UUID(int=n), *named) for n, named in (*desk, *technicians)]
    yield Person, [_person(person_id, name) for person_id, name, _ in people]
    yield PersonRole, [{"person_id": person_id, "role": role} for person_id, _, role in people]
    orders = [_order(_FIRST_ORDER + n, f"B{n:04d}") for n in range(TEMPLATES)]
    yield WorkOrder, [_columns(order) for order in orders]
    yield (
        SlaClock,
        [
            _columns(_clock(order.id, kind, started_at, calendars, fired))
            for number, order in enumerate(orders)
            for kind, started_at, fired in _started(number)
        ],
    )


def _started(number: int) -> Iterator[tuple[Kind, datetime, tuple[str, ...]]]:
    """Go through the clocks of one template: one of a due template is due, all others only later."""
    late, later = timedelta(seconds=number), timedelta(minutes=10 * number)
    due: dict[Kind, tuple[datetime, tuple[str, ...]]] = {}
    if number < DUE:
        cases: tuple[dict[Kind, tuple[datetime, tuple[str, ...]]], ...] = (
            {Kind.RESPONSE: (NOW - timedelta(minutes=48) - late, ())},
            {Kind.RESPONSE: (NOW - timedelta(hours=1) - late, ("80%",))},
            {Kind.RESOLUTION: (NOW - timedelta(days=5, hours=1, minutes=30) - late, ("80%",))},
        )
        due = cases[number % len(cases)]
    for kind in KINDS:
        yield kind, *due.get(kind, (NOW + later, ()))


def _clock(
    order_id: UUID, kind: Kind, at: datetime, calendars: Calendars, fired: tuple[str, ...] = ()
) -> SlaClock:
    document = _document()
    policy = next(one for one in document.policies if one.name == POLICY)
    applied = Applied(policy, policy.calendar, "默认")
    clock = clock_rules.start(order_id, kind, applied, 1, at=at, attached_at=at, by="system")
    clock.fired = list(fired)
    clock_rules.plan(clock, calendars, document.steps(POLICY, kind))
    return clock


def _order(number: int, name: str) -> WorkOrder:
    return work_order(
        Status.OFFERED,
        UUID(int=_FIRST_TECHNICIAN),
        id=UUID(int=number),
        number=name,
        source_key=f"bench:{name}",
        customer_id=UUID(int=_FIRST_CUSTOMER),
        requester_id=UUID(int=_FIRST_DESK),
        asset_id=None,
        created_at=NOW - timedelta(hours=number % 200),
        region="",
        next_due_at=None,
    )


def _person(person_id: UUID, name: str) -> dict[str, Any]:
    return {"id": person_id, "name": name, "mobile": "", "region": "", "created_at": NOW}


def _copy(connection: Connection, copies: int) -> None:
    """Copy every template with its clocks, each copy with a customer and a technician of its own."""
    spelled = _SPELLED[connection.dialect.name]
    made = {
        "id": spelled["new"],
        "number": "t.number || '-' || t.n",
        "source_key": "t.source_key || '-' || t.n",
        "earlier_id": "t.id",
        "customer_id": spelled["id"].format(f"{_FIRST_CUSTOMER} + t.r % {CUSTOMERS}"),
        "assignee_id": spelled["id"].format(f"{_FIRST_TECHNICIAN} + t.r % {TECHNICIANS}"),
        "region": f"'区域' || (t.r % {REGIONS})",
    }
    numbers = (
        "WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < :copies)"
    )
    source = "SELECT w.*, n, row_number() OVER (ORDER BY n, w.number) AS r FROM work_order w, numbers"
    _insert(connection, WorkOrder, made, "t", f"({numbers} {source}) t", copies=copies)
    whose = "sla_clock c JOIN work_order w ON w.earlier_id = c.work_order_id"
    _insert(connection, SlaClock, {"id": spelled["new"], "work_order_id": "w.id"}, "c", whose)
    connection.execute(
        text(
            "DELETE FROM sla_clock WHERE work_order_id IN "
            "(SELECT id FROM work_order WHERE earlier_id IS NULL)"
        )
    )


def _insert(
    connection: Connection, model: type[Base], made: dict[str, str], rest: str, source: str, **values: int
) -> None:
    names = [column.name for column in _table(model).columns]
    chosen = ", ".join(made.get(name, f"{rest}.{name}") for name in names)
    table = _table(model).name
    connection.execute(
        text(f"INSERT INTO {table} ({', '.join(names)}) SELECT {chosen} FROM {source}"), values
    )


def _columns(record: Base) -> dict[str, Any]:
    """Return what is set; the rest gets its default."""
    found = {column.key: getattr(record, column.key) for column in _table(type(record)).columns}
    return {key: value for key, value in found.items() if value is not None}


def _table(model: type[Base]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table
