"""A re-checked sample (抽样复核): rows drawn by a seed are computed again as of the screening's day, and where they differ is told."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from xinheng.core.access import Action, Actor
from xinheng.core.screening import assess
from xinheng.usecases.deed import deed
from xinheng.usecases.screening.keeping import references
from xinheng.usecases.screening.seeing import feeds, see
from xinheng.usecases.screening.viewing import given_again, question_of, screening_within, target_of
from xinheng.usecases.screening.whose import whose


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample: the seed, how many rows were drawn, and the numbers of those that come out otherwise now."""

    seed: int
    drawn: int
    differing: tuple[int, ...]


def recheck_sample(number: int, *, size: int, seed: int, actor: Actor, at: dt.datetime) -> Sample:
    """Draw ``size`` rows of a screening by a seed and compute them again from the ledger as of its day; only numbers of rows are told.

    A difference is a fact that was entered later for an earlier day, or a register that has changed, or a fault. Raises ``Missing`` or ``Refused``.
    """
    kept = screening_within(number, actor, at=at)
    asked, on = question_of(kept), kept.on
    told = {"screening": number, "size": size, "seed": seed}
    with deed(
        actor, Action.VIEW_SCREENINGS, target_of(kept), about=f"sample of screening {number}", asked=told, at=at
    ) as done:
        numbers = list(kept.lines.order_by("number").values_list("number", flat=True))
        drawn = sorted(random.Random(seed).sample(numbers, min(size, len(numbers))))  # noqa: S311 - drawn for everybody to repeat
        rows = list(kept.lines.filter(number__in=drawn).order_by("number"))
        found = whose([given_again(row) for row in rows])
        seen = see({one.subject for one in found if one.subject}, asked.matter, asked.access_matter, actor=actor, on=on)
        fed = feeds(asked.matter, asked.access_matter, actor=actor, on=on)
        differing = []
        for row, one in zip(rows, found, strict=True):
            again = assess(one.match, seen.get(one.subject or 0, ()), asked.matter, fed, on=on)
            if (again.outcome.value, references(again), one.subject) != (row.outcome, row.told, row.subject_id):
                differing.append(row.number)
        done.result = {"screening": number, "drawn": len(drawn), "differing": differing}
    return Sample(seed, len(drawn), tuple(differing))
