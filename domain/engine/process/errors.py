"""Why an instance refuses a command; the docstring of each class is what the user reads."""

from domain.kernel.errors import DomainError

DECISIONS = {
    "agreed": "同意",
    "refused": "拒绝",
    "returned": "退回",
    "resubmitted": "重新提交",
    "cancelled": "取消",
    "removed": "减签",
    "claimed": "认领",
    "withdrawn": "撤回",
    "terminated": "终止",
    "again": "改为重新审批",
    "jump": "跳转",
    "revisit": "退回上一步骤",
    "taken_back": "拿回",
}
STATUSES = {
    "approved": "已通过",
    "refused": "已被拒绝",
    "withdrawn": "已撤回",
    "done": "已办结",
    "terminated": "已终止",
    "running": "进行中",
}


class TaskGone(DomainError):
    """该任务已由 {by} {outcome}，没有重复处理。请查看最新的待办。"""

    code = "task_gone"


class TaskUnknown(DomainError):
    """没有找到这个审批任务，它可能已经失效。请查看最新的待办。"""

    code = "task_unknown"


class NotYourTask(DomainError):
    """这个任务由 {assignee} 处理，您不能代为操作。需要推进请催办。"""

    code = "not_your_task"


class NotYourTurn(DomainError):
    """还没有轮到您处理“{title}”，请等前面的人处理，之后会通知您。"""

    code = "not_your_turn"


class ResubmitOnly(DomainError):
    """申请已退回给您，只能修改后重新提交，或者撤回。"""

    code = "resubmit_only"


class OpinionOnly(DomainError):
    """您受委派提供意见，请回复同意或拒绝；退回和加签由委派人决定。"""

    code = "opinion_only"


class InstanceOver(DomainError):
    """这个流程{status}，不能再操作。如需继续，请重新发起。"""

    code = "instance_over"


class CommentMissing(DomainError):
    """“{action}”需要写明原因，请补充后再提交。"""

    code = "comment_missing"


class UnknownTarget(DomainError):
    """不能到“{target}”：没有这个节点，或者流程还没有经过它。请选择前面的节点。"""

    code = "unknown_target"


class NotInitiator(DomainError):
    """只有发起人 {initiator} 可以{action}，请联系发起人。"""

    code = "not_initiator"


class NotReturned(DomainError):
    """这个流程没有退回给发起人，不需要重新提交，请等待审批。"""

    code = "not_returned"


class PersonGone(DomainError):
    """{person} 已离职或停用，请选择其他人。"""

    code = "person_gone"


class SamePerson(DomainError):
    """任务已经在 {person} 手上，请选择其他人。"""

    code = "same_person"


class SelfApproval(DomainError):
    """发起人 {person} 不能审批自己的申请，请选择其他人。"""

    code = "self_approval"


class AlreadyAsked(DomainError):
    """{person} 已经是本节点的审批人，请选择其他人。"""

    code = "already_asked"


class TooManyApprovers(DomainError):
    """一个节点最多 {limit} 个审批人，请减少加签。"""

    code = "too_many_approvers"


class AddedTooDeep(DomainError):
    """加签和委派最多套 {limit} 层，请直接同意或拒绝，或者转交给合适的人。"""

    code = "added_too_deep"


class NotAdded(DomainError):
    """只能减去由您加签的审批人，请由加签的人操作。"""

    code = "not_added"


class NothingToTakeBack(DomainError):
    """不能拿回：后面已经有人处理，或者后续动作已经执行。需要改动请联系现在的处理人退回。"""

    code = "nothing_to_take_back"


class NotClaimable(DomainError):
    """“{title}”不是或签，或者只有您一人，不需要认领，请直接处理。"""

    code = "not_claimable"


class StepBlocked(DomainError):
    """现在还不能进行这一步，请先完成：{titles}。"""

    code = "step_blocked"


class NobodyToAsk(DomainError):
    """“{title}”找不到审批人，也没有可用的管理员。请联系管理员检查流程和人员设置。"""

    code = "nobody_to_ask"
