"""What waits for a customer's acceptance is offered once more, with one tap."""

from bot.finding import waiting_for
from bot.ports import BotUnitOfWork
from bot.replies import DONE, Outcome, Said
from domain.kernel.notices import Notice, conversation_audience
from domain.people.model import Person
from domain.policies.page_links import requester_view_in

OFFERED = 3
"""How many work orders are offered at once."""


def offer_acceptance(said: Said, number: str, person: Person, uow: BotUnitOfWork) -> Outcome | None:
    """Show the card to accept; None when nothing waits for this person.

    “修好了，谢谢” alone accepts nothing: the signature is for a report, which the card shows.

    Args:
        number: of the work order that is meant; empty for all that wait.
    """
    waiting = [one for one in waiting_for(person, uow) if number in ("", one.number)][:OFFERED]
    for order in waiting:
        uow.notify(
            Notice(
                audience=conversation_audience(said.inbound.conversation),
                card="requester",
                view=requester_view_in(said.inbound.conversation, order, person.id, said.at, uow).model_dump(
                    mode="json"
                ),
                dedupe_key=f"offered:{said.source_key}:{order.id}",
                subject_id=order.id,
                living=True,
                anew=True,
            )
        )
    return DONE if waiting else None
