"""What every part of the job page shares: whose job it is, and what comes with a submission."""

from typing import Annotated

from pydantic import AwareDatetime, Field

from cards.text_job import SAID_LATE
from console.page import Body, Visit
from domain.files.commands import AttachKeptFile
from domain.kernel.bus import Bus
from domain.kernel.errors import DomainError
from domain.kernel.localtime import local_time
from domain.kernel.messages import Cause
from domain.policies.device_time import said_late
from domain.workorder.model import WorkOrder

PHOTOS_LIMIT = 12
Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class JobGone(DomainError):
    """工单 {number} 已不在您名下，没有提交。您填的内容还留在这部手机上，请联系调度员，或交给现在的负责人。"""

    code = "conflict"


class Told(Body):
    """What a phone adds to everything.

    Args:
        device_at: when it was done, by the phone, put right by what the phone knows of our clock.
    """

    device_at: AwareDatetime | None = None
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)


class ToldWithPhotos(Told):
    """The same with photos that were uploaded before."""

    photos: tuple[Sha256, ...] = Field(default=(), max_length=PHOTOS_LIMIT)


def my_job(visit: Visit) -> WorkOrder:
    """Return the work order, locked.

    Raises:
        JobGone: it is somebody else's by now.
    """
    order = visit.uow.work_orders.get(visit.subject_id)
    if order.assignee_id != visit.actor.id:
        raise JobGone(number=order.number)
    return order


def cause_of(visit: Visit, part: str) -> Cause:
    """Return the fields of one of several commands of a submission."""
    return Cause(
        actor_id=str(visit.actor.id), issued_at=visit.at, idempotency_key=f"{visit.key}.{part}"[-128:]
    )


def said_then(text: str, body: Told, visit: Visit) -> str:
    """Return words with the time at which they were said, where that was a while ago."""
    if body.device_at is None or not said_late(body.device_at, visit.at):
        return text
    return SAID_LATE.format(text=text, at=local_time(body.device_at))


def attach(order: WorkOrder, body: ToldWithPhotos, visit: Visit, bus: Bus) -> None:
    """Let the work order have uploaded photos; one that it has from this submission already stays one.

    Raises:
        NotFound: a photo was never uploaded.
    """
    for number, sha256 in enumerate(body.photos):
        command = AttachKeptFile(
            work_order_id=order.id,
            sha256=sha256,
            sender_id=visit.actor.id,
            source_key=visit.key,
            latitude=body.latitude,
            longitude=body.longitude,
            **cause_of(visit, f"p{number}"),
        )
        bus.handle(command, visit.uow)
