"""Refusals about messages in groups."""

from domain.kernel.errors import DomainError


class GroupCardOutdated(DomainError):
    """这条群消息刚刚已经有人处理过了，请看群里卡片的最新状态。"""

    code = "group_card_outdated"


class GroupStepNotPossible(DomainError):
    """这条群消息现在不能再这样处理，请看群里卡片的最新状态；需要报修请重新 @ 我说一次。"""

    code = "group_step_not_possible"


class NothingToLink(DomainError):
    """没有可以关联的未完工工单。需要新建请点“建工单”；知道工单号也可以在群里 @ 我回复：关联 WO-20260302-0007。"""

    code = "nothing_to_link"


class NoGroupMessage(DomainError):
    """本群没有等待处理的报修消息。请 @ 我说明哪台设备、出了什么问题。"""

    code = "no_group_message"
