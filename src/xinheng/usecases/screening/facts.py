"""Records of the ledger as the facts that a screening needs (``core.screening.seen``): what an item's layout says is looked up once for a version of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from xinheng.core.catalogue.codes import code_list
from xinheng.core.catalogue.item import Field, ItemVersion
from xinheng.core.errors import Text
from xinheng.core.law.kinds import read_kinds
from xinheng.core.ledger.public import NO_END
from xinheng.core.ledger.visibility import state_on
from xinheng.core.screening import Seen
from xinheng.core.screening.seen import LISTS
from xinheng.store.queries.records import StandingRecord
from xinheng.store.queries.screening import Screenable
from xinheng.usecases.ledger.file import terms_of

_SAYING = ("reason", "title_of", "permit_document", "grade")
_LAST = ("publication_until", "valid_until")
_ENDED = ("removed_on", "ended_on")


class FactsOf:
    """Reads records of one version of an item."""

    def __init__(self, version: ItemVersion) -> None:
        self._version = version
        self._title = Text(version.title, version.title_en)
        self._is_list = version.name in LISTS
        self._fields = {field.role: field.name for field in version.fields if field.role}
        self._code_lists = {field.role: _finder(field) for field in version.fields if field.role and field.code_list}

    def seen(self, one: Screenable, stopped: Mapping[int, Text], on: dt.date) -> Seen:
        """Return a record as facts, with where it stands on a day; ``stopped`` holds the public wording of the stops."""
        record, cells = one.record, one.record.fields
        kind, listed = self._list(cells)
        return Seen(
            item=record.item, title=self._title, effect=self._version.effect, key=record.record_key, revision=record.revision,
            since=record.decided_on, state=state_on(terms_of(record), on, retention_years=self._version.retention_years),
            number=record.decision_number, authority=self._said(cells, "deciding_authority"), source=record.source_agency,
            basis=self._said(cells, "legal_basis"), says=self._says(cells), is_list=self._is_list, list_code=kind, list_title=listed,
            until=self._until(record), ended_on=self._day(cells, _ENDED), confirmed_on=one.confirmed_on,
            stopped=stopped.get(record.stopped) if record.stopped is not None else None,
        )  # fmt: skip

    def _until(self, record: StandingRecord) -> dt.date | None:
        """Return the last day of a record's effect as far as it is known: of its publication, else as the authority gave it."""
        last = record.last_day or self._day(record.fields, _LAST)
        return None if last is None or last >= NO_END else last

    def _says(self, cells: Mapping[str, Any]) -> Text | None:
        """Return in few words what a record says: the kinds of a penalty, the reason of an entry, else its title."""
        if (kinds := self._said(cells, "penalty_kinds")) and (labels := _kinds(kinds)):
            return labels
        written = next(((role, said) for role in _SAYING if (said := self._said(cells, role))), None)
        if written is None:
            return None
        role, said = written
        return (self._code_lists[role](said) if role in self._code_lists else ("", None))[1] or Text(said, said)

    def _list(self, cells: Mapping[str, Any]) -> tuple[str, Text | None]:
        """Return the code and the title of the list in which a record is an entry."""
        if not self._is_list:
            return "", None
        written = self._said(cells, "list_type")
        code, label = self._code_lists["list_type"](written) if written else ("", None)
        return code, label or (Text(written, written) if written else self._title)

    def _said(self, cells: Mapping[str, Any], role: str) -> str:
        held = cells.get(self._fields.get(role, ""))
        return str(held) if held else ""

    def _day(self, cells: Mapping[str, Any], roles: tuple[str, ...]) -> dt.date | None:
        written = next((said for role in roles if (said := self._said(cells, role))), "")
        return dt.date.fromisoformat(written) if written else None


def _finder(field: Field) -> Callable[[str], tuple[str, Text | None]]:
    """Return what finds the stable code and the words of a written value of a coded field."""
    held = code_list(field.code_list)

    @cache
    def found(written: str) -> tuple[str, Text | None]:
        code = held.find(written)
        return (code.code, Text(code.label, code.label_en)) if code else ("", None)

    return found


@cache
def _kinds(written: str) -> Text | None:
    labels = [kind.label for kind in read_kinds(written).kinds]
    return Text("、".join(labels), ", ".join(labels)) if labels else None
