"""What the inbound path needs of its transaction beyond the domain's areas."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from adapters.delivery.store import Owed
from adapters.inbound import Answer, Inbound
from domain.policies.ports import EveryUnitOfWork


class InboxPort(Protocol):
    """What platforms delivered."""

    def admit(self, inbound: Inbound, *, state: str, now: datetime, correlation_id: str) -> int | None:
        """Keep a delivery and return its row, or None when it was delivered before."""

    def stored_answer(self, inbound: Inbound) -> Answer:
        """Return what the first delivery was answered."""

    def settle(self, seq: int, *, state: str, answer: Answer | None = None, refusal: str = "") -> None:
        """Write how a delivery ended."""

    def lock_pending(self, seq: int) -> tuple[Inbound, str] | None:
        """Lock one delivery and return it with its correlation id; None when somebody else has it."""

    def postpone(self, seq: int, now: datetime) -> bool:
        """Try again later after a defect; False when it was tried often enough."""


class DialoguePort(Protocol):
    """Conversations that wait for their other half."""

    def current(self, sender_key: str, now: datetime) -> tuple[str, dict[str, Any]] | None:
        """Return the kind and data of the sender's unexpired dialogue, or None."""

    def begin(self, sender_key: str, kind: str, data: dict[str, Any], expires_at: datetime) -> None:
        """Start a dialogue; it takes the place of an older one."""

    def end(self, sender_key: str) -> None:
        """Forget the sender's dialogue."""


class BotUnitOfWork(EveryUnitOfWork, Protocol):
    """One transaction from the inbox row to the outbox rows."""

    @property
    def inbox(self) -> InboxPort:
        """Return what platforms delivered."""

    @property
    def dialogues(self) -> DialoguePort:
        """Return the open conversations."""

    def wake_waiting(self, audience: str) -> None:
        """Put notices that waited for this person to speak back in line."""

    def revoke(self, ref: str, code: str) -> Owed | None:
        """Note that a platform revoked a message it had accepted; return it if it waits now."""

    def card_audience(self, ref: str, subject_id: UUID) -> str:
        """Return whose living card of this record a platform calls by this name, or an empty text."""

    def renew_update_code(self, ref: str, code: str) -> None:
        """Keep the fresh single-use code that a press brought along."""

    def continue_as(self, channel: str, correlation_id: str) -> None:
        """Record what follows under the door and the correlation id that a kept delivery came in with."""

    def commit(self) -> None:
        """Make everything durable at once."""


class OpenUnitOfWork(Protocol):
    """How a transaction is begun."""

    def __call__(
        self, *, now: datetime, channel: str, correlation_id: str
    ) -> AbstractContextManager[BotUnitOfWork]:
        """Return a transaction to be entered with `with`; it is undone unless it commits."""


class PendingInbox(Protocol):
    """A look at the inbox outside any transaction."""

    def next_pending(self, now: datetime) -> int | None:
        """Return the oldest delivery to work off, or None."""


Now = Callable[[], datetime]
