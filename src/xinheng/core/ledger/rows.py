"""From checked rows to the ledger's rows, by one SQL statement a chunk: which decision, what it says, for which days it is public.

Each row comes with its line for COPY ready, because writing CSV of JSON anew cost more than making it (``docs/benchmarks.md``). The
revision stands last, so that a correction only changes the end of its line.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc

from xinheng.core.catalogue.codes import code_list
from xinheng.core.catalogue.item import Field, ItemVersion, Privacy
from xinheng.core.engine.calculator import Calculator
from xinheng.core.intake.marks import holds, text_bytes, whole
from xinheng.core.ledger.publication import unpublished
from xinheng.core.ledger.record_publication import publication_of
from xinheng.core.standards.decision_numbers import decision_number_key_array

COLUMNS = (
    "subject_id", "record_key", "item", "version", "submission_id", "row_number", "source_agency", "deciding_authority", "decision_number",
    "decided_on", "content_digest", "published", "instrument", "first_day", "shortest_last_day", "last_day", "fields", "revision",
)  # fmt: skip
FIRST_REVISION = "0\n"
_CHANNEL = frozenset({"source_agency", "source_agency_code", "decision_number"})
"""Who passed it on and how its number is spelt is no part of what was decided; the number itself is in the key."""
_WHOSE = frozenset(
    {
        "deciding_authority", "deciding_authority_code", "registration_authority_code", "counterpart_name", "uscc", "registration_number",
        "organization_code", "taxpayer_number",
    }
)  # fmt: skip
"""Who decided and about whom: told from one another by the authority and the subject themselves, not by how they are written."""
_USUAL_NUMBER = r"^[一-龥A-Z0-9〔〕\-]*$"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where rows come from: the submission, the agency that handed it in (USCC), and the day (ISO) it came.

    ``publish`` is false where a day that publication needs is not known to the source: such records are kept, not published.
    """

    submission: int
    agency: str
    received_on: str
    publish: bool = True


def ledger_rows(
    version: ItemVersion,
    table: pa.Table,
    rows: pa.Array,
    *,
    taken: pa.Array,
    absent: frozenset[str],
    origin: Origin,
    calculator: Calculator,
) -> pa.Table:
    """Return the ledger's rows for those checked rows that are ``taken`` (they have a subject), in their order.

    Columns: ``subject_id``, ``record_key`` (which decision it is: authority and number, however written), ``content_digest`` (what it
    says, whoever passed it on), ``row_number``, and ``line``: the row as PostgreSQL's COPY takes it (``COLUMNS``), as revision 0.
    """
    days = publication_of(version, table) if origin.publish else unpublished(len(rows))
    added = {
        "row_number": rows, "taken": taken, "spelt": _spelt(version, table), "published": days.published, "instrument": days.instrument,
        "first_day": days.first_day, "shortest_last_day": days.shortest_last_day, "last_day": days.last_day,
    }  # fmt: skip
    for name, column in added.items():
        table = table.append_column(name, column)
    present = tuple(field for field in _stored(version) if field.name not in absent)
    quoted = frozenset(field.name for field in present if field.type == "string" and _needs_escape(table, field.name))
    led = _is_filled(table, _said(present)[0], taken)
    return calculator.query(_sql(version, origin, present, quoted, led), checked=table)


def identities(
    version: ItemVersion,
    table: pa.Table,
    rows: pa.Array,
    *,
    taken: pa.Array,
    absent: frozenset[str],
    calculator: Calculator,
) -> pa.Table:
    """Return ``identity`` and ``content`` (64-bit hashes, good within this process only) and ``row_number`` of the taken rows.

    For telling rows of one file apart when nothing is written.
    """
    for name, column in {"row_number": rows, "taken": taken, "spelt": _spelt(version, table)}.items():
        table = table.append_column(name, column)
    said = ", ".join(_typed_column(f) for f in _stored(version) if f.name not in absent and f.role not in _CHANNEL)
    key = ", ".join(["subject", _authority(version), "spelt"])
    sql = f"SELECT row_number, hash({key}) AS identity, hash({said}) AS content FROM checked WHERE taken"  # noqa: S608
    return calculator.query(sql, checked=table)


def record_keys(
    version: ItemVersion, table: pa.Table, rows: pa.Array, *, which: pa.Array, calculator: Calculator
) -> pa.Table:
    """Return ``row_number``, ``subject_id`` and ``record_key`` of some checked rows that have a subject, as ``ledger_rows`` names them.

    For rows that go back: which decision a row is about is told by its authority, number and subject, whatever is wrong with the rest.
    """
    for name, column in {"row_number": rows, "taken": which, "spelt": _spelt(version, table)}.items():
        table = table.append_column(name, column)
    sql = f"SELECT row_number, subject AS subject_id, {_key_sql(version)} AS record_key FROM checked WHERE taken AND subject IS NOT NULL"  # noqa: S608
    return calculator.query(sql, checked=table)


