"""Signed links to pages; see docs/adr/0039-links-for-one-person-and-one-purpose.md."""

import base64
import binascii
import hashlib
import re
import secrets
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from itsdangerous import BadSignature, Signer

from domain.kernel.links import LIFETIME, Page

LABEL_MARK: Final = "q-"
"""What tells the code on a machine from a signed link; no signature is that short."""

_FORM = struct.Struct(">BBI16s16s")
_VERSION: Final = 1
_PAGES: Final = tuple(LIFETIME)
_TOKEN = re.compile(r"[A-Za-z0-9_.-]{20,200}")


def new_label() -> str:
    """Return a code for a machine: 22 characters, 128 bits by chance."""
    return secrets.token_urlsafe(16)


class LinkBroken(Exception):
    """Nobody of ours made this link, or somebody changed it."""


class LinkExpired(Exception):
    """The link was good once."""


@dataclass(frozen=True)
class Claim:
    """What a link says.

    Args:
        person_id: whom it was made for; None for the code on a machine, which anybody may read.
        subject_id: what the page is about.
    """

    page: Page
    person_id: UUID | None
    subject_id: UUID


class SignedLinks:
    """Makes and reads links.

    Args:
        base_url: where our pages are, e.g. `https://fixloop.example.com`.
        key: a secret that every replica has; another one ends every link.
    """

    def __init__(self, base_url: str, key: str) -> None:
        self._base_url = base_url
        self._signer = Signer(key, salt="fixloop.page", key_derivation="hmac", digest_method=hashlib.sha256)

    def to(self, page: Page, person_id: UUID, subject_id: UUID, now: datetime) -> str:
        """Return the address of a page; the same one for the same person, subject and day."""
        until = (now + LIFETIME[page]).date() + timedelta(days=1)
        ends_at = datetime(until.year, until.month, until.day, tzinfo=UTC)
        packed = _FORM.pack(
            _VERSION, _PAGES.index(page), int(ends_at.timestamp()), person_id.bytes, subject_id.bytes
        )
        text = base64.urlsafe_b64encode(packed).rstrip(b"=")
        return f"{self._base_url}/p/{self._signer.sign(text).decode()}"

    def of_label(self, label: str) -> str:
        """Return the address behind the code on a machine."""
        return f"{self._base_url}/p/{LABEL_MARK}{label}"

    def read(self, token: str, now: datetime) -> Claim:
        """Return what a link says.

        Raises:
            LinkBroken: it was never ours, or was changed.
            LinkExpired: its time is over.
        """
        if not _TOKEN.fullmatch(token):
            raise LinkBroken
        try:
            text = self._signer.unsign(token)
            packed = base64.urlsafe_b64decode(text + b"=" * (-len(text) % 4))
            version, page, ends_at, person, subject = _FORM.unpack(packed)
        except (BadSignature, binascii.Error, struct.error) as error:
            raise LinkBroken from error
        if version != _VERSION or page >= len(_PAGES):
            raise LinkBroken
        if now.timestamp() >= ends_at:
            raise LinkExpired
        return Claim(_PAGES[page], UUID(bytes=person), UUID(bytes=subject))
