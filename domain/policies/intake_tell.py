"""Who is shown what of a request: the speaker their card, the service desk what needs a person."""

from uuid import UUID

from domain.intake import rules
from domain.intake.data import DraftData, DraftState, Question, Step, Suggestion
from domain.intake.events import (
    DraftAsked,
    DraftDropped,
    DraftEvent,
    DraftExpired,
    DraftHandedOver,
    DraftRegistered,
    DraftReminded,
    DraftSummarised,
    EscalationConfirmed,
    ReportSeparated,
)
from domain.intake.model import Draft
from domain.intake.views import DraftView, FaultLine
from domain.kernel.notices import DESK, Notice, conversation_audience
from domain.policies.intake_file import on_file
from domain.policies.intake_shares import plate_for, units
from domain.policies.intake_steps import choices
from domain.policies.ports import EveryUnitOfWork
from domain.policies.sites import whereabouts
from domain.policies.views import fault_shown

WORDS_SHOWN = 200


def show_draft(event: DraftAsked | DraftSummarised, uow: EveryUnitOfWork) -> None:
    """Show the question or the summary; a pressed card turns into it, words are answered with a new one."""
    draft = uow.drafts.get(event.draft_id)
    notice = card(draft, draft_view(draft, uow), f"r{draft.known.revision}")
    uow.notify(notice.model_copy(update={"anew": not event.pressed}))


def remind_speaker(event: DraftReminded, uow: EveryUnitOfWork) -> None:
    """Show the card once more."""
    draft = uow.drafts.get(event.draft_id)
    view = draft_view(draft, uow).model_copy(update={"reminder": True})
    uow.notify(card(draft, view, "reminder").model_copy(update={"anew": True}))


def show_outcome(
    event: DraftRegistered | DraftDropped | DraftExpired | DraftHandedOver | ReportSeparated,
    uow: EveryUnitOfWork,
) -> None:
    """Let the card say what became of the request; where cards cannot change, only what is new is told.

    A registration is told by its receipt, a cancelling and a handing over by the answer.
    """
    draft = uow.drafts.get(event.draft_id)
    view = draft_view(draft, uow)
    at_once = isinstance(event, DraftRegistered) and event.at_once
    loud = at_once or isinstance(event, DraftExpired) or _only_words_added(event, draft, uow)
    if at_once:
        lacks = rules.missing(draft.known.model_copy(update={"asked": ()}), on_file(draft, uow))
        missing = (
            (lacks.step.value,) if lacks is not None and lacks.step in (Step.ADDRESS, Step.MOBILE) else ()
        )
        view = view.model_copy(update={"at_once": True, "missing": missing})
    notice = card(draft, view, draft.state)
    uow.notify(notice.model_copy(update={"quiet": not loud, "anew": loud}))


def show_siblings(event: DraftEvent, uow: EveryUnitOfWork) -> None:
    """Let the cards of the same person's other requests not name this one any more."""
    ended = uow.drafts.get(event.draft_id)
    for draft in uow.drafts.siblings(ended.person_id, ended.id):
        if draft.standing is not DraftState.OPEN:
            step = f"r{draft.known.revision}:{ended.id.hex}"
            notice = card(draft, draft_view(draft, uow), step)
            uow.notify(notice.model_copy(update={"quiet": True}))


def show_superior(event: EscalationConfirmed, uow: EveryUnitOfWork) -> None:
    """Let the card of an unconfirmed request say that a superior calls."""
    draft = uow.drafts.find(event.about_id)
    if draft is not None and draft.is_live:
        notice = card(draft, draft_view(draft, uow), f"r{draft.known.revision}:superior")
        uow.notify(notice.model_copy(update={"quiet": True}))


def _only_words_added(event: DraftEvent, draft: Draft, uow: EveryUnitOfWork) -> bool:
    """Return whether only this card tells that the words were added to the speaker's own work order."""
    if not isinstance(event, DraftRegistered):
        return False
    return any(uow.work_orders.get(one).requester_id == draft.requester_id for one in event.joined_ids)


def tell_desk_expired(event: DraftExpired, uow: EveryUnitOfWork) -> None:
    """Tell the service desk of a fault that nobody confirmed, so that it is not lost."""
    if event.words:
        _tell_desk("expired", event.draft_id, event.words, uow)


