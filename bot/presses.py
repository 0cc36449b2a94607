"""A pressed button finds its part; the presser's own card is answered fresh."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from adapters.inbound import Answer, PressContent
from bot.parts import Press, Pressed
from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said, say
from bot.store_fresh import store_card
from cards.spec import BadToken, CardAction
from cards.text import BAD_PRESS, PROBE_OK
from domain.kernel.errors import DomainError, NotFound
from domain.kernel.notices import Notice, conversation_audience, person_audience
from domain.people.model import STAFF_ROLES, Person
from domain.policies.approval_views import approval_view
from domain.policies.jobs import person_view
from domain.policies.page_links import requester_view_in
from domain.policies.parts_views import hand_over_view, request_view
from domain.policies.survey_views import follow_up_view
from domain.workorder.handlers.closing import is_reporter

WORK_ORDER = "wo."
"""The verbs of buttons on a work order's card begin with this."""
FOLLOW_UP = "follow_up."
"""The verbs of buttons on a follow-up's card begin with this."""
PARTS = "parts."
"""The verbs of buttons on a hand-over, a request for parts or a choice of parts begin with this."""
APPROVAL = "approval."
"""The verbs of buttons on an approval task's card begin with this."""
STORE = "store."
"""The verbs of buttons on the cards of a store begin with this."""


def press(
    said: Said, content: PressContent, person: Person, uow: BotUnitOfWork, verbs: Mapping[str, Press]
) -> Outcome:
    """Do what a button says, for the person who pressed it."""
    if content.update_code:
        uow.renew_update_code(content.card_ref, content.update_code)
    try:
        action = CardAction.unpack(content.token)
    except BadToken:
        return say(uow, said, BAD_PRESS)
    if action.verb == "probe.ok":
        return say(uow, said, PROBE_OK)
    act = verbs.get(action.verb)
    if act is None:
        return say(uow, said, BAD_PRESS)
    outcome = act(said, Pressed(content, action), person, uow)
    if outcome.answer.card:
        return outcome
    return replace(outcome, answer=_fresh(said, content, action, person, uow))


def refuse_press(
    said: Said, content: PressContent, person: Person, refusal: DomainError, uow: BotUnitOfWork
) -> Outcome:
    """Say why nothing was done, and bring the presser's own card up to date."""
    if content.update_code:
        uow.renew_update_code(content.card_ref, content.update_code)
    say(uow, said, refusal.message)
    action = CardAction.unpack(content.token)
    answer = _fresh(said, content, action, person, uow)
    if answer.card:
        uow.notify(
            Notice(
                audience=_audience(said, content, action.subject_id, uow),
                card=answer.card,
                view=answer.view,
                dedupe_key=f"fresh:{said.source_key}",
                subject_id=action.subject_id,
                living=True,
            )
        )
    return Outcome(answer=answer, refusal=refusal.code)


def own_card(
    said: Said, content: PressContent, work_order_id: UUID, person: Person, uow: BotUnitOfWork
) -> Answer:
    """Return the fresh card if the pressed one is the presser's own; nobody's view reaches another's card."""
    audience = _audience(said, content, work_order_id, uow)
    try:
        order = uow.work_orders.get(work_order_id)
    except NotFound:  # A forged press names a work order that never was.
        return Answer()
    personal = person_audience(str(person.id))
    if audience == personal and person.roles & STAFF_ROLES:
        return Answer(
            card="work_order", view=person_view(order, person, "", said.at, uow).model_dump(mode="json")
        )
    if audience in (personal, conversation_audience(said.inbound.conversation)) and is_reporter(
        str(person.id), order, uow
    ):
        view = requester_view_in(said.inbound.conversation, order, person.id, said.at, uow)
        return Answer(card="requester", view=view.model_dump(mode="json"))
    return Answer()


def _fresh(
    said: Said, content: PressContent, action: CardAction, person: Person, uow: BotUnitOfWork
) -> Answer:
    """Return the presser's own card as it is now, for cards that live."""
    if action.verb.startswith(WORK_ORDER):
        return own_card(said, content, action.subject_id, person, uow)
    if action.verb.startswith(FOLLOW_UP):
        return follow_up_card(content, action.subject_id, person, uow)
    if action.verb.startswith(APPROVAL):
        return approval_card(said, content, action.subject_id, person, uow)
    if action.verb.startswith(STORE) and _is_own(said, content, action.subject_id, person, uow):
        return store_card(action, said.at, person, uow)
    if action.verb.startswith(PARTS) and _is_own(said, content, action.subject_id, person, uow):
        return parts_card(said, content, action.subject_id, person, uow)
    return Answer()


def parts_card(
    said: Said, content: PressContent, subject_id: UUID, person: Person, uow: BotUnitOfWork
) -> Answer:
    """Return the fresh card of a hand-over or a request; of a job, where parts were asked for on its card."""
    if (transfer := uow.hand_overs.find_transfer(subject_id)) is not None:
        return Answer(card="hand_over", view=hand_over_view(transfer, person, uow).model_dump(mode="json"))
    if (request := uow.hand_overs.find_request(subject_id)) is not None:
        return Answer(card="parts_request", view=request_view(request, person, uow).model_dump(mode="json"))
    if uow.work_orders.find(subject_id) is not None:
        return own_card(said, content, subject_id, person, uow)
    return Answer()


def approval_card(
    said: Said, content: PressContent, task_id: UUID, person: Person, uow: BotUnitOfWork
) -> Answer:
    """Return the fresh card of an approval task if the pressed one, and the task, are the presser's own."""
    if not _is_own(said, content, task_id, person, uow):
        return Answer()
    task = uow.processes.task(task_id)
    if task is None or task.assignee_id != person.id:
        return Answer()
    return Answer(card="approval", view=approval_view(task, uow).model_dump(mode="json"))


def _is_own(said: Said, content: PressContent, subject_id: UUID, person: Person, uow: BotUnitOfWork) -> bool:
    """Return whether the pressed card stands in the presser's own chat."""
    personal = {person_audience(str(person.id))}
    if not said.inbound.in_group:
        personal.add(conversation_audience(said.private))
    return _audience(said, content, subject_id, uow) in personal


def follow_up_card(content: PressContent, follow_up_id: UUID, person: Person, uow: BotUnitOfWork) -> Answer:
    """Return the fresh card of a follow-up if the pressed one is the presser's own and still theirs."""
    if uow.card_audience(content.card_ref, follow_up_id) != person_audience(str(person.id)):
        return Answer()
    task = uow.surveys.follow_up(follow_up_id)
    if task.assignee_id != person.id:
        return Answer()
    return Answer(card="follow_up", view=follow_up_view(task, uow).model_dump(mode="json"))


def _audience(said: Said, content: PressContent, subject_id: UUID, uow: BotUnitOfWork) -> str:
    """Return whose card was pressed; a tapped menu entry names no card, but it stands in this very chat."""
    if content.card_ref:
        return uow.card_audience(content.card_ref, subject_id)
    return conversation_audience(said.inbound.conversation)
