"""Where a command writes a file: said to be unusable before anything is done, not after."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click

from xinheng.core.errors import Explanation, Text, UnusableCall


def place_to_write(_context: click.Context, _parameter: click.Parameter, place: Path | None) -> Path | None:
    """Return the place that an option names; raises ``UnusableCall`` where nothing can be written there."""
    if place is not None and not _is_writable(place):
        raise UnusableCall(_unwritable(place))
    return place


@contextmanager
def replacing(out: Path) -> Iterator[TextIO]:
    """Open a draft that takes the place of ``out`` once all of it is written; where something fails, ``out`` stays as it was.

    It is text in UTF-8, with the mark by which spreadsheets know it.
    """
    draft = out.with_name(f".{out.name}.part")
    try:
        with draft.open("w", encoding="utf-8-sig", newline="") as sheet:
            yield sheet
        draft.replace(out)
    finally:
        draft.unlink(missing_ok=True)


def _is_writable(place: Path) -> bool:
    if place.exists():
        return os.access(place, os.W_OK)
    return place.parent.is_dir() and os.access(place.parent, os.W_OK)


def _unwritable(place: Path) -> Explanation:
    return Explanation(
        Text(f"无法写入 {place}", f"{place} cannot be written"),
        Text("文件夹不存在，或没有写入权限", "its folder does not exist, or you may not write there"),
        Text("请另选位置，或先建好文件夹。", "Choose another place, or make the folder first."),
    )
