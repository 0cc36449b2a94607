"""What one open page is told, bit by bit: only what changed since it was told last."""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

from sandbox.core.journal import Entry
from sandbox.wall import traffic
from sandbox.wall.board import Board
from sandbox.wall.bubbles import bubbles
from sandbox.wall.phones import Chat, Phone

GATHER_S = 0.05
"""Changes come in bursts; one look a burst is enough."""
BEAT_S = 5.0
FIRST_ROWS = 100


class Feed:
    """Follows one board for one page.

    Args:
        stale: whether the wall shows another board by now, or is closing.
    """

    def __init__(self, board: Board, stale: Callable[[], bool]) -> None:
        self._board = board
        self._stale = stale
        self._told: dict[tuple[str, str], dict[str, str]] = {}
        self._number = 0
        self._nudges = -1
        self._beside = ""

    def events(self) -> Iterator[str]:
        """Yield events in the form of an EventSource until the board is stale."""
        yield "retry: 500\n\n"
        entries = self._board.tape.after(0)
        self._number = entries[-1][0] if entries else 0
        yield _event("hello", self._hello())
        yield from self._chats(lambda _: True)
        yield from self._rows(entries[-FIRST_ROWS:])
        while not self._stale():
            yield from self._look()
        yield _event("again", {})

    def _look(self) -> Iterator[str]:
        """Wait for a change, and yield what it changed; a beat where nothing did."""
        tape = self._board.tape
        self._nudges = tape.wait(self._number, self._nudges, BEAT_S)
        if self._stale():
            return
        time.sleep(GATHER_S)
        entries = tape.after(self._number)
        if entries:
            self._number = entries[-1][0]
        touched = {(entry.platform, entry.chat) for _, entry in entries}
        yield from self._chats(lambda chat: (chat.platform, chat.id) in touched)
        yield from self._rows(entries)
        beside = self._now()
        told = json.dumps({name: value for name, value in beside.items() if name != "now"})
        if told != self._beside:
            self._beside = told
            yield _event("beside", beside)
        yield ": beat\n\n"

    def _hello(self) -> dict[str, Any]:
        guide = self._board.guide
        phones = [phone.told() for phone in self._board.phones]
        return {"phones": phones, "guide": guide.told() if guide is not None else None} | self._now()

    def _now(self) -> dict[str, Any]:
        """Return what stands beside the phones: switches, clock and acts."""
        board = self._board
        return {
            "now": board.timing.now(),
            "timing": board.timing.told(),
            "switches": board.switches.told(),
            "play": board.playbill.told(),
            "can_reset": board.reset is not None,
            "can_scan": board.labels is not None,
            "has_ledger": board.ledger is not None,
        }

    def _chats(self, wanted: Callable[[Chat], bool]) -> Iterator[str]:
        for phone in self._board.phones:
            for chat in phone.chats:
                if wanted(chat):
                    yield from self._chat(phone, chat)

    def _chat(self, phone: Phone, chat: Chat) -> Iterator[str]:
        """Yield the bubbles of a chat that are new, look different or are gone."""
        before = self._told.get((phone.key, chat.key), {})
        shown = bubbles(self._board, phone, chat)
        now = {bubble["id"]: json.dumps(bubble, ensure_ascii=False, sort_keys=True) for bubble in shown}
        self._told[phone.key, chat.key] = now
        changed = [bubble for bubble in shown if before.get(bubble["id"]) != now[bubble["id"]]]
        gone = [bubble_id for bubble_id in before if bubble_id not in now]
        if changed or gone:
            yield _event("chat", {"phone": phone.key, "chat": chat.key, "set": changed, "gone": gone})

    def _rows(self, entries: list[tuple[int, Entry]]) -> Iterator[str]:
        rows = [traffic.row(number, entry) for number, entry in entries if traffic.is_traffic(entry)]
        if rows:
            yield _event("wire", {"rows": rows})


def _event(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
