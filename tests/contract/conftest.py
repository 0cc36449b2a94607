"""Storage contracts run on the real storage, on both databases."""

from collections.abc import Iterator

import pytest

from adapters.storage.engine import Database
from tests.support import storage


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Give a migrated database with the customer, the asset and the five people in it."""
    with storage.opened(database_url) as opened:
        yield opened
