"""One case: a sheet, mutated, written in one form, damaged or not, and taken through intake. The seed and the number make it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from random import Random

from tests.fuzz import course, judging
from tests.fuzz.course import Unusable
from tests.fuzz.damage import damages_of
from tests.fuzz.forms import FORMS
from tests.fuzz.shapes import mutate
from tests.fuzz.sources import sources

ONE_CHUNK = 1 << 24
LONGEST = 10.0  # seconds that one file may take


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a case: ``outcome`` is ``read`` or the reason of the refusal; ``counted`` says that its rows were counted beforehand."""

    form: str
    source: str
    outcome: str
    counted: bool
    steps: tuple[str, ...]
    faults: tuple[str, ...]
    data: bytes = field(repr=False)


def form_of(seed: int, number: int, form: str | None) -> str:
    """Return the form of a case."""
    return form or Random(f"form {seed} {number}").choice([*FORMS])


def play(seed: int, number: int, form: str | None = None) -> Result:
    """Make the case and return what became of it; raises whatever intake must never raise."""
    chance, form = Random(f"{seed} {number}"), form_of(seed, number, form)
    source = chance.choice(sources())
    base = source.sheet(chance)
    sheet = mutate(chance, base)
    style = chance.random()
    data = FORMS[form](Random(style), sheet)
    steps = list(sheet.steps)
    if chance.random() < 0.5 or not steps:
        for damage in [chance.choice(damages_of(form)) for _ in range(chance.choice([1, 1, 2]))]:
            data = damage(chance, data)
            steps.append(damage.__name__)
        sheet.whole = False
    started = time.monotonic()
    outcome = course.run(source, data, chunk_bytes=ONE_CHUNK)
    took = time.monotonic() - started
    small = chance.choice([64, 500, 2 << 12, max(len(data) // 3, 1)])
    found = [*judging.faults_of(outcome), *judging.differences(outcome, course.run(source, data, chunk_bytes=small))]
    found += [f"takes {took:.0f} s"] if took > LONGEST else []
    counted = sheet.whole and form != "parquet"
    if counted:
        before = course.run(source, FORMS[form](Random(style), base), chunk_bytes=ONE_CHUNK)
        found += judging.against_the_sheet(sheet, outcome, before, base)
    if form == "parquet":
        outcome = course.seeded(data)
        found += judging.faults_of(outcome)
    reason = outcome.reason if isinstance(outcome, Unusable) else "read"
    return Result(form, source.name, reason, counted, tuple(steps), tuple(found), data)
