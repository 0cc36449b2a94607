"""What follows when a platform user became a known person."""

from domain.kernel.notices import Notice, conversation_audience
from domain.people.events import IdentityBound
from domain.policies.ports import EveryUnitOfWork


def welcome_bound_person(event: IdentityBound, uow: EveryUnitOfWork) -> None:
    """Confirm the binding where it was asked for."""
    person = uow.people.get(event.person_id)
    uow.notify(
        Notice(
            audience=conversation_audience(event.conversation),
            card="bound",
            view={"name": person.name, "roles": sorted(role.value for role in person.roles)},
            dedupe_key=f"bound:{event.platform}:{event.user_id}",
        )
    )


def handle_words_said_before(event: IdentityBound, uow: EveryUnitOfWork) -> None:
    """Let the words that were kept while we did not know the speaker go their way now."""
    uow.release_held(event.platform, event.user_id)
