"""A reminder that somebody put off comes again, if it is still needed."""

from domain.kernel.notices import person_audience
from domain.policies.ports import EveryUnitOfWork
from domain.policies.sla_audience import Superiors
from domain.policies.sla_remind import Told, owe_reminders
from domain.sla.commands import RemindAgain


def remind_again(cmd: RemindAgain, uow: EveryUnitOfWork) -> None:
    """Remind one person of a clock that still runs in the same episode; else let the wish go."""
    clock = uow.sla.clock(cmd.clock_id)
    wish = uow.sla.take_snooze(cmd.clock_id, cmd.person_id, cmd.issued_at)
    if clock is None or wish is None or clock.state != "running" or clock.episode != wish.episode:
        return
    order = uow.work_orders.get(clock.work_order_id)
    if uow.sla.muted([order.id], cmd.issued_at) or not uow.people.get(cmd.person_id).active:
        return
    told = Told(order, clock, uow.sla.version(clock.document), cmd.issued_at)
    owe_reminders(told, {person_audience(str(cmd.person_id)): 0}, Superiors(uow), uow)