def said_rows(
    version: ItemVersion,
    table: pa.Table,
    rows: pa.Array,
    *,
    taken: pa.Array,
    absent: frozenset[str],
    beside: tuple[str, ...],
    calculator: Calculator,
) -> pa.Table:
    """Return what the taken rows say, in order, for a ledger that keeps it in another form.

    Columns: ``row_number``, those of ``beside`` (SQL with names), ``authority``, ``decision`` (which it is: item, authority, number), ``said``
    (members of a JSON object: what was decided) and ``channel`` (the same of who passed it on). The name of a representative is left out.
    """
    for name, column in {"row_number": rows, "taken": taken, "spelt": _spelt(version, table)}.items():
        table = table.append_column(name, column)
    present = [f for f in _stored(version) if f.name not in absent and f.role != "legal_representative"]
    quoted = frozenset(field.name for field in present if field.type == "string")
    channel = [field for field in present if field.role in _CHANNEL]
    cells = ", ".join(["row_number", *beside])
    sql = f"""
        SELECT {cells}, {_authority(version)} AS authority, concat_ws(chr(31), '{version.name}', {_authority(version)}, spelt) AS decision,
            {_members(_said(tuple(present)), quoted, led=False)} AS said, {_members(channel, quoted, led=False)} AS channel
        FROM checked WHERE taken"""  # noqa: S608 (field codes of the catalogue and our own names)
    return calculator.query(sql, checked=table)


def json_sql(version: ItemVersion, *, absent: frozenset[str] = frozenset()) -> str:
    """Return the SQL of a row's cells as the department wrote them (standardised), as one JSON object without empty cells."""
    cells = [
        f"""'"{field.name}":' || to_json("{field.name}")::VARCHAR"""
        for field in _stored(version)
        if field.name not in absent
    ]
    return f"'{{' || concat_ws(',', {', '.join(cells)}) || '}}'"


@lru_cache(maxsize=512)
def _sql(version: ItemVersion, origin: Origin, present: tuple[Field, ...], quoted: frozenset[str], led: bool) -> str:  # noqa: FBT001
    """Return the statement; ``led`` says that the first of the fields is filled in every row, so that its comma need not be cut off."""
    number, decided = version.by_role("decision_number"), version.by_role("decided_on") or version.by_role("changed_on")
    received = f"DATE '{origin.received_on}'"
    day = f'coalesce("d_{decided.name}", {received})' if decided else received
    core = _members(_said(present), quoted, led=led)
    channel = _members([field for field in present if field.role in _CHANNEL], quoted)
    text = _escaped if quoted & {field.name for field in _named(version)} else _filled
    fields = f"'{{', {_doubled('core', bool(quoted))}, {_doubled('channel', bool(quoted))}, '}}'"
    cells = [
        "subject_id", "record_key", f"'{version.name}'", f"'{version.revision.version}'", str(origin.submission), "row_number",
        f"'{origin.agency}'", text("authority"), text("shown"), "day", "content_digest", "published", "instrument", _or_null("first_day"),
        _or_null("shortest_last_day"), _or_null("last_day"), fields, f"'{FIRST_REVISION}'",
    ]  # fmt: skip
    line = ", chr(9), ".join(cells)
    return f"""
        SELECT subject_id, record_key, content_digest, row_number, concat({line}) AS line FROM (
            SELECT *, md5(core) AS content_digest FROM (
                SELECT subject AS subject_id, {_key_sql(version)} AS record_key,
                    row_number, {_authority(version)} AS authority, {f'"{number.name}"' if number else "''"} AS shown, {day} AS day,
                    published, instrument, first_day, shortest_last_day, last_day, {core} AS core, {channel} AS channel
                FROM checked WHERE taken
            )
        )"""  # noqa: S608 (field codes of the catalogue and our own numbers)


def _key_sql(version: ItemVersion) -> str:
    """Return the SQL of which decision a row is about."""
    return f"md5(concat_ws(chr(31), '{version.name}', {_authority(version)}, spelt))"


def _said(present: tuple[Field, ...]) -> list[Field]:
    """Return the fields that say what was decided, whoever passed it on."""
    return [field for field in present if field.role not in _CHANNEL]


def _is_filled(table: pa.Table, field: Field, taken: pa.Array) -> bool:
    empty = pc.is_null(table.column(_typed_column(field).strip('"')))
    return not pc.any(pc.and_(empty, taken)).as_py()


def _doubled(column: str, escaped: bool) -> str:  # noqa: FBT001
    """Return the SQL of a piece of JSON as COPY takes it: its backslashes doubled, where there are any."""
    return (
        f"CASE WHEN contains({column}, '\\') THEN replace({column}, '\\', '\\\\') ELSE {column} END"
        if escaped
        else column
    )


