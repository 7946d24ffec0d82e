"""V07: the days of a record are in order (日期先后): decided by today, valid from then on. ``2099-12-31`` is right only as an end."""

from __future__ import annotations

from collections.abc import Iterator

from xinheng.core.catalogue.item import Basis, ItemVersion
from xinheng.core.errors import Text
from xinheng.core.intake.rules.bases import SINCE_2018
from xinheng.core.intake.rules.rule import Check, Level, date_column, quoted, rule

FOUNDED = "1949-10-01"


@rule(
    "V07",
    Text("日期先后不合理", "Days out of order"),
    basis=Basis("发改办财金〔2018〕424号", "日期校验", "design", "K"),
    since=SINCE_2018,
)
def decision_dates(version: ItemVersion) -> Iterator[Check]:
    """Build the checks on the order of the days."""
    for role in ("decided_on", "established_on", "changed_on"):
        field = version.by_role(role)
        if field is not None:
            column = date_column(field)
            yield Check("V07", Level.REJECT, field.name, f"{column} > today", _PAST, _CHECK)
            yield Check("V07", Level.REJECT, field.name, f"{column} < DATE '{FOUNDED}'", _MODERN, _CHECK)
    for earlier, later, expected in _ORDERS:
        first, last = version.by_role(earlier), version.by_role(later)
        if first is not None and last is not None:
            where = f"{date_column(last)} < {date_column(first)}"
            yield Check("V07", Level.REJECT, last.name, where, expected, _CHECK)
    year = version.by_role("evaluated_year")
    if year is not None:
        column = quoted(year)
        where = f"{column} IS NOT NULL AND (NOT regexp_full_match({column}, '(19|20)[0-9]{{2}}') OR {column} > CAST(year(today) AS VARCHAR))"
        yield Check("V07", Level.REJECT, year.name, where, _YEAR, _CHECK_YEAR, of_value=True)


_PAST = Text(
    "不晚于今天（2099-12-31 只用于表示长期的截止日期）", "not after today (2099-12-31 only means an end without limit)"
)
_MODERN = Text("不早于 1949-10-01", "not before 1949-10-01")
_AFTER = Text("不早于决定日期；长期填 2099-12-31", "not before the decision; 2099-12-31 where without limit")
_ENDED = Text("不早于列入、决定或者签订的日期", "not before the decision")
_PERIOD = Text("不早于所属期起始日期", "not before the first day of the period")
_IN_ORDER = Text(
    "不早于有效期自；长期填 2099-12-31", "not before the first day of validity; 2099-12-31 where without limit"
)
_ORDERS = (
    ("decided_on", "valid_until", _AFTER),
    ("decided_on", "publication_until", _AFTER),
    ("decided_on", "ended_on", _ENDED),
    ("decided_on", "removed_on", _ENDED),
    ("valid_from", "valid_until", _IN_ORDER),
    ("period_from", "period_until", _PERIOD),
)
_YEAR = Text("四位年份，不晚于今年，如 2025", "a year of four digits, not after this one, such as 2025")
_CHECK_YEAR = Text("请核对年度，只填四位数字。", "Check the year and write its four digits only.")
_CHECK = Text("请按决定书核对日期。", "Check the day against the decision document.")
