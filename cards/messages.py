"""Plain messages to requesters and staff."""

from uuid import UUID

from cards.spec import Button, ButtonStyle, Card, CardAction, Link, Note, Tone
from cards.text import (
    BOUND,
    BOUND_NEXT_CUSTOMER,
    BOUND_NEXT_STAFF,
    CUSTOMER_HELP,
    DESK_HELP,
    HOLD_LABEL,
    NO_JOBS,
    NO_ORDERS,
    NODE,
    REQUESTER_NODE,
    REQUESTER_STATUS,
    ROLE_LABEL,
    STAFF_HELP,
    STATUS_LABEL,
    TECHNICIAN_HELP,
)
from cards.text_intake import CANCEL_ORDER, EXPEDITE_ORDER, RECEIPT_PHOTOS, URGED, URGED_WHO
from cards.text_pages import PAGE_LABEL, STATUS_PAGE
from cards.text_parts import PARTS_HELP, TECHNICIAN_PARTS_HELP
from cards.text_store import STORE_HELP
from domain.kernel.localtime import local_time
from domain.kernel.messages import Message
from domain.people.model import STAFF_ROLES, Role
from domain.workorder.status import Status
from domain.workorder.views import (
    JobLine,
    JobsView,
    ProgressLine,
    ProgressView,
    ReceiptView,
    VisitorView,
)

SHORT = 40
"""Characters of a fault inside a list."""
_NOT_AT_DESK = frozenset({Role.CUSTOMER, Role.TECHNICIAN, Role.STOREKEEPER})
_AT_STORE = frozenset({Role.STOREKEEPER, Role.MANAGER, Role.ADMIN})


class NoteView(Message):
    """Words that were decided as words, and the sha256 names of files that follow them."""

    text: str
    files: tuple[str, ...] = ()


class BoundView(Message):
    """Who somebody turned out to be."""

    name: str
    roles: tuple[str, ...]


class NobodyLeftView(Message):
    """A work order that no technician took."""

    number: str
    fault: str
    asked: int
    reason: str = ""


class CancelledView(Message):
    """A work order that ended early."""

    number: str
    reason: str


def note(view: NoteView) -> Note:
    """Say the words."""
    return Note(view.text, files=view.files)


def receipt(view: ReceiptView) -> Note:
    """Confirm that the fault became a work order."""
    lines = (
        f"已收到您的报修，工单号 {view.number}。",
        f"故障：{view.fault}",
        RECEIPT_PHOTOS.format(count=view.photos) if view.photos else "",
        f"状态：{STATUS_LABEL[view.status]}，{NODE[view.status]}。",
        "随时回复“进度”可查看修到哪了。",
    )
    return Note("\n".join(line for line in lines if line), links=_status_page(view.page_url))


def _status_page(url: str) -> tuple[Link, ...]:
    return (Link(PAGE_LABEL, STATUS_PAGE, url),) if url else ()


def who_comes(view: VisitorView) -> Note:
    """Say which technician comes."""
    phone = f"，电话 {view.assignee_mobile}" if view.assignee_mobile else ""
    return Note(
        f"工单 {view.number} 已接单：{view.assignee_name} 技师为您上门处理{phone}。\n"
        "技师会尽快与您联系；随时回复“进度”可查看修到哪了。"
    )


def progress(view: ProgressView) -> Card | Note:
    """Say where each work order stands and who has it; whoever reported the only one may expedite it."""
    if not view.lines:
        return Note(NO_ORDERS)
    only = view.lines[0]
    if len(view.lines) == 1 and only.work_order_id is not None and only.version is not None:
        return _own(only, only.work_order_id, only.version)
    return Note("\n\n".join(_with_page(line, view.for_customer) for line in view.lines))


def urged_words(line: ProgressLine) -> str:
    """Confirm that an urging was passed on, and say where the work stands."""
    working = line.assignee_name and line.status is not Status.ON_HOLD
    who = URGED_WHO.format(name=line.assignee_name) if working else ""
    return URGED.format(number=line.number, progress=NODE[line.status], who=who)