def _spelt(version: ItemVersion, table: pa.Table) -> pa.Array:
    """Return what tells a row's decision from others of the same authority on the same subject: its number, or what the item's key has besides.

    A field of the key that is empty is stood in for by its fallback (a listing without a number by its day).
    """
    spelt = _number_keys(version, table)
    number = version.by_role("decision_number")
    fallback = dict(version.key_fallback)
    if number is not None and (stands_in := fallback.get(number.name)):
        spelt = pc.if_else(pc.equal(spelt, ""), _key_text(version.field(stands_in), table), spelt)
    others = [field for field in map(version.field, version.key) if field.role not in _WHOSE and field != number]
    if not others:
        return spelt
    return pc.binary_join_element_wise(spelt, *(_key_text(field, table) for field in others), "\x1f")


def _key_text(field: Field, table: pa.Table) -> pa.Array:
    """Return a field of the key as text: a day in ISO form, a code however it was spelt."""
    column = whole(table.column(_typed_column(field).strip('"')))
    if field.code_list:
        coded, codes = pc.dictionary_encode(column), code_list(field.code_list)
        found = [(text, codes.find(text)) for text in coded.dictionary.to_pylist()]
        column = pa.array([code.code if code else text for text, code in found], pa.string()).take(coded.indices)
    return pc.fill_null(column if field.type == "string" else pc.cast(column, pa.string()), "")


def _number_keys(version: ItemVersion, table: pa.Table) -> pa.Array:
    """Return the comparison key of each row's decision number; usual writings only lose their 号."""
    field = version.by_role("decision_number")
    if field is None:
        return pa.repeat("", table.num_rows)
    given = whole(table.column(field.name))
    usual = pc.fill_null(pc.match_substring_regex(given, _USUAL_NUMBER), True)
    if holds(given, "第".encode()):
        usual = pc.and_(usual, pc.invert(pc.fill_null(pc.match_substring(given, "第"), False)))
    keys = pc.utf8_rtrim(given, "号")
    if usual.false_count:
        unusual = pc.invert(usual)
        keys = pc.replace_with_mask(keys, unusual, decision_number_key_array(pc.filter(given, unusual)))
    return pc.fill_null(keys, "")


def _needs_escape(table: pa.Table, name: str) -> bool:
    """Tell whether any cell of a column holds what JSON must escape."""
    column = whole(table.column(name))
    if holds(column, b'"') or holds(column, b"\\"):
        return True
    values, _ = text_bytes(column)
    return len(values) > 0 and bool(values.min() < ord(" "))


def _stored(version: ItemVersion) -> list[Field]:
    return [field for field in version.fields if field.privacy is not Privacy.PERSON_IDENTIFIER]


def _members(fields: list[Field], quoted: frozenset[str], *, led: bool | None = None) -> str:
    """Return the SQL of the members of a JSON object, a comma before each; an empty cell is left out (``concat`` passes over null).

    The first comma is left out where ``led`` is given: at once where the first field is filled in every row, else from what came out.
    """
    members = [_member(field, quoted, comma="" if led and field is fields[0] else ",") for field in fields]
    whole = f"concat({', '.join([*members, chr(39) * 2])})"
    return f"substr({whole}, 2)" if led is False else whole


def _member(field: Field, quoted: frozenset[str], *, comma: str) -> str:
    name = f"""'{comma}"{field.name}":"""
    if field.type == "number":
        return f"""{name}' || "n_{field.name}"::VARCHAR"""
    if field.name in quoted:
        return f"""{name}' || to_json("{field.name}")::VARCHAR"""
    return f"""{name}"' || {_typed_column(field)}::VARCHAR || '"'"""


def _named(version: ItemVersion) -> list[Field]:
    """Return the fields that stand in a column of the ledger of their own."""
    roles = ("deciding_authority_code", "registration_authority_code", "deciding_authority", "decision_number")
    return [field for field in map(version.by_role, roles) if field]


def _typed_column(field: Field) -> str:
    prefix = {"number": "n_", "date": "d_"}.get(field.type, "")
    return f'"{prefix}{field.name}"'


def _authority(version: ItemVersion) -> str:
    """Return the SQL of who decided: by code, by name where the source has no codes."""
    roles = ("deciding_authority_code", "registration_authority_code", "deciding_authority")
    columns = [f'"{field.name}"' for field in map(version.by_role, roles) if field]
    return f"coalesce({', '.join([*columns, chr(39) * 2])})"


def _escaped(column: str) -> str:
    """Return the SQL of a text as COPY takes it."""
    return f"replace(replace(replace(replace(coalesce({column}, ''), '\\', '\\\\'), chr(9), '\\t'), chr(10), '\\n'), chr(13), '\\r')"


def _filled(column: str) -> str:
    return f"coalesce({column}, '')"


def _or_null(column: str) -> str:
    return f"coalesce({column}::VARCHAR, '\\N')"
