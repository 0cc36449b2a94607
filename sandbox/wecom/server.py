"""The API server: one door for all operations, with token check, faults and journal."""

import copy
import json
import time
from typing import Any

from flask import Flask, Request, Response, request

from sandbox.core.faults import Fault
from sandbox.core.http import cut_connection
from sandbox.wecom.auth import Tokens
from sandbox.wecom.call import Call, Route
from sandbox.wecom.corp import Corp
from sandbox.wecom.errors import ApiError

_MASKED = ("access_token", "corpsecret", "key", "token", "ticket")


class Api:
    """Dispatch calls below /cgi-bin/ to their handlers."""

    def __init__(self, corp: Corp, tokens: Tokens, routes: dict[str, Route]) -> None:
        self._corp = corp
        self._tokens = tokens
        self._routes = routes
        self.app = Flask("sandbox.wecom")
        self.app.add_url_rule("/cgi-bin/<path:operation>", view_func=self.serve, methods=["GET", "POST"])

    @property
    def operations(self) -> frozenset[str]:
        """Return the names of everything that can be called."""
        return frozenset(self._routes)

    def serve(self, operation: str) -> Response:
        """Answer one request; every fault is applied here and nowhere else."""
        route = self._routes.get(operation)
        if route is None:
            return Response("<html><body>404 Not Found</body></html>", 404, content_type="text/html")
        call, began = Call(operation, request.args.to_dict(), {}), time.monotonic()
        fault = self._corp.faults.take(operation) or Fault()
        if fault.status:
            response = Response(fault.body.encode(), fault.status, content_type=fault.content_type)
        elif fault.error:
            body = {"errmsg": "fault on demand", **fault.error}
            response = _json(body, int(body.pop("status", 200)))
        else:
            call.silent = fault.drop
            response = self._work(call, route)
        self._tell(call, response, fault, time.monotonic() - began)
        if fault.reset:
            cut_connection(request.environ)
        return response

    def _work(self, call: Call, route: Route) -> Response:
        try:
            if route.token:
                self._tokens.check(call.query.get("access_token", ""))
            _read(call, route, request)
            with self._corp.lock:
                result = route.handler(call)
        except ApiError as error:
            return _json(error.answer())
        if isinstance(result, Response):
            return result
        warning = ". Warning: wrong json format. " if call.lenient else ""
        return _json({"errcode": 0, "errmsg": "ok" + warning, **result})

    def _tell(self, call: Call, response: Response, fault: Fault, took_s: float) -> None:
        answer: Any = (
            response.get_json(silent=True) if response.is_json else f"{response.content_length} bytes"
        )
        if fault.status:
            answer = fault.body
        code = answer.get("errcode", "?") if isinstance(answer, dict) else f"HTTP {response.status_code}"
        self._corp.journal.add(
            "wecom",
            "call",
            text=f"{request.method} {call.operation} → {code}",
            operation=call.operation,
            method=request.method,
            query=_masked(call.query),
            body=_masked(call.body),
            answer=_masked(answer) if isinstance(answer, dict) else answer,
            status=response.status_code,
            disturbed=fault != Fault(),
            notes=list(call.notes),
            latency_ms=round(took_s * 1000, 1),
        )


def _read(call: Call, route: Route, incoming: Request) -> None:
    """Fill in the body; JSON is read whatever Content-Type says."""
    if not route.post:
        return
    if incoming.method != "POST":
        raise ApiError(40058, "POST expected")
    if route.upload:
        call.file = incoming.files.get("media")
        return
    raw = incoming.get_data()
    if not raw.strip():
        raise ApiError(40063, "empty body")
    try:
        body = json.loads(raw.decode())
    except (ValueError, UnicodeDecodeError) as error:
        raise ApiError(40058, "not JSON") from error
    if not isinstance(body, dict):
        raise ApiError(40058, "not a JSON object")
    call.body = body


def _masked(facts: dict[str, Any]) -> dict[str, Any]:
    hidden = {key: "***" for key in _MASKED if facts.get(key)}
    return {**copy.deepcopy(facts), **hidden}


def _json(body: dict[str, Any], status: int = 200) -> Response:
    text = json.dumps(body, ensure_ascii=False)
    return Response(text.encode(), status, content_type="application/json; charset=UTF-8")
