"""The SDK logs whole frames and tickets; none of it gets through."""

import logging

import pytest

from adapters.dingtalk.logs import SDK_LOGGER, quiet_vendor_logs

SECRET = "ticket-7724109a 张三 13800000000"


@pytest.fixture
def sdk_log(caplog: pytest.LogCaptureFixture) -> logging.Logger:
    quiet_vendor_logs()
    caplog.clear()
    return logging.getLogger(SDK_LOGGER)


def test_info_with_the_ticket_is_dropped(sdk_log: logging.Logger, caplog: pytest.LogCaptureFixture):
    sdk_log.setLevel(logging.INFO)

    sdk_log.info("endpoint is %s", {"ticket": SECRET})

    assert caplog.text == ""


def test_a_ping_is_no_warning(sdk_log: logging.Logger, caplog: pytest.LogCaptureFixture):
    sdk_log.warning("unknown message topic, topic=%s, message=%s", "ping", SECRET)

    assert caplog.text == ""


@pytest.mark.parametrize(
    "line",
    [
        "unknown callback message topic, topic=%s, message=%s",
        "unknown message, content=%s and %s",
        "[start] network exception, error=%s %s",
        "never seen before %s %s",
    ],
)
def test_a_warning_keeps_its_meaning_and_loses_its_content(
    sdk_log: logging.Logger, caplog: pytest.LogCaptureFixture, line: str
):
    sdk_log.warning(line, "/v1.0/x", SECRET)

    assert "DingTalk stream SDK" in caplog.text
    assert SECRET not in caplog.text


def test_an_error_keeps_the_name_of_its_type_only(sdk_log: logging.Logger, caplog: pytest.LogCaptureFixture):
    try:
        raise ConnectionResetError(SECRET)
    except ConnectionResetError as error:
        # The SDK's own line: an argument without a place for it.
        sdk_log.exception("unknown exception", error)

    assert "ConnectionResetError" in caplog.text
    assert SECRET not in caplog.text


@pytest.mark.parametrize("name", ["websockets.client", "urllib3.connectionpool"])
def test_libraries_that_log_frames_or_urls_are_quiet_at_debug(name: str):
    quiet_vendor_logs()

    assert not logging.getLogger(name).isEnabledFor(logging.DEBUG)
