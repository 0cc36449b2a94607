"""The AI bot's parts, where it is configured."""

from collections.abc import Callable
from datetime import datetime

from adapters.inbound import Receiver
from adapters.wecom.aibot.channel import AibotChannel
from adapters.wecom.aibot.door import AibotDoor
from adapters.wecom.aibot.media import AibotMedia
from adapters.wecom.aibot.ports import ReplyUrls
from adapters.wecom.crypto import CallbackCrypto
from bootstrap.platforms import Platforms
from bootstrap.settings import Settings, WecomSettings
from cards.catalog import render

Now = Callable[[], datetime]

NO_RECEIVER = ""
"""What an AI bot's messages name as their receiver."""


def add_aibot(platforms: Platforms, settings: Settings, replies: ReplyUrls, now: Now) -> None:
    """Add the bot's rung, and let what was sent to it be fetched; nothing where it is not configured."""
    wecom = settings.wecom
    if wecom is None or not wecom.has_aibot or platforms.wecom is None:
        return
    platforms.channels["wecom.aibot"] = AibotChannel(platforms.wecom, replies, settings.public_url, now)
    platforms.media["wecom"] = AibotMedia(platforms.media["wecom"], _crypto(wecom), wecom.api_base, now)


def aibot_door(settings: Settings, receiver: Receiver, replies: ReplyUrls, now: Now) -> AibotDoor | None:
    """Return the bot's callback address, or None where it is not configured."""
    wecom = settings.wecom
    if wecom is None or not wecom.has_aibot:
        return None
    return AibotDoor(
        _crypto(wecom),
        aibot_id=wecom.aibot_id,
        corp_id=wecom.corp_id,
        api_base=wecom.api_base,
        home_url=settings.public_url,
        receiver=receiver,
        replies=replies,
        render=render,
        now=now,
    )


def _crypto(wecom: WecomSettings) -> CallbackCrypto:
    return CallbackCrypto(
        wecom.aibot_token.get_secret_value(), wecom.aibot_encoding_aes_key.get_secret_value(), NO_RECEIVER
    )
