"""Cards of the work in the field: what is waited for, who takes over, where words belong, who is where."""

from uuid import UUID

from cards.spec import Button, ButtonStyle, Card, CardAction, Link, Note, Tone
from cards.text_field import (
    BOARD_EMPTY,
    BOARD_ETA,
    BOARD_FREE,
    BOARD_LINE,
    BOARD_MORE,
    BOARD_STATE,
    BOARD_TITLE,
    HOLD_CHOICE,
    HOLD_HINT,
    HOLD_TITLE,
    HOLD_WORDS,
    MEDIUM_NAME,
    REASSIGN_HINT,
    REASSIGN_NOBODY,
    REASSIGN_TITLE,
    REASSIGN_WORDS,
    WORDS_HINT,
    WORDS_IGNORE,
    WORDS_MEDIA,
    WORDS_TITLE,
    WORDS_TO_CUSTOMER,
    WORDS_TO_NOTE,
    WORDS_TO_ORDER,
    WORDS_WHICH,
)
from cards.text_staff_pages import BOARD_LABEL, BOARD_LINK
from domain.kernel.localtime import local_time
from domain.kernel.messages import Message
from domain.policies.board import FieldBoardView, TechnicianLine

SHOWN_CHARS = 200
TAIL_DIGITS = 4


class OrderRef(Message):
    """A work order as buttons need it."""

    work_order_id: UUID
    number: str
    version: int


class HoldChoicesView(OrderRef):
    """A work order that shall wait, and nobody said for what."""


class CandidateLine(Message):
    """Somebody who may take over, and why."""

    person_id: UUID
    name: str
    reason: str


class CandidatesView(OrderRef):
    """A work order that shall go to somebody else, best first."""

    candidates: tuple[CandidateLine, ...]


class HeldWordsView(Message):
    """Words or files of a technician that belong somewhere; `orders` are where they may."""

    kinds: tuple[str, ...]
    text: str
    orders: tuple[OrderRef, ...]


def hold_choices(view: HoldChoicesView) -> Card:
    """Ask what a work order waits for."""
    buttons = tuple(
        Button(
            label=label,
            action=_action(view, "wo.hold", reason.value),
            words=HOLD_WORDS.format(number=view.number, reason=label),
        )
        for reason, label in HOLD_CHOICE.items()
    )
    return Card(
        title=HOLD_TITLE.format(number=view.number), tone=Tone.WARNING, hint=HOLD_HINT, buttons=buttons
    )


def candidates(view: CandidatesView) -> Card | Note:
    """Ask who takes a work order over."""
    if not view.candidates:
        return Note(REASSIGN_NOBODY.format(number=view.number))
    return Card(
        title=REASSIGN_TITLE.format(number=view.number),
        tone=Tone.WARNING,
        fields=tuple((one.name, one.reason) for one in view.candidates),
        hint=REASSIGN_HINT.format(number=view.number),
        buttons=tuple(
            Button(
                label=one.name,
                action=_action(view, "wo.reassign", one.person_id.hex),
                words=REASSIGN_WORDS.format(number=view.number, name=one.name),
            )
            for one in view.candidates
        ),
    )


def held_words(view: HeldWordsView) -> Card:
    """Ask where words or files of a technician belong."""
    what = "、".join(dict.fromkeys(MEDIUM_NAME.get(kind, MEDIUM_NAME["file"]) for kind in view.kinds))
    text = view.text or WORDS_MEDIA.format(what=what)
    only = view.orders[0] if len(view.orders) == 1 else None
    chosen = [(WORDS_TO_NOTE, only)] if only else [(_short(one.number), one) for one in view.orders]
    buttons = [
        Button(
            label=label,
            action=_action(one, "said.note"),
            words=f"进展 {one.number} {view.text}".strip(),
            style=ButtonStyle.PRIMARY,
        )
        for label, one in chosen
    ]
    if only:
        buttons.append(
            Button(
                label=WORDS_TO_CUSTOMER,
                action=_action(only, "said.tell"),
                words=f"告诉客户 {only.number} {view.text}".strip(),
            )
        )
    drop = _action(view.orders[0], "said.drop")
    return Card(
        title=WORDS_TITLE if only else WORDS_WHICH,
        fields=tuple(("工单", one.number) for one in view.orders),
        body=text if len(text) <= SHOWN_CHARS else text[:SHOWN_CHARS] + "…",
        hint=WORDS_HINT,
        buttons=(*buttons, Button(label=WORDS_IGNORE, action=drop, words="算了")),
    )


def field_board(view: FieldBoardView) -> Note:
    """Show every technician with what they are at."""
    links = (Link(BOARD_LABEL, BOARD_LINK, view.page_url),) if view.page_url else ()
    if not view.lines and not view.free:
        return Note(BOARD_EMPTY, links=links)
    lines = [BOARD_TITLE.format(at=local_time(view.at)), *(_board_line(line) for line in view.lines)]
    if view.left_out:
        lines.append(BOARD_MORE.format(count=view.left_out))
    if view.free:
        lines.append(BOARD_FREE.format(names="、".join(view.free)))
    return Note("\n".join(lines), links=links)


def _board_line(line: TechnicianLine) -> str:
    jobs = (
        BOARD_LINE.format(
            number=job.number,
            state=BOARD_STATE[job.status],
            eta=BOARD_ETA.format(eta=local_time(job.eta_at)) if job.eta_at else "",
            since=local_time(job.since),
        )
        for job in line.jobs
    )
    return f"{line.name}：" + "；".join(jobs)


def _short(number: str) -> str:
    return WORDS_TO_ORDER.format(tail=number[-TAIL_DIGITS:])


def _action(order: OrderRef, verb: str, choice: str = "") -> CardAction:
    return CardAction(verb, order.work_order_id, order.version, choice)
