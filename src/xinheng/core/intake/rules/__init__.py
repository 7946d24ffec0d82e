"""The rules that a row must meet (校验规则): each a cited SQL predicate over the standardised row.

``registry()`` lists them; ``docs/reference/rules.md`` is made from it. A rule is one small file; importing this package registers all.
"""

from xinheng.core.intake.rules import (  # noqa: F401 (importing registers)
    agencies,
    amounts,
    code_lists,
    codes,
    dates,
    decision_dates,
    digits_lost,
    duplicates,
    formulas,
    groups,
    kinds,
    layout,
    lengths,
    mandatory,
    names,
    natural_persons,
    persons,
    placeholders,
    privacy,
    procedures,
    subject_kinds,
    subjects,
    timeliness,
    whole_numbers,
    widths,
)
from xinheng.core.intake.rules.rule import About, Check, Level, Rule, checks_for, registry, rule_named

__all__ = ["About", "Check", "Level", "Rule", "checks_for", "registry", "rule_named"]
