"""Reminders to one audience: alone while there are few, folded into one message when there are many."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from adapters.delivery.audience import Ladder
from adapters.delivery.budget import OverBudget
from adapters.delivery.conditions import Conditions, holds
from adapters.delivery.layout import LIVING, ROOM, best_first, first_part, fold_key, size_of, view_of
from adapters.delivery.ports import Channel, DeliveryError, EditableChannel, Failure
from adapters.delivery.retry import DEFECT_PAUSE, next_attempt
from adapters.delivery.sender import Sender
from adapters.delivery.store import EXPIRED, Attempt, Copy, FoldStore, OutboxStore, Owed, Shown
from cards.spec import Card, Note

log = logging.getLogger(__name__)

FOLD_FROM: Final = 3
"""So many reminders due at once, or within a minute, are noise."""
MINUTE: Final = timedelta(minutes=1)
GAP: Final = timedelta(seconds=15)
"""What comes sooner after a reminder waits for its like, unless it is more urgent."""
LIVES: Final = timedelta(minutes=10)
"""A fold takes new lines so long; later they deserve a message of their own."""
REPEAT_AFTER: Final = timedelta(minutes=30)
"""The same line is not told again sooner, unless it became more urgent."""
TURN_PAUSE: Final = timedelta(seconds=1)

REPEATED: Final = "repeated"
MOOT: Final = "moot"

Render = Callable[[str, Mapping[str, object]], Card | Note]


@dataclass(frozen=True)
class Folding:
    """Delivers the reminders of one audience; one pump at a time.

    Args:
        alone: delivers one row with its own card.
    """

    store: OutboxStore
    folds: FoldStore
    ladder: Ladder
    channels: Mapping[str, Channel]
    sender: Sender
    render: Render
    now: Callable[[], datetime]
    lease_s: float
    conditions: Conditions
    alone: Callable[[Owed], None]

    def gather(self, leaders: Sequence[Owed]) -> Sequence[Owed]:
        """Take everything that can be folded with claimed rows; nothing while another pump is at it."""
        at = self.now()
        rows = self.folds.gather(leaders, at, self.lease_s)
        if rows is None:
            self.folds.postpone(leaders, at + TURN_PAUSE)
            return ()
        return rows

    def deliver(self, rows: Sequence[Owed]) -> None:
        """Deliver what was gathered, mark how it went, and give the audience's turn back."""
        try:
            self._deliver(rows)
        except Exception:
            log.exception("delivery defect: reminders to %s", rows[0].audience)
            at = self.now()
            failed = Attempt("", rows[0].audience, at, "defect")
            self.folds.retry_fold(rows, failed, at + DEFECT_PAUSE)
        finally:
            self.folds.leave(rows)

    def _deliver(self, rows: Sequence[Owed]) -> None:
        audience, at = rows[0].audience, self.now()
        shown = self.folds.shown(audience, at - REPEAT_AFTER)
        rows = self._unsaid(self._still_owed(rows, at), shown, at)
        copy = self.folds.fold_copy(audience)
        begun = [owed for owed in rows if owed.fold_key and not _stands_in(copy, owed.fold_key)]
        for _, fold in groupby(sorted(begun, key=lambda owed: owed.fold_key), lambda owed: owed.fold_key):
            self._send_all(list(fold))
        fresh = [owed for owed in rows if owed not in begun]
        if fresh:
            self._deliver_fresh(fresh, shown, copy, at)

    def _still_owed(self, rows: Sequence[Owed], at: datetime) -> list[Owed]:
        """Return what is of use still; an answer given meanwhile makes a reminder moot."""
        kept: list[Owed] = []
        for owed in rows:
            if owed.expires_at is not None and owed.expires_at <= at:
                self.store.give_up(owed, Attempt("", owed.audience, at, EXPIRED))
            elif not holds(self.conditions, owed.only_while):
                self.folds.drop([owed], Attempt("", owed.audience, at, owed.only_while), MOOT)
            else:
                kept.append(owed)
        return kept

    def _unsaid(self, rows: Sequence[Owed], shown: Sequence[Shown], at: datetime) -> list[Owed]:
        """Return the rows whose line the audience does not read already."""
        said: dict[str, int] = {}
        for each in shown:
            said[each.line] = max(each.urgency, said.get(each.line, each.urgency))
        kept: list[Owed] = []
        for owed in rows:
            if said.get(owed.line, owed.urgency - 1) >= owed.urgency:
                self.folds.drop([owed], Attempt("", owed.audience, at, REPEATED), "superseded")
            else:
                said[owed.line] = owed.urgency
                kept.append(owed)
        return kept

    def _deliver_fresh(
        self, rows: Sequence[Owed], shown: Sequence[Shown], copy: Copy | None, at: datetime
    ) -> None:
        steps = self.ladder.steps(rows[0].audience, Card(title=""))
        lately = sum(each.at > at - MINUTE for each in shown)
        few = len(rows) + lately < FOLD_FROM
        if not steps or (few and len(rows) <= self.sender.room(steps[0][1])):
            for owed in rows:
                self.alone(owed)
            return
        louder = _urgency(rows) > _urgency(shown)
        if copy is not None and not louder and self._add_to(copy, rows, shown, at):
            return
        quiet_until = shown[-1].at + GAP if shown and not louder else at
        if quiet_until > at:
            self.folds.postpone(rows, quiet_until)
            return
        self._send_all(rows)

    def _send_all(self, rows: Sequence[Owed]) -> None:
        """Send everything; who was refused on a rung is not folded with who was not."""
        for rung in sorted({owed.rung for owed in rows}, reverse=True):
            left: Sequence[Owed] = [owed for owed in rows if owed.rung == rung]
            while left:
                left = self._send(left)

    def _add_to(self, copy: Copy, rows: Sequence[Owed], shown: Sequence[Shown], at: datetime) -> bool:
        """Put lines into the fold that is shown already; False when a new message must be sent."""
        old = [each for each in shown if _stands_in(copy, each.fold_key)]
        if copy.rung not in self.channels or not old or old[0].at <= at - LIVES:
            return False
        lines: list[Owed | Shown] = [
            *(each for each in old if holds(self.conditions, each.only_while)),
            *rows,
        ]
        content = self.render("fold", view_of(lines, 0))
        if size_of(each.line for each in lines) > ROOM[copy.rung] or not isinstance(content, Card):
            return False
        channel: EditableChannel = self.channels[copy.rung]  # type: ignore[assignment]
        attempt = Attempt(copy.rung, str(copy.address), at)
        self.folds.bind(rows, old[0].fold_key)
        try:
            sent = channel.update(copy.address, copy.sent, content, message_key=fold_key(rows))
        except DeliveryError as error:
            if error.failure is Failure.PERMANENT:
                self.folds.forget_fold(rows[0].audience)
                return False
            self._failed(rows, attempt, error, 0)
            return True
        self.folds.folded(rows, attempt, sent, living=True)
        return True

    def _send(self, rows: Sequence[Owed]) -> Sequence[Owed]:
        """Send as many rows as one message holds, and return those that are left to be sent now."""
        steps = best_first(self.ladder.steps(rows[0].audience, Card(title="")), (owed.line for owed in rows))
        number = rows[0].rung
        if number >= len(steps):
            self._nobody(rows)
            return ()
        rung, address = steps[number]
        part = first_part(rows, ROOM[rung])
        rest = [replace(owed, fold_key="") for owed in rows[len(part) :]]
        attempt = Attempt(rung, str(address), self.now())
        try:
            self.sender.take(address, reminder=True)
            key = rows[0].fold_key or fold_key(part)
            self.folds.bind(part, key)
            content = self.render("fold", view_of(part, len(rest)))
            mentions = [each for owed in part for each in owed.mentions]
            sent = self.sender.show(rung, address, content, key, list(dict.fromkeys(mentions)))
        except OverBudget as over:
            self.folds.postpone(rows, over.until)
            return ()
        except DeliveryError as error:
            due_at = self._failed(part, attempt, error, number)
            if rest:
                self.folds.postpone(rest, due_at)
            return ()
        self.folds.folded(part, attempt, sent, living=rung in LIVING)
        return rest

    def _failed(self, rows: Sequence[Owed], attempt: Attempt, error: DeliveryError, rung: int) -> datetime:
        """Put a fold back, and return when it is due again."""
        failed = replace(attempt, code=error.code)
        log.warning("%s reminders not delivered: rung %s, %s", len(rows), attempt.rung, error)
        due_at = next_attempt(error, rows[0].attempts, self.now())
        if error.failure is Failure.WAITING:
            for owed in rows:
                self.store.wait(owed, failed)
        elif due_at is None:
            self.folds.retry_fold(rows, failed, self.now(), rung + 1)
        else:
            self.folds.retry_fold(rows, failed, due_at)
        return due_at or self.now()

    def _nobody(self, rows: Sequence[Owed]) -> None:
        log.error("nobody could be reached: %s reminders to %s", len(rows), rows[0].audience)
        for owed in rows:
            self.store.give_up(owed, Attempt("", owed.audience, self.now(), "no rung left"))


def _stands_in(copy: Copy | None, key: str) -> bool:
    """Return whether a fold is the one shown; every rung whose cards change names them by their key."""
    return copy is not None and bool(key) and copy.sent.ref.endswith(key)


def _urgency(lines: Sequence[Owed | Shown]) -> int:
    return max((each.urgency for each in lines), default=0)
