"""The wall's own web server: the page, its live events, and what people do on their phones."""

import json
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

from sandbox.core.http import LoopbackServer
from sandbox.wall import traffic
from sandbox.wall.board import Board
from sandbox.wall.bubbles import media
from sandbox.wall.codes import Code
from sandbox.wall.doings import Doing, do, picture_type
from sandbox.wall.feed import Feed
from sandbox.wall.guard import Guard
from sandbox.wall.phones import Refused

STATIC = Path(__file__).parent / "static"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
TOKEN_PLACE = "{{token}}"


class Wall:
    """One page over one board at a time.

    Args:
        board: what is shown first.
        port: 0 takes a free one.
    """

    def __init__(self, board: Board, port: int = 0) -> None:
        self._board = board
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._files = {file.name: file.read_bytes() for file in STATIC.iterdir() if file.suffix in TYPES}
        self._server = LoopbackServer(self._app(), port)

    def _app(self) -> Flask:
        app = Flask("sandbox.wall", static_folder=None)
        self._guard = Guard(lambda: self._server.base_url)
        app.before_request(lambda: self._guard.check(request))
        app.after_request(self._guard.mark)
        app.register_error_handler(Refused, _refused)
        app.register_error_handler(404, lambda _: _refused(Refused("没有这个页面", 404)))
        app.register_error_handler(405, lambda _: _refused(Refused("不能这样请求", 405)))
        rules: dict[str, tuple[str, Callable[..., Response]]] = {
            "/": ("GET", lambda: self._file("index.html")),
            "/static/<name>": ("GET", self._file),
            "/events": ("GET", self._events),
            "/wire/<int:number>": ("GET", self._wire),
            "/media/<platform>/<path:name>": ("GET", self._media),
            "/ledger": ("GET", self._ledger),
            "/codes/<phone>": ("GET", self._codes),
            "/codes/<phone>/<key>": ("GET", self._code),
            "/phones/<phone>/<chat>/photo": ("POST", self._photo),
            "/phones/<phone>/<chat>/<what>": ("POST", self._do),
            "/switches/<platform>/<name>": ("POST", self._switch),
            "/once/<name>": ("POST", self._once),
            "/clock/<by>": ("POST", self._clock),
            "/acts/<key>": ("POST", self._act),
            "/reset": ("POST", self._reset),
        }
        for rule, (method, view) in rules.items():
            app.add_url_rule(rule, endpoint=rule, view_func=view, methods=[method])
        return app

    @property
    def board(self) -> Board:
        """Return what is shown now."""
        return self._board

    @property
    def url(self) -> str:
        """Return the page's address."""
        return f"{self._server.base_url}/"

    @property
    def token(self) -> str:
        """Return what the page sends with everything it does."""
        return self._guard.token

    def start(self) -> None:
        """Begin to answer."""
        self._server.start()

    def stop(self) -> None:
        """Stop answering and end every page's events; harmless when never started."""
        self._closing.set()
        self._board.tape.nudge()
        self._server.stop()

    def show(self, board: Board) -> None:
        """Show another board from now on; open pages begin anew."""
        with self._lock:
            before, self._board = self._board, board
        before.tape.nudge()

    # What the page reads.

    def _file(self, name: str) -> Response:
        content = self._files.get(name)
        if content is None:
            raise Refused("没有这个文件", 404)
        if name == "index.html":
            content = content.replace(TOKEN_PLACE.encode(), self._guard.token.encode())
        return Response(content, content_type=TYPES[Path(name).suffix])

    def _events(self) -> Response:
        board = self._board
        feed = Feed(board, lambda: self._closing.is_set() or self._board is not board)
        return Response(feed.events(), content_type="text/event-stream; charset=utf-8")

    def _wire(self, number: int) -> Response:
        entry = self._board.tape.get(number)
        return Response(traffic.body(entry), content_type="text/plain; charset=utf-8")

    def _media(self, platform: str, name: str) -> Response:
        content = media(self._board, platform, name)
        kind = picture_type(content)
        response = Response(content, content_type=kind or "application/octet-stream")
        if kind is None:
            response.headers["Content-Disposition"] = "attachment"
        response.headers["Cache-Control"] = "private, max-age=3600"
        return response

    def _ledger(self) -> Response:
        if self._board.ledger is None:
            raise Refused("这里看不到产品的账", 404)
        return _json(self._board.ledger().told())

    def _labels(self, phone: str) -> Sequence[Code]:
        found = self._board.phone(phone)
        return () if self._board.labels is None else self._board.labels(found.key)

    def _codes(self, phone: str) -> Response:
        return _json({"codes": [code.told() for code in self._labels(phone)]})

    def _code(self, phone: str, key: str) -> Response:
        for code in self._labels(phone):
            if code.key == key:
                return Response(code.picture, content_type="image/png")
        raise Refused("没有这张标签", 404)

    # What the page does.

    def _do(self, phone: str, chat: str, what: str) -> Response:
        facts = _facts()
        speaker = facts.pop("speaker", "")
        if not isinstance(speaker, str):
            raise Refused("speaker 应为文字")
        found = self._board.phone(phone)
        return _json(do(self._board, Doing(found, found.chat(chat), what, speaker, facts)))

    def _photo(self, phone: str, chat: str) -> Response:
        found = self._board.phone(phone)
        speaker, picture = request.args.get("speaker", ""), request.get_data()
        return _json(do(self._board, Doing(found, found.chat(chat), "photo", speaker, picture=picture)))

    def _switch(self, platform: str, name: str) -> Response:
        self._board.switches.set(platform, name, _facts().get("value"))
        return self._switched()

    def _once(self, name: str) -> Response:
        self._board.switches.do(name)
        return self._switched()

    def _clock(self, by: str) -> Response:
        self._board.timing.move(by, _facts().get("to"))
        self._board.tape.nudge()
        return _json(self._board.timing.told())

    def _switched(self) -> Response:
        self._board.tape.nudge()
        return _json(self._board.switches.told())

    def _act(self, key: str) -> Response:
        self._board.playbill.start(key)
        self._board.timing.calm()
        return _json({})

    def _reset(self) -> Response:
        board = self._board
        if board.reset is None:
            raise Refused("这里不能重置", 404)
        board.playbill.begin("重置", tells=False)
        threading.Thread(target=self._make_anew, args=(board,), daemon=True).start()
        return _json({})

    def _make_anew(self, board: Board) -> None:
        try:
            if board.reset is not None:
                board.reset()
        finally:
            board.playbill.end()


def _facts() -> dict[str, Any]:
    """Return the JSON object of a request; an empty body is an empty one."""
    if not request.get_data():
        return {}
    facts = request.get_json(force=True, silent=True)
    if not isinstance(facts, dict):
        raise Refused("请求体应为 JSON 对象")
    return facts


def _json(facts: dict[str, Any], status: int = 200) -> Response:
    text = json.dumps(facts, ensure_ascii=False)
    return Response(text, status, content_type="application/json; charset=utf-8")


def _refused(refusal: Refused) -> Response:
    return _json({"error": refusal.words}, refusal.status)
