"""The time line of a work order: what happened, and where the time went."""

from collections.abc import Sequence

from cards.sections import BYTES, short
from cards.spec import Note
from cards.text import HOLD_LABEL, STATUS_LABEL
from cards.text_closing import (
    CHANNEL_LABEL,
    DESK_NAME,
    FLAGS,
    HAPPENED,
    KIND_LABEL,
    LONGEST,
    NOBODY,
    NODE_LABEL,
    NOTE_KIND,
    OTHER_REPORTER,
    PARTS_WHAT,
    PAYER_LABEL,
    RESULT_LABEL,
    STEP_OUTCOME,
    TIMELINE_NEWEST,
    TIMELINE_NEXT,
    TIMELINE_PAGE,
    TIMELINE_TITLE,
    TO_LABEL,
    TOTAL_LINE,
    TOTALS_TITLE,
)
from domain.kernel.localtime import duration, local_time
from domain.sla.steps import Do
from domain.sla.wording import DO_LABEL, kind_label
from domain.workorder.details import TYPE_LABEL
from domain.workorder.timeline import REPORTER, STAFF
from domain.workorder.views import NodeTotal, TimelineLine, TimelineView

FACT_CHARS = 60
_MOST = 990
"""More pages than any work order has; room is kept for the numbers of so many."""
_LABELS = {
    ("WorkOrderHeld", "reason"): HOLD_LABEL,
    ("WorkOrderSettled", "payer"): PAYER_LABEL,
    ("WorkOrderSettled", "before_payer"): PAYER_LABEL,
    ("WorkOrderFollowedUp", "result"): RESULT_LABEL,
    ("FollowUpOwed", "kind"): KIND_LABEL,
    ("OrderTypeChanged", "before"): TYPE_LABEL,
    ("OrderTypeChanged", "after"): TYPE_LABEL,
    ("WorkOrderNoteAdded", "kind"): NOTE_KIND,
    ("WordsRelayed", "to"): TO_LABEL,
    ("JobPartsChanged", "what"): PARTS_WHAT,
    ("StepFired", "outcome"): STEP_OUTCOME,
}
_OURS = frozenset({"FollowUpOwed"})
"""What follows from somebody's doing, but is not theirs."""
_WHO = {"": NOBODY, STAFF: DESK_NAME, REPORTER: OTHER_REPORTER}


def timeline(view: TimelineView) -> Note:
    """Lay out what happened on one page, and how to read the next one; the totals stand on every page."""
    status = STATUS_LABEL[view.status]
    totals = _totals(view)
    if not view.lines:
        title = TOTALS_TITLE.format(number=view.number, status=status)
        return Note("\n".join([f"【{title}】", *totals, *_longest(view.totals, view.seconds)]))
    lines = map(line_words, view.lines)
    return Note("\n".join([f"【{_title(view)}】", *lines, *totals, *_how_to_go_on(view)]))


def paged(view: TimelineView, page: int) -> TimelineView:
    """Return one page of a time line, as many lines as fit a message; beyond the last one it is the last."""
    pages = _pages(view)
    page = min(max(page, 1), len(pages))
    return view.model_copy(update={"lines": pages[page - 1], "page": page, "pages": len(pages)})


def line_words(line: TimelineLine) -> str:
    """Return one line: when, who, through which door, what, and what is noteworthy about it."""
    done, by, flags = line_parts(line)
    return f"{local_time(line.at)} {done}（{by}）" + (f"【{flags}】" if flags else "")


def line_parts(line: TimelineLine) -> tuple[str, str, str]:
    """Return what happened, who did it through which door, and what is noteworthy about it."""
    facts = {key: short(_label(line.name, key, value), FACT_CHARS) for key, value in line.facts.items()}
    if "result" in facts:  # What was said of a call often begins with its result.
        facts["note"] = facts.get("note", "").removeprefix(facts["result"]).strip(" ，,。")
    said = "".join(part for fact, part in HAPPENED[line.name] if not fact or facts.get(fact))
    flags = "，".join(text.format(**facts) for fact, text in FLAGS if line.facts.get(fact))
    door = CHANNEL_LABEL.get(line.channel, "")
    ours = line.name in _OURS
    who = NOBODY if ours else _WHO.get(line.who, line.who)
    by = who + (f"·{door}" if door and line.who and not ours else "")
    done = said.format(**facts).removeprefix(f"{who} ")
    return done, by, flags


def _label(name: str, key: str, value: str) -> str:
    if name == "StepFired" and key == "kind":
        return kind_label(value)
    if name == "StepFired" and key == "done" and value:
        return "、".join(DO_LABEL[Do(one)] for one in value.split("、"))
    return _LABELS.get((name, key), {}).get(value, value)


def _pages(view: TimelineView) -> list[tuple[TimelineLine, ...]]:
    """Cut the lines into pages; each has room for the longest title and for how to go on."""
    full = view.model_copy(update={"page": _MOST, "pages": _MOST + 2})
    room = BYTES - _bytes([f"【{_title(full)}】", *_totals(view), *_how_to_go_on(full)])
    pages: list[list[TimelineLine]] = [[]]
    left = room
    for line in view.lines:
        size = _bytes([line_words(line)])
        if size > left and pages[-1]:
            pages.append([])
            left = room
        pages[-1].append(line)
        left -= size
    return [tuple(lines) for lines in pages]


def _title(view: TimelineView) -> str:
    title = TIMELINE_TITLE.format(number=view.number, status=STATUS_LABEL[view.status])
    return title + (TIMELINE_PAGE.format(page=view.page, pages=view.pages) if view.pages > 1 else "")


def _how_to_go_on(view: TimelineView) -> list[str]:
    if view.page >= view.pages:
        return []
    said = TIMELINE_NEXT.format(number=view.number, page=view.page + 1)
    if view.page + 1 < view.pages:
        said += TIMELINE_NEWEST.format(number=view.number, pages=view.pages)
    return [said]


def _totals(view: TimelineView) -> list[str]:
    nodes = "，".join(f"{NODE_LABEL[total.node]} {duration(total.seconds)}" for total in view.totals)
    total = TOTAL_LINE.format(total=duration(view.seconds))
    return [f"◆ {total}" + (f"：{nodes}" if nodes else "")]


def _longest(totals: Sequence[NodeTotal], seconds: int) -> list[str]:
    if not totals or not seconds:
        return []
    longest = max(totals, key=lambda total: total.seconds)
    share = round(100 * longest.seconds / seconds)
    return [LONGEST.format(node=NODE_LABEL[longest.node], time=duration(longest.seconds), share=share)]


def _bytes(lines: Sequence[str]) -> int:
    return sum(len(line.encode()) + 1 for line in lines)
