"""A pressed button becomes a command; the presser's own card is answered fresh."""

from uuid import UUID

from adapters.inbound import Answer, PressContent
from bot.dialogue.reasons import ask_reason
from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said, say
from cards.spec import BadToken, CardAction
from cards.text import BAD_PRESS, PROBE_OK
from domain.kernel.bus import Bus
from domain.kernel.errors import DomainError, NotFound
from domain.kernel.notices import Notice, person_audience
from domain.people.model import Person
from domain.policies.views import technician_view
from domain.workorder.commands import AcceptWorkOrder


def press(said: Said, content: PressContent, person: Person, uow: BotUnitOfWork, bus: Bus) -> Outcome:
    """Do what a button says, for the person who pressed it."""
    if content.update_code:
        uow.renew_update_code(content.card_ref, content.update_code)
    try:
        action = CardAction.unpack(content.token)
    except BadToken:
        return say(uow, said, BAD_PRESS)
    match action.verb:
        case "wo.accept":
            command = AcceptWorkOrder(
                work_order_id=action.subject_id, seen_version=action.version, **said.cause(person.id)
            )
            bus.handle(command, uow)
            return Outcome(answer=own_card(content, action.subject_id, person, uow))
        case "wo.decline":
            return ask_reason(said, uow.work_orders.get(action.subject_id), action.version, person, uow)
        case "probe.ok":
            return say(uow, said, PROBE_OK)
    return say(uow, said, BAD_PRESS)


def refuse_press(
    said: Said, content: PressContent, person: Person, refusal: DomainError, uow: BotUnitOfWork
) -> Outcome:
    """Say why nothing was done, and bring the presser's own card up to date."""
    if content.update_code:
        uow.renew_update_code(content.card_ref, content.update_code)
    say(uow, said, refusal.message)
    action = CardAction.unpack(content.token)
    answer = own_card(content, action.subject_id, person, uow)
    if answer.card:
        uow.notify(
            Notice(
                audience=person_audience(str(person.id)),
                card=answer.card,
                view=answer.view,
                dedupe_key=f"fresh:{said.source_key}",
                subject_id=action.subject_id,
                living=True,
            )
        )
    return Outcome(answer=answer, refusal=refusal.code)


def own_card(content: PressContent, work_order_id: UUID, person: Person, uow: BotUnitOfWork) -> Answer:
    """Return the fresh card if the pressed one is the presser's own; nobody's view reaches another's card."""
    if uow.card_audience(content.card_ref, work_order_id) != person_audience(str(person.id)):
        return Answer()
    try:
        order = uow.work_orders.get(work_order_id)
    except NotFound:  # A forged press names a work order that never was.
        return Answer()
    view = technician_view(order, person.id, "", uow)
    return Answer(card="work_order", view=view.model_dump(mode="json"))
