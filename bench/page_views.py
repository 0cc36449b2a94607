"""How much a page weighs and how soon a slow telephone shows it, in headless Chromium."""

from collections.abc import Mapping
from typing import Any

from domain.kernel.links import Page
from tests.support import chromium
from tests.support.chromium import Chromium

SIZE = (390, 844)
SLOWER = 4
"""A telephone's processor beside this machine's."""
BYTES_PER_S = 10_000_000 // 8
LATENCY_MS = 40
SEEN = "document.querySelector('#page main, #app main')"
_WATCH = f"""
const seen = () => {{
  if (!window.__seen && {SEEN}) requestAnimationFrame(() => {{ window.__seen = performance.now(); }});
}};
new MutationObserver(seen).observe(document, {{ childList: true, subtree: true }});
"""
TARGETS = "targets 250 KB, 3.5 s cold, 1.5 s warm"


class Weighing(Chromium):
    """A browser that counts the bytes that came over the wire."""

    received = 0

    def _note(self, method: str, params: dict[str, Any]) -> None:
        if method == "Network.loadingFinished":
            self.received += int(params["encodedDataLength"])
        super()._note(method, params)


def measure(addresses: Mapping[Page, str]) -> None:
    """Print, for each page, what comes over the wire and when it can be read, without and with a cache."""
    binary = chromium.find()
    if binary is None:
        print("   no Chromium here, so no views were timed")
        return
    print(f"   {SIZE[0]} px, processor ÷ {SLOWER}, 10 Mbit/s, {LATENCY_MS} ms ({TARGETS})")
    for page, url in addresses.items():
        with Weighing(binary) as browser:
            _slow_down(browser)
            cold, weight = _view(browser, url)
            browser.goto("about:blank")
            warm, again = _view(browser, url)
        print(
            f"   view of {page.value:12} {weight / 1024:6.0f} KB, useful after {cold / 1000:5.2f} s cold;"
            f"  {again / 1024:4.0f} KB, {warm / 1000:5.2f} s warm"
        )


def _slow_down(browser: Chromium) -> None:
    browser.size(*SIZE)
    browser.call("Page.addScriptToEvaluateOnNewDocument", source=_WATCH)
    browser.call("Emulation.setCPUThrottlingRate", rate=SLOWER)
    browser.call(
        "Network.emulateNetworkConditions",
        offline=False,
        latency=LATENCY_MS,
        downloadThroughput=BYTES_PER_S,
        uploadThroughput=BYTES_PER_S,
    )


def _view(browser: Weighing, url: str) -> tuple[float, int]:
    """Return after how many milliseconds a page could be read, and the bytes that came."""
    browser.received = 0
    browser.goto(url)
    seen = float(browser.wait("window.__seen"))
    browser.wait("document.readyState === 'complete'")
    return seen, browser.received
