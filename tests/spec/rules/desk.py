"""A desk at which hand-made rows are checked as a file's rows are: the real plan, a register on paper, a fixed day.

For the tables of this folder and for ``tests/properties/intake``. A table changes a few cells of a good row and says what is
then said of it: ``"S01 CF_WSH reject"`` is rule, column and level.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
import pyarrow as pa

from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.catalogue.load import load
from xinheng.core.engine.calculator import Calculator
from xinheng.core.intake.check import Checked, check_rows, compile_item
from xinheng.core.intake.facts import Circumstances
from xinheng.core.intake.timeliness import late_before
from xinheng.core.standards import person_numbers
from xinheng.core.standards.names import name_key
from xinheng.core.subjects.register import Found, Named
from xinheng.core.subjects.subject import CodeKind

Cells = Mapping[str, str | None]

TODAY = dt.date(2026, 5, 6)
PUBLIC_BODY = "11320100MA1TE5T0XP"  # the agency that hands in
OTHER_BODY = "12320100MA1TE5T0XL"
STEEL_CODE, STEEL_REG_NO, STEEL_ORG_CODE = "91320100MA1TE5T0XF", "320102000000016", "MA1TE5T0X"
SHOP_CODE = "92320102MA1TE5T0X9"
WRONG_INNER = "91320100MA1TE5T00M"  # its own check character is right, that of the organisation code inside is not
UNKNOWN_CODE = "91320000134762764K"  # right, but not on paper here
NO_CODE = "0" * 17 + "X"
NOTHING: Mapping[str, Sequence[bool]] = MappingProxyType({})
VERDICTS = ("accepted", "waiting", "rejected")


def made_up(address: str = "320106", born: str = "19000101", serial: str = "001") -> str:
    """Return an identity number of nobody: born in 1900, with a right check character."""
    body = address + born + serial
    return body + person_numbers.check_digit(body)


PERSON = made_up()


@dataclass(frozen=True, slots=True)
class Entry:
    """A subject of the register on paper; ``since`` is the day of its founding, ``dated`` former names with the day on which each ended."""

    name: str
    uscc: str = ""
    former: tuple[str, ...] = ()
    reg_no: str = ""
    org_code: str = ""
    since: dt.date | None = None
    dated: tuple[tuple[str, dt.date], ...] = ()


ENTRIES = (
    Entry("金陵样例（江苏）钢铁有限公司", STEEL_CODE, ("金陵样例炼铁厂",), STEEL_REG_NO, STEEL_ORG_CODE),
    Entry("玄武区样例小吃店", SHOP_CODE),
    Entry("样例村股份经济合作社", "N1320100MA1TE5T0X2"),
    Entry("样例军队服务中心", "A1320100MA1TE5T0XE"),
    Entry("样例其他组织", "Y1320100MA1TE5T0XR"),
    Entry("样例民办学校", "52320100MA1TE5T0XG"),
    Entry("样例内码有误公司", WRONG_INNER),
    Entry("样例老字号商行", "", reg_no="320102000000008"),
)


class PaperRegister:
    """The register as a list of entries; an entry's number is its place."""

    def __init__(self, entries: Sequence[Entry] = ENTRIES) -> None:
        self.entries = entries
        kinds = {CodeKind.USCC: "uscc", CodeKind.REGISTRATION_NUMBER: "reg_no", CodeKind.ORGANIZATION_CODE: "org_code"}
        self._owners = {
            kind: {getattr(entry, name): place for place, entry in enumerate(entries) if getattr(entry, name)}
            for kind, name in kinds.items()
        }

    def owner(self, kind: CodeKind, code: str | None) -> int | None:
        return self._owners[kind].get(code or "")

    def find(self, kind: CodeKind, codes: pa.Array) -> Found:
        owners = [self.owner(kind, code) for code in codes.to_pylist()]
        names = [None if owner is None else self.entries[owner].name for owner in owners]
        return Found(pa.array(owners, pa.int64()), pa.array(names, pa.string()))

    def former_keys(self, subjects: Iterable[int]) -> dict[int, frozenset[str]]:
        return {who: self.keys(who) for who in subjects}

    def keys(self, who: int) -> frozenset[str]:
        entry = self.entries[who]
        return frozenset(name_key(name) for name in (entry.name, *entry.former, *(name for name, _ in entry.dated)))

    def find_names(self, keys: pa.Array, days: pa.Array) -> Named:
        found = [self.bearer(key, day) for key, day in zip(keys.to_pylist(), days.to_pylist(), strict=True)]
        entries = [None if who is None else self.entries[who] for who in found]
        names, codes = ([entry and getattr(entry, name) for entry in entries] for name in ("name", "uscc"))
        return Named(pa.array(found, pa.int64()), pa.array(names, pa.string()), pa.array(codes, pa.string()))

    def bearer(self, key: str, day: dt.date) -> int | None:
        """The slow, obvious twin of ``names_of_one.sql``: the one that ever bore the name, where it bore it on the day."""
        bearers = [who for who in range(len(self.entries)) if key in self.keys(who)]
        if len(bearers) != 1 or self.entries[bearers[0]].uscc.startswith("92"):
            return None
        entry = self.entries[bearers[0]]
        ends = {name_key(name): end for name, end in entry.dated}
        stood = name_key(entry.name) == key or day < ends.get(key, dt.date.min)
        return bearers[0] if stood and (entry.since is None or entry.since <= day) else None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of one row: ``said`` are its issues in short, ``issues`` in full, ``cells`` what the plan kept of it."""

    verdict: str
    said: list[str]
    issues: list[dict[str, Any]]
    cells: dict[str, Any]

    def issue(self, code: str) -> dict[str, Any]:
        """Return the only issue of this rule."""
        [found] = [issue for issue in self.issues if issue["code"] == code]
        return found

    @property
    def written(self) -> str:
        """Every text that leaves the check: the issues and the row itself."""
        return "\n".join(
            str(value) for part in (*self.issues, self.cells) for value in part.values() if value is not None
        )


@dataclass(slots=True)
class Desk:
    """Checks rows of ``item``; each call changes some cells of ``good``, a row to which nothing is to be said."""

    item: str
    good: dict[str, str | None]
    register: PaperRegister = field(default_factory=PaperRegister)
    calculator: Calculator = field(default_factory=Calculator)
    allowances: frozenset[str] = frozenset()

    def judge(self, cells: Cells, *, lossy: Sequence[str] = ()) -> Judgement:
        """Check the good row with ``cells`` changed, alone, as a form does; ``lossy`` are cells that a spreadsheet rounded."""
        return self.judge_all([{**self.good, **cells}], lossy={name: [True] for name in lossy})[0]

    def judge_all(self, rows: Sequence[Cells], *, lossy: Mapping[str, Sequence[bool]] = NOTHING) -> list[Judgement]:
        """Check whole rows together, as a file's; row numbers begin at 2."""
        checked = self.check(rows, lossy=lossy)
        issues = issues_by_row(checked)
        return [
            Judgement(VERDICTS[verdict], sorted(map(shortly, issues[int(row)])), issues[int(row)], cells)
            for row, verdict, cells in zip(checked.rows, checked.verdict, checked.table.to_pylist(), strict=True)
        ]

    def check(
        self, rows: Sequence[Cells], *, lossy: Mapping[str, Sequence[bool]] = NOTHING, all_columns: bool = False
    ) -> Checked:
        """Run the plan of the item, as of today, on whole rows; columns that no row fills are absent unless ``all_columns``."""
        version = self.version
        names = [column.name for column in version.fields]
        given = [name for name in names if all_columns or any(row.get(name) is not None for row in rows)]
        return check_rows(
            compile_item(version, self.allowances, frozenset(names) - frozenset(given)),
            {name: pa.array([row.get(name) for row in rows], pa.string()) for name in given},
            rows=np.arange(2, len(rows) + 2),
            calculator=self.calculator,
            register=self.register,
            circumstances=Circumstances(TODAY, late_before(TODAY), PUBLIC_BODY),
            lossy={name: pa.array(flags, pa.bool_()) for name, flags in lossy.items()},
        )

    @property
    def version(self) -> ItemVersion:
        """The version of the item in force today."""
        return load(self.item).at(TODAY)


