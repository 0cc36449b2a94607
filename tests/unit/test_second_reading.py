"""Who is asked for a second reading, how often, and what becomes of its answer."""

import threading
from contextlib import contextmanager
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from bot.second_reading import FAILURES, REST, SLOTS, SecondReading
from domain.intake.commands import HoldDraft, Limits, ReadDraft
from domain.intake.data import DraftData, FaultDraft, Spoken
from domain.intake.errors import DraftGone
from domain.intake.understanding import Fault, Guess, Intent, Understanding
from domain.kernel.bus import Bus
from domain.policies.intake_second import read_again
from tests.support.builders import AT, ORDER

WAIT = timedelta(seconds=6)
READ = Understanding(intent=Intent.REPORT_FAULT, confidence=0.9)


class Reader:
    """Answers what it is told to, as soon as it may."""

    def __init__(self, answer: Understanding | None) -> None:
        self.answer = answer
        self.may_answer = threading.Event()
        self.may_answer.set()

    def understand(self, text: str, *, at: datetime, known: object = ()) -> Understanding | None:
        self.may_answer.wait(5)
        return self.answer


class Draft:
    """A request, and the commands about it."""

    def __init__(self, reader: Reader, *, taken: bool = False) -> None:
        self.read: list[ReadDraft] = []
        self.held: list[HoldDraft] = []
        self.done = threading.Semaphore(0)
        self._taken = taken
        data = DraftData(said=(Spoken(text="趴窝了"),))
        draft = SimpleNamespace(known=data, updated_at=AT, requester_id=ORDER)
        self.drafts = SimpleNamespace(get=lambda _: draft)
        self.people = SimpleNamespace(get=lambda _: SimpleNamespace(customer_id=None))
        bus = Bus({HoldDraft: self._hold, ReadDraft: self._take}, {}, lambda command, uow: None)
        self.reading = SecondReading(reader, self._open, bus, lambda: AT, Limits(), WAIT)

    @contextmanager
    def _open(self, **about: object):
        yield self

    def commit(self) -> None:
        if self.read:
            self.done.release()

    def take_recorded(self) -> list[object]:
        return []

    def _hold(self, command: HoldDraft, uow: object) -> None:
        if self._taken:
            raise DraftGone
        self.held.append(command)

    def _take(self, command: ReadDraft, uow: object) -> None:
        self.read.append(command)

    def begins(self, at: datetime = AT) -> bool:
        """Let the clock come by, and wait until the reader is done."""
        begun = self.reading.begins(ORDER, at)
        if begun:
            assert self.done.acquire(timeout=5)
        return begun


@pytest.mark.parametrize("answer", [READ, None])
def test_a_request_is_held_for_the_wait_and_goes_on_with_or_without_an_answer(answer):
    draft = Draft(Reader(answer))

    assert draft.begins()

    assert [hold.until for hold in draft.held] == [AT + WAIT]
    assert [(done.words, done.understanding) for done in draft.read] == [("趴窝了", answer)]


def test_what_somebody_else_holds_is_not_read_here():
    assert not Draft(Reader(READ), taken=True).begins()


def test_a_reader_that_fails_rests_and_is_tried_again():
    draft = Draft(Reader(None))

    begun = [draft.begins() for _ in range(FAILURES + 1)]

    assert begun == [True] * FAILURES + [False]
    assert draft.begins(AT + REST)


def test_nobody_queues_for_a_busy_reader():
    reader = Reader(READ)
    reader.may_answer.clear()
    draft = Draft(reader)

    begun = [draft.reading.begins(ORDER, AT) for _ in range(SLOTS + 1)]
    reader.may_answer.set()

    assert begun == [True] * SLOTS + [False]


def test_the_second_reading_replaces_the_first_but_not_its_danger():
    first = DraftData(faults=(FaultDraft(device="门"),), urgency="P1", address="张江路 1 号", angry=0.9)
    fault = Fault(words="趴窝", device=Guess(value="大家伙", confidence=0.9))
    second = READ.model_copy(update={"faults": (fault,), "urgency": Guess(value="P4", confidence=0.9)})

    data = read_again(first, second)

    assert [one.device for one in data.faults] == ["大家伙"]
    assert (data.urgency, data.address, data.angry) == ("P1", "张江路 1 号", 0.0)
