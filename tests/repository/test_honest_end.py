"""In continuous integration a skipped test fails the run; elsewhere it is only told."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

ONE_PROCESS: tuple[str, ...] = ()
SEVERAL = ("-p", "xdist", "-n", "1", "--dist", "loadfile", "--no-loadscope-reorder")  # as `make test` does
SKIPS = {
    "test_one.py": "def test_one():\n    pytest.skip('no browser')\n",
    "test_two.py": "pytest.skip('no data', allow_module_level=True)\n",
}
PASSES = {"test_one.py": "def test_one():\n    assert pytest\n"}


def _run(
    folder: Path, root: Path, *, files: Mapping[str, str], ci: bool, how: tuple[str, ...]
) -> subprocess.CompletedProcess[str]:
    tests = folder / "tests" / "unit"
    tests.mkdir(parents=True)
    shutil.copy(root / "tests" / "conftest.py", folder / "tests")
    for name, text in files.items():
        (tests / name).write_text(f"import pytest\n\n{text}", encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name not in {"CI", "DJANGO_SETTINGS_MODULE"}}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *how, "-p", "no:cacheprovider", "--rootdir", str(folder), "tests"],
        cwd=folder,
        env=environment | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"} | ({"CI": "true"} if ci else {}),
        capture_output=True,
        encoding="utf-8",
    )


@pytest.mark.parametrize(
    ("files", "ci", "how", "status"),
    [
        (SKIPS, True, ONE_PROCESS, 1),
        (SKIPS, False, ONE_PROCESS, 0),
        (PASSES, True, ONE_PROCESS, 0),
        (SKIPS, True, SEVERAL, 1),
        (PASSES, True, SEVERAL, 0),
    ],
    ids=[
        "a_skip_fails_in_ci",
        "a_skip_is_told_elsewhere",
        "a_full_run_passes_in_ci",
        "a_skip_of_another_process_fails_in_ci",
        "a_full_run_of_others_passes_in_ci",
    ],
)
def test_the_end_of_a_run_is_honest(
    files: Mapping[str, str], ci: bool, how: tuple[str, ...], status: int, tmp_path: Path, root: Path
) -> None:
    done = _run(tmp_path, root, files=files, ci=ci, how=how)
    skipped = files is SKIPS
    assert done.returncode == status, done.stdout
    assert re.search(r"^2 skipped in " if skipped else r"^1 passed in ", done.stdout, re.MULTILINE), done.stdout
    if status:
        told = done.stdout.splitlines()
        assert "tests/unit/test_one.py::test_one: no browser" in told, done.stdout
        assert "tests/unit/test_two.py: no data" in told, done.stdout
