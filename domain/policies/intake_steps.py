"""What happens to a draft next: a question, a suggestion, the summary, or registration without waiting."""

from domain.intake import rules
from domain.intake.commands import Limits
from domain.intake.data import DraftData, DraftState, Escalation, Question, Step
from domain.intake.events import DraftAsked, DraftSummarised, EscalationProposed
from domain.intake.model import Draft
from domain.intake.rules import ASSETS_SHOWN, OnFile, completed, missing
from domain.intake.views import Option
from domain.kernel.messages import Cause
from domain.policies.intake_file import beside, on_file, suggestion
from domain.policies.intake_orders import fact, register
from domain.policies.intake_place import site_kept, which_site
from domain.policies.ports import EveryUnitOfWork

SKIP = "skip"
"""The choice that leaves a question open."""
SITE, PLACE = "site", "place"
"""The two places that a far one makes a choice of."""
REGISTERED_PLATE, SAID_PLATE = "registered", "said"
CHANGEABLE = (Step.FAULT, Step.ASSET, Step.ADDRESS, Step.MOBILE, Step.TIME)


def review(
    draft: Draft, cause: Cause, limits: Limits, uow: EveryUnitOfWork, *, pressed: bool = False
) -> None:
    """Decide what is next, and do it.

    Source: docs/reference/intake.md, rules RQ-3 to RQ-6.
    """
    file = on_file(draft, uow)
    data = _angry(draft, site_kept(draft, completed(draft.known, file), uow), cause, uow)
    hurries = rules.does_not_wait(data)
    question = None if hurries or data.confirmed else data.question or _next(data, file)
    if hurries:
        in_turn(draft, uow)
    if question is None:
        data, question = _suggested(draft, data, cause, limits, uow)
    if hurries and question is None:
        register(draft, data, cause, limits.repeat_failure_d, uow, at_once=True)
        return
    if question is not None:
        ask(draft, data, question, cause, uow, pressed=pressed)
    elif data.confirmed or (data.faults and all(fault.join_id for fault in data.faults)):
        register(draft, data, cause, limits.repeat_failure_d, uow)
    else:
        _summarise(draft, data, cause, uow, pressed=pressed)


def _next(data: DraftData, file: OnFile) -> Question | None:
    """Return what is asked next; where to go as soon as it is known which machine is meant."""
    question = missing(data, file)
    where = which_site(data)
    first = question is not None and question.step in (Step.FAULT, Step.ASSET)
    return question if first or where is None else where


def asks_before_reminding(draft: Draft, cause: Cause, limits: Limits, uow: EveryUnitOfWork) -> bool:
    """Ask about a work order of the same fault that appeared since the summary; return whether there is one.

    The same person may have registered it in another chat: nobody is reminded of what is seen to.
    """
    if draft.standing is not DraftState.SUMMARY:
        return False
    since = draft.known.model_copy(update={"confirmed": True})
    data, question = _suggested(draft, since, cause, limits, uow)
    if question is not None:
        ask(draft, data.model_copy(update={"confirmed": False}), question, cause, uow)
    return question is not None


def in_turn(draft: Draft, uow: EveryUnitOfWork) -> None:
    """Wait until nobody else of the same customer, else the same person, is about to register."""
    uow.drafts.confirm_in_turn(uow.people.get(draft.requester_id).customer_id, draft.requester_id)


def ask(
    draft: Draft,
    data: DraftData,
    question: Question,
    cause: Cause,
    uow: EveryUnitOfWork,
    *,
    pressed: bool = False,
) -> None:
    """Put one question and wait for the answer."""
    times = data.times_asked + (question.step is Step.FAULT)
    confirmed = data.confirmed and question.step is Step.DUPLICATE
    asking = data.model_copy(update={"question": question, "times_asked": times, "confirmed": confirmed})
    _show(draft, asking, DraftState.ASKING, cause)
    uow.record(DraftAsked(draft_id=draft.id, question=question.key, pressed=pressed, **fact(cause)))


def choices(data: DraftData, question: Question, file: OnFile) -> tuple[Option, ...]:
    """Return what a question can be answered with by one press; the card adds what leaves it open."""
    match question.step:
        case Step.ASSET:
            fault = data.faults[question.fault] if question.fault < len(data.faults) else None
            likely = fault.candidates if fault is not None else ()
            shown = [one for one in likely if one in file.assets] or list(file.assets)
            return tuple(Option(label=file.assets[one], choice=one) for one in shown[:ASSETS_SHOWN])
        case Step.PLACE:
            return tuple(Option(label=one, choice=one) for one in (SITE, PLACE))
        case Step.ABOUT:
            return tuple(Option(label=f"{one} {said}", choice=one) for one, said in file.numbers.items())
        case Step.PLATE:
            at = question.fault
            known = file.plates.get(data.faults[at].asset_id, "") if at < len(data.faults) else ""
            both = ((known, REGISTERED_PLATE), (data.plate, SAID_PLATE))
            return tuple(Option(label=plate, choice=choice) for plate, choice in both if plate)
        case Step.DUPLICATE:
            found = data.faults[question.fault].suggestion
            return (Option(label=found.number, choice=found.work_order_id),) if found is not None else ()
        case Step.CHANGE:
            return tuple(Option(label=one.value, choice=one.value) for one in CHANGEABLE)
    return ()


def _suggested(
    draft: Draft, data: DraftData, cause: Cause, limits: Limits, uow: EveryUnitOfWork
) -> tuple[DraftData, Question | None]:
    """Return the first fault that may have been reported before, with the question about it."""
    for at, fault in enumerate(data.faults):
        question = Question(step=Step.DUPLICATE, fault=at)
        if fault.join_id or (question.key in data.asked and not data.confirmed):
            continue
        found = suggestion(draft, data, fault, cause["issued_at"], limits.duplicate_window_h, uow)
        if found is not None:
            faults = list(data.faults)
            faults[at] = fault.model_copy(update={"suggestion": found})
            return data.model_copy(update={"faults": tuple(faults)}), question
    return data, None


def _summarise(draft: Draft, data: DraftData, cause: Cause, uow: EveryUnitOfWork, *, pressed: bool) -> None:
    beside_it = {"known_ids": beside(draft, cause["issued_at"], uow), "confirmed": False, "question": None}
    _show(draft, data.model_copy(update=beside_it), DraftState.SUMMARY, cause)
    revision = draft.known.revision
    uow.record(DraftSummarised(draft_id=draft.id, revision=revision, pressed=pressed, **fact(cause)))


def _show(draft: Draft, data: DraftData, state: DraftState, cause: Cause) -> None:
    """Let the next card be this one; without an answer the clock reminds."""
    draft.state = state.value
    shown = {
        "revision": data.revision + 1,
        "unread": False,
        "reminded": False,
        "new_files": 0,
        "new_photos": 0,
    }
    draft.keep(data.model_copy(update=shown))
    draft.ready_at = min(cause["issued_at"] + rules.REMIND_AFTER, draft.expires_at)


def _angry(draft: Draft, data: DraftData, cause: Cause, uow: EveryUnitOfWork) -> DraftData:
    """Offer a superior's call when the words sound angry; once, and nothing happens by itself.

    Source: docs/reference/intake.md, rule RQ-12.
    """
    if data.angry < rules.ANGRY or data.escalation is not Escalation.NONE:
        return data
    uow.record(EscalationProposed(about_id=draft.id, angry=data.angry, **fact(cause)))
    return data.model_copy(update={"escalation": Escalation.PROPOSED})
