"""Settlement finds its person: the accepted work goes to whoever settles it."""

from domain.kernel.notices import Notice, person_audience
from domain.people.model import DESK_ROLES, Person, Role
from domain.policies.jobs import person_view
from domain.policies.ports import EveryUnitOfWork
from domain.policies.remarks import remark
from domain.workorder.closing_events import WorkSignedOff
from domain.workorder.events import JobPartsChanged, WorkOrderEvent
from domain.workorder.model import WorkOrder


def show_settlers(order: WorkOrder, event: WorkOrderEvent, uow: EveryUnitOfWork) -> None:
    """Bring the card of accepted work to whoever settles it, and keep it up to date ever after.

    Source: docs/reference/work-order-lifecycle.md, rule WO-15.
    """
    if not isinstance(event, WorkSignedOff) and not _was_accepted(event, uow):
        return
    shown = {offer.technician_id for offer in uow.work_orders.offers(order.id)}
    if order.desk_asked:
        shown |= {person.id for person in uow.people.with_roles(DESK_ROLES)}
    for person in settlers(uow):
        if person.id in shown:
            continue
        line = remark(event, None, uow)
        view = person_view(order, person, line, event.occurred_at, uow).model_dump(mode="json")
        audience = person_audience(str(person.id))
        uow.notify(
            Notice(
                audience=audience,
                card="work_order",
                view=view,
                dedupe_key=f"{order.id}:v{order.version}:card:{audience}",
                subject_id=order.id,
                living=True,
                anew=isinstance(event, WorkSignedOff),
                quiet=isinstance(event, JobPartsChanged),
            )
        )


def settlers(uow: EveryUnitOfWork) -> list[Person]:
    """Return who settles: finance, else the service desk."""
    return list(uow.people.with_roles({Role.FINANCE})) or list(uow.people.with_roles(DESK_ROLES))


def _was_accepted(event: WorkOrderEvent, uow: EveryUnitOfWork) -> bool:
    """Return whether those who settle have a card already: nobody is told of work that is not accepted."""
    history = uow.work_orders.history(event.work_order_id)
    return any(one.name == WorkSignedOff.__name__ for one in history)
