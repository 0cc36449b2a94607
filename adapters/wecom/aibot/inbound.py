"""From one proven JSON message to one Inbound."""

import hashlib
import json
import re
from datetime import datetime

from pydantic import ValidationError

from adapters.inbound import Inbound, MediaContent, Platform, Sender, TextContent
from adapters.wecom.aibot.payloads import Message
from adapters.wecom.envelope import read_object
from adapters.wecom.kf_messages import storable
from adapters.wecom.xml import CallbackMalformed, Tree

KIND = "wecom_aibot"
_KEY_CHARS = 120
_QUOTED_CHARS = 2_000
_NOT_KEPT = frozenset({"response_url"})
"""Whoever knows it may answer once in our name."""
_MENTION = re.compile(r"@[^@\s]{1,64}[\s\u2005]*")


def read_message(plain: str) -> tuple[Message, Tree]:
    """Return the message and everything it was read from.

    Raises:
        CallbackMalformed: it cannot be told who said what.
    """
    tree = storable(read_object(plain))
    try:
        return Message.model_validate(tree), tree
    except (ValidationError, RecursionError) as error:
        raise CallbackMalformed(f"message: {type(error).__name__}") from None


def to_inbound(message: Message, tree: Tree, corp_id: str, now: datetime) -> Inbound:
    """Return the message in the shape of every channel; people of other corps are nobody."""
    member = message.sender.member if message.sender.corpid in ("", corp_id) else ""
    content = message.to_content()
    media = message.media[1:] if isinstance(content, MediaContent) else message.media
    if isinstance(content, TextContent) and message.in_group:
        content = TextContent(text=without_mention(content.text))
    quote = message.quote
    return Inbound(
        channel="wecom_aibot",
        delivery_key=delivery_key(message, tree),
        sender=Sender(platform=Platform.WECOM, user_id=member),
        conversation=conversation(message.chatid if message.in_group else "", member),
        sent_at=message.sent_at(now),
        content=content,
        in_group=message.in_group,
        private=f"wecom_user:{member}" if message.in_group and member else "",
        quoted=quote.words[:_QUOTED_CHARS] if quote else "",
        attached=media + (quote.media if quote else ()),
        raw=json.dumps({name: tree[name] for name in tree if name not in _NOT_KEPT}, ensure_ascii=False),
    )


def conversation(chatid: str, member: str) -> str:
    """Return `wecom_aibot:<chatid>:<userid>`: a group and who is answered there, or a chat of two."""
    return f"{KIND}:{chatid}:{member}"


def delivery_key(message: Message, tree: Tree) -> str:
    """Return the same key for every repeat of a message, and another one for every other message."""
    if 0 < len(message.msgid) <= _KEY_CHARS:
        return f"msg:{message.msgid}"
    canonical = json.dumps(tree, ensure_ascii=False, sort_keys=True)
    return f"sha256:{hashlib.sha256(canonical.encode()).hexdigest()}"


def without_mention(text: str) -> str:
    """Return a group's words without the mention that called the bot.

    Nothing says which mention is the bot: the first word of the message, else the last mention in it.
    """
    found = list(_MENTION.finditer(text))
    if not found:
        return text.strip()
    bot = found[0] if not text[: found[0].start()].strip() else found[-1]
    return (text[: bot.start()] + text[bot.end() :]).strip()
