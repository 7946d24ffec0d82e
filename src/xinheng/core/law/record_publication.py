"""Publication of records that are no penalties (许可、名单等信息的公示): until when, by which dated rule, or not at all.

Legal basis: each rule of ``parameters/record-publication.yaml`` cites its own. What no rule names has no known period:
it is kept and not published (design §1, principle 3: an unknown date is not published). Penalties have a module of
their own, :mod:`.publication`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from xinheng.core.errors import Text
from xinheng.core.law import loading
from xinheng.core.law.instruments import instruments
from xinheng.core.law.loading import Citation, LawDataError
from xinheng.core.law.parameters import parameter
from xinheng.core.law.publication import Counting

_HEAD = ("parameter", "title", "title_en", "rules")
_KEYS = {"code", "item", "kind", "from", "lasts", "months", "zh", "en"} | loading.CITATION_KEYS


class Lasts(StrEnum):
    """How the last day follows."""

    WHILE_VALID = "while-valid"  # the day on which what was granted ends
    MONTHS = "months"  # so many months from the decision


@dataclass(frozen=True, slots=True)
class RecordRule:
    """A rule: the records of ``item`` (of this ``kind``, the code of a list; ``None``: all) decided from ``from_day`` on.

    ``months`` is ``None`` unless it lasts so many months; ``words`` are what a reader is told.
    """

    code: str
    item: str
    kind: str | None
    from_day: dt.date
    lasts: Lasts
    months: int | None
    citation: Citation
    words: Text

    @property
    def counting(self) -> Counting:
        """How months are counted (parameter ``period-counting``)."""
        return Counting(str(parameter("period-counting").on(self.from_day).value))

    def reasons(self) -> tuple[Text, ...]:
        """Return why the period is what it is, in sentences."""
        counted = parameter("period-counting").on(self.from_day).note
        return (self.words, counted) if self.lasts is Lasts.MONTHS else (self.words,)


def read(text: str) -> tuple[RecordRule, ...]:
    """Return the rules that a YAML text describes; raises :class:`LawDataError` where it breaks the form."""
    document = loading.check_keys(loading.parse(text), required=_HEAD, where="record-publication")
    rules = tuple(_rule(row, where=f"rule {number}") for number, row in enumerate(document["rules"], start=1))
    keys = [(rule.item, rule.kind or "", rule.from_day) for rule in rules]
    if keys != sorted(set(keys)):
        raise LawDataError("record-publication: rules stand by item, kind and day, each once")
    return rules


def _rule(row: Any, *, where: str) -> RecordRule:
    fields = loading.check_keys(row, required=_KEYS, where=where)
    first = loading.day(fields["from"], where=where)
    if first is None or fields["lasts"] not in [*Lasts]:
        raise LawDataError(f"{where}: a rule has a first day and lasts one of {[*Lasts]}")
    lasts, months = Lasts(fields["lasts"]), fields["months"]
    if (lasts is Lasts.MONTHS) != (type(months) is int and months > 0):
        raise LawDataError(f"{where}: months are a whole number above 0 where it lasts months, and null elsewhere")
    return RecordRule(
        code=fields["code"],
        item=fields["item"],
        kind=fields["kind"],
        from_day=first,
        lasts=lasts,
        months=months,
        citation=loading.citation(fields, known=instruments().__contains__, where=where),
        words=Text(fields["zh"], fields["en"]),
    )


@cache
def record_rules() -> tuple[RecordRule, ...]:
    """Return every rule, by item, kind and day."""
    return read(loading.read_package_file("parameters/record-publication.yaml"))


def record_rule(item: str, *, kind: str | None, decided: dt.date) -> RecordRule | None:
    """Return the rule for a record of ``item`` decided on a day, or nothing: then it is not published.

    ``kind`` is the stable code of the list that a listing is on; a rule without a kind holds for all of its item.
    """
    held = (rule for rule in record_rules() if rule.item == item and rule.kind in (None, kind))
    return max((rule for rule in held if rule.from_day <= decided), key=lambda rule: rule.from_day, default=None)
