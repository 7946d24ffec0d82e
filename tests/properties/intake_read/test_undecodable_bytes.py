"""Each undecodable byte is marked, however many stand together and wherever the bytes are cut."""

from __future__ import annotations

import io

from hypothesis import given, settings
from hypothesis import strategies as st

from xinheng.core.intake.read.transcode import MARK, DecodedSource, decode_marked

BYTES = st.lists(
    st.one_of(
        st.text(alphabet="a\n,罚款🧾é", max_size=4).map(str.encode),
        st.text(alphabet="罚款处罚决定书", max_size=6).map(lambda text: text.encode("gb18030")),
        st.binary(max_size=6),
        st.sampled_from(
            [b"\xe4\xb8", b"\xf4\x90\x80\x80", b"\xed\xa0\x80", b"\xc0\x80", b"\xff\xbf\xbf", b"\xc3", b"\xf0\x9f"]
        ),
    ),
    max_size=12,
).map(b"".join)


def one_by_one(data: bytes) -> str:
    """The slow way: what cannot be decoded is one byte, then one goes on behind it."""
    text, place = "", 0
    while place < len(data):
        found = next(
            (data[place:end] for end in range(place + 1, min(place + 4, len(data)) + 1) if _decodes(data[place:end])),
            None,
        )
        text += found.decode() if found else MARK
        place += len(found) if found else 1
    return text


def _decodes(part: bytes) -> bool:
    try:
        part.decode()
    except UnicodeDecodeError:
        return False
    return True


@settings(max_examples=400)
@given(BYTES)
def test_bytes_marked_in_runs_are_those_marked_one_by_one(data: bytes) -> None:
    assert decode_marked(data, "utf-8") == one_by_one(data)


@settings(max_examples=150)
@given(BYTES, st.integers(0, 60), st.integers(1, 64))
def test_they_are_marked_alike_wherever_the_file_is_cut(data: bytes, head: int, size: int) -> None:
    source = DecodedSource(data[:head], io.BytesIO(data[head:]), encoding="utf-8", bom=0)
    parts, block = [], bytearray(size)
    while filled := source.fill(memoryview(block)):
        parts.append(bytes(block[:filled]))
    assert b"".join(parts).decode() == one_by_one(data)
