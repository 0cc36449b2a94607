"""Refusals about time."""

from domain.kernel.errors import DomainError


class NothingRuns(DomainError):
    """工单 {number} 现在没有在计时的时限，不需要提醒。回复“进度 {number}”可查看最新情况。"""

    code = "nothing_runs"


class MuteTooLong(DomainError):
    """静音最长 {days} 天，请换一个更近的时间，例如：静音 {number} 2小时。"""

    code = "mute_too_long"


class NotMuted(DomainError):
    """工单 {number} 没有静音，提醒照常发送。要静音请回复：静音 {number} 2小时。"""

    code = "not_muted"


class NothingPublished(DomainError):
    """还没有发布时限规则，请管理员执行 fixloop sla publish。"""

    code = "nothing_published"
