"""What pages need of their transaction and of links."""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from adapters.files.ports import OpenFile
from adapters.files.store import KeptFile
from adapters.inbound import Answer, Inbound
from adapters.links import Claim
from domain.policies.ports import EveryUnitOfWork


class InboxPort(Protocol):
    """What was submitted on pages, each once."""

    def admit(self, inbound: Inbound, *, state: str, now: datetime, correlation_id: str) -> int | None:
        """Keep a submission and return its row, or None when it was submitted before."""

    def stored_answer(self, inbound: Inbound) -> Answer:
        """Return what the first submission was answered."""

    def settle(self, seq: int, *, state: str, answer: Answer | None = None, refusal: str = "") -> None:
        """Write how a submission ended."""


class PageUnitOfWork(EveryUnitOfWork, Protocol):
    """One transaction from the submission to the notifications it leads to."""

    @property
    def inbox(self) -> InboxPort:
        """Return what was submitted."""

    def commit(self) -> None:
        """Make everything durable at once."""


class OpenUnitOfWork(Protocol):
    """How a transaction is begun."""

    def __call__(
        self, *, now: datetime, channel: str, correlation_id: str
    ) -> AbstractContextManager[PageUnitOfWork]:
        """Return a transaction to be entered with `with`; it is undone unless it commits."""


class LinkReader(Protocol):
    """Reads the links we made."""

    def read(self, token: str, now: datetime) -> Claim:
        """Return what a link says.

        Raises:
            LinkBroken: it was never ours, or was changed.
            LinkExpired: its time is over.
        """


class PageSdk(Protocol):
    """Signs our pages for the script of one chat."""

    def config(self, url: str) -> Mapping[str, object] | None:
        """Return what the script is configured with on the page at a URL; None where it goes without.

        Raises:
            DeliveryError: the platform gives nothing to sign with.
        """


class Files(Protocol):
    """The kept files."""

    def keep(self, pieces: Iterable[bytes]) -> KeptFile:
        """Write a file and return its name.

        Raises:
            FileTooLarge: the rest was not read.
        """

    def has(self, sha256: str) -> bool:
        """Return whether there is a file of this name."""

    def open(self, sha256: str) -> OpenFile:
        """Return a kept file.

        Raises:
            FileAbsent: it was never kept, or is damaged.
        """

    def in_print_size(self, sha256: str) -> bytes:
        """Return a picture as small as a document needs it.

        Raises:
            FileAbsent: it was never kept, or is damaged.
        """
