"""The work order's card, for a technician and for the service desk."""

from datetime import timedelta

from cards.desk import span_words
from cards.entitlement import entitlement_words
from cards.sla import limit_words
from cards.spec import Button, ButtonStyle, Card, CardAction, Link, Tone
from cards.text import (
    ACTION_LABEL,
    ACTION_WORDS,
    BEFORE_MORE,
    HOLD_LABEL,
    JOB_PAGE_LABEL,
    JOB_PAGE_TEXT,
    MAP_LABEL,
    MAP_TEXT,
    PRIORITY_LABEL,
    RELEASED,
    REPEAT_AFTER,
    REPEAT_SAME_DAY,
    STATUS_LABEL,
)
from cards.text_closing import PAYER_LABEL
from domain.assets.entitlement import Entitlement
from domain.kernel.localtime import local_time, period
from domain.kernel.money import yuan
from domain.workorder.details import TYPE_LABEL, OrderType
from domain.workorder.status import UNDER_WAY, Action, Status
from domain.workorder.views import Choice, WorkOrderView

TONE = {
    Status.NEW: Tone.INFO,
    Status.DISPATCHING: Tone.WARNING,
    Status.OFFERED: Tone.INFO,
    Status.ACCEPTED: Tone.SUCCESS,
    Status.EN_ROUTE: Tone.INFO,
    Status.ON_SITE: Tone.INFO,
    Status.IN_PROGRESS: Tone.INFO,
    Status.ON_HOLD: Tone.WARNING,
    Status.COMPLETED: Tone.SUCCESS,
    Status.SIGNED_OFF: Tone.SUCCESS,
    Status.SETTLED: Tone.SUCCESS,
    Status.CLOSED: Tone.NEUTRAL,
    Status.CANCELLED: Tone.NEUTRAL,
}
BEFORE_CHARS = 40
_READ_FIRST = (
    *("设备", "地址", "联系人", "优先级", "接单时限", "时限", "预约", "等待审批", "备件"),
    *("类型", "关联工单", "重复故障", "客户", "保修", "预计到达"),
)
"""Of whoever goes there, in this order; their page has the other fields."""
STYLE = {
    Action.DECLINE.value: ButtonStyle.DANGER,
    Action.CANCEL.value: ButtonStyle.DANGER,
    **{
        action.value: ButtonStyle.PRIMARY
        for action in (
            Action.ACCEPT,
            Action.DEPART,
            Action.ARRIVE,
            Action.START,
            Action.COMPLETE,
            Action.RESUME,
            Action.SETTLE,
            Action.CLOSE,
        )
    },
}


def work_order_card(view: WorkOrderView) -> Card:
    """Lay out one work order as its viewer may see it."""
    fields = _on_the_road(view) if view.page_url else all_fields(view)
    return Card(
        title=f"工单 {view.number}",
        status=_status(view),
        tone=Tone.DANGER if view.priority == "P1" and view.status in _RUNNING else TONE[view.status],
        fields=tuple((label, value) for label, value in fields if value),
        links=tuple(link for link in (_page_link(view), _map_link(view)) if link.url),
        body="" if view.page_url else f"故障：{view.fault}",
        hint=view.remark,
        buttons=(
            *(_choice(choice, view) for choice in view.choices if not _is_about_parts(choice)),
            *(_button(action, view) for action in view.actions),
            *(_choice(choice, view) for choice in view.choices if _is_about_parts(choice)),
        ),
    )


def all_fields(view: WorkOrderView) -> tuple[tuple[str, str], ...]:
    """Return every fact but the fault; some are empty."""
    return (*_at_first_sight(view), *_more(view))


def _on_the_road(view: WorkOrderView) -> tuple[tuple[str, str], ...]:
    """Return what whoever goes there reads: first what, where, until when, with what; its page has all.

    Source: docs/reference/pages.md, the job's page.
    """
    facts = dict(all_fields(view))
    return (
        ("故障", view.fault),
        *((label, facts[label]) for label in _READ_FIRST),
        ("以往处理", _newest(view.before)),
    )


