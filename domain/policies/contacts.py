"""Who somebody is that says their mobile number at a door without an account."""

from uuid import UUID

from domain.people.model import Person, Role
from domain.policies.ports import EveryUnitOfWork


def contact_with(mobile: str, customer_id: UUID | None, uow: EveryUnitOfWork) -> Person | None:
    """Return the active contact with this number, of the customer where one is known; None for a new one.

    Whoever asks must not be told who it is: a number proves nothing.
    """
    for one in uow.people.by_mobile(mobile):
        theirs = customer_id is None or one.customer_id == customer_id
        if one.active and Role.CUSTOMER in one.roles and theirs:
            return one
    return None
