"""Entering registrations (登记): subjects with their names and codes into the register, many at once."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection

from xinheng.core.standards import uscc
from xinheng.core.standards.names import name_key, name_key_array, standardise_name
from xinheng.core.standards.resident_id import mask_array
from xinheng.core.subjects.subject import SubjectKind, kind_of
from xinheng.store.bulk import copy_table
from xinheng.store.locks import Lock
from xinheng.store.sql import statement
from xinheng.usecases.me.grants import end_where_changed

SCHEMA = pa.schema(
    [
        ("uscc", pa.string()), ("name", pa.string()), ("reg_no", pa.string()), ("org_code", pa.string()), ("former", pa.string()),
        ("address", pa.string()), ("status", pa.string()), ("established_on", pa.date32()), ("as_of", pa.date32()),
        ("representative", pa.string()),  # told only to see whether it has changed; never kept
    ]
)  # fmt: skip
_INCOMING = """
    CREATE TEMP TABLE incoming (uscc text, kind text, name text, key text, reg_no text, org_code text, address text, status text,
        established_on date, as_of date, searchable boolean) ON COMMIT DROP;
    CREATE TEMP TABLE former (uscc text, name text, key text) ON COMMIT DROP"""
_CUT_OFF = "查看更多"  # what a search site leaves behind where it cut a list of names off
_SEPARATORS = r"[;；|、\n]"
_TEXTS = ("name", "former", "address", "status")


def enter(registrations: pa.Table) -> None:
    """Enter registrations (``SCHEMA``; codes valid, names standardised) into the register, in the caller's transaction.

    Of several rows for one code the last counts. ``former`` holds former names, separated by ; ； | or 、. Personal numbers in the
    texts are masked: the register knows organisations, never persons.
    """
    if not registrations.num_rows:
        return
    registrations = _masked(_last_of_each(registrations))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [Lock.REGISTER.value])  # one writer at a time
        cursor.execute(_INCOMING)
        copy_table(_incoming(registrations), into="incoming")
        copy_table(_former(registrations), into="former")
        cursor.execute("ANALYZE incoming; ANALYZE former")
        cursor.execute(statement("register_upsert"))
        cursor.execute("DROP TABLE incoming, former")
    named = registrations.filter(pc.is_valid(registrations.column("representative"))).select(["uscc", "representative"])
    if named.num_rows:
        end_where_changed(dict(zip(*named.to_pydict().values(), strict=True)))


def _masked(table: pa.Table) -> pa.Table:
    for name in _TEXTS:
        place = table.schema.get_field_index(name)
        table = table.set_column(place, table.schema.field(name), mask_array(table.column(name)))
    return table


def _last_of_each(table: pa.Table) -> pa.Table:
    """Return the last row of each code; the names of the others become former names of it."""
    codes = table.column("uscc").to_pylist()
    places = {code: place for place, code in enumerate(codes)}
    if len(places) == table.num_rows:
        return table
    former = table.column("former").to_pylist()
    for place, name in enumerate(table.column("name").to_pylist()):
        last = places[codes[place]]
        if place != last:
            former[last] = ";".join(filter(None, (former[last], former[place], name)))
    spread = table.set_column(table.schema.get_field_index("former"), "former", pa.array(former, pa.string()))
    return spread.take(pa.array(sorted(places.values())))


def _incoming(table: pa.Table) -> pa.Table:
    codes = table.column("uscc").combine_chunks()
    kinds = pa.array([kind_of(code).value for code in codes.to_pylist()], pa.string())
    return pa.table(
        {
            "uscc": codes,
            "kind": kinds,
            "name": table.column("name"),
            "key": name_key_array(table.column("name")),
            **{
                name: table.column(name)
                for name in ("reg_no", "org_code", "address", "status", "established_on", "as_of")
            },
            "searchable": pc.not_equal(kinds, SubjectKind.INDIVIDUAL_BUSINESS.value),
        }
    )


def _former(table: pa.Table) -> pa.Table:
    given = pc.and_(pc.is_valid(table.column("former")), pc.not_equal(table.column("former"), ""))
    rows = table.filter(given).select(["uscc", "former"])
    parts = pc.split_pattern_regex(rows.column("former"), _SEPARATORS).combine_chunks()
    names = pc.list_flatten(parts).to_pylist()
    codes = rows.column("uscc").combine_chunks().take(pc.list_parent_indices(parts)).to_pylist()
    kept = [(code, standardise_name(name.removesuffix(_CUT_OFF))) for code, name in zip(codes, names, strict=True)]
    kept = [(code, name) for code, name in kept if len(name) > 1 and name != "暂无"]
    return pa.table(
        {
            "uscc": pa.array([code for code, _ in kept], pa.string()),
            "name": pa.array([name[:300] for _, name in kept], pa.string()),
            "key": pa.array([name_key(name)[:300] for _, name in kept], pa.string()),
        }
    )


def valid_codes(codes: pa.Array) -> pa.Array:
    """Return which codes are valid unified social credit codes."""
    return uscc.is_valid_array(codes)
