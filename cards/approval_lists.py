"""Lists of approvals, and news about them in words."""

from collections.abc import Sequence

from cards.spec import Note
from cards.text_approval import (
    ABOUT,
    ABOUT_AMOUNT,
    LINE_AMOUNT,
    LINE_BACK,
    LINE_DUE,
    LINE_FOR,
    LINE_LATE,
    LINE_REASON,
    NEWS,
    NEWS_BY_LAST,
    NEWS_BY_REFUSED,
    NEWS_NODE,
    NO_REQUESTS,
    NO_TASKS,
    REQUEST_LINE,
    REQUEST_LINE_ENDED,
    REQUEST_WAITS,
    REQUESTS_HOW,
    REQUESTS_TITLE,
    SAYING,
    SOMEBODY,
    STATUS_LABEL,
    TALLY_MORE,
    TASK_FACTS,
    TASK_LINE,
    TASKS_HOW,
    TASKS_HOW_ONE,
    TASKS_MORE,
    TASKS_TITLE,
)
from domain.approval.views import ApprovalNewsView, RequestLine, RequestListView, TaskLine, TaskListView
from domain.kernel.localtime import local_time
from domain.kernel.money import grouped_yuan

REASON_CHARS = 24
NAMES_SHOWN = 4
RUNNING, RETURNED = "running", "returned"
"""Where a request still goes on; all other statuses are ends."""


def tasks(view: TaskListView) -> Note:
    """List what waits for somebody, numbered, so that the numbers may be answered with."""
    if not view.lines:
        return Note(NO_TASKS)
    lines = [_task(no, line) for no, line in enumerate(view.lines, start=1)]
    left = view.total - len(view.lines)
    more = [TASKS_MORE.format(count=left)] if left > 0 else []
    how = TASKS_HOW if len(lines) > 1 else TASKS_HOW_ONE
    return Note("\n".join([TASKS_TITLE.format(total=max(view.total, len(lines))), *lines, *more, how]))


def requests(view: RequestListView) -> Note:
    """List what somebody asked for, and for whom each waits."""
    if not view.lines:
        return Note(NO_REQUESTS)
    return Note("\n".join([REQUESTS_TITLE, *map(_request, view.lines), REQUESTS_HOW]))


def news(view: ApprovalNewsView) -> Note:
    """Say what happened to an approval, and what to do about it."""
    by_last, by_refused = (NEWS_BY_LAST, NEWS_BY_REFUSED) if view.by else ("", "")
    return Note(
        NEWS[view.news].format(
            about=about(view.title, view.number, view.amount_fen),
            subject=subject(view.title, view.number, view.amount_fen),
            number=view.number,
            by=view.by or SOMEBODY,
            by_last=by_last.format(by=view.by),
            by_refused=by_refused.format(by=view.by),
            to=view.to or SOMEBODY,
            text=view.text,
            said=SAYING.format(text=view.text) if view.text else "",
            node=NEWS_NODE.format(node=view.node) if view.node else "",
        )
    )


def about(title: str, number: str, amount_fen: int | None) -> str:
    """Return `折扣申请 SP-20261130-0001（500 元）`."""
    amount = ABOUT_AMOUNT.format(amount=grouped_yuan(amount_fen)) if amount_fen is not None else ""
    return ABOUT.format(title=title, number=number, amount=amount)


def subject(title: str, number: str, amount_fen: int | None) -> str:
    """Return the same with words to follow: no blank stands behind a bracket."""
    said = about(title, number, amount_fen)
    return said if said.endswith("）") else f"{said} "


def line_amount(amount_fen: int | None) -> str:
    """Return `，500 元`, or nothing where it is not about money."""
    return LINE_AMOUNT.format(amount=grouped_yuan(amount_fen)) if amount_fen is not None else ""


def line_reason(reason: str) -> str:
    """Return `：老客户`, short, or nothing."""
    line = " ".join(reason.split())
    short = line if len(line) <= REASON_CHARS else line[:REASON_CHARS] + "…"
    return LINE_REASON.format(reason=short) if short else ""


def names_shown(names: Sequence[str]) -> str:
    """Return `王总、李强`, or the first of many with how many there are."""
    shown = "、".join(names[:NAMES_SHOWN])
    return shown if len(names) <= NAMES_SHOWN else TALLY_MORE.format(names=shown, count=len(names))


def _task(no: int, line: TaskLine) -> str:
    head = TASK_LINE.format(no=no, title=line.title, number=line.number, amount=line_amount(line.amount_fen))
    due = LINE_DUE.format(time=local_time(line.due_at)) if line.due_at is not None else ""
    facts = TASK_FACTS.format(
        initiator=line.initiator,
        reason=line_reason(line.reason),
        for_whom=LINE_FOR.format(name=line.principal) if line.principal else "",
        due=due + (LINE_LATE if line.late else "") + (LINE_BACK if line.back else ""),
    )
    return f"{head}\n{facts}"


def _request(line: RequestLine) -> str:
    names = names_shown(line.waits_for) if line.status != RETURNED else ""
    words = REQUEST_LINE if line.status in (RUNNING, RETURNED) else REQUEST_LINE_ENDED
    return words.format(
        title=line.title,
        number=line.number,
        amount=line_amount(line.amount_fen),
        status=STATUS_LABEL[line.status],
        waits=REQUEST_WAITS.format(names=names) if names else "",
        time=local_time(line.since),
    )
