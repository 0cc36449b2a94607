"""The card of a request before it is a work order: one question at a time, then the summary."""

from cards.spec import Button, ButtonStyle, Card, CardAction, Note, Tone
from cards.text import MEDIA_ALONE, PRIORITY_LABEL
from cards.text_intake import (
    APART,
    ASK,
    ASK_ABOUT,
    AT_ONCE_HINT,
    AT_ONCE_MISSING,
    AT_ONCE_NUMBER,
    AT_ONCE_TITLE,
    CHANGE,
    CHANGE_HINT,
    CHANGE_TITLE,
    CONFIRM,
    DROP,
    DROPPED_HINT,
    DROPPED_TITLE,
    DUE_NEXT,
    ELSEWHERE,
    EXPIRED_HINT,
    EXPIRED_TITLE,
    FIELD,
    FILES_KEPT,
    HANDED_OVER_TITLE,
    JOIN,
    JOINED_HINT,
    JOINED_TITLE,
    NEWS,
    NOTED,
    OVERFLOW,
    PHOTOS_KEPT,
    PLACE_ASK,
    PLACE_DISTANCE,
    PLACE_NAMELESS,
    PLACE_TITLE,
    QUESTION_TITLE,
    REGISTERED_TITLE,
    REMINDER,
    REOPEN,
    SAME_FINISHED,
    SAME_RUNNING,
    SAME_TITLE,
    SHARED_FILES,
    SKIP,
    SKIP_LABEL,
    STATE_LABEL,
    SUMMARY_HINT,
    SUMMARY_HINT_SEVERAL,
    SUMMARY_TITLE,
    SUPERIOR,
    SUPERIOR_CONFIRMED,
    SUPERIOR_PROPOSED,
    TITLE,
    TOGETHER,
    UNKNOWN_SERIAL,
)
from domain.intake.data import LIVE, DraftState, FarPlace, Step
from domain.intake.views import DraftView, FaultLine, FilesKeptView, IntakeNewsView
from domain.kernel.localtime import local_time, period

FAULT_CHARS = 100
LINE_CHARS = 40
"""Of each fault where there are several; a menu of 微信客服 takes a kilobyte."""
LABEL_CHARS = 24
_ENDED_TITLE = {
    DraftState.REGISTERED: REGISTERED_TITLE,
    DraftState.JOINED: JOINED_TITLE,
    DraftState.DROPPED: DROPPED_TITLE,
    DraftState.EXPIRED: EXPIRED_TITLE,
    DraftState.HANDED_OVER: HANDED_OVER_TITLE,
}


def draft_card(view: DraftView) -> Card:
    """Lay out a draft: what is asked, what was understood, or what became of it."""
    if view.state is DraftState.ASKING:
        return _question(view)
    if view.state in LIVE:
        return _summary(view)
    return _ended(view)


def _question(view: DraftView) -> Card:
    title, body = QUESTION_TITLE, ASK.get(view.step, "")
    if view.step == Step.DUPLICATE.value and view.same is not None:
        title = SAME_TITLE
        text = SAME_RUNNING if view.same.running else SAME_FINISHED
        body = text.format(number=view.same.number, fault=_short(view.same.fault))
    elif view.step == Step.PLACE.value and view.far is not None:
        title, body = PLACE_TITLE, _which_site(view.far)
    elif view.step == Step.CHANGE.value:
        title, body = CHANGE_TITLE, CHANGE_HINT
    elif view.step == Step.ASSET.value and view.unknown_serial:
        body = UNKNOWN_SERIAL.format(serial=view.unknown_serial)
    elif view.step == Step.PLATE.value and len(view.options) > 1:
        body = body.format(known=view.options[0].label, said=view.options[1].label)
    elif view.step == Step.FAULT.value and view.wordless:
        body = MEDIA_ALONE
    about = ASK_ABOUT.format(about=_short(view.about)) if view.about else ""
    return Card(
        title=title,
        status=STATE_LABEL[view.state.value],
        tone=Tone.INFO,
        body=about + body,
        hint=_remarks(view),
        buttons=(*_options(view), *_superior(view), _button(DROP, "draft.drop", view)),
    )


def _which_site(far: FarPlace) -> str:
    distance = PLACE_DISTANCE.format(km=far.distance_km) if far.distance_km else ""
    return PLACE_ASK.format(site=far.site, place=far.place or PLACE_NAMELESS, distance=distance)


def _options(view: DraftView) -> tuple[Button, ...]:
    duplicate = view.same is not None
    join = JOIN if view.same is not None and view.same.running else REOPEN
    labels = [join if duplicate else FIELD.get(one.label, one.label)[:LABEL_CHARS] for one in view.options]
    style = ButtonStyle.PRIMARY if duplicate else ButtonStyle.DEFAULT
    chosen = [
        Button(label, _action("draft.choose", view, one.choice), label, style)
        for label, one in zip(labels, view.options, strict=True)
    ]
    if view.step in (Step.FAULT.value, Step.PLACE.value):
        return tuple(chosen)
    skip = SKIP_LABEL.get(view.step, SKIP)
    return (*chosen, Button(skip, _action("draft.choose", view, "skip"), skip))


