"""Which URLs are signed for a chat's own script: the very page's, as browsers write them, and no other."""

from collections.abc import Mapping

import pytest

from adapters.delivery.ports import DeliveryError, Failure
from console.sdk import PageSdks
from console.submissions import Stop

HOME = "https://fixloop.example.com"
TOKEN = "AQUx-y.Z_9"
PAGE = f"{HOME}/p/{TOKEN}"


class Signer:
    """Signs everything, and remembers what."""

    def __init__(self) -> None:
        self.signed: list[str] = []

    def config(self, url: str) -> Mapping[str, object] | None:
        self.signed.append(url)
        return {"signature": "s"}


class Away:
    """A platform that gives no ticket."""

    def config(self, url: str) -> Mapping[str, object] | None:
        raise DeliveryError("timeout", Failure.TEMPORARY)


def refusal(sdks: PageSdks, url: str, platform: str = "wecom") -> tuple[int, object]:
    with pytest.raises(Stop) as caught:
        sdks.of(TOKEN, platform, url)
    assert str(caught.value.body["message"]).endswith("。")
    return caught.value.status, caught.value.body["code"]


@pytest.mark.parametrize(
    ("home", "url"),
    [
        (HOME, PAGE),
        (HOME, f"{PAGE}?"),
        (HOME, f"{PAGE}?view=day&region=%E5%8D%8E"),
        (HOME, f"https://fixloop.example.com:443/p/{TOKEN}"),
        ("https://Fixloop.Example.com:443", PAGE),
        ("http://10.0.0.5:8080", f"http://10.0.0.5:8080/p/{TOKEN}"),
    ],
)
def test_the_page_s_own_url_is_signed_as_the_browser_shows_it(home: str, url: str):
    signer = Signer()

    told = PageSdks(home, {"wecom": signer}).of(TOKEN, "wecom", url)

    assert told["config"] == {"signature": "s"}
    assert signer.signed == [url]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://evil.example.com/",
        f"https://evil.example.com/p/{TOKEN}",
        f"https://fixloop.example.com.evil.com/p/{TOKEN}",
        f"https://fixloop.example.com@evil.com/p/{TOKEN}",
        f"https://evil.com@fixloop.example.com/p/{TOKEN}",
        f"https://@fixloop.example.com/p/{TOKEN}",
        f"https://fixloop.example.com\\@evil.com/p/{TOKEN}",
        f"https://evil.com\\@fixloop.example.com/p/{TOKEN}",
        f"http://fixloop.example.com/p/{TOKEN}",
        f"http://fixloop.example.com:443/p/{TOKEN}",
        f"https://fixloop.example.com:8443/p/{TOKEN}",
        f"https://fixloop.example.com:99999/p/{TOKEN}",
        f"https://fixloop.example.com:x/p/{TOKEN}",
        f"javascript://fixloop.example.com/p/{TOKEN}",
        f"//fixloop.example.com/p/{TOKEN}",
        f"/p/{TOKEN}",
        f"{HOME}/",
        f"{HOME}//p/{TOKEN}",
        f"{HOME}/x/../p/{TOKEN}",
        PAGE[:-1],
        f"{PAGE}0",
        f"{PAGE}/",
        f"{PAGE}/data",
        f"{PAGE};x",
        f"{PAGE}#x",
        f"{PAGE}?a#x",
        f" {PAGE}",
        f"{PAGE}\n",
        f"{PAGE}?\r\n&timestamp=1",
        f"{PAGE}?\x00",
        f"{PAGE}?华东",
        f"{PAGE}?{'x' * 2000}",
        "https://[",
        f"{HOME}/p/q-a-label-of-somebody",
    ],
)
def test_another_url_is_never_signed(url: str):
    signer = Signer()

    assert refusal(PageSdks(HOME, {"wecom": signer}), url) == (403, "sdk_foreign")
    assert signer.signed == []


def test_a_chat_that_is_not_connected_has_no_script():
    assert refusal(PageSdks(HOME, {"wecom": Signer()}), PAGE, "dingtalk") == (404, "sdk_none")


def test_a_platform_that_is_away_is_said_so():
    assert refusal(PageSdks(HOME, {"wecom": Away()}), PAGE) == (503, "sdk_unavailable")
