"""A document of time limits for tests: round the clock, so that minutes are minutes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from adapters.storage.engine import Database
from adapters.storage.repositories.sla import ready
from bootstrap.sla import publish
from domain.kernel.localtime import CHINA
from domain.sla import clocks as clock_rules
from domain.sla.definition import SlaDocument
from domain.sla.matching import Applied
from domain.sla.model import SlaClock, SlaDocumentRow
from tests.support.builders import AT, work_order
from tests.support.loop import Loop

FIRST_ORDER = 5_000
DUE = AT + timedelta(minutes=16)
"""When the first step of a response clock that began at AT is due."""
ALWAYS = [[["00:00", "24:00"]]] * 7
LADDER = [
    {"at": "80%", "do": ["remind_assignee"]},
    {"at": "100%", "do": ["remind_assignee", "post_group"]},
    {"at": "150%", "do": ["escalate_2", "post_group"]},
]


def document(**changes: Any) -> SlaDocument:
    """Return a document with one policy: response in 20 minutes, resolution in 100, pauses for parts."""
    policy = {
        "name": "标准",
        "calendar": "全天候",
        "targets": {
            "response": {"within": "20分钟", "ladder": "响应"},
            "resolution": {"within": "100分钟", "ladder": "处理"},
        },
        "pause_on": ["part", "customer"],
        **changes.pop("policy", {}),
    }
    ladders = {"响应": LADDER, "处理": LADDER, **changes.pop("ladders", {})}
    return SlaDocument.model_validate(
        {
            "calendars": {"全天候": {"weekly": ALWAYS, "holidays": False}},
            "ladders": ladders,
            "policies": [*changes.pop("before", ()), policy],
            **changes,
        }
    )


def publish_in(database_url: str, **changes: Any) -> None:
    """Publish the document in a database."""
    database = Database(database_url)
    try:
        publish(database, document(**changes), "test", AT)
    finally:
        database.close()


def become(loop: Loop, moment: str) -> None:
    """Let it be a moment in China, after now: `2026-12-04T08:35`."""
    wanted = datetime.fromisoformat(moment).replace(tzinfo=CHINA)
    loop.advance((wanted - loop.clock.now()).total_seconds())


def wait_for_morning(loop: Loop) -> None:
    """Let it be nine o'clock in China, so that no test depends on the hour it runs at."""
    there = loop.clock.now().astimezone(CHINA)
    loop.advance((there.replace(hour=9, minute=0) + timedelta(days=1) - there).total_seconds())


def order_id(number: int) -> UUID:
    """Return the id of one of the work orders that `keep` makes."""
    return UUID(int=FIRST_ORDER + number)


def clock(number: int, kind: str = "response", at: datetime = AT, **changes: Any) -> SlaClock:
    """Return a running clock of one of the work orders by the first version of the document."""
    made = document()
    row = SlaDocumentRow(version=1, document=made.model_dump(mode="json", by_alias=True))
    policy = made.policies[0]
    applied = Applied(policy, policy.calendar, "默认")
    begun = clock_rules.start(order_id(number), kind, applied, 1, at=at, attached_at=at, by="system")
    for name, value in changes.items():
        setattr(begun, name, value)
    clock_rules.plan(begun, ready(row).calendars, made.steps(policy.name, kind))
    return begun


def keep(
    database: Database,
    published: SlaDocument | None = None,
    *,
    orders: int = 0,
    clocks: Sequence[SlaClock] = (),
    **order: Any,
) -> None:
    """Publish a document; keep so many work orders that Li was asked to take, and clocks."""
    if published is not None:
        publish(database, published, "test", AT)
    with database.write() as session, session.begin():
        for number in range(orders):
            session.add(
                work_order(
                    **{
                        "id": order_id(number),
                        "number": f"W{number:05d}",
                        "source_key": f"kept:{number}",
                        "next_due_at": None,
                        **order,
                    }
                )
            )
        session.flush()
        session.add_all(clocks)
