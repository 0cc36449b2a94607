"""Refusals about ratings and follow-ups."""

from domain.kernel.errors import DomainError


class ScoreOutOfRange(DomainError):
    """评分是 {lowest} 到 {highest} 的整数，您说的是“{said}”，没有记录。请重新回复，例如：{example}。"""

    code = "score_out_of_range"


class AlreadyRated(DomainError):
    """您已经为工单 {number} 打过 {score} 分，谢谢！评价提交 10 分钟后不能再改；还有想说的，请直接告诉我们。"""

    code = "already_rated"


class RatedTooEarly(DomainError):
    """工单 {number} 还没有验收，暂时不能评价。修好了请先回复：验收 {number}；没修好请回复：不通过 {number} 原因。"""

    code = "rated_too_early"


class FollowedUpTooEarly(DomainError):
    """工单 {number} 还没有验收，不用回访。请等验收后再回访，届时会自动生成回访任务。"""

    code = "followed_up_too_early"


class FollowUpDone(DomainError):
    """工单 {number} 的这次回访已经完成，不用再处理。回复“回访”可查看还有哪些待回访。"""

    code = "follow_up_done"


class FollowUpChanged(DomainError):
    """工单 {number} 的回访任务刚刚有变动，没有重复记录。请以最新卡片为准。"""

    code = "follow_up_changed"


class CannotFollowUp(DomainError):
    """{name} 不能做回访。请转给其中一位：{names}。"""

    code = "cannot_follow_up"
