"""Our HTTP client against the played platform: tokens, both error styles, and answers that are none."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from adapters.delivery.ports import Address, DeliveryError, Failure
from adapters.dingtalk.channels import DingtalkTextChannel
from adapters.dingtalk.client import DingtalkClient
from adapters.dingtalk.directory import DingtalkDirectory
from cards.spec import Note
from sandbox.core.faults import Fault
from tests.fakes.tokens import MemoryTokens
from tests.support.dingtalk import LI, Platform, platform

TOKEN = "oauth2/accessToken"
SEND = "robot/oToMessages/batchSend"
LOOK_UP = "user/getbymobile"
TO_LI = Address("dingtalk_user", LI)


@pytest.fixture
def dingtalk() -> Iterator[Platform]:
    with platform() as running:
        yield running


def say(dingtalk: Platform, client: DingtalkClient) -> str:
    channel = DingtalkTextChannel(client, dingtalk.sandbox.robot_code)
    return channel.send(TO_LI, Note("已派单"), message_key="k1").ref


def refusal(dingtalk: Platform, client: DingtalkClient) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        say(dingtalk, client)
    return caught.value


def test_one_token_serves_both_apis_and_every_call(dingtalk: Platform):
    client = dingtalk.client()

    say(dingtalk, client)
    say(dingtalk, client)
    DingtalkDirectory(client).owner_of_mobile("13800000001")

    assert len(dingtalk.calls(TOKEN)) == 1


def test_processes_share_a_token_through_the_store(dingtalk: Platform):
    tokens = MemoryTokens()

    say(dingtalk, dingtalk.client(tokens=tokens))
    say(dingtalk, dingtalk.client(tokens=tokens))

    assert len(dingtalk.calls(TOKEN)) == 1


def test_another_secret_does_not_use_the_kept_token(dingtalk: Platform):
    tokens = MemoryTokens()
    say(dingtalk, dingtalk.client(tokens=tokens))

    error = refusal(dingtalk, dingtalk.client(tokens=tokens, client_secret="rotated"))

    assert (error.code, error.failure) == ("invalidClientIdOrSecret", Failure.TEMPORARY)
    assert not any(dingtalk.sandbox.client_secret in key for key in tokens.kept)


def test_many_threads_fetch_one_token(dingtalk: Platform):
    client = dingtalk.client()

    with ThreadPoolExecutor(8) as pool:
        refs = list(pool.map(lambda _: say(dingtalk, client), range(16)))

    assert len(set(refs)) == 16
    assert len(dingtalk.calls(TOKEN)) == 1


def test_a_token_is_renewed_before_it_expires(dingtalk: Platform):
    client = dingtalk.client()
    say(dingtalk, client)

    dingtalk.clock.advance(timedelta(hours=2, minutes=-4).total_seconds())
    say(dingtalk, client)

    assert len(dingtalk.calls(TOKEN)) == 2
    assert [entry.data["status"] for entry in dingtalk.calls(SEND)] == [200, 200]


@pytest.mark.parametrize("wrapped", [False, True])
def test_a_dead_token_is_replaced_once_and_the_call_repeated(dingtalk: Platform, wrapped: bool):
    dingtalk.sandbox.old_token_error_wrapped = wrapped
    client = dingtalk.client()
    say(dingtalk, client)
    dingtalk.sandbox.expire_tokens()

    assert DingtalkDirectory(client).owner_of_mobile("13800000001") == LI
    dingtalk.sandbox.expire_tokens()
    say(dingtalk, client)

    assert len(dingtalk.calls(TOKEN)) == 3
    assert [entry.data["status"] for entry in dingtalk.calls(SEND)] == [200, 400, 200]


def test_a_token_that_stays_dead_is_not_fetched_again_and_again(dingtalk: Platform):
    client = dingtalk.client()
    dingtalk.faults.always(SEND, Fault(error={"status": 400, "code": "InvalidAuthentication"}))

    error = refusal(dingtalk, client)

    assert (error.code, error.failure) == ("InvalidAuthentication", Failure.TEMPORARY)
    assert (len(dingtalk.calls(TOKEN)), len(dingtalk.calls(SEND))) == (2, 2)


@pytest.mark.parametrize(
    ("fault", "code", "failure"),
    [
        (Fault(error={"status": 500, "code": "system.error"}), "system.error", Failure.TEMPORARY),
        (Fault(error={"status": 400, "code": "send.too.fast"}), "send.too.fast", Failure.LIMITED),
        (Fault(error={"status": 400, "code": "bot.stopped"}), "bot.stopped", Failure.PERMANENT),
        (Fault(status=200, body="<html>访问被拒绝</html>"), "not_json", Failure.TEMPORARY),
        (Fault(status=403, body="<html>访问被拒绝</html>"), "not_json", Failure.TEMPORARY),
        (Fault(status=504, body="upstream timeout"), "http_504", Failure.TEMPORARY),
        (
            Fault(status=200, body='{"status":1111,"wait":5,"source":"x5","punish":"deny"}'),
            "banned",
            Failure.TEMPORARY,
        ),
        (Fault(status=200, body='"ok"', content_type="application/json"), "not_json", Failure.TEMPORARY),
        (Fault(delay_s=0.8), "timeout", Failure.TEMPORARY),
        (Fault(reset=True), "connection", Failure.TEMPORARY),
    ],
)
def test_a_failed_call_says_what_to_do_next(dingtalk: Platform, fault: Fault, code: str, failure: Failure):
    client = dingtalk.client(timeout_s=(1.0, 0.4))
    dingtalk.faults.once(SEND, fault)

    error = refusal(dingtalk, client)

    assert (error.code, error.failure) == (code, failure)


def test_too_many_calls_a_second_wait(dingtalk: Platform):
    client = dingtalk.client()
    dingtalk.sandbox.qps_limit = 1
    say(dingtalk, client)

    error = refusal(dingtalk, client)

    assert (error.failure, error.retry_after_s) == (Failure.LIMITED, 1.0)


def test_a_used_up_quota_waits_long(dingtalk: Platform):
    client = dingtalk.client()
    dingtalk.sandbox.monthly_quota = 1
    say(dingtalk, client)

    error = refusal(dingtalk, client)

    assert (error.failure, error.retry_after_s) == (Failure.LIMITED, 3600.0)


def test_a_missing_permission_is_final(dingtalk: Platform):
    dingtalk.sandbox.scopes.discard("qyapi_robot_sendmsg")

    assert refusal(dingtalk, dingtalk.client()).failure is Failure.PERMANENT


def test_a_platform_that_is_down_is_tried_again(dingtalk: Platform):
    client = dingtalk.client()
    dingtalk.sandbox.stop()

    assert refusal(dingtalk, client).code == "connection"


def test_an_error_and_the_logs_hold_no_secret(dingtalk: Platform, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    tokens = MemoryTokens()
    client = dingtalk.client(tokens=tokens)
    say(dingtalk, client)
    dingtalk.faults.once(LOOK_UP, Fault(reset=True))

    with pytest.raises(DeliveryError) as caught:
        DingtalkDirectory(client).owner_of_mobile("13800000001")

    [(token, _)] = tokens.kept.values()
    for secret in (token, dingtalk.sandbox.client_secret, "13800000001"):
        assert secret not in f"{caught.value!r} {caught.value.__cause__!r} {caplog.text}"


def test_the_address_book_knows_who_owns_a_number(dingtalk: Platform):
    directory = DingtalkDirectory(dingtalk.client())

    assert directory.owner_of_mobile("13800000002") == "manager7675"
    assert directory.owner_of_mobile("13899999999") is None
    assert directory.owner_of_mobile("no number") is None


@pytest.mark.parametrize(
    ("errcode", "failure"), [(-1, Failure.TEMPORARY), (90018, Failure.LIMITED), (40035, Failure.PERMANENT)]
)
def test_an_address_book_that_refuses_is_no_answer(dingtalk: Platform, errcode: int, failure: Failure):
    dingtalk.faults.once(LOOK_UP, Fault(error={"errcode": errcode}))

    with pytest.raises(DeliveryError) as caught:
        DingtalkDirectory(dingtalk.client()).owner_of_mobile("13800000002")

    assert (caught.value.code, caught.value.failure) == (str(errcode), failure)
