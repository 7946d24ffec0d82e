"""The instruments (规范性文件) that values of law cite: number, title, days in force, and where they were read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from xinheng.core.errors import Text
from xinheng.core.law import loading
from xinheng.core.law.loading import Citation, LawDataError

KEYS = ("code", "number", "title", "title_en", "from", "until", "source", "sure")


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, order or notice; ``until`` is the first day it no longer holds, ``None`` while it does."""

    code: str
    number: str
    title: str
    title_en: str
    from_day: dt.date
    until: dt.date | None
    source: str
    sure: str

    def in_force(self, on: dt.date) -> bool:
        """Tell whether it holds on the day ``on``."""
        return self.from_day <= on and (self.until is None or on < self.until)

    def cite(self, article: str = "") -> Text:
        """Return the citation in both languages, for a reason or a page."""
        return Text(f"《{self.title}》（{self.number}）{article}", f"{self.title_en} ({self.number}) {article}".strip())


def read(text: str) -> dict[str, Instrument]:
    """Return the instruments of a YAML text by code; raises :class:`LawDataError` where a row breaks the form."""
    document = loading.check_keys(loading.parse(text), required=("instruments",), where="instruments")
    found: dict[str, Instrument] = {}
    for number, row in enumerate(document["instruments"], start=1):
        instrument = _instrument(row, where=f"instrument {number}")
        if instrument.code in found:
            raise LawDataError(f"instrument {instrument.code!r} is there twice")
        found[instrument.code] = instrument
    return found


def _instrument(row: object, *, where: str) -> Instrument:
    fields = loading.check_keys(row, required=KEYS, where=where)
    first, until = loading.day(fields["from"], where=where), loading.day(fields["until"], where=where)
    if first is None or (until is not None and until <= first):
        raise LawDataError(f"{where}: an instrument has a first day, and it comes before its end")
    if fields["sure"] not in loading.SURE:
        raise LawDataError(f"{where}: sure is {fields['sure']!r}")
    words = [str(fields[key] or "").strip() for key in ("code", "number", "title", "title_en", "source")]
    if not all(words) or " " in words[0]:
        raise LawDataError(f"{where}: code, number, both titles and source are filled, and a code has no space")
    code, number, title, title_en, source = words
    return Instrument(code, number, title, title_en, first, until, source, fields["sure"])


@cache
def instruments() -> MappingProxyType[str, Instrument]:
    """Return every instrument by its code."""
    return MappingProxyType(read(loading.read_package_file("instruments.yaml")))


def instrument(code: str) -> Instrument:
    """Return the instrument with this code; raises ``KeyError`` where there is none."""
    return instruments()[code]


def cite(basis: Citation) -> Text:
    """Return the words of a citation: title, number and, where verified, article."""
    return instrument(basis.instrument).cite(basis.article)
