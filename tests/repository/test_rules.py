"""No rule without a name, a basis, a first day and a table of cases."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from xinheng.core.intake import rules


def test_every_rule_says_what_it_is_and_on_what_basis() -> None:
    bare = [rule.code for rule in rules.registry() if not (rule.code and rule.title and rule.basis and rule.since)]
    assert not bare


def test_every_code_is_given_once() -> None:
    counted = Counter(rule.code for rule in rules.registry())
    assert counted, "no rule is registered"
    assert not [code for code, times in counted.items() if times > 1]


def test_every_rule_can_be_found_at_the_line_that_it_names(root: Path) -> None:
    for rule in rules.registry():
        named = Path(rule.file)
        path = named if named.is_absolute() else next((p for p in _places(root, named) if p.is_file()), named)
        lines = path.read_text(encoding="utf-8").splitlines()
        assert 1 <= rule.line <= len(lines), rule.code


def _places(root: Path, named: Path) -> tuple[Path, ...]:
    return root / named, root / "src" / named, root / "src" / "xinheng" / named


@pytest.mark.parametrize("code", sorted(rule.code for rule in rules.registry()))
def test_rule_has_a_specification_table(code: str, root: Path) -> None:
    tables = sorted((root / "tests" / "spec" / "rules").glob("*.py"))
    quoted = (f'"{code}"', f"'{code}'")
    assert any(any(one in path.read_text(encoding="utf-8") for one in quoted) for path in tables), (
        f"no file of tests/spec/rules shows what {code} accepts and refuses"
    )
