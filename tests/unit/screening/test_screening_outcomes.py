"""What a row comes out as: the specification as a table, from whose it is and what is seen of it to the outcome and what is told."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from xinheng.core.catalogue.item import Effect
from xinheng.core.errors import Text
from xinheng.core.ledger.visibility import State
from xinheng.core.screening import (
    Feed,
    Look,
    Match,
    Means,
    Outcome,
    ScreeningMatter,
    Seen,
    Standing,
    assess,
    standing_of,
)
from xinheng.core.screening.matching import Candidate
from xinheng.core.screening.matters import DepartmentKind, ScreeningPurpose
from xinheng.core.screening.seen import still_told

ON = dt.date(2026, 3, 2)
LISTS, PENALTY, HONOURS = "serious-dishonesty-listing", "administrative-penalty", "honours"
MATTER = ScreeningMatter(
    "m", DepartmentKind.FINANCE, "M-01", Text("事项", "matter"), ScreeningPurpose.BIDDING, True, dt.date(2020, 1, 1), None, "依据", "来源", "K",
    (Look(LISTS, None, published=False, lists=("wage-arrears",)), Look(PENALTY, 3, published=True), Look(HONOURS, 5, published=False)),
)  # fmt: skip
FED = (
    Feed(LISTS, Text("名单", "lists"), ON),
    Feed(PENALTY, Text("处罚", "penalties"), ON - dt.timedelta(days=4), zero=True),
)
BY_CODE = Match(Means.CODE, "91320100MA1TE5T0XP", "虚构有限公司")


def seen(**facts: Any) -> Seen:
    """A published penalty of last year, with facts changed."""
    held: dict[str, Any] = {
        "item": PENALTY, "title": Text("处罚", "penalty"), "effect": Effect.ADVERSE, "key": "k", "revision": 0, "since": dt.date(2025, 3, 2),
        "state": State.PUBLIC, "until": dt.date(2027, 3, 1),
    }  # fmt: skip
    return Seen(**{**held, **facts})


def listed(**facts: Any) -> Seen:
    """An entry in a list that the matter looks at."""
    return seen(**{"item": LISTS, "is_list": True, "list_code": "wage-arrears", "state": State.UNPUBLISHED, **facts})


DAY = dt.timedelta(days=1)
STANDINGS = [
    # what is seen                                                          what it is in the matter
    (seen(),                                                                Standing.FINDING),
    (seen(item="administrative-permit"),                                    Standing.NOT_LOOKED_AT),
    (seen(state=State.ENDED),                                               Standing.OVER),
    (seen(state=State.WITHDRAWN),                                           Standing.OVER),
    (seen(state=State.REPAIRED),                                            Standing.OVER),
    (seen(state=State.DETACHED),                                            Standing.OVER),
    (seen(state=State.STOPPED),                                             Standing.SUSPENDED),
    (seen(state=State.STOPPED, until=ON - DAY),                             Standing.OVER),
    (seen(state=State.UNPUBLISHED),                                         Standing.UNPUBLISHED),
    (seen(state=State.NOT_YET),                                             Standing.UNPUBLISHED),
    (seen(until=ON),                                                        Standing.FINDING),  # its last day belongs to it
    (seen(until=ON - DAY),                                                  Standing.OVER),
    (seen(since=dt.date(2023, 3, 2)),                                       Standing.FINDING),  # three years to the day
    (seen(since=dt.date(2023, 3, 1)),                                       Standing.TOO_OLD),
    (seen(ended_on=ON),                                                     Standing.OVER),  # the first day without
    (seen(ended_on=ON + DAY),                                               Standing.FINDING),
    (listed(),                                                              Standing.FINDING),
    (listed(since=dt.date(2001, 1, 1)),                                     Standing.FINDING),  # as long as it has an effect
    (listed(list_code="customs"),                                           Standing.NOT_LOOKED_AT),
    (listed(until=None, confirmed_on=ON - 30 * DAY),                        Standing.FINDING),
    (listed(until=None, confirmed_on=ON - 31 * DAY),                        Standing.UNCONFIRMED),
    (listed(until=None),                                                    Standing.UNCONFIRMED),
    (listed(until=None, confirmed_on=ON, ended_on=ON - DAY),                Standing.OVER),
    (seen(item=HONOURS, effect=Effect.FAVOURABLE, until=None),              Standing.BESIDE),
    (seen(item=HONOURS, effect=Effect.FAVOURABLE, state=State.ENDED),       Standing.OVER),
]  # fmt: skip


@pytest.mark.parametrize(("one", "standing"), STANDINGS)
def test_a_record_is_in_a_matter_what_the_table_says(one: Seen, standing: Standing) -> None:
    assert standing_of(one, MATTER.look(one.item), on=ON) is standing


OUTCOMES = [
    # found by                              what is seen                                             outcome                 told
    (BY_CODE,                               (),                                                      Outcome.CLEAR,          ()),
    (BY_CODE,                               (seen(),),                                               Outcome.HAS_RECORDS,    ("k",)),
    (BY_CODE,                               (seen(state=State.REPAIRED),),                           Outcome.CLEAR,          ()),
    (BY_CODE,                               (listed(key="l"), seen()),                               Outcome.ON_LIST,        ("l", "k")),
    (BY_CODE,                               (seen(item=HONOURS, effect=Effect.FAVOURABLE),),         Outcome.CLEAR,          ("k",)),
    (BY_CODE,                               (seen(state=State.STOPPED),),                            Outcome.TO_BE_JUDGED,   ("k",)),
    (BY_CODE,                               (seen(state=State.STOPPED), seen(key="f")),              Outcome.HAS_RECORDS,    ("f", "k")),
    (BY_CODE,                               (listed(until=None),),                                   Outcome.TO_BE_JUDGED,   ("k",)),
    (Match(Means.NAME, "c", "n"),           (listed(),),                                             Outcome.ON_LIST,        ("k",)),
    (Match(Means.CANDIDATES, candidates=(Candidate("c", "n"),)), (listed(),),                        Outcome.TO_BE_JUDGED,   ()),
    (Match(Means.NAME_DIFFERS),             (listed(),),                                             Outcome.TO_BE_JUDGED,   ()),
    (Match(Means.NOBODY),                   (),                                                      Outcome.NOT_FOUND,      ()),
    (Match(Means.PERSON),                   (listed(),),                                             Outcome.REFUSED,        ()),
]  # fmt: skip


@pytest.mark.parametrize(("match", "facts", "outcome", "told"), OUTCOMES)
def test_a_row_comes_out_as_the_table_says(
    match: Match, facts: tuple[Seen, ...], outcome: Outcome, told: tuple[str, ...]
) -> None:
    found = assess(match, facts, MATTER, FED, on=ON)
    assert found.outcome is outcome
    assert {one.seen.key for one in (*found.entries, *found.records)} == set(told)
    assert found.reasons
    assert all(reason.zh and reason.en for reason in found.reasons)


def test_a_clear_says_what_it_covers_and_until_when_each_came_in() -> None:
    said = assess(BY_CODE, (), MATTER, FED, on=ON).reasons
    assert any("名单（数据截至 2026-03-02）、处罚（零报告截至 2026-02-26）" in one.zh for one in said)


NOTHING_IN = (
    (Feed(LISTS, Text("名单", "lists"), None), "尚无数据：名单"),
    (Feed(LISTS, Text("名单", "lists"), ON, shown=False), "依法须经授权，本次未查：名单"),
    (Feed(LISTS, Text("名单", "lists"), ON, stopped=Text("核实", "verified")), "暂停公示，未作依据：名单"),
)


@pytest.mark.parametrize(("feed", "said"), NOTHING_IN)
def test_absence_is_not_innocence(feed: Feed, said: str) -> None:
    alone = assess(BY_CODE, (), MATTER, (feed,), on=ON)
    assert alone.outcome is Outcome.TO_BE_JUDGED
    assert said in [one.zh for one in alone.reasons]
    beside = assess(BY_CODE, (), MATTER, (feed, FED[1]), on=ON)
    assert beside.outcome is Outcome.CLEAR
    assert said in [one.zh for one in beside.reasons]


def test_found_by_its_name_alone_the_code_is_to_be_confirmed() -> None:
    assert "请核对统一社会信用代码" in assess(Match(Means.NAME, "c", "n"), (), MATTER, FED, on=ON).reasons[0].zh


def test_what_has_ended_since_is_told_to_nobody_later() -> None:
    then, later = (seen(), seen(key="other")), ON + DAY
    assert still_told(then, then, MATTER, on=later) == then
    assert still_told(then, (seen(state=State.WITHDRAWN), then[1]), MATTER, on=later) == (then[1],)
    assert still_told(then, (), MATTER, on=later) == ()
    assert still_told(then, then, MATTER, on=dt.date(2027, 3, 2)) == ()
