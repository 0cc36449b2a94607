"""Tickets for the scripts of web pages, and the client's look at a page that was signed with one.

Source: open.dingtalk.com/document/development/create-a-jsapi-ticket and /dingstart/develop-webapp-frontend.
"""

import hashlib
import hmac
from datetime import timedelta
from typing import Any
from urllib.parse import unquote, urlsplit

from sandbox.core.clock import SandboxClock
from sandbox.dingtalk import ids
from sandbox.dingtalk.call import Answer, Call, Route
from sandbox.dingtalk.settings import Settings

LIFE = timedelta(hours=2)
LONGEST = timedelta(hours=24)
"""However often it is asked for and thereby prolonged."""


class JsTickets:
    """One ticket per app, the same on repeat and prolonged by it, but not past a day."""

    def __init__(self, settings: Settings, clock: SandboxClock) -> None:
        self._settings, self._clock = settings, clock
        self._ticket = ""
        self._made_at = self._ends_at = clock.now()

    def routes(self) -> list[Route]:
        """Return what this part answers; it does not count against a quota."""
        path = "/v1.0/oauth2/jsapiTickets"
        return [Route("POST", path, "oauth2/jsapiTickets", self._issue, scope="qyapi_base", counted=False)]

    def accepts(self, url: str, config: dict[str, Any]) -> bool:
        """Return whether the client would let a page at this URL call what needs `dd.config`."""
        alive = bool(self._ticket) and self._clock.now() < self._ends_at
        ours = (str(self._settings.agent_id), self._settings.corp_id)
        if not alive or (str(config.get("agentId")), config.get("corpId")) != ours:
            return False
        text = (
            f"jsapi_ticket={self._ticket}&noncestr={config.get('nonceStr')}"
            f"&timestamp={config.get('timeStamp')}&url={_decoded(url)}"
        )
        told = str(config.get("signature"))
        return hmac.compare_digest(hashlib.sha256(text.encode()).hexdigest(), told)

    def _issue(self, _: Call) -> Answer:
        now = self._clock.now()
        if not self._ticket or now >= self._ends_at:
            self._ticket, self._made_at = ids.short_hex() + ids.short_hex(), now
        self._ends_at = min(now + LIFE, self._made_at + LONGEST)
        return {"jsapiTicket": self._ticket, "expireIn": int((self._ends_at - now).total_seconds())}


def _decoded(url: str) -> str:
    parts = urlsplit(url.partition("#")[0])
    start = f"{parts.scheme}://{parts.netloc}{parts.path}"
    return f"{start}?{unquote(parts.query)}" if parts.query else start
