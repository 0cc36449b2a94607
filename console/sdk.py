"""What a page needs to use a chat's own script: where ours lies, and a signature for this very page."""

import logging
import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

from adapters.delivery.ports import DeliveryError
from cards.text_pages import SDK_FOREIGN, SDK_NONE, SDK_UNAVAILABLE
from console.assets import address, named
from console.ports import PageSdk
from console.submissions import Stop

log = logging.getLogger(__name__)

URL_LIMIT: Final = 2000
SCRIPTS: Final = {"wecom": "vendor/wecom-jssdk-", "dingtalk": "vendor/dingtalk-jsapi-"}
_PORTS: Final = {"http": 80, "https": 443}
_VISIBLE = re.compile(r"[!-~]+")


class PageSdks:
    """The scripts of the chats that are connected.

    Args:
        home_url: our address as people reach it; pages elsewhere are not signed.
        sdks: by the chat's name.
    """

    def __init__(self, home_url: str, sdks: Mapping[str, PageSdk]) -> None:
        self._home = urlsplit(home_url)
        self._sdks = sdks

    def of(self, token: str, platform: str, url: str) -> dict[str, Any]:
        """Return `{src, config}` for the page of a link.

        Args:
            token: of the link, known to be good.
            url: as the browser shows it, without fragment.

        Raises:
            Stop: 404 for a chat that is not connected, 403 for another page's URL, 503 without a ticket.
        """
        sdk = self._sdks.get(platform)
        if sdk is None:
            raise Stop(404, "sdk_none", SDK_NONE)
        if not self._is_page(url, f"/p/{token}"):
            raise Stop(403, "sdk_foreign", SDK_FOREIGN)
        try:
            config = sdk.config(url)
        except DeliveryError as error:
            log.warning("no page can be signed for %s: %s", platform, error.code)
            raise Stop(503, "sdk_unavailable", SDK_UNAVAILABLE) from None
        (script,) = named(SCRIPTS[platform], ".js")
        return {"src": address(script), "config": config}

    def _is_page(self, url: str, path: str) -> bool:
        if len(url) > URL_LIMIT or "#" in url or not _VISIBLE.fullmatch(url):
            return False
        try:
            given = urlsplit(url)
            return _place(given) == _place(self._home) and given.path == path
        except ValueError:  # A port that is no number, a bracket left open.
            return False


def _place(url: SplitResult) -> tuple[str, bool, str | None, int | None]:
    """Return scheme, if a user is named, host and port; browsers write the host small and no usual port."""
    return url.scheme, "@" in url.netloc, url.hostname, url.port or _PORTS.get(url.scheme)
