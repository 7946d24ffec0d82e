"""What `make check` runs is part of the suite as well, so that continuous integration holds it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = ("scripts/lock", "scripts/write-reference")


@pytest.mark.parametrize(
    "command",
    [
        ("ruff", "check", ".", *SCRIPTS),
        ("ruff", "format", "--check", ".", *SCRIPTS),
        ("lint-imports", "--config", "pyproject.toml"),
        ("mypy",),
    ],
    ids=["no_fault_of_style", "one_format", "imports_run_one_way", "types_agree"],
)
def test_the_code_keeps(command: tuple[str, ...], root: Path) -> None:
    program, *arguments = command
    done = subprocess.run(
        [str(Path(sys.executable).parent / program), *arguments], cwd=root, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
