"""The card of a message that was addressed to the robot in a group."""

from cards.sections import short
from cards.spec import Button, ButtonStyle, Card, CardAction, Tone
from cards.text import PRIORITY_LABEL
from cards.text_desk import (
    GROUP_AFTER_ALL,
    GROUP_ASK_ASSIGN,
    GROUP_ASSIGN,
    GROUP_AT_DESK,
    GROUP_BACK,
    GROUP_CHOOSE_ASSET,
    GROUP_CHOOSE_LINK,
    GROUP_DISMISS,
    GROUP_HINT,
    GROUP_LACKING,
    GROUP_LACKS,
    GROUP_LINK,
    GROUP_LINK_TO,
    GROUP_MAKE,
    GROUP_NO,
    GROUP_NOT_ASSIGNED,
    GROUP_PICK_ASSET,
    GROUP_REMINDER,
    GROUP_SAME,
    GROUP_SAME_ENDED,
    GROUP_STATE,
    GROUP_TITLE,
    REGISTER_ANEW,
    REGISTER_REOPEN,
)
from domain.groups.outcome import Outcome
from domain.groups.views import GroupRequestView
from domain.workorder.details import TYPE_LABEL, OrderType

_TONE = {
    Outcome.OPEN: Tone.INFO,
    Outcome.ORDER: Tone.SUCCESS,
    Outcome.LINKED: Tone.SUCCESS,
    Outcome.NOT_A_REQUEST: Tone.NEUTRAL,
    Outcome.ASSIGNED: Tone.SUCCESS,
}
LABEL_CHARS = 10
FAULT_CHARS = 40


def group_request(view: GroupRequestView) -> Card:
    """Lay out a message with what became of it, or with what can be done about it."""
    if view.technician:
        return _assignment(view)
    kind = "" if view.type == OrderType.REPAIR.value else TYPE_LABEL.get(view.type, "")
    fields = (
        ("状态", GROUP_STATE[view.outcome.value]),
        ("可能同一故障" if view.same_fault else "工单", view.number),
        ("类型", kind),
        ("客户", view.customer),
        ("设备", view.asset or view.device),
        ("优先级", PRIORITY_LABEL.get(view.priority, "")),
        ("预约", view.appointment),
    )
    shown = fields if view.outcome is not Outcome.NOT_A_REQUEST else fields[:1]
    return Card(
        title=GROUP_TITLE.format(name=view.speaker),
        status=GROUP_STATE[view.outcome.value],
        tone=_TONE[view.outcome],
        fields=tuple((label, value) for label, value in shown if value),
        body=view.fault,
        hint=_hint(view),
        buttons=_choices(view) if view.choosing or view.picking else _buttons(view),
    )


def _hint(view: GroupRequestView) -> str:
    if view.choosing or view.picking:
        return GROUP_CHOOSE_ASSET if view.picking else GROUP_CHOOSE_LINK
    waits = GROUP_AT_DESK if view.at_desk else GROUP_REMINDER if view.reminded else ""
    what = "、".join(GROUP_LACKING[one] for one in view.lacks)
    lacks = GROUP_LACKS.format(what=what) if what else ""
    return "\n".join(part for part in (waits, lacks, _what_can_be_done(view)) if part)


def _what_can_be_done(view: GroupRequestView) -> str:
    if not view.same_fault:
        return GROUP_HINT[view.outcome.value].format(number=view.number)
    text = GROUP_SAME if view.same_running else GROUP_SAME_ENDED
    return text.format(number=view.number, fault=short(view.same_fault, FAULT_CHARS))


def _buttons(view: GroupRequestView) -> tuple[Button, ...]:
    dismiss = _button(view, "group.dismiss", GROUP_DISMISS, GROUP_DISMISS)
    match view.outcome:
        case Outcome.OPEN:
            if view.same_fault:
                label = GROUP_LINK_TO if view.same_running else REGISTER_REOPEN
                join = _link(view, label, view.number, ButtonStyle.PRIMARY)
                return (join, _button(view, "group.order", REGISTER_ANEW, GROUP_MAKE), dismiss)
            asset = _button(view, "group.asset", GROUP_PICK_ASSET, "补充 设备名称")
            make = _button(view, "group.order", GROUP_MAKE, GROUP_MAKE, ButtonStyle.PRIMARY)
            link = _button(view, "group.link", GROUP_LINK, "关联 工单号")
            picks = (asset,) if view.machines else ()
            return (make, *picks, *((link,) if view.linkable else ()), dismiss)
        case Outcome.NOT_A_REQUEST:
            return (_button(view, "group.order", GROUP_AFTER_ALL, GROUP_AFTER_ALL, ButtonStyle.PRIMARY),)
        case Outcome.LINKED:
            return (_button(view, "group.order", GROUP_MAKE, GROUP_MAKE), dismiss)
    return (dismiss,)


def _choices(view: GroupRequestView) -> tuple[Button, ...]:
    if view.picking:
        machines = tuple(
            _button(view, "group.asset", name[:LABEL_CHARS], f"补充 设备是{name}", choice=asset_id)
            for asset_id, name in view.machines
        )
        return (*machines, _button(view, "group.back", GROUP_BACK, GROUP_MAKE))
    links = tuple(_link(view, GROUP_LINK_TO, number) for number in view.linkable)
    return (*links, _button(view, "group.back", GROUP_BACK, GROUP_MAKE))


def _link(
    view: GroupRequestView, label: str, number: str, style: ButtonStyle = ButtonStyle.DEFAULT
) -> Button:
    shown = label.format(number=number[-4:])
    return _button(view, "group.link", shown, f"关联 {number}", style, choice=number)


def _assignment(view: GroupRequestView) -> Card:
    facts = {"number": view.number, "technician": view.technician}
    assign = _button(
        view,
        "group.assign",
        GROUP_ASSIGN.format(name=view.technician)[:LABEL_CHARS],
        f"派单 {view.number} {view.technician}",
        ButtonStyle.PRIMARY,
    )
    drop = _button(view, "group.dismiss", GROUP_NO, GROUP_DISMISS)
    buttons = {Outcome.OPEN: (assign, drop), Outcome.NOT_A_REQUEST: (assign,)}
    hints = {
        Outcome.OPEN: "",
        Outcome.NOT_A_REQUEST: GROUP_NOT_ASSIGNED,
        Outcome.ASSIGNED: GROUP_HINT[Outcome.ASSIGNED.value].format(**facts),
    }
    return Card(
        title=GROUP_ASK_ASSIGN.format(**facts),
        tone=_TONE[view.outcome],
        body=f"{view.speaker}：{view.fault}",
        hint=_hint(view) if view.reminded or view.at_desk else hints.get(view.outcome, ""),
        buttons=buttons.get(view.outcome, ()),
    )


def _button(
    view: GroupRequestView,
    verb: str,
    label: str,
    words: str,
    style: ButtonStyle = ButtonStyle.DEFAULT,
    choice: str = "",
) -> Button:
    return Button(label, CardAction(verb, view.request_id, view.version, choice), words, style)
