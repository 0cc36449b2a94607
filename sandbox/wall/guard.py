"""Who may talk to the wall: the page that it served itself, and nobody through a browser's back door."""

import hmac
import secrets
from collections.abc import Callable
from urllib.parse import urlsplit

from flask import Request, Response

from sandbox.wall.phones import Refused

TOKEN_HEADER = "X-Wall-Token"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
MOST_JSON = 256 * 1024
MOST_PHOTO = 10 * 1024 * 1024


class Guard:
    """Checks every request before anything is read.

    Args:
        base_url: where the wall answers.
    """

    def __init__(self, base_url: Callable[[], str]) -> None:
        self.token = secrets.token_urlsafe(24)
        self._base_url = base_url

    def check(self, request: Request) -> None:
        """Let a request pass.

        Raises:
            Refused: it comes by another name (DNS rebinding), from another site, without the page's token, or
                is too large.
        """
        port = urlsplit(self._base_url()).port
        hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        if request.headers.get("Host") not in hosts:
            raise Refused("请用终端里打印的地址打开", 421)
        # The page itself may be opened from a link anywhere; it cannot be framed.
        outside = request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin")
        if outside and (request.path != "/" or request.method != "GET"):
            raise Refused("不接受其他网站发来的请求", 403)
        if request.method in ("GET", "HEAD"):
            return
        if request.headers.get("Origin", self._base_url()) not in {f"http://{host}" for host in hosts}:
            raise Refused("不接受其他网站发来的请求", 403)
        token = request.headers.get(TOKEN_HEADER, "")
        if not hmac.compare_digest(token.encode(), self.token.encode()):
            raise Refused("页面的令牌不对，请刷新页面", 403)
        most = MOST_PHOTO if request.path.endswith("/photo") else MOST_JSON
        if request.content_length is None:
            raise Refused("缺少 Content-Length", 411)
        if request.content_length > most:
            raise Refused(f"太大了，最多 {most // 1024} KB", 413)

    @staticmethod
    def mark(response: Response) -> Response:
        """Add the headers that every answer has."""
        for name, value in HEADERS.items():
            response.headers[name] = value
        response.headers.setdefault("Cache-Control", "no-store")
        return response
