"""A browser without a screen: fetches what a page shows and submits what its buttons do."""

import re
import uuid
from typing import Any

import requests


def address_in(text: str) -> str:
    """Return the address that a message leads to, whether it stands there or hides behind words."""
    return str(re.findall(r"https?://[^\s)\"<>]+", text)[0])


class PageVisitor:
    """Somebody with a link.

    Args:
        url: the whole address, as it stood in the message.
    """

    def __init__(self, url: str) -> None:
        self.url = url

    def open(self) -> requests.Response:
        """Fetch the frame."""
        return requests.get(self.url, timeout=10)

    def look(self) -> requests.Response:
        """Ask for what the page shows."""
        return requests.get(f"{self.url}/data", timeout=10)

    def data(self, query: str = "") -> Any:
        """Return what the page shows, e.g. for `?view=day`."""
        answer = self.get(f"/data{query}")
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]

    def get(self, path: str) -> requests.Response:
        """Fetch something below the page's address."""
        return requests.get(f"{self.url}{path}", timeout=10)

    def do(self, deed: str, key: str = "", /, **body: object) -> requests.Response:
        """Submit something, each time as a new submission unless a key is given."""
        return requests.post(
            f"{self.url}/do/{deed}",
            json=body,
            headers={"Idempotency-Key": key or uuid.uuid4().hex},
            timeout=10,
        )

    def file(self, sha256: str) -> requests.Response:
        """Fetch a file that the page may show."""
        return requests.get(f"{self.url}/files/{sha256}", timeout=10)

    def upload(self, data: bytes) -> requests.Response:
        """Upload a photo."""
        return requests.post(f"{self.url}/files", data=data, timeout=10)
