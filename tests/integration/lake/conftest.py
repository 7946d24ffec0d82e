"""One home with a made ledger for all tests of the lake."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .crashes import Crash, crash


@pytest.fixture(scope="session")
def survivor() -> Iterator[Crash]:
    """The home whose lake is killed, read, compacted and built anew. Tests may let its ledger grow."""
    with crash() as made:
        yield made
