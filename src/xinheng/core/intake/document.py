"""The reference page of the rules, made from the register of rules itself."""

from __future__ import annotations

from xinheng.core.intake.rules import registry


def as_markdown() -> str:
    """Return ``docs/reference/rules.md``."""
    lines = [
        "# Rules 校验规则",
        "",
        "Made from `xinheng.core.intake.rules`; do not edit (`make docs`). The cases that show each rule at work are the tests in `tests/spec/rules`.",
        "",
        "| code | rule | 规则 | basis | since | source |",
        "|---|---|---|---|---|---|",
    ]
    for rule in registry():
        basis = f"{rule.basis.instrument} {rule.basis.article} [{rule.basis.sure}]".replace("  ", " ")
        lines.append(f"| {rule.code} | {rule.title.en} | {rule.title.zh} | {basis} | {rule.since} | `{rule.file}` |")
    return "\n".join(lines) + "\n"
