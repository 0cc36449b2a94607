"""One request for whoever asked: where it stands, who decided what, and what was said."""

from collections.abc import Iterator

from cards.approval_lists import about, names_shown
from cards.spec import Note
from cards.text_approval import (
    COMMENT,
    OTHER_STATE,
    REMARKS_TITLE,
    REQUEST_BACK_HOW,
    REQUEST_HEAD,
    REQUEST_ORDER,
    REQUEST_REASON,
    REQUEST_RUNS_HOW,
    REQUEST_STEP,
    REQUEST_WAITS,
    SAID,
    STATE_LABEL,
    STATUS_LABEL,
    WHEN,
)
from domain.approval.views import RequestStep, RequestView
from domain.kernel.localtime import local_time

STEPS_SHOWN = 10
REMARKS_SHOWN = 5
CHARS_SHOWN = 100


def request(view: RequestView) -> Note:
    """Say where a request stands, first of all whether it was agreed to."""
    return Note("\n".join(_lines(view)))


def _lines(view: RequestView) -> Iterator[str]:
    if view.lead:
        yield view.lead
    waits = REQUEST_WAITS.format(names=names_shown(view.waits_for)) if view.status == "running" else ""
    yield REQUEST_HEAD.format(
        about=about(view.title, view.number, view.amount_fen),
        order=REQUEST_ORDER.format(number=view.order_number) if view.order_number else "",
        status=STATUS_LABEL[view.status],
        waits=waits if view.waits_for else "",
        time=WHEN.format(time=local_time(view.ended_at)) if view.ended_at is not None else "",
    )
    if view.reason:
        yield REQUEST_REASON.format(reason=_short(view.reason))
    yield from map(_step, view.steps[-STEPS_SHOWN:])
    if view.remarks:
        yield REMARKS_TITLE
        yield from (
            SAID.format(name=one.name, text=_short(one.text)) for one in view.remarks[-REMARKS_SHOWN:]
        )
    if view.status == "returned":
        yield REQUEST_BACK_HOW.format(number=view.number)
    elif view.status == "running":
        yield REQUEST_RUNS_HOW.format(number=view.number)


def _step(step: RequestStep) -> str:
    return REQUEST_STEP.format(
        node=step.node,
        name=step.name,
        state=STATE_LABEL.get(step.state, OTHER_STATE),
        comment=COMMENT.format(text=_short(step.comment)) if step.comment else "",
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= CHARS_SHOWN else line[:CHARS_SHOWN] + "…"
