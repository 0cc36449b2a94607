"""The escalation statement of a day: what was due, what was fired, and why something was late.

Source: docs/reference/sla.md, rule SLA-17
"""

from datetime import date, datetime, time, timedelta

from domain.kernel.localtime import CHINA
from domain.policies.ports import EveryUnitOfWork
from domain.sla.views import StatementView

LATE_S = 60


def statement_view(day: date, at: datetime, uow: EveryUnitOfWork) -> StatementView:
    """Return the account of one day in China, until now where it is not over."""
    begins = datetime.combine(day, time(), CHINA)
    ends = min(begins + timedelta(days=1), at)
    return uow.sla.statement(f"{day.month}月{day.day}日", begins, ends, LATE_S)
