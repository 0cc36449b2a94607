"""The pages' static files in a browser without the product: the strict policy, answers a test sets."""

import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

from tests.support.chromium import Chromium

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "console" / "static"
SAMPLE = Path(__file__).parent / "front"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self';"
    " font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".html": "text/html; charset=utf-8",
    ".woff2": "font/woff2",
}


@dataclass
class Call:
    """One call of a page: headers in small letters, `body` as it came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def facts(self) -> Any:
        return json.loads(self.body)


Answer = tuple[int, Any] | None
"""A status and JSON; None cuts the line within the answer."""


def _missing(call: Call) -> Answer:
    return 404, {"code": "missing", "message": f"没有 {call.path}，请检查测试。"}


def vendored() -> list[dict[str, Any]]:
    """Return the rows of the lock file."""
    return list(json.loads((STATIC / "vendor.lock.json").read_text("utf-8"))["files"])


def document(page: str) -> str:
    """Return the document that a page stands in, as the product would serve it."""
    rows = vendored()
    styles = [f"/static/{row['file']}" for row in rows if row["load"] == "style"] + ["/static/lib/ui.css"]
    scripts = [f"/static/{row['file']}" for row in rows if row["load"] == "script"]
    head = [f'<link rel="stylesheet" href="{style}">' for style in styles]
    head += [f'<script defer src="{script}"></script>' for script in scripts]
    if page:
        head.append(f'<script type="module" src="/static/pages/{page}.js"></script>')
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>安心售后</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">'
        f'{"".join(head)}</head><body><div id="page" data-url="/data">'
        '<div class="state" role="status"><div class="spinner"></div><p>正在打开…</p></div></div>'
        "</body></html>"
    )


class Fronted:
    """A server on loopback; `answers` are by path, `calls` is what came."""

    def __init__(self) -> None:
        self.answers: dict[str, Callable[[Call], Answer]] = {}
        self.calls: list[Call] = []
        served = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                served._get(self)

            def do_POST(self) -> None:
                served._post(self)

            def log_message(self, format: str, *args: Any) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def paths(self, path: str) -> list[Call]:
        """Return the calls of a path, oldest first."""
        return [call for call in self.calls if call.path == path]

    def _get(self, handler: BaseHTTPRequestHandler) -> None:
        path = handler.path.partition("?")[0]
        if path in self.answers:
            self._answer(handler)
        elif path == "/favicon.ico":
            self._write(handler, 204, b"", "image/x-icon")
        elif path.startswith("/page/"):
            self._write(handler, 200, document(path.removeprefix("/page/")).encode(), TYPES[".html"])
        else:
            self._file(handler, path.removeprefix("/static/"))

    def _post(self, handler: BaseHTTPRequestHandler) -> None:
        self._answer(handler)

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        headers = {name.lower(): value for name, value in handler.headers.items()}
        body = handler.rfile.read(int(headers.get("content-length", 0)))
        call = Call(handler.path, headers, body)
        self.calls.append(call)
        answer = self.answers.get(handler.path, _missing)(call)
        if answer is None:
            # Half of one: a browser repeats by itself what was not answered at all on a line used before.
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{")
            handler.close_connection = True
            return
        self._write(handler, answer[0], json.dumps(answer[1]).encode(), "application/json")

    def _file(self, handler: BaseHTTPRequestHandler, name: str) -> None:
        if not re.fullmatch(r"(vendor|lib|pages|compiled)/[\w.-]+", name):
            self._write(handler, 404, b"", "text/plain")
            return
        file = next((file for root in (STATIC, SAMPLE) if (file := root / name).is_file()), None)
        if file is None:
            self._write(handler, 404, b"", "text/plain")
            return
        self._write(handler, 200, file.read_bytes(), TYPES[file.suffix])

    def _write(self, handler: BaseHTTPRequestHandler, status: int, body: bytes, kind: str) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(body)))
        handler.send_header("Content-Security-Policy", POLICY)
        handler.send_header("X-Content-Type-Options", "nosniff")
        handler.end_headers()
        handler.wfile.write(body)


class Browser(Chromium):
    """A browser that also keeps what a page writes to its console as an error."""

    def _note(self, method: str, params: dict[str, Any]) -> None:
        if method == "Runtime.consoleAPICalled" and params["type"] in ("error", "assert"):
            self.complaints.append(str(params["args"]))
        super()._note(method, params)

    def module(self, script: str) -> Any:
        """Run the body of an async function in the page and return its value."""
        return self.run(f"(async () => {{ {script} }})()")
