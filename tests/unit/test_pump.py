"""How the pump delivers one row: rung by rung, updating before sending anew, never losing it."""

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from adapters.delivery.audience import Ladder
from adapters.delivery.budget import Budget
from adapters.delivery.ports import Address, DeliveryError, Failure, Sent
from adapters.delivery.pump import Pump
from adapters.delivery.retry import DEFECT_PAUSE
from adapters.delivery.store import Copy, Owed
from cards.spec import Card, Note
from tests.fakes.outbox import MemoryBudgets, MemoryOutbox
from tests.support.builders import AT, LI, ORDER, owed

LEASE_S = 60.0
TEMPORARY = DeliveryError("timeout", Failure.TEMPORARY)
LIMITED = DeliveryError("45009", Failure.LIMITED, retry_after_s=120)
WAITING = DeliveryError("95001", Failure.WAITING)
PERMANENT = DeliveryError("60121", Failure.PERMANENT)


@dataclass
class Rung:
    """A channel that does what it is told and keeps what it was asked."""

    errors: list[Exception] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)

    def send(self, to: Address, content: Card | Note, *, message_key: str) -> Sent:
        if self.errors:
            raise self.errors.pop(0)
        self.sent.append(message_key)
        return Sent(f"ref-{message_key}")

    def update(self, to: Address, shown: Sent, content: Card, *, message_key: str) -> Sent:
        if self.errors:
            raise self.errors.pop(0)
        self.updated.append(f"{shown.ref}<{message_key}")
        return Sent(shown.ref, update_code="next")


class World:
    """One pump with two DingTalk rungs, one WeCom rung, a directory and a clock that is set."""

    def __init__(self, *rows: Owed) -> None:
        self.now = AT
        self.store = MemoryOutbox(people={LI: [("dingtalk", "li"), ("wecom", "Li")]})
        for row in rows:
            self.store.put(row, AT)
        self.card, self.text, self.wecom, self.directory = Rung(), Rung(), Rung(), Rung()
        channels = {
            "dingtalk.built_in_card": self.card,
            "dingtalk.text": self.text,
            "wecom.text": self.wecom,
        }
        ladder = Ladder(channels, self.store.identities, "")
        services = {"directory": self._serve}
        budget = Budget(MemoryBudgets(), self._now)
        self.held = dict[str, bool]()
        self.pump = Pump(
            self.store,
            ladder,
            channels,
            services,
            _render,
            self._now,
            LEASE_S,
            folds=self.store,
            budget=budget,
            conditions={"open": lambda rest: self.held[rest]},
        )

    def _now(self) -> datetime:
        return self.now

    def _serve(self, asked: Owed) -> None:
        self.directory.send(Address("", ""), Note(""), message_key=asked.message_key)

    def run(self, after_s: float = 0) -> int:
        self.now += timedelta(seconds=after_s)
        return self.pump.run_once()

    def outcomes(self, seq: int = 1) -> list[tuple[str, str, str]]:
        return [(a.rung, outcome, a.code) for at, outcome, a in self.store.attempts if at == seq]

    def due_at(self) -> datetime:
        return self.store.rows[0].due_at


