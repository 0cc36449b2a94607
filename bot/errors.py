"""Refusals of the conversation itself."""

from domain.kernel.errors import DomainError


class NotUnderstood(DomainError):
    """“{words}”需要带上完整内容才能执行，例如：{example}。回复“我的工单”或“进度”可查看工单号。"""

    code = "not_understood"


class NothingOffered(DomainError):
    """现在没有等您答复的工单。回复“我的工单”可查看您手上的工单。"""

    code = "nothing_offered"


class SeveralOffers(DomainError):
    """有 {count} 张工单在等您答复，请带上工单号再说一次，例如：{lines}。"""

    code = "several_offers"
