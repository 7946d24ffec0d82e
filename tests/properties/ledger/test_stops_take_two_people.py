"""Whatever people do in whatever order: only two of them together hide something, and only two bring it back."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from xinheng.core.ledger.stops import (
    HIDING,
    WITHIN,
    Person,
    Step,
    StepKind,
    are_two_people,
    can_follow,
    needs_another,
    stop_state,
)

START = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
NAMES = st.sampled_from(["li", "wang", "zhao"])
PEOPLE = st.builds(Person, NAMES, st.frozensets(NAMES, max_size=1))
TRIES = st.lists(st.tuples(st.sampled_from(StepKind), PEOPLE, st.integers(0, 30)), max_size=25)


@given(TRIES)
def test_it_hides_exactly_from_the_second_persons_word_to_the_other_second_persons_word(
    tries: list[tuple[StepKind, Person, int]],
) -> None:
    taken: list[Step] = []
    hidden, open_, at = False, None, START
    for kind, by, hours in tries:
        at += dt.timedelta(hours=hours)
        if open_ is not None and at - open_.at >= WITHIN:
            open_ = None
        if can_follow(taken, kind, at) and not needs_another(taken, kind, by):
            taken.append(Step(kind, by, at))
            if kind in (StepKind.ASKED, StepKind.LIFT_ASKED):
                assert open_ is None
                open_ = taken[-1]
            else:
                assert open_ is not None
                if kind in (StepKind.CONFIRMED, StepKind.LIFTED):
                    assert are_two_people(open_.by, by)
                    assert hidden is (kind is StepKind.LIFTED)
                    hidden = not hidden
                open_ = None
        if taken:
            assert (stop_state(taken, at) in HIDING) is hidden
            kinds = {step.kind for step in taken}  # as the database tells it, without a clock
            assert (StepKind.CONFIRMED in kinds and StepKind.LIFTED not in kinds) is hidden
