"""Facts (判定依据): what the rules need to know of a row beyond its own text, as columns beside it.

Check digits, the register's answer, what the penalty's kinds involve, and the days that bound timeliness. Vectorised: distinct
values are looked at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xinheng.core.catalogue.item import Field, ItemVersion, Privacy
from xinheng.core.intake.by_name import CodesGiven, find_by_name
from xinheng.core.intake.marks import control_characters, long_numbers, none_marked, whole
from xinheng.core.intake.standardise import Standardised
from xinheng.core.law.kinds import involves_confiscation, involves_fine, involves_licence, read_kinds
from xinheng.core.standards import organization_code, registration_number, uscc
from xinheng.core.standards.names import name_key
from xinheng.core.standards.person_documents import documents, kind_named
from xinheng.core.subjects.by_name import BY_NAME
from xinheng.core.subjects.register import Register
from xinheng.core.subjects.subject import CodeKind

AGENCY_ROLES = ("deciding_authority_code", "source_agency_code", "registration_authority_code")
KIND_FACTS = ("kinds_known", "kinds_fine", "kinds_confiscation", "kinds_licence")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What surrounds a file: the day it is judged on, the day from which it is not late, and the agency that hands it in.

    ``judged`` is the subject (number, name in the register) whose all the rows are by a person's judgement: then nobody is looked up.
    """

    today: dt.date
    late_before: dt.date
    agency: str
    judged: tuple[int, str] | None = None


def facts(
    version: ItemVersion,
    standard: Standardised,
    *,
    register: Register,
    circumstances: Circumstances,
    lossy: Mapping[str, pa.Array],
) -> dict[str, pa.Array]:
    """Return the fact columns of a standardised chunk, by name, all of its length; ``lossy`` marks cells by field code."""
    table, rows = standard.table, standard.table.num_rows
    found = {
        "today": pa.repeat(pa.scalar(circumstances.today), rows),
        "late_before": pa.repeat(pa.scalar(circumstances.late_before), rows),
        "agency": pa.repeat(pa.scalar(circumstances.agency), rows),
        "name_mended": standard.name_mended,
    }
    found |= _codes(version, table) | _kinds(version, table) | _agencies(version, table)
    found |= _marks(version, standard, lossy)
    return found | _resolved(version, table, register, circumstances)


def person_facts(
    version: ItemVersion,
    standard: Standardised,
    *,
    circumstances: Circumstances,
    lossy: Mapping[str, pa.Array],
) -> dict[str, pa.Array]:
    """Return the fact columns of a standardised chunk of rows about natural persons: nobody is looked up, the document is judged."""
    table, rows = standard.table, standard.table.num_rows
    found = {
        "today": pa.repeat(pa.scalar(circumstances.today), rows),
        "late_before": pa.repeat(pa.scalar(circumstances.late_before), rows),
        "agency": pa.repeat(pa.scalar(circumstances.agency), rows),
    }
    found |= _kinds(version, table) | _agencies(version, table) | _marks(version, standard, lossy)
    return found | _documents(version, table, circumstances.today)


def _documents(version: ItemVersion, table: pa.Table, today: dt.date) -> dict[str, pa.Array]:
    """Return the kind of document that was meant, and what the number is (``core.standards.person_documents``)."""
    kinds, numbers = _column(version, table, "person_id_kind"), _column(version, table, "person_id")
    named = pc.dictionary_encode(pa.nulls(table.num_rows, pa.string()) if kinds is None else kinds)
    codes = [kind_named(name) if name else None for name in named.dictionary.to_pylist()]
    meant = pa.array(codes, pa.string()).take(named.indices)
    given = pa.nulls(table.num_rows, pa.string()) if numbers is None else numbers
    found = documents(meant, given, today=today)
    return {
        "id_meant": meant,
        "id_kind": found.kind,
        "id_number": found.number,
        "id_old": found.old,
        "born": found.born,
    }


PERSON_FACTS = {
    "id_meant": pa.string(), "id_kind": pa.string(), "id_number": pa.string(), "id_old": pa.bool_(), "born": pa.date32(),
}  # fmt: skip
"""The facts that only a person's row has, by name."""


