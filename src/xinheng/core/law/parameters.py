"""Dated values of law (参数): what a limit or a counting rule was on a given day, with its citation.

One YAML file a parameter in ``parameters/``. A change of law is a further value with a later ``from``; none is edited.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any

from xinheng.core.errors import Text
from xinheng.core.law import loading
from xinheng.core.law.instruments import instruments
from xinheng.core.law.loading import Citation, LawDataError

CODES = ("submission-limit", "withdrawal-limit", "market-withdrawal-limit", "period-counting")
UNITS = ("working-day", "rule")
_VALUE_KEYS = {"from", "value", "note"} | loading.CITATION_KEYS


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value and the day from which it holds (``None``: from the beginning), with its citation.

    ``note`` is what a reader is told, ``remark`` what a lawyer should confirm (shown in the reference only).
    """

    from_day: dt.date | None
    value: int | str
    citation: Citation
    note: Text
    remark: Text | None = None


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter and its values in the order of time; ``unit`` is ``working-day`` or ``rule``."""

    code: str
    title: str
    title_en: str
    unit: str
    values: tuple[DatedValue, ...]

    def on(self, day: dt.date) -> DatedValue:
        """Return the value in force on ``day``; raises ``LookupError`` before the first one."""
        for value in reversed(self.values):
            if value.from_day is None or value.from_day <= day:
                return value
        raise LookupError(f"{self.code} has no value on {day}")


def read(text: str) -> Parameter:
    """Return the parameter a YAML text describes; raises :class:`LawDataError` where it breaks the form."""
    document = loading.check_keys(
        loading.parse(text), required=("parameter", "title", "title_en", "unit", "values"), where="parameter"
    )
    code = str(document["parameter"])
    if document["unit"] not in UNITS:
        raise LawDataError(f"{code}: unit {document['unit']!r} is not one of {UNITS}")
    values = tuple(
        _value(row, unit=document["unit"], where=f"{code} value {number}")
        for number, row in enumerate(document["values"], start=1)
    )
    days = [value.from_day or dt.date.min for value in values]
    if not days or days != sorted(set(days)):
        raise LawDataError(f"{code}: values stand in the order of time, one a day, at least one")
    return Parameter(code, document["title"], document["title_en"], document["unit"], values)


def _value(row: Any, *, unit: str, where: str) -> DatedValue:
    fields = loading.check_keys(row, required=_VALUE_KEYS, optional=("remark",), where=where)
    value = fields["value"]
    if unit == "working-day" and (type(value) is not int or value <= 0):
        raise LawDataError(f"{where}: a number of working days is a whole number above 0, not {value!r}")
    if unit == "rule" and not isinstance(value, str):
        raise LawDataError(f"{where}: a rule is named by a word, not {value!r}")
    basis = loading.citation(fields, known=instruments().__contains__, where=where)
    note = loading.text(fields["note"], where=where)
    remark = loading.text(fields["remark"], where=where) if "remark" in fields else None
    return DatedValue(loading.day(fields["from"], where=where), value, basis, note, remark)


@cache
def parameter(code: str) -> Parameter:
    """Return the parameter with this code (see :data:`CODES`); raises ``KeyError`` where there is none."""
    if code not in CODES:
        raise KeyError(code)
    found = read(loading.read_package_file(f"parameters/{code}.yaml"))
    if found.code != code:
        raise LawDataError(f"parameters/{code}.yaml calls itself {found.code!r}")
    return found


def working_days(code: str, *, on: dt.date) -> int:
    """Return a limit in working days as it stood on the day ``on``."""
    return int(parameter(code).on(on).value)
