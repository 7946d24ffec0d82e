"""A key ring of the test's own."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _keys(settings: object, tmp_path: Path) -> None:
    settings.KEYS = tmp_path / "keys"  # type: ignore[attr-defined]
