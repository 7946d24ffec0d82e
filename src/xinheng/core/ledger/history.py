"""History (历史数据): the past state of an old record, read from the columns that stand beside the item's own.

Legal basis: design principle 6 and the publication rule of the record's own day. An import restarts no clock: a record is public again only from
its old first day, and to whichever end comes first, that of the law or its own. What its file does not tell clearly is not published.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from xinheng.core.errors import Explanation, Text, UnusableFile
from xinheng.core.ledger.events import EventKind
from xinheng.core.standards.dates import parse_date

COLUMNS: dict[str, tuple[str, ...]] = {
    "published_from": ("published_from", "历史公示起始日期", "公示起始日期"),
    "published_to": ("published_to", "历史公示终止日期", "公示终止日期"),
    "repaired_on": ("repaired_on", "信用修复日期"),
    "objected_on": ("objected_on", "异议提出日期"),
    "withdrawn_on": ("withdrawn_on", "信息撤回日期"),
}
"""The columns of a past state, with the headings that name each."""
STATE_HEADINGS = frozenset(heading for headings in COLUMNS.values() for heading in headings)
MANDATORY = ("published_from", "published_to")


class Standing(StrEnum):
    """Where an imported record stands on the day of the import."""

    RUNNING = "running"
    ENDED = "ended"
    REPAIRED = "repaired"
    WITHDRAWN = "withdrawn"
    UNTOLD = "untold"  # when it was published is not told: it is kept, not published
    UNPUBLISHED = "unpublished"  # not for publication by the rule of its day
    UNCLEAR = "unclear"  # its days contradict each other: it is kept, not published


@dataclass(frozen=True, slots=True)
class PastState:
    """The days of a record's past; last days inclusive. ``None`` is empty, or could not be read (then there is a problem)."""

    published_from: dt.date | None = None
    published_to: dt.date | None = None
    repaired_on: dt.date | None = None
    objected_on: dt.date | None = None
    withdrawn_on: dt.date | None = None
    problems: tuple[tuple[str, Text], ...] = ()

    @property
    def published(self) -> bool:
        """Tell whether its publication is told, and clearly."""
        return self.published_from is not None and not self.problems

    def detail(self) -> dict[str, Any]:
        """Return what the event of its past keeps: its terms, which are laid over those of the law."""
        days = {"first_day": self.published_from, "last_day": self.published_to} if self.published else {}
        return {"published": self.published, **{name: day.isoformat() for name, day in days.items() if day}}

    def events(self) -> tuple[tuple[EventKind, dt.date], ...]:
        """Return what happened to it, with the days: only what ends or marks it."""
        happened = (
            (EventKind.REPAIRED, self.repaired_on),
            (EventKind.OBJECTED, self.objected_on),
            (EventKind.WITHDRAWN, self.withdrawn_on),
        )
        return tuple((kind, day) for kind, day in happened if day is not None)


@dataclass(frozen=True, slots=True)
class Law:
    """What the rule of its day says of a record: published or not, and to which day (inclusive)."""

    published: bool
    last_day: dt.date | None


def state_places(header: tuple[str, ...]) -> dict[str, int]:
    """Return where the columns of a past state are; raises ``UnusableFile`` where one is there twice, or a mandatory one is missing."""
    places: dict[str, int] = {}
    for name, headings in COLUMNS.items():
        found = [place for place, heading in enumerate(header) if heading in headings]
        if len(found) > 1:
            raise UnusableFile(_doubled(headings[1]), column=name)
        if found:
            places[name] = found[0]
    missing = [name for name in MANDATORY if name not in places]
    if missing:
        raise UnusableFile(_missing(missing), columns=missing)
    return places


def read_past(cells: Mapping[str, str | None], *, today: dt.date, decided_on: dt.date | None) -> PastState:
    """Return the past state that the cells of a row tell; what cannot be is among its problems (column, words).

    ``decided_on`` is ``None`` where it is not known yet: then the days are held against each other only.
    """
    days: dict[str, dt.date] = {}
    problems: list[tuple[str, Text]] = []
    for name in COLUMNS:
        text = (cells.get(name) or "").strip()
        day = parse_date(text) if text else None
        if text and day is None:
            problems.append((name, _NO_DATE))
        elif day is not None:
            days[name] = day
    problems += _contradictions(days, today, decided_on)
    return PastState(**days, problems=tuple(problems))


def standing(past: PastState, law: Law, *, today: dt.date) -> Standing:
    """Return where a record stands on the day of its import."""
    if past.withdrawn_on is not None:
        return Standing.WITHDRAWN
    if past.repaired_on is not None:
        return Standing.REPAIRED
    if past.problems:
        return Standing.UNCLEAR
    if not law.published:
        return Standing.UNPUBLISHED
    if past.published_from is None:
        return Standing.UNTOLD
    ends = [day for day in (past.published_to, law.last_day) if day is not None]
    return Standing.RUNNING if not ends or min(ends) >= today else Standing.ENDED


def _contradictions(days: Mapping[str, dt.date], today: dt.date, decided_on: dt.date | None) -> list[tuple[str, Text]]:
    first, last = days.get("published_from"), days.get("published_to")
    found = [(name, _TOO_LATE) for name, day in days.items() if day > today and name != "published_to"]
    if decided_on is not None:
        found += [(name, _TOO_EARLY) for name, day in days.items() if day < decided_on]
    if last is not None and first is None:
        found.append(("published_from", _NO_BEGINNING))
    if last is not None and first is not None and last < first:
        found.append(("published_to", _BACKWARDS))
    return found


def columns_of(past: PastState) -> dict[str, dt.date | None]:
    """Return the days of a past state by column."""
    return {field.name: getattr(past, field.name) for field in fields(past) if field.name in COLUMNS}


_NO_DATE = Text("不是日期", "not a date")
_TOO_LATE = Text("晚于导入之日", "later than the day of the import")
_TOO_EARLY = Text("早于决定日期", "earlier than the day of the decision")
_NO_BEGINNING = Text("有公示终止日期而无起始日期", "an end of publication without its beginning")
_BACKWARDS = Text("公示终止日期早于起始日期", "the end of publication comes before its beginning")


def _doubled(heading: str) -> Explanation:
    return Explanation(
        Text(f"「{heading}」有两列", f"Two columns mean {heading}"),
        Text("无法判断以哪一列为准", "nobody can tell which one counts"),
        Text("请只保留一列后重新导入。", "Keep one of them and import the file again."),
    )


def _missing(names: list[str]) -> Explanation:
    shown = "、".join(f"「{COLUMNS[name][1]}」" for name in names)
    return Explanation(
        Text(f"历史文件缺少状态列：{shown}", f"The file of history lacks columns: {', '.join(names)}"),
        Text(
            "没有公示起止日期，无法接续原公示期限", "without the days of its publication no record keeps its old period"
        ),
        Text(
            "请补充这些列；没有公示过的，该格留空。",
            "Add them; where a record was never published, leave the cell empty.",
        ),
    )
