"""Tickets for the scripts of web pages, and the client's look at a page that was signed with one.

Source: D90506, D90539; https://developer.work.weixin.qq.com/document/path/90506
"""

import hashlib
import hmac
import secrets
from typing import Any

from sandbox.wecom.call import Call, Route
from sandbox.wecom.corp import HOUR_S, Corp, Window
from sandbox.wecom.errors import ApiError

LIFE_S = 7200
APP_LIMIT = 100
"""Calls an hour of one app; a corp has 400."""


class JsTickets:
    """Issues the corp's ticket and the app's, each the same one until it ends."""

    def __init__(self, corp: Corp) -> None:
        self._corp = corp
        self._kept: dict[str, tuple[str, float]] = {}
        self._asked = Window(HOUR_S)

    def routes(self) -> dict[str, Route]:
        """Return the operations of this topic."""
        return {
            "get_jsapi_ticket": Route(lambda _: self._issue("corp"), post=False),
            "ticket/get": Route(self._of_app, post=False),
        }

    def accepts(self, kind: str, url: str, *, timestamp: object, nonce: str, signature: str) -> bool:
        """Return whether the client would let a page at this URL call anything.

        Args:
            kind: `corp` for `wx.config`, `app` for `wx.agentConfig`.
        """
        ticket, ends_at = self._kept.get(kind, ("", 0.0))
        if ends_at <= self._corp.now():
            return False
        text = f"jsapi_ticket={ticket}&noncestr={nonce}&timestamp={timestamp}&url={url.partition('#')[0]}"
        return hmac.compare_digest(hashlib.sha1(text.encode()).hexdigest(), signature)

    def _of_app(self, call: Call) -> dict[str, Any]:
        if call.query.get("type") != "agent_config":
            raise ApiError(40058, "type")
        return self._issue("app")

    def _issue(self, kind: str) -> dict[str, Any]:
        now = self._corp.now()
        if self._asked.full(now, APP_LIMIT):
            raise ApiError(45009)
        self._asked.add(now)
        ticket, ends_at = self._kept.get(kind, ("", 0.0))
        if ends_at <= now:
            ticket, ends_at = secrets.token_urlsafe(64), now + LIFE_S
            self._kept[kind] = (ticket, ends_at)
        return {"ticket": ticket, "expires_in": int(ends_at - now)}