def issues_by_row(checked: Checked) -> dict[int, list[dict[str, Any]]]:
    """Return the issues of each row, spelt out."""
    issues: dict[int, list[dict[str, Any]]] = {int(row): [] for row in checked.rows}
    for batch in checked.issues:
        quoted = [None] * len(batch.rows) if batch.found is None else batch.found.to_pylist()
        for row, found in zip(batch.rows, quoted, strict=True):
            issues[row].append(
                {
                    "row": row,
                    "column": batch.column,
                    "code": batch.code,
                    "level": batch.level.value,
                    "found": found,
                    "expected": batch.expected.zh,
                    "expected_en": batch.expected.en,
                    "mend": batch.mend.zh,
                    "mend_en": batch.mend.en,
                }
            )
    return issues


def shortly(issue: Mapping[str, Any]) -> str:
    """Return an issue as the tables write it: rule, column, level."""
    return " ".join((issue["code"], issue["column"], issue["level"]))


GOOD_PENALTY: dict[str, str | None] = {
    "CF_XDR_MC": "金陵样例（江苏）钢铁有限公司",
    "CF_XDR_LB": "法人及非法人组织",
    "CF_XDR_SHXYM": STEEL_CODE,
    "CF_WSH": "宁样罚〔2026〕7号",
    "CF_WFXW": "超标排放污染物",
    "CF_SY": "2026年3月2日检查发现，排口废水超过标准。",
    "CF_YJ": "《中华人民共和国水污染防治法》第八十三条第二项",
    "CF_CFLB": "罚款",
    "CF_NR": "罚款12000元",
    "CF_NR_FK": "1.2",
    "CF_JDRQ": "2026-04-30",
    "CF_YXQ": "2099-12-31",
    "CF_CFJG": "样例市生态环境局",
    "CF_CFJGDM": PUBLIC_BODY,
    "CF_SJLY": "样例市生态环境局",
    "CF_SJLYDM": PUBLIC_BODY,
}
GOOD_REGISTRATION: dict[str, str | None] = {
    "FR_MC": "金陵样例（江苏）钢铁有限公司",
    "FR_SHXYM": STEEL_CODE,
    "FR_CLRQ": "2001-02-03",
    "FR_ZT": "存续",
    "FR_ZS": "样例市样例路1号",
}


def penalty_desk() -> Desk:
    """Return a desk for administrative penalties."""
    return Desk("administrative-penalty", GOOD_PENALTY)


def registration_desk() -> Desk:
    """Return a desk for registrations of legal entities."""
    return Desk("legal-entity-registration", GOOD_REGISTRATION)
