"""In continuous integration a skipped test fails the run; elsewhere it is only told."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


def _run(folder: Path, root: Path, *, body: str, ci: bool) -> subprocess.CompletedProcess[str]:
    tests = folder / "tests" / "unit"
    tests.mkdir(parents=True)
    shutil.copy(root / "tests" / "conftest.py", folder / "tests")
    (tests / "test_sample.py").write_text(f"import pytest\n\ndef test_sample():\n    {body}\n", encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name not in {"CI", "DJANGO_SETTINGS_MODULE"}}
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:django",
            "--rootdir",
            str(folder),
            "tests",
        ],
        cwd=folder,
        env=environment | ({"CI": "true"} if ci else {}),
        capture_output=True,
        encoding="utf-8",
    )


@pytest.mark.parametrize(
    ("body", "ci", "status"),
    [("pytest.skip('no browser')", True, 1), ("pytest.skip('no browser')", False, 0), ("assert True", True, 0)],
    ids=["a_skip_fails_in_ci", "a_skip_is_told_elsewhere", "a_full_run_passes_in_ci"],
)
def test_the_end_of_a_run_is_honest(body: str, ci: bool, status: int, tmp_path: Path, root: Path) -> None:
    done = _run(tmp_path, root, body=body, ci=ci)
    assert done.returncode == status, done.stdout
    if status:
        assert "tests/unit/test_sample.py::test_sample: no browser" in done.stdout
