"""Words about work orders become commands."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from bot.dialogue.reasons import DECLINE_REASON, ask_reason, ask_why_cancel, reason_of
from bot.errors import NothingOffered, NotUnderstood, SeveralOffers
from bot.finding import numbered
from bot.intents import Wish, Words
from bot.late_cancel import ask_late_cancel
from bot.parts import Act, Continue, Press, Pressed
from bot.ports import BotUnitOfWork
from bot.reach import customer_told
from bot.replies import DONE, Outcome, Said, say, show
from cards.text import (
    ACCEPTED_WORDS,
    CANCEL_HOW,
    CANCELLED_WORDS,
    DECLINED_WORDS,
    NO_ORDERS,
)
from cards.text_spoken import NOTHING_CONCERNS_STAFF
from domain.kernel.bus import Bus
from domain.kernel.links import Page
from domain.kernel.notices import Notice, person_audience
from domain.people.model import STAFF_ROLES, Person, Role
from domain.policies.jobs import person_view
from domain.policies.page_links import link_in
from domain.policies.views import job_line, progress_line
from domain.workorder.commands import (
    AcceptWorkOrder,
    CancelWorkOrder,
    DeclineWorkOrder,
)
from domain.workorder.handlers.closing import is_reporter
from domain.workorder.model import WorkOrder
from domain.workorder.status import OPEN, UNDER_WAY, Status
from domain.workorder.views import JobsView, ProgressLine, ProgressView

LISTED = 5


class Orders:
    """What can be said about work orders that wait for somebody; a part of the conversation."""

    def __init__(self, bus: Bus, offer_timeout_s: int) -> None:
        self._bus = bus
        self._offer_timeout = timedelta(seconds=offer_timeout_s)

    def wishes(self) -> Mapping[Wish, Act]:
        """Return what words it answers to."""
        return {
            Wish.ACCEPT: self.accept,
            Wish.DECLINE: self.decline,
            Wish.CANCEL: self.cancel,
            Wish.PROGRESS: self.progress,
            Wish.UNWANTED: self.suggest_cancelling,
            Wish.MY_JOBS: self.my_jobs,
        }

    def verbs(self) -> Mapping[str, Press]:
        """Return which buttons it answers to."""
        return {"wo.accept": self.press_accept, "wo.decline": self.press_decline}

    def dialogues(self) -> Mapping[str, Continue]:
        """Return which dialogues it goes on with."""
        return {DECLINE_REASON: self.go_on_declining}

    def press_accept(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Accept by press; the changed card is the answer."""
        action = pressed.action
        command = AcceptWorkOrder(
            work_order_id=action.subject_id, seen_version=action.version, **said.cause(person.id)
        )
        self._bus.handle(command, uow)
        return DONE

    def press_decline(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Ask why, for a press carries no words."""
        order = uow.work_orders.get(pressed.action.subject_id)
        return ask_reason(said, order, pressed.action.version, person, uow)

    def go_on_declining(
        self, said: Said, words: Words, data: dict[str, Any], person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        """Take the reason that was waited for."""
        reason = reason_of(said, words, data, uow)
        return self.decline_with_reason(said, data, reason, person, uow) if reason else DONE

    def accept(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Accept by words; without a number it is the only offer there is."""
        order = self._offered(said, words, "接单 WO-20260302-0007", person, uow)
        self._bus.handle(AcceptWorkOrder(work_order_id=order.id, **said.cause(person.id)), uow)
        uow.dialogues.end(said.key)
        return say(uow, said, ACCEPTED_WORDS.format(number=order.number, told=customer_told(order, uow)))

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

    def cancel(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Cancel a work order; a requester's only open one needs no number."""
        if words.number:
            order = numbered(words, "", person, uow)
        else:
            mine = [order for order in uow.work_orders.of_requester(person.id, LISTED) if order.state in OPEN]
            if len(mine) != 1:
                raise NotUnderstood(
                    words="取消", example=f"取消 {mine[0].number if mine else 'WO-20260302-0007'}"
                )
            order = mine[0]
        if order.state in UNDER_WAY - {Status.ACCEPTED} and Role.CUSTOMER in person.roles:
            return ask_late_cancel(said, order, uow)
        if not words.rest and person.roles & STAFF_ROLES and not is_reporter(str(person.id), order, uow):
            return ask_why_cancel(said, order, person, uow)
        command = CancelWorkOrder(work_order_id=order.id, reason=words.rest, **said.cause(person.id))
        self._bus.handle(command, uow)
        if str(order.requester_id) == str(person.id):
            return DONE  # The requester's confirmation is a policy's.
        return say(uow, said, CANCELLED_WORDS.format(number=order.number))

    def suggest_cancelling(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Offer the words that cancel; nothing is cancelled by a casual remark."""
        mine = [order for order in uow.work_orders.of_requester(person.id, LISTED) if order.state in OPEN]
        if not mine:
            return say(uow, said, NO_ORDERS)
        return say(uow, said, CANCEL_HOW + "\n".join(f"取消 {order.number}" for order in mine))

    def progress(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Answer where a work order stands, or the newest ones of this requester."""
        if words.number:
            orders = [numbered(words, "", person, uow)]
        else:
            newest = list(uow.work_orders.concerning(person.id, LISTED))
            orders = [order for order in newest if order.state in OPEN] or newest[:1]
            if not newest and Role.TECHNICIAN in person.roles:
                return self.my_jobs(said, words, person, uow)
            if not newest and person.roles & STAFF_ROLES:
                return say(uow, said, NOTHING_CONCERNS_STAFF, privately=True)
        self._open_card(said, words, orders, person, uow)
        return self._listed(said, orders, person, uow)

    def my_jobs(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """List what a technician was offered or has accepted."""
        orders = uow.work_orders.open_of_assignee(person.id, LISTED + 1)
        lines = tuple(job_line(order, uow) for order in orders[:LISTED])
        view = JobsView(lines=lines, more=len(orders) > LISTED)
        return show(uow, said, "jobs", view.model_dump(mode="json"), privately=True)

    def _open_card(
        self, said: Said, words: Words, orders: Sequence[WorkOrder], person: Person, uow: BotUnitOfWork
    ) -> None:
        """Bring a colleague who names a work order its card, with whatever they can do to it now."""
        if said.inbound.in_group or not words.number or not person.roles & STAFF_ROLES:
            return
        for order in orders:
            view = person_view(order, person, "", said.at, uow)
            if view.actions or view.choices:
                uow.notify(
                    Notice(
                        audience=person_audience(str(person.id)),
                        card="work_order",
                        view=view.model_dump(mode="json"),
                        dedupe_key=f"opened:{said.source_key}",
                        subject_id=order.id,
                        living=True,
                        anew=True,
                        platform=said.inbound.sender.platform.value,
                    )
                )

    def _listed(self, said: Said, orders: Sequence[WorkOrder], person: Person, uow: BotUnitOfWork) -> Outcome:
        """Answer with where each stands; a group reads no mobile number."""
        lines = tuple(progress_line(order, uow) for order in orders)
        if said.inbound.in_group:
            lines = tuple(line.model_copy(update={"assignee_mobile": ""}) for line in lines)
        elif len(orders) == 1:
            lines = (_for_reader(lines[0], orders[0], said, person, uow),)
        return show(
            uow,
            said,
            "progress",
            ProgressView(lines=lines, for_customer=not person.roles & STAFF_ROLES).model_dump(mode="json"),
        )

    def _offered(
        self, said: Said, words: Words, example: str, person: Person, uow: BotUnitOfWork
    ) -> WorkOrder:
        if words.number:
            return numbered(words, "", person, uow)
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


def _for_reader(
    line: ProgressLine, order: WorkOrder, said: Said, person: Person, uow: BotUnitOfWork
) -> ProgressLine:
    """Return the only line with what its reader can do with it, in a chat of their own."""
    if not is_reporter(str(person.id), order, uow):
        return line
    url = link_in(said.inbound.conversation, Page.STATUS, order, person.id, said.at, uow)
    own = order.state in OPEN and order.requester_id == person.id
    return line.model_copy(update={"page_url": url, "version": order.version if own else None})
