"""One labelled message, in the seed files, a tenant's corrected history and an evaluation alike."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)


class GoldAppointment(_Row):
    """When it suits, as local time in China without a zone."""

    from_at: datetime = Field(alias="from")
    to_at: datetime = Field(alias="to")


class Gold(_Row):
    """What a person read in a message; absent facts are None or empty."""

    intent: str
    other_intents: tuple[str, ...] = ()
    device: str | None = None
    device_type: str | None = None
    model: str | None = None
    serial: str | None = None
    symptoms: tuple[str, ...] = ()
    fault_code: str | None = None
    urgency: str | None = None
    address: str | None = None
    phone: str | None = None
    waybills: tuple[str, ...] = ()
    plate: str | None = None
    appointment: GoldAppointment | None = None
    order_number: str | None = Field(default=None, alias="ticket_no")
    angry: bool = False


class LabelledRow(_Row):
    """A message and what is in it."""

    id: str
    ref_time: AwareDatetime
    text: str
    gold: Gold
    split: str = ""


def read_rows(text: str) -> list[LabelledRow]:
    """Read rows, one JSON object a line."""
    return [LabelledRow.model_validate_json(line) for line in text.splitlines() if line.strip()]


def load_rows(files: Iterable[Path]) -> list[LabelledRow]:
    """Read all rows of these files."""
    return [row for file in files for row in read_rows(file.read_text("utf-8"))]
