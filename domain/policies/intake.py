"""What people say and press becomes a request, and the clock brings it to its end.

Source: docs/reference/intake.md
"""

from uuid import UUID

from domain.intake import rules
from domain.intake.commands import (
    AddToDraft,
    ArrangeDraft,
    ChangeDraft,
    ChooseInDraft,
    ConfirmDraft,
    DraftCommand,
    DropDraft,
    LeaveDraftToPerson,
    ReviewDraft,
    SeparateReport,
)
from domain.intake.data import DraftData, DraftState, Question, Step
from domain.intake.errors import DraftGone, DraftNotYours, NothingJoined
from domain.intake.events import (
    DraftDropped,
    DraftExpired,
    DraftExtended,
    DraftHandedOver,
    DraftOpened,
    DraftReminded,
    ReportSeparated,
)
from domain.intake.model import Draft
from domain.kernel.messages import Cause, Command
from domain.policies.intake_answers import answered, chosen
from domain.policies.intake_choices import unlike
from domain.policies.intake_file import on_file
from domain.policies.intake_late_files import acknowledge, keep_files_apart
from domain.policies.intake_orders import end, fact, register, separate, separate_reporter
from domain.policies.intake_steps import ask, asks_before_reminding, in_turn, review
from domain.policies.ports import EveryUnitOfWork
from domain.workorder.commands import LeaveWorkOrder
from domain.workorder.handlers.closing import is_reporter
from domain.workorder.handlers.sharing import leave_work_order


def add_to_draft(cmd: AddToDraft, uow: EveryUnitOfWork) -> None:
    """Add a message to the sender's live draft, or begin one.

    An answer is looked at once; what is told while the card is shown waits for the rest of the burst.

    Source: docs/reference/intake.md, rules RQ-1 and RQ-2.
    """
    draft = uow.drafts.live_of(cmd.sender_key)
    if draft is None:
        draft = _opened(cmd)
        uow.drafts.add(draft)
        uow.record(
            DraftOpened(
                draft_id=draft.id,
                requester_id=draft.requester_id,
                conversation=draft.conversation,
                source_key=draft.source_key,
                **fact(_cause(cmd)),
            )
        )
    else:
        uow.record(DraftExtended(draft_id=draft.id, source_key=cmd.heard.source_key, **fact(_cause(cmd))))
    before = draft.known
    data = answered(before, cmd.heard, draft, on_file(draft, uow), uow)
    if cmd.unlike:
        faults = (one.model_copy(update={"unlike": (*one.unlike, *cmd.unlike)}) for one in data.faults)
        data = data.model_copy(update={"faults": tuple(faults)})
    kind = {"type": cmd.type or data.type, "about_number": cmd.about_number or data.about_number}
    draft.keep(data.model_copy(update={**kind, "reminded": False}))
    draft.updated_at, draft.expires_at = cmd.issued_at, cmd.issued_at + rules.EXPIRE_AFTER
    if before.question not in (None, data.question) or data.noted or _may_go_on(draft, cmd):
        review(draft, _cause(cmd), cmd.limits, uow)
    elif not draft.known.unread and cmd.heard.files:
        keep_files_apart(draft, cmd.heard, cmd.issued_at)


def _opened(cmd: AddToDraft) -> Draft:
    draft = Draft(
        id=cmd.draft_id,
        sender_key=cmd.sender_key,
        person_id=UUID(cmd.actor_id),
        requester_id=cmd.requester_id,
        conversation=cmd.conversation,
        in_group=cmd.in_group,
        source=cmd.source,
        state=DraftState.OPEN.value,
        created_at=cmd.issued_at,
        source_key=cmd.heard.source_key,
        expires_at=cmd.issued_at + rules.EXPIRE_AFTER,
        updated_at=cmd.issued_at,
    )
    draft.keep(DraftData())
    return draft


def _may_go_on(draft: Draft, cmd: AddToDraft) -> bool:
    """Return whether nothing is waited for: danger, no window, or its end; else begin or prolong it."""
    if draft.standing is DraftState.OPEN:
        draft.ready_at = rules.window_ends(cmd.issued_at, draft.created_at, cmd.limits.window_s)
    elif draft.known.unread:
        draft.ready_at = rules.window_ends(cmd.issued_at, cmd.issued_at, cmd.limits.window_s)
    else:
        return False
    return draft.ready_at <= cmd.issued_at or rules.does_not_wait(draft.known)


def choose_in_draft(cmd: ChooseInDraft, uow: EveryUnitOfWork) -> None:
    """Take one of the choices that the card offered."""
    draft = _mine(cmd, uow)
    draft.keep(chosen(draft.known, cmd.choice, on_file(draft, uow)))
    _go_on(draft, cmd, uow)


def confirm_draft(cmd: ConfirmDraft, uow: EveryUnitOfWork) -> None:
    """Register the summary; while something is open or was said since, show what there is first.

    A work order of the same fault that appeared since the summary is asked about before; two who confirm at
    once come one after the other. A request that expired is registered too: its words are still here.

    Source: docs/reference/intake.md, rules RQ-5 and RQ-7.
    """
    draft = _mine(cmd, uow, (DraftState.EXPIRED,))
    data = draft.known
    if draft.standing is DraftState.ASKING and data.question is not None:
        closed = {"asked": (*data.asked, data.question.key), "question": None}
        draft.keep(unlike(data, data.question).model_copy(update=closed))
    elif not data.unread and draft.standing in (DraftState.SUMMARY, DraftState.EXPIRED):
        in_turn(draft, uow)
        if draft.standing is DraftState.EXPIRED and uow.drafts.live_of(draft.sender_key) is not None:
            # Only one request of a sender can be asked about.
            register(draft, data, _cause(cmd), cmd.limits.repeat_failure_d, uow)
            return
        draft.keep(data.model_copy(update={"confirmed": True}))
    _go_on(draft, cmd, uow)


