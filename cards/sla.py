"""Reminders, the answer to “为什么超时”, and the daily escalation statement."""

from cards.spec import Button, ButtonStyle, Card, CardAction, Note, Tone
from cards.text import ACTION_LABEL, ACTION_WORDS, PRIORITY_LABEL, STATUS_LABEL
from cards.text_closing import NODE_LABEL
from cards.text_sla import (
    ACT_ASSIGNEE,
    ACT_DESK,
    ACT_GROUP,
    ACT_SUPERIOR,
    DUE_TITLE,
    ESCALATED,
    LATE_REASON,
    LATER_LABEL,
    LATER_WORDS,
    LIMIT,
    LIMIT_PAUSED,
    MISSED,
    NO_HOLDER,
    OVER_TITLE,
    RAISED,
    STATEMENT_GOOD,
    STATEMENT_LATE,
    STATEMENT_LINE,
    STATEMENT_NONE,
    STATEMENT_SKIPPED,
    STATEMENT_STEP,
    STATEMENT_TITLE,
    WHY_CLOSED,
    WHY_DUE,
    WHY_LATE,
    WHY_LONGEST,
    WHY_NO_TARGET,
    WHY_PAUSED,
    WHY_POLICY,
    WHY_SPAN,
    WHY_STATE,
    WHY_TITLE,
)
from domain.kernel.localtime import duration, local_time
from domain.sla.commands import Later
from domain.sla.views import LatenessLine, LatenessView, ReminderView, StatementView
from domain.sla.wording import kind_label, left_words
from domain.workorder.status import UNASSIGNED, Status
from domain.workorder.timeline import Node
from domain.workorder.views import Limit

STEPS_SHOWN = 10


def limit_words(limits: tuple[Limit, ...]) -> str:
    """Return `响应 11月30日 10:30 前；处理 暂停计时`, or an empty text without limits."""
    words = (
        LIMIT.format(kind=kind_label(one.kind), due=local_time(one.due_at))
        if one.due_at is not None
        else LIMIT_PAUSED.format(kind=kind_label(one.kind))
        for one in limits
    )
    return "；".join(words)


def reminder(view: ReminderView) -> Card:
    """Say whose time runs out, how much is left, and what can be done now."""
    over, kind = view.left_s < 0, kind_label(view.kind)
    title = (OVER_TITLE if over else DUE_TITLE).format(kind=kind)
    fields = (
        ("工单", view.number),
        ("时限", (f"{local_time(view.due_at)} 前，" if view.due_at else "") + left_words(view.left_s)),
        ("状态", STATUS_LABEL[Status(view.status)]),
        ("负责人", view.assignee_name or NO_HOLDER),
        ("优先级", PRIORITY_LABEL.get(view.priority, "")),
        ("客户", view.customer_name),
        ("规则", view.reason),
    )
    hints = [RAISED.format(priority=view.raised_to)] if view.raised_to else []
    hints += [MISSED.format(times="、".join(map(local_time, view.missed)))] if view.missed else []
    return Card(
        title=f"{ESCALATED.format(level=view.level)}：{title}" if view.level else title,
        tone=Tone.DANGER if over or view.level else Tone.WARNING,
        fields=tuple((label, value) for label, value in fields if value),
        body=f"故障：{view.fault}",
        hint="".join([*hints, _what_to_do(view)]),
        buttons=_buttons(view),
    )


def lateness(view: LatenessView) -> Note:
    """Say where the time of a limit went; the lines add up to the whole."""
    late = view.late_by_s is not None and view.late_by_s > 0
    state = WHY_LATE.format(late=duration(view.late_by_s or 0)) if late else WHY_STATE[view.state]
    lines = [f"【{WHY_TITLE.format(number=view.number, kind=kind_label(view.kind), state=state)}】"]
    if view.target_s is None:
        lines.append(WHY_NO_TARGET)
    else:
        lines.append(
            WHY_POLICY.format(
                policy=view.policy, reason=view.reason, calendar=view.calendar, target=duration(view.target_s)
            )
        )
    lines.append(
        WHY_SPAN.format(
            start=local_time(view.started_at),
            until=local_time(view.until),
            total=duration(view.seconds),
            counted=duration(view.counted_s),
            due=WHY_DUE.format(due=local_time(view.due_at)) if view.due_at is not None else "",
        )
    )
    lines += [_stretch(line) for line in view.lines]
    return Note("\n".join([*lines, *_longest(view)]))


def statement(view: StatementView) -> Note:
    """Account for every step that was due on a day."""
    lines = [f"【{STATEMENT_TITLE.format(on=view.on)}】"]
    if not view.due:
        return Note("\n".join([*lines, STATEMENT_NONE]))
    lines.append(
        STATEMENT_LINE.format(
            due=view.due, told=view.told, merged=view.merged, muted=view.muted, open=view.open
        )
    )
    lines += [STATEMENT_SKIPPED.format(skipped=view.skipped)] if view.skipped else []
    lines.append(STATEMENT_LATE.format(late=view.late) if view.late else STATEMENT_GOOD)
    lines += [
        STATEMENT_STEP.format(
            number=one.number,
            kind=kind_label(one.kind),
            step=one.step,
            due=local_time(one.due_at),
            late=duration(one.late_s),
            reason=LATE_REASON.get(one.reason, ""),
        )
        for one in view.steps[:STEPS_SHOWN]
    ]
    return Note("\n".join(lines))


def _what_to_do(view: ReminderView) -> str:
    if view.level:
        return ACT_SUPERIOR
    if not view.personal and view.assignee_name:
        return ACT_GROUP.format(name=view.assignee_name)
    return ACT_DESK if Status(view.status) in UNASSIGNED or not view.assignee_name else ACT_ASSIGNEE


def _buttons(view: ReminderView) -> tuple[Button, ...]:
    acts = tuple(
        Button(
            label=ACTION_LABEL[action],
            action=CardAction(f"wo.{action}", view.work_order_id, view.version),
            words=ACTION_WORDS[action].format(number=view.number),
            style=ButtonStyle.PRIMARY,
        )
        for action in view.actions
    )
    if not view.personal:
        return acts
    return acts + tuple(
        Button(
            label=LATER_LABEL[later],
            action=CardAction("sla.later", view.clock_id, view.episode, later.value),
            words=LATER_WORDS[later].format(number=view.number),
        )
        for later in Later
    )


def _stretch(line: LatenessLine) -> str:
    who = f"（{line.owner}）" if line.owner else ""
    closed = WHY_CLOSED.format(closed=duration(line.closed_s)) if line.closed_s and not line.paused else ""
    paused = WHY_PAUSED if line.paused else ""
    return f"· {NODE_LABEL[Node(line.node)]}{who} {duration(line.seconds)}{paused}{closed}"


def _longest(view: LatenessView) -> list[str]:
    if not view.lines or not view.counted_s:
        return []
    longest = max(view.lines, key=lambda line: line.counted_s)
    return [
        WHY_LONGEST.format(
            node=NODE_LABEL[Node(longest.node)],
            owner=f"（{longest.owner}）" if longest.owner else "",
            counted=duration(longest.counted_s),
            share=round(100 * longest.counted_s / view.counted_s),
        )
    ]
