"""Two thousand open work orders before a hundred thousand past ones, and who opens a page about them."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from adapters.clock import utc_now
from adapters.links import SignedLinks
from adapters.storage.dialect import table_of
from adapters.storage.engine import Database
from bench import corp, parts_fill
from bench.parts_fill import BEARING, STORE
from domain.approval.commands import PublishProcess, StartRequest
from domain.assets.model import Asset, AssetLabel
from domain.kernel.links import Page
from domain.parts.commands import RequestParts, WantedLine
from domain.people.model import Identity, Person, PersonRole, Role
from domain.registry import make_bus
from domain.sla.model import SlaClock
from domain.workorder.board import ON_BOARD
from domain.workorder.model import WorkOrder
from domain.workorder.status import UNASSIGNED, Status
from tests.support.storage import transaction

NOW = utc_now()
TECHNICIANS = 60
REGIONS = 12
REQUESTS = 30
"""Requests for parts that wait to be picked in one store."""
DISPATCHER, KEEPER, MANAGER = (corp.record_id(f"page:{name}") for name in ("desk", "keeper", "manager"))
MACHINE, LABEL = corp.record_id("page:machine"), "bench-machine-label"
_STATUSES = sorted(ON_BOARD)


def people(database: Database) -> None:
    """Put in who opens pages, and the technicians on the board."""
    with database.write() as session, session.begin():
        for number in range(TECHNICIANS):
            session.add(_person(_technician(number), f"技师{number:02d}", Role.TECHNICIAN, number))
        for person_id, role in (
            (DISPATCHER, Role.DISPATCHER),
            (KEEPER, Role.STOREKEEPER),
            (MANAGER, Role.MANAGER),
        ):
            session.add(_person(person_id, role.value, role, 0))


def open_orders(database: Database, count: int) -> None:
    """Insert open work orders at every node of the board, each with a clock."""
    orders = [_order(number) for number in range(count)]
    with database.write() as session, session.begin():
        session.execute(insert(table_of(WorkOrder)), orders)
        session.execute(insert(table_of(SlaClock)), [_clock(order, at) for at, order in enumerate(orders)])


def wait_for_decisions(database: Database) -> UUID:
    """Let requests for parts wait in a store and a request for an approval; return its task."""
    parts_fill.stocked(database, 10_000)
    nodes: list[dict[str, Any]] = [
        {"id": "start", "kind": "start", "next": "boss"},
        {
            "id": "boss",
            "kind": "approve",
            "title": "经理审批",
            "approvers": [{"by": "role", "role": "manager"}],
            "mode": "all",
            "next": "passed",
        },
        {"id": "passed", "kind": "end", "result": "approved"},
    ]
    document = {"name": "bench", "title": "测量审批", "about": "request", "nodes": nodes}
    instance = uuid4()
    commands = [
        PublishProcess(document=document, based_on=0, **_by("system", "publish")),
        StartRequest(
            instance_id=instance,
            name="bench",
            reason="测量",
            work_order_id=_id(0),
            **_by(DISPATCHER, "start"),
        ),
        *(
            RequestParts(
                request_id=uuid4(),
                lines=(WantedLine(part_id=BEARING, quantity=Decimal(2), place_id=STORE),),
                **_by(_technician(number), f"parts{number}"),
            )
            for number in range(REQUESTS)
        ),
    ]
    for command in commands:
        with transaction(database, NOW) as uow:
            make_bus().handle(command, uow)
            uow.commit()
    with transaction(database, NOW) as uow:
        return uow.processes.tasks(instance)[0].id


def label_a_machine(database: Database) -> None:
    """Put in a customer's machine with a code on it."""
    machine = Asset(
        id=MACHINE, serial="LK-9001", name="冷库机组", model="X1", customer_id=corp.record_id("customer:0")
    )
    with database.write() as session, session.begin():
        session.add(machine)
        session.flush()
        session.add(AssetLabel(label=LABEL, asset_id=MACHINE, made_at=NOW, ended_at=None))


def addresses(links: SignedLinks, task_id: UUID) -> Mapping[Page, str]:
    """Return the address of each page, for somebody who may open it."""
    signed = {page: links.to(page, *who, NOW) for page, who in _visitors(task_id).items()}
    return {Page.REPORT: links.of_label(LABEL), **signed}


def _visitors(task_id: UUID) -> Mapping[Page, tuple[UUID, UUID]]:
    """Return who opens each page about what."""
    customer = corp.record_id(f"person:{corp.member(0)}")
    accepted, completed = (_STATUSES.index(status) for status in (Status.IN_PROGRESS, Status.COMPLETED))
    return {
        Page.STATUS: (customer, _id(0)),
        Page.ACCEPTANCE: (customer, _id(completed)),
        Page.DOCUMENT: (_technician(completed), _id(completed)),
        Page.JOB: (_technician(accepted), _id(accepted)),
        Page.TASK: (MANAGER, task_id),
        Page.STORE: (KEEPER, STORE),
        Page.BOARD: (DISPATCHER, DISPATCHER),
    }


def _order(number: int) -> dict[str, Any]:
    status = _STATUSES[number % len(_STATUSES)]
    at = NOW - timedelta(minutes=7 * (number % 400))
    unassigned = status in {one.value for one in UNASSIGNED}
    begins = (NOW + timedelta(hours=number % 9)).isoformat() if number % 3 == 0 else None
    ends = (NOW + timedelta(hours=number % 9 + 2)).isoformat() if begins else None
    return {
        "id": _id(number),
        "number": f"WO-20261130-{number:05d}",
        "type": "repair",
        "status": status,
        "version": 3,
        "customer_id": corp.record_id(f"customer:{number % corp.MEMBERS}"),
        "requester_id": corp.record_id(f"person:{corp.member(0)}"),
        "assignee_id": None if unassigned else _technician(number),
        "description": "二号库的冷机不制冷了，报警 E7，货都要化了，麻烦快点派人来",
        "region": f"区域{number % REGIONS}",
        "origin": f"wecom_user:{corp.member(0)}",
        "source_key": f"open:{number}",
        "created_at": at,
        "status_since": at,
        "priority": f"P{number % 4 + 1}",
        "details": {"appointment_from": begins, "appointment_to": ends, "estimated_min": 90},
    }


def _clock(order: Mapping[str, Any], number: int) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "work_order_id": order["id"],
        "kind": "resolution",
        "episode": 1,
        "state": "running",
        "document": 1,
        "policy": "标准",
        "reason": "",
        "calendar": "",
        "target_s": 14_400,
        "rulings": [],
        "started_at": order["created_at"],
        "attached_at": order["created_at"],
        "due_at": NOW + timedelta(minutes=13 * (number % 40 - 15)),
    }


def _id(number: int) -> UUID:
    return corp.record_id(f"open:{number}")


def _technician(number: int) -> UUID:
    return corp.record_id(f"field:{number % TECHNICIANS}")


def _person(person_id: UUID, name: str, role: Role, number: int) -> Person:
    identity = Identity(id=uuid4(), platform="dingtalk", user_id=f"page{person_id.hex}", bound_at=NOW)
    return Person(
        id=person_id,
        name=name,
        mobile="",
        region=f"区域{number % REGIONS}" if role is Role.TECHNICIAN else "",
        skills=[],
        created_at=NOW,
        role_rows=[PersonRole(role=role.value)],
        identities=[identity],
    )


def _by(actor: UUID | str, key: str) -> dict[str, Any]:
    return {"actor_id": str(actor), "issued_at": NOW, "idempotency_key": f"bench:{key}"}
