"""Folders are concepts, each has its place in the import rules, and the core stays pure."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

FORBIDDEN_NAMES = re.compile(r"(^|_)(utils?|helpers?|common|misc|managers?)($|_)")
CJK = re.compile(r"[\u4e00-\u9fff]")
MECHANISMS = {"engine", "sample"}  # concepts of ours, not of any law: no basis, no tables, no pages
CLOCK_CALLS = {"now", "utcnow", "today", "time", "time_ns", "monotonic", "localtime", "gmtime"}
CLOCK_OWNERS = {"datetime", "date", "time", "dt"}


def _packages(folder: Path) -> list[Path]:
    """Folders straight below that hold code."""
    return sorted(path for path in folder.iterdir() if path.is_dir() and any(path.rglob("*.py")))


def _layers(root: Path, container: str) -> set[str]:
    contracts = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    [contract] = [one for one in contracts if one.get("containers") == [container]]
    assert contract["exhaustive"] is True
    return {name.strip(" ()") for layer in contract["layers"] for name in re.split(r"[|:]", layer)}


@pytest.mark.parametrize("container", ["xinheng", "xinheng.core"])
def test_every_folder_has_its_place_in_the_import_rules(root: Path, container: str) -> None:
    folder = root.joinpath("src", *container.split("."))
    homeless = {path.name for path in _packages(folder)} - _layers(root, container)
    assert not homeless, f"give these a layer in [tool.importlinter] of pyproject.toml: {sorted(homeless)}"


def test_every_folder_of_code_is_a_package(root: Path, package_trees: Mapping[Path, ast.Module]) -> None:
    folders = {path.parent for path in package_trees}
    missing = [str(folder.relative_to(root)) for folder in sorted(folders) if not (folder / "__init__.py").exists()]
    assert not missing, f"an __init__.py is missing in {missing}: import rules do not see what is not a package"


def test_no_name_says_nothing(root: Path, texts: Mapping[Path, str]) -> None:
    names = {part for path in texts for part in path.relative_to(root).with_suffix("").parts}
    vague = sorted(name for name in names if FORBIDDEN_NAMES.search(name))
    assert not vague, f"name these after what they are about: {vague}"


def test_every_concept_of_the_core_introduces_itself(root: Path) -> None:
    wanting = {}
    for folder in _packages(root / "src" / "xinheng" / "core"):
        opening = folder / "__init__.py"
        text = ast.get_docstring(ast.parse(opening.read_text(encoding="utf-8"))) if opening.exists() else ""
        told = _introduction(text or "") if folder.name not in MECHANISMS else [("its Chinese name", _is_chinese(text))]
        wanting[folder.name] = [what for what, present in told if not present]
    wanting = {name: what for name, what in wanting.items() if what}
    assert not wanting, f"the docstring of the concept's __init__.py does not tell: {wanting}"


def _is_chinese(text: str | None) -> bool:
    return bool(CJK.search(text or ""))


def _introduction(text: str) -> Iterator[tuple[str, bool]]:
    lowered = text.lower()
    yield "its Chinese name", _is_chinese(text)
    yield "its legal basis ('Basis: …')", "basis" in lowered or "GB " in text or "GB/T " in text
    yield "where its tables are ('Tables: …')", "table" in lowered
    yield "where its use cases are ('Use cases: …')", "use case" in lowered or "usecases" in lowered
    yield "where its pages are ('Pages: …')", "page" in lowered


def test_the_core_reads_no_clock(root: Path, package_trees: Mapping[Path, ast.Module]) -> None:
    core = root / "src" / "xinheng" / "core"
    found = [
        f"{path.relative_to(root)}:{node.lineno}"
        for path, tree in package_trees.items()
        if path.is_relative_to(core)
        for node in ast.walk(tree)
        if isinstance(node, ast.expr) and _reads_clock(node)
    ]
    assert not found, f"today enters the core as an argument: {found}"


def _reads_clock(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCK_CALLS):
        return False
    owner = node.func.value
    name = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
    return name in CLOCK_OWNERS


def test_only_the_settings_read_the_environment(root: Path, package_trees: Mapping[Path, ast.Module]) -> None:
    settings = root / "src" / "xinheng" / "project"
    found = [
        f"{path.relative_to(root)}:{node.lineno}"
        for path, tree in package_trees.items()
        if not path.is_relative_to(settings)
        for node in ast.walk(tree)
        if isinstance(node, ast.expr) and _reads_environment(node)
    ]
    assert not found, f"configuration enters at the edge, in project/settings: {found}"


def _reads_environment(node: ast.AST) -> bool:
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        return ast.unparse(node.value) == "os.environ"
    return isinstance(node, ast.Call) and ast.unparse(node.func) in {"os.environ.get", "os.getenv", "getenv"}
