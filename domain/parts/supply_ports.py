"""What the parts area needs of storage for reorder rules, purchases and counts."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from domain.parts.model.supply import CountLine, Purchase, StockCount, StockRule


class Supply(Protocol):
    """Reorder rules, purchases, counts and running numbers."""

    def rule(self, part_id: UUID, place_id: UUID) -> StockRule | None:
        """Return the rule for a part at a place, locked, or None."""

    def rules(self, limit: int) -> Sequence[StockRule]:
        """Return the rules whose part is low now, the ones that fired last first."""

    def rules_of(self, part_id: UUID) -> Sequence[StockRule]:
        """Return every rule about a part."""

    def add_rule(self, rule: StockRule) -> None:
        """Keep a rule."""

    def drop_rule(self, rule: StockRule) -> None:
        """Forget a rule; what it asked for stays."""

    def add_purchase(self, purchase: Purchase) -> None:
        """Keep a purchase."""

    def purchase(self, purchase_id: UUID) -> Purchase:
        """Return one purchase, locked on its first reading in the transaction.

        Raises:
            NotFound: there is none.
        """

    def find_purchase(self, purchase_id: UUID) -> Purchase | None:
        """Return one purchase, or None, without a lock."""

    def purchase_numbered(self, number: str) -> Purchase | None:
        """Return the purchase of a number, or None, without a lock."""

    def purchases(self, states: Collection[str], limit: int) -> Sequence[Purchase]:
        """Return purchases in some states, oldest first."""

    def purchases_of(self, part_id: UUID, states: Collection[str]) -> Sequence[Purchase]:
        """Return purchases of a part in some states, the first expected first."""

    def purchases_for(self, work_order_id: UUID) -> Sequence[Purchase]:
        """Return the purchases a job waits for."""

    def add_count(self, count: StockCount) -> None:
        """Keep a count.

        Raises:
            ConcurrentUpdate: another one of the same place runs.
        """

    def freeze(self, count: StockCount) -> int:
        """Copy the books of the count's place into its lines, and return how many these are."""

    def count(self, count_id: UUID) -> StockCount:
        """Return one count, locked on its first reading in the transaction.

        Raises:
            NotFound: there is none.
        """

    def find_count(self, count_id: UUID) -> StockCount | None:
        """Return one count, or None, without a lock."""

    def count_numbered(self, number: str) -> StockCount | None:
        """Return the count of a number, or None, without a lock."""

    def running_count(self, place_id: UUID) -> StockCount | None:
        """Return the count of a place that runs or waits for approval, or None."""

    def counts_of(self, person_id: UUID) -> Sequence[StockCount]:
        """Return the counts somebody began that still run."""

    def count_line(self, count_id: UUID, part_id: UUID, lot: str) -> CountLine | None:
        """Return one line of a count, or None."""

    def add_count_line(self, line: CountLine) -> None:
        """Keep a line of something the books did not have."""

    def count_lines(self, count_id: UUID) -> Sequence[CountLine]:
        """Return every line of a count, by the part's code."""

    def next_number(self, kind: str, day: date) -> str:
        """Return the day's next number of a kind of document, e.g. `DB-20261130-0001`."""
