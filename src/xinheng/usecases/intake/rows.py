"""Rows entered by hand (在线填报): one in a form, some pasted from a spreadsheet, rejected ones mended. The same check, the same way in.

They become a small file of their own, with the headings of the catalogue or of the file whose rows are mended, so that they are received,
sealed, checked and kept as any other.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xinheng.core.access import Actor
from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.catalogue.load import load
from xinheng.core.intake.issues import IssueBatch
from xinheng.usecases.intake.submit import Call, Outcome, check_only, submit
from xinheng.usecases.intake.views import IssueView

FIRST_ROW = 2
"""The spreadsheet row of the first row below the headings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Rows under their headings, as an agency enters them for an item; ``channel`` is one of ``BY_HAND``.

    ``parent`` is the submission whose rejected rows these are, read by the same ``profile``.
    """

    item: str
    agency: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    channel: str
    received_on: dt.date
    file_name: str
    profile: str = ""
    parent: int | None = None

    def call(self) -> Call:
        """Return the call that hands these rows in."""
        content = sheet_bytes(self.header, self.rows)
        return Call(
            item=self.item, agency=self.agency, file_name=self.file_name, content=io.BytesIO(content), size=len(content),
            received_on=self.received_on, profile=self.profile, channel=self.channel, parent=self.parent,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tried:
    """What would become of rows, with the issues of each cell."""

    outcome: Outcome
    issues: tuple[IssueView, ...]


def try_rows(sheet: Sheet, *, actor: Actor, at: dt.datetime) -> Tried:
    """Say what would become of the rows, cell by cell; nothing is taken. Raises as ``check_only`` does."""
    outcome = check_only(sheet.call(), actor=actor, at=at)
    return Tried(outcome, issues_foreseen(outcome, load(sheet.item).at(sheet.received_on)))


def hand_in_rows(sheet: Sheet, *, actor: Actor, at: dt.datetime) -> Outcome:
    """Hand the rows in as a submission; raises as ``submit`` does."""
    return submit(sheet.call(), actor=actor, at=at)


def issues_foreseen(outcome: Outcome, version: ItemVersion) -> tuple[IssueView, ...]:
    """Return the issues of a mere check cell by cell, by row."""
    return views_of(outcome.issues, version)


def views_of(batches: Iterable[IssueBatch], version: ItemVersion) -> tuple[IssueView, ...]:
    """Return the issues of batches cell by cell, by row."""
    titles = {field.name: field.title for field in version.fields}
    found = [view for batch in batches for view in _views(batch, titles.get(batch.column, ""))]
    return tuple(sorted(found, key=lambda view: view.row))


def sheet_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as the CSV that is sealed."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8", "replace")


def _views(batch: IssueBatch, title: str) -> Iterable[IssueView]:
    quoted = batch.found.to_pylist() if batch.found is not None else [None] * len(batch.rows)
    for row, found in zip(batch.rows.tolist(), quoted, strict=True):
        yield IssueView(row, batch.column, title, batch.code, batch.level.value, found, batch.expected, batch.mend)
