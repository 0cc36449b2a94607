"""What every row has, and where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict


class Row(BaseModel):
    """One row; `model_fields_set` are the columns its file has.

    `KEYS` are the columns that no two rows may share; `EXPECTED` says what a column takes, with an example.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    KIND: ClassVar[str]
    MARK: ClassVar[str]
    KEYS: ClassVar[tuple[str, ...]]
    EXPECTED: ClassVar[Mapping[str, tuple[str, str]]]

    @classmethod
    def columns(cls) -> tuple[str, ...]:
        """Return the columns in the order of the documentation."""
        return tuple(cls.model_fields)

    @classmethod
    def required(cls) -> tuple[str, ...]:
        """Return the columns that a file cannot do without."""
        return tuple(name for name, field in cls.model_fields.items() if field.is_required())


R = TypeVar("R", bound=Row, covariant=True)


@dataclass(frozen=True)
class Line(Generic[R]):
    """A row and where it stands."""

    file: str
    number: int
    row: R

    @property
    def place(self) -> str:
        """Return `people.csv 第 3 行`."""
        return f"{self.file} 第 {self.number} 行"
