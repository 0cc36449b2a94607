"""What somebody sends becomes part of a work order: its words on the time line, its files kept."""

from collections.abc import Sequence
from uuid import UUID

from adapters.inbound import LinkContent, LocationContent, MediaContent, TextContent
from bot.places import place_of
from bot.ports import BotUnitOfWork
from bot.replies import Said
from domain.files.commands import KeepAttachment, Medium
from domain.kernel.bus import Bus
from domain.kernel.messages import Message
from domain.people.model import Person
from domain.workorder.commands import AddWorkOrderNote


class Item(Message):
    """One thing that was sent, so that it can still be put somewhere else.

    Args:
        kind: `text`, `image`, `voice`, `video`, `file`, `location` or `link`.
        media_ref: the platform's name of the file; empty for words.
        delivery_key, source_key: the message it came in.
    """

    kind: str
    text: str = ""
    media_ref: str = ""
    file_name: str = ""
    delivery_key: str
    source_key: str

    @property
    def is_file(self) -> bool:
        """Return whether there is a file to be fetched."""
        return bool(self.media_ref)


def items_of(said: Said, text: str = "") -> tuple[Item, ...]:
    """Return what one delivery brought: its words, then its files.

    Args:
        text: the words, where they are not all of the message's.
    """
    inbound, content = said.inbound, said.inbound.content
    base = {"delivery_key": inbound.delivery_key, "source_key": said.source_key}
    found: list[Item] = []
    match content:
        case TextContent() if text or content.text:
            found.append(Item(kind="text", text=text or content.text, **base))
        case LocationContent():
            words = f"{content.label} ({content.latitude:.6f},{content.longitude:.6f})".strip()
            found.append(Item(kind="location", text=words, **base))
        case LinkContent():
            found.append(Item(kind="link", text=f"{content.title} {content.url}".strip(), **base))
    own = (content,) if isinstance(content, MediaContent) else ()
    for media in (*own, *inbound.attached):
        found.append(
            Item(
                kind=media.media,
                text=media.transcript,
                media_ref=media.media_ref,
                file_name=media.file_name,
                **base,
            )
        )
    return tuple(found)


def put_on(
    order_id: UUID, items: Sequence[Item], said: Said, person: Person, bus: Bus, uow: BotUnitOfWork
) -> None:
    """Add everything to the time line of a work order, and owe the fetching of its files."""
    for item in items:
        note = AddWorkOrderNote(
            work_order_id=order_id,
            kind=item.kind,
            text=item.text or item.file_name,
            media_ref=item.media_ref,
            **said.cause(person.id),
        )
        bus.handle(note, uow)
        if item.is_file:
            bus.handle(attachment_of(order_id, item, said, person, uow), uow)


def attachment_of(
    order_id: UUID, item: Item, said: Said, person: Person, uow: BotUnitOfWork
) -> KeepAttachment:
    """Return the command that keeps one file for a work order; the same file has the same id again."""
    return KeepAttachment(
        media=Medium(item.kind),
        platform=said.inbound.sender.platform.value,
        media_ref=item.media_ref,
        sender_id=person.id,
        sent_at=said.inbound.sent_at,
        conversation=said.private,
        work_order_id=order_id,
        file_name=item.file_name,
        source_key=item.source_key,
        actor_id=str(person.id),
        issued_at=said.at,
        idempotency_key=item.delivery_key,
        **place_of(said, uow),
    )
