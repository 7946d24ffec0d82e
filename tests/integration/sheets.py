"""Sheets as a department makes them: rows of the generator, changed where a test wants something of them."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import openpyxl

from xinheng.core.sample.layouts import HEADINGS
from xinheng.core.sample.write import write_sample

TODAY = dt.date(2026, 3, 2)
PENALTY = "administrative-penalty"
REGISTRATION = "legal-entity-registration"
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Province:
    """A small province: its register, its agencies and clean penalty rows (by field code), seen on ``TODAY``.

    Every row is about another organisation of the register, with a fine, decided some days before ``TODAY``.
    """

    register: tuple[Row, ...]
    agencies: tuple[Row, ...]
    penalties: tuple[Row, ...]

    @property
    def agency(self) -> str:
        """The code of the agency that the rows are of."""
        return self.penalties[0]["CF_SJLYDM"]

    @property
    def other_agency(self) -> str:
        """The code of another one."""
        return next(
            row["uscc"] for row in self.agencies if row["uscc"] not in (self.agency, self.penalties[0]["CF_CFJGDM"])
        )

    def penalty(self, number: int = 0, **cells: str) -> Row:
        """Return a clean row with some cells changed."""
        return {**self.penalties[number], **cells}

    def register_sheet(self) -> bytes:
        """Return the register as a seed file."""
        return csv_bytes(self.register, list(self.register[0]))

    def without(self, *codes: str) -> Province:
        """Return the same province with a register that lacks some subjects."""
        return replace(self, register=tuple(row for row in self.register if row["uscc"] not in codes))


class _Kept(io.BytesIO):
    content = b""

    def close(self) -> None:
        self.content = self.getvalue()
        super().close()


@cache
def small_province() -> Province:
    """Return the province that most tests use."""
    outputs: dict[str, _Kept] = {}

    def opened(name: str) -> _Kept:
        return outputs.setdefault(name, _Kept())

    summary = write_sample(opened, organisations=400, records=3600, seed=11, today=TODAY, defects=0, single_file=False)
    file = summary.files[0]
    by_code = {heading: code for code, heading in HEADINGS.items()}
    penalties: dict[str, Row] = {}
    for row in _rows(outputs[file.name].content):
        cells = {by_code[heading]: text for heading, text in row.items()}
        if cells["CF_CFLB"] == "罚款" and cells["CF_XDR_LB"] == "法人及非法人组织":
            day = (TODAY - dt.timedelta(days=3)).isoformat()
            terms = {
                "CF_JDRQ": day,
                "CF_YXQ": "2099-12-31",
                "CF_GSJZQ": "",
                "CF_SJLYDM": file.agency,
                "CF_SJLY": file.agency_name,
            }
            penalties.setdefault(cells["CF_XDR_SHXYM"], {**cells, **terms})
    register = tuple(_rows(outputs["register.csv"].content))
    return Province(register, tuple(_rows(outputs["agencies.csv"].content)), tuple(penalties.values()))


def _rows(content: bytes) -> list[Row]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def penalty_sheet(*rows: Row, fields: Sequence[str] = tuple(HEADINGS), encoding: str = "utf-8") -> bytes:
    """Return penalty rows (by field code) as the CSV that a department hands in."""
    named = [{HEADINGS[code]: row.get(code, "") for code in fields} for row in rows]
    return csv_bytes(named, [HEADINGS[code] for code in fields], encoding=encoding)


def csv_bytes(rows: Iterable[Mapping[str, str]], header: Sequence[str], *, encoding: str = "utf-8") -> bytes:
    """Return rows as CSV."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(header), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def workbook(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a sheet as an XLSX of text cells."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(list(header))
    for row in rows:
        sheet.append([None if cell == "" else cell for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def registration(uscc: str, name: str, **cells: str) -> Row:
    """Return a row of ``legal-entity-registration`` by field code."""
    return {"FR_MC": name, "FR_SHXYM": uscc, **cells}
