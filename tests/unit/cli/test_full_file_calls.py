"""What may be handed in as an agency's whole state: one file, and not for a mere check."""

from __future__ import annotations

from pathlib import Path

import pytest

from xinheng.cli.queueing import ensure_can_be_full
from xinheng.core.errors import UnusableCall


def test_one_file_may_be_the_whole_state(tmp_path: Path) -> None:
    ensure_can_be_full(tmp_path / "state.csv", check_only=False)


def test_a_folder_is_not_the_whole_state(tmp_path: Path) -> None:
    with pytest.raises(UnusableCall, match="folder"):
        ensure_can_be_full(tmp_path, check_only=False)


def test_a_mere_check_asks_no_question(tmp_path: Path) -> None:
    with pytest.raises(UnusableCall, match="check-only"):
        ensure_can_be_full(tmp_path / "state.csv", check_only=True)
