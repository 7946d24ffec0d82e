"""How an emergency stop goes from state to state: the table, its cases, and who may be the second person."""

from __future__ import annotations

import datetime as dt
from itertools import product

import pytest

from xinheng.core.ledger.stops import (
    HIDING,
    LAPSES,
    MOVES,
    WITHIN,
    Ground,
    Person,
    Scope,
    Step,
    StepKind,
    StopState,
    are_two_people,
    can_follow,
    needs_another,
    stop_state,
)

AT = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
K, S = StepKind, StopState
LI, WANG, ZHAO = Person("li"), Person("wang"), Person("zhao")

# steps (kind, hours after the first)                                    looked at after   state
CASES = [
    ([(K.ASKED, 0)],                                                         0,            S.ASKED),
    ([(K.ASKED, 0)],                                                        23,            S.ASKED),
    ([(K.ASKED, 0)],                                                        24,            S.LAPSED),  # at that moment
    ([(K.ASKED, 0), (K.REFUSED, 1)],                                        99,            S.REFUSED),
    ([(K.ASKED, 0), (K.CONFIRMED, 1)],                                       1,            S.IN_FORCE),
    ([(K.ASKED, 0), (K.CONFIRMED, 23)],                                   9999,            S.IN_FORCE),  # a stop ends by no clock
    ([(K.ASKED, 0), (K.CONFIRMED, 1), (K.LIFT_ASKED, 5)],                    6,            S.LIFT_ASKED),
    ([(K.ASKED, 0), (K.CONFIRMED, 1), (K.LIFT_ASKED, 5)],                   29,            S.IN_FORCE),  # the request to lift lapsed
    ([(K.ASKED, 0), (K.CONFIRMED, 1), (K.LIFT_ASKED, 5), (K.LIFT_REFUSED, 6)], 7,          S.IN_FORCE),
    ([(K.ASKED, 0), (K.CONFIRMED, 1), (K.LIFT_ASKED, 5), (K.LIFTED, 6)],    99,            S.LIFTED),
    ([(K.ASKED, 0), (K.CONFIRMED, 1), (K.LIFT_ASKED, 5), (K.LIFT_ASKED, 40)], 41,          S.LIFT_ASKED),  # asked again after it lapsed
    ([(K.ASKED, 0), (K.CONFIRMED, 1), (K.LIFT_ASKED, 5), (K.LIFT_REFUSED, 6), (K.LIFT_ASKED, 7), (K.LIFTED, 8)], 9, S.LIFTED),
]  # fmt: skip
IMPOSSIBLE = [
    [(K.CONFIRMED, 0)],
    [(K.ASKED, 0), (K.ASKED, 1)],
    [(K.ASKED, 0), (K.CONFIRMED, 24)],  # too late
    [(K.ASKED, 0), (K.REFUSED, 1), (K.CONFIRMED, 2)],
    [(K.ASKED, 0), (K.LIFTED, 1)],
    [(K.ASKED, 0), (K.CONFIRMED, 1), (K.LIFTED, 2)],
    [(K.ASKED, 0), (K.CONFIRMED, 1), (K.LIFT_ASKED, 2), (K.LIFTED, 26)],  # too late
    [(K.ASKED, 0), (K.CONFIRMED, 1), (K.LIFT_ASKED, 2), (K.LIFTED, 3), (K.LIFT_ASKED, 4)],
    [],
]

# asked by                              confirmed by                              two people?
PEOPLE = [
    (LI,                                  WANG,                                     True),
    (LI,                                  LI,                                       False),
    (LI,                                  Person("wang", frozenset({"li"})),        False),  # wang stands in for li
    (Person("li", frozenset({"wang"})),   WANG,                                     False),  # li asked in wang's place
    (Person("li", frozenset({"zhao"})),   Person("wang", frozenset({"zhao"})),      False),  # zhao's authority twice
    (Person("li", frozenset({"zhao"})),   Person("wang", frozenset({"qian"})),      True),
]  # fmt: skip


def steps(*taken: tuple[StepKind, float], by: Person = LI) -> list[Step]:
    return [Step(kind, by, AT + dt.timedelta(hours=hours)) for kind, hours in taken]


@pytest.mark.parametrize(("taken", "after", "state"), CASES)
def test_a_stop_stands_where_its_steps_and_the_clock_say(
    taken: list[tuple[StepKind, float]], after: float, state: StopState
) -> None:
    assert stop_state(steps(*taken), AT + dt.timedelta(hours=after)) is state


@pytest.mark.parametrize("taken", IMPOSSIBLE)
def test_steps_that_are_not_in_the_table_cannot_be(taken: list[tuple[StepKind, float]]) -> None:
    with pytest.raises(ValueError, match=r"step|cannot follow"):
        stop_state(steps(*taken), AT + dt.timedelta(hours=100))


@pytest.mark.parametrize(("asked", "confirmed", "two"), PEOPLE)
def test_two_people_are_two_authorities(asked: Person, confirmed: Person, two: bool) -> None:
    assert are_two_people(asked, confirmed) is are_two_people(confirmed, asked) is two
    open_ = [Step(K.ASKED, asked, AT)]
    assert needs_another(open_, K.CONFIRMED, confirmed) is not two
    assert not needs_another(open_, K.REFUSED, confirmed)  # who asked may take it back
    in_force = [*open_, Step(K.CONFIRMED, Person("sun"), AT), Step(K.LIFT_ASKED, asked, AT)]
    assert needs_another(in_force, K.LIFTED, confirmed) is not two


def test_the_second_person_of_the_stop_may_be_the_first_of_its_lifting() -> None:
    taken = [Step(K.ASKED, LI, AT), Step(K.CONFIRMED, WANG, AT), Step(K.LIFT_ASKED, WANG, AT)]
    assert needs_another(taken, K.LIFTED, WANG)
    assert not needs_another(taken, K.LIFTED, LI)
    assert not needs_another(taken, K.LIFTED, ZHAO)


def test_the_table_is_complete() -> None:
    assert {move.to for move in MOVES} | set(LAPSES.values()) == set(StopState)
    assert {move.kind for move in MOVES} == set(StepKind)
    assert len({(move.of, move.kind) for move in MOVES}) == len(MOVES)
    over = {S.REFUSED, S.LAPSED, S.LIFTED}
    assert over == set(StopState) - {move.of for move in MOVES}
    assert {move.to for move in MOVES if move.second} == {S.IN_FORCE, S.LIFTED}  # what changes what the public sees
    assert not over & HIDING
    assert dt.timedelta(hours=24) == WITHIN


def test_every_step_is_possible_exactly_where_the_table_has_it() -> None:
    reached = {state: steps(*taken) for taken, after, state in CASES if after <= 23}
    for state, kind in product((S.ASKED, S.IN_FORCE, S.LIFT_ASKED), StepKind):
        in_table = any(move.of is state and move.kind is kind for move in MOVES)
        taken = reached[state]
        assert can_follow(taken, kind, taken[-1].at) is in_table, (state, kind)
    assert can_follow([], K.ASKED, AT)
    assert not can_follow([], K.CONFIRMED, AT)


def test_everything_has_its_words() -> None:
    assert all(one.label.zh and one.label.en for kind in (Scope, StopState, StepKind) for one in kind)
    assert all(one.wording.zh and one.wording.en for one in Ground)
