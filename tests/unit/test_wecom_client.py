"""The client: one token for all, one refresh, and no secret in anything that fails."""

import json
import logging
import threading
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from requests.adapters import BaseAdapter

from adapters.delivery.ports import DeliveryError, Failure
from adapters.wecom.client import QyClient
from adapters.wecom.errors import refusal
from tests.fakes.tokens import MemoryTokens
from tests.fakes.wecom import CORP_ID, NOW

SECRET = "nV4tq8ZsXw2LrKpB7yGdHc5JmF9aEuT3oQiN6xRzYkM"
Script = Callable[[str, str], "dict[str, Any] | bytes | int | requests.RequestException"]


class Wire(BaseAdapter):
    """Answer requests by script instead of a network: (path, token) → JSON, body, status or exception."""

    def __init__(self, script: Script) -> None:
        super().__init__()
        self.script = script
        self.seen: list[tuple[str, str]] = []
        self.requests: list[tuple[requests.PreparedRequest, Any]] = []

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        parts = urlsplit(request.url or "")
        path, token = parts.path.removeprefix("/cgi-bin/"), parse_qs(parts.query).get("access_token", [""])[0]
        self.seen.append((path, token))
        self.requests.append((request, kwargs["timeout"]))
        outcome = self.script(path, token)
        if isinstance(outcome, requests.RequestException):
            raise type(outcome)(f"{request.url}", request=request)
        response = requests.Response()
        response.request, response.url = request, request.url or ""
        response.status_code = outcome if isinstance(outcome, int) else 200
        body = json.dumps(outcome).encode() if isinstance(outcome, dict) else outcome
        response._content = body if isinstance(body, bytes) else b"<html>Bad Gateway</html>"
        return response

    def close(self) -> None:
        pass


class Clock:
    def __init__(self) -> None:
        self.at: datetime = NOW

    def __call__(self) -> datetime:
        return self.at


class Platform:
    """Give out T1, T2, … and take only the newest."""

    def __init__(self) -> None:
        self.issued = 0
        self.alive = ""

    def __call__(self, path: str, token: str) -> dict[str, Any]:
        if path == "gettoken":
            self.issued += 1
            self.alive = f"T{self.issued}"
            return {"errcode": 0, "errmsg": "ok", "access_token": self.alive, "expires_in": 7200}
        if token != self.alive:
            return {"errcode": 40014, "errmsg": "invalid access_token"}
        return {"errcode": 0, "errmsg": "ok", "msgid": "M"}


def make_client(script: Script, tokens: MemoryTokens | None = None, clock: Clock | None = None):
    client = QyClient(
        CORP_ID, SECRET, tokens or MemoryTokens(), api_base="http://wecom.test", now=clock or Clock()
    )
    wire = Wire(script)
    client._http.mount("http://", wire)
    return client, wire


def failure_of(client: QyClient) -> DeliveryError:
    with pytest.raises(DeliveryError) as error:
        client.call("post", "message/send", data={"touser": "li"})
    return error.value


def test_a_call_fetches_one_token_and_every_later_call_shares_it():
    client, wire = make_client(Platform())

    client.call("post", "message/send", data={})
    client.call("get", "user/get", params={"userid": "li"})

    assert wire.seen == [("gettoken", ""), ("message/send", "T1"), ("user/get", "T1")]


def test_another_process_uses_the_same_token():
    tokens, platform = MemoryTokens(), Platform()
    make_client(platform, tokens)[0].call("get", "user/get")

    _, wire = make_client(platform, tokens)
    second = make_client(platform, tokens)[0]
    second.call("get", "user/get")

    assert platform.issued == 1 and wire.seen == []


def test_two_secrets_that_begin_alike_do_not_share_a_token():
    ours, _ = make_client(Platform())
    other = QyClient(CORP_ID, SECRET[:20] + "x", MemoryTokens(), now=Clock())

    assert ours.access_token_key != other.access_token_key
    assert SECRET not in ours.access_token_key


def test_a_token_is_renewed_a_minute_before_it_ends():
    clock = Clock()
    client, wire = make_client(Platform(), clock=clock)
    client.call("get", "user/get")

    clock.at = NOW + timedelta(seconds=7141)
    client.call("get", "user/get")

    assert [path for path, _ in wire.seen].count("gettoken") == 2


def test_a_dead_token_is_refreshed_once_and_the_call_repeated_once():
    platform = Platform()
    client, wire = make_client(platform)
    client.call("get", "user/get")
    platform.alive = "revoked"

    client.call("post", "message/send", data={})

    assert wire.seen[2:] == [("message/send", "T1"), ("gettoken", ""), ("message/send", "T2")]


def test_a_token_that_somebody_else_refreshed_is_used_without_asking():
    platform, tokens = Platform(), MemoryTokens()
    client, wire = make_client(platform, tokens)
    client.call("get", "user/get")
    platform.alive = "theirs"
    original = platform.__call__

    def refresh_elsewhere(path: str, token: str) -> dict[str, Any]:
        tokens.put(client.access_token_key, "theirs", NOW + timedelta(hours=1))
        return original(path, token)

    wire.script = refresh_elsewhere
    client.call("get", "user/get")

    assert platform.issued == 1


