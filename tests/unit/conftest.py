"""Unit tests decide about values: a test that opens a socket fails."""

import pytest


@pytest.fixture(autouse=True)
def no_network(socket_disabled: None) -> None:
    """Refuse sockets, as --disable-socket does for a whole run."""
