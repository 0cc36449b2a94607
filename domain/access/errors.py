"""Refusals about rights."""

from domain.kernel.errors import DomainError


class AccountInactive(DomainError):
    """您的账号已停用，没有做任何改动。如需恢复，请联系管理员。"""

    code = "account_inactive"
