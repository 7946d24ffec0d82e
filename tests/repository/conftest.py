"""What the repository tests look at: its own files, read once."""

from __future__ import annotations

import ast
import functools
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@functools.cache
def _repository_files() -> tuple[Path, ...]:
    """Every file that is, or at the next commit would be, in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        encoding="utf-8",
    ).stdout
    paths = sorted(ROOT / name for name in listed.split("\0") if name)
    return tuple(path for path in paths if path.is_file())


@functools.cache
def _texts() -> Mapping[Path, str]:
    texts = {}
    for path in _repository_files():
        try:
            texts[path] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture or another file that is not text
    return texts


@functools.cache
def _trees() -> Mapping[Path, ast.Module]:
    return {path: ast.parse(text, str(path)) for path, text in _texts().items() if path.suffix == ".py"}


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's own folder."""
    return ROOT


@pytest.fixture(scope="session")
def texts() -> Mapping[Path, str]:
    """The text of every file of the repository that is text."""
    return _texts()


@pytest.fixture(scope="session")
def trees() -> Mapping[Path, ast.Module]:
    """The syntax tree of every Python file of the repository."""
    return _trees()


@pytest.fixture(scope="session")
def package_trees(trees: Mapping[Path, ast.Module]) -> Mapping[Path, ast.Module]:
    """The syntax trees of the package, without the migrations that Django writes."""
    source = ROOT / "src" / "xinheng"
    return {
        path: tree for path, tree in trees.items() if path.is_relative_to(source) and "migrations" not in path.parts
    }
