"""Files that come after the summary: they are with it, and a burst of them is acknowledged once.

Source: docs/reference/intake.md, rule RQ-20
"""

from datetime import datetime

from domain.intake import rules
from domain.intake.data import Heard
from domain.intake.events import DraftFilesKept
from domain.intake.model import Draft
from domain.kernel.messages import Cause
from domain.kernel.notices import Notice, conversation_audience
from domain.policies.audiences import CANNOT_CHANGE
from domain.policies.intake_orders import fact
from domain.policies.intake_tell import card, draft_view
from domain.policies.ports import EveryUnitOfWork


def keep_files_apart(draft: Draft, heard: Heard, at: datetime) -> None:
    """Count what came after the summary, and let the clock acknowledge it when no more comes."""
    data = draft.known
    late = {"new_files": data.new_files + heard.files, "new_photos": data.new_photos + heard.photos}
    draft.keep(data.model_copy(update=late))
    draft.ready_at = at + rules.BURST


def acknowledge(draft: Draft, cause: Cause, uow: EveryUnitOfWork) -> None:
    """Say what came; the reminder is due as before."""
    data, at = draft.known, cause["issued_at"]
    draft.keep(data.model_copy(update={"new_files": 0, "new_photos": 0}))
    draft.ready_at = draft.expires_at if data.reminded else min(at + rules.REMIND_AFTER, draft.expires_at)
    kept = DraftFilesKept(draft_id=draft.id, files=data.new_files, photos=data.new_photos, **fact(cause))
    uow.record(kept)


def tell_files_kept(event: DraftFilesKept, uow: EveryUnitOfWork) -> None:
    """Let the card count them; where it cannot change, one sentence says so."""
    draft = uow.drafts.get(event.draft_id)
    step = f"r{draft.known.revision}:files{draft.known.files}"
    uow.notify(card(draft, draft_view(draft, uow), step).model_copy(update={"quiet": True}))
    if draft.conversation.startswith(CANNOT_CHANGE):
        uow.notify(
            Notice(
                audience=conversation_audience(draft.conversation),
                card="files_kept",
                view={"files": event.files, "photos": event.photos},
                dedupe_key=f"draft:{draft.id}:{step}:told",
            )
        )
