"""The columns of a workbook to fill in: those of the item without what is never kept, and the values that may be chosen."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name

from xinheng.core.catalogue.item import Effect, Field, ItemVersion, Privacy

REQUIRED, GROUPED = "★", "◆"
FIRST_ROW, LAST_ROW = 2, 50_001  # spreadsheet rows that carry validation; rows below may be filled as well
SUMMARY = "简易程序"  # such penalties are not collected (rule V05)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the workbook: the field, its place from 0, and the values of its drop-down, empty where any may be written."""

    field: Field
    place: int
    choices: tuple[str, ...]
    mark: str

    @property
    def letter(self) -> str:
        """The letters of the column (``AB``)."""
        return str(xl_col_to_name(self.place))

    @property
    def cell(self) -> str:
        """The column's first cell as a formula names it from any cell of its row (``$AB2``)."""
        return f"${self.letter}{FIRST_ROW}"

    @property
    def heading(self) -> str:
        """The heading: Chinese name, code, and a mark where it must be filled."""
        return f"{self.field.title}（{self.field.name}）{self.mark}"


def columns_of(version: ItemVersion) -> tuple[Column, ...]:
    """Return the columns, in the order of the layout."""
    fields = [field for field in version.fields if _is_offered(field)]
    return tuple(
        Column(field, place, choices_of(version, field), _mark(version, field)) for place, field in enumerate(fields)
    )


def choices_of(version: ItemVersion, field: Field) -> tuple[str, ...]:
    """Return the values that may be chosen and would be taken."""
    if field.role == "counterpart_kind":
        return tuple(code for code in field.codes if code in version.subject_kinds)
    if field.role == "procedure" and version.effect is Effect.ADVERSE:
        return tuple(code for code in field.codes if code != SUMMARY)
    return field.codes


def _is_offered(field: Field) -> bool:
    """Tell whether anybody should fill the field in: identity numbers are dropped, their kinds say nothing then."""
    return field.privacy is not Privacy.PERSON_IDENTIFIER and not field.role.endswith("_id_kind")


def _mark(version: ItemVersion, field: Field) -> str:
    if field.required and not field.allowance:
        return REQUIRED
    return GROUPED if any(field.name in group for group in version.groups) else ""
