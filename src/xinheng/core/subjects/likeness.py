"""How alike two names are (相似): what ``core.names`` says, as a candidate is ordered by and explained with."""

from __future__ import annotations

from xinheng.core.names import compare
from xinheng.core.subjects.candidates import Likeness
from xinheng.core.subjects.telling import LONGEST


def likeness(a: str, b: str) -> Likeness:
    """Compare two names; of longer ones than the register keeps only the beginning is looked at. A prompt for a person, never a finding."""
    found = compare(a[:LONGEST], b[:LONGEST])
    return Likeness(found.verdict.value, found.score, found.why)
