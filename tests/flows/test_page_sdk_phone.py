"""A page within WeCom and DingTalk: the vendor's own script, signed by us, under our policy.

Only the client itself is played: `WeixinJSBridge` and `nuva` are what its web view brings along.
"""

from typing import Any

import pytest

from sandbox.core.faults import Fault
from tests.flows.test_page_sdk import TICKETS, is_accepted
from tests.flows.test_page_store import page_of
from tests.support.loop import Loop
from tests.support.page_checks import Browser, needs_chromium, open_browser, open_page
from tests.support.stores import KEEPER, shop

pytestmark = needs_chromium
AGENTS = {
    "wecom": "Mozilla/5.0 (Linux; Android 14) Chrome/116.0 Mobile wxwork/4.1.30 MicroMessenger/7.0.1",
    "dingtalk": "Mozilla/5.0 (Linux; Android 14) Chrome/116.0 Mobile AliApp(DingTalk/7.6.0) DingTalk/7.6.0",
}
CLIENT = """
window.configured = null;
window.WeixinJSBridge = { invoke: (name, given, answer) => {
  if (name === "preVerifyJSAPI") window.configured = {
    corpId: given.verifyAppId, timestamp: given.verifyTimestamp, nonceStr: given.verifyNonceStr,
    signature: given.verifySignature,
  };
  answer(name === "scanQRCode"
    ? { err_msg: "scanQRCode:ok", resultStr: "EAN_13,6901234567892" }
    : { err_msg: `${name}:ok` });
} };
window.nuva = { isReady: true, require: () => (done, fail, area, name, given) => {
  if (name === "requestJsApis") window.configured = given;
  done(name === "scan" ? { text: "6901234567892" } : {});
} };
"""
SCAN = "document.querySelector('.scanning .main')"


def opened(browser: Browser, loop: Loop, platform: str) -> str:
    """Open a storekeeper's page within a chat, and return its URL."""
    store = shop(loop, platform)
    store.requested(_6204=2)
    url = page_of(loop, KEEPER, store.place).url
    browser.call("Emulation.setUserAgentOverride", userAgent=AGENTS[platform])
    browser.call("Page.addScriptToEvaluateOnNewDocument", source=CLIENT)
    browser.call("Page.setInterceptFileChooserDialog", enabled=True)
    open_page(browser, url, "document.querySelector('.lines')")
    return url


def loaded(browser: Browser) -> list[str]:
    browser.run("true")
    return [url for url in browser.requested if "/sdk?" in url or "jssdk" in url or "jsapi" in url]


@pytest.mark.parametrize("platform", list(AGENTS))
def test_a_storekeeper_scans_with_the_chat_s_own_scanner(loop: Loop, platform: str):
    with open_browser() as browser:
        url = opened(browser, loop, platform)
        before = loaded(browser)
        browser.click(SCAN)
        browser.wait("document.querySelector('.much').textContent.startsWith('2/2')")
        config: dict[str, Any] = browser.run("window.configured")
        asked = loaded(browser)
        complaints, strangers = browser.complaints, [one for one in asked if not one.startswith(loop.web_url)]

    assert is_accepted(loop, platform, url, config)
    assert before == [] and len(asked) == 2 and strangers == []
    assert complaints == []


@pytest.mark.parametrize("platform", list(AGENTS))
def test_where_the_platform_is_away_the_page_asks_for_a_photo_or_typing(loop: Loop, platform: str):
    loop.faults.always(TICKETS[platform], Fault(status=502, body="<html>Bad Gateway</html>"))

    with open_browser() as browser:
        opened(browser, loop, platform)
        browser.click(SCAN)
        browser.wait(
            "document.body.innerText.includes('请手工输入编号') || document.querySelector('.picker')"
        )
        typed = "document.querySelector('input[name=code]')"
        browser.type(typed, "6901234567892")
        browser.wait("document.querySelector('.much').textContent.startsWith('2/2')")

        assert browser.run("window.configured") is None
