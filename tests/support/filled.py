"""What people read has no placeholder left in it."""

import re
from collections.abc import Iterable

from adapters.storage.tables import OutboxRow
from cards.catalog import CATALOG, render
from cards.spec import plain_text

_PLACEHOLDER = re.compile(r"\{\w*\}")


def unfilled(rows: Iterable[OutboxRow]) -> list[str]:
    """Return every rendered notice that still shows a `{placeholder}`."""
    texts = [plain_text(render(row.card, row.view)) for row in rows if row.card in CATALOG]
    return [text for text in texts if _PLACEHOLDER.search(text)]
