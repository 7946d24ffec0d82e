"""A progress bar on the terminal, fed by what use cases tell; silent where nobody looks."""

from __future__ import annotations

import sys
import time
from types import TracebackType

import click

_WIDTH = 30
_EVERY = 0.1  # seconds between two drawings


class Bar:
    """Draws bytes done of bytes in all, rows and speed on standard error."""

    def __init__(self, *, quiet: bool = False, label: str = "") -> None:
        self._shown = not quiet and sys.stderr.isatty()
        self._label = label
        self._done = 0
        self._started = self._drawn = time.monotonic()

    def __enter__(self) -> Bar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown and self._done:
            click.echo(err=True)

    def tell(self, consumed: int, size: int, rows: int) -> None:
        """Draw the bar: ``consumed`` more bytes are done of ``size``, ``rows`` rows in all."""
        self._done += consumed
        moment = time.monotonic()
        if not self._shown or (moment - self._drawn < _EVERY and self._done < size):
            return
        self._drawn = moment
        share = min(1.0, self._done / size) if size else 1.0
        filled = "█" * round(share * _WIDTH)
        speed = round(rows / max(moment - self._started, 0.001))
        click.echo(f"\r{self._label}{filled:░<{_WIDTH}} {share:4.0%}  {rows:,}  {speed:,}/s ", nl=False, err=True)
