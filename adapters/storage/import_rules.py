"""Writes the dispatch rules of an import: the file is the whole table."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from adapters.imports import DispatchRuleRow, Line
from adapters.storage.bulk import Counts, insert_all
from domain.dispatching.model import DispatchRule

CONDITIONS = ("customer_level", "region", "asset_kind")


def write_dispatch_rules(session: Session, lines: Sequence[Line[DispatchRuleRow]]) -> Counts | None:
    """Replace the rule table by the file's rows; without a file nothing is touched.

    A rule that is no longer in the file must not decide any more, so the file replaces everything.
    """
    if not lines:
        return None
    kept = {
        row["name"]: dict(row) for row in session.execute(select(*DispatchRule.__table__.columns)).mappings()
    }
    wanted = {line.row.name: _columns(line.row) for line in lines}
    session.execute(delete(DispatchRule))
    insert_all(session, DispatchRule, list(wanted.values()))
    new = sum(name not in kept for name in wanted)
    changed = sum(name in kept and kept[name] != row for name, row in wanted.items())
    return Counts(new, changed, len(wanted) - new - changed)


def _columns(row: DispatchRuleRow) -> dict[str, Any]:
    return {**row.model_dump(), **{name: ";".join(getattr(row, name)) for name in CONDITIONS}}
