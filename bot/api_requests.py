"""A request from another system: the same inbox, bus and policies as words in a chat."""

from itertools import islice
from typing import Annotated, Any
from uuid import UUID, uuid4

from pydantic import AwareDatetime, BeforeValidator, Field, StringConstraints

from adapters.inbound import Answer, RequestContent
from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said
from domain.assets.model import Asset, Customer
from domain.intake.commands import Limits
from domain.intake.rules import WITH_ABOUT
from domain.kernel.bus import Bus
from domain.kernel.errors import DomainError, NotFound
from domain.kernel.messages import Cause, Message
from domain.kernel.notices import person_audience
from domain.people.commands import MeetCaller
from domain.people.model import Person
from domain.policies.contacts import contact_with
from domain.policies.reported_before import report_of, reported_before
from domain.workorder.commands import RegisterWorkOrder
from domain.workorder.details import OrderType, Priority, RequestDetails
from domain.workorder.model import WorkOrder
from domain.workorder.request import check_complete

ANSWERED, REFUSED = "api_request", "api_refusal"
"""What the stored answer of a delivery is; neither is ever shown in a chat."""
MOST_NAMED = 3
"""Work orders of the same fault that an answer names."""


def _mobile(value: object) -> object:
    return "".join(value.split()).removeprefix("+86") if isinstance(value, str) else value


Text = Annotated[str, StringConstraints(strip_whitespace=True)]
Short = Annotated[Text, Field(max_length=100)]
Mobile = Annotated[str, BeforeValidator(_mobile), StringConstraints(pattern=r"^1[3-9][0-9]{9}$")]


class ApiRequest(Message):
    """What another system may say of a request; `description` and `mobile` are required.

    Source: docs/reference/rest-api.md.
    """

    description: Annotated[Text, Field(max_length=4000)]
    mobile: Mobile
    contact_name: Short = ""
    customer_code: Annotated[Text, Field(max_length=64)] = ""
    serial: Short = ""
    plate: Annotated[Text, Field(max_length=20)] = ""
    address: Annotated[Text, Field(max_length=500)] = ""
    type: OrderType = OrderType.REPAIR
    priority: Priority = Priority.P3
    device: Short = ""
    fault_code: Annotated[Text, Field(max_length=50)] = ""
    waybills: Annotated[tuple[Short, ...], Field(max_length=20)] = ()
    latitude: Annotated[float | None, Field(ge=-90, le=90)] = None
    longitude: Annotated[float | None, Field(ge=-180, le=180)] = None
    appointment_from: AwareDatetime | None = None
    appointment_to: AwareDatetime | None = None
    about_number: Annotated[Text, Field(max_length=24)] = ""
    external_ref: Short = ""

    def details(self) -> RequestDetails:
        """Return the facts as a work order keeps them."""
        kept = RequestDetails.model_fields.keys() & type(self).model_fields.keys()
        ref = (self.external_ref,) if self.external_ref else ()
        return RequestDetails(source="api", original_refs=ref, **self.model_dump(include=set(kept)))


class ApiRequests:
    """Registers what other systems ask for."""

    def __init__(self, bus: Bus, limits: Limits) -> None:
        self._bus = bus
        self._limits = limits

    def take(self, said: Said, content: RequestContent, uow: BotUnitOfWork) -> Outcome:
        """Make a work order of a request that was checked at the door.

        Raises:
            RequestIncomplete: a required fact is missing.
            NotFound: the customer or the machine is not known.
        """
        asked = ApiRequest.model_validate(content.body)
        check_complete(asked.description, reachable=bool(asked.mobile))
        customer = _customer(asked, uow)
        asset = _asset(asked, customer, uow)
        if customer is None and asset is not None:
            customer = uow.customers.get(asset.customer_id)
        requester = self._requester(said, asked, customer, uow)
        order_id = uuid4()
        command = RegisterWorkOrder(
            work_order_id=order_id,
            requester_id=requester.id,
            customer_id=customer.id if customer else requester.customer_id,
            asset_id=asset.id if asset else None,
            region=customer.region if customer else requester.region,
            description=asked.description,
            origin=person_audience(str(requester.id)) if requester.identities else "",
            source_key=said.source_key,
            type=asked.type,
            priority=asked.priority,
            details=asked.details(),
            repeat_failure_d=self._limits.repeat_failure_d,
            **said.cause(requester.id),
        )
        self._bus.handle(command, uow)
        order = uow.work_orders.get(order_id)
        view: dict[str, Any] = {"nonce": content.nonce, "digest": content.digest, "number": order.number}
        view["possible_duplicates"] = self._reported_before(order, uow)
        return Outcome(answer=Answer(card=ANSWERED, view=view))

    def _reported_before(self, order: WorkOrder, uow: BotUnitOfWork) -> list[str]:
        found = reported_before(
            report_of(order, uow),
            customer_id=order.customer_id,
            person_id=order.requester_id,
            window_h=self._limits.duplicate_window_h,
            uow=uow,
            but=(order.id,),
        )
        return [] if order.type in WITH_ABOUT else [one.number for one in islice(found, MOST_NAMED)]

    def refuse(self, content: RequestContent, refusal: DomainError) -> Outcome:
        """Answer with the refusal, which a repeat of the same request reads again."""
        view: dict[str, Any] = {"nonce": content.nonce, "digest": content.digest}
        view |= {"code": refusal.code, "message": refusal.message}
        return Outcome(refusal=refusal.code, answer=Answer(card=REFUSED, view=view))

    def _requester(
        self, said: Said, asked: ApiRequest, customer: Customer | None, uow: BotUnitOfWork
    ) -> Person:
        """Return the contact with this number, of the customer where one is named; else a new one."""
        known = contact_with(asked.mobile, customer.id if customer else None, uow)
        if known is not None:
            return known
        person_id: UUID = uuid4()
        cause = Cause(actor_id="system", issued_at=said.at, idempotency_key=said.inbound.delivery_key)
        command = MeetCaller(
            person_id=person_id,
            name=asked.contact_name,
            mobile=asked.mobile,
            region=customer.region if customer else "",
            customer_id=customer.id if customer else None,
            **cause,
        )
        self._bus.handle(command, uow)
        return uow.people.get(person_id)


def _customer(asked: ApiRequest, uow: BotUnitOfWork) -> Customer | None:
    if not asked.customer_code:
        return None
    customer = uow.customers.by_code(asked.customer_code)
    if customer is None:
        raise NotFound(what=f"客户编号 {asked.customer_code}")
    return customer


def _asset(asked: ApiRequest, customer: Customer | None, uow: BotUnitOfWork) -> Asset | None:
    """Return the machine that is named; one of another customer is to this one as if it did not exist."""
    named = asked.serial or asked.plate
    if not named:
        return None
    found = uow.assets.with_serial(asked.serial) if asked.serial else uow.assets.by_plate(asked.plate)
    if found is None or (customer is not None and found.customer_id != customer.id):
        raise NotFound(what=f"设备 {named}")
    return found
