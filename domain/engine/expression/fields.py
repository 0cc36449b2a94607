"""What a formula may speak of: fields with a Chinese name, a type and, for text, the values it can have.

Source: docs/reference/expressions.md, rules EX-1 to EX-3.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class FieldType(StrEnum):
    """What the values of a field are."""

    NUMBER = "number"
    MONEY = "money"
    TEXT = "text"
    BOOL = "bool"
    DATE = "date"
    TEXTS = "texts"


TYPE_NAMES = {
    FieldType.NUMBER: "数字",
    FieldType.MONEY: "金额",
    FieldType.TEXT: "文本",
    FieldType.BOOL: "判断项",
    FieldType.DATE: "日期",
    FieldType.TEXTS: "多项文本",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a formula may ask about.

    Args:
        key: where the value stands in the data.
        label: what people call it; the name in formulas and sentences.
        choices: the only values a text may have; empty when any may.
    """

    key: str
    label: str
    type: FieldType
    choices: tuple[str, ...] = ()


class Schema:
    """The fields of one kind of data.

    Raises:
        ValueError: a label or key is empty, used twice, or cannot be written in a formula.
    """

    def __init__(self, fields: Iterable[Field]) -> None:
        self._by_name: dict[str, Field] = {}
        self.fields = tuple(fields)
        for field in self.fields:
            for name in {field.key, field.label}:
                if not name.strip() or any(sign in name for sign in "【】\n"):
                    raise ValueError(f"字段名“{name}”不能用：不能为空，也不能有 【、】 或换行")
                if name in self._by_name:
                    raise ValueError(f"字段名“{name}”重复了，请换一个名字")
                self._by_name[name] = field

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)

    def find(self, name: str) -> Field | None:
        """Return the field with a label or key, None when there is none."""
        return self._by_name.get(name)

    @property
    def names(self) -> Iterable[str]:
        """Return every label and key."""
        return self._by_name.keys()
