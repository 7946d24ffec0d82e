"""The slow, obvious twin of the rules: one row at a time, if and else, no SQL, nothing vectorised.

Written from the rules' own texts (domain facts §2.5 and the headings in ``core/intake/rules``), not from their predicates. Only the
scalar forms of identifiers, dates, amounts, names and kinds are borrowed: they have twins of their own.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.spec.rules.desk import NO_CODE, PaperRegister

from xinheng.core.catalogue.item import Effect, Field, ItemVersion, Privacy
from xinheng.core.intake.rules.placeholders import PLACEHOLDERS
from xinheng.core.law.kinds import PenaltyKind, read_kinds
from xinheng.core.standards import organization_code, registration_number, uscc
from xinheng.core.standards.dates import parse_date
from xinheng.core.standards.money import Unit, amounts_in, parse_fen
from xinheng.core.standards.names import name_key, standardise_name
from xinheng.core.standards.resident_id import find_personal
from xinheng.core.subjects.by_name import BY_NAME, may_attach
from xinheng.core.subjects.subject import CodeKind

CODES = (
    "uscc", "registration_number", "organization_code", "deciding_authority_code", "source_agency_code",
    "registration_authority_code",
)  # fmt: skip
SUBJECT_CODES = (
    "uscc", "registration_number", "organization_code", "taxpayer_number", "institution_number", "social_organization_number",
    "tax_number",
)  # fmt: skip
AUTHORITIES = ("deciding_authority_code", "source_agency_code", "registration_authority_code")
ORDER = ("warn", "wait", "reject")
Said = Iterator[tuple[str, str, str]]


@dataclass
class Row:
    """One row as the rules see it."""

    version: ItemVersion
    cells: dict[str, str | None]
    dropped: list[str]
    name_changed: bool
    register: PaperRegister
    today: dt.date
    late_before: dt.date
    agency: str

    def field(self, role: str) -> Field | None:
        return self.version.by_role(role)

    def get(self, role: str) -> str | None:
        field = self.version.by_role(role)
        return None if field is None else self.cells[field.name]

    def day(self, role: str) -> dt.date | None:
        text = self.get(role)
        return None if text is None else parse_date(text)

    def fen(self, role: str) -> int | None:
        field, text = self.field(role), self.get(role)
        return None if field is None or text is None else parse_fen(text, unit=unit_of(field))

    @property
    def code_is_right(self) -> bool:
        return uscc.is_valid(self.get("uscc") or "")

    @property
    def has_other_code(self) -> bool:
        return any(code is not None for _, code in self.codes[1:])

    @property
    def subject(self) -> int | None:
        by_code = self.subject_by_code
        return self.subject_by_name if by_code is None else by_code

    @property
    def subject_by_code(self) -> int | None:
        for kind, code in self.codes:
            if code is not None and self.register.owner(kind, code) is not None:
                return self.register.owner(kind, code)
        return None

    @property
    def subject_by_name(self) -> int | None:
        """Whose a favourable or neutral row is by its exact name, where no code speaks against it."""
        key = name_key(self.get("counterpart_name") or "")
        if self.version.effect not in BY_NAME or self.subject_by_code is not None or not may_attach(key):
            return None
        if any(kind is CodeKind.USCC and code is not None for kind, code in self.codes):
            return None
        right = {
            "uscc": self.codes[0][1],
            "registration_number": self.codes[1][1],
            "organization_code": self.codes[2][1],
            "taxpayer_number": self.codes[3][1] or self.codes[4][1],
        }
        if any(self.get(role) is not None and code is None for role, code in right.items()):
            return None
        found = self.register.bearer(key, self.named_on)
        given = self.codes[2][1] or self.codes[4][1]
        if found is None or (given is not None and given != (self.register.entries[found].uscc or "")[8:17]):
            return None
        return found

    @property
    def named_on(self) -> dt.date:
        """The day on which the name must be borne: of the decision, or the last of the year that an evaluation is about."""
        if self.field("decided_on") is not None:
            return self.day("decided_on") or self.today
        year = self.get("evaluated_year")
        return (parse_date(f"{year.strip()}-12-31") if year else None) or self.today

    @property
    def codes(self) -> list[tuple[CodeKind, str | None]]:
        """The right codes of the row, in the order in which they are asked: the unified code first."""
        tax = self.get("taxpayer_number") or ""
        inner = tax[6:] if len(tax) == 15 and all(sign in "0123456789" for sign in tax[:6]) else ""
        given = (
            (CodeKind.USCC, self.get("uscc") or "", uscc.is_valid),
            (CodeKind.REGISTRATION_NUMBER, self.get("registration_number") or "", registration_number.is_valid),
            (CodeKind.ORGANIZATION_CODE, self.get("organization_code") or "", organization_code.is_valid),
            (CodeKind.USCC, tax, uscc.is_valid),
            (CodeKind.ORGANIZATION_CODE, inner, organization_code.is_valid),
        )
        return [(kind, code if is_valid(code) else None) for kind, code, is_valid in given]


def unit_of(field: Field) -> Unit:
    return "万元" if field.unit == "万元" else "元"


def row_of(version: ItemVersion, given: Mapping[str, str | None], **around: object) -> Row:
    cells: dict[str, str | None] = {}
    dropped, changed = [], False
    for field in version.fields:
        text = given.get(field.name)
        cell = None if text is None or not text.strip() else text.strip()
        if field.privacy is Privacy.PERSON_IDENTIFIER:
            if cell is not None:
                dropped.append(field.name)
            cell = None
        elif cell is not None and field.role == "counterpart_name":
            if not any(is_control(sign) for sign in cell):
                cell = standardise_name(cell) or None
            changed = cell is not None and cell != text
        elif cell is not None and field.role in CODES:
            plain = unicodedata.normalize("NFKC", cell).upper()
            cell = "".join(sign for sign in plain if sign not in " -\t\u00ad\u200b\ufeff") or cell
        cells[field.name] = cell
    return Row(version, cells, dropped, changed, **around)  # type: ignore[arg-type]


def is_control(sign: str) -> bool:
    return (ord(sign) < 32 and sign not in "\t\n\r") or ord(sign) == 127


def judge(row: Row) -> tuple[str, list[str]]:
    """Return the verdict and what is said: rule, column, level, sorted."""
    kind = row.field("counterpart_kind")
    if kind is not None and row.cells[kind.name] == "自然人":
        said = [("V06", kind.name, "reject")]
    else:
        said = [one for rule in RULES for one in rule(row)]
    worst = max((ORDER.index(level) for _, _, level in said), default=0)
    return ("accepted", "waiting", "rejected")[worst], sorted(" ".join(one) for one in said)


def mandatory(row: Row) -> Said:
    for field in row.version.fields:
        if field.required and row.cells[field.name] is None:
            yield "S01", field.name, "warn" if field.allowance else "reject"


def required_groups(row: Row) -> Said:
    for group in row.version.groups:
        of_codes = all((row.version.field(name).role or "") in SUBJECT_CODES for name in group)
        known = row.version.effect in BY_NAME and of_codes and row.subject is not None
        if not known and all(row.cells[name] is None for name in group):
            yield "S11", group[0], "reject"


def every_cell(row: Row) -> Said:
    for field in row.version.fields:
        cell = row.cells[field.name]
        if cell is None:
            continue
        if field.type == "string" and field.max_length is not None and len(cell) > field.max_length:
            yield "S02", field.name, "reject"
        if any(is_control(sign) for sign in cell):
            yield "S06", field.name, "reject"
        if field.type == "string" and not is_proven(field) and is_formula(cell):
            yield "S07", field.name, "reject"
        if field.type == "date" and parse_date(cell) is None:
            yield "S03", field.name, "reject"
        if field.type == "number" and parse_fen(cell, unit=unit_of(field)) is None:
            yield "S04", field.name, "reject"
        if (
            field.type == "number"
            and parse_fen(cell, unit=unit_of(field)) is not None
            and not set(cell) <= set("0123456789.")
        ):
            yield "S04", field.name, "warn"
        if field.type == "integer" and not (len(cell) <= 15 and cell.isascii() and cell.isdigit()):
            yield "S12", field.name, "reject"
        if field.codes and not field.multiple and cell not in field.codes:
            yield "S05", field.name, "reject"


def is_proven(field: Field) -> bool:
    """Tell whether the list of codes or the check digit lets no formula through."""
    return bool(field.codes) or field.role in ("uscc", *AUTHORITIES)


def is_formula(cell: str) -> bool:
    if cell[0] in "=@":
        return True
    return cell[0] in "+-" and any(sign in cell.split("\n")[0][1:] for sign in "(|!")


def placeholders(row: Row) -> Said:
    for field in row.version.fields:
        cell = row.cells[field.name]
        if field.required and field.type == "string" and not field.codes and cell is not None:
            nothing_to_see = all(unicodedata.category(sign) in ("Cf", "Zs", "Zl", "Zp") for sign in cell)
            if cell in PLACEHOLDERS or (nothing_to_see and len(cell.encode()) <= 15):
                yield "V11", field.name, "reject"


def kinds_of_penalty(row: Row) -> Said:
    field, text = row.field("penalty_kinds"), row.get("penalty_kinds")
    if field is None or text is None:
        return
    reading = read_kinds(text)
    if reading.unknown or not reading.kinds:
        yield "S05", field.name, "reject"


def codes(row: Row) -> Said:
    field, code = row.field("uscc"), row.get("uscc")
    assert field is not None
    register = row.version.effect is Effect.REGISTER
    if code is not None and not row.code_is_right and (register or code != NO_CODE):
        yield "V01", field.name, "reject"
    if register:
        if code is None:
            yield "V01", field.name, "reject"
        return
    taxpayer = row.field("taxpayer_number")
    unknown = code is None and row.subject is None and not row.has_other_code
    if taxpayer is not None:
        if unknown and row.get("taxpayer_number") is not None:
            yield "V01", taxpayer.name, "reject"
    elif unknown:
        yield "V01", field.name, "reject"
    elif code is None and row.subject_by_code is not None:
        yield "V01", field.name, "warn"
    if row.code_is_right and not organization_code.is_valid((code or "")[8:17]):
        yield "V01", field.name, "warn"
    if row.subject is None and (row.code_is_right or (code is None and row.has_other_code)):
        yield "W01", field.name, "wait"
    if row.subject is None and code == NO_CODE:
        yield "W02", field.name, "wait"
    name = row.field("counterpart_name")
    if row.subject_by_name is not None and name is not None:
        yield "W03", name.name, "warn"


def kinds_of_counterpart(row: Row) -> Said:
    field, kind = row.field("counterpart_kind"), row.get("counterpart_kind")
    if field is None or not row.code_is_right:
        return
    shop = (row.get("uscc") or "").startswith("92")
    if (shop and kind == "法人及非法人组织") or (not shop and kind == "个体工商户"):
        yield "V02", field.name, "reject"


def kinds_of_subject(row: Row) -> Said:
    field = row.field("uscc")
    shop = row.code_is_right and (row.get("uscc") or "").startswith("92")
    if field is not None and shop and "个体工商户" not in row.version.subject_kinds:
        yield "V14", field.name, "reject"


def names(row: Row) -> Said:
    field, name = row.field("counterpart_name"), row.get("counterpart_name")
    assert field is not None
    if row.name_changed:
        yield "V13", field.name, "warn"
    if row.version.effect is not Effect.REGISTER and row.subject is not None:
        keys = row.register.keys(row.subject)
        if name is None or (name != row.register.entries[row.subject].name and name_key(name) not in keys):
            yield "1001", field.name, "reject"


def days(row: Row) -> Said:
    for role in ("decided_on", "established_on", "changed_on"):
        field, day = row.field(role), row.day(role)
        if field is not None and day is not None and (day > row.today or day < dt.date(1949, 10, 1)):
            yield "V07", field.name, "reject"
    decided = row.day("decided_on")
    ends = [
        ("valid_until", "decided_on"),
        ("valid_until", "valid_from"),
        ("publication_until", "decided_on"),
        ("ended_on", "decided_on"),
        ("removed_on", "decided_on"),
        ("period_until", "period_from"),
    ]
    for role, before in ends:
        field, day, begin = row.field(role), row.day(role), row.day(before)
        if field is not None and begin is not None and day is not None and day < begin:
            yield "V07", field.name, "reject"
    year, written = row.field("evaluated_year"), row.get("evaluated_year")
    if year is not None and written is not None and not _is_past_year(written, row.today.year):
        yield "V07", year.name, "reject"
    field = row.field("decided_on")
    both = row.field("penalty_kinds") or row.field("permit_kind")
    if both and field is not None and decided is not None and decided < row.late_before:
        yield "V04", field.name, "warn"


def _is_past_year(written: str, now: int) -> bool:
    return len(written) == 4 and all("0" <= sign <= "9" for sign in written) and 1900 <= int(written) <= min(now, 2099)


def procedure(row: Row) -> Said:
    field = row.field("procedure")
    if field is not None and row.get("procedure") == "简易程序":
        yield "V05", field.name, "reject"


def fines(row: Row) -> Said:
    fine, content, text = row.field("fine"), row.get("content"), row.get("fine")
    kinds = set(read_kinds(row.get("penalty_kinds") or "").kinds)
    if fine is None:
        return
    amount = row.fen("fine")
    if PenaltyKind.FINE in kinds and (text is None or amount == 0):
        yield "V08", fine.name, "reject"
    if amount and content is not None:
        said = amounts_in(content)
        if said and amount not in said and amount != sum(said):
            yield "V08", fine.name, "warn"


def other_dues(row: Row) -> Said:
    kinds = set(read_kinds(row.get("penalty_kinds") or "").kinds)
    taken = {PenaltyKind.CONFISCATION_OF_GAINS, PenaltyKind.CONFISCATION_OF_PROPERTY}
    licence = {
        PenaltyKind.LICENCE_SUSPENSION,
        PenaltyKind.LICENCE_REVOCATION,
        PenaltyKind.LICENCE_SUSPENSION_OR_REVOCATION,
    }
    for role, due in (("confiscation", taken), ("licence", licence)):
        field = row.field(role)
        if field is not None and due & kinds and row.get(role) is None:
            yield "V08", field.name, "warn"


def authorities(row: Row) -> Said:
    for role in AUTHORITIES:
        field, code = row.field(role), row.get(role)
        if field is None or code is None:
            continue
        if not uscc.is_valid(code):
            yield "V09", field.name, "reject"
        elif code[:2] not in ("11", "12"):
            yield "V09", field.name, "warn"
        if role == "source_agency_code" and uscc.is_valid(code) and code != row.agency:
            yield "V09", field.name, "warn"


def private_numbers(row: Row) -> Said:
    for name in row.dropped:
        yield "P01", name, "warn"
    for field in row.version.fields:
        cell = row.cells[field.name]
        coded = field.codes and not field.other
        if cell is None or field.type != "string" or coded or field.role in ("uscc", *AUTHORITIES):  # proven otherwise
            continue
        if field.role == "registration_number" and registration_number.is_valid(cell):
            continue
        if find_personal(cell):
            yield "V12", field.name, "warn"


RULES = (
    mandatory, required_groups, every_cell, placeholders, kinds_of_penalty, codes, kinds_of_counterpart, kinds_of_subject, names, days, procedure, fines, other_dues,
    authorities, private_numbers,
)  # fmt: skip
