"""The supervisor against a gateway that misbehaves: few opens, quick recovery, a clean end."""

import itertools
import json
import logging
from collections.abc import Iterator

import pytest

from adapters.dingtalk.pace import Pace
from sandbox.core.faults import Fault
from sandbox.core.journal import Entry
from tests.fakes.dingtalk import ScriptedReceiver
from tests.support.dingtalk import LI, OPEN, Platform, platform, wait_until

HTML = Fault(status=200, body="<html>banned</html>")


@pytest.fixture
def dingtalk() -> Iterator[Platform]:
    with platform() as running:
        yield running


def wait_for_reconnection(dingtalk: Platform, timeout_s: float = 5.0) -> None:
    def replaced() -> bool:
        return len(dingtalk.journal.entries("connected")) > len(dingtalk.journal.entries("disconnected")) > 0

    wait_until(replaced, "a new connection, and the end of the old one", timeout_s)


def pings(dingtalk: Platform) -> list[Entry]:
    return [entry for entry in dingtalk.journal.entries("ack") if entry.data.get("topic") == "ping"]


def heard(dingtalk: Platform) -> bool:
    return bool(dingtalk.ack(msg_id=dingtalk.sandbox.user_says(LI, "进度")).data["code"] == 200)


@pytest.mark.parametrize(
    "fault",
    [
        HTML,
        Fault(status=502, body="<html>bad gateway</html>"),
        Fault(status=200, body="[]", content_type="application/json"),
        Fault(status=200, body="{}", content_type="application/json"),
        Fault(error={"status": 401, "code": "authFailed"}),
        Fault(error={"status": 503, "code": "ServiceUnavailable"}),
        Fault(reset=True),
    ],
)
def test_a_gateway_that_refuses_at_first_is_asked_again(dingtalk: Platform, fault: Fault):
    dingtalk.faults.once(OPEN, fault, times=2)

    with dingtalk.stream(ScriptedReceiver()):
        assert heard(dingtalk)
        assert len(dingtalk.calls(OPEN)) == 3


def test_a_gateway_that_accepts_and_closes_is_not_stormed(dingtalk: Platform):
    dingtalk.sandbox.accept_then_close = True

    with dingtalk.stream(ScriptedReceiver(), connect=False, pace=Pace()):
        wait_until(lambda: len(dingtalk.calls(OPEN)) >= 4, "four opens", 15)

    moments = [entry.at for entry in dingtalk.calls(OPEN)[:4]]
    waits = [(later - sooner).total_seconds() for sooner, later in itertools.pairwise(moments)]
    # The SDK alone opens ninety times a second.
    assert waits[0] >= 0.5 and waits[1] >= 1.0 and waits[2] >= 2.0


def test_after_a_storm_everything_works_again(dingtalk: Platform):
    dingtalk.sandbox.accept_then_close = True

    with dingtalk.stream(ScriptedReceiver(), connect=False):
        wait_until(lambda: len(dingtalk.calls(OPEN)) >= 3, "some opens")
        dingtalk.sandbox.accept_then_close = False
        dingtalk.sandbox.wait_connected(5)
        assert heard(dingtalk)


def test_a_refused_upgrade_is_tried_again_with_a_new_ticket(dingtalk: Platform):
    with dingtalk.stream(ScriptedReceiver()):
        used = {"endpoint": dingtalk.calls(OPEN)[0].data["answer"]["endpoint"], "ticket": "used before"}
        dingtalk.faults.once(OPEN, Fault(status=200, body=json.dumps(used), content_type="application/json"))
        dingtalk.sandbox.drop_connections()
        wait_for_reconnection(dingtalk, timeout_s=10)
        assert heard(dingtalk)


def test_an_orderly_disconnect_is_followed_by_a_new_connection(dingtalk: Platform):
    with dingtalk.stream(ScriptedReceiver()):
        dingtalk.sandbox.disconnect()
        wait_for_reconnection(dingtalk)
        assert heard(dingtalk)


def test_a_cut_connection_is_replaced_at_once_and_not_after_the_sdk_s_ten_seconds(dingtalk: Platform):
    with dingtalk.stream(ScriptedReceiver()) as supervisor:
        dingtalk.sandbox.drop_connections()
        wait_for_reconnection(dingtalk)
        assert heard(dingtalk) and supervisor.connected


def test_a_silent_connection_is_given_up(dingtalk: Platform, caplog: pytest.LogCaptureFixture):
    dingtalk.sandbox.ping_interval_s = 0.2

    with dingtalk.stream(ScriptedReceiver(), silence_limit_s=0.8):
        dingtalk.sandbox.half_open = True
        wait_until(lambda: "connection is dead" in caplog.text, "the watchdog")
        dingtalk.sandbox.half_open = False
        wait_for_reconnection(dingtalk)
        assert heard(dingtalk)


def test_pings_are_answered_and_keep_a_quiet_connection(dingtalk: Platform):
    dingtalk.sandbox.ping_interval_s = 0.2

    with dingtalk.stream(ScriptedReceiver(), silence_limit_s=0.8) as supervisor:
        wait_until(lambda: len(pings(dingtalk)) >= 6, "more pings than fit into the limit")
        assert supervisor.last_frame_at is not None

    assert not any(entry.data["opaque_mismatch"] for entry in pings(dingtalk))
    assert len(dingtalk.calls(OPEN)) == 1


def test_stopping_answers_what_is_in_hand_first(dingtalk: Platform):
    receiver = ScriptedReceiver(delay_s=0.6)

    with dingtalk.stream(receiver) as supervisor:
        msg_id = dingtalk.sandbox.user_says(LI, "进度")
        wait_until(lambda: receiver.received, "the message is in hand")
        assert supervisor.stop(5)
        assert not supervisor.connected

    assert dingtalk.ack(msg_id=msg_id).data["code"] == 200


def test_stopping_does_not_wait_for_a_gateway_that_does_not_answer(dingtalk: Platform):
    dingtalk.faults.once(OPEN, Fault(delay_s=3.0))

    with dingtalk.stream(ScriptedReceiver(), connect=False) as supervisor:
        assert supervisor.stop(1.0)


def test_stopping_during_a_pause_is_immediate_and_stopping_twice_is_fine(dingtalk: Platform):
    dingtalk.faults.always(OPEN, HTML)

    with dingtalk.stream(ScriptedReceiver(), connect=False, pace=Pace(first_s=60.0)) as supervisor:
        wait_until(lambda: dingtalk.calls(OPEN), "the first open")
        assert supervisor.stop(1.0) and supervisor.stop(1.0)


def test_it_starts_again_after_a_stop(dingtalk: Platform):
    with dingtalk.stream(ScriptedReceiver()) as supervisor:
        assert supervisor.stop(5)
        supervisor.start()
        wait_for_reconnection(dingtalk)
        assert heard(dingtalk)


def test_no_secret_ticket_or_word_reaches_a_log(dingtalk: Platform, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    dingtalk.faults.once(OPEN, Fault(error={"status": 401, "code": "authFailed"}))

    with dingtalk.stream(ScriptedReceiver(failures=1)):
        dingtalk.sandbox.user_says(LI, "我的电话13912345678")
        dingtalk.sandbox.push_raw({"type": "NEW", "headers": {"messageId": "m1"}, "data": "电话13912345678"})
        dingtalk.ack(message_id="m1")
        dingtalk.sandbox.push_raw("电话13912345678 not json")
        wait_for_reconnection(dingtalk)

    assert "was not taken in" in caplog.text and "authFailed" in caplog.text
    for secret in (dingtalk.sandbox.client_secret, "ticket=", "13912345678", "李工"):
        assert secret not in caplog.text
