"""A real Chromium, driven by its DevTools protocol; only where one is installed."""

import base64
import contextlib
import json
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import requests
from websockets.sync.client import ClientConnection, connect

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "headless_shell")
START_S, ANSWER_S, SEEN_S = 60.0, 30.0, 30.0
_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--no-first-run",
    "--no-proxy-server",
    "--hide-scrollbars",
    "--remote-debugging-port=0",
    "--remote-allow-origins=*",
)


def find() -> str | None:
    """Return the path of a Chromium, None when the machine has none."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class Tab:
    """One tab or window of a browser."""

    def __init__(self) -> None:
        self._opened = contextlib.ExitStack()
        self._socket: ClientConnection | None = None
        self._calls = 0
        self.complaints: list[str] = []
        self.requested: list[str] = []

    def attach(self, address: str) -> None:
        """Begin to drive it."""
        self._socket = self._opened.enter_context(
            connect(address, max_size=None, proxy=None, ping_interval=None)
        )
        for domain in ("Page", "Runtime", "Log", "Network", "DOM"):
            self.call(f"{domain}.enable")

    def detach(self) -> None:
        """Leave it alone."""
        self._opened.close()

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Call a method of the protocol and return its result; complaints are kept."""
        assert self._socket is not None
        self._calls += 1
        self._socket.send(json.dumps({"id": self._calls, "method": method, "params": params}))
        while True:
            told = json.loads(self._socket.recv(timeout=ANSWER_S))
            if told.get("id") == self._calls:
                assert "error" not in told, told["error"]
                result: dict[str, Any] = told["result"]
                return result
            self._note(told.get("method", ""), told.get("params", {}))

    def _note(self, method: str, params: dict[str, Any]) -> None:
        if method == "Runtime.exceptionThrown":
            self.complaints.append(str(params["exceptionDetails"]))
        elif method == "Runtime.consoleAPICalled" and params["type"] in ("error", "assert"):
            self.complaints.append(str(params["args"]))
        elif method == "Log.entryAdded" and params["entry"]["level"] == "error":
            self.complaints.append(f"{params['entry']['text']} {params['entry'].get('url', '')}")
        elif method == "Network.requestWillBeSent":
            self.requested.append(str(params["request"]["url"]))

    def size(self, width: int, height: int, *, scale: float = 1) -> None:
        """Give the tab a size in CSS pixels; below 600 it is a telephone's."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            screenWidth=width,
            screenHeight=height,
            deviceScaleFactor=scale,
            mobile=width < 600,
        )

    def goto(self, url: str) -> None:
        """Open an address."""
        self.call("Page.navigate", url=url)

    def run(self, script: str) -> Any:
        """Return the value of an expression in the page, a promise's when it is one."""
        told = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in told, told["exceptionDetails"]
        return told["result"].get("value")

    def wait(self, script: str, seconds: float = SEEN_S) -> Any:
        """Wait until an expression is true in the page, and return it."""
        deadline = time.monotonic() + seconds
        # An element comes back as an empty object, which is found all the same.
        while (found := self.run(script)) in (None, False, 0, ""):
            if time.monotonic() > deadline:
                raise TimeoutError(f"not seen in the page: {script}; complaints: {self.complaints}")
            time.sleep(0.1)
        return found

    def choose_file(self, selector: str, path: Path) -> None:
        """Choose a file in a file input, as its dialogue would."""
        root = self.call("DOM.getDocument")["root"]["nodeId"]
        node = self.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.call("DOM.setFileInputFiles", nodeId=node, files=[str(path)])

    def screenshot(self, path: Path) -> None:
        """Save what is in view."""
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))

    def click(self, element: str) -> None:
        """Wait for an element, an expression that finds it, and click its middle with the mouse.

        Of several lines it is the first one's.
        """
        self.wait(f"Boolean({element})")
        self.run(f"{element}.scrollIntoView({{ block: 'center', inline: 'center' }})")
        middle = (
            f"(() => {{ const box = {element}.getClientRects()[0];"
            " return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        x, y = self.run(middle)
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def type(self, element: str, words: str) -> None:
        """Type into an input and press Enter."""
        self.wait(f"Boolean({element})")
        self.run(f"{element}.focus()")
        self.call("Input.insertText", text=words)
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key="Enter", code="Enter", text="\r")


class Chromium(Tab):
    """A browser, and its first tab.

    Args:
        binary: its path.
    """

    def __init__(self, binary: str) -> None:
        super().__init__()
        self._folder = tempfile.mkdtemp(prefix="fixloop-chromium-")
        self._process = subprocess.Popen(
            [binary, *_FLAGS, f"--user-data-dir={self._folder}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._tabs = list[Tab]()

    def __enter__(self) -> Self:
        try:
            self.attach(self._address("", time.monotonic() + START_S))
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End the browser."""
        for tab in (*self._tabs, self):
            tab.detach()
        self._process.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def opened(self, url: str) -> Tab:
        """Return the tab or window that a page opened at an address, as soon as it is there."""
        tab = Tab()
        tab.attach(self._address(url, time.monotonic() + SEEN_S))
        self._tabs.append(tab)
        return tab

    def _address(self, url: str, deadline: float) -> str:
        """Wait for a tab at an address, the first one where that is empty, and return where it is driven."""
        told = Path(self._folder) / "DevToolsActivePort"
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError, IndexError, requests.RequestException):
                port = told.read_text().split()[0]
                for tab in requests.get(f"http://127.0.0.1:{port}/json", timeout=5).json():
                    if tab["type"] == "page" and tab["url"].startswith(url):
                        return str(tab["webSocketDebuggerUrl"])
            assert self._process.poll() is None, "Chromium ended"
            time.sleep(0.1)
        raise TimeoutError(f"Chromium did not open {url or 'a tab'}")
