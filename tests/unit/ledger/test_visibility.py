"""Where a record stands on a day."""

from __future__ import annotations

import datetime as dt

import pytest

from xinheng.core.ledger.visibility import ENDED, State, Terms, state_on

D = dt.date.fromisoformat
PUBLISHED = Terms(True, D("2024-03-01"), D("2025-02-28"), D("2024-03-01"), None)
UNPUBLISHED = Terms(False, None, None, D("2024-02-29"), None)
WITHDRAWN = Terms(True, D("2024-03-01"), D("2025-02-28"), D("2024-03-01"), D("2024-06-01"))
REPAIRED = Terms(True, D("2024-03-01"), D("2025-02-28"), D("2024-03-01"), None, D("2024-07-01"))
STOPPED = Terms(True, D("2024-03-01"), D("2025-02-28"), D("2024-03-01"), D("2024-06-01"), stopped=True)
DETACHED = Terms(True, D("2024-03-01"), D("2025-02-28"), D("2024-03-01"), D("2024-06-01"), detached_on=D("2024-05-01"))
NO_DAYS = Terms(True, None, None, D("2024-03-01"), None)
NO_END = Terms(True, D("2024-03-01"), None, D("2024-03-01"), None)

# terms         day            state
STATES = [
    (PUBLISHED,   "2024-02-29",  State.NOT_YET),
    (PUBLISHED,   "2024-03-01",  State.PUBLIC),
    (PUBLISHED,   "2025-02-28",  State.PUBLIC),  # the last day belongs to it
    (PUBLISHED,   "2025-03-01",  State.ENDED),
    (PUBLISHED,   "2040-01-01",  State.ENDED),
    (UNPUBLISHED, "2024-02-29",  State.UNPUBLISHED),
    (UNPUBLISHED, "2029-02-27",  State.UNPUBLISHED),
    (UNPUBLISHED, "2029-02-28",  State.ENDED),  # five years after 29 February
    (WITHDRAWN,   "2024-05-31",  State.PUBLIC),
    (WITHDRAWN,   "2024-06-01",  State.WITHDRAWN),
    (WITHDRAWN,   "2040-01-01",  State.WITHDRAWN),
    (REPAIRED,    "2024-06-30",  State.PUBLIC),
    (REPAIRED,    "2024-07-01",  State.REPAIRED),
    (STOPPED,     "2024-02-29",  State.NOT_YET),
    (STOPPED,     "2024-03-01",  State.STOPPED),  # only what would be public
    (STOPPED,     "2024-06-01",  State.WITHDRAWN),
    (DETACHED,    "2024-04-30",  State.PUBLIC),
    (DETACHED,    "2024-06-01",  State.DETACHED),  # whose it is comes before what became of it
    (NO_DAYS,     "2024-03-01",  State.UNPUBLISHED),  # an unknown day is not published
    (NO_DAYS,     "2029-03-01",  State.ENDED),  # and not kept for ever
    (NO_END,      "2024-03-01",  State.UNPUBLISHED),
]  # fmt: skip


@pytest.mark.parametrize(("terms", "day", "state"), STATES)
def test_a_record_stands_where_its_days_say(terms: Terms, day: str, state: State) -> None:
    assert state_on(terms, D(day), retention_years=5) is state


def test_what_is_withdrawn_early_was_never_public_from_then_on() -> None:
    before = Terms(True, D("2024-03-01"), D("2025-02-28"), D("2024-03-01"), D("2024-02-01"))
    assert state_on(before, D("2024-03-01"), retention_years=5) is State.WITHDRAWN


def test_every_state_has_words_and_some_have_ended() -> None:
    assert all(state.label.zh and state.label.en for state in State)
    assert {State.ENDED, State.WITHDRAWN, State.REPAIRED, State.DETACHED} == ENDED
