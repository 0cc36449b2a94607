"""Whose turn it is: what a phone may offer, and what its owner does about it.

Whoever sets the wall up tells it; the page finds it out from the chats alone, by the buttons on the phones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Cue:
    """A button that waits for its owner.

    Args:
        label: what stands on it.
        does: what to do, in a few words; empty for a button that nobody has to press.
        ends: words of a later message in the same chat that tell that it was done elsewhere.
        late: it is looked at only where nobody waits for anything else.
        also: what leads there as well, e.g. a link on the same message.
    """

    label: str
    does: str = ""
    ends: str = ""
    late: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Guide:
    """Where the story begins and how it goes on.

    Args:
        first: the key of the phone whose owner begins.
        does: what they do first.
        says: what they could say.
        cues: a bubble with several means the first of them.
    """

    first: str
    does: str
    says: str
    cues: Sequence[Cue]

    def told(self) -> dict[str, Any]:
        """Return what the page needs."""
        cues = [
            {"label": one.label, "does": one.does, "ends": one.ends, "late": one.late, "also": [*one.also]}
            for one in self.cues
        ]
        return {"first": self.first, "does": self.does, "says": self.says, "cues": cues}