@pytest.mark.parametrize("code", [40001, 40014, 42001])
def test_a_platform_that_never_takes_a_token_is_asked_twice_and_not_more(code: int):
    issue = {"errcode": 0, "access_token": "T", "expires_in": 7200}
    client, wire = make_client(lambda path, token: issue if path == "gettoken" else {"errcode": code})

    assert failure_of(client).failure is Failure.TEMPORARY
    assert [path for path, _ in wire.seen] == ["gettoken", "message/send", "gettoken", "message/send"]


def test_ten_cold_threads_fetch_one_token():
    platform = Platform()
    client, _ = make_client(platform)
    barrier = threading.Barrier(10)

    def work() -> None:
        barrier.wait()
        client.call("get", "user/get")

    threads = [threading.Thread(target=work) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert platform.issued == 1


def test_a_wrong_secret_waits_for_the_operator_and_is_not_tried_at_every_call():
    clock = Clock()
    client, wire = make_client(lambda path, token: {"errcode": 40001, "errmsg": "invalid"}, clock=clock)

    assert failure_of(client).retry_after_s == 60
    assert failure_of(client).code == "40001"
    clock.at += timedelta(seconds=61)
    failure_of(client)

    assert len(wire.seen) == 2


def test_a_short_lived_token_is_still_shared():
    client, wire = make_client(lambda path, token: {"errcode": 0, "access_token": "T", "expires_in": 30})

    client.call("get", "user/get")
    client.call("get", "user/get")

    assert [path for path, _ in wire.seen].count("gettoken") == 1


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        (502, "http_502"),
        (404, "http_404"),
        (302, "bad_answer"),
        (b"<html>maintenance</html>", "bad_answer"),
        (b'{"errcode":0,"errm', "bad_answer"),
        (b"[1]", "bad_answer"),
        ({"errcode": "x"}, "bad_answer"),
        ({"errcode": -1}, "-1"),
        (requests.ConnectTimeout(), "timeout"),
        (requests.ReadTimeout(), "timeout"),
        (requests.ConnectionError(), "connection"),
    ],
)
@pytest.mark.parametrize("where", ["gettoken", "message/send"])
def test_a_platform_that_is_down_is_a_temporary_failure_without_secrets(outcome: Any, code: str, where: str):
    token = {"errcode": 0, "access_token": "TOKEN-T1", "expires_in": 7200}
    client, _ = make_client(lambda path, _: outcome if path == where else token)

    error = failure_of(client)

    assert (error.code, error.failure) == (code, Failure.TEMPORARY)
    told = "".join(traceback.format_exception(error)) + repr(error.__cause__) + repr(error.__context__)
    assert SECRET not in told and "TOKEN-T1" not in told


def test_every_call_has_a_timeout_and_says_that_it_is_json():
    client, wire = make_client(Platform())

    client.call("post", "message/send", data={"text": {"content": "漏油"}})

    assert {timeout for _, timeout in wire.requests} == {(3.0, 10.0)}
    request = wire.requests[-1][0]
    assert request.headers["Content-Type"] == "application/json"
    assert request.body == '{"text": {"content": "漏油"}}'.encode()


def test_a_webhook_is_posted_without_a_token():
    client, wire = make_client(lambda path, token: {"errcode": 0})

    client.post_url("http://robot.test/cgi-bin/webhook/send?key=KEY", {"msgtype": "markdown"})

    assert wire.requests[0][0].url == "http://robot.test/cgi-bin/webhook/send?key=KEY"


def test_a_failing_webhook_does_not_tell_its_key():
    client, _ = make_client(lambda path, token: requests.ConnectionError())
    key = "693a91f6-" * 2

    with pytest.raises(DeliveryError) as error:
        client.post_url(f"http://robot.test/cgi-bin/webhook/send?key={key}", {})

    assert key not in "".join(traceback.format_exception(error.value)) + repr(error.value.__context__)


def test_the_library_s_request_log_loses_its_queries(caplog: pytest.LogCaptureFixture):
    make_client(Platform())
    library = logging.getLogger("urllib3.connectionpool")

    with caplog.at_level(logging.DEBUG, logger="urllib3.connectionpool"):
        library.debug('%s "%s %s"', "http://h", "GET", f"/cgi-bin/gettoken?corpsecret={SECRET}")

    assert SECRET not in caplog.text and "/cgi-bin/gettoken" in caplog.text


def test_the_base_s_own_calls_use_the_shared_token():
    client, wire = make_client(Platform())

    client.get("user/get", params={"userid": "li"})
    client.fetch_access_token()

    assert wire.seen == [("gettoken", ""), ("user/get", "T1"), ("gettoken", "")]


@pytest.mark.parametrize(
    ("code", "failure", "retry_after_s"),
    [
        (-1, Failure.TEMPORARY, 0),
        (60020, Failure.TEMPORARY, 60),
        (45009, Failure.LIMITED, 60),
        (45033, Failure.LIMITED, 5),
        (81013, Failure.PERMANENT, 0),
        (42022, Failure.PERMANENT, 0),
        (42033, Failure.PERMANENT, 0),
        (48002, Failure.PERMANENT, 0),
        (93000, Failure.PERMANENT, 0),
        (95001, Failure.WAITING, 0),
        (95002, Failure.WAITING, 0),
        (95031, Failure.WAITING, 0),
        (95018, Failure.WAITING, 0),
        (777, Failure.TEMPORARY, 0),
    ],
)
def test_an_error_code_decides_the_next_attempt(code: int, failure: Failure, retry_after_s: float):
    error = refusal(code, "text")

    assert (error.code, error.failure, error.retry_after_s) == (str(code), failure, retry_after_s)
