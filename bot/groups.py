"""Groups: every message to the robot ends as an order, a link to one, an assignment, or no request."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID, uuid4

from adapters.inbound import Answer
from bot.field_orders import order_numbered
from bot.group_adds import GroupAdds
from bot.group_ends import GroupEnds
from bot.group_finding import NEWEST, group_key, mentioned, order_to_link
from bot.group_words import GroupWish, GroupWords, read_group_words
from bot.intents import NUMBER, Wish, Words
from bot.parts import Act, Continue, Press, Pressed
from bot.ports import BotUnitOfWork
from bot.replies import DONE, Outcome, Said, say
from cards.text_desk import GROUP_DISMISSED, GROUP_LINKED, GROUP_MADE, GROUP_WHICH_ORDER
from domain.files.commands import KeepAttachment, Medium
from domain.groups.commands import TakeGroupMessage
from domain.groups.errors import NoGroupMessage, NothingToLink
from domain.groups.model import GroupRequest
from domain.groups.outcome import Outcome as End
from domain.groups.outcome import check_way
from domain.intake.commands import Limits
from domain.intake.rules import WITH_ABOUT
from domain.intake.understanding import Understander
from domain.kernel.bus import Bus
from domain.people.model import Person, Role
from domain.policies.groups import group_notice, group_view
from domain.policies.reported_before import reported_before, told_of
from domain.policies.request_facts import RequestFacts, read_facts
from domain.workorder.details import Priority
from domain.workorder.model import WorkOrder
from domain.workorder.status import OPEN

TAKEN = frozenset({Wish.FREE, Wish.REPORT, Wish.CHIT_CHAT, Wish.UNWANTED})


class Groups:
    """What is said to the robot in groups and pressed on its cards there; a part of the conversation."""

    def __init__(self, bus: Bus, understander: Understander, offer_timeout_s: int, limits: Limits) -> None:
        self._bus = bus
        self._understander = understander
        self._limits = limits
        self._adds = GroupAdds(bus, understander)
        self._ends = GroupEnds(bus, timedelta(seconds=offer_timeout_s), limits)

    def wishes(self) -> Mapping[Wish, Act]:
        """Return what words it answers to: none by themselves, see `hear`."""
        return {}

    def verbs(self) -> Mapping[str, Press]:
        """Return which buttons it answers to."""
        return {
            "group.order": self.press,
            "group.link": self.press,
            "group.dismiss": self.press,
            "group.assign": self.press,
            "group.back": self.press,
            "group.asset": self.press_asset,
        }

    def dialogues(self) -> Mapping[str, Continue]:
        """Return which dialogues it goes on with: none."""
        return {}

    def hear(self, said: Said, words: Words, text: str, person: Person, uow: BotUnitOfWork) -> Outcome | None:
        """Take words that were said in a group; None for commands, which mean the same everywhere."""
        if words.wish not in TAKEN:
            return None
        read = read_group_words(text)
        if read is not None and read.wish is GroupWish.LOOK:
            technician = mentioned(said.inbound, read, uow)
            if technician is not None:
                return self._look(said, read, text, technician, person, uow)
        elif read is not None:
            return self._decide(said, read, person, uow)
        return self._take(said, text, person, uow)

    def adds(self, said: Said, words: Words, text: str, person: Person, uow: BotUnitOfWork) -> Outcome | None:
        """Take what is said to complete a message; None for anything else."""
        return self._adds.by_words(said, words, text, person, uow)

    def press_asset(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Let the card show the customer's machines, or take the one that was chosen."""
        action = pressed.action
        request = uow.group_requests.get(action.subject_id)
        if not action.choice:
            return self._show(said, pressed, request, uow, turned="picking")
        self._adds.by_press(said, request, action.choice, action.version, person, uow)
        return self._answer(pressed, request, said, uow)

    def press(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Do what a button on a group's card says, by the presser's own rights."""
        action = pressed.action
        request = uow.group_requests.get(action.subject_id)
        choosing = action.verb == "group.link" and not action.choice
        if choosing or action.verb == "group.back":
            return self._show(said, pressed, request, uow, turned="choosing" if choosing else "")
        match action.verb:
            case "group.order":
                self._ends.make(said, request, action.version, person, uow)
            case "group.link":
                order = order_to_link(action.choice, uow)
                self._ends.link(said, request, order, action.version, person, uow)
            case "group.assign":
                self._ends.assign(said, request, action.version, person, uow)
            case _:
                self._ends.dismiss(said, request, action.version, person, uow)
        return self._answer(pressed, request, said, uow)

    def _take(self, said: Said, text: str, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Keep a message: danger becomes an order at once, a fault a draft, anything else no request."""
        customer = Role.CUSTOMER in person.roles
        facts = read_facts(
            text,
            at=said.at,
            customer_id=person.customer_id if customer else None,
            understander=self._understander,
            uow=uow,
            by_staff=not customer,
        )
        details = facts.details.model_copy(
            update={"source": "group", "original_refs": (said.inbound.delivery_key,)}
        )
        same = self._same(said, text, facts, person, uow) if facts.sounds_like_fault else None
        command = self._taking(said, text, person).model_copy(
            update={
                "work_order_id": same.id if same is not None else None,
                "outcome": End.OPEN if facts.sounds_like_fault else End.NOT_A_REQUEST,
                "customer_id": facts.customer_id,
                "asset_id": facts.asset_id,
                "priority": facts.priority.value,
                "type": facts.type.value,
                "details": details.model_dump(mode="json"),
            }
        )
        self._bus.handle(command, uow)
        self._keep_pictures(said, command.request_id, person, uow)
        attended = same is not None and same.state in OPEN
        if facts.sounds_like_fault and facts.priority is Priority.P1 and not attended:
            self._ends.make(said, uow.group_requests.get(command.request_id), None, person, uow)
        return DONE

    def _same(
        self, said: Said, text: str, facts: RequestFacts, person: Person, uow: BotUnitOfWork
    ) -> WorkOrder | None:
        """Return the work order that a fault said in the group is likely about."""
        if facts.type in WITH_ABOUT:
            return None
        report = told_of(
            text,
            facts.details,
            customer_id=facts.customer_id,
            person_id=person.id,
            asset_id=facts.asset_id,
            at=said.at,
            uow=uow,
        )
        window_h = self._limits.duplicate_window_h
        found = reported_before(
            report, customer_id=facts.customer_id, person_id=person.id, window_h=window_h, uow=uow
        )
        return next(found, None)

    def _look(
        self,
        said: Said,
        read: GroupWords,
        text: str,
        technician: Person,
        person: Person,
        uow: BotUnitOfWork,
    ) -> Outcome:
        """Offer to turn “@张三 去看一下” into an assignment."""
        order = self._order_meant(said, read, person, uow)
        if order is None:
            facts = read_facts(text, at=said.at, customer_id=None, understander=self._understander, uow=uow)
            if facts.details.symptoms or facts.details.fault_code:
                return self._take(said, text, person, uow)
            return say(uow, said, GROUP_WHICH_ORDER)
        command = self._taking(said, text, person).model_copy(
            update={"technician_id": technician.id, "work_order_id": order.id}
        )
        self._bus.handle(command, uow)
        return DONE

    def _decide(self, said: Said, read: GroupWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Do by words what the buttons of the group's newest card do."""
        newest = uow.group_requests.newest(group_key(said.inbound), NEWEST)
        found = [one for one in newest if not one.technician_id]
        if not found:
            raise NoGroupMessage
        request = uow.group_requests.get(found[0].id)
        if read.wish is GroupWish.LINK:
            order = order_to_link(read.number, uow)
            self._ends.link(said, request, order, None, person, uow)
            return say(uow, said, GROUP_LINKED.format(number=order.number))
        if read.wish is GroupWish.DISMISS:
            self._ends.dismiss(said, request, None, person, uow)
            return say(uow, said, GROUP_DISMISSED)
        made = self._ends.make(said, request, None, person, uow)
        return say(uow, said, GROUP_MADE.format(number=made.number))

    def _show(
        self, said: Said, pressed: Pressed, request: GroupRequest, uow: BotUnitOfWork, *, turned: str
    ) -> Outcome:
        """Turn the card over, to work orders or machines to choose from, and back.

        Args:
            turned: the field of the view that says so; empty turns it back.
        """
        check_way(request.outcome, End.LINKED, version=request.version, seen_version=pressed.action.version)
        view = group_view(request, said.at, uow).model_copy(update={turned: True} if turned else {})
        if turned == "choosing" and not view.linkable:
            raise NothingToLink
        if said.inbound.channel != "wecom_aibot":
            uow.notify(group_notice(request, view, said.source_key[-60:]))
        return self._answer(pressed, request, said, uow, turned=turned)

    def _answer(
        self,
        pressed: Pressed,
        request: GroupRequest,
        said: Said,
        uow: BotUnitOfWork,
        *,
        turned: str = "",
    ) -> Outcome:
        """Answer a press with the card's new look, where it is the message's own card that was pressed.

        The AI bot's card may be pressed before its delivery is noted; it stands in the message's own group.
        """
        own = said.inbound.channel == "wecom_aibot" and group_key(said.inbound) == request.group_key
        if not own and not uow.card_audience(pressed.content.card_ref, request.id):
            return DONE
        view = group_view(request, said.at, uow).model_copy(update={turned: True} if turned else {})
        return Outcome(answer=Answer(card="group_request", view=view.model_dump(mode="json")))

    def _taking(self, said: Said, text: str, person: Person) -> TakeGroupMessage:
        inbound = said.inbound
        return TakeGroupMessage(
            request_id=uuid4(),
            group_key=group_key(inbound),
            conversation=inbound.conversation,
            private=inbound.private,
            speaker_id=person.id,
            words=text.strip(),
            source_key=said.source_key,
            original_ref=inbound.delivery_key,
            **said.cause(person.id),
        )

    def _keep_pictures(self, said: Said, request_id: UUID, person: Person, uow: BotUnitOfWork) -> None:
        """Keep pictures that came in the same message; an order made of it takes them along."""
        for one in said.inbound.attached:
            command = KeepAttachment(
                media=Medium(one.media),
                platform=said.inbound.sender.platform.value,
                media_ref=one.media_ref,
                sender_id=person.id,
                sent_at=said.inbound.sent_at,
                conversation=said.private,
                draft_id=request_id,
                file_name=one.file_name,
                source_key=said.source_key,
                **said.cause(person.id),
            )
            self._bus.handle(command, uow)

    def _order_meant(
        self, said: Said, read: GroupWords, person: Person, uow: BotUnitOfWork
    ) -> WorkOrder | None:
        """Return the work order that is named, quoted, or the last one the group spoke of."""
        named = NUMBER.search(said.inbound.quoted)
        number = read.number or (f"WO-{named[1]}-{named[2]}" if named else "")
        if number:
            return order_numbered(number, person, uow)
        newest = uow.group_requests.newest(group_key(said.inbound), NEWEST)
        quoted = said.inbound.quoted.strip()
        about = [one for one in newest if quoted and one.words and one.words in quoted] or newest
        for one in about:
            order = uow.work_orders.get(one.work_order_id) if one.work_order_id else None
            if order is not None and order.state in OPEN:
                return order
        return None
