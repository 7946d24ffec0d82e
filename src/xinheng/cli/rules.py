"""``xinheng rules``: every rule that a row must meet."""

from __future__ import annotations

import click

from xinheng.cli.printing import print_json, print_table, said
from xinheng.core.intake.rules import registry


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def rules(as_json: bool) -> None:
    """List the rules: code, title, basis, since, and where each is written."""
    if as_json:
        print_json(
            [
                {
                    "code": rule.code, "title": rule.title.zh, "title_en": rule.title.en,
                    "basis": f"{rule.basis.instrument} {rule.basis.article}".strip(), "sure": rule.basis.sure,
                    "since": rule.since.isoformat(), "file": rule.file, "line": rule.line,
                }
                for rule in registry()
            ]
        )  # fmt: skip
        return
    rows = [(rule.code, said(rule.title), rule.basis.instrument, f"{rule.file}:{rule.line}") for rule in registry()]
    print_table(("code", "title", "basis", "file"), rows)
