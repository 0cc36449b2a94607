"""Living cards about parts that somebody gets because they said something: they stay up to date."""

from typing import Any
from uuid import UUID

from bot.ports import BotUnitOfWork
from bot.replies import DONE, Outcome, Said
from domain.kernel.notices import Notice, person_audience
from domain.parts.model.documents import PartsRequest, Transfer
from domain.people.model import Person
from domain.policies.parts_views import hand_over_view, request_view


def open_hand_over(said: Said, transfer: Transfer, person: Person, uow: BotUnitOfWork) -> Outcome:
    """Show the card of a hand-over as it is now."""
    view = hand_over_view(transfer, person, uow).model_dump(mode="json")
    return _open(said, "hand_over", view, transfer.id, person, uow)


def open_request(said: Said, request: PartsRequest, person: Person, uow: BotUnitOfWork) -> Outcome:
    """Show the card of a request as it is now."""
    view = request_view(request, person, uow).model_dump(mode="json")
    return _open(said, "parts_request", view, request.id, person, uow)


def _open(
    said: Said, card: str, view: dict[str, Any], subject_id: UUID, person: Person, uow: BotUnitOfWork
) -> Outcome:
    uow.notify(
        Notice(
            audience=person_audience(str(person.id)),
            card=card,
            view=view,
            dedupe_key=f"opened:{said.source_key}:{subject_id}",
            subject_id=subject_id,
            living=True,
            anew=True,
            platform=said.inbound.sender.platform.value,
        )
    )
    return DONE
