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
    """这一步需要写明原因，例如：{example}。"""

    code = "reason_missing"


class WorkOrderNotFound(DomainError):
    """没有找到工单 {number}，或它不属于您。请核对工单号，回复“进度”可查看您的工单。"""

    code = "work_order_not_found"


class HoursOutOfRange(DomainError):
    """一次上门的工时最多 {most} 小时，“{said}”没有记录。请只填本人这次的工时再说一次，例如：工时：1.5。"""

    code = "hours_out_of_range"


class ReportIncomplete(DomainError):
    """工单 {number} 还不能完工，服务报告缺少：{missing}。请补充后再提交，例如：完工 {number} 原因：电容击穿 处理：更换电容 工时：1.5。"""

    code = "report_incomplete"


class AlreadySettled(DomainError):
    """工单 {number} 已经结算，服务报告和工时不能再改。如确需更正，请联系调度员重新打开工单。"""

    code = "already_settled"


class BackfillImpossible(DomainError):
    """补录的时间 {claimed} 不对：要在上一步（{before}）之后，也不能晚于现在。没有做任何改动，请核对后再试。"""

    code = "backfill_impossible"


class FollowUpMissing(DomainError):
    """工单 {number} 还没有回访记录，不能关单。请先回访：回访 {number} 客户满意；确实不需要回访时写明原因：关单 {number} 免回访 原因。"""

    code = "follow_up_missing"


class SkipNotPermitted(DomainError):
    """“{reason}”不是允许跳过的原因。请写其中之一：{permitted}。"""

    code = "skip_not_permitted"


class ReopenedTooLate(DomainError):
    """工单 {number} 完成已超过 {days} 天，不能再重开。请直接描述故障重新报修，我们会关联上次的记录。"""

    code = "reopened_too_late"


class AssetFixed(DomainError):
    """工单 {number} 的技师已经出发，设备不能再改。请直接告诉技师：告诉师傅 {number} 内容。"""

    code = "asset_fixed"


class ReopenCancelled(DomainError):
    """已取消的工单不能重开，请直接描述故障重新报修。工单 {number} 仍是“已取消”。"""

    code = "reopen_cancelled"


class AmountInvalid(DomainError):
    """没有看懂金额“{amount}”。请写成元，最多两位小数，例如：结算 {number} 380.50 元；不收费请写：结算 {number} 免费。"""

    code = "amount_invalid"


class MergeImpossible(DomainError):
    """不能把工单 {number} 合并到 {target}：两张工单要不同、都未完工、而且属于同一位客户。请核对工单号，例如：合并 {number} 到 WO-20260302-0008。"""

    code = "merge_impossible"


class AlreadyReporter(DomainError):
    """您已经在工单 {number} 的通知名单里，有进展会第一时间告诉您，不用重复报修。回复“进度”可随时查看。"""

    code = "already_reporter"


class NotAReporter(DomainError):
    """您不在工单 {number} 的通知名单里，没有需要撤销的关联。回复“进度”可查看您的工单。"""

    code = "not_a_reporter"


class StepTooEarly(DomainError):
    """工单 {number} 现在是“{label}”，还不能“{step}”，请先“{missing}”。如果当时忘了点，可以补录，例如：{missing} {number} 14:30。"""

    code = "step_too_early"


class RequestIncomplete(DomainError):
    """报修信息还不完整，没有建工单，请补充：{missing}。例如：13800000021 张敏 3号冷库机组不制冷。"""

    code = "request_incomplete"


class SameTechnician(DomainError):
    """工单 {number} 本来就在 {name} 手上，没有转单。要转给别人请回复：转单 {number} 技师姓名 原因。"""

    code = "same_technician"


class SignatureEmpty(DomainError):
    """签名是空的或者太短，没有提交。请在框内写下姓名后再提交。"""

    code = "signature_empty"


class SignatureLost(DomainError):
    """签名图片没有收到，没有提交。请重新签名后再提交。"""

    code = "signature_lost"


class WordsTooLate(DomainError):
    """工单 {number} 已经结束，这条消息没有转出。设备还有问题，请重新报修。"""

    code = "words_too_late"


class NothingToExpedite(DomainError):
    """工单 {number} 现在是“{label}”，不用再催。还有问题，请直接留言或重新报修。"""

    code = "nothing_to_expedite"


class ReportedTooOften(DomainError):
    """这台设备一小时内已经报修了 {count} 次，都已收到，正在处理。请稍后再来，或直接联系服务台。"""

    code = "reported_too_often"


class NoReportYet(DomainError):
    """工单 {number} 还没有服务报告。请在完工后再打开。"""

    code = "no_report_yet"


class NotSettledYet(DomainError):
    """工单 {number} 还没有结算，或费用不由您承担。如有疑问，请联系服务台。"""

    code = "not_settled_yet"