def bound(view: BoundView) -> Note:
    """Confirm a binding."""
    staff = any(role != Role.CUSTOMER.value for role in view.roles)
    roles = "、".join(ROLE_LABEL[role] for role in view.roles)
    return Note(
        BOUND.format(name=view.name, roles=roles, next=BOUND_NEXT_STAFF if staff else BOUND_NEXT_CUSTOMER)
    )


def jobs(view: JobsView) -> Note:
    """List a technician's work orders, what waits for an answer first."""
    if not view.lines:
        return Note(NO_JOBS)
    more = ["还有更多工单没有列出，处理完前面的再查看。"] if view.more else []
    return Note("\n\n".join([_job(line) for line in view.lines] + more))


def job_cancelled(view: CancelledView) -> Note:
    """Stop a technician who accepted."""
    reason = f"（{view.reason}）" if view.reason else ""
    return Note(f"工单 {view.number} 已取消{reason}，您不用再去了。如已出发，请与调度员联系。")


def nobody_left(view: NobodyLeftView) -> Note:
    """Ask a dispatcher to decide."""
    why = f"等待派工：{view.reason}" if view.reason else f"没有技师接单（已问 {view.asked} 位）"
    return Note(
        f"工单 {view.number} {why}，请指定技师。\n故障：{view.fault}\n回复：派单 {view.number} 技师姓名"
    )


def cancelled(view: CancelledView) -> Note:
    """Confirm a cancellation."""
    reason = f"（{view.reason}）" if view.reason else ""
    return Note(f"工单 {view.number} 已取消{reason}。如仍需维修，直接描述故障即可重新报修。")


def _job(line: JobLine) -> str:
    until = f"，请在 {local_time(line.offer_expires_at)} 前答复" if line.offer_expires_at else ""
    where = "，".join(part for part in (line.customer_name, line.contact, line.address) if part)
    return f"{line.number} {STATUS_LABEL[line.status]}{until}\n{where}\n故障：{_short(line.fault)}"


def _short(fault: str) -> str:
    return fault if len(fault) <= SHORT else fault[:SHORT] + "…"


def _own(line: ProgressLine, work_order_id: UUID, version: int) -> Card:
    title, *rest = _line(line, for_customer=True).splitlines()
    return Card(
        title=title,
        tone=Tone.INFO,
        body="\n".join(rest),
        links=_status_page(line.page_url),
        buttons=(
            Button(
                EXPEDITE_ORDER,
                CardAction("request.expedite", work_order_id, version),
                f"催一下 {line.number}",
            ),
            Button(
                CANCEL_ORDER,
                CardAction("request.withdraw", work_order_id, version),
                f"取消 {line.number}",
                ButtonStyle.DANGER,
            ),
        ),
    )


def help_words(roles: frozenset[Role]) -> str:
    """Return what somebody can say, by what they are."""
    if not roles & STAFF_ROLES:
        return CUSTOMER_HELP
    parts = (
        TECHNICIAN_HELP + TECHNICIAN_PARTS_HELP if Role.TECHNICIAN in roles else "",
        DESK_HELP if roles - _NOT_AT_DESK else "",
        STORE_HELP if roles & _AT_STORE else "",
        PARTS_HELP,
    )
    return STAFF_HELP.format(parts="".join(parts))


def _line(line: ProgressLine, for_customer: bool) -> str:
    status = REQUESTER_STATUS[line.status] if for_customer else STATUS_LABEL[line.status]
    node = REQUESTER_NODE.get(line.status, NODE[line.status]) if for_customer else NODE[line.status]
    owner = line.assignee_name or "服务台"
    phone = f"（{line.assignee_mobile}）" if line.assignee_mobile else ""
    held = f"（{HOLD_LABEL[line.hold_reason]}）" if line.hold_reason else ""
    eta = f"，预计 {local_time(line.eta_at)} 到" if line.eta_at is not None else ""
    return (
        f"工单 {line.number}：{status}\n故障：{_short(line.fault)}\n"
        f"进展：{node}{held}{eta}\n负责人：{owner}{phone}\n更新时间：{local_time(line.since)}"
    )


def _with_page(line: ProgressLine, for_customer: bool) -> str:
    page = f"\n{STATUS_PAGE}：\n{line.page_url}" if line.page_url else ""
    return _line(line, for_customer) + page
