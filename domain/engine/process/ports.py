"""What the engine asks of its owner: formulas, and who people are."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from domain.engine.process.definition import Assign


class Condition(Protocol):
    """A formula that was read."""

    def holds(self, data: Mapping[str, Any]) -> bool:
        """Tell whether it is true of the data; must not fail for a missing field."""

    def sentence(self) -> str:
        """Return it as a Chinese sentence."""

    def trace(self, data: Mapping[str, Any]) -> tuple[tuple[str, object], ...]:
        """Return the fields it looks at with their values, as JSON values."""


Compile = Callable[[str], Condition]
"""Read a formula, or raise a ValueError with `.message` (Chinese) and `.column` (from 1, or None)."""


class Directory(Protocol):
    """What the owner knows of people; the same question in one step has the same answer."""

    def people(self, who: Assign, data: Mapping[str, Any], initiator: str) -> tuple[str, ...]:
        """Return everybody an assignment means, in a stable order."""

    def substitute(self, person: str, now: datetime) -> str | None:
        """Return who stands in for somebody who is absent now, else None."""

    def manager(self, person: str) -> str | None:
        """Return somebody's manager."""

    def active(self, person: str) -> bool:
        """Tell whether somebody still belongs to the firm."""

    def admins(self) -> tuple[str, ...]:
        """Return who decides where nobody else can."""
