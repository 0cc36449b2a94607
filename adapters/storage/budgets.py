"""Send budgets in the database: one row an address, one UPDATE a token."""

from datetime import datetime
from typing import Any

from sqlalchemy import case, select, update

from adapters.delivery.budget import Rate
from adapters.storage.dialect import dialect_of, insert_for, table_of
from adapters.storage.engine import Database
from adapters.storage.tables import SendBudgetRow

_BUDGET = table_of(SendBudgetRow).c


class SqlBudgets:
    """The buckets of all addresses."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(self, key: str, rate: Rate, at: datetime, needed: float) -> bool:
        """Take one token where at least `needed` are there; two replicas never take the same one."""
        at_s = at.timestamp()
        left = _refilled(rate, at_s) - 1.0
        values = {
            _BUDGET.tokens: case((left > 0.0, left), else_=0.0),
            # The clocks of two replicas may differ; a bucket never goes back in time.
            _BUDGET.as_of_s: case((_BUDGET.as_of_s > at_s, _BUDGET.as_of_s), else_=at_s),
        }
        taking = update(_BUDGET.key.table).where(_BUDGET.key == key, _refilled(rate, at_s) >= needed)
        with self._database.write() as session, session.begin():
            full = {"key": key, "tokens": float(rate.burst), "as_of_s": at_s}
            new = insert_for(dialect_of(session), SendBudgetRow).on_conflict_do_nothing()
            session.execute(new, [full])
            return session.execute(taking.values(values).returning(_BUDGET.key)).first() is not None

    def level(self, key: str, rate: Rate, at: datetime) -> float:
        """Return how many tokens there are."""
        with self._database.read() as session:
            query = select(_BUDGET.tokens, _BUDGET.as_of_s).where(_BUDGET.key == key)
            row = session.execute(query).one_or_none()
        return rate.refilled(row.tokens, at.timestamp() - row.as_of_s) if row else float(rate.burst)


def _refilled(rate: Rate, at_s: float) -> Any:
    """Return `Rate.refilled` as the database computes it."""
    elapsed = case((_BUDGET.as_of_s < at_s, at_s - _BUDGET.as_of_s), else_=0.0)
    dripped = _BUDGET.tokens + elapsed * (rate.per_minute / 60)
    return case((dripped < float(rate.burst), dripped), else_=float(rate.burst))
