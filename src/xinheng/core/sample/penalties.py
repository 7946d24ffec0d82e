"""The made-up penalty decisions, a block of rows at a time: the columns of a clean file.

Row ``n`` is a function of the seed and ``n``; defects are planted afterwards (see ``defects.py``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from xinheng.core.sample.agencies import AGENCIES, Agency, sector_agency
from xinheng.core.sample.amounts import Amounts
from xinheng.core.sample.draws import Bools, Ints, Texts, pool, slots
from xinheng.core.sample.kinds import LAW_OF_2021, OF_2018, OF_2021, weighted
from xinheng.core.sample.layouts import HEADINGS, Layout
from xinheng.core.sample.organisations import EPOCH, ORGAN, SHOP, Population
from xinheng.core.sample.places import CITIES
from xinheng.core.sample.sectors import SECTORS
from xinheng.core.sample.texts import TextMaker
from xinheng.core.sample.words import PEOPLE

FIRST_DECISION = dt.date(2017, 8, 1)
Columns = dict[str, list[str]]

_ERA = (LAW_OF_2021 - EPOCH).days
_EARLIEST = (FIRST_DECISION - EPOCH).days
_FINES = Amounts.of("罚款人民币", count=20_000)
_TAKEN = Amounts.of("没收金额", count=8_000)
_CHOICES = (*OF_2018, *OF_2021)
_CELLS, _BEFORE, _AFTER = (pool([getattr(choice, part) for choice in _CHOICES]) for part in ("cell", "before", "after"))
_HAS_FINE, _HAS_TAKEN, _HAS_LICENCE = (
    np.array([getattr(choice, part) for choice in _CHOICES]) for part in ("fine", "confiscation", "licence")
)
_PEOPLE = pool(PEOPLE)
_KINDS = pool(["法人及非法人组织", "个体工商户"])
_AGENCY_NAMES, _AGENCY_CODES = pool([each.name for each in AGENCIES]), pool([each.uscc for each in AGENCIES])
_DOMAINS = pool([sector.domain for sector in SECTORS])
_LETTERS = pool(["苏" + sector.letters for sector in SECTORS] + [c.letter + s.letters for c in CITIES for s in SECTORS])
_DAYS = [EPOCH + dt.timedelta(days=number) for number in range(18_000)]
_DATED = [day.strftime(form) for day in _DAYS for form in ("%Y-%m-%d", "%Y/%m/%d")]
_DATES = pool([*_DATED, "2099-12-31", "2099/12/31", "", ""])
_LONG_TERM, _NO_DAY = len(_DAYS), len(_DAYS) + 1  # places in the table of dates behind the last day
_YEARS = np.array([day.year for day in _DAYS])
_VALID_DAYS = np.array([365, 365, 365, 1095, -1])  # -1: without end
_REMARKS = 12


@dataclass(frozen=True, slots=True)
class Delivery:
    """Whose decisions a file holds: the agency that hands it in, its sector (none: all of them) and the columns."""

    agency: Agency
    sector: int | None
    layout: Layout


@dataclass(frozen=True, slots=True)
class Block:
    """A block of clean rows: the columns by field code, and what the planting of defects needs to know of each row."""

    columns: Columns
    subjects: Ints
    days: Ints
    fines: Ints  # places in the table of amounts, -1 without a fine


@dataclass(frozen=True, slots=True)
class PenaltyMaker:
    """Makes the rows of penalty files about the organisations of a population, decided before ``today``."""

    population: Population
    today: dt.date

    def subjects(self, rows: Ints) -> Ints:
        """Return the organisation of each row: some are penalised often, government organs hardly ever."""
        draw, size = self.population.draws.below, self.population.size
        chosen = np.minimum(draw("subject", rows, size), draw("subject-again", rows, size))
        for attempt in ("second", "third"):
            organs = self.population.kinds(chosen) >= ORGAN
            chosen = np.where(organs, draw(f"subject-{attempt}", rows, size), chosen)
        return chosen

    def block(self, rows: Ints, subjects: Ints, delivery: Delivery) -> Block:
        """Return the clean rows with these numbers about these subjects."""
        sectors = self._sectors(rows, delivery)
        days = self._days(rows, subjects)
        columns: Columns = {field: [""] * len(rows) for field in HEADINGS}
        columns |= self._parties(rows, subjects) | self._authorities(rows, subjects, sectors, days)
        columns |= self._texts(rows, subjects, sectors, days) | self._validity(rows, days)
        imposed, fines = self._imposed(rows, sectors, days, delivery.layout)
        columns |= imposed
        columns |= {"CF_SJLY": [delivery.agency.name] * len(rows), "CF_SJLYDM": [delivery.agency.uscc] * len(rows)}
        return Block(columns, subjects, days, fines)

    def _sectors(self, rows: Ints, delivery: Delivery) -> Ints:
        if delivery.sector is not None:
            return np.full(len(rows), delivery.sector, dtype=np.int64)
        return self.population.draws.below("sector", rows, len(SECTORS))

    def _days(self, rows: Ints, subjects: Ints) -> Ints:
        """Return working-week days from August 2017 (or the founding) to yesterday."""
        first = np.maximum(self.population.starts(subjects) + 30, _EARLIEST)
        days = first + self.population.draws.below("decided", rows, (self.today - EPOCH).days - first)
        weekday = (days + EPOCH.weekday()) % 7
        return np.where((weekday >= 5) & (days - 2 > first), days - (weekday - 4), days)

    def _parties(self, rows: Ints, subjects: Ints) -> Columns:
        usccs = self.population.usccs(subjects)
        shops = self.population.kinds(subjects) == SHOP
        with_inner = ~shops & self.population.draws.hits("inner-code", rows, per_thousand=150)
        return {
            "CF_XDR_MC": self.population.current_names(subjects),
            "CF_XDR_LB": _KINDS.take(shops.astype(np.int64)).tolist(),
            "CF_XDR_SHXYM": usccs,
            "CF_XDR_ZZJG": [uscc[8:17] if has else "" for uscc, has in zip(usccs, with_inner.tolist(), strict=True)],
            "CF_FRDB": _PEOPLE.take(self.population.draws.below("person", subjects, len(_PEOPLE))).tolist(),
        }

    def _authorities(self, rows: Ints, subjects: Ints, sectors: Ints, days: Ints) -> Columns:
        levels = 1 + self.population.cities(subjects)
        levels[self.population.draws.hits("provincial", rows, per_thousand=30)] = 0
        agencies = sector_agency(0, level=0) + sectors * (1 + len(CITIES)) + levels
        parts = (
            _LETTERS.take(levels * len(SECTORS) + sectors).tolist(),
            _YEARS.take(days).tolist(),
            (rows + 1).tolist(),
        )
        return {
            "CF_CFJG": _AGENCY_NAMES.take(agencies).tolist(),
            "CF_CFJGDM": _AGENCY_CODES.take(agencies).tolist(),
            "CF_WSH": [f"{letters}罚〔{year}〕{number}号" for letters, year, number in zip(*parts, strict=True)],
            "XH_LY": _DOMAINS.take(sectors).tolist(),
            "XH_CX": ["普通程序"] * len(rows),
        }

    def _texts(self, rows: Ints, subjects: Ints, sectors: Ints, days: Ints) -> Columns:
        maker = TextMaker(self.population.draws)
        types, seen = maker.conduct(rows, sectors)
        counties = self.population.counties(subjects)
        remarks = self.population.draws.below("remark", rows, _REMARKS).tolist()
        return {
            "CF_WFXW": types,
            "CF_SY": maker.facts(rows, sectors, days=days, counties=counties, seen=seen),
            "CF_YJ": maker.bases(rows, sectors),
            "BZ": ["" if remark else "由执法办案系统导出" for remark in remarks],
        }

    def _validity(self, rows: Ints, days: Ints) -> Columns:
        draw = self.population.draws.below
        lengths = _VALID_DAYS.take(draw("validity", rows, len(_VALID_DAYS)))
        ends = np.where(lengths < 0, _LONG_TERM, days + lengths)
        published = np.where(draw("published", rows, 10) < 3, days + 365, _NO_DAY)
        slashed = (draw("date-form", rows, 100) < 85).astype(np.int64)
        fields = (("CF_JDRQ", days), ("CF_YXQ", ends), ("CF_GSJZQ", published))
        return {field: _DATES.take(of * 2 + slashed).tolist() for field, of in fields}

    def _imposed(self, rows: Ints, sectors: Ints, days: Ints, layout: Layout) -> tuple[Columns, Ints]:
        draws, maker = self.population.draws, TextMaker(self.population.draws)
        choices = self._choices(rows, days, layout)
        fines = np.where(_HAS_FINE[choices], draws.below("fine", rows, len(_FINES.yuan)), -1)
        taken = np.where(_HAS_TAKEN[choices], draws.below("taken", rows, len(_TAKEN.yuan)), -1)
        parts = (
            _BEFORE.take(choices).tolist(),
            _or_blank(_FINES.texts, fines),
            _or_blank(_TAKEN.texts, taken),
            _AFTER.take(choices).tolist(),
            maker.closings(rows, fined=fines >= 0),
        )
        licence = _where(_HAS_LICENCE[choices], lambda at: maker.licences(rows[at], sectors[at]))
        return {
            "CF_CFLB": _CELLS.take(choices).tolist(),
            "CF_NR": [f"{a}{b}{'；' if b and c else ''}{c}{d}{e}" for a, b, c, d, e in zip(*parts, strict=True)],
            "CF_NR_FK": _or_blank(_FINES.fields, fines),
            "CF_NR_WFFF": _or_blank(_TAKEN.fields, taken),
            "CF_NR_ZKDX": licence,
        }, fines

    def _choices(self, rows: Ints, days: Ints, layout: Layout) -> Ints:
        old, new = _CHOICE_SLOTS[layout]
        draw = self.population.draws.below
        older = old.take(draw("kinds", rows, len(old)))
        newer = new.take(draw("kinds", rows, len(new))) + len(OF_2018)
        return np.where(days < _ERA, older, newer)


def fine_yuan(place: int) -> int:
    """Return the fine in yuan that a place in the table of amounts stands for; 0 where there is none (-1)."""
    return 0 if place < 0 else _FINES.yuan[place]


def fine_texts(place: int) -> tuple[str, str]:
    """Return the fine at a place in the table of amounts as the field holds it and as the text says it."""
    return str(_FINES.fields[place]), str(_FINES.texts[place])


def _or_blank(texts: Texts, places: Ints) -> list[str]:
    return _where(places >= 0, lambda at: texts.take(places[at]).tolist())


def _where(holds: Bools, make: Callable[[Ints], list[str]]) -> list[str]:
    cells = np.full(len(holds), "", dtype=np.object_)
    at = np.flatnonzero(holds)
    cells[at] = make(at)
    return list(cells.tolist())


_CHOICE_SLOTS = {
    layout: tuple(slots(weighted(era, with_licences=layout is Layout.FULL)) for era in (OF_2018, OF_2021))
    for layout in Layout
}
