"""Reading JSON whose fields come and go, and change between number, text and object."""

import json
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic.alias_generators import to_camel


def storable(text: str) -> str:
    """Return text that any database takes: no NUL, no half of a surrogate pair."""
    return text.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def as_text(value: object) -> str:
    """Read a text that may arrive as a number; anything else is empty."""
    if isinstance(value, str):
        return storable(value)
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def as_object(value: object) -> dict[str, Any]:
    """Read an object that may arrive as JSON text."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return {}
    return value if isinstance(value, dict) else {}


def as_objects(value: object) -> list[dict[str, Any]]:
    """Read a list, leaving out what is no object."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


Text = Annotated[str, BeforeValidator(as_text)]
Object = Annotated[dict[str, Any], BeforeValidator(as_object)]


class Lenient(BaseModel):
    """Takes what it knows and keeps quiet about the rest."""

    model_config = ConfigDict(extra="allow", alias_generator=to_camel, populate_by_name=True)
