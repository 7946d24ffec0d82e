"""No rule without a name, a basis, a first day and a table of cases."""

from __future__ import annotations

import importlib
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="module")
def registry() -> tuple[Any, ...]:
    """Every registered rule; imported here, so that a fault in one rule does not hide the other tests."""
    return tuple(importlib.import_module("xinheng.core.intake.rules").registry())


def test_every_rule_says_what_it_is_and_on_what_basis(registry: tuple[Any, ...]) -> None:
    assert registry, "no rule is registered"
    bare = [rule.code for rule in registry if not (rule.code and rule.title and rule.basis and rule.since)]
    assert not bare


def test_every_code_is_given_once(registry: tuple[Any, ...]) -> None:
    counted = Counter(rule.code for rule in registry)
    assert not [code for code, times in counted.items() if times > 1]


def test_every_rule_can_be_found_at_the_line_that_it_names(registry: tuple[Any, ...], root: Path) -> None:
    lost = [rule.code for rule in registry if not _stands_at(rule, root)]
    assert not lost


def _stands_at(rule: Any, root: Path) -> bool:
    named = Path(rule.file)
    places = (named,) if named.is_absolute() else (root / named, root / "src" / named, root / "src" / "xinheng" / named)
    return any(1 <= rule.line <= place.read_text(encoding="utf-8").count("\n") for place in places if place.is_file())


def test_every_rule_has_a_table_of_cases(registry: tuple[Any, ...], root: Path) -> None:
    tables = "\n".join(path.read_text(encoding="utf-8") for path in (root / "tests" / "spec" / "rules").glob("*.py"))
    untold = [rule.code for rule in registry if not re.search(rf"""["']{rule.code}\b""", tables)]
    assert not untold, f"no file of tests/spec/rules shows what these accept and refuse: {untold}"
