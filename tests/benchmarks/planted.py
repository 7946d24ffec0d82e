"""Precision and recall on planted defects: every defect found by its rule in its row, and nothing else found; anything less ends with 1.

What counts. A finding is a row, the code of a rule, and what the rule does to the row (``reject``, ``wait``, ``warn``); a row that only says again
what an earlier one said is the finding ``unchanged``. The truth is ``truth.csv``, with the rules that a defect breaks in the same cell
(``Defect.follows``). A finding at the right row with another code, or another level, is a miss and a false finding.

Lateness (V04) is not planted: it is due in every row that was decided before the first day that is in time, unless the row cannot be read or is about a
person, of whom nothing else is said. It is held against the days of the file, read one by one without the platform, and counted in a line of its own.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tests.benchmarks.bench import Bench, row
from tests.benchmarks.in_memory import Outcome, check
from tests.benchmarks.sample_file import Planted, SampleFile, sample_file

from xinheng.core.intake.timeliness import late_before
from xinheng.core.sample.defects import DEFECTS

LATE = "V04"
_SILENT = {"S06", "S08", "V06"}  # of such a row nothing else is said
_LEVELS = {"rejected": "reject", "waiting": "wait", "warned": "warn", "unchanged": "unchanged"}
_FOLLOWS = {defect.kind: defect.follows for defect in DEFECTS}

Findings = set[tuple[int, str, str]]
"""Row number, code, level."""


@dataclass(frozen=True, slots=True)
class Score:
    """How many findings of one code were due, were made, and were both."""

    code: str
    due: int
    made: int
    both: int

    @property
    def precision(self) -> float:
        """Return the share of the findings that were due; 1 where none was made."""
        return self.both / self.made if self.made else 1.0

    @property
    def recall(self) -> float:
        """Return the share of the due that was found; 1 where none was due."""
        return self.both / self.due if self.due else 1.0

    @property
    def perfect(self) -> bool:
        """Tell whether nothing is missing and nothing too much."""
        return self.due == self.made == self.both


def run(bench: Bench) -> Iterator[str]:
    """Check one file, print the table of codes and yield the table's line; ends with 1 unless all is found and nothing else."""
    sample = sample_file(bench)
    truth = sample.truth()
    outcome = check(sample)
    due, made = expected(truth), found(outcome)
    scores = by_code(due, made)
    late = _late(sample, truth, outcome)
    every = Score("all", len(due), len(made), len(due & made))
    _print([*scores, every, late])
    named, right = _cells(truth, outcome)
    sys.stdout.write(
        f"\n{right:,} of {named:,} rejected or noted cells are named by their column, the others by their row only.\n"
    )
    perfect = outcome.received == sample.rows and all(score.perfect for score in (*scores, late))
    yield row(
        f"planted defects among {sample.rows:,} rows: {every.due:,} findings of {len(Counter(one.kind for one in truth.values()))} kinds",
        f"precision {_share(every.precision)}, recall {_share(every.recall)}",
        "truth.csv",
        "",
        "both 1.000",
    )
    if not perfect:
        _print_differences(due, made, truth)
        raise SystemExit("planted: not every defect was found, or something else was found")


def expected(truth: dict[int, Planted]) -> Findings:
    """Return the findings that are due."""
    due: Findings = set()
    for number, planted in truth.items():
        level = _LEVELS.get(planted.expected)
        if level is not None:
            codes = (planted.code or level, *_FOLLOWS[planted.kind])
            due |= {(number, code, level) for code in codes}
    return due


def found(outcome: Outcome) -> Findings:
    """Return the findings that were made, lateness apart."""
    made = {(number, "unchanged", "unchanged") for number in outcome.unchanged}
    for batch in outcome.issues:
        if batch.code != LATE:
            made |= {(number, batch.code, batch.level.value) for number in batch.rows.tolist()}
    return made


def by_code(due: Findings, made: Findings) -> list[Score]:
    """Return the score of each code, in their order."""
    counts = [Counter(code for _, code, _ in findings) for findings in (due, made, due & made)]
    return [Score(code, *(count[code] for count in counts)) for code in sorted(counts[0] | counts[1])]


def _late(sample: SampleFile, truth: dict[int, Planted], outcome: Outcome) -> Score:
    first = late_before(sample.today)
    silent = {number for number, planted in truth.items() if planted.code in _SILENT}
    due = {number for number, day in sample.decision_days() if day is not None and day < first} - silent
    made = {number for batch in outcome.issues if batch.code == LATE for number in batch.rows.tolist()}
    return Score(f"{LATE} (from the days)", len(due), len(made), len(due & made))


def _cells(truth: dict[int, Planted], outcome: Outcome) -> tuple[int, int]:
    """Return how many planted cells there are whose rule was found, and how many of them by the very column."""
    named = right = 0
    for batch in outcome.issues:
        for number in batch.rows.tolist():
            planted = truth.get(number)
            if planted is not None and planted.field and planted.code == batch.code:
                named += 1
                right += batch.column == planted.field
    return named, right


def _print(scores: list[Score]) -> None:
    sys.stdout.write("\n| code | due | found | of them due | precision | recall |\n|---|---|---|---|---|---|\n")
    for score in scores:
        line = row(
            score.code,
            *(f"{n:,}" for n in (score.due, score.made, score.both)),
            *map(_share, (score.precision, score.recall)),
        )
        sys.stdout.write(f"{line}\n")


def _share(share: float) -> str:
    """Return a share with three decimals, cut and not rounded: only a perfect one shows as 1.000."""
    return f"{int(share * 1000) / 1000:.3f}"


def _print_differences(due: Findings, made: Findings, truth: dict[int, Planted]) -> None:
    for title, findings in (("missed", due - made), ("not due", made - due)):
        for number, code, level in sorted(findings)[:20]:
            sys.stdout.write(f"{title}: row {number}, {code}, {level}; planted: {truth.get(number)}\n")
