"""What must not stand in the repository: addresses of registries, paths of one machine, marks of unfinished work.

The patterns are put together from pieces, so that this file does not find itself.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest


def _any_of(*pieces: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join("".join(piece) for piece in pieces))


REGISTRIES = _any_of(
    (r"py", r"pi\.org"),
    (r"python", r"hosted\.org"),
    (r"npm", r"js\.(org|com)"),
    (r"npm", r"mirror\.com"),
    (r"yarn", r"pkg\.com"),
    (r"deb\.", r"debian\.org"),
    (r"archive\.", r"ubuntu\.com"),
    (r"://[\w.-]*mirror", r"s?[\w.-]*/"),
    (r"--(extra-)?index", r"-url[ =]"),
)
MACHINE_PATHS = _any_of(
    (r"(?<![\w.])/wo", r"rk/"),
    (r"(?<![\w.])/ro", r"ot/"),
    (r"(?<![\w.])/ho", r"me/\w"),
    (r"(?<![\w.])/Us", r"ers/\w"),
    (r"(?<![\w.])/t", r"mp/lab"),
)
UNFINISHED = _any_of(
    (r"\bTO", r"DO\b"),
    (r"\bFIX", r"ME\b"),
    (r"\bXX", r"X\b"),
    (r"\bHA", r"CK\b"),
    (r"NotImpl", r"emented(Error)?\b"),
    (r"pragma: ", r"no cover"),
    (r"mark\.x", r"fail"),
    (r"pytest\.x", r"fail"),
    (r"mark\.sk", r"ip\b"),
)
REQUIREMENT = re.compile(r"^[A-Za-z0-9][\w.\[\],-]*==[^\s;]+( ; [^\\]+)?( \\)?$")


def _found(texts: Mapping[Path, str], pattern: re.Pattern[str], root: Path) -> list[str]:
    return [
        f"{path.relative_to(root)}:{number}: {line.strip()[:100]}"
        for path, text in texts.items()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line) and '"integrity"' not in line
    ]


@pytest.mark.parametrize(
    ("what", "pattern"),
    [("registry", REGISTRIES), ("machine", MACHINE_PATHS), ("unfinished", UNFINISHED)],
    ids=["no_address_of_a_registry", "no_path_of_one_machine", "no_mark_of_unfinished_work"],
)
def test_the_repository_holds(what: str, pattern: re.Pattern[str], root: Path, texts: Mapping[Path, str]) -> None:
    found = _found(texts, pattern, root)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("sample", "pattern"),
    [
        ("https://files.python" + "hosted.org/x", REGISTRIES),
        ("cd /wo" + "rk/main", MACHINE_PATHS),
        ("# TO" + "DO later", UNFINISHED),
        ("raise NotImpl" + "ementedError", UNFINISHED),
    ],
)
def test_the_patterns_find_what_they_are_for(sample: str, pattern: re.Pattern[str]) -> None:
    assert pattern.search(sample)


@pytest.mark.parametrize("name", ["run.lock", "dev.lock", "node.lock"])
def test_lock_files_hold_exact_versions_and_hashes_and_no_address(name: str, root: Path) -> None:
    text = (root / "requirements" / name).read_text(encoding="utf-8")
    assert "://" not in text
    blocks = re.split(r"\n(?=\S)", text.strip())
    for block in blocks:
        first, *hashes = block.splitlines()
        assert REQUIREMENT.match(first), first
        assert hashes, f"no hash: {first}"
        assert all(re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line) for line in hashes), first


def test_the_front_end_lock_file_holds_hashes_and_no_address(root: Path) -> None:
    packages = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    third_party = {name: entry for name, entry in packages.items() if name and not entry.get("link")}
    assert not [name for name, entry in third_party.items() if "resolved" in entry]
    assert not [name for name, entry in third_party.items() if "integrity" not in entry]


def _handlers(trees: Mapping[Path, ast.Module]) -> Iterator[tuple[Path, ast.ExceptHandler]]:
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ExceptHandler):
                yield path, node


def test_no_error_is_swallowed(root: Path, trees: Mapping[Path, ast.Module]) -> None:
    broad = {"", "Exception", "BaseException"}
    found = [
        f"{path.relative_to(root)}:{handler.lineno}"
        for path, handler in _handlers(trees)
        if (ast.unparse(handler.type) if handler.type else "") in broad
        and all(isinstance(line, ast.Pass | ast.Continue) for line in handler.body)
    ]
    assert not found, found


def test_no_test_waits_by_the_clock(root: Path, trees: Mapping[Path, ast.Module]) -> None:
    found = [
        f"{path.relative_to(root)}:{node.lineno}"
        for path, tree in trees.items()
        if path.is_relative_to(root / "tests")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"time.sleep", "sleep", "asyncio.sleep"}
    ]
    assert not found, f"wait for the thing itself, not for a time: {found}"


def test_scripts_can_be_run(root: Path) -> None:
    scripts = [path for path in (root / "scripts").iterdir() if path.is_file()] + [root / ".ci" / "run"]
    assert not [path.name for path in scripts if not path.stat().st_mode & 0o111]
    assert not [path.name for path in scripts if not path.read_text(encoding="utf-8").startswith("#!/usr/bin/env ")]
