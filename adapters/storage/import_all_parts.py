"""Imports everything about parts: the catalogue, the places, what is there, and what follows from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from adapters.imports import ImportRefused, ParsedFiles
from adapters.storage.bulk import Counts, chunks
from adapters.storage.import_batches import keep_batch
from adapters.storage.import_changes import LABELS, Change, described, pointed_at, write
from adapters.storage.import_parts import CatalogueImport
from adapters.storage.import_stock import StockImport
from adapters.storage.part_index import replace_grams
from domain.parts.model.catalogue import Part, Place, Supplier
from domain.people.model import Person

CHANGES_SHOWN = 10


@dataclass(frozen=True)
class PartsReport:
    """What became of the parts files: a name with its counts where there was such a file, and each change."""

    counts: Sequence[tuple[str, Counts]] = ()
    changes: Sequence[Change] = ()


def import_parts(session: Session, files: ParsedFiles, now: datetime) -> PartsReport:
    """Make the files about parts true, and keep what was changed so that it can be taken back.

    Raises:
        ImportRefused: with everything that is wrong.
    """
    catalogue = CatalogueImport(session, files)
    if catalogue.problems:
        raise ImportRefused(catalogue.problems)
    basics = [*catalogue.suppliers.changes, *catalogue.parts.changes, *catalogue.places.changes]
    write(session, basics)
    _index(session, catalogue.parts.changes)
    stock = StockImport(session, files)
    if stock.problems:
        raise ImportRefused(stock.problems)
    changes = [*basics, *stock.rules.changes, *stock.usual.changes]
    write(session, [*stock.rules.changes, *stock.usual.changes])
    document_id = uuid4()
    opening = stock.write_opening(document_id, now)
    if changes or (opening is not None and opening.new):
        keep_batch(session, changes, document_id, now)
    told = (
        (LABELS["supplier"], files.suppliers, catalogue.suppliers.counts),
        (LABELS["part"], files.parts, catalogue.parts.counts),
        (LABELS["place"], files.places, catalogue.places.counts),
        ("期初库存", files.opening_stock, opening),
        (LABELS["stock_rule"], files.stock_rules, stock.rules.counts),
        (LABELS["usual_part"], files.usual_parts, stock.usual.counts),
    )
    return PartsReport([(name, counts) for name, lines, counts in told if lines and counts], changes)


def described_changes(session: Session, changes: Sequence[Change]) -> list[str]:
    """Return the first changes as people read them, those of records that were there before first."""
    shown = sorted(changes, key=lambda one: one.before is None)[:CHANGES_SHOWN]
    names = _names(session, pointed_at(shown))
    lines = [f"  {described(one, names)}" for one in shown]
    return lines + ([f"  …还有 {len(changes) - len(shown)} 处"] if len(changes) > len(shown) else [])


def _names(session: Session, ids: set[UUID]) -> dict[UUID, str]:
    columns = ((Supplier.id, Supplier.code), (Place.id, Place.code), (Person.id, Person.name))
    return {
        found: name
        for key, named in columns
        for chunk in chunks(sorted(ids))
        for found, name in session.execute(select(key, named).where(key.in_(chunk)))
    }


def _index(session: Session, changes: Sequence[Change]) -> None:
    """Let the search find parts that are new, and those that changed by their new words."""
    for chunk in chunks([one.key["id"] for one in changes]):
        replace_grams(session, session.scalars(select(Part).where(Part.id.in_(chunk))).all())
