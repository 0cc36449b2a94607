"""The table of dispatch rules."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from domain.dispatching.rules import DispatchMode
from domain.kernel.model import Base


class DispatchRule(Base):
    """One row of the rule table; of several that fit, the one with the lowest position counts.

    A condition is empty, or holds what fits, several joined by `;`.

    Args:
        asset_kind: code or name of the kind of machine.
        when: a formula that must hold as well; empty asks nothing. Only an import writes it, checked.
        skill: what a technician must know; empty asks nothing.
        offer_timeout_s: how long a technician has to answer; None for the setting.

    Source: docs/reference/work-order-lifecycle.md, rules DI-2 and DI-7.
    """

    __tablename__ = "dispatch_rule"

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    type: Mapped[str] = mapped_column(String(200), default="")
    customer_level: Mapped[str] = mapped_column(String(200), default="")
    region: Mapped[str] = mapped_column(String(200), default="")
    asset_kind: Mapped[str] = mapped_column(String(200), default="")
    priority: Mapped[str] = mapped_column(String(20), default="")
    when: Mapped[str] = mapped_column(Text, default="")
    mode: Mapped[str] = mapped_column(String(10))
    skill: Mapped[str] = mapped_column(String(100), default="")
    offer_timeout_s: Mapped[int | None] = mapped_column(default=None)

    @property
    def how(self) -> DispatchMode:
        """Return the mode as its enumeration."""
        return DispatchMode(self.mode)
