"""An angry speaker is offered a superior's call; only their own press raises anything, and all is counted.

Source: docs/reference/intake.md, rules RQ-12 and RQ-13
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from domain.intake.commands import AnswerEscalation, ProposeEscalation
from domain.intake.data import Escalation
from domain.intake.errors import DraftNotYours
from domain.intake.events import EscalationConfirmed, EscalationDeclined, EscalationProposed
from domain.intake.rules import stepped_up
from domain.intake.views import EscalationView
from domain.kernel.messages import Cause
from domain.kernel.notices import DESK, Notice, conversation_audience, person_audience
from domain.people.model import DESK_ROLES
from domain.policies.intake_orders import fact
from domain.policies.ports import EveryUnitOfWork
from domain.workorder.commands import ChangePriority
from domain.workorder.details import Priority
from domain.workorder.errors import NotAReporter
from domain.workorder.events import WorkOrderNoteAdded
from domain.workorder.handlers.closing import is_reporter
from domain.workorder.handlers.sharing import change_priority
from domain.workorder.model import WorkOrder
from domain.workorder.status import ENDED, UNDER_WAY
from domain.workorder.timeline import Recorded

REASON = "客户不满，本人要求主管联系"
EXPEDITE = "expedite"
"""The kind of a note that asks to hurry."""
EXPEDITED_EVERY = timedelta(minutes=30)
WORDS_SHOWN = 200


def propose_escalation(cmd: ProposeEscalation, uow: EveryUnitOfWork) -> None:
    """Show the offer, with one tap to take it."""
    order = uow.work_orders.get(cmd.work_order_id)
    cause = Cause(actor_id=cmd.actor_id, issued_at=cmd.issued_at, idempotency_key=cmd.idempotency_key)
    uow.record(EscalationProposed(about_id=order.id, angry=1.0, **fact(cause)))
    view = EscalationView(work_order_id=order.id, number=order.number, version=order.version)
    uow.notify(
        Notice(
            audience=conversation_audience(cmd.conversation),
            card="escalation",
            view=view.model_dump(mode="json"),
            dedupe_key=f"escalation:{order.id}:{cmd.idempotency_key}"[:200],
        )
    )


def answer_escalation(cmd: AnswerEscalation, uow: EveryUnitOfWork) -> None:
    """Raise the urgency by one step and call a superior, or note that it was not wanted.

    Raises:
        DraftNotYours: somebody else's draft.
    """
    cause = Cause(actor_id=cmd.actor_id, issued_at=cmd.issued_at, idempotency_key=cmd.idempotency_key)
    order_id, words, about_id = cmd.work_order_id, cmd.words, cmd.work_order_id
    if cmd.draft_id is not None:
        draft = uow.drafts.get(cmd.draft_id)
        if str(draft.person_id) != cmd.actor_id:
            raise DraftNotYours
        data = draft.known
        if data.escalation is Escalation.CONFIRMED:
            return
        order_id, about_id, words = draft.work_order_id, draft.id, data.report_words
        urgency = stepped_up(data.urgency) if cmd.confirmed else data.urgency
        answer = Escalation.CONFIRMED if cmd.confirmed else Escalation.DECLINED
        draft.keep(data.model_copy(update={"escalation": answer, "urgency": urgency}))
    if about_id is None:
        return
    if not cmd.confirmed:
        uow.record(EscalationDeclined(about_id=about_id, **fact(cause)))
        return
    if order_id is not None and not _raise(order_id, cause, uow):
        return
    uow.record(EscalationConfirmed(about_id=about_id, work_order_id=order_id, words=words, **fact(cause)))


def _raise(order_id: UUID, cause: Cause, uow: EveryUnitOfWork) -> bool:
    """Make a reporter's work order more urgent; False when that was done within the last half hour.

    Raises:
        NotAReporter: it is somebody else's.
    """
    order = uow.work_orders.get(order_id)
    if not is_reporter(cause["actor_id"], order, uow):
        raise NotAReporter(number=order.number)
    for one in uow.work_orders.history(order.id):
        lately = cause["issued_at"] - one.occurred_at < EXPEDITED_EVERY
        if lately and one.name == EscalationConfirmed.__name__:
            return False
    if order.state not in ENDED:
        higher = Priority(stepped_up(order.priority))
        change = ChangePriority(work_order_id=order.id, priority=higher, reason=REASON, **cause)
        change_priority(change, uow)
    return True


def call_superiors(event: EscalationConfirmed, uow: EveryUnitOfWork) -> None:
    """Tell every dispatcher and manager in person, and their group."""
    person = uow.people.get(UUID(event.actor_id))
    order = uow.work_orders.get(event.work_order_id) if event.work_order_id is not None else None
    facts = {
        "name": person.name,
        "mobile": person.mobile,
        "number": order.number if order is not None else "",
        "words": (event.words or (order.description if order is not None else ""))[:WORDS_SHOWN],
    }
    audiences = [person_audience(str(one.id)) for one in uow.people.with_roles(DESK_ROLES)]
    for audience in (DESK, *audiences):
        uow.notify(
            Notice(
                audience=audience,
                card="intake_news",
                view={"kind": "escalated", "facts": facts},
                dedupe_key=f"escalated:{event.about_id}:{event.occurred_at.isoformat()}:{audience}"[:200],
            )
        )


def tell_expedited(event: WorkOrderNoteAdded, uow: EveryUnitOfWork) -> None:
    """Tell who has the work order, else the service desk, that the customer urges; once in half an hour."""
    if event.kind != EXPEDITE:
        return
    order = uow.work_orders.get(event.work_order_id)
    if not _told_again(uow.work_orders.history(order.id), event.occurred_at):
        return
    speaker = uow.people.get(UUID(event.actor_id))
    facts = {"name": speaker.name, "number": order.number, "words": event.text[:WORDS_SHOWN]}
    for audience in _responsible(order):
        uow.notify(
            Notice(
                audience=audience,
                card="intake_news",
                view={"kind": "expedited", "facts": facts},
                dedupe_key=f"expedited:{order.id}:{event.occurred_at.isoformat()}:{audience}"[:200],
            )
        )


def _told_again(history: Sequence[Recorded], at: datetime) -> bool:
    """Return whether the last urging that was passed on is half an hour ago."""
    told: datetime | None = None
    for one in history:
        urged_at = one.occurred_at
        if _expedites(one) and urged_at < at and (told is None or urged_at - told >= EXPEDITED_EVERY):
            told = urged_at
    return told is None or at - told >= EXPEDITED_EVERY


def _expedites(one: Recorded) -> bool:
    return one.name == WorkOrderNoteAdded.__name__ and one.payload.get("kind") == EXPEDITE


def _responsible(order: WorkOrder) -> tuple[str, ...]:
    if order.assignee_id is not None and order.state in UNDER_WAY:
        return (person_audience(str(order.assignee_id)), DESK)
    return (DESK,)
