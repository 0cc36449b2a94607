"""A language model behind an OpenAI-compatible address on loopback, which says what a test wants."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class LanguageModel:
    """Answers every request with `content`, or keeps it waiting while that is None.

    Args:
        content: what the model says, word for word.
        key: the only API key that it accepts.
    """

    def __init__(self, content: str | None, key: str = "sk-test") -> None:
        self.content = content
        self.key = key
        self.asked: list[str] = []
        self._ends = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def settings(self) -> dict[str, Any]:
        """Return the settings that lead here."""
        url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"
        return {"base_url": url, "model": "any", "api_key": self.key, "timeout_s": 2}

    def __enter__(self) -> "LanguageModel":
        self._thread.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self._ends.set()
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        model = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                model.asked.append(body["messages"][-1]["content"])
                if model.content is None:
                    model._ends.wait(30)
                    return
                known = self.headers["Authorization"] == f"Bearer {model.key}"
                said = {"choices": [{"message": {"role": "assistant", "content": model.content}}]}
                answer = json.dumps(said).encode()
                self.send_response(200 if known else 401)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        return Handler
