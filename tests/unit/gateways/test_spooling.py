"""What a browser sends is kept encrypted: it comes back unchanged, from any place, and nothing of it is on disk in clear."""

from __future__ import annotations

import io
import os
import random
import tempfile
from pathlib import Path

import pytest

from xinheng.gateways.spooling import IN_MEMORY, SealedSpool

WORDS = b"110101199003070011,made up\r\n"


@pytest.mark.parametrize("size", [0, 1, 15, 16, 17, IN_MEMORY - 1, IN_MEMORY, IN_MEMORY + 1, 3 * IN_MEMORY + 7])
def test_content_comes_back_as_it_was_written(size: int) -> None:
    draws = random.Random(size)
    content, spool, written = draws.randbytes(size), SealedSpool(), 0
    while written < size:
        part = content[written : written + draws.randint(1, 400_000)]
        written += spool.write(part)
    spool.seek(0)
    with io.BufferedReader(spool) as stream:
        assert stream.read() == content
        for _ in range(20):
            place = draws.randint(0, size)
            stream.seek(place)
            assert stream.read(33) == content[place : place + 33]


def test_nothing_is_on_disk_in_clear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "spooled"
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda: kept.open("w+b"))
    with SealedSpool() as spool:
        spool.write(WORDS * (2 * IN_MEMORY // len(WORDS)))
        spool.write(WORDS)
        os.sync()
        assert kept.stat().st_size > IN_MEMORY
        assert WORDS[:18] not in kept.read_bytes()


def test_a_spool_is_written_at_its_end_only() -> None:
    with SealedSpool() as spool:
        spool.write(b"abc")
        spool.seek(0)
        with pytest.raises(OSError, match="at its end"):
            spool.write(b"x")