def tell_desk_handed_over(event: DraftHandedOver, uow: EveryUnitOfWork) -> None:
    """Tell the service desk who wants a person, and everything they said."""
    _tell_desk("handed_over", event.draft_id, event.words, uow)


def card(draft: Draft, view: DraftView, step: str) -> Notice:
    """Return the one living card of a draft in its chat."""
    return Notice(
        audience=conversation_audience(draft.conversation),
        card="draft",
        view=view.model_dump(mode="json"),
        dedupe_key=f"draft:{draft.id}:{step}",
        subject_id=draft.id,
        living=True,
    )


def draft_view(draft: Draft, uow: EveryUnitOfWork) -> DraftView:
    """Return a draft as its speaker sees it now."""
    data = draft.known
    file = on_file(draft, uow)
    question = data.question
    asked = draft.standing is DraftState.ASKING and question is not None
    orders = [uow.work_orders.get(UUID(one)) for one in data.order_ids]
    joined = {fault.join_id for fault in data.faults}
    return DraftView(
        draft_id=draft.id,
        revision=data.revision,
        state=draft.standing,
        step=question.step.value if asked and question is not None else "",
        about=_about(data, question),
        options=choices(data, question, file) if asked and question is not None else (),
        type=data.type,
        faults=_fault_lines(data, uow),
        together=data.together and len(data.faults) > 1,
        urgency=data.urgency,
        address=data.address or _site(draft, data, uow) or file.address,
        mobile=data.mobile or file.mobile,
        contact=data.contact,
        plate=_plate(data, uow),
        waybills=data.waybills,
        appointment_from=data.appointment_from,
        appointment_to=data.appointment_to,
        far=data.far,
        about_number=data.about_number,
        files=data.files,
        wordless=all(one.link for one in data.said),
        unknown_serial=data.unknown_serial,
        superior=data.escalation.value if data.escalation.value in ("proposed", "confirmed") else "",
        elsewhere=draft.is_live and uow.drafts.elsewhere(draft.person_id, draft.id) is not None,
        overflow=data.overflow,
        noted=data.noted if asked else (),
        numbers=tuple(one.number for one in orders if one.id.hex not in joined),
        joined=tuple(one.number for one in orders if one.id.hex in joined),
        same=_suggestion(data, question),
    )


def _suggestion(data: DraftData, question: Question | None) -> Suggestion | None:
    if question is None or question.step is not Step.DUPLICATE:
        return None
    return data.faults[question.fault].suggestion


def _about(data: DraftData, question: Question | None) -> str:
    if question is None or len(data.faults) < 2 or question.fault >= len(data.faults):
        return ""
    return data.faults[question.fault].words


def _fault_lines(data: DraftData, uow: EveryUnitOfWork) -> tuple[FaultLine, ...]:
    parts = units(data)
    whole = len(parts) == 1
    return tuple(
        FaultLine(
            device=uow.assets.name_of(UUID(one.asset_id)) if one.asset_id else one.device,
            fault=fault_shown(data.report_words if whole or not one.words else one.words),
            joins=uow.work_orders.get(UUID(one.join_id)).number if one.join_id else "",
        )
        for one in parts
    )


def _plate(data: DraftData, uow: EveryUnitOfWork) -> str:
    plates = [plate_for(data, fault, at, uow) for at, fault in enumerate(units(data))]
    return next((plate for plate in plates if plate), "")


def _site(draft: Draft, data: DraftData, uow: EveryUnitOfWork) -> str:
    customer_id = uow.people.get(draft.requester_id).customer_id
    customer = uow.customers.get(customer_id) if customer_id is not None else None
    assets = [uow.assets.get(UUID(fault.asset_id)) for fault in data.faults if fault.asset_id]
    return next((whereabouts(customer, asset) for asset in assets if asset.site), "")


def _tell_desk(kind: str, draft_id: UUID, words: str, uow: EveryUnitOfWork) -> None:
    draft = uow.drafts.get(draft_id)
    person = uow.people.get(draft.requester_id)
    customer = uow.customers.get(person.customer_id).name if person.customer_id is not None else ""
    mobile = draft.known.mobile or person.mobile
    facts = {"name": person.name, "customer": customer, "mobile": mobile, "words": words[:WORDS_SHOWN]}
    uow.notify(
        Notice(
            audience=DESK,
            card="intake_news",
            view={"kind": kind, "facts": facts},
            dedupe_key=f"draft:{draft.id}:{kind}",
        )
    )
