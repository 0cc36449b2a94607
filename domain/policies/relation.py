"""How somebody stands to a work order."""

from domain.access.rights import Relation, Scope
from domain.people.model import STAFF_ROLES, Person
from domain.policies.ports import EveryUnitOfWork
from domain.workorder.handlers.closing import is_reporter
from domain.workorder.model import WorkOrder


def relation_to(order: WorkOrder, person: Person, uow: EveryUnitOfWork) -> Relation:
    """Return the narrowest scope in which the work order is this person's.

    A colleague without a region is limited to none, and a work order without one lies in everybody's. A
    customer has no regions of ours: where they live gives them nothing.
    """
    if order.assignee_id == person.id or is_reporter(str(person.id), order, uow):
        return Relation(Scope.OWN)
    if person.customer_id is not None and person.customer_id == order.customer_id:
        return Relation(Scope.TEAM)
    if not person.roles & STAFF_ROLES:
        return Relation(Scope.ALL)
    regions = [part.strip() for part in person.region.replace("；", ";").split(";") if part.strip()]
    if not regions or not order.region:
        return Relation(Scope.REGION)
    near = any(part in order.region or order.region in part for part in regions)
    return Relation(Scope.REGION if near else Scope.ALL)
