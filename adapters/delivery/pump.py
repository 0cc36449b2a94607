"""The pump: claims what is owed, delivers it rung by rung, and marks how it went."""

import logging
import threading
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta

from adapters.delivery.audience import CARD_ONLY, Ladder
from adapters.delivery.ports import Address, Channel, DeliveryError, EditableChannel, Failure, Sent
from adapters.delivery.retry import next_attempt
from adapters.delivery.store import EXPIRED, Attempt, OutboxStore, Owed
from cards.spec import Card, Note

log = logging.getLogger(__name__)

WORKERS = 6
IDLE_PAUSE_S = 0.15
DEFECT_PAUSE = timedelta(seconds=30)

Service = Callable[[Owed], None]
"""Something owed that is not a message, e.g. asking a directory; raises DeliveryError like a channel."""


class Pump:
    """Delivers at least once; a repeat carries the same `message_key`.

    Args:
        channels: every configured rung by its name.
        services: what to do for audiences that are not chats, by audience kind.
        lease_s: how long a claimed row belongs to this pump without being renewed.
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
    ) -> None:
        self._store = store
        self._ladder = ladder
        self._channels = channels
        self._services = services
        self._render = render
        self._now = now
        self._lease_s = lease_s

    def run(self, stop: threading.Event) -> None:
        """Deliver until told to stop; claims only what a free worker can take at once."""
        flying: dict[Future[None], int] = {}
        renew_at = self._now()
        with ThreadPoolExecutor(WORKERS, thread_name_prefix="pump") as workers:
            while not stop.is_set():
                flying = {future: seq for future, seq in flying.items() if not future.done()}
                if self._now() >= renew_at:
                    self._renew(flying.values())
                    renew_at = self._now() + timedelta(seconds=self._lease_s / 3)
                claimed = self._claim(WORKERS - len(flying))
                flying |= {workers.submit(self._deliver_safely, owed): owed.seq for owed in claimed}
                if not claimed:
                    stop.wait(IDLE_PAUSE_S)

    def run_once(self) -> int:
        """Deliver everything that is due now, one after the other, and return how many rows it was."""
        done = 0
        while claimed := self._store.claim(self._now(), self._lease_s, WORKERS):
            for owed in claimed:
                self.deliver(owed)
            done += len(claimed)
        return done

    def deliver(self, owed: Owed) -> None:
        """Deliver one claimed row and mark how it went."""
        at = self._now()
        if owed.expires_at is not None and owed.expires_at <= at:
            self._store.give_up(owed, Attempt("", owed.audience, at, EXPIRED))
            return
        try:
            self._dispatch(owed)
        except Exception:
            log.exception("delivery defect: outbox %s, card %s", owed.seq, owed.card)
            self._store.retry(owed, Attempt("", owed.audience, at, "defect"), at + DEFECT_PAUSE, owed.rung)

    def _claim(self, free: int) -> list[Owed]:
        if not free:
            return []
        try:
            return list(self._store.claim(self._now(), self._lease_s, free))
        except Exception:
            log.exception("the outbox cannot be read; trying again")
            return []

    def _renew(self, seqs: Collection[int]) -> None:
        """Keep what is still being delivered; a dead pump renews nothing, so its rows are free again soon."""
        if not seqs:
            return
        try:
            self._store.extend(list(seqs), self._now() + timedelta(seconds=self._lease_s))
        except Exception:
            log.exception("leases cannot be renewed; a slow message may be sent twice")

    def _deliver_safely(self, owed: Owed) -> None:
        try:
            self.deliver(owed)
        except Exception:
            log.exception("the outcome of outbox %s cannot be kept; its lease will end", owed.seq)

    def _dispatch(self, owed: Owed) -> None:
        service = self._services.get(owed.audience.partition(":")[0])
        if service is not None:
            self._serve(owed, service)
            return
        content = self._render(owed.card, owed.view)
        if isinstance(content, Card) and self._update_copy(owed, content):
            return
        steps = self._ladder.steps(owed.audience, content)
        if owed.rung >= len(steps):
            log.error("nobody could be reached: outbox %s, card %s", owed.seq, owed.card)
            self._store.give_up(owed, Attempt("", owed.audience, self._now(), "no rung left"))
            return
        rung, address = steps[owed.rung]
        self._send(owed, rung, address, content)

    def _serve(self, owed: Owed, service: Service) -> None:
        attempt = Attempt(owed.card, owed.audience, self._now())
        try:
            service(owed)
        except DeliveryError as error:
            if error.failure is Failure.PERMANENT:
                self._store.give_up(owed, Attempt(owed.card, owed.audience, attempt.at, error.code))
            else:
                self._failed(owed, attempt, error)
            return
        self._store.delivered(owed, attempt, Sent(""))

    def _update_copy(self, owed: Owed, content: Card) -> bool:
        """Change the card that is shown already; False when a new one must be sent."""
        copy = self._store.copy_of(owed)
        if copy is None or copy.rung not in CARD_ONLY or copy.rung not in self._channels:
            return False
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

    def _send(self, owed: Owed, rung: str, address: Address, content: Card | Note) -> None:
        attempt = Attempt(rung, str(address), self._now())
        try:
            sent = self._channels[rung].send(address, content, message_key=owed.message_key)
        except DeliveryError as error:
            self._failed(owed, attempt, error)
            return
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
            self._store.wait(owed, failed)
            return
        due_at = next_attempt(error, owed.attempts, self._now())
        if due_at is None:
            self._store.retry(owed, failed, self._now(), owed.rung + 1)
        else:
            self._store.retry(owed, failed, due_at, owed.rung)