def fact_types(version: ItemVersion) -> dict[str, pa.DataType]:
    """Return the names and types of the fact columns of a version, in their order."""
    flags = [
        "uscc_ok",
        "inner_ok",
        *KIND_FACTS,
        *(f"{role}_ok" for role in AGENCY_ROLES if version.by_role(role)),
        *_mark_names(version),
    ]
    types = {"today": pa.date32(), "late_before": pa.date32(), "agency": pa.string(), "name_mended": pa.bool_()}
    types |= dict.fromkeys(flags, pa.bool_())
    return types | {
        "subject": pa.int64(),
        "registered_name": pa.string(),
        "other_code": pa.bool_(),
        "name_ok": pa.bool_(),
        "by_name": pa.bool_(),
    }


def _mark_names(version: ItemVersion) -> list[str]:
    return (
        [f"suspect_{field.name}" for field in screened_fields(version)]
        + [f"control_{field.name}" for field in version.fields if field.privacy is not Privacy.PERSON_IDENTIFIER]
        + [f"lossy_{field.name}" for field in version.fields]
        + [f"dropped_{field.name}" for field in version.fields if field.privacy is Privacy.PERSON_IDENTIFIER]
    )


def _marks(version: ItemVersion, standard: Standardised, lossy: Mapping[str, pa.Array]) -> dict[str, pa.Array]:
    """Return the marks of single cells; a field that the file does not have is not looked at."""
    nothing = none_marked(standard.table.num_rows)
    found: dict[str, pa.Array] = dict.fromkeys(_mark_names(version), nothing)
    for field in version.fields:
        column = whole(standard.table.column(field.name))
        if column.null_count == len(column):
            continue
        found[f"control_{field.name}"] = control_characters(column)
    found |= _suspects(version, standard.table)
    found |= {f"lossy_{name}": flags for name, flags in lossy.items()}
    return found | {f"dropped_{name}": flags for name, flags in standard.dropped.items()}


def _column(version: ItemVersion, table: pa.Table, role: str) -> pa.Array | None:
    field = version.by_role(role)
    return None if field is None else whole(table.column(field.name))


def _codes(version: ItemVersion, table: pa.Table) -> dict[str, pa.Array]:
    code = _column(version, table, "uscc")
    if code is None:
        return {"uscc_ok": _false(table), "inner_ok": _false(table)}
    inner = organization_code.is_valid_array(pc.utf8_slice_codeunits(code, 8, 17))
    return {"uscc_ok": uscc.is_valid_array(code), "inner_ok": inner}


def _kinds(version: ItemVersion, table: pa.Table) -> dict[str, pa.Array]:
    column = _column(version, table, "penalty_kinds")
    if column is None:
        return {name: _false(table) for name in KIND_FACTS}

    def look(text: str) -> tuple[bool, ...]:
        reading = read_kinds(text)
        kinds = reading.kinds
        known = bool(kinds) and not reading.unknown
        return known, involves_fine(kinds), involves_confiscation(kinds), involves_licence(kinds)

    return _by_value(column, look, KIND_FACTS)


def _agencies(version: ItemVersion, table: pa.Table) -> dict[str, pa.Array]:
    found: dict[str, pa.Array] = {}
    for role in AGENCY_ROLES:
        column = _column(version, table, role)
        if column is not None:
            found |= _by_value(column, lambda text: (uscc.is_valid(text),), (f"{role}_ok",))
    return found


def screened_fields(version: ItemVersion) -> tuple[Field, ...]:
    """Return the fields whose text is looked through for personal numbers: all but coded ones without a note and codes that a rule proves."""
    return tuple(
        field
        for field in version.fields
        if field.type == "string"
        and (not field.codes or field.other)
        and field.privacy is not Privacy.PERSON_IDENTIFIER
        and field.role not in ("uscc", *AGENCY_ROLES)
    )


def _suspects(version: ItemVersion, table: pa.Table) -> dict[str, pa.Array]:
    found: dict[str, pa.Array] = {}
    for field in screened_fields(version):
        text = whole(table.column(field.name))
        if text.null_count == len(text):
            continue
        long = long_numbers(text)
        if field.role == "registration_number" and long.true_count:
            long = pc.and_(long, pc.invert(registration_number.is_valid_array(text)))
        found[f"suspect_{field.name}"] = long
    return found


