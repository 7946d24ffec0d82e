"""A received file is kept once, unchanged and sealed: what goes in comes out, and nothing that was touched does."""

from __future__ import annotations

import base64
import hashlib
import io
import itertools
import random
from pathlib import Path

import pytest

from xinheng.core.errors import Unavailable
from xinheng.gateways.sealing import FRAME, Sealed, Seals

MAGIC, TAG = 8, 16
KEY = base64.b64encode(bytes(range(32))).decode()
SIZES = (0, 1, FRAME - 1, FRAME, FRAME + 1, 2 * FRAME, 2 * FRAME + 17, 3 * FRAME)


def content_of(size: int) -> bytes:
    return random.Random(size).randbytes(size)


@pytest.fixture
def seals(tmp_path: Path) -> Seals:
    return Seals(tmp_path / "files", KEY)


def the_file(seals: Seals, tmp_path: Path) -> Path:
    (path,) = (path for path in (tmp_path / "files").rglob("*") if path.is_file())
    return path


@pytest.mark.parametrize("size", SIZES)
def test_what_is_sealed_comes_out_as_it_was(seals: Seals, size: int) -> None:
    content = content_of(size)
    told: list[int] = []
    sealed = seals.seal(io.BytesIO(content), progress=told.append)
    assert (sealed.size, sealed.sha256) == (size, hashlib.sha256(content).hexdigest())
    assert sum(told) == size
    with seals.open(sealed) as stream:
        assert stream.read() == content


@pytest.mark.parametrize("size", [FRAME, 2 * FRAME + 17])
def test_any_place_can_be_read_in_any_order(seals: Seals, size: int) -> None:
    content = content_of(size)
    sealed = seals.seal(io.BytesIO(content))
    places = [0, 1, FRAME - 3, FRAME - 1, FRAME, FRAME + 1, size - 5, size - 1, size, size + 10]
    with seals.open(sealed) as stream:
        for place, length in itertools.product(reversed(places), (1, 7, FRAME)):
            stream.seek(place)
            assert stream.read(length) == content[place : place + length]
        assert stream.seek(-4, io.SEEK_END) == size - 4
        assert stream.read() == content[-4:]


