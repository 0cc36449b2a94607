"""Access tokens: `gettoken`, life, early revocation.

Source: D91039; https://developer.work.weixin.qq.com/document/path/91039
"""

import secrets
from typing import Any

from sandbox.wecom.call import Call, Route
from sandbox.wecom.corp import HOUR_S, Corp, Window
from sandbox.wecom.errors import ApiError


class Tokens:
    """Issue tokens for the one corp and app that exist here, and check them."""

    def __init__(self, corp: Corp) -> None:
        self._corp = corp
        self._expires: dict[str, float] = {}
        self._current = ""
        self._wrong = Window(HOUR_S)

    def routes(self) -> dict[str, Route]:
        """Return the operations of this topic."""
        return {"gettoken": Route(self.issue, post=False, token=False)}

    def issue(self, call: Call) -> dict[str, Any]:
        """Answer a token; repeated calls inside its life give the same one with what is left of it."""
        now = self._corp.now()
        self._check_credentials(call.query, now)
        left = int(self._expires.get(self._current, 0) - now)
        if left <= 0:
            self._current = secrets.token_urlsafe(160)
            left = self._corp.token_life_s
            self._expires[self._current] = now + left
        return {"access_token": self._current, "expires_in": left}

    def _check_credentials(self, query: dict[str, str], now: float) -> None:
        if self._wrong.full(now, self._corp.wrong_secret_limit):
            raise ApiError(45009, "too many wrong secrets, the IP is blocked for one hour")
        if not query.get("corpid"):
            raise ApiError(41002)
        if not query.get("corpsecret"):
            raise ApiError(41004)
        if query["corpid"] != self._corp.corp_id:
            raise ApiError(40013)
        if query["corpsecret"] != self._corp.secret:
            self._wrong.add(now)
            raise ApiError(40001)

    def check(self, token: str) -> None:
        """Refuse a missing, unknown, revoked or expired token, or a call from an IP that is not trusted."""
        if not token:
            raise ApiError(41001)
        expires = self._expires.get(token)
        if expires is None:
            raise ApiError(40014)
        if expires <= self._corp.now():
            raise ApiError(42001)
        if not self._corp.ip_trusted:
            raise ApiError(60020)

    def revoke(self) -> None:
        """Make every token invalid before its time."""
        self._expires.clear()
        self._current = ""
