"""Emergency stop (紧急停止公示): what may be stopped, by whom together, and the one table of how a stop goes from state to state.

A stop hides from the public at once, whatever it hides: a penalty and an honour alike. It takes two people, and so does lifting it. Nothing is
changed or erased: the ledger keeps what is stopped, officials and the subject see it as 暂停公示 with the public wording of its ground.

Basis: design principles 3 and 6 (publication is a predicate at reading time); 行政处罚法 第四十八条, 信用修复管理办法 (wrong publication ends at once).
Tables: ``store.models.stops``. Use cases: ``usecases.stops``. Command: ``xinheng stop``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from xinheng.core.errors import Text

WITHIN = dt.timedelta(hours=24)
"""How long a request waits for its second person; at that moment it has lapsed."""


class Scope(StrEnum):
    """What a stop reaches. The target of a record is ``SUBJECT/KEY`` (see :func:`record_target`), of the portal nothing."""

    RECORD = "record"
    ITEM = "item"  # all records of an item of the catalogue
    AGENCY = "agency"  # all records of which the agency (its USCC) is the source
    CONSUMER = "consumer"  # what a service account is given
    PORTAL = "portal"  # every public page

    @property
    def label(self) -> Text:
        """Return what is stopped, in words."""
        return _SCOPES[self]


class Ground(StrEnum):
    """Why publication rests, as the subject and officials read it; the reason in the asker's own words is not for them."""

    VERIFYING = "verifying"
    SOURCE_FAULT = "source-fault"
    OBJECTION = "objection"
    COURT_OR_AUTHORITY = "court-or-authority"
    DISCLOSURE = "disclosure"
    SECURITY = "security"

    @property
    def wording(self) -> Text:
        """Return the public wording."""
        return _GROUNDS[self]


class StopState(StrEnum):
    """Where a stop stands."""

    ASKED = "asked"
    IN_FORCE = "in-force"
    LIFT_ASKED = "lift-asked"  # still in force
    REFUSED = "refused"
    LAPSED = "lapsed"
    LIFTED = "lifted"

    @property
    def label(self) -> Text:
        """Return the state in words."""
        return _STATES[self]


class StepKind(StrEnum):
    """What a person does to a stop, as stored. That a request lapses is no step: it follows from the clock."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    LIFT_ASKED = "lift-asked"
    LIFTED = "lifted"
    LIFT_REFUSED = "lift-refused"

    @property
    def label(self) -> Text:
        """Return what was done, in words."""
        return _KINDS[self]


@dataclass(frozen=True, slots=True)
class Move:
    """A row of the table: in state ``of`` the step ``kind`` leads to ``to``; ``second`` steps need another person than the one who asked last."""

    of: StopState | None
    kind: StepKind
    to: StopState
    second: bool


MOVES = (
    Move(None, StepKind.ASKED, StopState.ASKED, second=False),
    Move(StopState.ASKED, StepKind.CONFIRMED, StopState.IN_FORCE, second=True),
    Move(StopState.ASKED, StepKind.REFUSED, StopState.REFUSED, second=False),  # by another, or taken back by the asker
    Move(StopState.IN_FORCE, StepKind.LIFT_ASKED, StopState.LIFT_ASKED, second=False),
    Move(StopState.LIFT_ASKED, StepKind.LIFTED, StopState.LIFTED, second=True),
    Move(StopState.LIFT_ASKED, StepKind.LIFT_REFUSED, StopState.IN_FORCE, second=False),
)
"""How a stop goes from state to state; what is not here cannot happen."""

LAPSES = {StopState.ASKED: StopState.LAPSED, StopState.LIFT_ASKED: StopState.IN_FORCE}
"""What becomes of a request that found no second person within :data:`WITHIN`."""

HIDING = frozenset({StopState.IN_FORCE, StopState.LIFT_ASKED})
"""The states in which a stop hides."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who took a step: a user's name, and the names of those whom they stood in for at that moment (请假代理)."""

    name: str
    covers_for: frozenset[str] = frozenset()

    @property
    def authorities(self) -> frozenset[str]:
        """Return whose authority speaks: their own and that of whom they cover for."""
        return self.covers_for | {self.name}


