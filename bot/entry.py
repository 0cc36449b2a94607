"""The one way in: every delivery is taken in once, durably, and answered from what was decided."""

import logging
from contextlib import AbstractContextManager
from datetime import datetime
from uuid import uuid4

from adapters.inbound import Answer, Inbound
from bot.ports import BotUnitOfWork, Now, OpenUnitOfWork, PendingInbox
from bot.reception import Reception
from bot.replies import DONE, Outcome, Said, say
from cards.text import APOLOGY
from domain.kernel.errors import DomainError
from domain.kernel.races import with_refusal

log = logging.getLogger(__name__)


class Entry:
    """Takes in deliveries of every channel; any number of processes may do so at once."""

    def __init__(
        self, open_uow: OpenUnitOfWork, pending: PendingInbox, reception: Reception, now: Now
    ) -> None:
        self._open_uow = open_uow
        self._pending = pending
        self._reception = reception
        self._now = now

    def receive(self, inbound: Inbound) -> Answer:
        """Take in one delivery durably and return what may be answered at once.

        A defect keeps the delivery for the worker; only a database that cannot be written raises.
        """
        correlation_id = str(uuid4())
        said = Said(inbound, self._now())
        try:
            return with_refusal(lambda refusal: self._admit(said, correlation_id, refusal))
        except Exception:
            log.exception("defect while handling a delivery, kept for another try: %s", correlation_id)
            return self._keep_for_later(said, correlation_id)

    def work_off(self) -> bool:
        """Handle one kept delivery; False when there is none to be had."""
        now = self._now()
        seq = self._pending.next_pending(now)
        if seq is None:
            return False
        try:
            return with_refusal(lambda refusal: self._work(seq, now, refusal))
        except Exception:
            log.exception("defect while working off inbox %s", seq)
            return self._postpone(seq, now)

    def _admit(self, said: Said, correlation_id: str, refusal: DomainError | None) -> Answer:
        with self._open(said, correlation_id) as uow:
            seq = uow.inbox.admit(said.inbound, state="done", now=said.at, correlation_id=correlation_id)
            if seq is None:
                return uow.inbox.stored_answer(said.inbound)
            outcome = self._decide(said, refusal, uow)
            if outcome != DONE:
                uow.inbox.settle(seq, state=outcome.state, answer=outcome.answer, refusal=outcome.refusal)
            uow.commit()
            return outcome.answer

    def _work(self, seq: int, now: datetime, refusal: DomainError | None) -> bool:
        with self._open_uow(now=now, channel="inbox", correlation_id=str(seq)) as uow:
            locked = uow.inbox.lock_pending(seq)
            if locked is None:
                return False
            uow.continue_as(locked[0].channel, locked[1])
            outcome = self._decide(Said(locked[0], now), refusal, uow)
            uow.inbox.settle(seq, state=outcome.state, answer=outcome.answer, refusal=outcome.refusal)
            uow.commit()
            return True

    def _decide(self, said: Said, refusal: DomainError | None, uow: BotUnitOfWork) -> Outcome:
        if refusal is None:
            return self._reception.handle(said, uow)
        log.info("refused: %s", refusal.code)
        return self._reception.refuse(said, refusal, uow)

    def _keep_for_later(self, said: Said, correlation_id: str) -> Answer:
        with self._open(said, correlation_id) as uow:
            uow.inbox.admit(said.inbound, state="pending", now=said.at, correlation_id=correlation_id)
            uow.commit()
        return Answer()

    def _postpone(self, seq: int, now: datetime) -> bool:
        with self._open_uow(now=now, channel="inbox", correlation_id=str(seq)) as uow:
            locked = uow.inbox.lock_pending(seq)
            if locked is not None and not uow.inbox.postpone(seq, now):
                say(uow, Said(locked[0], now), APOLOGY.format(reference=locked[1][:8]))
            uow.commit()
        return True

    def _open(self, said: Said, correlation_id: str) -> AbstractContextManager[BotUnitOfWork]:
        return self._open_uow(now=said.at, channel=said.inbound.channel, correlation_id=correlation_id)
