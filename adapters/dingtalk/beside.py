"""What comes beside a message's own words: people addressed, the message replied to, more pictures.

Source: robot-message-type; `at` parts and `repliedMsg` are undocumented and known from public reports only.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from adapters.dingtalk.lenient import as_object, as_objects, as_text
from adapters.inbound import MediaContent

_ENCRYPTED: Final = "$:"
"""Begins an id that names nobody in any call (`dingtalkId`)."""
_QUOTED_LIMIT: Final = 2_000


def mentions(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the staff ids of everybody a message is addressed to, the robot left out."""
    robot = {as_text(data.get("chatbotUserId")), as_text(data.get("robotCode")), ""}
    found = [
        as_text(user.get("staffId"))
        for user in as_objects(data.get("atUsers"))
        if as_text(user.get("dingtalkId")) not in robot or not user.get("dingtalkId")
    ]
    found += [as_text(part.get("atUserId")) for part in rich_parts(data) if part.get("type") == "at"]
    people = (user for user in found if user not in robot and not user.startswith(_ENCRYPTED))
    return tuple(dict.fromkeys(people))


def quoted(data: Mapping[str, Any]) -> str:
    """Return the words of the message that this one replies to, as far as the platform tells them."""
    replied = as_object(as_object(data.get("text")).get("repliedMsg"))
    return " ".join(_words(replied.get("content")))[:_QUOTED_LIMIT].strip()


def pictures(data: Mapping[str, Any]) -> tuple[MediaContent, ...]:
    """Return every picture of a rich text, in order."""
    refs = (media_ref(part) for part in rich_parts(data) if part.get("type") == "picture")
    return tuple(MediaContent(media="image", media_ref=ref) for ref in refs if ref)


def rich_parts(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the parts of a rich text."""
    return as_objects(as_object(data.get("content")).get("richText"))


def media_ref(part: Mapping[str, Any]) -> str:
    """Return the code that fetches a file."""
    return as_text(part.get("downloadCode")) or as_text(part.get("pictureDownloadCode"))


def _words(content: object) -> Iterator[str]:
    """Yield the words of a quoted message, whose shape depends on its type."""
    if isinstance(content, str) and not content.lstrip().startswith("{"):
        yield as_text(content)
        return
    part = as_object(content)
    for name in ("text", "content", "title", "recognition", "fileName"):
        if as_text(part.get(name)):
            yield as_text(part.get(name))
    for piece in as_objects(part.get("richText")):
        if as_text(piece.get("text")) or as_text(piece.get("content")):
            yield as_text(piece.get("text")) or as_text(piece.get("content"))
