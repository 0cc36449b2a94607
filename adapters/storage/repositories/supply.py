"""Reorder rules, purchases and running numbers."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Engine, bindparam, select
from sqlalchemy.orm import Session

from adapters.storage.flushing import flush
from adapters.storage.numbering import next_of
from adapters.storage.repositories.counts import SqlCounts
from adapters.storage.repositories.locking import AS_IT_IS_NOW, Locked
from domain.parts.model.supply import DocumentSeries, Purchase, StockRule

_RULE = (
    select(StockRule)
    .where(StockRule.part_id == bindparam("part_id"), StockRule.place_id == bindparam("place_id"))
    .with_for_update()
)


class SqlSupply(SqlCounts):
    """The supply port on SQLAlchemy.

    Args:
        counting: what numbers are taken on, so that nobody waits for another's transaction; None where there
            is one writer anyway. See docs/adr/0017-work-order-numbers-outside-the-transaction.md.
    """

    def __init__(self, session: Session, counting: Engine | None) -> None:
        super().__init__(session)
        self._counting = counting
        self._purchases = Locked(session, Purchase, "采购单")
        self._rules: dict[tuple[UUID, UUID], StockRule | None] = {}

    def rule(self, part_id: UUID, place_id: UUID) -> StockRule | None:
        """Return the rule for a part at a place, locked, or None."""
        key = (part_id, place_id)
        if key not in self._rules:
            values = {"part_id": part_id, "place_id": place_id}
            self._rules[key] = self._session.execute(_RULE, values, execution_options=AS_IT_IS_NOW).scalar()
        return self._rules[key]

    def rules(self, limit: int) -> Sequence[StockRule]:
        """Return the rules whose part is low now, the ones that fired last first."""
        query = select(StockRule).where(StockRule.armed.is_(False))
        query = query.order_by(StockRule.fired_at.desc(), StockRule.id).limit(limit)
        return self._session.execute(query).scalars().all()

    def rules_of(self, part_id: UUID) -> Sequence[StockRule]:
        """Return every rule about a part."""
        query = select(StockRule).where(StockRule.part_id == part_id).order_by(StockRule.place_id)
        return self._session.execute(query).scalars().all()

    def add_rule(self, rule: StockRule) -> None:
        """Keep a rule, so that a purchase can refer to it."""
        self._session.add(rule)
        flush(self._session)
        self._rules[rule.part_id, rule.place_id] = rule

    def drop_rule(self, rule: StockRule) -> None:
        """Forget a rule; what it asked for stays."""
        asked = select(Purchase).where(Purchase.rule_id == rule.id)
        for purchase in self._session.execute(asked).scalars():
            purchase.rule_id = None
        flush(self._session)
        self._session.delete(rule)
        flush(self._session)
        self._rules[rule.part_id, rule.place_id] = None

    def add_purchase(self, purchase: Purchase) -> None:
        """Keep a purchase."""
        self._purchases.add(purchase.id, purchase)

    def purchase(self, purchase_id: UUID) -> Purchase:
        """Return one purchase, locked on its first reading in the transaction."""
        return self._purchases.get(purchase_id)

    def find_purchase(self, purchase_id: UUID) -> Purchase | None:
        """Return one purchase, or None, without a lock."""
        return self._purchases.find(purchase_id)

    def purchase_numbered(self, number: str) -> Purchase | None:
        """Return the purchase of a number, or None, without a lock."""
        return self._session.execute(select(Purchase).where(Purchase.number == number)).scalar()

    def purchases(self, states: Collection[str], limit: int) -> Sequence[Purchase]:
        """Return purchases in some states, oldest first."""
        query = select(Purchase).where(Purchase.state.in_(sorted(states)))
        query = query.order_by(Purchase.created_at, Purchase.number).limit(limit)
        return self._session.execute(query).scalars().all()

    def purchases_of(self, part_id: UUID, states: Collection[str]) -> Sequence[Purchase]:
        """Return purchases of a part in some states, the first expected first."""
        query = select(Purchase).where(Purchase.part_id == part_id, Purchase.state.in_(sorted(states)))
        query = query.order_by(Purchase.expected_on.is_(None), Purchase.expected_on, Purchase.number)
        return self._session.execute(query).scalars().all()

    def purchases_for(self, work_order_id: UUID) -> Sequence[Purchase]:
        """Return the purchases a job waits for."""
        query = select(Purchase).where(Purchase.work_order_id == work_order_id)
        return self._session.execute(query.order_by(Purchase.created_at, Purchase.number)).scalars().all()

    def next_number(self, kind: str, day: date) -> str:
        """Return the day's next number of a kind of document, e.g. `DB-20261130-0001`.

        On PostgreSQL the number of a transaction that is undone stays unused.
        """
        last = next_of(self._session, self._counting, DocumentSeries, kind=kind, day=day)
        return f"{kind}-{day:%Y%m%d}-{last:04d}"
