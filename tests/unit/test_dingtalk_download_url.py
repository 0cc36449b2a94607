"""Which addresses a download may be fetched from."""

import pytest

from adapters.delivery.ports import DeliveryError, Failure
from adapters.dingtalk.media import safe_url

API = "https://api.dingtalk.com"
CDN = "https://down-cdn.dingtalk.com/a/b?Expires=1&Signature=x%2By"


@pytest.mark.parametrize(
    ("url", "called"),
    [
        (CDN, CDN),
        (CDN.replace("https", "http"), CDN),
        (
            "http://zjan-bot.oss-cn-hangzhou.aliyuncs.com:80/a",
            "https://zjan-bot.oss-cn-hangzhou.aliyuncs.com/a",
        ),
    ],
)
def test_a_public_host_is_called_by_https(url: str, called: str):
    assert safe_url(url, API) == called


def test_the_api_s_own_host_is_called_as_it_is():
    assert (
        safe_url("http://127.0.0.1:8100/files/x", "http://127.0.0.1:8100") == "http://127.0.0.1:8100/files/x"
    )


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://down-cdn.dingtalk.com/a",
        "file:///etc/passwd",
        "http://127.0.0.1/a",
        "http://127.0.0.1:8100/files/x",
        "https://10.0.0.1/a",
        "https://[::1]/a",
        "https://[::ffff:10.0.0.1]/a",
        "http://2130706433/a",
        "http://0x7f.1/a",
        "http://127.1/a",
        "http://localhost/a",
        "http://metadata.google.internal/a",
        "https://down-cdn.dingtalk.com:6379/a",
        "https://down-cdn.dingtalk.com@10.0.0.1/a",
        "https://api.dingtalk.com:443@evil.example/a",
        "http://down-cdn.dingtalk.com:x/a",
    ],
)
def test_nothing_else_is_called(url: str):
    with pytest.raises(DeliveryError) as caught:
        safe_url(url, API)

    assert caught.value.failure is Failure.PERMANENT
