"""A WSGI application served on loopback by threads of its own."""

import contextlib
import socket
import threading
from typing import Any

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server


class _QuietHandler(WSGIRequestHandler):
    """Serve without printing a line per request."""

    def log_request(self, *_: Any) -> None:
        """Print nothing: the journal tells what happened."""


class LoopbackServer:
    """One HTTP server on 127.0.0.1; port 0 takes a free one."""

    def __init__(self, app: Any, port: int = 0) -> None:
        self._server: BaseWSGIServer = make_server(
            "127.0.0.1", port, app, threaded=True, request_handler=_QuietHandler
        )
        # Asked often whether to stop: a test may start and stop many servers.
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def base_url(self) -> str:
        """Return `http://127.0.0.1:port`."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Stop answering and free the port; also where `start` never came."""
        if self._thread.is_alive():
            self._server.shutdown()
        self._server.server_close()


def cut_connection(environ: dict[str, Any]) -> None:
    """Close the connection of a request that is being served, so that its answer never arrives."""
    connection: socket.socket = environ["werkzeug.socket"]
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
