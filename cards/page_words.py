"""What a page says about a field that was filled in wrongly."""

from collections.abc import Mapping
from typing import Any

from cards.text_pages import FIELD_MISSING, FIELD_MOBILE, FIELD_TOO_LONG, FIELD_TOO_MANY, FIELD_WRONG

MOBILE = "mobile"
"""The name under which a field is a mobile number, whatever the page."""
_EMPTY = frozenset({"missing", "string_too_short"})


def field_words(error: Mapping[str, Any]) -> str:
    """Return the sentence for one error of pydantic's."""
    kind, facts = str(error["type"]), error.get("ctx", {})
    if kind in _EMPTY:
        return FIELD_MISSING
    if kind == "string_too_long":
        return FIELD_TOO_LONG.format(max_length=facts["max_length"])
    if kind == "too_long":
        return FIELD_TOO_MANY.format(max_length=facts["max_length"])
    return FIELD_MOBILE if error["loc"][-1:] == (MOBILE,) else FIELD_WRONG
