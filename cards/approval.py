"""The card of one approval task: what to decide, who else is asked, and how it ended."""

from collections.abc import Iterator
from datetime import datetime

from cards.spec import Button, ButtonStyle, Card, CardAction, Link, Tone
from cards.text_approval import (
    AGREED_BY_OTHER,
    AMOUNT,
    BACK_HINT,
    BACK_STATUS,
    BACK_TITLE,
    BUTTONS,
    BY,
    COMMENT,
    DECIDED_TITLE,
    END_LABEL,
    ENDED_ANYHOW,
    FILES,
    FOR_PRINCIPAL,
    LABEL_AMOUNT,
    LABEL_DUE,
    LABEL_FILES,
    LABEL_INITIATOR,
    LABEL_NODE,
    LABEL_PRINCIPAL,
    LABEL_REASON,
    LABEL_TALLY,
    LABEL_WHY,
    LATE_HINT,
    LATE_MARK,
    LOWERED,
    OPEN_HINT,
    OPEN_HINT_PLAIN,
    OPEN_TITLE,
    OPINION_HINT,
    OTHER_STATE,
    RAISED,
    REFUSED_BY_OTHER,
    REMARKS_MORE,
    REMARKS_TITLE,
    RETURNED_BY_OTHER,
    SAID,
    SOMEBODY,
    STATE_LABEL,
    TALLY,
    TALLY_GROUP,
    TALLY_MORE,
    TALLY_NAMES,
    TERMINATED,
    UNTIL,
    WAITS,
    WAITS_LATE,
    WHEN,
    WITHDRAWN,
)
from cards.text_staff_pages import TASK_LINK, TASK_LINK_TEXT
from domain.approval.views import ApprovalView, Seat
from domain.kernel.localtime import local_time
from domain.kernel.money import grouped_yuan

REMARKS_SHOWN = 4
REMARK_CHARS = 60
SMALL_ROUND = 10
"""Seats up to which the names are spelled out longer."""
NAMED, NAMED_OF_MANY = 5, 3
_OUT = frozenset({"delegated", "cancelled", "removed", "again", "resubmitted"})
"""Seats that somebody else took, or nobody is asked on any more: they have no vote."""
_STYLE = {
    "agree": ButtonStyle.PRIMARY,
    "refuse": ButtonStyle.DANGER,
    "resubmit": ButtonStyle.PRIMARY,
    "withdraw": ButtonStyle.DANGER,
}
_TONE = {"agreed": Tone.SUCCESS, "refused": Tone.DANGER, "returned": Tone.WARNING}


def approval(view: ApprovalView) -> Card:
    """Lay out one approver's task: the amount and the reason first."""
    is_open = not (view.decided or view.ended)
    state = _state(view)
    open_title, waits = (BACK_TITLE, BACK_STATUS) if _is_back(view) else (OPEN_TITLE, WAITS)
    title = open_title if is_open else DECIDED_TITLE
    return Card(
        title=title.format(state=state, title=view.title, number=view.number),
        status=(WAITS_LATE if view.late else waits) if is_open else state,
        tone=_tone(view, is_open),
        fields=tuple((label, value) for label, value in _fields(view, is_open) if value),
        links=(Link(TASK_LINK, TASK_LINK_TEXT, view.page_url),) if view.page_url and is_open else (),
        body=_remarks(view),
        hint=_hint(view) if is_open else _ending(view),
        buttons=tuple(_button(view, verb) for verb in view.actions if verb in BUTTONS) if is_open else (),
    )


def amount_words(view: ApprovalView) -> str:
    """Return `5,000.01 元（原批准 4,800 元，已上调）`, or nothing where it is not about money."""
    if view.amount_fen is None:
        return ""
    amount = grouped_yuan(view.amount_fen)
    if view.before_fen is None or view.before_fen == view.amount_fen:
        return AMOUNT.format(amount=amount)
    words = RAISED if view.amount_fen > view.before_fen else LOWERED
    return words.format(amount=amount, before=grouped_yuan(view.before_fen))


def tally(view: ApprovalView) -> str:
    """Return `已同意 3/10：王、李、赵；待审批：…；缺席：…`, short for a phone; empty for one approver."""
    seats = [seat for seat in view.seats if seat.state not in _OUT]
    if len(seats) < 2 or view.opinion_for:
        return ""
    named = NAMED if len(seats) <= SMALL_ROUND else NAMED_OF_MANY
    agreed = [seat for seat in seats if seat.state == "agreed"]
    head = TALLY.get(view.mode, TALLY["all"]).format(
        agreed=len(agreed), total=len(seats), needs=view.needs or len(seats)
    )
    parts = [TALLY_NAMES.format(label=head, names=_names(agreed, named)) if agreed else head]
    for state, label in TALLY_GROUP.items():
        those = [seat for seat in view.seats if seat.state == state]
        if those:
            parts.append(TALLY_NAMES.format(label=label, names=_names(those, named)))
    return "；".join(parts)


