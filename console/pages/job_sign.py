"""The customer's signature on the technician's phone: the link says who held it."""

from typing import Annotated, Any

from pydantic import Field

from cards.text_job import SIGNED
from console.page import Deed, Done, Visit
from console.pages.job_common import Sha256, Told, my_job
from domain.kernel.bus import Bus
from domain.kernel.localtime import local_time
from domain.workorder.closing_commands import SignOffWork
from domain.workorder.handlers.signing import signature_on
from domain.workorder.model import WorkOrder
from domain.workorder.signature import POINTS, Point, Signature

Stroke = Annotated[tuple[Point, ...], Field(max_length=POINTS)]


class Drawn(Told):
    """What the customer drew, for the report they were shown.

    Args:
        signer: their name, as they say it.
        image: the picture, uploaded before.
        device: what the browser says of itself.
    """

    signer: str = Field(min_length=1, max_length=50)
    image: Sha256
    strokes: tuple[Stroke, ...] = Field(max_length=500)
    seen_report: int
    device: str = Field(default="", max_length=200)


def deeds(bus: Bus) -> dict[str, Deed]:
    """Return what can be done."""

    def sign(visit: Visit, body: Drawn) -> Done:
        order = my_job(visit)
        drawn = Signature(image=body.image, strokes=body.strokes, signer=body.signer, device=body.device)
        command = SignOffWork(
            work_order_id=order.id, seen_report=body.seen_report, signature=drawn, **visit.cause()
        )
        bus.handle(command, visit.uow)
        return Done(SIGNED.format(number=order.number, signer=body.signer))

    return {"sign": Deed(Drawn, sign)}


def shown(order: WorkOrder, visit: Visit) -> dict[str, Any] | None:
    """Return the last signature, and whether it still holds."""
    found = signature_on(order, visit.uow)
    if found is None:
        return None
    return {
        "signer": found.signature.signer,
        "at": local_time(found.signed_at),
        "version": found.report_version,
        "valid": found.valid,
    }
