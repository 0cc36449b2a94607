"""No log line shows a secret or a mobile number."""

import logging
import sys

import pytest

from bootstrap.logs import SafeFormatter


def line(message: str, *args: object, exc_info=None) -> str:
    record = logging.LogRecord("test", logging.INFO, __file__, 1, message, args, exc_info)
    return SafeFormatter("%(message)s").format(record)


@pytest.mark.parametrize(
    "text",
    [
        "GET /cgi-bin/user/get?access_token=geheim-geheim&userid=li",
        "corpsecret=geheim-geheim&corpid=ww1",
        "https://qyapi/webhook/send?key=geheim-geheim",
        "msg_signature=geheim-geheim",
        "{'access_token': 'geheim-geheim'}",
        '{"clientSecret": "geheim-geheim"}',
        '{"data": "{\\"accessToken\\":\\"geheim-geheim\\"}"}',
        "response_code=geheim-geheim",
        "wss://gateway/connect?ticket=geheim-geheim",
        "x-acs-dingtalk-access-token: geheim-geheim",
        "sessionWebhook=https://x/send?session=geheim-geheim",
        "encoding_aes_key = geheim-geheim",
        "TOKEN=geheim-geheim",
    ],
)
def test_a_secret_is_masked_wherever_it_stands(text: str):
    shown = line(text)

    assert "geheim" not in shown
    assert "***" in shown


def test_what_follows_a_secret_stays_readable():
    assert line("access_token=geheim-geheim&userid=li") == "access_token=***&userid=li"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("13800000001", "138****0001"),
        ("客户13800000001来电", "客户138****0001来电"),
        ("+8613800000001", "+86138****0001"),
        ("8613800000001", "86138****0001"),
        ("138 0000 0001", "138****0001"),
        ("138-0000-0001", "138****0001"),
        ("13800000001,13900000005", "138****0001,139****0005"),
    ],
)
def test_a_mobile_number_is_masked_however_it_is_written(text: str, shown: str):
    assert line(text) == shown


@pytest.mark.parametrize(
    "text", ["outbox 13800000001234", "WO-20261124-0001", "1700000000123", "0138000000019"]
)
def test_other_digits_stay_readable(text: str):
    assert line(text) == text


def test_arguments_and_tracebacks_are_masked_too():
    try:
        raise RuntimeError("token=geheim-geheim of 13800000001")
    except RuntimeError:
        shown = line("failed for %s", "13900000005", exc_info=sys.exc_info())

    assert "geheim" not in shown
    assert "138****0001" in shown
    assert "139****0005" in shown
