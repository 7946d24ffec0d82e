"""The defects (and harmless oddities) that are planted, each with what a right check must say of the row.

Codes are those of the platform's rules; ``expected`` is what becomes of the row when submitted on the sample's day
to a platform that holds the sample's register. Lateness (V04) is not planted: it follows from the dates of all rows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, StrEnum

from xinheng.core.sample import edits
from xinheng.core.sample.edits import Cells, Circumstance
from xinheng.core.sample.layouts import Layout


class Expected(StrEnum):
    """What becomes of a row; a warned row is accepted."""

    ACCEPTED = "accepted"
    WARNED = "warned"
    UNCHANGED = "unchanged"
    WAITING = "waiting"
    REJECTED = "rejected"


class Need(Enum):
    """What a defect needs beyond an edit of the row."""

    NOTHING = "nothing"
    RAGGED = "ragged"  # the line itself loses or gains a cell
    EARLIER_ROW = "earlier-row"  # the row repeats a clean one before it
    UNKNOWN_SUBJECT = "unknown-subject"
    RENAMED_SUBJECT = "renamed-subject"


@dataclass(frozen=True, slots=True)
class Defect:
    """One kind of defect: its name, what must become of the row, the rule that says so, the edit, and what it needs.

    ``follows`` are the rules that the same cell breaks with it, in the same measure. ``columns`` must be in the file, ``without`` must not;
    ``person`` says that the row is about a made-up natural person.
    """

    kind: str
    expected: Expected
    code: str
    edit: Callable[[Cells, Circumstance], str]
    need: Need = Need.NOTHING
    columns: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    person: bool = False

    def fits(self, layout: Layout) -> bool:
        """Tell whether a file of this layout has the columns that the defect is about, and lacks those that it must not have."""
        return set(self.columns) <= set(layout.fields) and not set(self.without) & set(layout.fields)


def _rejected(code: str, edit: Callable[[Cells, Circumstance], str], kind: str = "") -> Defect:
    return Defect(kind or edit.__name__.replace("_", "-"), Expected.REJECTED, code, edit)


def _warned(code: str, edit: Callable[[Cells, Circumstance], str], columns: tuple[str, ...] = ()) -> Defect:
    return Defect(edit.__name__.replace("_", "-"), Expected.WARNED, code, edit, columns=columns)


def _person(
    kind: str, expected: Expected, code: str, edit: Callable[[Cells, Circumstance], str], *, taken: bool = True
) -> Defect:
    """Return a row about a made-up person, for files with the column of numbers where persons are ``taken``, else for files without it."""
    columns, without = (("CF_XDR_ZJHM",), ()) if taken else ((), ("CF_XDR_ZJHM",))
    return Defect(kind, expected, code, edit, columns=columns, without=without, person=True)


MANDATORY_MISSING = _rejected("S01", edits.mandatory_missing)
LOOSE_NAME = _warned("V13", edits.loose_name)

DEFECTS: tuple[Defect, ...] = (
    _rejected("V01", edits.wrong_check),
    _rejected("V01", edits.letter_for_digit),
    _rejected("V01", edits.code_missing),
    _rejected("V02", edits.wrong_kind),
    _rejected("1001", edits.other_name),
    Defect("unknown-subject", Expected.WAITING, "W01", edits.unknown_subject, Need.UNKNOWN_SUBJECT),
    MANDATORY_MISSING,
    _rejected("S02", edits.too_long),
    _rejected("S03", edits.thirtieth_of_february),
    _rejected("V07", edits.decided_in_future),
    _rejected("V07", edits.decided_in_2099),
    _rejected("V07", edits.ends_before_decision),
    _rejected("S04", edits.not_an_amount),
    _warned("S04", edits.dressed_amount),
    _rejected("V08", edits.fine_missing),
    _rejected("V08", edits.fine_of_zero),
    _warned("V08", edits.fine_in_yuan),
    _rejected("S05", edits.unknown_kind),
    _rejected("V11", edits.placeholder),
    _rejected("S06", edits.null_byte),
    _rejected("S07", edits.formula),
    Defect("ragged-row", Expected.REJECTED, "S08", edits.nothing, Need.RAGGED),
    Defect("digits-lost", Expected.REJECTED, "S10", edits.digits_lost, follows=("V01",)),  # what is left is no code
    _rejected("V09", edits.wrong_agency_code),
    Defect("other-content", Expected.REJECTED, "V10", edits.other_content, Need.EARLIER_ROW),
    Defect("exact-duplicate", Expected.UNCHANGED, "", edits.nothing, Need.EARLIER_ROW),
    _warned("V12", edits.identity_in_facts),
    _warned("V12", edits.phone_in_facts),
    _person("natural-person", Expected.REJECTED, "V06", edits.natural_person, taken=False),
    _person("made-up-person", Expected.ACCEPTED, "", edits.natural_person),
    _person("person-with-wrong-number", Expected.REJECTED, "N02", edits.person_with_wrong_number),
    _person("person-with-code", Expected.REJECTED, "N04", edits.person_with_code),
    _warned("P01", edits.representative_identity, columns=("CF_FR_ZJHM",)),
    Defect("summary-procedure", Expected.REJECTED, "V05", edits.summary_procedure, columns=("XH_CX",)),
    LOOSE_NAME,
    Defect("former-name", Expected.ACCEPTED, "", edits.former_name, Need.RENAMED_SUBJECT),
)
