"""A second reader's time with the words of a request, before its first card.

Source: docs/reference/intake.md, rule RQ-17
"""

from domain.intake.commands import HoldDraft, ReadDraft
from domain.intake.data import DraftData, DraftState, Heard
from domain.intake.errors import DraftGone
from domain.intake.rules import hear
from domain.intake.understanding import Understanding
from domain.kernel.messages import Cause
from domain.policies.intake_steps import review
from domain.policies.ports import EveryUnitOfWork


def hold_draft(cmd: HoldDraft, uow: EveryUnitOfWork) -> None:
    """Let the clock look again later; whoever comes second is refused.

    Raises:
        DraftGone: it is not due, was shown or held before, or has no words of its own.
    """
    draft = uow.drafts.get(cmd.draft_id)
    data = draft.known
    due = draft.ready_at is not None and draft.ready_at <= cmd.issued_at
    if not due or draft.standing is not DraftState.OPEN or data.held or not data.own_words:
        raise DraftGone
    draft.keep(data.model_copy(update={"held": True}))
    draft.ready_at = cmd.until


def read_draft(cmd: ReadDraft, uow: EveryUnitOfWork) -> None:
    """Take the second reading in the place of the first and go on; too late it changes nothing."""
    draft = uow.drafts.get(cmd.draft_id)
    data = draft.known
    if draft.standing is not DraftState.OPEN or not data.held or data.own_words != cmd.words:
        return
    if cmd.understanding is not None:
        draft.keep(read_again(data, cmd.understanding))
    cause = Cause(actor_id=cmd.actor_id, issued_at=cmd.issued_at, idempotency_key=cmd.idempotency_key)
    review(draft, cause, cmd.limits, uow)


def read_again(data: DraftData, read: Understanding) -> DraftData:
    """Return the knowledge with this reading of all words; danger that was seen before stays."""
    danger = data.urgency if data.urgency == "P1" else ""
    blank = data.model_copy(update={"faults": (), "urgency": danger, "angry": 0.0})
    return hear(blank, Heard(understanding=read))