def _summary(view: DraftView) -> Card:
    several = len(view.faults) > 1
    fields = [("设备", view.faults[0].device if len(view.faults) == 1 else ""), *_facts(view)]
    body = (
        "\n".join(f"{at}. {_line(one)}" for at, one in enumerate(view.faults, 1))
        if several
        else "".join(f"故障：{_short(one.fault)}" for one in view.faults)
    )
    first = SUMMARY_HINT_SEVERAL.format(count=len(view.faults)) if several else SUMMARY_HINT
    if several and view.files:
        first = f"{first}\n{SHARED_FILES}"
    arranged = (
        [(TOGETHER, "draft.together")] if several else [(APART, "draft.apart")] if view.together else []
    )
    return Card(
        title=SUMMARY_TITLE.format(what=TITLE.get(view.type, TITLE["repair"])),
        status=STATE_LABEL[DraftState.SUMMARY.value],
        tone=Tone.DANGER if view.urgency == "P1" else Tone.INFO,
        fields=tuple((label, value) for label, value in fields if value),
        body=body,
        hint="\n".join(part for part in (_remarks(view), first) if part),
        buttons=(
            _button(CONFIRM, "draft.confirm", view, ButtonStyle.PRIMARY),
            _button(CHANGE, "draft.change", view),
            *(_button(label, verb, view) for label, verb in arranged),
            *_superior(view),
            _button(DROP, "draft.drop", view),
        ),
    )


def _when(view: DraftView) -> str:
    when = period(view.appointment_from, view.appointment_to)
    if view.appointment_from is not None and not when:
        return f"{local_time(view.appointment_from)} 起"
    return when


def _noted(view: DraftView) -> str:
    """Say which fields were set beside the question."""
    values = {
        Step.ADDRESS: view.address,
        Step.MOBILE: view.mobile,
        Step.CONTACT: view.contact,
        Step.PLATE: view.plate,
        Step.TIME: _when(view),
        Step.ASSET: "、".join(one.device for one in view.faults if one.device),
        Step.FAULT: "；".join(one.fault for one in view.faults),
    }
    said = [(FIELD[one], values.get(Step(one), "")) for one in view.noted]
    facts = "，".join(f"{label} {_short(value)}" for label, value in said if value)
    return NOTED.format(facts=facts) if facts else ""


def _facts(view: DraftView) -> list[tuple[str, str]]:
    return [
        ("紧急程度", PRIORITY_LABEL.get(view.urgency, "")),
        ("地址", view.address),
        ("联系人", view.contact),
        ("电话", view.mobile),
        ("上门时间", _when(view)),
        ("车牌", view.plate),
        ("运单", "、".join(view.waybills)),
        ("相关工单", view.about_number),
        ("附件", f"{view.files} 个" if view.files else ""),
    ]


def _ended(view: DraftView) -> Card:
    numbers = "、".join((*view.numbers, *view.joined))
    title = f"{_ENDED_TITLE[view.state]} {numbers}".strip()
    if view.at_once:
        title = f"{AT_ONCE_TITLE} {numbers}"
    return Card(
        title=title,
        status=STATE_LABEL[view.state.value],
        tone=Tone.DANGER if view.at_once else Tone.SUCCESS if numbers else Tone.NEUTRAL,
        body="\n".join(_line(one) for one in view.faults if one.fault),
        hint=_next(view, numbers),
    )


def _next(view: DraftView, numbers: str) -> str:
    """Say what can be done now."""
    if view.at_once:
        missing = [AT_ONCE_MISSING[one] for one in view.missing]
        return "\n".join(
            [*missing, AT_ONCE_HINT.format(number=numbers if len(view.numbers) == 1 else AT_ONCE_NUMBER)]
        )
    if view.joined:
        return JOINED_HINT.format(number=view.joined[0])
    hints = {
        DraftState.REGISTERED: DUE_NEXT,
        DraftState.DROPPED: DROPPED_HINT,
        DraftState.EXPIRED: EXPIRED_HINT,
    }
    return hints.get(view.state, "")


def _remarks(view: DraftView) -> str:
    """Say what the speaker should know besides."""
    superior = {"proposed": SUPERIOR_PROPOSED, "confirmed": SUPERIOR_CONFIRMED}.get(view.superior, "")
    said = (
        _noted(view),
        REMINDER if view.reminder else "",
        superior,
        OVERFLOW if view.overflow else "",
        ELSEWHERE if view.elsewhere else "",
    )
    return "\n".join(part for part in said if part)


def _superior(view: DraftView) -> tuple[Button, ...]:
    return (_button(SUPERIOR, "draft.superior", view),) if view.superior == "proposed" else ()


def _line(one: FaultLine) -> str:
    device = f"{one.device}：" if one.device and one.device not in one.fault else ""
    joins = f"（加入 {one.joins}）" if one.joins else ""
    return f"{device}{_short(one.fault, LINE_CHARS)}{joins}"


def _short(text: str, limit: int = FAULT_CHARS) -> str:
    plain = text.strip()
    return plain if len(plain) <= limit else plain[:limit] + "…"


def _action(verb: str, view: DraftView, choice: str = "") -> CardAction:
    return CardAction(verb, view.draft_id, view.revision, choice)


def _button(label: str, verb: str, view: DraftView, style: ButtonStyle = ButtonStyle.DEFAULT) -> Button:
    return Button(label, _action(verb, view), label, style)


def files_kept(view: FilesKeptView) -> Note:
    """Say that what came after the summary is with the request."""
    text = PHOTOS_KEPT if view.photos == view.files else FILES_KEPT
    return Note(text.format(count=view.files))


def intake_news(view: IntakeNewsView) -> Note:
    """Say what a person should see to; parts whose fact is missing are left out."""
    said = [text for name, text in NEWS[view.kind] if not name or view.facts.get(name)]
    return Note("".join(said).format(**view.facts))
