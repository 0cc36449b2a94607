"""What pages refuse before anything is decided."""

from domain.kernel.errors import DomainError


class ReasonNeeded(DomainError):
    """还没有写{what}的原因，没有做任何改动。请补上再提交，例如：{example}。"""

    code = "reason_needed"


class NotOnThisPage(DomainError):
    """这个页面上没有这项内容，没有做任何改动。请刷新页面，或回到聊天里重新打开链接。"""

    code = "not_on_this_page"
