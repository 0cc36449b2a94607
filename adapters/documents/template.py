"""How a document is laid out, as data: blocks bound to fields.

See docs/reference/documents.md.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from adapters.documents.fields import FIELDS, SOURCES, SOURCES_OF, TOTALS, Kind
from cards.text_documents import LABELS_TOO_LARGE, TEMPLATE_REFUSED, TEMPLATE_TOO_WIDE, TEMPLATE_UNKNOWN
from domain.kernel.mistakes import said, worth_telling

PAPER_MM: Final = 210
HIGHEST_MM: Final = 297
FINDINGS_AT_MOST: Final = 10


class TemplateRefused(ValueError):
    """A template cannot be used; the text says where and why, in Chinese."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


P = TypeVar("P", bound=_Part)
Words = Annotated[str, Field(max_length=200)]


class Bound(_Part):
    """A field, and what it is called here; without a label it is called as in the reference.

    Args:
        wide: takes the whole width.
    """

    field: str
    label: Words = ""
    wide: bool = False


class TableColumn(_Part):
    """A column, and its width; columns without one share what is left."""

    column: str
    label: Words = ""
    width_mm: Annotated[float, Field(ge=6, le=PAPER_MM)] | None = None


def _named(key: str) -> BeforeValidator:
    """Read a plain name as the part that has only this name."""
    return BeforeValidator(lambda value: {key: value} if isinstance(value, str) else value)


class _Titled(_Part):
    title: Words = ""


class Letterhead(_Part):
    """Who issues it, what it is, and the code that opens it on a phone."""

    block: Literal["letterhead"]
    caption: Words = ""


class Rows(_Titled):
    """Fields with their labels, one or two beside each other."""

    block: Literal["rows"]
    columns: Literal[1, 2] = 2
    fields: tuple[Annotated[Bound, _named("field")], ...] = Field(min_length=1, max_length=60)
    leave_out_empty: bool = False


class Text(_Titled):
    """One field over the whole width, however long; left out when it is empty."""

    block: Literal["text"]
    field: str


class Table(_Titled):
    """Lines with a heading that is repeated on each page; left out when there are none, if so wished."""

    block: Literal["table"]
    source: str
    columns: tuple[Annotated[TableColumn, _named("column")], ...] = Field(min_length=1, max_length=12)
    totals: tuple[str, ...] = Field(default=(), max_length=len(TOTALS))
    leave_out_empty: bool = False


class Photos(_Titled):
    """Pictures in a grid; left out when there are none."""

    block: Literal["photos"]
    columns: Literal[2, 3, 4] = 3
    most: int = Field(default=12, ge=1, le=60)


class SignatureBox(_Titled):
    """Who signed, or lines to sign on."""

    block: Literal["signature"]
    statement: Words = ""


class QrCode(_Part):
    """The code once more, in another place."""

    block: Literal["qr"]
    caption: Words = ""
    size_mm: float = Field(default=25, ge=15, le=80)


class Note(_Part):
    """Fixed words."""

    block: Literal["note"]
    text: str = Field(min_length=1, max_length=2000)


Block = Annotated[
    Letterhead | Rows | Text | Table | Photos | SignatureBox | QrCode | Note, Field(discriminator="block")
]


class Template(_Part):
    """A document's layout.

    Args:
        colour: of rules and titles, `#rrggbb`.
        footer: words at the left of each page's foot; number, version and hash when it is empty.
    """

    kind: Kind
    title: str = Field(min_length=1, max_length=40)
    colour: str = Field(default="#1f4e8c", pattern=r"^#[0-9a-fA-F]{6}$")
    margin_mm: float = Field(default=15, ge=8, le=40)
    footer: Words = ""
    blocks: tuple[Block, ...] = Field(min_length=1, max_length=60)

    @property
    def width_mm(self) -> float:
        """Return how wide the print is."""
        return PAPER_MM - 2 * self.margin_mm


