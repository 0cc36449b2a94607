"""Codes at hand: labels on machines and shelves that somebody with a phone could scan."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True)
class Code:
    """One label.

    Args:
        key: tells the labels apart; stands in addresses.
        title: what it sticks on.
        text: what it says; a web address is opened by whoever scans it, anything else stays words.
        picture: the label as a PNG.
    """

    key: str
    title: str
    text: str
    picture: bytes

    def told(self) -> dict[str, Any]:
        """Return what the page needs besides the picture."""
        url = self.text if WEB_ADDRESS.fullmatch(self.text) else ""
        return {"key": self.key, "title": self.title, "text": self.text, "url": url}


Labels = Callable[[str], Sequence[Code]]
"""Returns the labels that the owner of a phone, named by its key, would have at hand."""
