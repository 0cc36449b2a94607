"""The HTTP front: every operation passes here, with its faults, checks and journal line."""

import json
import re
import time
from typing import Any

from flask import Flask, Request, Response, request

from sandbox.core.faults import Fault, Faults
from sandbox.core.http import cut_connection
from sandbox.core.journal import Journal
from sandbox.dingtalk.call import Call, Route
from sandbox.dingtalk.errors import ApiError, OapiError
from sandbox.dingtalk.limits import Limits, Tokens
from sandbox.dingtalk.state import PLATFORM

_SECRET = re.compile(
    r"^(app_?secret|client_?secret|access_?token|refresh_?token|(jsapi_?)?ticket|api_?secret|session|sign)$",
    re.I,
)


class HttpApi:
    """A Flask application over a table of routes."""

    def __init__(
        self, routes: list[Route], tokens: Tokens, limits: Limits, faults: Faults, journal: Journal
    ) -> None:
        self._tokens, self._limits, self._faults, self._journal = tokens, limits, faults, journal
        self.app = Flask("sandbox.dingtalk")
        for route in routes:
            self.app.add_url_rule(
                route.path,
                endpoint=f"{route.method} {route.path}",
                view_func=lambda route=route, **path: self._serve(route, path),
                methods=[route.method],
            )
        self.app.register_error_handler(404, self._unknown)
        self.app.register_error_handler(405, self._unknown)

    def _serve(self, route: Route, path: dict[str, str]) -> Response:
        """Answer one call; the only place where faults are consulted."""
        began = time.monotonic()
        fault = self._faults.take(route.operation)
        call = _read(request, path)
        if fault is not None and fault.status:
            answer = Response(fault.body, status=fault.status, content_type=fault.content_type)
        elif fault is not None and fault.error:
            answer = _ordered_error(route, fault)
        else:
            call.silent = fault is not None and fault.drop
            answer = self._work(route, call)
        self._note(route, call, answer, fault, time.monotonic() - began)
        if fault is not None and fault.reset:
            cut_connection(request.environ)
        return answer

    def _work(self, route: Route, call: Call) -> Response:
        """Check and handle a call; refusals come back in the route's own style."""
        try:
            if request.method != "GET" and _is_broken(request):
                raise _broken_json(route)
            if route.token and route.style == "oapi":
                self._tokens.check_old_style(call.query.get("access_token", ""))
            elif route.token:
                self._tokens.check_new_style(call.headers.get("x-acs-dingtalk-access-token", ""))
            self._limits.check(
                route.operation, route.scope, counted=route.counted, old_style=route.style == "oapi"
            )
            answer = route.handler(call)
        except ApiError as error:
            return _json(error.body, error.status)
        except OapiError as error:
            return _json(error.body)
        return answer if isinstance(answer, Response) else _json(answer)

    def _note(self, route: Route, call: Call, answer: Response, fault: Fault | None, took_s: float) -> None:
        shown = _told(answer.get_data())
        self._journal.add(
            PLATFORM,
            "call",
            text=f"{route.operation} → {answer.status_code} {_code_of(shown)}".rstrip(),
            operation=route.operation,
            method=route.method,
            query=_redacted(call.query),
            body=_redacted(call.body),
            answer=_redacted(shown),
            status=answer.status_code,
            fault=fault is not None,
            latency_ms=round(took_s * 1000, 1),
        )

    def _unknown(self, _: Exception) -> Response:
        """Answer a path that does not exist, in the style of its host."""
        self._journal.add(PLATFORM, "call", text=f"unknown {request.path}", operation="", path=request.path)
        if request.path.startswith("/v1.0/"):
            error = ApiError("InvalidAction.NotFound", "Specified api is not found", status=404)
            return _json(error.body, 404)
        return _json(OapiError(404, "请求的URI地址不存在").body)


def _read(incoming: Request, path: dict[str, str]) -> Call:
    body = (
        incoming.get_json(force=True, silent=True) if incoming.method != "GET" and not incoming.form else None
    )
    if not isinstance(body, dict):
        body = dict(incoming.form)
    headers = {name.lower(): value for name, value in incoming.headers.items()}
    return Call(body, dict(incoming.args), headers, path, incoming.files.get("media"))


def _is_broken(incoming: Request) -> bool:
    """Tell whether a body was sent that is no JSON object."""
    data = incoming.get_data()
    if not data or incoming.form or incoming.files:
        return False
    return not isinstance(incoming.get_json(force=True, silent=True), dict)


def _broken_json(route: Route) -> ApiError | OapiError:
    if route.style == "oapi":
        return OapiError(40035, "不合法的参数: 请求体不是JSON对象")
    return ApiError("InvalidParameter", "request body is not a JSON object")


def _ordered_error(route: Route, fault: Fault) -> Response:
    """Answer the platform error of a fault, in the style of the route."""
    error = dict(fault.error)
    if route.style == "oapi":
        code = int(error.pop("errcode", -1))
        return _json(OapiError(code, str(error.pop("errmsg", "系统繁忙")), **error).body)
    status = int(error.pop("status", 400))
    code_name = str(error.pop("code", "system.busy"))
    refusal = ApiError(code_name, str(error.pop("message", "")), status=status, **error)
    return _json(refusal.body, status)


def _json(body: dict[str, Any], status: int = 200) -> Response:
    text = json.dumps(body, ensure_ascii=False)
    return Response(text, status=status, content_type="application/json; charset=utf-8")


def _told(data: bytes) -> Any:
    """Return an answer for the journal: JSON, the beginning of a text, or how large a file it was."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return f"{len(data)} bytes"
    try:
        return json.loads(text)
    except ValueError:
        return re.sub(r"(?<=<ticket>)[^<]*", "***", text)[:500]


def _code_of(answer: Any) -> str:
    if not isinstance(answer, dict):
        return ""
    return str(answer.get("code") or answer.get("errcode") or "")


def _redacted(value: Any) -> Any:
    """Return a copy in which every secret is three stars."""
    if isinstance(value, dict):
        return {
            name: "***" if isinstance(item, str) and _SECRET.match(name) else _redacted(item)
            for name, item in value.items()
        }
    if isinstance(value, list):
        return [_redacted(item) for item in value]
    return value
