"""What just happened to a work order, in one line from one viewer's side."""

from uuid import UUID

from domain.kernel.localtime import local_time
from domain.policies.ports import EveryUnitOfWork
from domain.policies.views import name_of_actor
from domain.workorder.closing_events import (
    WorkOrderClosed,
    WorkOrderRated,
    WorkOrderReopened,
    WorkOrderSettled,
    WorkRejected,
    WorkSignedOff,
)
from domain.workorder.events import (
    AssetCorrected,
    DecisionAwaited,
    OfferExpired,
    OfferExtended,
    PriorityChanged,
    ReporterJoined,
    TechniciansRecommended,
    WorkOrderAccepted,
    WorkOrderCancelled,
    WorkOrderDeclined,
    WorkOrderEvent,
    WorkOrderLeftUnassigned,
    WorkOrderMerged,
    WorkOrderOffered,
    WorkOrderRecalled,
)
from domain.workorder.field_events import (
    ReportAmended,
    TechnicianArrived,
    TechnicianDeparted,
    WorkCompleted,
    WorkOrderHeld,
    WorkOrderResumed,
    WorkStarted,
)
from domain.workorder.handlers.closing import is_reporter


def remark(event: WorkOrderEvent, viewer: UUID | None, uow: EveryUnitOfWork) -> str:
    """Return the line for a technician, or for the service desk when `viewer` is None."""
    if viewer is not None:
        return _for_technician(event, viewer) or _after_acceptance(event, uow)
    return _of_offering(event, uow) or _in_the_field(event, uow) or _after_acceptance(event, uow)


def _of_offering(event: WorkOrderEvent, uow: EveryUnitOfWork) -> str:
    match event:
        case DecisionAwaited(decided=decided, comment=comment) if decided:
            return f"{decided}：{comment}" if comment else decided
        case WorkOrderOffered(from_id=None):
            return f"已派给 {uow.name_of(event.technician_id)}（{event.reason}），等待接单"
        case WorkOrderOffered():
            return (
                f"已从 {uow.name_of(event.from_id)} 转给 {uow.name_of(event.technician_id)}"
                f"（{event.reason}），等待接单"
            )
        case TechniciansRecommended():
            return f"请在推荐的 {len(event.candidates)} 位技师中选择" + (
                f"（规则：{event.rule}）" if event.rule else ""
            )
        case WorkOrderAccepted():
            return f"{uow.name_of(event.assignee_id)} 已接单"
        case WorkOrderDeclined():
            return f"{uow.name_of(event.technician_id)} 已拒单：{event.reason}"
        case OfferExpired():
            return f"{uow.name_of(event.technician_id)} 超时未接单"
        case WorkOrderRecalled():
            return f"已从 {uow.name_of(event.technician_id)} 收回：{event.reason}"
        case OfferExtended():
            return f"卡片还没有送达 {uow.name_of(event.technician_id)}，已延长接单时限"
        case WorkOrderLeftUnassigned():
            return event.reason or f"已问过 {event.asked} 位技师，没有人可派了，请调度员指定"
        case WorkOrderCancelled():
            return f"{_canceller(event, uow)}已取消" + (f"：{event.reason}" if event.reason else "")
        case WorkOrderMerged():
            return f"已合并到工单 {event.into_number}"
        case AssetCorrected():
            return f"客户更正了设备：{event.after}"
        case PriorityChanged():
            return f"优先级由 {event.before} 改为 {event.after}：{event.reason}"
        case ReporterJoined():
            return "又有一位客户反映同一故障，进展会一并告知"
    return ""


def _in_the_field(event: WorkOrderEvent, uow: EveryUnitOfWork) -> str:
    match event:
        case TechnicianDeparted():
            eta = f"，预计 {local_time(event.eta_at)} 到" if event.eta_at else ""
            return f"{uow.name_of(event.assignee_id)} 已出发{eta}{_late(event)}"
        case TechnicianArrived():
            far = f"（距现场 {event.distance_m} 米，请核实）" if event.far else ""
            skipped = "（没有点“出发”）" if event.skipped_departure else ""
            return f"{uow.name_of(event.assignee_id)} 已到达{far}{skipped}{_late(event)}"
        case WorkStarted():
            return f"{uow.name_of(event.assignee_id)} 开始处理{_late(event)}"
        case WorkCompleted():
            return f"{uow.name_of(event.assignee_id)} 已完工，等待客户验收{_late(event)}"
    return ""


def _after_acceptance(event: WorkOrderEvent, uow: EveryUnitOfWork) -> str:
    match event:
        case WorkOrderHeld():
            return f"挂起：{event.note}" if event.note else "已挂起"
        case WorkOrderResumed():
            return "已恢复"
        case ReportAmended():
            void = "原验收和签字" if event.voided_signer else "原验收"
            again = f"，{void}不再有效，已请客户重新验收" if event.was_signed else ""
            return f"服务报告已更正（第 {event.version} 版）{again}"
        case WorkSignedOff():
            return "客户已验收" if event.by_customer else f"免客户验收：{event.skip_reason}"
        case WorkRejected():
            return f"客户第 {event.times} 次验收不通过：{event.reason}"
        case WorkOrderSettled():
            return "结算已更正" if event.before_payer else "已结算"
        case WorkOrderRated():
            return f"客户评价 {event.score} 分"
        case WorkOrderClosed():
            return f"已关单（免回访：{event.skip_reason}）" if event.skip_reason else "已关单"
        case WorkOrderReopened():
            return f"重新打开：{event.reason}"
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
        case WorkOrderRecalled():
            return f"{event.reason}，您不用再处理" if event.technician_id == viewer else "正在重新派工"
        case WorkOrderLeftUnassigned() | TechniciansRecommended():
            return "由调度员安排，您不用再处理"
        case WorkOrderCancelled():
            return f"工单已取消{f'（{event.reason}）' if event.reason else ''}，您不用再处理"
        case WorkOrderMerged():
            return f"已合并到工单 {event.into_number}，这张不用再处理"
        case TechnicianArrived(far=True):
            return f"已到达；定位距现场 {event.distance_m} 米，请核对地址"
        case WorkCompleted():
            return "已完工，等待客户验收"
        case AssetCorrected():
            return f"客户更正了设备：{event.after}"
        case PriorityChanged():
            return f"优先级改为 {event.after}：{event.reason}"
    return ""


def _canceller(event: WorkOrderCancelled, uow: EveryUnitOfWork) -> str:
    order = uow.work_orders.get(event.work_order_id)
    if is_reporter(event.actor_id, order, uow):
        return "客户"
    name = name_of_actor(event.actor_id, uow)
    return f"{name} " if name else ""


def _late(event: TechnicianDeparted | TechnicianArrived | WorkStarted | WorkCompleted) -> str:
    """Return when it is said to have happened, where it was recorded noticeably later."""
    if not event.backfilled or event.claimed_at is None:
        return ""
    return f"（补录，实际 {local_time(event.claimed_at)}）"
