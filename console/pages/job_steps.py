"""The technician's steps on the job page, waiting, and words: the same commands as in chat."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from pydantic import Field

from cards.text import CALL_CUSTOMER, CUSTOMER_WILL_HEAR
from cards.text_field import BACKFILLED, HOLD_CHOICE, STEP_DONE
from cards.text_job import (
    ACCEPTED,
    DECLINED,
    DOUBTFUL_TIME,
    HELD,
    NOT_TOLD,
    NOTED,
    ON_THE_WAY,
    RESUMED,
    TOLD,
)
from console.page import Body, Deed, Done, Visit
from console.pages.job_common import Told, ToldWithPhotos, attach, cause_of, my_job, said_then
from domain.kernel.bus import Bus
from domain.kernel.localtime import local_time
from domain.policies.audiences import unreached
from domain.policies.device_time import claimed_time, is_doubtful
from domain.workorder.commands import AcceptWorkOrder, AddWorkOrderNote, DeclineWorkOrder, RelayWords
from domain.workorder.details import HoldReason
from domain.workorder.field_commands import (
    ArriveOnSite,
    DepartForSite,
    HoldWorkOrder,
    ResumeWorkOrder,
    StartWork,
    StepCommand,
)
from domain.workorder.lifecycle.field import BACKFILLED_AFTER
from domain.workorder.model import WorkOrder

MOST_MINUTES = 24 * 60
STEPS: Mapping[str, type[StepCommand]] = {
    "depart": DepartForSite,
    "arrive": ArriveOnSite,
    "start": StartWork,
}


class Step(Told):
    """One step.

    Args:
        minutes: how long the way is going to take; only a departure says so.
    """

    minutes: int | None = Field(default=None, ge=1, le=MOST_MINUTES)


class Reason(Body):
    """Why not."""

    reason: str = Field(min_length=1, max_length=200)


class Wait(Told):
    """What the work waits for."""

    reason: HoldReason
    note: str = Field(default="", max_length=500)


class Note(ToldWithPhotos):
    """A line for the time line, or photos for it."""

    text: str = Field(default="", max_length=2000)


class Words(ToldWithPhotos):
    """Words for the customer."""

    text: str = Field(min_length=1, max_length=600)


def deeds(bus: Bus) -> dict[str, Deed]:
    """Return what can be done."""
    steps = {name: Deed(Step, _step(name, bus)) for name in STEPS}
    return {**_answering(bus), **steps, **_waiting(bus), **_saying(bus)}


def _answering(bus: Bus) -> dict[str, Deed]:
    def accept(visit: Visit, body: Told) -> Done:
        order = my_job(visit)
        bus.handle(AcceptWorkOrder(work_order_id=order.id, **visit.cause()), visit.uow)
        return Done(ACCEPTED.format(number=order.number) + _customer_told(order, visit))

    def decline(visit: Visit, body: Reason) -> Done:
        order = my_job(visit)
        command = DeclineWorkOrder(work_order_id=order.id, reason=body.reason, **visit.cause())
        bus.handle(command, visit.uow)
        return Done(DECLINED.format(number=order.number))

    return {"accept": Deed(Told, accept), "decline": Deed(Reason, decline)}


def _waiting(bus: Bus) -> dict[str, Deed]:
    def hold(visit: Visit, body: Wait) -> Done:
        order = my_job(visit)
        note = said_then(body.note, body, visit) if body.note else ""
        command = HoldWorkOrder(work_order_id=order.id, reason=body.reason, note=note, **visit.cause())
        bus.handle(command, visit.uow)
        told = _customer_told(order, visit)
        return Done(HELD.format(number=order.number, reason=HOLD_CHOICE[body.reason], told=told))

    def resume(visit: Visit, body: Told) -> Done:
        order = my_job(visit)
        bus.handle(ResumeWorkOrder(work_order_id=order.id, **visit.cause()), visit.uow)
        return Done(RESUMED.format(number=order.number))

    return {"hold": Deed(Wait, hold), "resume": Deed(Told, resume)}


def _saying(bus: Bus) -> dict[str, Deed]:
    def note(visit: Visit, body: Note) -> Done:
        order = my_job(visit)
        put_on(order, body, visit, bus)
        return Done(NOTED.format(number=order.number))

    def tell(visit: Visit, body: Words) -> Done:
        order = my_job(visit)
        attach(order, body, visit, bus)
        command = RelayWords(
            work_order_id=order.id,
            to="customer",
            text=body.text,
            files=body.photos,
            source_key=visit.key,
            **visit.cause(),
        )
        bus.handle(command, visit.uow)
        if unreached(order, visit.uow) is None:
            return Done(TOLD.format(number=order.number))
        return Done(NOT_TOLD.format(number=order.number, told=_customer_told(order, visit)))

    return {"note": Deed(Note, note), "tell": Deed(Words, tell)}


def put_on(order: WorkOrder, body: Note, visit: Visit, bus: Bus) -> None:
    """Put words and photos on the time line."""
    attach(order, body, visit, bus)
    lines = [("text", said_then(body.text, body, visit), "")] if body.text else []
    lines += [("image", "", sha256) for sha256 in body.photos]
    for number, (kind, text, ref) in enumerate(lines):
        command = AddWorkOrderNote(
            work_order_id=order.id, kind=kind, text=text, media_ref=ref, **cause_of(visit, f"n{number}")
        )
        bus.handle(command, visit.uow)


def _step(name: str, bus: Bus) -> Any:
    def do(visit: Visit, body: Step) -> Done:
        order = my_job(visit)
        claimed_at = claimed_time(order, body.device_at, visit.at)
        doubtful = is_doubtful(order, body.device_at, visit.at)
        command = STEPS[name].model_validate(
            {
                "work_order_id": order.id,
                "claimed_at": claimed_at,
                **_eta(name, body, visit),
                "latitude": body.latitude,
                "longitude": body.longitude,
                **visit.cause(),
            }
        )
        bus.handle(command, visit.uow)
        words = [STEP_DONE[name].format(number=order.number)]
        if claimed_at is not None and visit.at - claimed_at > BACKFILLED_AFTER:
            words.append(BACKFILLED.format(claimed=local_time(claimed_at)))
        if doubtful:
            words.append(DOUBTFUL_TIME)
        if name == "depart" and order.eta_at is not None:
            words.append(ON_THE_WAY.format(eta=local_time(order.eta_at)) + _customer_told(order, visit))
        return Done("".join(words))

    return do


def _eta(name: str, body: Step, visit: Visit) -> dict[str, object]:
    if name != "depart" or body.minutes is None:
        return {}
    return {"eta_at": (body.device_at or visit.at) + timedelta(minutes=body.minutes)}


def _customer_told(order: WorkOrder, visit: Visit) -> str:
    """Return what a technician reads: that the customer will be told, or whom to call."""
    phone = unreached(order, visit.uow)
    return CUSTOMER_WILL_HEAR if phone is None else CALL_CUSTOMER.format(phone=phone)
