"""The YAML of law: what the loader refuses, and what the data promise."""

from __future__ import annotations

import datetime as dt

import pytest

from xinheng.core.law import clauses, instruments, kinds, loading, parameters
from xinheng.core.law.clauses import clause_table
from xinheng.core.law.discretion import class_rows, large_fines, summary_rules
from xinheng.core.law.instruments import instrument
from xinheng.core.law.kinds import vocabulary
from xinheng.core.law.loading import LawDataError
from xinheng.core.law.parameters import CODES, parameter, working_days
from xinheng.core.law.publication import eras
from xinheng.core.law.record_publication import record_rules


def changed(path: str, old: str, new: str, *, times: int = 1) -> str:
    text = loading.read_package_file(path)
    assert old in text
    return text.replace(old, new, times)


PUBLICATION = "parameters/publication.yaml"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    sure: D\n", "", "missing"),
        ("    basis: pipl 第二十五条\n", "", "missing"),
        ("    source: article number", "    souce: article number", "unknown"),
        ("    sure: K\n", "    sure: maybe\n", "sure is"),
        ("basis: pipl", "basis: pipe", "no instrument"),
        ("  - from: 2021-11-01", "  - from: soon", "not a date"),
        ("    published: false", "    published: 0", "true or false"),
        ("    longest: 12", "    longest: -12", "above 0"),
        ("    longest: 12", "    longest: '12'", "above 0"),
        ("    shortest: 6", "    shortest: 48", "up to the longest"),
        ("    early_stop: false", "    early_stop: true\n    early_stop: false", "there twice"),
        ("    shortest: 36\n", "    shortest: 12\n", "the shortest period is the longest"),
        ("any_kinds: [detention]", "any_kinds: [prison]", "prison"),
        ("when: {severity: serious}", "when: {severity: legacy-serious}", "legacy-serious"),
        ("when: {severity: serious}", "when: {weather: bad}", "weather"),
        ("code: no-kind", "code: persons-only", "same code"),
        (
            "  - from: 2019-07-01\n    code: 2019-general",
            "  - from: 2018-07-01\n    code: 2019-general",
            "order of time",
        ),
        ("    when: {procedure: summary}", "    when: {}", "only clause for everything else"),
        ("    basis: ndrc-order-58\n", "    basis: ndrc-order-36\n", "more than one instrument"),
        ("    zh: 行政拘留", "    zh: ''\n    zh2: 行政拘留", "zh2"),
    ],
)
def test_a_broken_clause_is_refused(old: str, new: str, message: str) -> None:
    with pytest.raises(LawDataError, match=message):
        clauses.read(changed(PUBLICATION, old, new))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    value: 7\n", "    value: 7.5\n", "whole number"),
        ("    value: 7\n", "    value: 0\n", "whole number"),
        ("unit: working-day", "unit: fortnight", "unit"),
        ("from: 2018-07-25", "from: 2017-07-31", "order of time"),
        ("    sure: F~\n", "", "missing"),
        ("source: reprint of the notice of 2019-07-05, which quotes the seven working days", "source: ''", "empty"),
    ],
)
def test_a_broken_limit_is_refused(old: str, new: str, message: str) -> None:
    with pytest.raises(LawDataError, match=message):
        parameters.read(changed("parameters/submission-limit.yaml", old, new))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    sure: F\n", "", "missing"),
        ("    until: null\n", "    until: 2001-01-01\n", "before its end"),
        ("code: civil-code", "code: apl-2021", "there twice"),
        ("code: civil-code", "code: civil code", "no space"),
        ("    sure: K\n", "    sure: sure\n", "sure is"),
    ],
)
def test_a_broken_instrument_is_refused(old: str, new: str, message: str) -> None:
    with pytest.raises(LawDataError, match=message):
        instruments.read(changed("instruments.yaml", old, new))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("kinds: [warning]", "kinds: [scolding]", "scolding"),
        ("warning: [给予警告", "warning: [罚款", "two things"),
        ("corrective_orders: [", "corrective_orders: [罚款, ", "corrective order"),
    ],
)
def test_a_broken_list_of_kinds_is_refused(old: str, new: str, message: str) -> None:
    with pytest.raises(LawDataError, match=message):
        kinds.read_vocabulary(changed("kinds.yaml", old, new))


def test_a_file_of_law_holds_a_mapping() -> None:
    with pytest.raises(LawDataError, match="one mapping"):
        loading.parse("- 1")


def test_every_instrument_is_cited_by_a_value() -> None:
    table = clause_table()
    citations = [clause.citation for clause in table.exclusions + table.clauses]
    citations += [value.citation for code in CODES for value in parameter(code).values]
    citations += [each.citation for each in vocabulary().value_lists]
    citations += [row.citation for row in (*summary_rules(), *large_fines(), *class_rows())]
    citations += [rule.citation for rule in record_rules()]
    assert {citation.instrument for citation in citations} == set(instruments.instruments())


def test_each_era_is_the_time_in_which_its_instrument_is_in_force() -> None:
    by_number = {each.number: each for each in instruments.instruments().values()}
    for era in eras():
        if era.from_day is not None:
            rests_on = by_number[era.instrument]
            assert (rests_on.from_day, rests_on.until) == (era.from_day, era.until)


def test_an_instrument_is_in_force_from_its_first_day_up_to_its_end() -> None:
    order = instrument("ndrc-order-58")
    days = [dt.date(2023, 4, 30), dt.date(2023, 5, 1), dt.date(2026, 3, 31), dt.date(2026, 4, 1)]
    assert [order.in_force(day) for day in days] == [False, True, True, False]


def test_the_limits_in_working_days_are_those_of_the_law() -> None:
    assert working_days("submission-limit", on=dt.date(2020, 4, 1)) == 7
    assert working_days("withdrawal-limit", on=dt.date(2021, 7, 15)) == 3
    assert working_days("market-withdrawal-limit", on=dt.date(2021, 9, 1)) == 3


def test_before_its_first_value_a_limit_is_not_guessed() -> None:
    with pytest.raises(LookupError, match="no value on 2021-07-14"):
        working_days("withdrawal-limit", on=dt.date(2021, 7, 14))


def test_an_unknown_parameter_is_not_there() -> None:
    with pytest.raises(KeyError):
        parameter("score")


@pytest.mark.parametrize("code", CODES)
def test_each_parameter_file_is_named_as_its_parameter(code: str) -> None:
    assert parameter(code).code == code
