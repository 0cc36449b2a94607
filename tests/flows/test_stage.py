"""The stage waits for a product, and tells one that died from one that answers wrongly."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from bootstrap.demo.stage import ProductDied, Stage
from sandbox.wecom import CallbackCrypto, VerificationFailed

LONG_S, SHORT_S = 30.0, 0.2


class PlayedProduct:
    """A web server that is healthy and answers WeCom's check as a test says."""

    def __init__(self) -> None:
        self.check: Callable[[str], str] = lambda _: ""
        self.runs = True
        played = self

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                url = urlsplit(self.path)
                answer = "" if url.path == "/healthz" else played.check(parse_qs(url.query)["echostr"][0])
                self.send_response(200)
                self.end_headers()
                self.wfile.write(answer.encode())

            def log_message(self, format: str, *args: object) -> None:
                """Keep quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def die(self, _: str) -> str:
        self.runs = False
        return ""

    def poll(self) -> int | None:
        return None if self.runs else -9

    def terminate(self) -> None:
        self.runs = False

    kill = terminate

    def wait(self, timeout: float | None = None) -> int | None:
        return self.poll()


@pytest.fixture
def product() -> Iterator[PlayedProduct]:
    played = PlayedProduct()
    yield played
    played.server.shutdown()
    played.server.server_close()


@pytest.fixture
def make_stage(
    product: PlayedProduct, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[float], Stage]]:
    made: list[Stage] = []

    def make(ready_s: float) -> Stage:
        port = product.server.server_address[1]
        stage = Stage(tmp_path, port=port, launch=lambda *_: product, ready_s=ready_s)
        monkeypatch.setattr(stage.dingtalk, "wait_connected", lambda timeout_s: None)
        stage.start_platforms([])
        made.append(stage)
        return stage

    yield make
    for stage in made:
        stage.stop()


def right(stage: Stage, cipher: str) -> str:
    wecom = stage.wecom
    return CallbackCrypto(wecom.token, wecom.encoding_aes_key, wecom.corp_id).decrypt(cipher)


def test_a_product_that_dies_while_its_address_is_checked_has_died(product, make_stage):
    product.check = product.die

    with pytest.raises(ProductDied):
        make_stage(LONG_S).start_product()


def test_a_product_that_answers_the_check_at_the_second_try_is_ready(product, make_stage):
    stage = make_stage(LONG_S)
    answers = iter(["not yet"])
    product.check = lambda cipher: next(answers, "") or right(stage, cipher)

    stage.start_product()

    assert stage.alive()
    assert list(answers) == []


def test_a_living_product_that_answers_the_check_wrongly_says_so_at_the_end(product, make_stage):
    product.check = lambda _: "something else"

    with pytest.raises(VerificationFailed, match="something else"):
        make_stage(SHORT_S).start_product()


def test_a_living_product_that_never_connects_is_not_ready(product, make_stage, monkeypatch):
    stage = make_stage(SHORT_S)
    monkeypatch.undo()

    with pytest.raises(TimeoutError, match="Stream"):
        stage.start_product()
