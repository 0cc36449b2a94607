"""XML as WeCom writes it, and nothing else: no DTD, no entities, no attributes, no surprises."""

import re
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

MAX_BYTES = 64 * 1024
MAX_DEPTH = 12
MAX_ELEMENTS = 4000

REPEATABLE = frozenset({"AuthAddOpenKfId", "AuthDelOpenKfId"})
"""Direct children of the root that may stand more than once; deeper ones are for the models to judge."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")


class CallbackMalformed(Exception):
    """The body is not what WeCom documents; answered with 400 and this text, which holds no secret."""


Tree = dict[str, Any]
"""Elements by name: a text, a tree, or a list of them where a name stands more than once."""


def parse_xml(text: str) -> Tree:
    """Return the children of the `<xml>` root.

    Raises:
        CallbackMalformed: too large, too deep, not well-formed, or with parts that WeCom never sends.
    """
    if len(text.encode()) > MAX_BYTES:
        raise CallbackMalformed(f"XML larger than {MAX_BYTES} bytes")
    control = _CONTROL.search(text)
    if control:
        raise CallbackMalformed(f"control character U+{ord(control[0]):04X} at offset {control.start()}")
    builder = _Builder()
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    try:
        parser.feed(text)
        parser.close()
    except DefusedXmlException as error:
        raise CallbackMalformed(f"XML: {type(error).__name__}") from None
    except ParseError as error:
        raise CallbackMalformed(f"XML is not well-formed: {error}") from None
    return builder.root


class _Element:
    def __init__(self, name: str) -> None:
        self.name = name
        self.text: list[str] = []
        self.children: Tree = {}

    def value(self) -> Any:
        text = "".join(self.text)
        if not self.children:
            return text
        if text.strip():
            raise CallbackMalformed(f"text beside elements in {self.name}")
        return self.children


class _Builder:
    """Build the tree while reading, so that a hostile document is refused early."""

    def __init__(self) -> None:
        self._open: list[_Element] = []
        self._count = 0
        self.root: Tree = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        self._count += 1
        if not _NAME.fullmatch(name):
            raise CallbackMalformed("element name")
        if attributes:
            raise CallbackMalformed(f"attribute on {name}")
        if self._count > MAX_ELEMENTS or len(self._open) >= MAX_DEPTH:
            raise CallbackMalformed("XML is too deep or has too many elements")
        if not self._open and name != "xml":
            raise CallbackMalformed("the root is not <xml>")
        self._open.append(_Element(name))

    def data(self, text: str) -> None:
        """Add text to the open element."""
        self._open[-1].text.append(text)

    def end(self, name: str) -> None:
        """Close an element and give it to its parent."""
        element = self._open.pop()
        value = element.value()
        if not self._open:
            self.root = element.children
            return
        siblings = self._open[-1].children
        if name not in siblings:
            siblings[name] = value
        elif len(self._open) == 1 and name not in REPEATABLE:
            raise CallbackMalformed(f"{name} stands twice")
        elif isinstance(siblings[name], list):
            siblings[name].append(value)
        else:
            siblings[name] = [siblings[name], value]

    def close(self) -> Tree:
        """Return the root's children."""
        return self.root
