"""Pages signed for the chats' own scripts: played clients accept them, and nobody is asked too often."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from adapters.delivery.ports import DeliveryError
from adapters.dingtalk.client import DingtalkClient
from adapters.dingtalk.jssdk import DingtalkPageSdk
from adapters.dingtalk.jssdk import signature as dingtalk_signature
from adapters.tickets import SharedTicket
from adapters.tokens import TokenStore
from adapters.wecom.client import QyClient
from adapters.wecom.jssdk import WecomPageSdk
from console.ports import PageSdk
from sandbox.core.clock import SandboxClock
from sandbox.core.faults import Fault, Faults
from sandbox.core.journal import Journal
from sandbox.dingtalk import DingtalkSandbox
from sandbox.wecom import WecomSandbox
from tests.fakes.tokens import MemoryTokens
from tests.fakes.wecom import CORP_ID, NOW

PAGE = "https://fixloop.example.com/p/AQUx-y.Z_9"
BUSY: dict[str, dict[str, Any]] = {
    "wecom": {"errcode": -1},
    "dingtalk": {"status": 500, "code": "systemBusy"},
}


@dataclass
class World:
    """One played chat and what signs for it."""

    name: str
    clock: SandboxClock
    journal: Journal
    faults: Faults
    operation: str
    make: Callable[[TokenStore], PageSdk]
    accepts: Callable[[str, Mapping[str, Any]], bool]
    kill_tokens: Callable[[], None]

    def asked(self) -> int:
        """Return how often the platform was asked for a ticket."""
        return sum(one.data["operation"] == self.operation for one in self.journal.entries("call"))

    def fail(self, fault: Fault | None) -> None:
        """Let the platform give no tickets, or again."""
        self.faults.always(self.operation, fault)


def _wecom(clock: SandboxClock, journal: Journal, faults: Faults, sandbox: WecomSandbox) -> World:
    def make(tokens: TokenStore) -> PageSdk:
        client = QyClient(
            sandbox.corp_id, sandbox.secret, tokens, api_base=sandbox.api_base, now=clock.now, timeout=(3, 3)
        )
        return WecomPageSdk(client, tokens, clock.now)

    def accepts(url: str, config: Mapping[str, Any]) -> bool:
        return config["corpId"] == sandbox.corp_id and sandbox.accepts_page(
            url, timestamp=config["timestamp"], nonce=config["nonceStr"], signature=config["signature"]
        )

    name = "get_jsapi_ticket"
    return World("wecom", clock, journal, faults, name, make, accepts, sandbox.revoke_tokens)


def _dingtalk(clock: SandboxClock, journal: Journal, faults: Faults, sandbox: DingtalkSandbox) -> World:
    def make(tokens: TokenStore) -> PageSdk:
        client = DingtalkClient(
            sandbox.client_id,
            sandbox.client_secret,
            sandbox.api_base,
            sandbox.oapi_base,
            tokens,
            clock.now,
            timeout_s=(3, 3),
        )
        return DingtalkPageSdk(client, sandbox.corp_id, sandbox.agent_id, tokens, clock.now)

    def accepts(url: str, config: Mapping[str, Any]) -> bool:
        return sandbox.accepts_page(url, dict(config))

    name = "oauth2/jsapiTickets"
    return World("dingtalk", clock, journal, faults, name, make, accepts, sandbox.expire_tokens)


@pytest.fixture(params=["wecom", "dingtalk"])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    clock = SandboxClock()
    journal, faults = Journal(clock), Faults()
    if request.param == "wecom":
        wecom = WecomSandbox(clock, journal, faults)
        wecom.start()
        yield _wecom(clock, journal, faults, wecom)
        wecom.stop()
    else:
        dingtalk = DingtalkSandbox(clock, journal, faults)
        dingtalk.start()
        yield _dingtalk(clock, journal, faults, dingtalk)
        dingtalk.stop()


def config_of(sdk: PageSdk, url: str = PAGE) -> Mapping[str, Any]:
    config = sdk.config(url)
    assert config is not None
    return config


def refusal(sdk: PageSdk) -> str:
    with pytest.raises(DeliveryError) as caught:
        sdk.config(PAGE)
    return caught.value.code


@pytest.mark.parametrize("url", [PAGE, f"{PAGE}?view=day&region=%E5%8D%8E%E4%B8%9C"])
def test_the_client_accepts_a_signed_page_and_no_other(world: World, url: str):
    config = config_of(world.make(MemoryTokens()), url)

    assert world.accepts(url, config)
    assert world.accepts(f"{url}#/parts", config)  # What stands behind # is not signed.
    assert not world.accepts(f"{url}1", config)
    assert not world.accepts(url, {**config, "nonceStr": "another"})


def test_every_page_has_a_nonce_of_its_own_and_the_tickets_stay_inside(world: World):
    sdk = world.make(tokens := MemoryTokens())

    first, second = config_of(sdk), config_of(sdk)

    assert first["nonceStr"] != second["nonceStr"]
    told = [str(one.data) for one in world.journal.entries("call")]
    assert not [
        secret for secret, _ in tokens.kept.values() if secret in str(first) or secret in "".join(told)
    ]


def test_replicas_share_a_ticket_until_shortly_before_it_ends(world: World):
    tokens = MemoryTokens()
    one, other = world.make(tokens), world.make(tokens)

    for sdk in (one, other, one):
        config_of(sdk)
    asked_at_first = world.asked()
    world.clock.advance(7200 - 301)
    config_of(other)
    still = world.asked()
    world.clock.advance(2)
    late = config_of(one)

    assert (asked_at_first, still, world.asked()) == (1, 1, 2)
    assert world.accepts(PAGE, late)


def test_a_ticket_is_had_after_the_access_token_was_revoked(world: World):
    sdk = world.make(tokens := MemoryTokens())
    config_of(sdk)
    world.kill_tokens()
    for key in [key for key in tokens.kept if key.endswith(":jsapi")]:
        tokens.drop(key)

    assert world.accepts(PAGE, config_of(sdk))


def test_a_platform_that_fails_is_left_alone_for_half_a_minute(world: World):
    sdk = world.make(MemoryTokens())
    world.fail(Fault(error=BUSY[world.name]))

    codes = [refusal(sdk), refusal(sdk)]
    asked = world.asked()
    world.fail(None)
    world.clock.advance(31)

    assert codes[0] == codes[1] and asked == 1
    assert world.accepts(PAGE, config_of(sdk))


@pytest.mark.parametrize(
    ("ticket", "life"), [("", 7200), (7, 7200), (None, 7200), ("x" * 1025, 7200), ("T", "7200"), ("T", None)]
)
def test_an_answer_without_a_ticket_signs_nothing(world: World, ticket: object, life: object):
    if world.name == "wecom":
        body = {"errcode": 0, "ticket": ticket, "expires_in": life}
    else:
        body = {"jsapiTicket": ticket, "expireIn": life}
    world.fail(Fault(status=200, body=json.dumps(body), content_type="application/json"))

    assert refusal(world.make(tokens := MemoryTokens())) == "bad_answer"
    assert not [key for key in tokens.kept if key.endswith(":jsapi")]


def test_two_apps_of_one_corp_never_share_a_ticket():
    class App(QyClient):
        """An app whose ticket is known."""

        def call(self, method: str, path: str, **_: object) -> dict[str, Any]:
            return {"ticket": f"ticket of {self.secret}", "expires_in": 7200}

    tokens = MemoryTokens()
    apps = [App(CORP_ID, secret, tokens, now=lambda: NOW) for secret in ("first-secret", "second-secret")]

    signed = [WecomPageSdk(app, tokens, lambda: NOW).config(PAGE) for app in apps]

    assert [one["signature"] for one in signed] == [
        app.jsapi.get_jsapi_signature(one["nonceStr"], f"ticket of {app.secret}", one["timestamp"], PAGE)
        for app, one in zip(apps, signed, strict=True)
    ]


def test_who_waits_for_another_thread_s_question_does_not_wait_for_long(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("adapters.tickets.PATIENCE_S", 0.01)
    asking, answered = threading.Event(), threading.Event()

    def ask() -> tuple[str, int]:
        asking.set()
        assert answered.wait(10)
        return "T", 7200

    ticket = SharedTicket("k", ask, MemoryTokens(), lambda: NOW)
    slow = threading.Thread(target=ticket.get)
    slow.start()
    assert asking.wait(10)

    with pytest.raises(DeliveryError) as caught:
        ticket.get()
    answered.set()
    slow.join()

    assert caught.value.code == "busy"
    assert ticket.get() == "T"


def test_wecom_s_own_example_is_signed_as_wecom_signs_it():
    client = QyClient(CORP_ID, "a-secret-of-an-app", MemoryTokens(), now=lambda: NOW)
    ticket = "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg"

    signed = client.jsapi.get_jsapi_signature(
        "Wm3WZYTPz0wzccnW", ticket, 1414587457, "http://mp.weixin.qq.com?params=value"
    )

    assert signed == "0f9de62fce790f9a083d5c99e95740ceb90c27ed"


def test_dingtalk_signs_the_query_unescaped():
    escaped, plain = (
        dingtalk_signature("T", "n", 1, f"{PAGE}?region={name}") for name in ("%E5%8D%8E", "华")
    )

    assert escaped == plain
    assert escaped != dingtalk_signature("T", "n", 1, PAGE)


def test_without_the_app_s_number_dingtalk_is_asked_for_nothing():
    client = DingtalkClient("c", "s", "http://127.0.0.1:9", "http://127.0.0.1:9", MemoryTokens(), lambda: NOW)

    assert DingtalkPageSdk(client, "", 0, MemoryTokens(), lambda: NOW).config(PAGE) is None


def test_the_played_app_gets_a_ticket_of_its_own_kind():
    clock = SandboxClock()
    sandbox = WecomSandbox(clock, Journal(clock), Faults())
    sandbox.start()
    client = QyClient(
        sandbox.corp_id, sandbox.secret, MemoryTokens(), api_base=sandbox.api_base, now=clock.now
    )
    corp, app = client.jsapi.get_ticket()["ticket"], client.jsapi.get_agent_ticket()["ticket"]
    signed = client.jsapi.get_jsapi_signature("n", app, 7, PAGE)
    sandbox.stop()

    assert corp != app
    assert sandbox.accepts_page(PAGE, timestamp=7, nonce="n", signature=signed, kind="app")
    assert not sandbox.accepts_page(PAGE, timestamp=7, nonce="n", signature=signed)
