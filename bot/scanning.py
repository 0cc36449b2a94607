"""A photo of a barcode instead of typed words: kept at once, read after it was fetched, then heard as said.

What a code says is never a command; only what waits for codes hears it.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Protocol
from uuid import UUID

from adapters.files.ports import FileAbsent, FileSource
from adapters.inbound import Inbound, MediaContent, Receiver, ScannedContent
from bot.ports import BotUnitOfWork, Now, OpenUnitOfWork
from bot.replies import DONE, Outcome, Said, say
from cards.text_store import SCAN_NONE, SCAN_OVER, SCAN_UNREADABLE
from domain.files.commands import KeepAttachment, Medium
from domain.kernel.bus import Bus
from domain.people.model import Person

SCAN = "scan"
SCAN_WAIT = timedelta(days=4)
"""As long as a platform in trouble is asked for the picture."""


class CodeReader(Protocol):
    """Reads barcodes off pictures."""

    def read(self, data: bytes) -> tuple[str, ...] | None:
        """Return the texts of all codes; None where it is no picture that it reads. Never raises."""


class TakesCodes(Protocol):
    """A part of the conversation that waits for codes now and then."""

    def waits_for_codes(self, said: Said, person: Person, uow: BotUnitOfWork) -> bool:
        """Return whether a picture of this person is meant to be read."""

    def take_codes(self, said: Said, codes: Sequence[str], person: Person, uow: BotUnitOfWork) -> Outcome:
        """Do what the codes, at least one, are for."""


class Scanning:
    """The two ends of a scan in the conversation: the picture that comes, and what was read off it."""

    def __init__(self, bus: Bus, takers: Sequence[TakesCodes]) -> None:
        self._bus, self._takers = bus, takers

    def keep(self, said: Said, content: object, person: Person, uow: BotUnitOfWork) -> Outcome | None:
        """Keep a picture that is meant to be read; None for anything else."""
        if not isinstance(content, MediaContent) or content.media != Medium.IMAGE.value:
            return None
        if self._taker(said, person, uow) is None:
            return None
        command = KeepAttachment(
            media=Medium.IMAGE,
            platform=said.inbound.sender.platform.value,
            media_ref=content.media_ref,
            sender_id=person.id,
            sent_at=said.inbound.sent_at,
            conversation=said.private,
            source_key=said.source_key,
            **said.cause(person.id),
        )
        data = {"inbound": said.inbound.model_dump(mode="json", exclude={"raw", "content", "attached"})}
        uow.dialogues.begin(_key(command.attachment_id), SCAN, data, said.at + SCAN_WAIT)
        self._bus.handle(command, uow)
        return DONE

    def take(self, said: Said, content: ScannedContent, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Hear what was read off a picture."""
        if not content.codes:
            return say(uow, said, SCAN_NONE if content.readable else SCAN_UNREADABLE, privately=True)
        taker = self._taker(said, person, uow)
        if taker is None:
            return say(uow, said, SCAN_OVER.format(codes="、".join(content.codes)), privately=True)
        return taker.take_codes(said, content.codes, person, uow)

    def _taker(self, said: Said, person: Person, uow: BotUnitOfWork) -> TakesCodes | None:
        return next((one for one in self._takers if one.waits_for_codes(said, person, uow)), None)


class PhotoReader:
    """Reads a picture outside any transaction and hands over what it says, once.

    Args:
        receiver: the one inbound path; it takes the same scan in only once.
    """

    def __init__(
        self, codes: CodeReader, files: FileSource, open_uow: OpenUnitOfWork, receiver: Receiver, now: Now
    ) -> None:
        self._codes, self._files, self._receiver = codes, files, receiver
        self._open_uow, self._now = open_uow, now

    def fetched(self, attachment_id: UUID, sha256: str, platform: str) -> None:
        """Read a picture that somebody waits for; any other file is left alone."""
        now = self._now()
        with self._open_uow(now=now, channel=platform, correlation_id=f"scan:{attachment_id}") as uow:
            waits = uow.dialogues.current(_key(attachment_id), now)
        if waits is not None:
            self._receiver.receive(_scanned(attachment_id, waits[1], self._read(sha256)))

    def _read(self, sha256: str) -> tuple[str, ...] | None:
        try:
            return self._codes.read(self._files.open(sha256).data)
        except FileAbsent:
            return None


def _scanned(attachment_id: UUID, data: Mapping[str, Any], codes: tuple[str, ...] | None) -> Inbound:
    """Return what the sender is taken to have said, in the chat in which they sent the picture."""
    content = ScannedContent(codes=codes or (), readable=codes is not None)
    said = {**data["inbound"], "content": content, "delivery_key": _key(attachment_id)}
    return Inbound.model_validate(said)


def _key(attachment_id: UUID) -> str:
    return f"{SCAN}:{attachment_id}"
