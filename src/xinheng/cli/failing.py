"""How commands fail: three sentences (what, why, what to do), one exit code for each class of error, no traceback for what is foreseen."""

from __future__ import annotations

import sys
from typing import Any

import click

from xinheng.cli.printing import language, print_json
from xinheng.core.errors import Explanation, Text, XinhengError
from xinheng.usecases.outages import outage_of


class ExplainingGroup(click.Group):
    """A group whose commands explain their errors."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an explained error is printed and becomes the exit code."""
        try:
            return super().invoke(ctx)
        except XinhengError as error:
            _say(error)
            sys.exit(error.exit_code)
        except BrokenPipeError:
            sys.exit(141)
        except Exception as error:
            known = outage_of(error)
            if known is None:
                raise
            _say(known)
            sys.exit(known.exit_code)


def _say(error: XinhengError) -> None:
    what, why, mend = error.explanation.in_language(language())
    if "--json" in sys.argv:
        both = {part: {"zh": text.zh, "en": text.en} for part, text in _parts(error.explanation)}
        print_json({"error": both})
    marks = ("原因：", "处理：") if language() == "zh" else ("Why: ", "What to do: ")
    click.echo(f"{what}\n{marks[0]}{why}\n{marks[1]}{mend}", err=True)


def _parts(explanation: Explanation) -> tuple[tuple[str, Text], ...]:
    return (("what", explanation.what), ("why", explanation.why), ("mend", explanation.mend))
