"""Running numbers that nobody else ever gets.

See docs/adr/0017-work-order-numbers-outside-the-transaction.md.
"""

from functools import cache
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from adapters.storage.dialect import dialect_of, insert_for, table_of
from domain.kernel.model import Base


@cache
def _count_on(dialect: str, series: type[Base]) -> Any:
    table = table_of(series)
    keys, last = [column.name for column in table.primary_key], table.c.last
    counting = insert_for(dialect, series).on_conflict_do_update(index_elements=keys, set_={"last": last + 1})
    return counting.returning(last)


def next_of(session: Session, counting: Engine | None, series: type[Base], **key: object) -> int:
    """Return the next number of a series; where there are several writers, one that is undone leaves a gap.

    Args:
        counting: what is counted on outside of the caller's transaction; None where there is one writer.
        series: a table whose key says which series, and whose `last` is the number that was given last.
    """
    statement, values = _count_on(dialect_of(session), series), {**key, "last": 1}
    if counting is None:
        return int(session.execute(statement, values).scalar_one())
    with counting.connect() as connection:
        return int(connection.execute(statement, values).scalar_one())
