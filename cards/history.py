"""What happened before, at the moment of a call: one message instead of a search."""

from collections.abc import Sequence

from cards.entitlement import entitlement_words
from cards.sections import Section, in_one_message, short
from cards.spec import Note
from cards.text import STATUS_LABEL
from cards.text_assets import ATTEMPT_LABEL, FIXED, INSTALLED, MORE_ORDERS, NONE_YET, REMOVED
from domain.assets.views import Attempt, FirstTimeFix, HistoryView, InstalledLine, PartChange, PastOrder
from domain.kernel.localtime import local_day
from domain.workorder.details import TYPE_LABEL
from domain.workorder.status import Status

FAULT_CHARS = 24
ATTEMPT_CHARS = 60


def history(view: HistoryView) -> Note:
    """Lay out customer, warranty, last work orders, replaced parts and what was already tried."""
    customer = view.customer_name + (f"（{view.customer_code}）" if view.customer_code else "")
    facts = [
        ("客户", customer),
        ("级别", " ".join(part for part in (view.level, view.value_note) if part)),
        ("来电人", f"{view.caller} {view.caller_mobile}".strip()),
        ("地址", view.address),
        ("设备", " ".join(part for part in (view.asset, view.asset_model) if part)),
        ("安装位置", view.site),
        ("保修", entitlement_words(view.entitlement) if view.entitlement else ""),
    ]
    orders = (*order_lines(view.orders, with_asset=not view.asset), *([MORE_ORDERS] if view.more else []))
    sections = [
        Section("", tuple(f"{label}：{value}" for label, value in facts if value)),
        Section("最近工单", orders or (NONE_YET,)),
        Section("更换备件", part_lines(view.parts)),
        Section("以前怎么处理的", attempt_lines(view.attempts)),
    ]
    return Note(in_one_message(f"查询 {short(view.looked_for, 30)}", sections))


def order_lines(orders: Sequence[PastOrder], *, with_asset: bool) -> tuple[str, ...]:
    """Return a line for each work order; an open one is marked."""
    return tuple(_order_line(order, with_asset) for order in orders)


def part_lines(parts: Sequence[PartChange]) -> tuple[str, ...]:
    """Return a line for each change of parts."""
    return tuple(
        f"· {local_day(change.at)} {short(change.text, ATTEMPT_CHARS)}（{change.number}）" for change in parts
    )


def installed_lines(installed: Sequence[InstalledLine]) -> tuple[str, ...]:
    """Return a line for each part with a serial or a batch: what is inside, and what was."""
    return tuple(
        f"· {one.part}："
        + (
            INSTALLED.format(day=local_day(one.installed_at), number=one.number)
            if one.removed_at is None
            else REMOVED.format(day=local_day(one.installed_at), until=local_day(one.removed_at))
        )
        for one in installed
    )


def attempt_lines(attempts: Sequence[Attempt]) -> tuple[str, ...]:
    """Return a line for everything that was said or done before."""
    return tuple(
        f"· {local_day(one.at)} {ATTEMPT_LABEL[one.kind]}{f'（{one.by}）' if one.by else ''}："
        f"{short(one.text, ATTEMPT_CHARS)}"
        for one in attempts
    )


def fix_words(fix: FirstTimeFix | None) -> str:
    """Return how many finished repairs were right the first time; empty before the first one."""
    if fix is None or not fix.finished:
        return ""
    return FIXED.format(**fix.model_dump())


def _order_line(order: PastOrder, with_asset: bool) -> str:
    mark = "▶" if order.open else "·"
    asset = f" {order.asset}" if with_asset and order.asset else ""
    who = f"，{order.assignee_name}" if order.assignee_name else ""
    return (
        f"{mark} {order.number} {TYPE_LABEL.get(order.type, order.type)} "
        f"{STATUS_LABEL[Status(order.status)]}{who}{asset}\n"
        f"  {local_day(order.reported_at)} {short(order.fault, FAULT_CHARS)}"
    )
