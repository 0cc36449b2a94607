"""Words about work orders become commands."""

import re
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from adapters.inbound import LinkContent, LocationContent, MediaContent
from bot.dialogue.reasons import ask_reason
from bot.errors import NothingOffered, NotUnderstood, SeveralOffers
from bot.intents import Words
from bot.ports import BotUnitOfWork
from bot.replies import DONE, Outcome, Said, say, show
from cards.text import (
    ACCEPTED_WORDS,
    CANCEL_HOW,
    CANCELLED_WORDS,
    DECLINED_WORDS,
    MEDIA_ALONE,
    MEDIA_OF_STAFF,
    NO_ORDERS,
    NOTE_KEPT,
    OFFERED_TO,
)
from domain.kernel.bus import Bus
from domain.kernel.errors import NotPermitted
from domain.people.handlers import technician_named
from domain.people.model import DESK_ROLES, STAFF_ROLES, Person, Role
from domain.policies.views import job_line, progress_line
from domain.workorder.commands import (
    AcceptWorkOrder,
    AddWorkOrderNote,
    CancelWorkOrder,
    DeclineWorkOrder,
    OfferWorkOrder,
    RegisterWorkOrder,
)
from domain.workorder.errors import WorkOrderNotFound
from domain.workorder.model import WorkOrder
from domain.workorder.status import OPEN, Status
from domain.workorder.views import JobsView, ProgressView

LISTED = 5
SERIAL = re.compile(r"[A-Za-z0-9][A-Za-z0-9_/-]{3,}[A-Za-z0-9]")
SERIALS_TRIED = 5


