"""Signs our pages for DingTalk's script.

Source: https://open.dingtalk.com/document/development/create-a-jsapi-ticket (ticket, read 2025-09) and
/document/dingstart/develop-webapp-frontend (signature, read 2026-07: SHA-256; texts before 2023 say SHA-1).
Not tried with a live client.
"""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final
from urllib.parse import unquote

from adapters.dingtalk.client import DingtalkClient
from adapters.tickets import SharedTicket
from adapters.tokens import TokenStore

CALLS: Final = ("biz.util.scan", "device.geolocation.get", "biz.navigation.close")


class DingtalkPageSdk:
    """One app's signatures; may be shared by threads.

    Args:
        corp_id: the corporation, `ding…`; without it and the number nothing is signed.
        agent_id: the app's number there.
    """

    def __init__(
        self,
        client: DingtalkClient,
        corp_id: str,
        agent_id: int,
        tokens: TokenStore,
        now: Callable[[], datetime],
    ) -> None:
        self._client = client
        self._corp_id = corp_id
        self._agent_id = agent_id
        self._now = now
        self._ticket = SharedTicket(f"{client.token_key}:jsapi", self._ask, tokens, now)

    def config(self, url: str) -> dict[str, Any] | None:
        """Return what `dd.config` takes for the page at a URL without fragment; None where nothing is signed.

        Raises:
            DeliveryError: there is no ticket.
        """
        if not self._agent_id:
            return None
        at, nonce = int(self._now().timestamp()), secrets.token_hex(8)
        return {
            "agentId": str(self._agent_id),
            "corpId": self._corp_id,
            "timeStamp": at,
            "nonceStr": nonce,
            "signature": signature(self._ticket.get(), nonce, at, url),
            "type": 0,
            "jsApiList": list(CALLS),
        }

    def _ask(self) -> tuple[object, object]:
        answer = self._client.post("/v1.0/oauth2/jsapiTickets", {})
        return answer.get("jsapiTicket"), answer.get("expireIn")


def signature(ticket: str, nonce: str, at: int, url: str) -> str:
    """Return the signature of a page; the clients disagree on escapes, so the query is signed unescaped."""
    start, mark, query = url.partition("?")
    text = f"jsapi_ticket={ticket}&noncestr={nonce}&timestamp={at}&url={start}{mark}{unquote(query)}"
    return hashlib.sha256(text.encode()).hexdigest()
