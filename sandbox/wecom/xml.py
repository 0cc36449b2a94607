"""Writing the XML of callbacks."""

from collections.abc import Mapping
from typing import Any


def to_xml(elements: Mapping[str, Any], root: str = "xml") -> str:
    """Return nested mappings as XML: strings in CDATA, numbers bare, lists as repeated elements."""
    return f"<{root}>{_children(elements)}</{root}>"


def _children(elements: Mapping[str, Any]) -> str:
    return "".join(_element(name, value) for name, value in elements.items())


def _element(name: str, value: Any) -> str:
    if isinstance(value, list | tuple):
        return "".join(_element(name, item) for item in value)
    if isinstance(value, Mapping):
        return f"<{name}>{_children(value)}</{name}>"
    if isinstance(value, str):
        return f"<{name}>{cdata(value)}</{name}>"
    return f"<{name}>{value}</{name}>"


def cdata(text: str) -> str:
    """Return a CDATA section; an end mark inside the text is split over two sections."""
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"
