"""The pump: claims what is owed, delivers it rung by rung, and marks how it went."""

import logging
import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from types import MappingProxyType

from adapters.delivery.audience import CARD_ONLY, Ladder
from adapters.delivery.budget import Budget, OverBudget
from adapters.delivery.conditions import Conditions, holds
from adapters.delivery.folding import MOOT, Folding
from adapters.delivery.ports import Address, Channel, DeliveryError, EditableChannel, Failure, Sent
from adapters.delivery.retry import DEFECT_PAUSE, next_attempt
from adapters.delivery.sender import Sender
from adapters.delivery.services import RungRefused, Service
from adapters.delivery.store import EXPIRED, Attempt, Copy, FoldStore, OutboxStore, Owed
from cards.spec import Card, Note
from cards.text import MOVED, MOVED_HINT

log = logging.getLogger(__name__)

WORKERS = 6
IDLE_PAUSE_S = 0.15
NO_CONDITIONS: Conditions = MappingProxyType({})

Parked = Callable[[Owed, str], None]
"""Hears of what waits until its person speaks again, and of the platform's code for why."""


class Pump:
    """Delivers at least once; a repeat carries the same `message_key`.

    Args:
        channels: every configured rung by its name.
        services: what to do for audiences that are not chats, by audience kind.
        lease_s: how long a claimed row belongs to this pump without being renewed.
        folds: the store's side of reminders.
        budget: how fast each address may be written to.
        conditions: for each kind of `only_while`, what answers whether it still holds.
        parked: hears of each row before it is parked; of the same row perhaps twice.
    """

    def __init__(
        self,
        store: OutboxStore,
        ladder: Ladder,
        channels: Mapping[str, Channel],
        services: Mapping[str, Service],
        render: Callable[[str, Mapping[str, object]], Card | Note],
        now: Callable[[], datetime],
        lease_s: float,
        parked: Parked = lambda *_: None,
        *,
        folds: FoldStore,
        budget: Budget,
        conditions: Conditions = NO_CONDITIONS,
    ) -> None:
        self._store = store
        self._ladder = ladder
        self._channels = channels
        self._services = services
        self._render = render
        self._now = now
        self._lease_s = lease_s
        self._parked = parked
        self._folds = folds
        self._conditions = conditions
        self._sender = Sender(channels, budget, folds.named)
        self._folding = Folding(
            store,
            folds,
            ladder,
            channels,
            self._sender,
            render,
            now,
            lease_s,
            conditions,
            self._deliver_alone,
        )

    def run(self, stop: threading.Event) -> None:
        """Deliver until told to stop; claims only what a free worker can take at once."""
        flying: dict[Future[None], Sequence[Owed]] = {}
        renew_at = self._now()
        with ThreadPoolExecutor(WORKERS, thread_name_prefix="pump") as workers:
            while not stop.is_set():
                flying = {future: job for future, job in flying.items() if not future.done()}
                if self._now() >= renew_at:
                    self._renew([owed.seq for job in flying.values() for owed in job])
                    renew_at = self._now() + timedelta(seconds=self._lease_s / 3)
                jobs = self._claim(WORKERS - len(flying))
                flying |= {workers.submit(self._deliver_safely, job): job for job in jobs}
                if not jobs:
                    stop.wait(IDLE_PAUSE_S)

    def run_once(self) -> int:
        """Deliver everything that is due now, one after the other, and return how many rows were claimed."""
        done = 0
        while claimed := self._store.claim(self._now(), self._lease_s, WORKERS):
            for job in self._jobs(claimed):
                self._deliver_job(job)
            done += len(claimed)
        return done

    def deliver(self, owed: Owed) -> None:
        """Deliver one claimed row and mark how it went."""
        at = self._now()
        if owed.expires_at is not None and owed.expires_at <= at:
            self._store.give_up(owed, Attempt("", owed.audience, at, EXPIRED))
            return
        self._safely(self._dispatch_while_it_holds, owed)

    def _dispatch_while_it_holds(self, owed: Owed) -> None:
        if holds(self._conditions, owed.only_while):
            self._dispatch(owed)
        else:
            self._folds.drop([owed], Attempt("", owed.audience, self._now(), owed.only_while), MOOT)

    def _deliver_alone(self, owed: Owed) -> None:
        """Deliver a reminder, whose condition the folding has asked."""
        self._safely(self._dispatch, owed)

    def _safely(self, step: Callable[[Owed], None], owed: Owed) -> None:
        try:
            step(owed)
        except Exception:
            at = self._now()
            log.exception("delivery defect: outbox %s, card %s", owed.seq, owed.card)
            self._store.retry(owed, Attempt("", owed.audience, at, "defect"), at + DEFECT_PAUSE, owed.rung)

    def _claim(self, free: int) -> list[Sequence[Owed]]:
        if not free:
            return []
        try:
            return self._jobs(self._store.claim(self._now(), self._lease_s, free))
        except Exception:
            log.exception("the outbox cannot be read; trying again")
            return []

    def _jobs(self, claimed: Sequence[Owed]) -> list[Sequence[Owed]]:
        """Return what to deliver together: a row alone, reminders with all that is due to their audience."""
        jobs: list[Sequence[Owed]] = []
        reminders = defaultdict[str, list[Owed]](list)
        for owed in claimed:
            if owed.line:
                reminders[owed.audience].append(owed)
            else:
                jobs.append([owed])
        return jobs + [job for leaders in reminders.values() if (job := self._folding.gather(leaders))]

    def _deliver_job(self, job: Sequence[Owed]) -> None:
        if job[0].line:
            self._folding.deliver(job)
        else:
            self.deliver(job[0])

    def _renew(self, seqs: Collection[int]) -> None:
        """Keep what is still being delivered; a dead pump renews nothing, so its rows are free again soon."""
        if not seqs:
            return
        try:
            self._store.extend(list(seqs), self._now() + timedelta(seconds=self._lease_s))
        except Exception:
            log.exception("leases cannot be renewed; a slow message may be sent twice")

    def _deliver_safely(self, job: Sequence[Owed]) -> None:
        try:
            self._deliver_job(job)
        except Exception:
            log.exception("the outcome of outbox %s cannot be kept; its lease will end", job[0].seq)

    def _dispatch(self, owed: Owed) -> None:
        service = self._services.get(owed.audience.partition(":")[0])
        if service is not None:
            self._serve(owed, service)
            return
        content = self._render(owed.card, owed.view)
        copy = self._copy_of(owed) if isinstance(content, Card) else None
        if copy is not None and isinstance(content, Card) and not owed.anew:
            if self._update_copy(owed, copy, content):
                return
            copy = None
        steps = self._ladder.steps(owed.audience, content, owed.platform)
        if owed.rung >= len(steps):
            log.error("nobody could be reached: outbox %s, card %s", owed.seq, owed.card)
            self._store.give_up(owed, Attempt("", owed.audience, self._now(), "no rung left"))
            return
        rung, address = steps[owed.rung]
        self._send(owed, rung, address, content, copy)

    def _serve(self, owed: Owed, service: Service) -> None:
        attempt = Attempt(owed.card, owed.audience, self._now())
        try:
            served = service(owed)
        except RungRefused as refused:
            self._failed(owed, Attempt(refused.rung, refused.address, attempt.at), refused.error)
            return
        except DeliveryError as error:
            if error.failure is Failure.PERMANENT:
                self._store.give_up(owed, Attempt(owed.card, owed.audience, attempt.at, error.code))
            else:
                self._failed(owed, attempt, error)
            return
        if served is None:
            self._store.delivered(owed, attempt, Sent(""))
        elif served.sent is None:
            self._store.skip(owed, attempt)
        else:
            self._store.delivered(owed, Attempt(served.rung, served.address, attempt.at), served.sent)

    def _copy_of(self, owed: Owed) -> Copy | None:
        """Return where the living card is shown, if it can be changed there."""
        copy = self._store.copy_of(owed)
        return copy if copy and copy.rung in CARD_ONLY and copy.rung in self._channels else None

    def _update_copy(self, owed: Owed, copy: Copy, content: Card) -> bool:
        """Change the card that is shown already; False when a new one must be sent."""
        channel: EditableChannel = self._channels[copy.rung]  # type: ignore[assignment]
        attempt = Attempt(copy.rung, str(copy.address), self._now())
        try:
            sent = channel.update(copy.address, copy.sent, content, message_key=owed.message_key)
        except DeliveryError as error:
            if error.failure is Failure.PERMANENT:
                self._store.forget_copy(owed)
                return False
            self._failed(owed, attempt, error)
            return True
        self._store.delivered(owed, attempt, sent)
        return True

    def _retire(self, owed: Owed, copy: Copy, content: Card) -> None:
        """Let the old card say that there is a new one; where that fails it only stays as it was."""
        channel: EditableChannel = self._channels[copy.rung]  # type: ignore[assignment]
        moved = Card(title=content.title, status=MOVED, hint=MOVED_HINT)
        try:
            channel.update(copy.address, copy.sent, moved, message_key=f"{owed.message_key}_old")
        except DeliveryError as error:
            log.info("an old card stays as it was: outbox %s (%s)", owed.seq, error.code)

    def _send(self, owed: Owed, rung: str, address: Address, content: Card | Note, old: Copy | None) -> None:
        """Show something new and retire what it replaces; the row is done when both have happened."""
        attempt = Attempt(rung, str(address), self._now())
        try:
            self._sender.take(address, reminder=bool(owed.line))
            sent = self._sender.show(rung, address, content, owed.message_key, owed.mentions)
        except OverBudget as over:
            self._folds.postpone([owed], over.until)
            return
        except DeliveryError as error:
            self._failed(owed, attempt, error)
            return
        if old is not None and isinstance(content, Card):
            self._retire(owed, old, content)
        self._store.delivered(owed, attempt, sent)

    def _failed(self, owed: Owed, attempt: Attempt, error: DeliveryError) -> None:
        failed = Attempt(attempt.rung, attempt.address, attempt.at, error.code)
        log.warning(
            "not delivered: outbox %s, rung %s, %s (%s), attempt %s",
            owed.seq,
            attempt.rung,
            error.code,
            error.failure,
            owed.attempts,
        )
        if error.failure is Failure.WAITING:
            self._parked(owed, error.code)
            self._store.wait(owed, failed)
            return
        due_at = next_attempt(error, owed.attempts, self._now())
        if due_at is None:
            self._store.retry(owed, failed, self._now(), owed.rung + 1)
        else:
            self._store.retry(owed, failed, due_at, owed.rung)
