"""Refusals about processes and approvals."""

from domain.kernel.errors import DomainError


class ProcessNotFound(DomainError):
    """没有“{name}”这个流程。请从这些里选一个发起：{known}。"""

    code = "process_not_found"


class DefinitionWrong(DomainError):
    """流程“{title}”有 {count} 处问题，请先改好：{lines}"""

    code = "definition_wrong"


class PublishedMeanwhile(DomainError):
    """{by} 刚刚发布了“{title}”第 {version} 版，您的修改是基于第 {based_on} 版的，没有发布。请先核对差异：fixloop process diff {name}，再重新发布。"""

    code = "published_meanwhile"


class VersionNotFound(DomainError):
    """流程“{name}”没有第 {version} 版，请从第 1 到 {newest} 版里选一个。"""

    code = "version_not_found"


class InstanceNotMovable(DomainError):
    """{number} 不能换到“{title}”第 {version} 版，没有任何改动：{why}。它会继续按第 {from_version} 版走完；要换版请等它走过有差异的节点再试。"""

    code = "instance_not_movable"


class AmountChanged(DomainError):
    """{number} 的金额在您看到这张卡片之后改成了 {amount}，您的同意没有生效。请核对新卡片上的金额，再决定。"""

    code = "amount_changed"


class AmountMissing(DomainError):
    """“{title}”要用数字写明金额，没有做任何改动，例如：{words} 3000元 {reason}。"""

    code = "amount_missing"


class AmountZero(DomainError):
    """“{title}”的金额要大于 0 元，没有做任何改动，例如：{words} 3000元 {reason}。"""

    code = "amount_zero"


class NudgedAlready(DomainError):
    """{number} 在 {time} 已经催办过，没有重复发送。半小时后还没有审批，请再催一次。"""

    code = "nudged_already"


class WaitsForApproval(DomainError):
    """工单 {number} 正在等“{node}”（{waits_for}），通过后才能{step}。需要加快可以回复：催办 {number}。"""

    code = "waits_for_approval"


class AbsenceWrong(DomainError):
    """{why}。例如：请假 12-01 到 12-03 代理人 王强。"""

    code = "absence_wrong"


class NoApprovals(DomainError):
    """没有等您审批的“{number}”。回复“待我审批”查看全部。"""

    code = "no_approvals"