def _newest(before: tuple[str, ...]) -> str:
    """Return the last attempt, short; the page has them whole."""
    if not before:
        return ""
    last = before[0] if len(before[0]) <= BEFORE_CHARS else before[0][:BEFORE_CHARS] + "…"
    return last if len(before) == 1 else BEFORE_MORE.format(last=last, count=len(before))


def _page_link(view: WorkOrderView) -> Link:
    return Link(JOB_PAGE_LABEL, JOB_PAGE_TEXT, view.page_url)


def _map_link(view: WorkOrderView) -> Link:
    return Link(MAP_LABEL, MAP_TEXT, view.map_url)


def _at_first_sight(view: WorkOrderView) -> tuple[tuple[str, str], ...]:
    """Return what a technician needs first: small cards show but six fields."""
    offered = local_time(view.offer_expires_at) + " 前" if view.offer_expires_at is not None else ""
    return (
        ("设备", view.asset),
        ("联系人", view.contact),
        ("地址", view.address),
        ("状态", _status(view)),
        ("等待审批", view.awaiting),
        ("备件", "；".join(view.parts)),
        ("接单时限", offered),
        ("时限", limit_words(view.limits)),
    )


def _more(view: WorkOrderView) -> tuple[tuple[str, str], ...]:
    minutes, cost = view.estimated_min, view.amount_fen
    return (
        ("类型", TYPE_LABEL[view.type] if view.type != OrderType.REPAIR.value else ""),
        ("关联工单", view.about_number),
        ("重复故障", _repeat(view)),
        ("优先级", PRIORITY_LABEL.get(view.priority, "")),
        ("客户", view.customer_name + (f"（{view.customer_level}）" if view.customer_level else "")),
        ("保修", entitlement_words(Entitlement.model_validate(view.entitlement)) if view.entitlement else ""),
        ("预约", period(view.appointment_from, view.appointment_to)),
        ("报修", local_time(view.reported_at) + (f"，{view.reporters} 人反映" if view.reporters > 1 else "")),
        ("预计到达", local_time(view.eta_at) if view.eta_at is not None else ""),
        ("预计耗时", span_words(timedelta(minutes=minutes)) if minutes else ""),
        ("费用", f"{yuan(cost)} 元，{PAYER_LABEL[view.payer]}" if cost is not None else ""),
        ("备件成本", f"{yuan(view.parts_fen)} 元" if view.parts_fen is not None else ""),
        ("以往处理", "；".join(view.before)),
    )


_WAITING = frozenset({Status.NEW, Status.DISPATCHING, Status.OFFERED})
_RUNNING = UNDER_WAY | _WAITING | {Status.ON_HOLD}


def _repeat(view: WorkOrderView) -> str:
    """Say which repair did not last, and for how long it did."""
    repeat = view.repeat
    if repeat is None:
        return ""
    if repeat.days is None:
        return repeat.number
    return (REPEAT_AFTER if repeat.days else REPEAT_SAME_DAY).format(number=repeat.number, days=repeat.days)


def _status(view: WorkOrderView) -> str:
    if view.released and view.status in _WAITING:
        return RELEASED
    if view.status in UNDER_WAY:
        return f"{STATUS_LABEL[view.status]}：{view.assignee_name}"
    if view.status is Status.ON_HOLD:
        return f"{STATUS_LABEL[view.status]}（{HOLD_LABEL[view.hold_reason]}）"
    return STATUS_LABEL[view.status]


def _button(action: str, view: WorkOrderView) -> Button:
    return Button(
        label=ACTION_LABEL[action],
        action=CardAction(verb=f"wo.{action}", subject_id=view.work_order_id, version=view.version),
        words=ACTION_WORDS[action].format(number=view.number),
        style=STYLE.get(action, ButtonStyle.DEFAULT),
    )


def _choice(choice: Choice, view: WorkOrderView) -> Button:
    action = CardAction(
        verb=choice.verb, subject_id=view.work_order_id, version=view.version, choice=choice.choice
    )
    style = ButtonStyle.DEFAULT if _is_about_parts(choice) else ButtonStyle.PRIMARY
    return Button(label=choice.label, action=action, words=choice.words, style=style)


def _is_about_parts(choice: Choice) -> bool:
    """Return whether a choice gets parts for the work: it stands behind the steps of the work itself."""
    return choice.verb.startswith("parts.")
