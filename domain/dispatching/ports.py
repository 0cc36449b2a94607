"""What dispatching needs of storage."""

from collections.abc import Sequence
from typing import Protocol

from domain.dispatching.model import DispatchRule
from domain.kernel.ports import UnitOfWork


class DispatchRules(Protocol):
    """The rule table."""

    def in_order(self) -> Sequence[DispatchRule]:
        """Return every rule, the one that counts first at the front."""


class DispatchUnitOfWork(UnitOfWork, Protocol):
    """One transaction that may ask the rule table."""

    @property
    def dispatch_rules(self) -> DispatchRules:
        """Return the rule table."""
