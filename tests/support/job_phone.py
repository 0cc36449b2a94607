"""The job page on a phone whose network and clock a test sets."""

from pathlib import Path

from tests.support.chromium import Tab

_CLOCK = """
const Real = Date;
window.later_ms = Number(sessionStorage.getItem("later_ms") || 0);
Date = class extends Real {
  constructor(...given) { given.length ? super(...given) : super(Real.now() + window.later_ms); }
  static now() { return Real.now() + window.later_ms; }
};
"""
TABS = ("work", "parts", "report", "file")


class JobPhone:
    """A technician's phone with the page of a job.

    Args:
        browser: as wide as a phone.
        url: the link.
    """

    def __init__(self, browser: Tab, url: str) -> None:
        self.browser = browser
        self._url = url
        browser.call("Page.addScriptToEvaluateOnNewDocument", source=_CLOCK)
        # Otherwise the browser closes the dialogue, and the page takes that for an answer.
        browser.call("Page.setInterceptFileChooserDialog", enabled=True)

    def open(self) -> None:
        """Open the page and wait until it can be worked with."""
        self.browser.goto(self._url)
        self.is_ready()

    def is_ready(self) -> None:
        """Wait until the page can be worked with."""
        self.browser.wait("document.querySelector('main.job')?.dataset.ready === 'true'")

    def is_kept(self) -> None:
        """Wait until the page could be opened without a network."""
        self.browser.wait(
            "caches.keys().then(async (names) => names.length > 0 &&"
            f" Boolean(await (await caches.open(names[0])).match('{self._url}/data')))"
        )

    def later(self, minutes: int) -> None:
        """Let the phone's clock be so many minutes ahead of when the page was first opened."""
        ms = minutes * 60_000
        self.browser.run(f"(window.later_ms = {ms}, sessionStorage.setItem('later_ms', '{ms}'))")

    def tab(self, name: str) -> None:
        """Turn to a part of the page."""
        self.browser.click(f"document.querySelectorAll('.job-tabs button')[{TABS.index(name)}]")
        self.browser.wait(f"document.querySelector('#{name}').offsetHeight > 0")

    def step(self, name: str) -> None:
        """Press one of the five steps, and wait until the page counts it as done."""
        self.browser.click(f"document.querySelector('[data-step={name}]:not(:disabled)')")
        self.browser.wait(f"document.querySelector('[data-step={name}]') === null")

    def fills(self, **fields: str) -> None:
        """Type into fields, by their id."""
        for name, text in fields.items():
            self.browser.wait(f"Boolean(document.querySelector('#{name}'))")
            self.browser.run(f"document.querySelector('#{name}').focus()")
            self.browser.call("Input.insertText", text=text)

    def types(self, name: str, text: str) -> None:
        """Type into the field of a name."""
        self.browser.click(f"document.querySelector('[name={name}]')")
        self.browser.call("Input.insertText", text=text)

    def passes(self, *keys: str) -> None:
        """Find items of the checklist in order."""
        for key in keys:
            self.browser.run(f"document.querySelector('[name=check-{key}]').click()")

    def presses(self, label: str) -> None:
        """Press the first button in view that says this and can be pressed."""
        buttons = "[...document.querySelectorAll('button:not(:disabled)')]"
        self.browser.click(
            f"{buttons}.find((one) => one.offsetHeight > 0 && one.textContent.trim() === '{label}')"
        )

    def chooses(self, photo: Path) -> None:
        """Choose a photo for the report."""
        self.presses("拍照或选照片")
        self.browser.wait("Boolean(document.querySelector('.picker'))")
        self.browser.choose_file(".picker", photo)

    def submits(self) -> None:
        """Submit the report."""
        self.browser.click("document.querySelector('#report button[type=submit]:not(:disabled)')")

    def signs(self) -> None:
        """Draw something like a name into the field."""
        self.browser.run("document.querySelector('.sign-field').scrollIntoView({ block: 'center' })")
        box = "document.querySelector('.sign-field').getBoundingClientRect()"
        x, y = self.browser.run(f"[{box}.x + 40, {box}.y + 60]")
        mouse = {"button": "left", "buttons": 1}
        self.browser.call("Input.dispatchMouseEvent", type="mousePressed", x=x, y=y, **mouse)
        for at in range(1, 14):
            place = {"x": x + 15 * at, "y": y + 40 * (at % 2)}
            self.browser.call("Input.dispatchMouseEvent", type="mouseMoved", **place, **mouse)
        self.browser.call("Input.dispatchMouseEvent", type="mouseReleased", x=x + 200, y=y, button="left")

    def hears(self, words: str) -> None:
        """Wait until the page says something."""
        self.browser.wait(f"document.body.innerText.includes('{words}')")

    def quiet(self) -> None:
        """Wait until nothing is being said for a moment any more."""
        self.browser.wait("![...document.querySelectorAll('.van-toast')].some((one) => one.offsetHeight > 0)")

    def online(self) -> None:
        """Let the browser notice that there is a network again."""
        self.browser.run("Boolean(window.dispatchEvent(new Event('online')))")

    def waiting(self) -> int:
        """Return how many steps were not submitted yet."""
        return int(self.browser.run("document.querySelectorAll('#waiting li').length"))
