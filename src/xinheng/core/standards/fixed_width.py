"""Codes of one length as rows of bytes: the Arrow kernel under the check digits of this package.

An Arrow text column lies in memory as one run of bytes and a list of offsets; codes of the right length are viewed (or
gathered) as a matrix of bytes without making a Python object, and judged in blocks that fit the processor's cache.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Bytes = npt.NDArray[np.uint8]
Bools = npt.NDArray[np.bool_]
Sums = npt.NDArray[np.int16]

BLOCK = 8192
BROKEN = 1000  # the "sum" of a pair that may not stand where it stands; a row of sound pairs never reaches it


def as_text(column: pa.Array | pa.ChunkedArray) -> list[pa.Array]:
    """Return the chunks of a text column (string, large_string, string_view, dictionary) as plain ``string`` arrays."""
    chunks = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
    return [chunk if chunk.type == pa.string() else pc.cast(chunk, pa.string()) for chunk in chunks]


def judge(column: pa.Array | pa.ChunkedArray, *, width: int, rule: Callable[[Bytes], Bools]) -> pa.BooleanArray:
    """Return for each code whether it has ``width`` bytes and ``rule`` accepts it; null is ``False``.

    ``rule`` gets a matrix of shape (rows, ``width``) and answers one truth value a row.
    """
    parts = [_judge_chunk(chunk, width, rule) for chunk in as_text(column)]
    return pa.array(np.concatenate(parts) if parts else np.zeros(0, dtype=np.bool_))


def _judge_chunk(chunk: pa.Array, width: int, rule: Callable[[Bytes], Bools]) -> Bools:
    result = np.zeros(len(chunk), dtype=np.bool_)
    if not len(chunk):
        return result
    offsets, data = _buffers(chunk)
    fits = np.diff(offsets) == width
    if chunk.null_count:
        fits &= np.asarray(pc.is_valid(chunk))
    for start in range(0, len(chunk), BLOCK):
        stop = min(start + BLOCK, len(chunk))
        _judge_block(result[start:stop], fits[start:stop], rows=(data, offsets[start:stop], width), rule=rule)
    return result


def _judge_block(
    result: Bools,
    fits: Bools,
    *,
    rows: tuple[Bytes, npt.NDArray[np.int32], int],
    rule: Callable[[Bytes], Bools],
) -> None:
    data, starts, width = rows
    if fits.all():
        first = int(starts[0])
        result[:] = rule(data[first : first + len(starts) * width].reshape(-1, width))
    elif fits.any():
        result[fits] = rule(data[starts[fits][:, None] + np.arange(width)])


def _buffers(chunk: pa.Array) -> tuple[npt.NDArray[np.int32], Bytes]:
    _, offsets, data = chunk.buffers()
    numbers = np.frombuffer(offsets, dtype=np.int32, count=len(chunk) + 1, offset=chunk.offset * 4)
    return numbers, np.frombuffer(data if data is not None else b"", dtype=np.uint8)


def pair_tables(positions: Sequence[dict[str, int]], *, modulus: int) -> list[Sums]:
    """Return one table per pair of positions: two bytes in, their share of the check sum out.

    ``positions`` tells for each position (an even number of them) which characters may stand there and what each adds
    to the sum; a pair with any other byte gives :data:`BROKEN`.
    """
    return [_pair_table(positions[i], positions[i + 1], modulus) for i in range(0, len(positions), 2)]


def _pair_table(first: dict[str, int], second: dict[str, int], modulus: int) -> Sums:
    table = np.full(65536, BROKEN, dtype=np.int16)
    for one, share in first.items():
        for two, other in second.items():
            table[ord(one) | ord(two) << 8] = (share + other) % modulus
    return table


def pair_sums(rows: Bytes, tables: Sequence[Sums]) -> Sums:
    """Return the check sum of each row (≥ :data:`BROKEN` where a character may not stand where it stands)."""
    pairs = np.ascontiguousarray(rows).view("<u2")
    total = tables[0].take(pairs[:, 0])
    for column in range(1, len(tables)):
        total += tables[column].take(pairs[:, column])
    return total
