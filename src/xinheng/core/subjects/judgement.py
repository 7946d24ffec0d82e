"""Judgement (判定): an official says of a waiting row and a subject that they are the same, that they differ, or that it is not sure.

Basis: design §6 step 5 and principles 4 and 6: a match is a prompt, a person decides; a decision is ended, never erased. What may follow on
what is the table ``TRANSITIONS``; who may, ``core.access`` (``Action.JUDGE``); tables ``store.models.judgements``; use cases ``usecases.judgements``.
"""

from __future__ import annotations

from enum import StrEnum

from xinheng.core.errors import Text
from xinheng.core.standards.names import name_key


class Verdict(StrEnum):
    """What an official says of a row and a subject."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"

    @property
    def label(self) -> Text:
        """Return the verdict in words."""
        return _LABELS[self]


class Standing(StrEnum):
    """Where a row and a subject stand: nothing judged, or one of the verdicts in force."""

    OPEN = "open"
    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class Step(StrEnum):
    """What may be done: one of the verdicts, or a judgement's reversal."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    REVERSE = "reverse"


TRANSITIONS: dict[tuple[Standing, Step], Standing] = {
    (Standing.OPEN, Step.SAME): Standing.SAME,
    (Standing.OPEN, Step.DIFFERENT): Standing.DIFFERENT,
    (Standing.OPEN, Step.UNSURE): Standing.UNSURE,
    (Standing.UNSURE, Step.SAME): Standing.SAME,
    (Standing.UNSURE, Step.DIFFERENT): Standing.DIFFERENT,
    (Standing.UNSURE, Step.REVERSE): Standing.OPEN,
    (Standing.DIFFERENT, Step.REVERSE): Standing.OPEN,
    (Standing.SAME, Step.REVERSE): Standing.OPEN,
}
"""What follows on what; whatever is not here is refused. *Same* and *different* are undone before anything else is said of the pair."""

SHORTEST_EVIDENCE = 4
"""Characters of the evidence at the least: 「已核对执照」 has five."""


def after(standing: Standing, step: Step) -> Standing | None:
    """Return where the pair stands after the step, or ``None`` where the step is not open to it."""
    return TRANSITIONS.get((standing, step))


def is_evidence(text: str, *, names: tuple[str, ...]) -> bool:
    """Tell whether a text says on what a judgement rests: it is no mere name (of the row or the subject), nor a few signs."""
    key = name_key(text)
    said = [char for char in key if char.isalnum()]
    return len(said) >= SHORTEST_EVIDENCE and len(set(said)) > 1 and key not in {name_key(name) for name in names}


_LABELS = {
    Verdict.SAME: Text("是同一主体", "the same"),
    Verdict.DIFFERENT: Text("不是同一主体", "different"),
    Verdict.UNSURE: Text("不能确定", "not sure"),
}
