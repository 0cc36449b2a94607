"""The wall in a browser, as somebody uses it who reads what stands on it."""

from tests.support.chromium import Chromium


class Page:
    """The wall in a browser."""

    def __init__(self, browser: Chromium) -> None:
        self.browser = browser

    def says(self, phone: str, words: str) -> None:
        """Let a phone's owner type and send."""
        self.browser.type(within(phone, ".say"), words)

    def presses(self, phone: str, label: str) -> None:
        """Press the newest button of this name on a phone."""
        # At once, because whatever arrives meanwhile scrolls the chat.
        self.browser.wait(
            f"(() => {{ const key = {button(phone, label)}; key?.click(); return Boolean(key); }})()"
        )

    def opens(self, tab: str) -> None:
        """Open a tab beside the phones."""
        self.browser.click(named(".side-tabs button", tab))

    def turns(self, label: str) -> None:
        """Press a button of the clock."""
        self.browser.click(named(".clock-box button", label))

    def switches(self, platform: str, mode: str) -> None:
        """Switch a platform's calls to a fault, or back."""
        box = f"[...document.querySelectorAll('.box')].find((one) => one.innerText.startsWith('{platform}'))"
        keys = f"[...{box}.querySelectorAll('.modes button')]"
        self.browser.click(f"{keys}.find((one) => one.textContent === '{mode}')")

    def sees(self, phone: str, *words: str) -> str:
        """Wait until one message on a phone holds all the words, and return the newest."""
        told = f"[...document.querySelectorAll('[data-phone=\"{phone}\"] .msg')].map((one) => one.innerText)"
        fits = " && ".join(f"text.includes({word!r})" for word in words)
        return str(self.browser.wait(f"{told}.filter((text) => {fits}).at(-1)"))


def within(phone: str, selector: str) -> str:
    """Return the expression that finds something on a phone."""
    return f"document.querySelector('[data-phone=\"{phone}\"] {selector}')"


def button(phone: str, label: str) -> str:
    """Return the expression that finds the newest button of this name on a phone."""
    keys = f"[...document.querySelectorAll('[data-phone=\"{phone}\"] :is(.key, .tap)')]"
    return f"{keys}.filter((key) => key.textContent === {label!r}).at(-1)"


def named(selector: str, label: str) -> str:
    """Return the expression that finds an element by what it says."""
    return f"[...document.querySelectorAll('{selector}')].find((one) => one.textContent === '{label}')"
