"""What a message in a group lacks is added there: by words, by a reply to it, or by a choice on its card."""

import re
from uuid import UUID

from bot.group_finding import NEWEST, group_key
from bot.group_words import read_group_words
from bot.intents import Wish, Words
from bot.ports import BotUnitOfWork
from bot.replies import DONE, Outcome, Said, say, show
from cards.text_desk import GROUP_NOTHING_TO_ADD
from domain.groups.commands import AddToGroupMessage
from domain.groups.model import GroupRequest
from domain.groups.outcome import Outcome as End
from domain.intake.errors import ChoiceGone
from domain.intake.saying import labelled
from domain.intake.understanding import Understander
from domain.kernel.bus import Bus
from domain.kernel.errors import NotPermitted
from domain.people.model import STAFF_ROLES, Person, Role
from domain.policies.groups import group_view
from domain.policies.request_facts import read_facts
from domain.workorder.details import RequestDetails

_ADD = re.compile(r"^补充(?=$|[\s,，.。:：、])[\s,，.。:：、]*")
_REPLACED = frozenset({"angry", "estimated_min", "source", "original_refs"})
"""Facts that words added to a message do not change."""


class GroupAdds:
    """Adds to messages in groups that nobody decided on yet."""

    def __init__(self, bus: Bus, understander: Understander) -> None:
        self._bus = bus
        self._understander = understander

    def by_words(
        self, said: Said, words: Words, text: str, person: Person, uow: BotUnitOfWork
    ) -> Outcome | None:
        """Add what is said with 补充, or in a reply to an undecided message; None for other words."""
        found = _ADD.match(text.strip())
        newest = uow.group_requests.newest(group_key(said.inbound), NEWEST)
        waiting = [one for one in newest if one.outcome is End.OPEN and not one.technician_id]
        quoted = said.inbound.quoted.strip()
        meant = [one for one in waiting if quoted and one.words.partition("\n")[0] in quoted]
        if found is None and (not meant or words.wish is not Wish.FREE or read_group_words(text) is not None):
            return None
        mine = [one for one in waiting if one.speaker_id == person.id]
        chosen = next(iter((*meant, *mine, *waiting)), None)
        rest = text.strip()[found.end() :] if found is not None else text.strip()
        if chosen is None and person.roles & STAFF_ROLES:
            return None  # It may be a note on their own work order.
        if chosen is None or not rest:
            return say(uow, said, GROUP_NOTHING_TO_ADD)
        request = uow.group_requests.get(chosen.id)
        self._add(said, request, rest, person, uow)
        if said.inbound.conversation == request.conversation:
            return DONE  # The card there is a policy's.
        # An AI bot answers each speaker apart: whoever added something sees the card as well.
        return show(uow, said, "group_request", group_view(request, said.at, uow).model_dump(mode="json"))

    def by_press(
        self, said: Said, request: GroupRequest, choice: str, version: int, person: Person, uow: BotUnitOfWork
    ) -> None:
        """Say which of the customer's own machines is meant.

        Raises:
            ChoiceGone: it is not, or not any more, this customer's.
        """
        _insist_on_rights(request, person)
        asset = uow.assets.get(UUID(choice))
        if request.customer_id is None or asset.customer_id != request.customer_id:
            raise ChoiceGone
        command = AddToGroupMessage(
            request_id=request.id,
            seen_version=version,
            customer_id=request.customer_id,
            asset_id=asset.id,
            details=request.details,
            **said.cause(person.id),
        )
        self._bus.handle(command, uow)

    def _add(self, said: Said, request: GroupRequest, text: str, person: Person, uow: BotUnitOfWork) -> None:
        _insist_on_rights(request, person)
        field = labelled(text)
        facts = read_facts(
            text,
            at=said.at,
            customer_id=request.customer_id or (person.customer_id if _is_customer(person) else None),
            understander=self._understander,
            uow=uow,
            by_staff=not _is_customer(person),
        )
        new = facts.details.model_dump(mode="json")
        if field is not None and field[0].value == "address":
            new["address"] = field[1]
        known = RequestDetails.model_validate(request.details).model_dump(mode="json")
        merged = {
            key: value if key in _REPLACED or not new[key] else new[key] for key, value in known.items()
        }
        command = AddToGroupMessage(
            request_id=request.id,
            words=text,
            customer_id=facts.customer_id,
            asset_id=facts.asset_id or request.asset_id,
            priority=min(request.priority, facts.priority.value),
            details=merged,
            **said.cause(person.id),
        )
        self._bus.handle(command, uow)


def _is_customer(person: Person) -> bool:
    return Role.CUSTOMER in person.roles


def _insist_on_rights(request: GroupRequest, person: Person) -> None:
    """Let whoever spoke, their colleagues and our own people add to a message.

    Raises:
        NotPermitted: it is another customer's.
    """
    own = request.speaker_id == person.id
    of_firm = person.customer_id is not None and person.customer_id == request.customer_id
    if not (own or of_firm or person.roles & STAFF_ROLES):
        raise NotPermitted(action="report")