class Orders:
    """What can be said about work orders; every method is one wish of one known person."""

    def __init__(self, bus: Bus, offer_timeout_s: int) -> None:
        self._bus = bus
        self._offer_timeout = timedelta(seconds=offer_timeout_s)

    def report(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Make a work order of a customer's words, or add them to the open one they name."""
        named = uow.work_orders.by_number(words.number) if words.number else None
        if named is not None and named.requester_id == person.id and named.state in OPEN:
            command = AddWorkOrderNote(
                work_order_id=named.id, kind="text", text=words.rest, **said.cause(person.id)
            )
            self._bus.handle(command, uow)
            return say(uow, said, NOTE_KEPT.format(number=named.number))
        return self._register(said, words.rest, person, uow)

    def _register(self, said: Said, description: str, person: Person, uow: BotUnitOfWork) -> Outcome:
        customer_id = person.customer_id
        region = uow.customers.get(customer_id).region if customer_id else person.region
        command = RegisterWorkOrder(
            work_order_id=uuid4(),
            requester_id=person.id,
            customer_id=customer_id,
            asset_id=_asset_in(description, customer_id, uow),
            region=region,
            description=description,
            origin=said.inbound.conversation,
            source_key=said.source_key,
            **said.cause(person.id),
        )
        self._bus.handle(command, uow)
        return DONE

    def accept(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Accept by words; without a number it is the only offer there is."""
        order = self._offered(said, words, "接单 WO-20260302-0007", person, uow)
        self._bus.handle(AcceptWorkOrder(work_order_id=order.id, **said.cause(person.id)), uow)
        uow.dialogues.end(said.key)
        return say(uow, said, ACCEPTED_WORDS.format(number=order.number))

    def decline(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Decline by words; a missing reason is asked for."""
        order = self._offered(said, words, "拒单 WO-20260302-0007 在外地", person, uow)
        if not words.rest:
            return ask_reason(said, order, None, person, uow)
        self._bus.handle(
            DeclineWorkOrder(work_order_id=order.id, reason=words.rest, **said.cause(person.id)), uow
        )
        uow.dialogues.end(said.key)
        return say(uow, said, DECLINED_WORDS.format(number=order.number))

    def decline_with_reason(
        self, said: Said, data: dict[str, str], reason: str, person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        """Finish the refusal that a press began."""
        self._bus.handle(
            DeclineWorkOrder(
                work_order_id=UUID(data["work_order_id"]),
                reason=reason,
                seen_version=int(data["version"]),
                **said.cause(person.id),
            ),
            uow,
        )
        uow.dialogues.end(said.key)
        return say(uow, said, DECLINED_WORDS.format(number=data["number"]))

    def offer(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Let a dispatcher name the technician."""
        if not person.roles & DESK_ROLES:
            raise NotPermitted(action="派单")
        if not words.number or not words.rest:
            raise NotUnderstood(words="派单", example="派单 WO-20260302-0007 李强")
        order = self._numbered(words.number, person, uow)
        technician = technician_named(words.rest, uow)
        self._bus.handle(
            OfferWorkOrder(
                work_order_id=order.id,
                technician_id=technician.id,
                expires_at=said.at + self._offer_timeout,
                reason=f"{person.name} 指定",
                **said.cause(person.id),
            ),
            uow,
        )
        return say(uow, said, OFFERED_TO.format(number=order.number, name=technician.name))

    def cancel(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Cancel a work order; a requester's only open one needs no number."""
        desk = bool(person.roles & DESK_ROLES)
        if words.number:
            order = self._numbered(words.number, person, uow)
        else:
            mine = [order for order in uow.work_orders.of_requester(person.id, LISTED) if order.state in OPEN]
            if len(mine) != 1:
                raise NotUnderstood(
                    words="取消", example=f"取消 {mine[0].number if mine else 'WO-20260302-0007'}"
                )
            order = mine[0]
        command = CancelWorkOrder(
            work_order_id=order.id, reason=words.rest, by_desk=desk, **said.cause(person.id)
        )
        self._bus.handle(command, uow)
        if str(order.requester_id) == str(person.id):
            return DONE  # The requester's confirmation is a policy's.
        return say(uow, said, CANCELLED_WORDS.format(number=order.number))

    def suggest_cancelling(self, said: Said, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Offer the words that cancel; nothing is cancelled by a casual remark."""
        mine = [order for order in uow.work_orders.of_requester(person.id, LISTED) if order.state in OPEN]
        if not mine:
            return say(uow, said, NO_ORDERS)
        return say(uow, said, CANCEL_HOW + "\n".join(f"取消 {order.number}" for order in mine))

    def progress(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Answer where a work order stands, or the newest ones of this requester."""
        if words.number:
            orders = [self._numbered(words.number, person, uow)]
        else:
            newest = list(uow.work_orders.of_requester(person.id, LISTED))
            orders = [order for order in newest if order.state in OPEN] or newest[:1]
            if not newest and person.roles & STAFF_ROLES:
                return self.my_jobs(said, person, uow)
        return self._listed(said, orders, uow)

    def my_jobs(self, said: Said, person: Person, uow: BotUnitOfWork) -> Outcome:
        """List what a technician was offered or has accepted."""
        orders = uow.work_orders.open_of_assignee(person.id, LISTED + 1)
        lines = tuple(job_line(order, uow) for order in orders[:LISTED])
        view = JobsView(lines=lines, more=len(orders) > LISTED)
        return show(uow, said, "jobs", view.model_dump(mode="json"), privately=True)

    def _listed(self, said: Said, orders: Sequence[WorkOrder], uow: BotUnitOfWork) -> Outcome:
        """Answer with where each stands; a group reads no mobile number."""
        lines = tuple(progress_line(order, uow) for order in orders)
        if said.inbound.in_group:
            lines = tuple(line.model_copy(update={"assignee_mobile": ""}) for line in lines)
        return show(uow, said, "progress", ProgressView(lines=lines).model_dump(mode="json"))

    def keep(
        self,
        said: Said,
        content: MediaContent | LocationContent | LinkContent,
        person: Person,
        uow: BotUnitOfWork,
    ) -> Outcome:
        """Add a picture, voice, place or link to the requester's newest open work order."""
        if Role.CUSTOMER not in person.roles:
            return say(uow, said, MEDIA_OF_STAFF)
        newest = uow.work_orders.of_requester(person.id, 1)
        if not newest or newest[0].state not in OPEN:
            return say(uow, said, MEDIA_ALONE)
        kind, text, media_ref = _as_note(content)
        command = AddWorkOrderNote(
            work_order_id=newest[0].id, kind=kind, text=text, media_ref=media_ref, **said.cause(person.id)
        )
        self._bus.handle(command, uow)
        return say(uow, said, NOTE_KEPT.format(number=newest[0].number))

    def _offered(
        self, said: Said, words: Words, example: str, person: Person, uow: BotUnitOfWork
    ) -> WorkOrder:
        if words.number:
            return self._numbered(words.number, person, uow)
        offered = [
            order
            for order in uow.work_orders.open_of_assignee(person.id, LISTED)
            if order.state is Status.OFFERED
        ]
        if not offered:
            raise NothingOffered
        if len(offered) > 1:
            word = example.split()[0]
            raise SeveralOffers(
                count=len(offered), lines="，或 ".join(f"{word} {one.number}" for one in offered)
            )
        return offered[0]

    def _numbered(self, number: str, person: Person, uow: BotUnitOfWork) -> WorkOrder:
        """Return the work order of a number; a customer learns nothing of anybody else's."""
        order = uow.work_orders.by_number(number)
        if order is None or not (person.roles & STAFF_ROLES or order.requester_id == person.id):
            raise WorkOrderNotFound(number=number)
        return order


def _asset_in(description: str, customer_id: UUID | None, uow: BotUnitOfWork) -> UUID | None:
    """Return the customer's own asset whose serial stands in the words, or None."""
    if customer_id is None:
        return None
    for serial in SERIAL.findall(description)[:SERIALS_TRIED]:
        asset = uow.assets.by_serial(serial, customer_id)
        if asset is not None:
            return asset.id
    return None


def _as_note(content: MediaContent | LocationContent | LinkContent) -> tuple[str, str, str]:
    match content:
        case MediaContent():
            return content.media, content.transcript or content.file_name, content.media_ref
        case LocationContent():
            return "location", f"{content.label} ({content.latitude},{content.longitude})".strip(), ""
        case LinkContent():
            return "link", f"{content.title} {content.url}", ""