def test_a_source_that_gives_little_at_a_time_is_sealed_whole(seals: Seals) -> None:
    class Trickle(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(min(size or 0, 70_001))

    content = content_of(FRAME + 12345)
    sealed = seals.seal(Trickle(content))
    with seals.open(sealed) as stream:
        assert stream.read() == content


def _refused(seals: Seals, sealed: Sealed) -> bool:
    try:
        with seals.open(sealed) as stream:
            stream.read()
    except Unavailable as error:
        assert error.explanation.mend.zh
        assert error.explanation.mend.en
        return True
    return False


@pytest.mark.parametrize("place", [MAGIC, MAGIC + 500, MAGIC + FRAME + TAG - 1, MAGIC + FRAME + TAG, -1])
def test_a_changed_byte_is_noticed(seals: Seals, tmp_path: Path, place: int) -> None:
    sealed = seals.seal(io.BytesIO(content_of(2 * FRAME + 17)))
    path = the_file(seals, tmp_path)
    stored = bytearray(path.read_bytes())
    stored[place] ^= 1
    path.write_bytes(stored)
    assert _refused(seals, sealed)


@pytest.mark.parametrize(
    "kept", [0, 5, MAGIC, MAGIC + 100, MAGIC + FRAME, MAGIC + FRAME + TAG, MAGIC + 2 * (FRAME + TAG)]
)
def test_a_cut_file_is_noticed(seals: Seals, tmp_path: Path, kept: int) -> None:
    sealed = seals.seal(io.BytesIO(content_of(2 * FRAME + 17)))
    path = the_file(seals, tmp_path)
    path.write_bytes(path.read_bytes()[:kept])
    assert _refused(seals, sealed)


def test_swapped_doubled_and_lost_frames_are_noticed(seals: Seals, tmp_path: Path) -> None:
    sealed = seals.seal(io.BytesIO(content_of(3 * FRAME)))
    path = the_file(seals, tmp_path)
    stored = path.read_bytes()
    head, width = stored[:MAGIC], FRAME + TAG
    one, two, three = (stored[MAGIC + number * width : MAGIC + (number + 1) * width] for number in range(3))
    for frames in ((two, one, three), (one, one, three), (one, three, two), (one, two, two), (three, two, one)):
        path.write_bytes(head + b"".join(frames))
        assert _refused(seals, sealed)
    path.write_bytes(stored)
    assert not _refused(seals, sealed)


def test_a_file_cut_at_a_frame_is_noticed_although_the_size_was_changed_too(seals: Seals, tmp_path: Path) -> None:
    """Whoever can also write the database shortens the size; the mark of the last frame still tells."""
    sealed = seals.seal(io.BytesIO(content_of(3 * FRAME)))
    path = the_file(seals, tmp_path)
    path.write_bytes(path.read_bytes()[: MAGIC + 2 * (FRAME + TAG)])
    assert _refused(seals, Sealed(sealed.sha256, 2 * FRAME, sealed.wrapped_key))


def test_another_master_key_opens_nothing(seals: Seals, tmp_path: Path) -> None:
    sealed = seals.seal(io.BytesIO(content_of(100)))
    other = Seals(tmp_path / "files", base64.b64encode(bytes(32)).decode())
    with pytest.raises(Unavailable, match="cannot be opened"):
        other.open(sealed)


def test_a_key_opens_its_own_file_only(seals: Seals, tmp_path: Path) -> None:
    first, second = seals.seal(io.BytesIO(content_of(100))), seals.seal(io.BytesIO(content_of(101)))
    with pytest.raises(Unavailable):
        seals.open(Sealed(first.sha256, first.size, second.wrapped_key))


@pytest.mark.parametrize("key", ["", "short", base64.b64encode(bytes(31)).decode(), "!" * 44])
def test_a_master_key_of_another_form_is_refused_with_a_sentence(tmp_path: Path, key: str) -> None:
    with pytest.raises(Unavailable) as refused:
        Seals(tmp_path, key)
    assert "XINHENG_MASTER_KEY" in refused.value.explanation.mend.zh


def test_nothing_of_the_content_and_no_draft_is_on_disk(seals: Seals, tmp_path: Path) -> None:
    marks = [f"明文标记{number:05d}".encode() for number in range(2000)]
    sealed = seals.seal(io.BytesIO(b",".join(marks) * 40))
    assert sealed.size > FRAME
    stored = the_file(seals, tmp_path).read_bytes()
    assert not any(mark in stored for mark in marks)
    assert [path.name for path in (tmp_path / "files").rglob("*") if "draft" in path.name] == []


def test_a_failing_source_leaves_nothing_behind(seals: Seals, tmp_path: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell() >= FRAME:
                raise OSError(5, "input/output error")
            return super().read(size)

    with pytest.raises((Unavailable, OSError)):
        seals.seal(Broken(content_of(3 * FRAME)))
    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []


def test_the_same_content_is_sealed_under_another_key_each_time_and_both_files_can_be_read(
    seals: Seals, tmp_path: Path
) -> None:
    content = content_of(5000)
    first, second = seals.seal(io.BytesIO(content)), seals.seal(io.BytesIO(content))
    assert first.sha256 == second.sha256
    stored = [path.read_bytes() for path in (tmp_path / "files").rglob("*") if path.is_file()]
    assert len(set(stored)) == 2
    for sealed in (first, second):
        with seals.open(sealed) as stream:
            assert stream.read() == content


def test_a_dropped_file_is_gone_and_that_is_said(seals: Seals) -> None:
    kept, dropped = seals.seal(io.BytesIO(b"content")), seals.seal(io.BytesIO(b"content"))
    seals.drop(dropped)
    assert [seals.holds(kept), seals.holds(dropped)] == [True, False]
    with pytest.raises(Unavailable, match="not in the data folder"):
        seals.open(dropped)


def test_sealed_files_are_for_their_owner_only(seals: Seals, tmp_path: Path) -> None:
    seals.seal(io.BytesIO(b"x"))
    for folder in [tmp_path / "files", *(path for path in (tmp_path / "files").iterdir() if path.is_dir())]:
        assert folder.stat().st_mode & 0o077 == 0
