"""What stands on a printed document, as it was when it was asked for; its layout is not known here."""

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import Self

from pydantic import AwareDatetime, Field, model_validator

from domain.kernel.messages import Message
from domain.workorder.details import Payer


class ChargeKind(StrEnum):
    """What is charged for."""

    PART = "part"
    LABOUR = "labour"
    FEE = "fee"


class Company(Message):
    """Who issues the document."""

    name: str = Field(max_length=60)
    phone: str = Field(default="", max_length=60)
    address: str = Field(default="", max_length=120)


class Step(Message):
    """One step of the work and when it was taken; None when it was not.

    Args:
        note: where it was taken or by whom, in words.
    """

    label: str
    at: AwareDatetime | None = None
    note: str = ""


class CheckLine(Message):
    """One line of the checklist.

    Args:
        passed: None where nothing is judged, as for a reading or what does not apply.
        reading: a measured value with its unit.
    """

    label: str
    passed: bool | None = None
    reading: str = ""
    remark: str = ""


class ChargeLine(Message):
    """A part, an hour of work or a fee.

    Args:
        number: the part's number.
        price_fen: of one unit; None when only the amount counts.
        amount_fen: of the line; negative for what is taken off. None where only a total was settled, which
            holds this line as well.
        payer: who bears it; None when that is not decided yet.
    """

    kind: ChargeKind
    name: str
    number: str = ""
    quantity: Decimal = Decimal(1)
    unit: str = ""
    price_fen: int | None = None
    amount_fen: int | None
    payer: Payer | None = None


class Photo(Message):
    """A picture as it was sent; it may be anything and need not be a picture at all."""

    data: bytes
    caption: str = ""
    taken_at: AwareDatetime | None = None


class Signature(Message):
    """Somebody's signature under a report.

    Args:
        image: the drawn signature as PNG; may be anything.
        report_version, report_sha256: what was signed.
    """

    name: str = Field(max_length=100)
    signed_at: AwareDatetime
    image: bytes
    report_version: int = Field(ge=1)
    report_sha256: str


class Document(Message):
    """What every document says of the work order it belongs to.

    Args:
        number: of the document; may be the work order's own.
        version: of the content, from 1; a later edit makes a higher one.
        sha256: of the content that is signed, as the caller recorded it.
        issued_at: when the document was asked for.
    """

    number: str
    work_order_number: str
    version: int = Field(ge=1)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    issued_at: AwareDatetime
    company: Company
    customer: str
    contact: str = ""
    mobile: str = ""
    site: str = ""
    asset: str = ""
    model: str = ""
    serial: str = ""
    warranty: str = ""
    order_type: str = ""
    technician: str = ""
    charges: tuple[ChargeLine, ...] = ()
    remarks: str = ""
    signature: Signature | None = None

    @property
    def signature_holds(self) -> bool:
        """Return whether what was signed is what stands here; False without a signature."""
        signed = self.signature
        return signed is not None and (signed.report_version, signed.report_sha256) == (
            self.version,
            self.sha256,
        )

    def sum_fen(self, kind: ChargeKind | None = None) -> int:
        """Return the sum of one kind of line, or of all."""
        return sum(line.amount_fen or 0 for line in self.charges if kind in (None, line.kind))

    def borne_fen(self, payer: Payer | None) -> int:
        """Return what one payer bears; for None, what nobody was found for."""
        return sum(line.amount_fen or 0 for line in self.charges if line.payer == payer)


class ServiceReportDocument(Document):
    """The service report.

    Args:
        hours: time worked.
        measures: what was done.
    """

    fault: str = ""
    cause: str = ""
    measures: str = ""
    hours: Decimal | None = None
    steps: tuple[Step, ...] = ()
    checks: tuple[CheckLine, ...] = ()
    photos: tuple[Photo, ...] = ()


class SettlementDocument(Document):
    """The settlement sheet.

    Args:
        settled_fen: the total that was settled; refused when the lines say something else.
        completed_at: when the work was done.
    """

    settled_fen: int
    completed_at: AwareDatetime | None = None

    @model_validator(mode="after")
    def _add_up(self) -> Self:
        found = self.sum_fen()
        if found != self.settled_fen:
            raise ValueError(f"the lines add up to {found} fen, but {self.settled_fen} fen were settled")
        return self


class AssetLabel(Message):
    """A sticker for one asset.

    Args:
        url: what its code opens; holds an opaque token that can be revoked, never an id.
        company: a short line: who to call.
    """

    url: str = Field(min_length=1, max_length=500)
    name: str
    serial: str = Field(default="", max_length=60)
    company: str = ""


def payers_of(lines: Iterable[ChargeLine]) -> tuple[Payer | None, ...]:
    """Return who bears something, in the order of `Payer`; None, for undecided, comes last."""
    found = {line.payer for line in lines}
    return tuple(payer for payer in (*Payer, None) if payer in found)
