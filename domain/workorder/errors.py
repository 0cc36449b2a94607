"""Refusals about work orders."""

from domain.kernel.errors import DomainError


class NotTheAssignee(DomainError):
    """工单 {number} 现在派给了{holder}，不需要您处理。回复“我的工单”可查看派给您的工单。"""

    code = "not_the_assignee"


class TakenByAnother(DomainError):
    """工单 {number} 已被 {holder} 接单，您不用再处理了。回复“我的工单”可查看派给您的工单。"""

    code = "taken_by_another"


class OutdatedPress(DomainError):
    """这张卡片是旧的，工单 {number} 现在是“{label}”。已为您换成最新卡片，请以新卡片为准。"""

    code = "outdated_press"


class ReasonMissing(DomainError):
    """拒单需要写明原因，例如：拒单 {number} 今天在外地，赶不回来。"""

    code = "reason_missing"


class WorkOrderNotFound(DomainError):
    """没有找到工单 {number}，或它不属于您。请核对工单号，回复“进度”可查看您的工单。"""

    code = "work_order_not_found"
