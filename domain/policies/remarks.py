"""What just happened to a work order, in one line from one viewer's side."""

from uuid import UUID

from domain.policies.ports import EveryUnitOfWork
from domain.workorder.events import (
    OfferExpired,
    OfferExtended,
    WorkOrderAccepted,
    WorkOrderCancelled,
    WorkOrderDeclined,
    WorkOrderEvent,
    WorkOrderLeftUnassigned,
    WorkOrderOffered,
)


def remark(event: WorkOrderEvent, viewer: UUID | None, uow: EveryUnitOfWork) -> str:
    """Return the line for a technician, or for the service desk when `viewer` is None."""
    return _for_desk(event, uow) if viewer is None else _for_technician(event, viewer)


def _for_desk(event: WorkOrderEvent, uow: EveryUnitOfWork) -> str:
    match event:
        case WorkOrderOffered():
            return f"已派给 {uow.name_of(event.technician_id)}（{event.reason}），等待接单"
        case WorkOrderAccepted():
            return f"{uow.name_of(event.assignee_id)} 已接单"
        case WorkOrderDeclined():
            return f"{uow.name_of(event.technician_id)} 已拒单：{event.reason}"
        case OfferExpired():
            return f"{uow.name_of(event.technician_id)} 超时未接单"
        case OfferExtended():
            return f"卡片还没有送达 {uow.name_of(event.technician_id)}，已延长接单时限"
        case WorkOrderLeftUnassigned():
            return f"已问过 {event.asked} 位技师，没有人可派了，请调度员指定"
        case WorkOrderCancelled():
            return f"已取消：{event.reason or '未写原因'}"
    return ""


def _for_technician(event: WorkOrderEvent, viewer: UUID) -> str:
    match event:
        case WorkOrderOffered():
            return "" if event.technician_id == viewer else "已派给其他技师，您不用再处理"
        case WorkOrderAccepted():
            return (
                "您已接单，请尽快联系客户" if event.assignee_id == viewer else "其他技师已接单，您不用再处理"
            )
        case WorkOrderDeclined():
            return f"您已拒单：{event.reason}" if event.technician_id == viewer else "正在重新派工"
        case OfferExpired():
            return "您未在时限内接单，工单已收回" if event.technician_id == viewer else "正在重新派工"
        case WorkOrderLeftUnassigned():
            return "由调度员安排，您不用再处理"
        case WorkOrderCancelled():
            return f"工单已取消：{event.reason or '未写原因'}，您不用再处理"
    return ""
