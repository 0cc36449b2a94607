"""Old parts that do not come back: who is reminded, and how often.

Source: docs/reference/spare-parts.md, rule PA-8
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from domain.kernel.localtime import day_words, local_day
from domain.parts.commands import ReviewOldPart
from domain.parts.events import OldPartReminded
from domain.policies.parts_old import EVERY, OUTSTANDING, place_of, tell_keepers, tell_old
from domain.policies.ports import EveryUnitOfWork
from domain.policies.sla_audience import Superiors

EVERY_LATER = timedelta(days=7)
REMINDED_AT_MOST = 5
"""After so many daily reminders, whoever is above the technician is told, and it goes on weekly."""


def review_old_part(cmd: ReviewOldPart, uow: EveryUnitOfWork) -> None:
    """Remind of an old part: the store it was announced to, else whoever owes it, at last their superior."""
    old = uow.hand_overs.old_part(cmd.old_part_id)
    if old.next_due_at is None or old.next_due_at > cmd.issued_at or old.state not in OUTSTANDING:
        return
    times = 1 + len(uow.histories.facts([old.id], [OldPartReminded.__name__]))
    old.next_due_at = cmd.issued_at + (EVERY if times < REMINDED_AT_MOST else EVERY_LATER)
    uow.record(
        OldPartReminded(
            occurred_at=cmd.issued_at,
            actor_id=cmd.actor_id,
            old_part_id=old.id,
            part_id=old.part_id,
            work_order_id=old.work_order_id,
            technician_id=old.technician_id,
            state=old.state,
        )
    )
    place = place_of(old, uow) if old.state == "sent" else None
    if place is not None:
        tell_keepers(old, place, uow)
        return
    technician = uow.people.get(old.technician_id)
    facts = {
        "due": day_words(local_day(old.due_at)),
        "days": str(max(0, (local_day(cmd.issued_at) - local_day(old.due_at)).days)),
    }
    tell_old("old_overdue", old, [technician.id], str(old.rev), uow, facts)
    if times > REMINDED_AT_MOST:
        facts["technician"] = technician.name
        tell_old("old_overdue_boss", old, _superiors(technician.id, uow), str(old.rev), uow, facts)


def _superiors(technician_id: UUID, uow: EveryUnitOfWork) -> Sequence[UUID]:
    technician = uow.people.get(technician_id)
    if technician.manager_id is not None and uow.people.get(technician.manager_id).active:
        return [technician.manager_id]
    return [one.id for one in Superiors(uow).at(1, technician.region)]
