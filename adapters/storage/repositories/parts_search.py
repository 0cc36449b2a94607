"""The search for parts by code, barcode and words.

Common letters are left out as long as rare ones are asked for: so no question reads more than some thousand
rows of the index, however large the catalogue is.
"""

from collections.abc import Sequence
from functools import cache
from math import ceil
from typing import Any

from sqlalchemy import bindparam, func, or_, select, union_all
from sqlalchemy.orm import Session

from adapters.storage.dialect import dialect_of
from adapters.storage.part_index import grams_asked
from domain.parts.keys import code_key, grams, plain
from domain.parts.model.catalogue import Part, PartGram

COMMON = 800
"""A gram that so many parts have is looked up only where there is no rarer one."""
BUDGET = 2_400
"""How many rows of the index one question reads at most."""
RANKED = 40
"""How many of the best by rare grams are compared by all of them."""
NEAR = 3
"""One in so many grams has to be shared, or a part has nothing to do with the words."""
_LAST = "\U0010ffff"

_KEY = bindparam("key", type_=Part.code_key.type)
_EXACT = (
    select(Part)
    .where(Part.active, or_(Part.code_key == _KEY, Part.barcode_key == _KEY))
    .order_by(Part.code)
    .limit(bindparam("most"))
)
_RANKED = (
    select(Part.id)
    .join(PartGram, PartGram.part_id == Part.id)
    .where(
        Part.active,
        Part.id.in_(bindparam("parts", expanding=True)),
        PartGram.part_id.in_(bindparam("parts", expanding=True)),
        PartGram.gram.in_(bindparam("grams", expanding=True)),
    )
    .group_by(Part.id, Part.code)
    .having(func.count() >= bindparam("least"))
    .order_by(func.count().desc(), Part.code)
    .limit(bindparam("most"))
)
_PARTS = select(Part).where(Part.id.in_(bindparam("parts", expanding=True)))


def exact_parts(session: Session, text: str, limit: int) -> Sequence[Part]:
    """Return the active parts with exactly this code or barcode, however it is spelled."""
    key = code_key(text)
    if not key:
        return []
    return session.execute(_EXACT, {"key": key, "most": limit}).scalars().all()


def found_parts(session: Session, text: str, limit: int) -> Sequence[Part]:
    """Return active parts, the best match first."""
    if not plain(text):
        return []
    found = {part.id: part for part in exact_parts(session, text, limit)}
    for step in (_beginning_with, _near):
        if len(found) < limit:
            found |= {part.id: part for part in step(session, text, limit) if part.id not in found}
    return list(found.values())[:limit]


def _beginning_with(session: Session, text: str, limit: int) -> Sequence[Part]:
    statement = _BEGINNING[dialect_of(session)]
    key = code_key(text)
    return session.execute(statement, {"key": key, "end": key + _LAST, "most": limit}).scalars().all()


def _beginning_on(dialect: str) -> Any:
    """Return the statement; PostgreSQL's own operators compare byte by byte, as its index is sorted."""
    end = bindparam("end", type_=Part.code_key.type)
    if dialect == "sqlite":
        span = (Part.code_key >= _KEY, Part.code_key < end)
    else:
        span = (Part.code_key.op("~>=~", is_comparison=True)(_KEY), Part.code_key.op("~<~")(end))
    return select(Part).where(Part.active, *span).order_by(Part.code_key, Part.code).limit(bindparam("most"))


_BEGINNING = {dialect: _beginning_on(dialect) for dialect in ("sqlite", "postgresql")}


def _near(session: Session, text: str, limit: int) -> Sequence[Part]:
    """Return the parts that share the most with the words."""
    asked = grams_asked(text)
    chosen = _rarest(session, sorted(asked))
    if not chosen:
        return []
    found = session.execute(_candidates(len(chosen)), _named(chosen)).scalars().all()
    least = ceil(len(grams(text)) / NEAR)
    # Counted in the database: taking the words of forty parts apart here took half of the time.
    ranking = {"parts": found, "grams": sorted(asked), "least": least, "most": limit}
    best = session.execute(_RANKED, ranking).scalars().all()
    parts = {part.id: part for part in session.execute(_PARTS, {"parts": best}).scalars()}
    return [parts[part_id] for part_id in best]


def _rarest(session: Session, asked: Sequence[str]) -> list[str]:
    """Return the grams to look up: the rarest, as many as the budget allows, at least one."""
    row = session.execute(_sizes(len(asked)), _named(asked)).one()
    chosen: list[str] = []
    left = BUDGET
    for size, gram in sorted(zip(row, asked, strict=True)):
        if size and (size <= left or not chosen):
            chosen.append(gram)
            left -= size
    return chosen


def _named(asked: Sequence[str]) -> dict[str, str]:
    return {f"gram_{at}": gram for at, gram in enumerate(asked)}


@cache
def _sizes(count: int) -> Any:
    """Return the statement that says how many parts have each of so many grams, up to `COMMON`."""
    return select(*(select(func.count()).select_from(_one_gram(at)).scalar_subquery() for at in range(count)))


@cache
def _candidates(count: int) -> Any:
    """Return the statement that finds what has the most of so many grams."""
    each = union_all(*(select(_one_gram(at).c.part_id) for at in range(count))).subquery()
    found = each.c.part_id
    return select(found).group_by(found).order_by(func.count().desc(), found).limit(RANKED)


def _one_gram(at: int) -> Any:
    """Return the first parts with a gram, in one order, so that common grams have parts in common."""
    gram = bindparam(f"gram_{at}", type_=PartGram.gram.type)
    query = select(PartGram.part_id).where(PartGram.gram == gram).order_by(PartGram.part_id)
    return query.limit(COMMON + 1).subquery()
