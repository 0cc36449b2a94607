"""How a message in a group ends, and how that end is corrected; every step by the presser's own rights."""

from datetime import timedelta
from uuid import UUID, uuid4

from bot.ports import BotUnitOfWork
from bot.replies import Said
from cards.text_desk import GROUP_ASSIGN_REASON, GROUP_UNDONE
from domain.groups.commands import ResolveGroupMessage
from domain.groups.model import GroupRequest
from domain.groups.outcome import Outcome as End
from domain.groups.outcome import check_way
from domain.intake.commands import Limits
from domain.kernel.bus import Bus
from domain.people.model import Person, Role
from domain.policies.asking import asking
from domain.workorder.closing_commands import ReopenWorkOrder
from domain.workorder.commands import (
    AddWorkOrderNote,
    CancelWorkOrder,
    LeaveWorkOrder,
    RegisterWorkOrder,
    ReportAgain,
)
from domain.workorder.details import RequestDetails
from domain.workorder.errors import SameTechnician
from domain.workorder.handlers.closing import is_reporter
from domain.workorder.model import WorkOrder
from domain.workorder.request import check_complete
from domain.workorder.status import ENDED, OPEN


class GroupEnds:
    """The ways a message in a group can end.

    Args:
        offer_timeout: how long a technician has to answer.
    """

    def __init__(self, bus: Bus, offer_timeout: timedelta, limits: Limits) -> None:
        self._bus = bus
        self._limits = limits
        self._offer_timeout = offer_timeout

    def make(
        self, said: Said, request: GroupRequest, version: int | None, person: Person, uow: BotUnitOfWork
    ) -> WorkOrder:
        """Make the work order; it keeps the id of the message it was made of."""
        check_way(request.outcome, End.ORDER, version=request.version, seen_version=version)
        check_complete(request.words, reachable=True)
        self._leave(said, request, person, uow)
        speaker = uow.people.get(request.speaker_id)
        customer = uow.customers.get(request.customer_id) if request.customer_id else None
        command = RegisterWorkOrder.model_validate(
            {
                "work_order_id": uuid4(),
                "requester_id": speaker.id,
                "customer_id": request.customer_id,
                "asset_id": request.asset_id,
                "region": customer.region if customer else speaker.region,
                "description": request.words,
                "origin": request.private or request.conversation,
                "source_key": f"group:{request.id}:{request.version}",
                "type": request.type,
                "priority": request.priority,
                "details": RequestDetails.model_validate(request.details),
                "repeat_failure_d": self._limits.repeat_failure_d,
                **said.cause(person.id),
            }
        )
        self._bus.handle(command, uow)
        uow.files.move_to_work_order(request.id, command.work_order_id)
        self._resolve(said, request, End.ORDER, command.work_order_id, version, person, uow)
        return uow.work_orders.get(command.work_order_id)

    def link(
        self,
        said: Said,
        request: GroupRequest,
        order: WorkOrder,
        version: int | None,
        person: Person,
        uow: BotUnitOfWork,
    ) -> None:
        """Add the message to a work order: its speaker joins, or it is one more note of theirs."""
        check_way(request.outcome, End.LINKED, version=request.version, seen_version=version)
        speaker = uow.people.get(request.speaker_id)
        ours = Role.CUSTOMER not in speaker.roles
        joins = not ours and not is_reporter(str(speaker.id), order, uow)
        if ours:
            self._note(said, request, order, person, uow)
        else:
            again = ReportAgain(
                work_order_id=order.id,
                person_id=speaker.id,
                conversation=request.private or request.conversation,
                words=request.words,
                source_key=request.source_key,
                **said.cause(person.id),
            )
            self._bus.handle(again, uow)
        uow.files.move_to_work_order(request.id, order.id)
        self._resolve(said, request, End.LINKED, order.id, version, person, uow, joined=joins)

    def _note(
        self, said: Said, request: GroupRequest, order: WorkOrder, person: Person, uow: BotUnitOfWork
    ) -> None:
        """Keep what one of our own people said; a finished work order is opened again for it."""
        if order.state not in OPEN:
            reopen = ReopenWorkOrder(work_order_id=order.id, reason=request.words, **said.cause(person.id))
            self._bus.handle(reopen, uow)
        note = AddWorkOrderNote(
            work_order_id=order.id, kind="text", text=request.words, **said.cause(person.id)
        )
        self._bus.handle(note, uow)

    def dismiss(
        self, said: Said, request: GroupRequest, version: int | None, person: Person, uow: BotUnitOfWork
    ) -> None:
        """Say that it is no request; what was made of it is undone."""
        check_way(request.outcome, End.NOT_A_REQUEST, version=request.version, seen_version=version)
        if request.outcome is End.ORDER and request.work_order_id is not None:
            order = uow.work_orders.get(request.work_order_id)
            if order.state not in ENDED:
                reason = GROUP_UNDONE.format(name=person.name)
                self._bus.handle(
                    CancelWorkOrder(work_order_id=order.id, reason=reason, **said.cause(person.id)), uow
                )
        self._leave(said, request, person, uow)
        self._resolve(said, request, End.NOT_A_REQUEST, None, version, person, uow)

    def assign(
        self, said: Said, request: GroupRequest, version: int, person: Person, uow: BotUnitOfWork
    ) -> None:
        """Ask the technician the message names, by the presser's right."""
        check_way(request.outcome, End.ASSIGNED, version=request.version, seen_version=version)
        assert request.work_order_id is not None, "an assignment is about a work order"
        order = uow.work_orders.get(request.work_order_id)
        if order.assignee_id == request.technician_id:
            raise SameTechnician(number=order.number, name=uow.name_of(order.assignee_id))
        assert request.technician_id is not None, "an assignment names a technician"
        command = asking(
            order,
            uow.people.get(request.technician_id),
            expires_at=said.at + self._offer_timeout,
            reason=GROUP_ASSIGN_REASON.format(name=uow.people.get(request.speaker_id).name),
            cause=said.cause(person.id),
        )
        self._bus.handle(command, uow)
        self._resolve(said, request, End.ASSIGNED, order.id, version, person, uow)

    def _leave(self, said: Said, request: GroupRequest, person: Person, uow: BotUnitOfWork) -> None:
        """Undo that the speaker joined a work order."""
        if request.outcome is End.LINKED and request.linked and request.work_order_id is not None:
            leave = LeaveWorkOrder(
                work_order_id=request.work_order_id, person_id=request.speaker_id, **said.cause(person.id)
            )
            self._bus.handle(leave, uow)

    def _resolve(
        self,
        said: Said,
        request: GroupRequest,
        end: End,
        order_id: UUID | None,
        version: int | None,
        person: Person,
        uow: BotUnitOfWork,
        *,
        joined: bool = False,
    ) -> None:
        command = ResolveGroupMessage(
            request_id=request.id,
            outcome=end,
            seen_version=version,
            order_id=order_id,
            joined=joined,
            **said.cause(person.id),
        )
        self._bus.handle(command, uow)
