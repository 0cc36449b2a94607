"""The shipped time limits, sped up: what takes an hour in an office takes seconds on the stage."""

from datetime import datetime, timedelta

from adapters.storage.engine import Database
from bootstrap.sla import DEFAULT, publish, read_document
from domain.engine.calendar import CalendarSpec
from domain.kernel.localtime import CHINA
from domain.sla.definition import Policy, SlaDocument, Target
from domain.sla.digest import DigestPlan

TIMES = 600
"""How many times faster: ten minutes are a second."""
ALWAYS = CalendarSpec.model_validate({"weekly": [[["00:00", "24:00"]]] * 7, "holidays": False})


def publish_faster(database_url: str, now: datetime, digest_in: timedelta) -> None:
    """Publish the shipped document with short limits, round the clock, and a digest that is due soon.

    A digest that would fall on another day is due at the day's end.
    """
    shipped = read_document(DEFAULT)
    there = now.astimezone(CHINA)
    due = there + digest_in
    at = f"{due:%H:%M:%S}" if due.date() == there.date() else "23:59:59"
    digest = DigestPlan(name="售后日报", to="desk", at=at, weekdays=(1, 2, 3, 4, 5, 6, 7))
    document = SlaDocument(
        calendars=dict.fromkeys(shipped.calendars, ALWAYS),
        days=shipped.days,
        ladders=shipped.ladders,
        policies=tuple(map(_faster, shipped.policies)),
        digests=(digest,),
    )
    _publish(database_url, document, "演示：十分钟当一秒", now)


def publish_shipped(database_url: str, now: datetime) -> None:
    """Publish the shipped document as it is, for whoever plays on."""
    _publish(database_url, read_document(DEFAULT), "演示结束", now)


def _publish(database_url: str, document: SlaDocument, note: str, now: datetime) -> None:
    database = Database(database_url)
    try:
        publish(database, document, note, now)
    finally:
        database.close()


def _faster(policy: Policy) -> Policy:
    targets = {
        kind: Target(within=target.within // TIMES, ladder=target.ladder)
        for kind, target in policy.targets.items()
    }
    return policy.model_copy(update={"targets": targets})