class LabelTemplate(_Part):
    """A sheet of stickers on A4: by default 24 of 70 by 37 mm without gaps.

    Args:
        top_mm, left_mm: from the paper's edge to the first sticker.
        tagline: what the code is for.
    """

    columns: int = Field(default=3, ge=1, le=6)
    rows: int = Field(default=8, ge=1, le=16)
    width_mm: float = Field(default=70, ge=35, le=PAPER_MM)
    height_mm: float = Field(default=37, ge=20, le=HIGHEST_MM)
    top_mm: float = Field(default=0.5, ge=0, le=60)
    left_mm: float = Field(default=0, ge=0, le=60)
    column_gap_mm: float = Field(default=0, ge=0, le=30)
    row_gap_mm: float = Field(default=0, ge=0, le=30)
    tagline: str = Field(default="扫码报修", max_length=12)
    frames: bool = False


def read_template(document: Mapping[str, Any]) -> Template:
    """Return a template for a report or a settlement.

    Raises:
        TemplateRefused: it names something that there is not, or is no template at all.
    """
    template = _read(Template, document)
    if findings := list(_unknown(template)):
        raise _refusal(findings)
    return template


def read_label_template(document: Mapping[str, Any]) -> LabelTemplate:
    """Return a template for a sheet of labels.

    Raises:
        TemplateRefused: it is none, or its stickers do not fit on the paper.
    """
    sheet = _read(LabelTemplate, document)
    wide = sheet.left_mm + sheet.columns * sheet.width_mm + (sheet.columns - 1) * sheet.column_gap_mm
    high = sheet.top_mm + sheet.rows * sheet.height_mm + (sheet.rows - 1) * sheet.row_gap_mm
    for where, needed, paper in (("columns", wide, PAPER_MM), ("rows", high, HIGHEST_MM)):
        if needed > paper:
            raise _refusal([LABELS_TOO_LARGE.format(where=where, needed=f"{needed:g}", paper=paper)])
    return sheet


@cache
def built_in(kind: Kind) -> Template:
    """Return the template that counts until somebody sets another."""
    text = (files(__package__) / "templates" / f"{kind}.json").read_text("utf-8")
    return Template.model_validate_json(text)


def _read(model: type[P], document: Mapping[str, Any]) -> P:
    try:
        return model.model_validate(document)
    except ValidationError as error:
        found = worth_telling(error.errors())
        raise _refusal([f"{_where(one['loc'])} {said(one)}".strip() for one in found]) from error


def _where(place: tuple[str | int, ...]) -> str:
    """Return `blocks[2].fields[0]`; the block's kind that Pydantic puts in is left out."""
    words = ""
    for before, step in zip((None, *place), place, strict=False):
        if isinstance(step, int):
            words += f"[{step + 1}]"
        elif not (isinstance(before, int) and place[0] == "blocks" and place.index(before) == 1):
            words += f".{step}" if words else step
    return words


def _unknown(template: Template) -> Iterator[str]:
    """Tell of each name that there is not."""
    fields = FIELDS[template.kind]
    for place, block in enumerate(template.blocks, start=1):
        where = f"blocks[{place}]"
        if isinstance(block, Rows):
            yield from _missing(f"{where}.fields", (one.field for one in block.fields), fields)
        elif isinstance(block, Text):
            yield from _missing(f"{where}.field", [block.field], fields)
        elif isinstance(block, Table):
            yield from _unknown_of_table(template, where, block)


def _unknown_of_table(template: Template, where: str, block: Table) -> Iterator[str]:
    unknown = list(_missing(f"{where}.source", [block.source], SOURCES_OF[template.kind]))
    if unknown:
        yield from unknown
        return
    names = [one.column for one in block.columns]
    yield from _missing(f"{where}.columns", names, SOURCES[block.source])
    yield from _missing(
        f"{where}.totals", block.totals, TOTALS if block.source in ("charges", "parts") else ()
    )
    # Every column without a width still gets the least there is.
    width = sum(one.width_mm or 6 for one in block.columns)
    if width > template.width_mm:
        yield TEMPLATE_TOO_WIDE.format(where=where, width=f"{width:g}", paper=f"{template.width_mm:g}")


def _missing(where: str, names: Iterable[str], known: Collection[str]) -> Iterator[str]:
    for name in names:
        if name not in known:
            yield TEMPLATE_UNKNOWN.format(where=where, name=name[:40], known="、".join(known) or "无")


def _refusal(findings: list[str]) -> TemplateRefused:
    return TemplateRefused(TEMPLATE_REFUSED.format(findings="；".join(findings[:FINDINGS_AT_MOST])))
