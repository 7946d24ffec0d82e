"""SQL with a name and a home: one statement or one migration a file."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def statement(name: str) -> str:
    """Return the SQL kept under ``name`` (without the ending)."""
    return files(__package__).joinpath(f"{name}.sql").read_text(encoding="utf-8")
