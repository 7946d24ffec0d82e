"""A subject's records as its own page shows them: the words, the days, the cells, and where each came from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from xinheng.core.catalogue.load import load
from xinheng.core.errors import Text
from xinheng.core.ledger.events import HISTORY
from xinheng.core.ledger.visibility import ENDED, State
from xinheng.usecases.ledger.file import FileEntry
from xinheng.usecases.me.file import OwnFile
from xinheng.usecases.portal import shown_title


@dataclass(frozen=True, slots=True)
class Came:
    """From whom a row of a record came, and when."""

    agency: str
    received_on: dt.date
    submission: int
    row: int


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """A record of one's own. ``cells`` are all that is kept of it, as title and value; ``over`` tells that it acts no more."""

    key: str
    item: Text
    number: str
    decided_on: dt.date
    authority: str
    state: Text
    tone: str
    over: bool
    first_day: dt.date | None
    last_day: dt.date | None
    cells: tuple[tuple[Text, str], ...]
    came: tuple[Came, ...]
    corrects: dt.date | None
    imported: bool
    stopped: Text | None  # why its publication is suspended now


def own_entries(own: OwnFile) -> tuple[OwnEntry, ...]:
    """Return the records of a file in the order of their days, those that still act first."""
    shown = [_entry(entry, own.agencies) for entry in own.entries]
    return tuple(sorted(shown, key=lambda one: (one.over, -one.decided_on.toordinal(), one.key)))


def _entry(entry: FileEntry, agencies: Mapping[str, str]) -> OwnEntry:
    record, version = entry.record, load(entry.record.item).version(entry.record.version)
    authority = version.by_role("deciding_authority")
    said = str(record.fields.get(authority.name, "")) if authority else ""
    cells = tuple(
        (shown_title(field), _written(record.fields[field.name], field.type))
        for field in version.fields
        if record.fields.get(field.name) not in (None, "")
    )
    return OwnEntry(
        key=f"r{record.record_key[:8]}",
        item=Text(version.title, version.title_en),
        number=record.decision_number,
        decided_on=record.decided_on,
        authority=said or agencies.get(record.deciding_authority, record.deciding_authority),
        state=entry.state.label,
        tone="marked" if entry.state is State.PUBLIC else "plain",
        over=entry.state in ENDED,
        first_day=record.first_day,
        last_day=record.last_day,
        cells=cells,
        came=tuple(
            Came(agencies.get(one.agency, one.agency), one.received_on, one.submission, one.row)
            for one in entry.sources
        ),
        corrects=entry.corrects.received_on if entry.corrects else None,
        imported=record.channel == HISTORY,
        stopped=entry.stopped.wording if entry.stopped else None,
    )


def _written(cell: object, kind: str) -> str:
    return f"{int(str(cell)) / 100:,.2f} 元" if kind == "number" else str(cell)
