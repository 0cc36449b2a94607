"""What one delivery brings to a request: words, read with the speaker's machines in mind, and files."""

import re
import unicodedata
from collections.abc import Sequence
from uuid import UUID

from adapters.inbound import LinkContent, LocationContent, MediaContent, TextContent
from bot.ports import BotUnitOfWork
from bot.replies import Said
from domain.files.commands import KeepAttachment, Medium
from domain.intake.data import Heard
from domain.intake.understanding import KnownThing, Understander
from domain.kernel.bus import Bus
from domain.people.model import Person

KNOWN_LIMIT = 300
"""Machines of one customer that words are compared with."""
READ_CHARS = 4000
CODES_TRIED = 6
_CODE = re.compile(r"(?<![A-Za-z0-9])(?=[A-Za-z/_-]*\d)[A-Za-z0-9][A-Za-z0-9_/-]{3,}[A-Za-z0-9]")


def draft_key(said: Said) -> str:
    """Return whose draft a message belongs to; what is said in a group is a matter of its own."""
    return f"{said.key}@{said.inbound.conversation}" if said.inbound.in_group else said.key


def media_of(said: Said) -> Sequence[MediaContent]:
    """Return every file of a delivery."""
    content = said.inbound.content
    own = (content,) if isinstance(content, MediaContent) else ()
    return (*own, *said.inbound.attached)


def listen(said: Said, text: str, person: Person, understander: Understander, uow: BotUnitOfWork) -> Heard:
    """Return what a delivery brings.

    Args:
        text: its words; those of a link and the name of a place are added here.
    """
    content = said.inbound.content
    base = {"source_key": said.source_key, "ref": said.inbound.delivery_key, "files": len(media_of(said))}
    base["photos"] = _photos(said)
    match content:
        case LocationContent():
            place = {"latitude": content.latitude, "longitude": content.longitude, "place": content.label}
            return Heard.model_validate(base | place)
        case LinkContent():
            return Heard.model_validate(
                base | {"text": f"{content.title} {content.url}".strip(), "link": True}
            )
    if not text.strip():
        return Heard.model_validate(base)
    return Heard(
        text=text,
        understanding=understander.understand(
            text[:READ_CHARS], at=said.inbound.sent_at, known=known_things(person.customer_id, uow)
        ),
        unknown_code=_foreign_code(text, person.customer_id, uow),
        files=len(media_of(said)),
        photos=_photos(said),
        source_key=said.source_key,
        ref=said.inbound.delivery_key,
    )


def _photos(said: Said) -> int:
    return sum(one.media == "image" for one in media_of(said))


def words_of(said: Said) -> str:
    """Return the words of a delivery, whether they were written or spoken."""
    content = said.inbound.content
    match content:
        case TextContent():
            return content.text
        case MediaContent():
            return content.transcript
    return ""


def known_things(customer_id: UUID | None, uow: BotUnitOfWork) -> tuple[KnownThing, ...]:
    """Return the customer's own machines as the reader looks for them."""
    if customer_id is None:
        return ()
    return tuple(
        KnownThing(
            asset_id=one.asset_id.hex,
            names=one.names,
            device_type=one.device_type,
            model=one.model,
            serial=one.serial,
        )
        for one in uow.assets.known_assets(customer_id, KNOWN_LIMIT)
    )


def keep_files(said: Said, draft_id: UUID, person: Person, bus: Bus, uow: BotUnitOfWork) -> None:
    """Keep every file of a delivery with the draft, and owe the fetching of its bytes."""
    content = said.inbound.content
    place = content if isinstance(content, LocationContent) else None
    for media in media_of(said):
        keep = KeepAttachment(
            media=Medium(media.media),
            platform=said.inbound.sender.platform.value,
            media_ref=media.media_ref,
            sender_id=person.id,
            sent_at=said.inbound.sent_at,
            conversation=said.private,
            draft_id=draft_id,
            latitude=place.latitude if place is not None else None,
            longitude=place.longitude if place is not None else None,
            file_name=media.file_name,
            source_key=said.source_key,
            **said.cause(person.id),
        )
        bus.handle(keep, uow)


def _foreign_code(text: str, customer_id: UUID | None, uow: BotUnitOfWork) -> str:
    """Return a serial in the words that is somebody else's; to its reader it is one that nobody has."""
    plain = unicodedata.normalize("NFKC", text)
    for code in _CODE.findall(plain)[:CODES_TRIED]:
        found = uow.assets.with_serial(code)
        if found is not None:
            return "" if found.customer_id == customer_id else str(code)
    return ""
