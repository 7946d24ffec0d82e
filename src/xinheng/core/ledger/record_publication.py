"""Publication days of whatever is handed in: penalties by their own law, other records by the rule of their item, or not at all.

A record is public only where all that makes it traceable is there (``catalogue.roles.NEEDED``), its day is known and a
dated rule says until when (``law.record_publication``). A permit that its authority calls invalid is not public, and a
listing stops with its removal.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xinheng.core.catalogue.codes import code_list
from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.catalogue.roles import NEEDED
from xinheng.core.errors import Text
from xinheng.core.law.record_publication import Lasts, RecordRule, record_rule, record_rules
from xinheng.core.ledger.publication import Days, Publication, add_months, publication, unpublished

_NEVER = np.datetime64("NaT", "D")
_ENDS = ("publication_until", "removed_on")
"""Days that can only bring the end nearer: the authority's own, and that of a removal, which is the first day without."""


def publication_of(version: ItemVersion, table: pa.Table) -> Publication:
    """Return the publication of each row of a checked table of any item."""
    if version.by_role("penalty_kinds") is not None:
        return publication(version, table)
    if version.by_role("decided_on") is None or not table.num_rows:
        return unpublished(table.num_rows)
    decided = _days(version, table, "decided_on")
    rules, which = _rules(version, table, decided)
    last = _last(version, table, decided, rules, which)
    public = _complete(version, table) & _in_force(version, table) & (last >= decided)
    codes = pa.array([rule.citation.instrument if rule else "" for rule in rules], pa.string())
    return Publication(
        published=pa.array(public),
        instrument=codes.take(pa.array(which)),
        first_day=pa.array(decided, pa.date32(), mask=~public),
        shortest_last_day=pa.nulls(table.num_rows, pa.date32()),
        last_day=pa.array(last, pa.date32(), mask=~public),
    )


def published_of(version: ItemVersion) -> tuple[Text, ...] | None:
    """Return what of an item is published: nothing (``None``), all of it (empty), or the records of the lists that are named."""
    if version.by_role("penalty_kinds") is not None:
        return ()
    kinds = {rule.kind for rule in record_rules() if rule.item == version.name}
    field = version.by_role("list_type")
    if not kinds or None in kinds or field is None:
        return () if kinds else None
    return tuple(Text(one.label, one.label_en) for one in code_list(field.code_list).codes if one.code in kinds)


def list_code(version: ItemVersion, written: str | None) -> str | None:
    """Return the stable code of the list that a cell names; nothing for an item without lists."""
    field = version.by_role("list_type")
    found = code_list(field.code_list).find(written) if field is not None and written else None
    return found.code if found else None


def _rules(
    version: ItemVersion, table: pa.Table, decided: Days
) -> tuple[list[RecordRule | None], np.ndarray[Any, Any]]:
    """Return the distinct rules of the table and, per row, which of them holds; a row without a day has none."""
    field = version.by_role("list_type")
    lists = [None] * table.num_rows if field is None else table.column(field.name).to_pylist()
    kinds = {text: list_code(version, text) for text in set(lists)}
    numbers = {text: number for number, text in enumerate(kinds)}
    keys = np.stack([decided.astype(np.int64), np.array([numbers[text] for text in lists])], axis=1)
    cases, which = np.unique(keys, axis=0, return_inverse=True)
    texts = list(kinds)
    rules = [
        None if np.isnat(day := np.datetime64(int(number), "D"))
        else record_rule(version.name, kind=kinds[texts[int(text)]], decided=day.item())
        for number, text in cases
    ]  # fmt: skip
    return rules, which.reshape(-1)


def _last(
    version: ItemVersion,
    table: pa.Table,
    decided: Days,
    rules: list[RecordRule | None],
    which: np.ndarray[Any, Any],
) -> Days:
    """Return the last day of each row; none where there is no rule, or where it needs a day that is not there."""
    months = np.array([rule.months or 0 if rule else 0 for rule in rules])[which]
    off = np.array([rule.counting.days_off if rule else 0 for rule in rules])[which].astype("timedelta64[D]")
    counted = add_months(decided, months) + off
    lasts = np.array([rule.lasts if rule else "" for rule in rules])[which]
    valid = _days(version, table, "valid_until")
    last = np.where(lasts == Lasts.MONTHS, counted, np.where(lasts == Lasts.WHILE_VALID, valid, _NEVER))
    for role in _ENDS:
        end = _days(version, table, role) - np.timedelta64(role == "removed_on", "D")
        last = np.where(np.isnat(end) | np.isnat(last), last, np.minimum(last, end))
    return last


def _complete(version: ItemVersion, table: pa.Table) -> np.ndarray[Any, Any]:
    """Tell which rows say all without which nobody could trace or contest them; the subject itself is known here."""
    whole = np.ones(table.num_rows, np.bool_)
    for role in NEEDED[version.effect]:
        if role != "uscc":
            whole &= _filled(version, table, role)
    return whole


def _filled(version: ItemVersion, table: pa.Table, role: str) -> np.ndarray[Any, Any]:
    field = version.by_role(role)
    if field is None:
        return np.zeros(table.num_rows, np.bool_)
    return np.asarray(pc.is_valid(table.column(field.name)).to_numpy(), np.bool_)


def _in_force(version: ItemVersion, table: pa.Table) -> np.ndarray[Any, Any]:
    """Tell which rows their authority calls valid; items without a state are."""
    field = version.by_role("permit_state")
    if field is None:
        return np.ones(table.num_rows, np.bool_)
    valid = [
        text
        for code in code_list(field.code_list).codes
        if code.code == "valid"
        for text in (code.label, *code.variants)
    ]
    return np.asarray(pc.fill_null(pc.is_in(table.column(field.name), pa.array(valid)), False).to_numpy(), np.bool_)


def _days(version: ItemVersion, table: pa.Table, role: str) -> Days:
    field = version.by_role(role)
    if field is None:
        return np.full(table.num_rows, _NEVER)
    days: Days = table.column(f"d_{field.name}").combine_chunks().to_numpy(zero_copy_only=False).astype("datetime64[D]")
    return days
