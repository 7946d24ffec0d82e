"""What commands print: JSON for programs, aligned words for people, in the language of the terminal."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

import click

from xinheng.core.errors import Text


def language() -> str:
    """Return ``zh`` where the terminal is Chinese, else ``en``; a locale that this machine has not installed counts as well."""
    context = click.get_current_context(silent=True)
    locale = context.find_root().params.get("locale") if context else None
    return "zh" if (locale or "").startswith("zh") else "en"


def said(text: Text) -> str:
    """Return a sentence in the language of the terminal."""
    return str(getattr(text, language()))


def say(zh: str, en: str) -> None:
    """Print a sentence in the language of the terminal."""
    click.echo(said(Text(zh, en)))


def print_json(content: Any) -> None:
    """Print content as JSON, Chinese as it is."""
    click.echo(json.dumps(content, ensure_ascii=False, indent=2, default=str))


def print_table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under headings, columns aligned by the width that a terminal gives Chinese characters."""
    table = [[str(cell) if cell is not None else "" for cell in row] for row in rows]
    widths = [max(_width(row[place]) for row in [list(headings), *table]) for place in range(len(headings))]
    for row in [list(headings), *table]:
        cells = [cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)]
        click.echo("  ".join(cells).rstrip())


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