class _Slow:
    """A platform that answers when it is told to."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.finish = threading.Event()

    def send(self, to: Address, content: Card | Note, *, message_key: str) -> Sent:
        assert self.finish.wait(10)
        return Sent(message_key)

    def end_of_lease_is(self, moment: datetime) -> None:
        """Wait until the row belongs to the pump until this moment."""
        for _ in range(1000):
            if self._world.store.rows[0].claimed_until == moment:
                return
            self.finish.wait(0.01)
        raise AssertionError(self._world.store.rows[0].claimed_until)


def _render(card: str, view: object) -> Card | Note:
    if card == "defect":
        raise KeyError(card)
    return Card(title="工单") if card == "work_order" else Note("您好")


def living(seq: int, **changes: object) -> Owed:
    return owed(seq, card="work_order", subject_id=ORDER, living=True, **changes)


def shown(world: World, rung: str = "dingtalk.built_in_card") -> None:
    copy = Copy(rung, Address("dingtalk_user", "li"), Sent("md-old"))
    world.store.copies[(ORDER, f"person:{LI}")] = copy


def test_a_note_is_sent_once_with_its_key():
    world = World(owed())

    assert (world.run(), world.run()) == (1, 0)
    assert (world.text.sent, world.store.state(1)) == (["m1"], "sent")
    assert world.outcomes() == [("dingtalk.text", "accepted", "")]


def test_a_pump_that_lives_renews_what_it_still_delivers():
    world, stop = World(owed(card="note")), threading.Event()
    slow = _Slow(world)
    world.text.send = slow.send  # type: ignore[method-assign]

    pump = threading.Thread(target=world.pump.run, args=(stop,))
    pump.start()
    slow.end_of_lease_is(AT + timedelta(seconds=LEASE_S))
    world.now += timedelta(seconds=LEASE_S - 1)
    slow.end_of_lease_is(AT + timedelta(seconds=2 * LEASE_S - 1))
    slow.finish.set()
    stop.set()
    pump.join()

    assert world.store.state(1) == "sent"


def test_a_card_takes_the_best_rung():
    world = World(living(1))

    world.run()

    assert (world.card.sent, world.text.sent) == (["m1"], [])


def test_a_rung_that_will_never_take_it_gives_way_to_the_next():
    world = World(living(1))
    world.card.errors = [PERMANENT]

    world.run()

    assert world.text.sent == ["m1"]
    assert [rung for rung, _, _ in world.outcomes()] == ["dingtalk.built_in_card", "dingtalk.text"]


def test_the_next_platform_follows_the_last_rung_of_the_first():
    world = World(owed())
    world.text.errors = [PERMANENT]

    world.run()

    assert world.wecom.sent == ["m1"]


def test_when_no_rung_is_left_an_operator_must_look(caplog: pytest.LogCaptureFixture):
    world = World(owed())
    world.text.errors, world.wecom.errors = [PERMANENT], [PERMANENT]

    world.run()

    assert (world.store.state(1), world.outcomes()[-1]) == ("dead", ("", "dead", "no rung left"))
    assert "nobody could be reached" in caplog.text


def test_somebody_without_an_identity_is_left_for_an_operator():
    world = World(owed(audience=f"person:{UUID(int=99)}"))

    world.run()

    assert world.store.state(1) == "dead"


def test_a_platform_that_is_down_is_tried_again_on_the_same_rung():
    world = World(owed())
    world.text.errors = [TEMPORARY, TEMPORARY]

    assert [world.run(after_s) for after_s in (0, 0.5, 0.5, 1.9, 0.1)] == [1, 0, 1, 0, 1]
    assert (world.text.sent, world.wecom.sent) == (["m1"], [])


def test_a_limit_is_waited_out():
    world = World(owed())
    world.text.errors = [LIMITED]

    world.run()

    assert world.due_at() == AT + timedelta(seconds=120)
    assert (world.run(119), world.run(1)) == (0, 1)


def test_a_new_rung_begins_with_the_shortest_pause():
    world = World(owed(attempts=9))
    world.text.errors, world.wecom.errors = [PERMANENT], [TEMPORARY]

    world.run()

    assert world.due_at() == AT + timedelta(seconds=1)


def test_who_must_speak_first_is_waited_for():
    world = World(owed(audience="conversation:dingtalk_user:li"))
    world.text.errors = [WAITING]

    assert (world.run(), world.run(86_400)) == (1, 0)
    assert world.store.state(1) == "waiting"
    assert world.outcomes() == [("dingtalk.text", "waiting", "95001")]


@pytest.mark.parametrize(("after_s", "state"), [(0, "dead"), (-1, "sent")])
def test_what_is_of_no_use_any_more_is_not_sent(after_s: int, state: str):
    world = World(owed(expires_at=AT))
    world.now += timedelta(seconds=after_s)
    world.store.rows[0].due_at = world.now

    world.run()

    assert world.store.state(1) == state


def test_a_defect_is_logged_and_tried_again_later(caplog: pytest.LogCaptureFixture):
    world = World(owed(card="defect"))

    world.run()

    assert world.due_at() == AT + DEFECT_PAUSE
    assert (world.store.state(1), world.outcomes()) == ("pending", [("", "failed", "defect")])
    assert "delivery defect" in caplog.text


def test_a_defect_of_a_channel_keeps_the_row_too():
    world = World(owed())
    world.text.errors = [RuntimeError("defect")]

    world.run()

    assert world.run(DEFECT_PAUSE.total_seconds()) == 1
    assert world.text.sent == ["m1"]


def test_a_defect_does_not_hold_up_other_people():
    world = World(owed(1, card="defect"), owed(2, audience="conversation:dingtalk_user:wang"))

    world.run()

    assert world.store.state(2) == "sent"


def test_a_shown_card_is_changed_in_place():
    world = World(living(1))
    shown(world)

    world.run()

    assert (world.card.updated, world.card.sent) == (["md-old<m1"], [])
    assert world.store.copies[(ORDER, f"person:{LI}")].sent.update_code == "next"


def test_a_card_that_cannot_be_changed_is_sent_anew():
    world = World(living(1))
    shown(world)
    world.card.errors = [PERMANENT]

    world.run()

    assert world.card.sent == ["m1"]
    assert world.store.copies[(ORDER, f"person:{LI}")].sent.ref == "ref-m1"


def test_an_old_card_says_that_there_is_a_new_one():
    world = World(living(1, anew=True))
    shown(world)

    world.run()

    assert (world.card.sent, world.card.updated) == (["m1"], ["md-old<m1_old"])
    assert world.store.copies[(ORDER, f"person:{LI}")].sent.ref == "ref-m1"


def test_an_old_card_stays_while_the_new_one_is_not_sent():
    world = World(living(1, anew=True))
    shown(world)
    world.card.errors = [TEMPORARY]

    world.run()

    assert (world.card.sent, world.card.updated) == ([], [])


@pytest.mark.parametrize("error", [TEMPORARY, LIMITED])
def test_a_change_that_failed_is_tried_again_as_a_change(error: DeliveryError):
    world = World(living(1))
    shown(world)
    world.card.errors = [error]

    world.run()
    world.run(300)

    assert (world.card.updated, world.card.sent) == (["md-old<m1"], [])


def test_a_card_shown_as_text_is_told_again():
    world = World(living(1))
    shown(world, "dingtalk.text")

    world.run()

    assert (world.card.sent, world.card.updated) == (["m1"], [])


def test_a_copy_on_a_rung_that_was_switched_off_is_sent_anew():
    world = World(living(1))
    shown(world, "dingtalk.own_card")

    world.run()

    assert world.card.sent == ["m1"]


def test_a_newer_card_replaces_the_one_that_was_not_sent_yet():
    world = World(living(1), living(2))

    world.run()

    assert (world.card.sent, world.store.state(1)) == (["m2"], "superseded")


def test_no_two_rows_of_one_lane_are_under_way_together():
    world = World(owed(1), owed(2), owed(3, audience="conversation:x"))

    claimed = world.store.claim(AT, LEASE_S, 6)

    assert [row.seq for row in claimed] == [1, 3]


def test_a_lane_is_delivered_in_its_order():
    world = World(owed(1), owed(2), owed(3))
    world.text.errors = [TEMPORARY]

    world.run()
    assert world.text.sent == []
    world.run(1)

    assert world.text.sent == ["m1", "m2", "m3"]


def test_a_service_is_asked_instead_of_a_chat():
    world = World(owed(audience="directory:dingtalk", card="verify_mobile"))

    world.run()

    assert (world.directory.sent, world.store.state(1)) == (["m1"], "sent")


@pytest.mark.parametrize(
    ("error", "state"), [(PERMANENT, "dead"), (TEMPORARY, "pending"), (LIMITED, "pending")]
)
def test_a_service_that_fails_is_tried_again_unless_it_never_will(error: DeliveryError, state: str):
    world = World(owed(audience="directory:dingtalk", card="verify_mobile"))
    world.directory.errors = [error]

    world.run()

    assert world.store.state(1) == state
