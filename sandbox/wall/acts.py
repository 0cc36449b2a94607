"""The parts of a story that the wall can play; one at a time, told line by line."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.wall.phones import Refused

KEPT_LINES = 200


@dataclass(frozen=True)
class Act:
    """One part of a story.

    Args:
        key: stands in addresses.
        hint: what happens in it, in a sentence.
        play: plays it to the end, or raises with what was missing.
    """

    key: str
    title: str
    hint: str
    play: Callable[[], object]


class Playbill:
    """Which acts there are, which one is on, and what was told of it so far.

    Args:
        missing: what an act raises when a step was not seen.
    """

    def __init__(self, missing: type[Exception] = LookupError) -> None:
        self._missing = missing
        self._lock = threading.Lock()
        self._acts: dict[str, Act] = {}
        self._running = ""
        self._lines: list[str] = []
        self._told = 0
        self._played = False
        self.changed: Callable[[], None] = lambda: None

    def offer(self, acts: Sequence[Act]) -> None:
        """Offer these acts from now on."""
        with self._lock:
            self._acts = {act.key: act for act in acts}
        self.changed()

    def narrate(self, line: str) -> None:
        """Tell one line of whatever is being played."""
        with self._lock:
            self._lines = [*self._lines, *line.strip("\n").splitlines()][-KEPT_LINES:]
            self._told += 1
        self.changed()

    def begin(self, title: str, *, tells: bool = True) -> None:
        """Take the stage.

        Args:
            tells: it is a part of a story, which stands in the chats afterwards.

        Raises:
            Refused: something is being played already.
        """
        with self._lock:
            if self._running:
                raise Refused(f"正在演“{self._running}”，演完再来", 409)
            self._running = title
            self._played = self._played or tells
        self.changed()

    def running(self) -> str:
        """Return what is being played; empty when nothing is."""
        with self._lock:
            return self._running

    def end(self) -> None:
        """Leave the stage."""
        with self._lock:
            self._running = ""
        self.changed()

    def start(self, key: str) -> None:
        """Play an act in the background.

        Raises:
            Refused: there is no such act, or one is being played already.
        """
        with self._lock:
            act = self._acts.get(key)
        if act is None:
            raise Refused(f"没有叫“{key[:40]}”的一幕", 404)
        self.begin(act.title)
        threading.Thread(target=self._play, args=(act,), daemon=True).start()

    def _play(self, act: Act) -> None:
        try:
            act.play()
            self.narrate(f"✓ “{act.title}”演完了")
        except (self._missing, LookupError) as missing:
            self.narrate(f"✗ “{act.title}”没有演完：{missing}")
        finally:
            self.end()

    def told(self) -> dict[str, Any]:
        """Return what the page shows of it."""
        with self._lock:
            acts = [{"key": act.key, "title": act.title, "hint": act.hint} for act in self._acts.values()]
            return {
                "acts": acts,
                "running": self._running,
                "played": self._played,
                "lines": self._lines[-40:],
                "told": self._told,
            }
