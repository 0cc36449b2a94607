"""The page behind the code on a machine: anybody who stands before it reports a fault, without an account.

What it shows stands on the machine anyway; nobody learns whose number is known, or what others reported.
"""

from dataclasses import replace
from typing import Annotated, Any
from uuid import uuid4

from pydantic import BeforeValidator, Field, StringConstraints

from cards.text import REQUESTER_STATUS
from cards.text_pages import JOINED, REPORTED, WHEN_WISHED
from console.page import Body, Deed, Done, PageSpec, Visit
from domain.assets.model import Asset
from domain.files.commands import AttachKeptFile
from domain.intake.commands import Limits
from domain.intake.understanding import Understander
from domain.kernel.bus import Bus
from domain.kernel.links import Page
from domain.kernel.localtime import period
from domain.kernel.messages import Cause
from domain.kernel.notices import person_audience
from domain.people.commands import MeetCaller
from domain.people.model import Person
from domain.policies.contacts import contact_with
from domain.policies.machine_reports import SOURCE, admit, open_order_of
from domain.policies.request_facts import RequestFacts, read_facts
from domain.workorder.commands import RegisterWorkOrder, ReportAgain
from domain.workorder.model import WorkOrder
from domain.workorder.request import check_complete

MOST_PHOTOS = 9
_PHOTO = StringConstraints(pattern="^[0-9a-f]{64}$")


def _mobile(value: object) -> object:
    if not isinstance(value, str):
        return value
    return "".join(value.split()).replace("-", "").removeprefix("+86")


class Report(Body):
    """What somebody reports.

    Args:
        when: the time they wish for, in their own words.
        photos: sha256 names of photos that were uploaded before.
    """

    name: str = Field(default="", max_length=30)
    mobile: Annotated[str, BeforeValidator(_mobile), StringConstraints(pattern=r"^1[3-9][0-9]{9}$")]
    fault: str = Field(min_length=2, max_length=1000)
    when: str = Field(default="", max_length=50)
    photos: tuple[Annotated[str, _PHOTO], ...] = Field(default=(), max_length=MOST_PHOTOS)


class Reporting:
    """Makes a work order of what was filled in, or adds it to the one there is."""

    def __init__(self, bus: Bus, understander: Understander, limits: Limits) -> None:
        self._bus = bus
        self._understander = understander
        self._limits = limits

    def report(self, visit: Visit, body: Report) -> Done:
        """Take a report.

        Raises:
            RequestIncomplete: the words say nothing.
            ReportedTooOften: too much came by this code.
            NotFound: a photo was not uploaded.
        """
        check_complete(body.fault, reachable=True)
        asset = visit.uow.assets.lock(visit.subject_id)  # Two at the same machine come one after the other.
        admit(asset, visit.at, visit.uow)
        words = body.fault + (f"\n{WHEN_WISHED.format(when=body.when)}" if body.when else "")
        facts = self._read(words, asset, visit)
        known = contact_with(body.mobile, asset.customer_id, visit.uow)
        same = open_order_of(
            body.fault,
            facts,
            asset,
            known.id if known is not None else None,
            visit.at,
            self._limits,
            visit.uow,
        )
        person = known or self._meet(body, asset, visit)
        order = self._register(words, facts, body, asset, person, visit) if same is None else same
        if same is not None:
            self._add(words, same, person, visit)
        for at, photo in enumerate(body.photos):
            self._attach(photo, f"{visit.key}.p{at}", order, person, visit)
        return _receipt(order, person, visit, joined=same is not None)

    def _read(self, words: str, asset: Asset, visit: Visit) -> RequestFacts:
        facts = read_facts(
            words,
            at=visit.at,
            customer_id=asset.customer_id,
            understander=self._understander,
            uow=visit.uow,
            by_staff=False,
        )
        return replace(facts, asset_id=asset.id)

    def _meet(self, body: Report, asset: Asset, visit: Visit) -> Person:
        person_id = uuid4()
        customer = visit.uow.customers.get(asset.customer_id)
        meet = MeetCaller(
            person_id=person_id,
            name=body.name,
            mobile=body.mobile,
            region=customer.region,
            customer_id=customer.id,
            **visit.cause("system"),
        )
        self._bus.handle(meet, visit.uow)
        return visit.uow.people.get(person_id)

    def _register(
        self, words: str, facts: RequestFacts, body: Report, asset: Asset, person: Person, visit: Visit
    ) -> WorkOrder:
        order_id = uuid4()
        said = {"source": SOURCE, "contact_name": body.name, "mobile": body.mobile, "serial": asset.serial}
        register = RegisterWorkOrder(
            work_order_id=order_id,
            requester_id=person.id,
            customer_id=asset.customer_id,
            asset_id=asset.id,
            region=visit.uow.customers.get(asset.customer_id).region,
            description=words,
            origin=_address(person),
            source_key=visit.key,
            type=facts.type,
            priority=facts.priority,
            details=facts.details.model_copy(update=said),
            repeat_failure_d=self._limits.repeat_failure_d,
            **visit.cause(person.id),
        )
        self._bus.handle(register, visit.uow)
        return visit.uow.work_orders.get(order_id)

    def _add(self, words: str, order: WorkOrder, person: Person, visit: Visit) -> None:
        again = ReportAgain(
            work_order_id=order.id,
            person_id=person.id,
            conversation=_address(person),
            words=words,
            source_key=visit.key,
            **visit.cause(person.id),
        )
        self._bus.handle(again, visit.uow)

    def _attach(self, photo: str, key: str, order: WorkOrder, person: Person, visit: Visit) -> None:
        cause = Cause(actor_id=str(person.id), issued_at=visit.at, idempotency_key=key)
        attach = AttachKeptFile(
            work_order_id=order.id, sha256=photo, sender_id=person.id, source_key=visit.key, **cause
        )
        self._bus.handle(attach, visit.uow)


def page(bus: Bus, understander: Understander, limits: Limits) -> PageSpec:
    """Return the page."""
    return PageSpec(
        page=Page.REPORT,
        title="设备报修",
        data=_data,
        deeds={"report": Deed(Report, Reporting(bus, understander, limits).report)},
        takes_files=True,
    )


def _data(visit: Visit) -> dict[str, Any]:
    asset = visit.uow.assets.get(visit.subject_id)
    return {"machine": asset.name, "model": asset.model, "serial": asset.serial, "site": asset.site}


def _address(person: Person) -> str:
    """Return where somebody is told what happens: in their own chat, where they have one."""
    return person_audience(str(person.id)) if person.identities else ""


def _receipt(order: WorkOrder, person: Person, visit: Visit, *, joined: bool) -> Done:
    """Return the receipt, the same whether the number was known or not.

    The way to the status page is only given for a report of its own: a number proves nothing, so nobody reads
    by it what others reported.
    """
    if joined:
        message = JOINED.format(number=order.number, status=REQUESTER_STATUS[order.state])
        return Done(message, {"number": order.number, "joined": True, "wished": "", "status_url": ""})
    wished = order.request
    more = {
        "number": order.number,
        "joined": False,
        "wished": period(wished.appointment_from, wished.appointment_to),
        "status_url": visit.uow.links.to(Page.STATUS, person.id, order.id, visit.at),
    }
    return Done(REPORTED.format(number=order.number), more)
