"""A firm with two stores, people at work and four kinds of parts, for tests that move pieces about."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Any
from uuid import UUID

from adapters.storage.engine import Database
from domain.kernel.errors import ConcurrentUpdate, DomainError
from domain.kernel.messages import Command
from domain.kernel.races import RACES
from domain.parts.places import Tracking
from domain.people.model import Person, Role
from domain.policies.parts_places import van_for
from domain.workorder.model import WorkOrder
from domain.workorder.status import Status
from tests.support import parts
from tests.support.builders import AT, FREEZER, LI, WANG, work_order
from tests.support.processes import publish_shipped
from tests.support.storage import decided, transaction

SONG, TANG, MENG = UUID(int=21), UUID(int=22), UUID(int=23)
"""The keepers of the two stores, and the manager."""
STORE, BRANCH = parts.place_id("CK"), parts.place_id("PD")
BEARING, GREASE, BOARD, COIL = (parts.part_id(code) for code in ("6204", "LGMT2", "KB-10", "XQ-24"))
"""Counted; weighed; a piece with a serial, dear enough for an approval, whose old one comes back; a batch."""
PARTS = (BEARING, GREASE, BOARD, COIL)
JOBS = tuple(UUID(int=400 + number) for number in range(10))
"""Work orders under way: Li's and Wang's in turn."""
PROCESSES = ("parts_request", "parts_purchase", "stock_count")
_STAFF = {SONG: ("宋库", Role.STOREKEEPER), TANG: ("唐库", Role.STOREKEEPER), MENG: ("孟经理", Role.MANAGER)}


def employee(person_id: UUID, name: str, role: Role) -> Person:
    """Return somebody who works for us."""
    made = Person(id=person_id, name=name, mobile="", region="", skills=[], active=True, created_at=AT)
    made.give_roles(frozenset({role}))
    return made


def job(job_id: UUID, technician: UUID, **changes: Any) -> WorkOrder:
    """Return a work order that a technician works on."""
    number = f"WO-20261123-{job_id.int % 10_000:04d}"
    facts: dict[str, Any] = {"id": job_id, "number": number, "source_key": f"job:{job_id}", **changes}
    return work_order(Status.IN_PROGRESS, technician, **facts)


def furnish(
    database: Database, *, processes: Sequence[str] = PROCESSES, jobs: Sequence[UUID] = JOBS
) -> Database:
    """Put stores, their keepers, the catalogue and jobs into a database that has the five people."""
    with database.write() as session, session.begin():
        session.add_all(employee(person_id, *facts) for person_id, facts in _STAFF.items())
        session.add_all(job(one, (LI, WANG)[place % 2], asset_id=FREEZER) for place, one in enumerate(jobs))
    parts.store(database, keeper_id=SONG)
    parts.branch(database, keeper_id=TANG)
    parts.part(database, "6204", "轴承", price_fen=1250, substitutes=["6204-2RS"])
    parts.part(database, "LGMT2", "润滑脂", price_fen=3333, unit="kg", whole=False)
    parts.part(database, "KB-10", "控制板", price_fen=80_000, tracking=Tracking.SERIAL, return_old=True)
    parts.part(database, "XQ-24", "线圈", price_fen=990, tracking=Tracking.BATCH)
    publish_shipped(database, *processes)
    return database


def fill(database: Database, luck: Random) -> None:
    """Let stock be in both stores and in Li's van, at prices that do not come out even."""
    with transaction(database) as uow:
        van_id = van_for(uow.people.get(LI), uow).id
        uow.commit()
    with transaction(database) as uow:
        for place_id in (STORE, BRANCH, van_id):
            for part_id in (BEARING, GREASE, COIL):
                lot = f"B{luck.randint(1, 3)}" if part_id == COIL else ""
                quantity, value_fen = luck.randint(3, 30), luck.randint(0, 9999)
                parts.put_in(uow, part_id, place_id, quantity, value_fen, lot=lot)
            for number in range(luck.randint(1, 4)):
                lot = f"SN{number}-{place_id.hex[:2]}"
                parts.put_in(uow, BOARD, place_id, 1, luck.randint(1, 99_999), lot=lot)
        uow.commit()


def attempt(work: Callable[[], None]) -> DomainError | None:
    """Do what the inbound path would: a lost race is run again; return what was refused."""
    for _ in range(RACES):
        try:
            work()
        except ConcurrentUpdate:
            continue
        except DomainError as refusal:
            return refusal
        return None
    raise AssertionError(f"lost {RACES} races and would be told no reason")


def refusal_of(database: Database, command: Command) -> DomainError | None:
    """Decide a command, and return why it was refused."""
    return attempt(lambda: decided(database, command))
