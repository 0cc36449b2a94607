"""A customer's pages in flow tests: the code on a machine, and links of one person."""

import struct
import zlib
from uuid import UUID

from sqlalchemy import select

from domain.assets.commands import LabelAsset
from domain.assets.model import Asset
from domain.kernel.links import Page
from tests.support.closing import Ending, by, decide
from tests.support.loop import Loop
from tests.support.pages import PageVisitor

LABEL = "kQ3xT9pLm2VwZr7aYb5cDe"
DRAWN = [[[10, 60, 0], [60, 20, 40], [110, 70, 90]], [[40, 90, 300], [120, 95, 380]]]


def png(wide: int = 60, high: int = 30) -> bytes:
    """Return a picture with a line on it, as a browser would draw a signature."""
    rows = b"".join(b"\0" + bytes(0 if abs(x - 2 * y) < 2 else 255 for x in range(wide)) for y in range(high))

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    pieces = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(pieces)


def freezer(loop: Loop) -> Asset:
    """Return the machine of the cast."""
    with loop.database.read() as session:
        return session.execute(select(Asset).where(Asset.serial == "LK-9001")).scalar_one()


def scanned(loop: Loop, label: str = LABEL) -> PageVisitor:
    """Return somebody who scanned the code on the machine, which it has from now on."""
    decide(loop, LabelAsset(asset_id=freezer(loop).id, label=label, **by(loop, "赵敏")))
    return PageVisitor(loop.product.links.of_label(label))


def visitor(loop: Loop, page: Page, name: str, order_id: UUID) -> PageVisitor:
    """Return somebody with a link to a page about a work order."""
    url = loop.product.links.to(page, loop.person(name).id, order_id, loop.clock.now())
    return PageVisitor(url)


def acceptance(ending: Ending, name: str = "陈静") -> PageVisitor:
    """Return the customer with their link for acceptance."""
    return visitor(ending.loop, Page.ACCEPTANCE, name, ending.order_id)


def signature(page: PageVisitor, **changes: object) -> dict[str, object]:
    """Upload a picture and return the body that signs with it the report in view."""
    image = page.upload(png()).json()["sha256"]
    report = page.data()["report"]["version"]
    body = {"report": report, "image": image, "strokes": DRAWN, "signer": "陈静", "device": "测试浏览器"}
    return body | changes
