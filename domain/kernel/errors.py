"""Refusals: understood, but not possible. The docstring of each class is what the user reads."""

import inspect
from typing import Any, ClassVar


class DomainError(Exception):
    """这个操作现在不能执行。"""

    code: ClassVar[str] = "refused"

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.code)
        self.facts = facts

    @property
    def message(self) -> str:
        """Return the Chinese sentence for the user, with the facts filled in."""
        return (inspect.getdoc(type(self)) or "").format_map(self.facts)


class NotFound(DomainError):
    """没有找到“{what}”。请核对后重试，回复“帮助”可查看可用的说法。"""

    code = "not_found"


class NotPermitted(DomainError):
    """您没有权限执行“{action}”。如需权限，请联系管理员。"""

    code = "not_permitted"


class ConcurrentUpdate(DomainError):
    """刚刚有人改动了同一条记录，请查看最新状态后再试一次。"""

    code = "concurrent_update"
