"""Ending retention (保存期限届满): what is due on a day, and what a run of it reports. Until when a row is kept: ``core.catalogue.retention``.

Basis: 个人信息保护法 第十九条, 第四十七条.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from xinheng.core.errors import Explanation, Text, UnusableCall

MENDING_DAYS = 180
"""Days for which a received file is kept at the least, so that rows that went back can be mended from it (our own design)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """What a run destroyed, or would: records by item, persons of whom nothing is left, files."""

    records: Counter[str] = field(default_factory=Counter)
    persons: int = 0
    files: int = 0

    def __add__(self, other: Ended) -> Ended:
        return Ended(
            records=self.records + other.records, persons=self.persons + other.persons, files=self.files + other.files
        )

    def __bool__(self) -> bool:
        return bool(self.records or self.persons or self.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionReport:
    """How a run ended: what it ``ended``, what remains of persons by item, and the first day on which something is due again."""

    on: dt.date
    dry_run: bool
    ended: Ended
    remaining: Mapping[str, int]
    next_due: dt.date | None


def check_day(on: dt.date, *, today: dt.date, dry_run: bool) -> None:
    """Raise ``UnusableCall`` where a run would destroy what is still to be kept today; a dry run may look ahead."""
    if on > today and not dry_run:
        raise UnusableCall(_AHEAD, on=on.isoformat())


_AHEAD = Explanation(
    Text("不能按未来的日期销毁", "Nothing is destroyed by a day that is still to come"),
    Text("届时才期满的内容今天仍须保存", "what ends then is still to be kept today"),
    Text("如只想预先查看，请加 --dry-run。", "To look ahead only, add --dry-run."),
)
