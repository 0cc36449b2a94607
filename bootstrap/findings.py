"""One thing that `fixloop doctor` found."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing that was checked.

    Args:
        good: True works, False does not, None is only worth knowing.
        advice: what to do when it does not work.
    """

    good: bool | None
    what: str
    advice: str = ""

    def __str__(self) -> str:
        mark = {True: "✓", False: "✗", None: "·"}[self.good]
        return f"{mark} {self.what}" + (f"\n    → {self.advice}" if self.advice else "")
