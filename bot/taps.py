"""A tapped entry of a chat's menu is the press of a button."""

from dataclasses import replace

from adapters.inbound import PressContent, TextContent
from bot.replies import Said
from cards.spec import BadToken, CardAction


def as_pressed(said: Said) -> Said:
    """Return the same delivery, as a press where a menu entry with one of our tokens was tapped.

    Words that merely equal a label stay words: only the platform names the entry.
    """
    content = said.inbound.content
    if not isinstance(content, TextContent) or not content.choice:
        return said
    try:
        CardAction.unpack(content.choice)
    except BadToken:
        return said
    return replace(
        said, inbound=said.inbound.model_copy(update={"content": PressContent(token=content.choice)})
    )
