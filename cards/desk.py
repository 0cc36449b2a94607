"""What the service desk is shown: the pool, the choice of a technician, a registration to confirm."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from pydantic import Field

from cards.sections import Section, in_one_message, short
from cards.spec import Button, ButtonStyle, Card, CardAction, Note, Tone
from cards.text import HOLD_LABEL, PRIORITY_LABEL, STATUS_LABEL
from cards.text_desk import (
    FOR_DAYS,
    FOR_HOURS,
    FOR_MINUTES,
    MERGE_ANYWAY,
    MERGE_DIFFERS,
    MERGE_HINT,
    MERGE_TITLE,
    MERGE_WORDS,
    NEW_CALLER,
    NO_CANDIDATES,
    PICK,
    PICKER_HINT,
    PICKER_TITLE,
    POOL_DESK,
    POOL_EMPTY,
    POOL_HOW,
    POOL_NEXT,
    POOL_OVERDUE,
    POOL_TITLE,
    REGISTER_ANEW,
    REGISTER_HINT,
    REGISTER_JOIN,
    REGISTER_NO_ADDRESS,
    REGISTER_REOPEN,
    REGISTER_SAME,
    REGISTER_SAME_ENDED,
    REGISTER_TITLE,
)
from domain.kernel.localtime import local_time
from domain.kernel.messages import Message
from domain.workorder.details import TYPE_LABEL, OrderType
from domain.workorder.pool import PoolLine, PoolView

FAULT_CHARS = 24
NAME_CHARS = 16


class CandidateView(Message):
    """One technician whom a dispatcher may choose."""

    person_id: UUID
    name: str
    reason: str


class PickerView(Message):
    """Whom a dispatcher may choose for a work order, the best first."""

    work_order_id: UUID
    number: str
    version: int
    fault: str
    candidates: tuple[CandidateView, ...]


class RegistrationView(Message):
    """A request for somebody else, to be confirmed.

    Args:
        registration_id: names this registration in its buttons.
        known: the caller is somebody we know.
        same_number, same_fault: the work order that seems to be about the same fault, or empty.
        same_running: it is not finished yet.
    """

    registration_id: UUID
    type: str
    caller: str
    mobile: str
    known: bool
    customer: str = ""
    asset: str = ""
    fault: str
    address: str = ""
    appointment: str = ""
    priority: str = Field(default="P3")
    same_number: str = ""
    same_fault: str = ""
    same_running: bool = False


class MergeDoubtView(Message):
    """Two work orders that differ in machine or place.

    Args:
        differences: `asset` or `address`, and what it is of the one and of the other.
    """

    work_order_id: UUID
    version: int
    number: str
    into_id: UUID
    into: str
    differences: tuple[tuple[str, str, str], ...]


def merge_doubt(view: MergeDoubtView) -> Card:
    """Ask once more before two work orders become one."""
    action = CardAction("wo.merge", view.work_order_id, view.version, view.into_id.hex)
    names = {"number": view.number, "into": view.into}
    return Card(
        title=MERGE_TITLE.format(number=view.number[-4:], into=view.into[-4:]),
        tone=Tone.WARNING,
        body="\n".join(
            MERGE_DIFFERS[what].format(one=one, other=other) for what, one, other in view.differences
        ),
        hint=MERGE_HINT,
        buttons=(Button(MERGE_ANYWAY, action, MERGE_WORDS.format(**names), ButtonStyle.DANGER),),
    )


def pool(view: PoolView) -> Note:
    """List one page of the pool: urgency, node, owner, age."""
    if not view.lines:
        return Note(f"{POOL_EMPTY}\n{POOL_HOW}")
    lines = tuple(_pool_line(line, view) for line in view.lines)
    wanted = f"{view.wanted} " if view.wanted else ""
    more = (POOL_NEXT.format(wanted=wanted, page=view.page + 1),) if view.more else ()
    title = f"{POOL_TITLE} {view.wanted}".strip() + (f" 第 {view.page} 页" if view.page > 1 else "")
    sections = [*(Section("", (line,)) for line in lines), Section("", more or (POOL_HOW,))]
    return Note(in_one_message(title, sections))


def picker(view: PickerView) -> Card | Note:
    """Let a dispatcher choose a technician with one tap."""
    if not view.candidates:
        title, hint = PICKER_TITLE.format(number=view.number), PICKER_HINT.format(number=view.number)
        return Note(f"{title}：{NO_CANDIDATES}\n{hint}")
    return Card(
        title=PICKER_TITLE.format(number=view.number),
        tone=Tone.INFO,
        fields=(("故障", short(view.fault, 60)),),
        body="\n".join(f"{rank}. {one.name}：{one.reason}" for rank, one in enumerate(view.candidates, 1)),
        hint=PICKER_HINT.format(number=view.number),
        buttons=tuple(
            Button(
                label=PICK.format(name=one.name)[:10],
                action=CardAction("wo.offer", view.work_order_id, view.version, one.person_id.hex),
                words=f"派单 {view.number} {one.name}",
                style=ButtonStyle.PRIMARY if not rank else ButtonStyle.DEFAULT,
            )
            for rank, one in enumerate(view.candidates)
        ),
    )


def registration(view: RegistrationView) -> Card:
    """Show what would be registered, before it is."""
    caller = " ".join(part for part in (view.caller, view.mobile) if part)
    confirm = CardAction("reg.confirm", view.registration_id, 1)
    fields: Sequence[tuple[str, str]] = (
        ("类型", TYPE_LABEL[OrderType(view.type).value]),
        ("来电人", caller + ("" if view.known else f"（{NEW_CALLER}）")),
        ("客户", view.customer),
        ("设备", view.asset),
        ("优先级", PRIORITY_LABEL.get(view.priority, "")),
        ("地址", view.address or REGISTER_NO_ADDRESS),
        ("预约", view.appointment),
    )
    return Card(
        title=REGISTER_TITLE,
        tone=Tone.INFO,
        fields=tuple((label, value) for label, value in fields if value),
        body=f"故障：{view.fault}",
        hint=_same_hint(view) if view.same_number else REGISTER_HINT,
        buttons=(
            *_same_button(view),
            Button(
                REGISTER_ANEW if view.same_number else "确认登记",
                confirm,
                "确认登记",
                ButtonStyle.DEFAULT if view.same_number else ButtonStyle.PRIMARY,
            ),
            Button("不登记", CardAction("reg.drop", view.registration_id, 1), "算了"),
        ),
    )


def _same_hint(view: RegistrationView) -> str:
    text = REGISTER_SAME if view.same_running else REGISTER_SAME_ENDED
    return text.format(number=view.same_number, fault=short(view.same_fault, 40))


def _same_button(view: RegistrationView) -> tuple[Button, ...]:
    if not view.same_number:
        return ()
    label = (REGISTER_JOIN if view.same_running else REGISTER_REOPEN).format(number=view.same_number[-4:])
    action = CardAction("reg.join", view.registration_id, 1)
    return (Button(label, action, label.partition(" ")[0], ButtonStyle.PRIMARY),)


def span_words(span: timedelta) -> str:
    """Return `35 分钟`, `6 小时` or `3 天`."""
    minutes = max(0, int(span.total_seconds()) // 60)
    if minutes < 120:
        return FOR_MINUTES.format(count=minutes)
    if minutes < 48 * 60:
        return FOR_HOURS.format(count=minutes // 60)
    return FOR_DAYS.format(count=minutes // (24 * 60))


def _pool_line(line: PoolLine, view: PoolView) -> str:
    kind = "" if line.type == OrderType.REPAIR.value else f"{TYPE_LABEL.get(line.type, line.type)} "
    held = f"（{HOLD_LABEL.get(line.hold_reason, '')}）" if line.hold_reason else ""
    late = POOL_OVERDUE if line.overdue else ""
    age = span_words(view.at - line.since)
    about = f"{short(line.customer_name, NAME_CHARS)}：{short(line.fault, FAULT_CHARS)}"
    return (
        f"{line.priority} {line.number} {kind}{STATUS_LABEL[line.status]}{held} {age}{late}"
        f"｜{line.owner or POOL_DESK}\n{about}"
        f"（{local_time(line.reported_at)} 报）"
    )
