"""Signs our pages for WeCom's script.

Source: https://developer.work.weixin.qq.com/document/path/90506 (signature) and /90539 (ticket). A self-built
app needs the corp's signature alone (README of @wecom/jssdk); the app's (`agent_config`) is for suppliers.
"""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from adapters.tickets import SharedTicket
from adapters.tokens import TokenStore
from adapters.wecom.client import QyClient

CALLS: Final = ("scanQRCode", "getLocation", "closeWindow")


class WecomPageSdk:
    """One app's signatures; may be shared by threads."""

    def __init__(self, client: QyClient, tokens: TokenStore, now: Callable[[], datetime]) -> None:
        self._client = client
        self._now = now
        self._ticket = SharedTicket(f"{client.access_token_key}:jsapi", self._ask, tokens, now)

    def config(self, url: str) -> dict[str, Any]:
        """Return what `ww.register` takes for the page at a URL without fragment.

        Raises:
            DeliveryError: there is no ticket.
        """
        at, nonce = int(self._now().timestamp()), secrets.token_hex(8)
        signature = self._client.jsapi.get_jsapi_signature(nonce, self._ticket.get(), at, url)
        return {
            "corpId": self._client.corp_id,
            "jsApiList": list(CALLS),
            "timestamp": at,
            "nonceStr": nonce,
            "signature": signature,
        }

    def _ask(self) -> tuple[object, object]:
        # The base's own `jsapi.get_ticket` asks the same, without a second try where the token was revoked.
        answer = self._client.call("get", "get_jsapi_ticket")
        return answer.get("ticket"), answer.get("expires_in")
