"""The pump's media service: every outcome is recorded once, and a platform in trouble is asked again."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from adapters.delivery.ports import DeliveryError, Failure
from adapters.delivery.store import Owed
from adapters.files.ports import FileTooLarge, MediaGone
from adapters.files.store import KeptFile
from bot.media import SLOTS, MediaFetcher
from domain.files.commands import MissingReason, RecordFetchedFile, RecordMissingFile
from domain.kernel.messages import Command
from tests.support.builders import AT
from tests.support.builders import owed as row

ATTACHMENT = UUID(int=500)
HASH = "a" * 64


def owed(platform: str = "wecom") -> Owed:
    return row(
        audience=f"media:{platform}",
        card="fetch_media",
        view={
            "attachment_id": str(ATTACHMENT),
            "media": "image",
            "media_ref": "m-1",
            "sent_at": AT.isoformat(),
        },
    )


@dataclass
class Source:
    """A platform with one file, or one failure."""

    data: bytes = b"bytes"
    failure: Exception | None = None

    @contextmanager
    def fetch(self, media_ref: str) -> Iterator[Iterator[bytes]]:
        assert media_ref == "m-1"
        if self.failure is not None:
            raise self.failure
        yield iter([self.data])


@dataclass
class Keeper:
    failure: Exception | None = None
    holds: bool = True

    def has(self, sha256: str) -> bool:
        return self.holds

    def keep(self, pieces: Iterable[bytes]) -> KeptFile:
        if self.failure is not None:
            raise self.failure
        return KeptFile(HASH, len(b"".join(pieces)), "image/png")


@dataclass
class Office:
    """The bus and the transactions; remembers what was decided and committed."""

    source: Source = field(default_factory=Source)
    keeper: Keeper = field(default_factory=Keeper)
    late: timedelta = timedelta()
    decided: list[Command] = field(default_factory=list)
    commits: int = 0
    breaks: bool = False

    def handle(self, command: Command, uow: object) -> None:
        self.decided.append(command)

    def commit(self) -> None:
        if self.breaks:
            self.breaks = False
            raise ConnectionError
        self.commits += 1

    @contextmanager
    def open(self, **_: object) -> Iterator["Office"]:
        yield self

    def fetcher(self) -> MediaFetcher:
        now = lambda: AT + self.late  # noqa: E731
        bus: Any = self
        open_uow: Any = self.open
        return MediaFetcher({"wecom": self.source}, self.keeper, open_uow, bus, now)

    def outcome(self) -> Command:
        self.fetcher()(owed())
        assert self.commits == len(self.decided) == 1
        return self.decided[0]


def test_fetched_bytes_are_recorded_under_their_name():
    outcome = Office().outcome()

    assert isinstance(outcome, RecordFetchedFile)
    assert (outcome.attachment_id, outcome.sha256, outcome.size) == (ATTACHMENT, HASH, 5)


@pytest.mark.parametrize(
    ("office", "reason"),
    [
        (Office(Source(failure=MediaGone())), MissingReason.EXPIRED),
        (Office(keeper=Keeper(FileTooLarge())), MissingReason.TOO_LARGE),
        (Office(Source(failure=DeliveryError("48002", Failure.PERMANENT))), MissingReason.REFUSED),
        (Office(Source(data=b"")), MissingReason.REFUSED),
        (
            Office(Source(failure=DeliveryError("timeout", Failure.TEMPORARY)), late=timedelta(days=5)),
            MissingReason.EXPIRED,
        ),
    ],
)
def test_what_can_never_be_had_is_recorded_as_missing(office: Office, reason: MissingReason):
    outcome = office.outcome()

    assert isinstance(outcome, RecordMissingFile)
    assert outcome.reason is reason


@pytest.mark.parametrize("failure", [Failure.TEMPORARY, Failure.LIMITED])
def test_a_platform_in_trouble_is_asked_again(failure: Failure):
    office = Office(Source(failure=DeliveryError("busy", failure)))

    with pytest.raises(DeliveryError):
        office.fetcher()(owed())

    assert office.decided == []


def test_bytes_that_were_taken_away_meanwhile_are_fetched_again():
    office = Office(keeper=Keeper(holds=False))

    with pytest.raises(DeliveryError):
        office.fetcher()(owed())

    assert office.commits == 0


def test_a_full_disk_is_a_defect_that_records_nothing():
    office = Office(keeper=Keeper(OSError("no space left on device")))

    with pytest.raises(OSError, match="no space"):
        office.fetcher()(owed())

    assert office.decided == []


def test_a_crash_between_keeping_and_recording_is_made_good_by_the_next_try():
    office = Office(breaks=True)
    fetcher = office.fetcher()

    with pytest.raises(ConnectionError):
        fetcher(owed())
    fetcher(owed())

    first, second = office.decided
    assert (first, office.commits) == (second, 1)


def test_a_platform_that_is_not_configured_is_left_to_an_operator():
    with pytest.raises(DeliveryError) as caught:
        Office().fetcher()(owed("dingtalk"))

    assert caught.value.failure is Failure.PERMANENT


def test_a_failure_frees_its_slot():
    office = Office(Source(failure=DeliveryError("busy", Failure.TEMPORARY)))
    fetcher = office.fetcher()

    for _ in range(SLOTS + 1):
        with pytest.raises(DeliveryError) as caught:
            fetcher(owed())

        assert caught.value.code == "busy"
