"""A digest: figures with what changed, the late work orders with a button each."""

from collections.abc import Iterable

from cards.sections import short
from cards.spec import Button, Card, CardAction, Note, Tone
from cards.text import HOLD_LABEL
from cards.text_digest import (
    ANEW,
    ATTAINED,
    ATTAINED_NONE,
    ATTAINED_ONE,
    COUNT,
    DUE_TODAY,
    EMPTY,
    FEWER,
    HOW,
    LATE_LINE,
    MONTH,
    MORE,
    NEW,
    NEW_SINCE,
    NOBODY,
    OPEN,
    OVERDUE,
    SOON_LINE,
    TITLE,
    TOP,
    TOP_ONE,
    UNASSIGNED,
    WAITING,
    WAITING_ONE,
    YESTERDAY,
)
from domain.kernel.localtime import duration, local_time
from domain.sla.digest import Attained, Block, DigestLine, DigestView, Figures
from domain.sla.wording import kind_label

BUTTONS = 6
FAULT_CHARS = 20
Field = tuple[str, str]


def digest(view: DigestView) -> Card | Note:
    """Lay out a digest; an empty one says so in one line."""
    title = TITLE.format(title=view.title, on=_day(view.on))
    if view.figures.is_empty:
        return Note(f"【{title}】{EMPTY}")
    fields = [field for block in view.blocks for field in _fields(block, view.figures, view.before)]
    late = [line for line in view.lines if line.late_s > 0]
    return Card(
        title=title,
        tone=Tone.DANGER if late else Tone.INFO,
        fields=tuple(fields),
        body="\n".join(map(_line, view.lines)),
        hint=HOW if view.lines else "",
        buttons=tuple(_button(line) for line in view.lines[:BUTTONS]),
    )


def _fields(block: Block, now: Figures, before: Figures | None) -> Iterable[Field]:
    match block:
        case Block.NEW:
            return [(NEW, NEW_SINCE.format(count=now.new, since=local_time(now.since)))]
        case Block.OVERDUE:
            return [(OVERDUE, _counted(now.overdue, before.overdue if before else None))]
        case Block.DUE_TODAY:
            return [(DUE_TODAY, COUNT.format(count=now.due_today))]
        case Block.UNASSIGNED:
            return [(UNASSIGNED, _counted(now.unassigned, before.unassigned if before else None))]
        case Block.WAITING:
            return [(WAITING, _waiting(now))] if now.waiting else []
        case Block.ATTAINMENT:
            return [
                (ATTAINED.format(label=YESTERDAY), _attained(now.yesterday)),
                (ATTAINED.format(label=MONTH), _attained(now.month)),
            ]
        case Block.TOP_FAULTS:
            tops = "，".join(
                TOP_ONE.format(name=short(name, 16), count=count) for name, count in now.top_faults
            )
            return [(TOP, tops)] if tops else []


def _counted(now: int, before: int | None) -> str:
    words = COUNT.format(count=now)
    if before is None or before == now:
        return words
    return words + (MORE if now > before else FEWER).format(count=abs(now - before))


def _waiting(now: Figures) -> str:
    reasons = sorted(now.waiting.items(), key=lambda pair: -pair[1])
    return "，".join(WAITING_ONE.format(reason=HOLD_LABEL[reason], count=count) for reason, count in reasons)


def _attained(kinds: Iterable[Attained]) -> str:
    words = [
        ATTAINED_ONE.format(
            kind=kind_label(one.kind), met=one.met, ended=one.ended, share=round(100 * one.met / one.ended)
        )
        for one in kinds
        if one.ended
    ]
    return "，".join(words) or ATTAINED_NONE


def _line(line: DigestLine) -> str:
    frame = LATE_LINE if line.late_s > 0 else SOON_LINE
    return frame.format(
        mark=ANEW if line.anew else "",
        number=line.number,
        priority=f"{line.priority} " if line.priority in ("P1", "P2") else "",
        kind=kind_label(line.kind),
        late=duration(max(line.late_s, 0)),
        due=local_time(line.due_at),
        fault=short(line.fault, FAULT_CHARS),
        owner=line.owner or NOBODY,
    )


def _button(line: DigestLine) -> Button:
    action = CardAction("digest.open", line.work_order_id, line.version)
    return Button(OPEN.format(tail=line.number[-4:]), action, f"进度 {line.number}")


def _day(on: str) -> str:
    _, month, day = on.split("-")
    return f"{int(month)}月{int(day)}日"