@dataclass(frozen=True, slots=True)
class Step:
    """A step that was taken."""

    kind: StepKind
    by: Person
    at: dt.datetime


def are_two_people(one: Person, other: Person) -> bool:
    """Tell whether two people decide: not the same one, neither stands in for the other, nor both for the same third."""
    return not one.authorities & other.authorities


def stop_state(steps: Iterable[Step], at: dt.datetime) -> StopState:
    """Return where a stop stands at a moment, by its steps in their order; raises ``ValueError`` for steps that cannot follow each other."""
    state: StopState | None = None
    since = at
    for step in steps:
        state = _next(_lapsed(state, since, step.at), step.kind)
        since = step.at
    state = _lapsed(state, since, at)
    if state is None:
        raise ValueError("no step")
    return state


def can_follow(steps: Collection[Step], kind: StepKind, at: dt.datetime) -> bool:
    """Tell whether a step may be taken at a moment; by whom, :func:`needs_another` tells."""
    state = stop_state(steps, at) if steps else None
    return any(move.of is state and move.kind is kind for move in MOVES)


def needs_another(steps: Collection[Step], kind: StepKind, by: Person) -> bool:
    """Tell whether ``by`` may not take this step because it must be another person than the one who asked for it last."""
    if not any(move.kind is kind and move.second for move in MOVES):
        return False
    asked = [step for step in steps if step.kind in (StepKind.ASKED, StepKind.LIFT_ASKED)]
    return not asked or not are_two_people(asked[-1].by, by)


def record_target(subject: int, record: str) -> str:
    """Return how a stop names a record: the number of its subject and its key, as ``store/sql/stopped.sql`` does."""
    return f"{subject}/{record}"


def _lapsed(state: StopState | None, since: dt.datetime, at: dt.datetime) -> StopState | None:
    return LAPSES.get(state, state) if state is not None and at - since >= WITHIN else state


def _next(state: StopState | None, kind: StepKind) -> StopState:
    for move in MOVES:
        if move.of is state and move.kind is kind:
            return move.to
    raise ValueError(f"{kind} cannot follow in {state}")


_SCOPES = {
    Scope.RECORD: Text("一条记录", "one record"),
    Scope.ITEM: Text("一个信息项", "one item"),
    Scope.AGENCY: Text("一个信源单位", "one source agency"),
    Scope.CONSUMER: Text("一个数据使用方", "one consumer"),
    Scope.PORTAL: Text("整个公示网站", "the whole portal"),
}
_GROUNDS = {
    Ground.VERIFYING: Text("信息正在核实", "the information is being verified"),
    Ground.SOURCE_FAULT: Text(
        "信源单位的数据有差错，正在更正", "the source agency's data are wrong and being corrected"
    ),
    Ground.OBJECTION: Text("正在处理异议", "an objection is being examined"),
    Ground.COURT_OR_AUTHORITY: Text("依司法机关或者有权机关的要求", "a court or a competent authority requires it"),
    Ground.DISCLOSURE: Text("可能含有不应公示的内容", "it may hold what must not be published"),
    Ground.SECURITY: Text("系统安全维护", "the system is being secured"),
}
_STATES = {
    StopState.ASKED: Text("待第二人确认", "waits for the second person"),
    StopState.IN_FORCE: Text("暂停公示", "publication suspended"),
    StopState.LIFT_ASKED: Text(
        "暂停公示，恢复待第二人确认", "publication suspended; lifting waits for the second person"
    ),
    StopState.REFUSED: Text("未同意", "refused"),
    StopState.LAPSED: Text("逾期未确认，已失效", "lapsed without a second person"),
    StopState.LIFTED: Text("已恢复公示", "lifted"),
}
_KINDS = {
    StepKind.ASKED: Text("申请停止公示", "asked for the stop"),
    StepKind.CONFIRMED: Text("确认停止公示", "confirmed the stop"),
    StepKind.REFUSED: Text("不同意停止公示", "refused the stop"),
    StepKind.LIFT_ASKED: Text("申请恢复公示", "asked for lifting"),
    StepKind.LIFTED: Text("确认恢复公示", "confirmed the lifting"),
    StepKind.LIFT_REFUSED: Text("不同意恢复公示", "refused the lifting"),
}
