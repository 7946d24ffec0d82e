"""The yearly cycle of the catalogue (目录年度更新): draft → the departments' answers → signature, as one table of what may follow what.

Basis: 全国公共信用信息基础目录 (updated every year in principle); work-plan-2020 points 3 and 5 (归集目录 of the year, for departments and cities).
The centre drafts the version of a year, every department that provides a changed item answers by a day, and a second person signs. What is signed is
frozen and counts from its first day; nothing that was collected before is judged anew (:mod:`.draft`).
Tables: ``store.models.catalogue``. Use cases: ``usecases.catalogue``. Command: ``xinheng catalogue cycle``. Pages: ``/desk/catalogue/years/``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from xinheng.core.errors import Text


class CycleState(StrEnum):
    """Where the catalogue of a year stands."""

    DRAFT = "draft"
    ASKED = "asked"
    SIGNED = "signed"
    DROPPED = "dropped"

    @property
    def label(self) -> Text:
        """Return the state in words."""
        return _STATES[self]


class CycleStepKind(StrEnum):
    """What somebody does to the catalogue of a year, as stored."""

    OPENED = "opened"
    ASKED = "asked"
    TAKEN_BACK = "taken-back"
    SIGNED = "signed"
    DROPPED = "dropped"

    @property
    def label(self) -> Text:
        """Return what was done, in words."""
        return _KINDS[self]


class DraftAnswer(StrEnum):
    """What a department says to the draft of an item."""

    AGREE = "agree"
    OBJECT = "object"

    @property
    def label(self) -> Text:
        """Return the answer in words."""
        return _ANSWERS[self]


@dataclass(frozen=True, slots=True)
class CycleMove:
    """A row of the table: in state ``of`` the step ``kind`` leads to ``to``; a ``second`` step needs somebody who drafted nothing of it."""

    of: CycleState | None
    kind: CycleStepKind
    to: CycleState
    second: bool = False


MOVES = (
    CycleMove(None, CycleStepKind.OPENED, CycleState.DRAFT),
    CycleMove(CycleState.DRAFT, CycleStepKind.ASKED, CycleState.ASKED),
    CycleMove(CycleState.ASKED, CycleStepKind.TAKEN_BACK, CycleState.DRAFT),
    CycleMove(CycleState.ASKED, CycleStepKind.SIGNED, CycleState.SIGNED, second=True),
    CycleMove(CycleState.DRAFT, CycleStepKind.DROPPED, CycleState.DROPPED),
    CycleMove(CycleState.ASKED, CycleStepKind.DROPPED, CycleState.DROPPED),
)
"""How the catalogue of a year goes from state to state; what is not here cannot happen."""

OPEN = frozenset({CycleState.DRAFT, CycleState.ASKED})
"""The states in which a year is still worked on; one year at a time is, of the province and of each city."""


def next_state(of: CycleState | None, kind: CycleStepKind) -> CycleState | None:
    """Return the state to which a step leads, or nothing where it cannot be taken."""
    return next((move.to for move in MOVES if (move.of, move.kind) == (of, kind)), None)


def cycle_state(steps: Iterable[CycleStepKind]) -> CycleState:
    """Return where a year stands after its steps; raises ``ValueError`` for steps that the table does not know."""
    state: CycleState | None = None
    for kind in steps:
        after = next_state(state, kind)
        if after is None:
            raise ValueError(f"{kind.value} cannot follow {state.value if state else 'nothing'}")
        state = after
    if state is None:
        raise ValueError("a year begins with being opened")
    return state


def may_sign(signer: Collection[str], drafters: Collection[str]) -> bool:
    """Tell whether who signs is another person: none of the names under which they may act is one of those who drafted."""
    return not set(signer) & set(drafters)


_STATES = {
    CycleState.DRAFT: Text("起草中", "being drafted"),
    CycleState.ASKED: Text("征求意见", "departments are asked"),
    CycleState.SIGNED: Text("已签发", "signed"),
    CycleState.DROPPED: Text("已作废", "dropped"),
}
_KINDS = {
    CycleStepKind.OPENED: Text("开始起草", "opened"),
    CycleStepKind.ASKED: Text("征求意见", "asked the departments"),
    CycleStepKind.TAKEN_BACK: Text("收回修改", "took it back to change it"),
    CycleStepKind.SIGNED: Text("签发", "signed"),
    CycleStepKind.DROPPED: Text("作废", "dropped"),
}
_ANSWERS = {
    DraftAnswer.AGREE: Text("同意", "agrees"),
    DraftAnswer.OBJECT: Text("有意见", "objects"),
}
