"""What a template may name: fields of a document, columns of its tables, rows below them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from cards.text_documents import (
    COLUMN_LABELS,
    DOCUMENT_PAYER,
    FIELD_LABELS,
    HOURS,
    INCLUDED,
    KIND_LABEL,
    PASSED,
    REPORT_LABELS,
    SETTLEMENT_LABELS,
    TOTAL_LABELS,
    VERSION,
)
from domain.kernel.localtime import CHINA
from domain.kernel.money import capital_yuan, exact_yuan
from domain.policies.documents import ChargeKind, ChargeLine, CheckLine, Document, Step, payers_of
from domain.workorder.details import Payer

Read = Callable[[Any], str]
"""From a document to what is printed; the kind of the template says which document it is."""


class Kind(StrEnum):
    """What a template is for."""

    REPORT = "report"
    SETTLEMENT = "settlement"


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Args:
        read: from the line and its position, from 1.
        numeric: written to the right.
    """

    label: str
    read: Callable[[int, Any], str]
    numeric: bool = False


def moment(at: datetime | None) -> str:
    """Return `2026-11-24 09:05` in China; empty for None."""
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}" if at is not None else ""


def number(value: Decimal) -> str:
    """Return it without noughts at the end: `2`, `1.5`, `100`."""
    said = f"{value:f}"
    return said.rstrip("0").rstrip(".") if "." in said else said


def _plain(name: str) -> Read:
    return lambda document: str(getattr(document, name))


_READ: Mapping[str, Read] = {
    "version": lambda document: VERSION.format(version=document.version),
    "issued_at": lambda document: moment(document.issued_at),
    "company": lambda document: document.company.name,
    "company_phone": lambda document: document.company.phone,
    "company_address": lambda document: document.company.address,
    "total": lambda document: exact_yuan(document.sum_fen()),
    "hours": lambda document: "" if document.hours is None else HOURS.format(hours=number(document.hours)),
    "completed_at": lambda document: moment(document.completed_at),
}
LABELS: Final[Mapping[Kind, Mapping[str, str]]] = {
    Kind.REPORT: FIELD_LABELS | REPORT_LABELS,
    Kind.SETTLEMENT: FIELD_LABELS | SETTLEMENT_LABELS,
}
FIELDS: Final[Mapping[Kind, Mapping[str, Read]]] = {
    kind: {name: _READ.get(name) or _plain(name) for name in labels} for kind, labels in LABELS.items()
}

_CHARGES: Mapping[str, Callable[[int, ChargeLine], str]] = {
    "no": lambda no, line: str(no),
    "kind": lambda no, line: KIND_LABEL[line.kind],
    "number": lambda no, line: line.number,
    "name": lambda no, line: line.name,
    "quantity": lambda no, line: number(line.quantity),
    "unit": lambda no, line: line.unit,
    "price": lambda no, line: "" if line.price_fen is None else exact_yuan(line.price_fen),
    "amount": lambda no, line: INCLUDED if line.amount_fen is None else exact_yuan(line.amount_fen),
    "payer": lambda no, line: DOCUMENT_PAYER[line.payer],
}
_CHECKS: Mapping[str, Callable[[int, CheckLine], str]] = {
    "no": lambda no, line: str(no),
    "label": lambda no, line: line.label,
    "result": lambda no, line: line.reading or PASSED[line.passed],
    "remark": lambda no, line: line.remark,
}
_STEPS: Mapping[str, Callable[[int, Step], str]] = {
    "label": lambda no, line: line.label,
    "at": lambda no, line: moment(line.at),
    "note": lambda no, line: line.note,
}
_NUMERIC = {"quantity", "price", "amount"}


def _columns(source: str, reads: Mapping[str, Callable[[int, Any], str]]) -> Mapping[str, Column]:
    labels = COLUMN_LABELS[source]
    return {name: Column(labels[name], read, name in _NUMERIC) for name, read in reads.items()}


SOURCES: Final[Mapping[str, Mapping[str, Column]]] = {
    "charges": _columns("charges", _CHARGES),
    "parts": _columns("charges", _CHARGES),
    "checks": _columns("checks", _CHECKS),
    "steps": _columns("steps", _STEPS),
}
SOURCES_OF: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.REPORT: ("charges", "parts", "checks", "steps"),
    Kind.SETTLEMENT: ("charges", "parts"),
}


def lines_of(document: Any, source: str) -> tuple[Any, ...]:
    """Return the lines of a table."""
    if source == "parts":
        return tuple(line for line in document.charges if line.kind is ChargeKind.PART)
    found: tuple[Any, ...] = getattr(document, source)
    return found


_SUMS = {"parts": ChargeKind.PART, "labour": ChargeKind.LABOUR, "fees": ChargeKind.FEE, "total": None}
TOTALS: Final = (*TOTAL_LABELS, "payers")
"""What may stand below a table of charges; `payers` is one row for each who bears something."""


def total_rows(document: Document, name: str) -> list[tuple[str, str]]:
    """Return the rows of one kind of total: label and amount."""
    if name == "payers":
        return [
            (DOCUMENT_PAYER[payer], exact_yuan(document.borne_fen(payer)))
            for payer in payers_of(document.charges)
        ]
    if name == "capital":
        return [(TOTAL_LABELS[name], capital_yuan(document.sum_fen()))]
    if name == "due":
        return [(TOTAL_LABELS[name], exact_yuan(document.borne_fen(Payer.CUSTOMER)))]
    kind = _SUMS[name]
    priced = {line.kind for line in document.charges if line.amount_fen is not None}
    if kind is not None and kind not in priced:
        return []
    return [(TOTAL_LABELS[name], exact_yuan(document.sum_fen(kind)))]
