"""The days of a publication in their order, and how far the day of the reading has come."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from xinheng.core.errors import Text
from xinheng.core.ledger.public import PublicEntry


@dataclass(frozen=True, slots=True)
class Step:
    """One day of a publication: its name, the day, what it means, and whether it is ``reached``."""

    title: Text
    day: dt.date
    meaning: Text
    reached: bool


def steps_of(entry: PublicEntry, *, on: dt.date) -> tuple[Step, ...]:
    """Return the days of an entry's publication; last days are inclusive, so they are reached when they are over."""
    first = Step(Text("公示首日", "First day of publication"), entry.first_day, Text("", ""), on >= entry.first_day)
    if entry.first_day == entry.decided_on:
        title = Text("作出决定；公示首日", "Decision made; first day of publication")
        steps = [replace(first, title=title)]
    else:
        decision = Text("作出决定", "Decision made")
        steps = [Step(decision, entry.decided_on, Text("", ""), on >= entry.decided_on), first]
    if entry.shortest_last_day is not None and entry.shortest_last_day < entry.last_day:
        meaning = Text(
            "最短公示期于当日届满，在此之前不能提前终止公示。",
            "The shortest period ends with this day; until then publication cannot end early.",
        )
        title = Text("最短公示期末日", "Last day of the shortest period")
        steps.append(Step(title, entry.shortest_last_day, meaning, on > entry.shortest_last_day))
    if entry.open_ended:
        return tuple(steps)
    meaning = Text(
        "公示期于当日届满，次日起自动终止公示，无须申请。",
        "Publication ends by itself with this day; nobody has to apply.",
    )
    title = Text("公示末日", "Last day of publication")
    steps.append(Step(title, entry.last_day, meaning, on > entry.last_day))
    return tuple(steps)


def early_end(entry: PublicEntry) -> Text:
    """Say from when publication may end before its last day."""
    if entry.shortest_last_day is None:
        return Text(
            "所适用的规定未设最短公示期；符合条件的，可以申请信用修复。",
            "The rule names no shortest period; credit repair may be applied for when its conditions are met.",
        )
    if entry.shortest_last_day >= entry.last_day:
        return Text(
            "依照所适用的规定，公示至末日，不提前终止。",
            "By the rule that applies, publication lasts to its last day and does not end earlier.",
        )
    return Text(
        "最短公示期届满后，符合条件的，可以申请信用修复。",
        "After the shortest period, credit repair may be applied for when its conditions are met.",
    )


def days_left(entry: PublicEntry, *, on: dt.date) -> int:
    """Return on how many days, this one included, the entry is still published."""
    return max(0, (entry.last_day - on).days + 1)