def _resolved(
    version: ItemVersion, table: pa.Table, register: Register, circumstances: Circumstances
) -> dict[str, pa.Array]:
    rows = table.num_rows
    if circumstances.judged is not None:
        return _judged(circumstances.judged, rows)
    subject, name = pa.nulls(rows, pa.int64()), pa.nulls(rows, pa.string())
    other, given = _false(table), CodesGiven(rows)
    for role, kind, right in FINDERS:
        column = _column(version, table, role)
        if column is None or column.null_count == rows:
            continue
        codes = right(column)
        given.note(role, kind, column, codes)
        if role != "uscc":
            other = pc.or_(other, pc.is_valid(codes))
        answer = register.find(kind, codes)
        subject, name = pc.coalesce(subject, answer.subject), pc.coalesce(name, answer.name)
    by_name = _false(table)
    if version.effect in BY_NAME and subject.null_count:
        met = find_by_name(
            version, table, given=given, open_=pc.is_null(subject), register=register, today=circumstances.today
        )
        by_name = pc.is_valid(met[0])
        subject, name = pc.coalesce(subject, met[0]), pc.coalesce(name, met[1])
    return {
        "subject": subject,
        "registered_name": name,
        "other_code": other,
        "name_ok": _names_agree(version, table, subject, name, register),
        "by_name": by_name,
    }


def _judged(judged: tuple[int, str], rows: int) -> dict[str, pa.Array]:
    """Return the same facts of rows that a person judged: whose they are, whatever their codes and names say."""
    nothing = none_marked(rows)
    return {
        "subject": pa.repeat(pa.scalar(judged[0], pa.int64()), rows),
        "registered_name": pa.repeat(pa.scalar(judged[1]), rows),
        "other_code": nothing,
        "name_ok": pc.invert(nothing),
        "by_name": nothing,
    }


def _proven(valid: Callable[[pa.Array], pa.Array]) -> Callable[[pa.Array], pa.Array]:
    """Return what keeps the right ones of a column of codes."""
    return lambda codes: pc.if_else(valid(codes), codes, pa.scalar(None, pa.string()))


def _inner_code(numbers: pa.Array) -> pa.Array:
    """Return the organisation codes inside old taxpayer numbers (6 characters of the area, then the code)."""
    old = pc.fill_null(pc.match_substring_regex(numbers, "^[0-9]{6}[0-9A-Z]{9}$"), False)
    inner = pc.if_else(old, pc.utf8_slice_codeunits(numbers, 6, 15), pa.scalar(None, pa.string()))
    return _proven(organization_code.is_valid_array)(inner)


FINDERS: tuple[tuple[str, CodeKind, Callable[[pa.Array], pa.Array]], ...] = (
    ("uscc", CodeKind.USCC, _proven(uscc.is_valid_array)),
    ("registration_number", CodeKind.REGISTRATION_NUMBER, _proven(registration_number.is_valid_array)),
    ("organization_code", CodeKind.ORGANIZATION_CODE, _proven(organization_code.is_valid_array)),
    ("taxpayer_number", CodeKind.USCC, _proven(uscc.is_valid_array)),
    ("taxpayer_number", CodeKind.ORGANIZATION_CODE, _inner_code),
)
"""By which fields a subject is found: the role, the kind of code, and what of the column are right codes (the rest is empty)."""


def _names_agree(
    version: ItemVersion, table: pa.Table, subject: pa.Array, name: pa.Array, register: Register
) -> pa.Array:
    given = _column(version, table, "counterpart_name")
    if given is None:
        return pc.is_valid(subject)
    same = pc.fill_null(pc.equal(given, name), False)
    open_ = np.flatnonzero(pc.and_(pc.is_valid(subject), pc.invert(same)).to_numpy(zero_copy_only=False))
    if not len(open_):
        return same
    subjects = subject.take(pa.array(open_)).to_pylist()
    former = register.former_keys(set(subjects))
    agreed = np.array(same.to_numpy(zero_copy_only=False))
    asked = zip(
        open_, subjects, given.take(pa.array(open_)).to_pylist(), name.take(pa.array(open_)).to_pylist(), strict=True
    )
    for place, who, text, registered in asked:
        if text is not None:
            key = name_key(text)
            agreed[place] = key == name_key(registered) or key in former.get(who, frozenset())
    return pa.array(agreed)


def _by_value(column: pa.Array, look: Callable[[str], tuple[bool, ...]], names: tuple[str, ...]) -> dict[str, pa.Array]:
    """Look at each distinct value once and spread the answers over the rows; an empty cell answers no."""
    coded = pc.dictionary_encode(column)
    answers = [look(value) for value in coded.dictionary.to_pylist()] or [tuple(False for _ in names)]
    return {
        name: pc.fill_null(pa.array([answer[place] for answer in answers]).take(coded.indices), False)
        for place, name in enumerate(names)
    }


def _false(table: pa.Table) -> pa.Array:
    return none_marked(table.num_rows)
