"""What `message/send` and webhooks accept per message type, and what becomes of it.

Source: D90236; https://developer.work.weixin.qq.com/document/path/90236
"""

from typing import Any

from sandbox.wecom.call import check_url, cut, dict_of, dicts_of, optional_text, size, text_of
from sandbox.wecom.errors import ApiError
from sandbox.wecom.media import Media

_TEXT_BYTES = 2048
_MPNEWS_BYTES = 666 * 1024
_TITLE_BYTES = 128
_DESCRIPTION_BYTES = 512


class Bodies:
    """Check and normalise one body per message type; templates cards are checked elsewhere."""

    def __init__(self, media: Media) -> None:
        self._media = media
        self._checks = {
            "text": self._text,
            "markdown": self._markdown,
            "textcard": self._textcard,
            "news": self._news,
            "mpnews": self._mpnews,
            "miniprogram_notice": self._notice,
            "taskcard": self._taskcard,
        }

    def check(self, msgtype: str, body: dict[str, Any]) -> dict[str, Any]:
        """Return the content as receivers will see it: cut where the platform cuts.

        Raises:
            ApiError: 40008 for an unknown type, or the code of what is wrong with the content.
        """
        if msgtype in ("image", "voice", "video", "file"):
            return self.media(dict_of(body, msgtype), msgtype)
        if msgtype not in self._checks:
            raise ApiError(40008, msgtype)
        return self._checks[msgtype](dict_of(body, msgtype))

    def media(self, part: dict[str, Any], kind: str, scope: str = "") -> dict[str, Any]:
        """Check a media message; the file must be alive and of the right kind."""
        stored = self._media.find(text_of(part, "media_id", missing=41006), scope)
        if stored is None or stored.kind != kind:
            raise ApiError(40007)
        return {**part, "filename": stored.filename}

    def _text(self, part: dict[str, Any]) -> dict[str, Any]:
        return {**part, "content": cut(text_of(part, "content", missing=44004), _TEXT_BYTES)}

    def _markdown(self, part: dict[str, Any]) -> dict[str, Any]:
        text_of(part, "content", missing=44004, wrong=45002, max_bytes=_TEXT_BYTES)
        return part

    def _textcard(self, part: dict[str, Any]) -> dict[str, Any]:
        title = text_of(part, "title", missing=41016)
        description = text_of(part, "description", missing=41033)
        check_url(text_of(part, "url", missing=41010))
        shorter = {"title": cut(title, _TITLE_BYTES), "description": cut(description, _DESCRIPTION_BYTES)}
        return {**part, **shorter, "btntxt": (optional_text(part, "btntxt") or "详情")[:4]}

    def _news(self, part: dict[str, Any]) -> dict[str, Any]:
        return {"articles": [self.article(item) for item in dicts_of(part, "articles", 1, 8, 45008)]}

    def article(self, item: dict[str, Any]) -> dict[str, Any]:
        """Check one article of a news message."""
        title = cut(text_of(item, "title", missing=41016), _TITLE_BYTES)
        if not item.get("appid"):
            check_url(text_of(item, "url", missing=41010))
        return {
            **item,
            "title": title,
            "description": cut(optional_text(item, "description"), _DESCRIPTION_BYTES),
        }

    def _mpnews(self, part: dict[str, Any]) -> dict[str, Any]:
        articles = dicts_of(part, "articles", 1, 8, 45008)
        for item in articles:
            text_of(item, "title", missing=41016)
            if self._media.find(text_of(item, "thumb_media_id", missing=41006)) is None:
                raise ApiError(40007, "thumb_media_id")
            if size(text_of(item, "content", missing=44004)) > _MPNEWS_BYTES:
                raise ApiError(45002)
        return part

    def _notice(self, part: dict[str, Any]) -> dict[str, Any]:
        text_of(part, "appid")
        text_of(part, "title", missing=41016)
        dicts_of(part, "content_item", 0, 10)
        return part

    def _taskcard(self, part: dict[str, Any]) -> dict[str, Any]:
        text_of(part, "title", missing=41016)
        text_of(part, "description", missing=41033)
        text_of(part, "task_id", missing=42014, wrong=42014, max_bytes=128)
        for button in dicts_of(part, "btn", 1, 2):
            text_of(button, "key", missing=42017, wrong=42018)
            text_of(button, "name", missing=42020)
        return part
