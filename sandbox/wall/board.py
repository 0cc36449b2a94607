"""One set-up of the wall: two platforms, the phones, the acts, and what was seen since."""

import itertools
import threading
from collections import deque
from collections.abc import Callable, Sequence

from sandbox.core.clock import SandboxClock
from sandbox.core.faults import Faults
from sandbox.core.journal import Entry, Journal
from sandbox.dingtalk import DingtalkSandbox
from sandbox.wall.acts import Playbill
from sandbox.wall.codes import Labels
from sandbox.wall.guide import Guide
from sandbox.wall.ledger import ReadLedger
from sandbox.wall.phones import Phone, Refused
from sandbox.wall.switches import Switches
from sandbox.wall.timing import Timing
from sandbox.wecom import WecomSandbox

KEPT = 2000


class Tape:
    """The newest journal entries by number, and the moment something else changed."""

    def __init__(self, journal: Journal) -> None:
        self._changed = threading.Condition()
        self._numbers = itertools.count(1)
        self._kept: deque[tuple[int, Entry]] = deque(maxlen=KEPT)
        self._nudges = 0
        journal.listen(self._add)

    def _add(self, entry: Entry) -> None:
        # The platform that adds an entry may hold its lock: only keep it and wake whoever waits.
        with self._changed:
            self._kept.append((next(self._numbers), entry))
            self._changed.notify_all()

    def nudge(self) -> None:
        """Tell that something besides the journal changed."""
        with self._changed:
            self._nudges += 1
            self._changed.notify_all()

    def after(self, number: int) -> list[tuple[int, Entry]]:
        """Return the kept entries after a number, oldest first."""
        with self._changed:
            return [one for one in self._kept if one[0] > number]

    def get(self, number: int) -> Entry:
        """Return one entry.

        Raises:
            Refused: it never was, or is too old.
        """
        with self._changed:
            for kept, entry in self._kept:
                if kept == number:
                    return entry
        raise Refused("这条记录已经不在了", 404)

    def wait(self, number: int, nudges: int, timeout_s: float) -> int:
        """Wait for an entry after `number` or another nudge; return the count of nudges."""

        def seen() -> bool:
            return self._nudges != nudges or bool(self._kept and self._kept[-1][0] > number)

        with self._changed:
            self._changed.wait_for(seen, timeout_s)
            return self._nudges


class Board:
    """Everything one set-up consists of.

    Args:
        phones: in the order in which they hang.
        playbill: the acts that can be played.
        reset: makes everything anew and shows another board; None where that is not possible.
        followed: whether the product's clock goes like the platforms'.
        labels: what can be scanned; None where nothing is offered.
        guide: how the page finds out whose turn it is; None where it does not tell.
        ledger: reads what the product owes and how that went; None where that is not known.
    """

    def __init__(
        self,
        clock: SandboxClock,
        journal: Journal,
        faults: Faults,
        wecom: WecomSandbox,
        dingtalk: DingtalkSandbox,
        *,
        phones: Sequence[Phone],
        playbill: Playbill | None = None,
        reset: Callable[[], None] | None = None,
        followed: bool = False,
        labels: Labels | None = None,
        guide: Guide | None = None,
        ledger: ReadLedger | None = None,
    ) -> None:
        self.clock, self.journal, self.wecom, self.dingtalk = clock, journal, wecom, dingtalk
        self.phones = tuple(phones)
        self.playbill = playbill or Playbill()
        self.reset = reset
        self.labels, self.guide, self.ledger = labels, guide, ledger
        self.tape = Tape(journal)
        self.playbill.changed = self.tape.nudge
        self.switches = Switches(faults, wecom, dingtalk)
        self.timing = Timing(clock, followed=followed, busy=self.playbill.running)

    def phone(self, key: str) -> Phone:
        """Return one phone.

        Raises:
            Refused: there is none with this key.
        """
        for phone in self.phones:
            if phone.key == key:
                return phone
        raise Refused(f"墙上没有这部手机：{key[:40]}", 404)
