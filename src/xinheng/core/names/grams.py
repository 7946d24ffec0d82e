"""Pieces of names by which an index finds candidates: pairs of characters, pairs with one between, pairs of sounds (二元字组).

Everything here works on whole columns: texts in, one number a piece out. A piece is a bucket of a hash; two pieces may share a bucket, which
costs a candidate that comparison then refuses, never one that is missed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from xinheng.core.names.characters import flat_sound, rows

Ints = npt.NDArray[Any]
_FIRST, _SECOND, _STIR = np.uint32(0x9E3779B1), np.uint32(0x85EBCA77), np.uint32(0xC2B2AE3D)
_PRIME = np.uint64(0x100000001B3)
_NEIGHBOURS, _APART, _SOUNDS = 1, 2, 3


@cache
def _sound_numbers() -> Ints:
    """For each character of the basic plane a number of its sound; characters without one keep their own."""
    numbers = np.arange(0x10000, dtype=np.uint32)
    syllables: dict[str, int] = {}
    for line in rows("pinyin.txt"):
        for character in line.split(" ", 1)[1]:
            numbers[ord(character)] = 0x20000 + syllables.setdefault(flat_sound(character), len(syllables))
    return numbers


def columns(texts: Sequence[str]) -> tuple[Ints, Ints]:
    """Return all characters of the texts in one array, and the number of the text that each belongs to."""
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    characters = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    return characters, np.repeat(np.arange(len(texts), dtype=np.int32), lengths)


def pieces(texts: Sequence[str], bits: int) -> tuple[Ints, Ints]:
    """Return the pieces of the texts as buckets below two to the power of ``bits``, and the number of the text of each."""
    characters, owners = columns(texts)
    sounds = np.where(characters < 0x10000, _sound_numbers()[np.minimum(characters, 0xFFFF)], characters)
    kinds = [(characters, 1, _NEIGHBOURS), (characters, 2, _APART), (sounds, 1, _SOUNDS)]
    found = [_pairs(column, owners, step, salt, bits) for column, step, salt in kinds]
    return np.concatenate([buckets for buckets, _ in found]), np.concatenate([owner for _, owner in found])


def _pairs(column: Ints, owners: Ints, step: int, salt: int, bits: int) -> tuple[Ints, Ints]:
    if len(column) <= step:
        return np.zeros(0, np.uint32), np.zeros(0, np.int32)
    inside = owners[step:] == owners[:-step]
    first, second = column[:-step][inside].astype(np.uint32), column[step:][inside].astype(np.uint32)
    mixed = first * _FIRST + second * _SECOND + np.uint32(salt * 0x27D4EB2F & 0xFFFFFFFF)
    mixed ^= mixed >> np.uint32(15)
    mixed *= _STIR
    mixed ^= mixed >> np.uint32(13)
    return mixed >> np.uint32(32 - bits), owners[:-step][inside]


def hashes(texts: Sequence[str]) -> Ints:
    """Return one number of 64 bits a text, equal for equal texts."""
    characters, owners = columns(texts)
    found = np.full(len(texts), 0x811C9DC5, np.uint64)
    if len(characters):
        starts = np.flatnonzero(np.r_[True, owners[1:] != owners[:-1]])
        position = np.arange(len(characters), dtype=np.int64) - np.repeat(
            starts, np.diff(np.r_[starts, len(characters)])
        )
        powers = np.full(int(position.max()) + 1, _PRIME, np.uint64)
        powers[0] = 1
        powers = np.multiply.accumulate(powers)
        terms = (characters.astype(np.uint64) + np.uint64(7)) * powers[position]
        found[owners[starts]] ^= np.add.reduceat(terms, starts)
    return found
