"""``xinheng identify``: what kind of code is this, and is it right?"""

from __future__ import annotations

import click

from xinheng.cli.printing import print_json, print_table, said
from xinheng.cli.starting import today
from xinheng.core.standards.identify import Identification, identify


@click.command("identify")
@click.argument("codes", nargs=-1, required=True, metavar="CODE...")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def identify_codes(codes: tuple[str, ...], as_json: bool) -> None:
    """Say what kind each CODE is, whether it is valid, why, and how it was probably meant."""
    found = [identify(code, today=today()) for code in codes]
    if as_json:
        print_json([_plain(one) for one in found])
        return
    print_table(("code", "kind", "valid", "why", "suggestion"), [_row(one) for one in found])


def _plain(one: Identification) -> dict[str, object]:
    return {
        "code": one.code, "kind": one.kind, "valid": one.valid, "why": said(one.why), "suggestion": one.suggestion,
        "warnings": [said(warning) for warning in one.warnings],
    }  # fmt: skip


def _row(one: Identification) -> tuple[str, ...]:
    why = " ".join([said(one.why), *(said(warning) for warning in one.warnings)])
    return one.code, one.kind, "yes" if one.valid else "no", why, one.suggestion or ""
