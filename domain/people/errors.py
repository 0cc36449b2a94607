"""Refusals about people."""

from domain.kernel.errors import DomainError


class MobileNotConfirmed(DomainError):
    """没能核实这个手机号属于您，所以还没有绑定。请确认号码是您在企业通讯录里登记的号码后再发一次；仍不行请联系管理员登记您的账号。"""

    code = "mobile_not_confirmed"


class MobileUnknown(DomainError):
    """系统里没有登记这个手机号。请核对后再发一次，或请管理员先把您加入人员名单。"""

    code = "mobile_unknown"