def _names(seats: list[Seat], most: int) -> str:
    names = "、".join(seat.name for seat in seats[:most])
    return names if len(seats) <= most else TALLY_MORE.format(names=names, count=len(seats))


def _fields(view: ApprovalView, is_open: bool) -> Iterator[tuple[str, str]]:
    yield LABEL_AMOUNT, amount_words(view)
    yield LABEL_REASON, view.reason
    yield LABEL_PRINCIPAL, FOR_PRINCIPAL.format(name=view.principal) if view.principal else ""
    yield LABEL_INITIATOR, view.initiator
    if is_open and view.due_at is not None:
        yield LABEL_DUE, UNTIL.format(time=local_time(view.due_at)) + (LATE_MARK if view.late else "")
    yield LABEL_NODE, view.node
    yield LABEL_TALLY, tally(view)
    yield from view.fields
    yield LABEL_FILES, FILES.format(count=view.files) if view.files else ""
    yield LABEL_WHY, view.why


def _remarks(view: ApprovalView) -> str:
    """Return what was said, by approvers and others, the newest last."""
    seats = [(seat.at, seat.name, seat.comment) for seat in view.seats if seat.comment and seat.at]
    others = [(remark.at, remark.name, remark.text) for remark in view.remarks]
    lines = dict.fromkeys((name, text) for _, name, text in sorted([*seats, *others]))
    if not lines:
        return ""
    said = [SAID.format(name=name, text=_short(text)) for name, text in lines]
    left = len(said) - REMARKS_SHOWN
    more = [REMARKS_MORE.format(count=left)] if left > 0 else []
    return "\n".join([REMARKS_TITLE, *more, *said[-REMARKS_SHOWN:]])


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= REMARK_CHARS else line[:REMARK_CHARS] + "…"


def _state(view: ApprovalView) -> str:
    if view.decided in ("", "cancelled") and view.ended in ("withdrawn", "terminated"):
        return STATE_LABEL[view.ended]
    return STATE_LABEL.get(view.decided or "cancelled", OTHER_STATE)


def _is_back(view: ApprovalView) -> bool:
    """Return whether it was sent back to whoever asked, and is theirs to change."""
    return "resubmit" in view.actions


def _tone(view: ApprovalView, is_open: bool) -> Tone:
    if is_open:
        return Tone.DANGER if view.late else Tone.WARNING
    return _TONE.get(view.decided, Tone.NEUTRAL)


def _hint(view: ApprovalView) -> str:
    if not view.actions:
        return OPEN_HINT_PLAIN
    if _is_back(view):
        return BACK_HINT
    if view.opinion_for:
        return OPINION_HINT.format(name=view.opinion_for)
    return LATE_HINT if view.late else OPEN_HINT


def _ending(view: ApprovalView) -> str:
    """Return by whom and when it ended, in ordinary words."""
    if view.decided in BY:
        by, comment = view.decided_by or SOMEBODY, COMMENT.format(text=view.comment) if view.comment else ""
        said = BY[view.decided].format(by=by, comment=comment)
    else:
        said = _ended_by_others(view)
    at = view.decided_at or _seat_closed_at(view)
    when = WHEN.format(time=local_time(at)) if at is not None else ""
    end = END_LABEL.get(view.ended, "") if view.decided in BY else ""
    return f"{said}{when}。{end}" + ("。" if end else "")


def _seat_closed_at(view: ApprovalView) -> datetime | None:
    """Return when whoever ended it did so, as far as the seats tell."""
    theirs = [seat for seat in view.seats if seat.state == view.decided]
    return next((seat.at for seat in theirs if seat.name.partition("（")[0] == view.decided_by), None)


def _ended_by_others(view: ApprovalView) -> str:
    if view.ended == "withdrawn":
        return WITHDRAWN.format(by=view.decided_by or view.initiator)
    if view.ended == "terminated":
        return TERMINATED
    for state, words in (
        ("refused", REFUSED_BY_OTHER),
        ("returned", RETURNED_BY_OTHER),
        ("agreed", AGREED_BY_OTHER),
    ):
        seat = next((one for one in reversed(view.seats) if one.state == state), None)
        if seat is not None and (state != "agreed" or view.mode in ("any", "vote")):
            comment = COMMENT.format(text=_short(seat.comment)) if seat.comment else ""
            return words.format(by=seat.name, comment=comment)
    return ENDED_ANYHOW


def _button(view: ApprovalView, verb: str) -> Button:
    label, words = BUTTONS[verb]
    action = CardAction(f"approval.{verb}", view.task_id, view.version)
    return Button(label, action, words.format(number=view.number), _STYLE.get(verb, ButtonStyle.DEFAULT))
