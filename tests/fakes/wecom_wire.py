"""A callback address without a web framework, so that the sandbox's real callbacks reach the door."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qsl

from adapters.wecom.crypto import CallbackRefused
from adapters.wecom.door import WecomDoor
from adapters.wecom.xml import CallbackMalformed
from sandbox.core.http import LoopbackServer


class CallbackAddress:
    """Serve one door on loopback."""

    def __init__(self, door: WecomDoor) -> None:
        self._door = door
        self._server = LoopbackServer(self._app)
        self.url = f"{self._server.base_url}/wecom/callback"
        self.start, self.stop = self._server.start, self._server.stop

    def _app(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        query = dict(parse_qsl(environ["QUERY_STRING"]))
        try:
            if environ["REQUEST_METHOD"] == "GET":
                answer = self._door.greet(query)
            else:
                body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"] or 0))
                answer = self._door.accept(query, body)
        except CallbackRefused:
            start_response("403 Forbidden", [])
            return [b"refused"]
        except CallbackMalformed:
            start_response("400 Bad Request", [])
            return [b"malformed"]
        start_response("200 OK", [])
        return [answer.encode()]
