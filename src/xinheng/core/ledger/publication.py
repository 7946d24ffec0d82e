"""Publication days of many records at once: the law is asked once per distinct case, the months are added to every date.

The result is stored with the record; whether a record is public on a day is a comparison of dates at reading time, never a flip at midnight.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.intake.marks import whole
from xinheng.core.law.kinds import read_kinds
from xinheng.core.law.publication import PublicationRule, eras, publication_rule
from xinheng.core.law.severity import Domain, Procedure, Severity

Value = TypeVar("Value", Severity, Domain, Procedure)
Days = np.ndarray[Any, np.dtype[np.datetime64]]


@dataclass(frozen=True, slots=True)
class Publication:
    """Aligned columns: published or not, by which instrument, first day, earliest possible and last day (inclusive)."""

    published: pa.Array
    instrument: pa.Array
    first_day: pa.Array
    shortest_last_day: pa.Array
    last_day: pa.Array


def publication(version: ItemVersion, table: pa.Table) -> Publication:
    """Return the publication of each row of a checked table; rows without a penalty's kinds are not published as penalties.

    A last day that the department gave is kept where it lies between the shortest and the longest that the law allows.
    """
    kinds = version.by_role("penalty_kinds")
    decided_field = version.by_role("decided_on")
    if kinds is None or decided_field is None:
        return unpublished(table.num_rows)
    decided = _days(table.column(f"d_{decided_field.name}"))
    rules, which = _rules(version, table, decided)
    published = np.array([rule.published for rule in rules], np.bool_)[which] & ~np.isnat(
        decided
    )  # an unknown day is not published
    shortest = _last_days(decided, rules, which, [rule.shortest_months for rule in rules])
    longest = _last_days(decided, rules, which, [rule.longest_months for rule in rules])
    last = _given_end(version, table, decided, shortest, longest)
    hidden = ~published
    return Publication(
        published=pa.array(published),
        instrument=pa.array([rule.instrument_code for rule in rules], pa.string()).take(pa.array(which)),
        first_day=_dates(decided, hidden),
        shortest_last_day=_dates(shortest, hidden),
        last_day=_dates(last, hidden),
    )


def _rules(version: ItemVersion, table: pa.Table, decided: Days) -> tuple[list[PublicationRule], np.ndarray[Any, Any]]:
    """Return the distinct rules of the table and, per row, which of them holds."""
    starts = np.array([np.datetime64(era.from_day or dt.date.min, "D") for era in eras()])
    era_number = np.searchsorted(starts, decided, side="right") - 1
    coded = [_coded(version, table, role) for role in ("penalty_kinds", "severity", "domain", "procedure")]
    values = [texts for _, texts in coded]
    sizes = (len(starts), *(len(texts) for texts in values))
    keys = np.ravel_multi_index((era_number, *(numbers for numbers, _ in coded)), sizes)
    cases, which = np.unique(keys, return_inverse=True)
    places = np.stack(np.unravel_index(cases, sizes), axis=1)
    rules = [_rule(int(case[0]), *(values[n][int(case[n + 1])] for n in range(4))) for case in places]
    return rules, which


def _rule(
    era: int, kinds: str | None, severity: str | None, domain: str | None, procedure: str | None
) -> PublicationRule:
    return publication_rule(
        era=eras()[era],
        kinds=read_kinds(kinds or "").kinds,
        severity=_member(Severity, severity),
        domain=_member(Domain, domain),
        procedure=_member(Procedure, procedure),
    )


def _member(kind: type[Value], text: str | None) -> Value | None:
    """Return the member that a cell names, or nothing: a row with another word goes back by rule S05 and is published by nobody."""
    return next((member for member in kind if text in (member.value, member.label)), None)


def _coded(version: ItemVersion, table: pa.Table, role: str) -> tuple[np.ndarray[Any, Any], list[str | None]]:
    field = version.by_role(role)
    if field is None:
        return np.zeros(table.num_rows, np.int32), [None]
    coded = pc.dictionary_encode(whole(table.column(field.name)))
    numbers = pc.fill_null(coded.indices, len(coded.dictionary)).to_numpy()
    return numbers, [*coded.dictionary.to_pylist(), None]


def _last_days(
    decided: Days, rules: list[PublicationRule], which: np.ndarray[Any, Any], months: list[int | None]
) -> Days:
    added = np.array([0 if number is None else number for number in months])[which]
    off = np.array([rule.counting.days_off for rule in rules])[which]
    last: Days = add_months(decided, added) + off.astype("timedelta64[D]")
    last[np.array([number is None for number in months], np.bool_)[which]] = np.datetime64("NaT")
    return last


def add_months(days: Days, months: np.ndarray[Any, Any]) -> Days:
    """Add months to days, staying at the month's end where the day is missing; the twin of ``periods.add_months``."""
    month = days.astype("datetime64[M]")
    place = days - month.astype("datetime64[D]")
    target = month + months.astype("timedelta64[M]")
    room = (target + 1).astype("datetime64[D]") - target.astype("datetime64[D]") - np.timedelta64(1, "D")
    moved: Days = target.astype("datetime64[D]") + np.minimum(place, room)
    return moved


def _given_end(version: ItemVersion, table: pa.Table, decided: Days, shortest: Days, longest: Days) -> Days:
    field = version.by_role("publication_until")
    if field is None:
        return longest
    given = _days(table.column(f"d_{field.name}"))
    floor = np.where(np.isnat(shortest), decided, shortest)
    kept = np.minimum(np.maximum(given, floor), longest)
    return np.where(np.isnat(given), longest, kept)


def _days(column: pa.ChunkedArray) -> Days:
    days: Days = column.combine_chunks().to_numpy(zero_copy_only=False).astype("datetime64[D]")
    return days


def _dates(days: Days, hidden: np.ndarray[Any, Any]) -> pa.Array:
    return pa.array(days, pa.date32(), mask=hidden | np.isnat(days))


def unpublished(rows: int) -> Publication:
    """Return the publication of rows that are kept but not published."""
    none = pa.nulls(rows, pa.date32())
    return Publication(pa.repeat(False, rows), pa.repeat("", rows), none, none, none)