def change_draft(cmd: ChangeDraft, uow: EveryUnitOfWork) -> None:
    """Ask which field is wrong, or for its right value.

    Source: docs/reference/intake.md, rule RQ-10.
    """
    draft = _mine(cmd, uow)
    question = Question(step=cmd.step or Step.CHANGE)
    ask(draft, draft.known, question, _cause(cmd), uow, pressed=cmd.pressed)


def arrange_draft(cmd: ArrangeDraft, uow: EveryUnitOfWork) -> None:
    """Make one work order of all faults, or one of each."""
    draft = _mine(cmd, uow)
    draft.keep(draft.known.model_copy(update={"together": cmd.together}))
    _go_on(draft, cmd, uow)


def drop_draft(cmd: DropDraft, uow: EveryUnitOfWork) -> None:
    """Forget the request."""
    draft = _mine(cmd, uow)
    end(draft, draft.known, DraftState.DROPPED, cmd.issued_at)
    uow.record(DraftDropped(draft_id=draft.id, **fact(_cause(cmd))))


def leave_draft_to_person(cmd: LeaveDraftToPerson, uow: EveryUnitOfWork) -> None:
    """Leave the request to a person."""
    draft = _mine(cmd, uow)
    words = "\n".join(filter(None, (draft.known.report_words, cmd.words)))
    end(draft, draft.known, DraftState.HANDED_OVER, cmd.issued_at)
    uow.record(DraftHandedOver(draft_id=draft.id, words=words, **fact(_cause(cmd))))


def review_draft(cmd: ReviewDraft, uow: EveryUnitOfWork) -> None:
    """End the window, remind once, or let the request expire; checked again under the lock.

    Source: docs/reference/intake.md, rules RQ-1 and RQ-11.
    """
    draft = uow.drafts.get(cmd.draft_id)
    if not draft.is_live or draft.ready_at is None or draft.ready_at > cmd.issued_at:
        return
    data = draft.known
    if data.new_files and not data.unread:
        acknowledge(draft, _cause(cmd), uow)
        return
    if draft.standing is DraftState.OPEN or (data.unread and cmd.issued_at < draft.expires_at):
        review(draft, _cause(cmd), cmd.limits, uow)
    elif cmd.issued_at >= draft.expires_at:
        end(draft, data, DraftState.EXPIRED, cmd.issued_at)
        uow.record(DraftExpired(draft_id=draft.id, words=data.report_words, **fact(_cause(cmd))))
    elif not data.reminded and not asks_before_reminding(draft, _cause(cmd), cmd.limits, uow):
        draft.keep(data.model_copy(update={"reminded": True}))
        draft.ready_at = draft.expires_at
        uow.record(DraftReminded(draft_id=draft.id, **fact(_cause(cmd))))


def separate_report(cmd: SeparateReport, uow: EveryUnitOfWork) -> None:
    """Undo a join: the reporter's own words become a work order at once.

    Raises:
        NothingJoined: they never joined it with words of their own.

    Source: docs/reference/intake.md, rule RQ-8.
    """
    person_id = UUID(cmd.actor_id)
    draft = uow.drafts.at_work_order(cmd.work_order_id, person_id)
    order = uow.work_orders.get(cmd.work_order_id)
    if draft is None:
        separate_reporter(order, person_id, _cause(cmd), cmd.limits.repeat_failure_d, uow)
        return
    draft = uow.drafts.get(draft.id)
    if order.requester_id != person_id and is_reporter(cmd.actor_id, order, uow):
        leave = LeaveWorkOrder(work_order_id=order.id, person_id=person_id, **_cause(cmd))
        leave_work_order(leave, uow)
    made = separate(draft, order.id, _cause(cmd), cmd.limits.repeat_failure_d, uow)
    if not made:
        raise NothingJoined
    uow.record(ReportSeparated(draft_id=draft.id, left_id=order.id, work_order_ids=made, **fact(_cause(cmd))))


def _go_on(draft: Draft, cmd: DraftCommand, uow: EveryUnitOfWork) -> None:
    draft.updated_at, draft.expires_at = cmd.issued_at, cmd.issued_at + rules.EXPIRE_AFTER
    review(draft, _cause(cmd), cmd.limits, uow, pressed=cmd.pressed)


def _mine(cmd: DraftCommand, uow: EveryUnitOfWork, ended: tuple[DraftState, ...] = ()) -> Draft:
    """Return the actor's own draft.

    Raises:
        DraftNotYours: somebody else's.
        DraftGone: it ended.
    """
    draft = uow.drafts.get(cmd.draft_id)
    if str(draft.person_id) != cmd.actor_id:
        raise DraftNotYours
    if not draft.is_live and draft.standing not in ended:
        raise DraftGone
    return draft


def _cause(cmd: Command) -> Cause:
    return Cause(actor_id=cmd.actor_id, issued_at=cmd.issued_at, idempotency_key=cmd.idempotency_key)
