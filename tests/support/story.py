"""Hands on the demonstration's wall: links are clicked there, and the windows they open are worked in."""

from dataclasses import dataclass
from pathlib import Path

from bootstrap.demo.cast import Cast
from bootstrap.demo.show import Show
from tests.support.chromium import Chromium, Tab
from tests.support.job_phone import JobPhone
from tests.support.page_checks import DESK, PHONE, SHOTS, problems, shoot
from tests.support.wall_page import Page, named, within

WALL = (1440, 900)
STILL = (
    "document.getAnimations().every((one) => one.playState === 'finished'"
    " || one.effect.getComputedTiming().iterations === Infinity)"
)
ASKED = "performance.getEntriesByType('resource').map((one) => one.name)"


@dataclass(frozen=True)
class Hands:
    """Somebody who has read nothing, before the wall.

    Args:
        photo: what is sent as a photo.
    """

    show: Show
    cast: Cast
    browser: Chromium
    photo: Path

    @property
    def wall(self) -> Page:
        """Return the wall."""
        return Page(self.browser)

    def phone(self, name: str) -> str:
        """Return the key of somebody's phone."""
        return self.cast.named(name).user_id

    def is_on(self, name: str, words: str) -> None:
        """Wait until the wall says that it is somebody's turn, and with these words what to do."""
        told = "document.getElementById('guide').innerText"
        marked = f"document.querySelector('[data-person=\"{self.phone(name)}\"]').matches('.turn')"
        self.browser.wait(f"{told}.includes('轮到 {name}') && {told}.includes({words!r}) && {marked}")

    def sends_photo(self, name: str) -> None:
        """Send the photo from somebody's phone, and see it there."""
        phone = self.phone(name)
        self.browser.choose_file(f'[data-phone="{phone}"] input[type=file]', self.photo)
        self.browser.wait(f"{within(phone, '.picture')}?.naturalWidth > 0")

    def opens(self, name: str, *words: str) -> JobPhone:
        """Click the link to a page in the newest message that holds the words, and return its window."""
        fits = " && ".join(f"one.innerText.includes({word!r})" for word in words) or "true"
        messages = f"[...document.querySelectorAll('[data-phone=\"{self.phone(name)}\"] .msg')]"
        links = f"{messages}.filter((one) => {fits}).at(-1)?.querySelectorAll('a[href*=\"/p/\"]') ?? []"
        self.browser.call("Page.bringToFront")
        url = str(self.browser.wait(f"[...{links}].at(-1)?.href"))
        self.browser.click(f"[...{links}].at(-1)")
        return self._window(url)

    def scans(self, name: str, machine: str) -> JobPhone:
        """Scan the label on a machine with somebody's phone, and return the window of its page."""
        phone = self.phone(name)
        self.browser.call("Page.bringToFront")
        self.browser.click(within(phone, ".round[title=更多]"))
        self.browser.click(named(f'[data-phone="{phone}"] .tile', "扫一扫"))
        label = f"{within(phone, '.labels')}?.querySelectorAll('.label') ?? []"
        found = f"[...{label}].find((one) => one.innerText.includes({machine!r}))?.querySelector('a')"
        url = str(self.browser.wait(f"{found}?.href"))
        self.browser.click(found)
        return self._window(url)

    def _window(self, url: str) -> JobPhone:
        tab = self.browser.opened(url)
        tab.size(*PHONE)
        return JobPhone(tab, url)

    def looks(self, window: JobPhone, name: str) -> None:
        """Insist that a page is usable and asked for nothing from elsewhere, and take its picture."""
        window.quiet()
        tab = window.browser
        assert not (wrong := [*tab.complaints, *self._strangers(tab), *problems(tab)]), (name, wrong)
        self._keeps(tab, name)

    def looks_wide(self, window: JobPhone, name: str) -> None:
        """Take the picture of a page on a desk as well."""
        window.browser.size(*DESK)
        self._keeps(window.browser, f"{name}-desk")
        window.browser.size(*PHONE)

    def shoots_wall(self, name: str, size: tuple[int, int] = WALL) -> None:
        """Take the wall's picture."""
        self.browser.call("Page.bringToFront")
        self.browser.size(*size)
        self.browser.run("window.scrollTo(0, 0)")
        self._keeps(self.browser, name)
        self.browser.size(*WALL)

    def _keeps(self, tab: Tab, name: str) -> None:
        """Save what is in view, and the page as a whole, where somebody wants to look at it."""
        if SHOTS:
            tab.wait(STILL)
            tab.screenshot(Path(SHOTS, f"story-{name}.png"))
            shoot(tab, f"story-{name}-whole")

    def _strangers(self, tab: Tab) -> list[str]:
        """Return what a page fetched that is not ours."""
        ours = (self.show.stage.base_url, "blob:", "data:")
        return [url for url in tab.run(ASKED) if not url.startswith(ours)]
