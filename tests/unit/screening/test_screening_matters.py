"""The register of matters: every matter has a basis, and what breaks the form is refused."""

from __future__ import annotations

import datetime as dt

import pytest

from xinheng.core.errors import UnusableCall
from xinheng.core.law.loading import LawDataError
from xinheng.core.screening import ScreeningPurpose, matter_named, matters
from xinheng.core.screening.matters import read

ROW = """
matters:
  - code: a-matter
    department: finance
    number: A-01
    zh: 事项
    en: a matter
    purpose: bidding
    obligatory: true
    from: 2020-01-01
    until: null
    basis: 依据
    source: 来源
    sure: K
    looks:
      - {item: administrative-penalty, years: 3, published: true}
"""
WRONG = [
    ("basis: 依据", "basis: ''"),
    ("sure: K", "sure: sure"),
    ("item: administrative-penalty", "item: petitions"),
    ("years: 3", "years: 0"),
    ("years: 3", "years: 99"),
    ("years: 3", "years: true"),
    ("published: true}", "published: maybe}"),
    ("published: true}", "published: true, lists: [wage-arrears]}"),
    ("published: true}", "published: true, score: 3}"),
    ("purpose: bidding", "purpose: curiosity"),
    ("department: finance", "department: nobody"),
    ("obligatory: true", "obligatory: often"),
    ("from: 2020-01-01", "from: null"),
    ("until: null", "until: 2019-01-01"),
    ("zh: 事项", "zh: ''"),
]


def test_every_purpose_of_a_department_has_a_matter_and_every_matter_a_basis() -> None:
    held = matters(on=dt.date(2026, 3, 2))
    assert {one.purpose for one in held} == set(ScreeningPurpose)
    assert all(one.basis and one.source and one.looks for one in held)
    assert len({(one.department, one.number) for one in held}) == len(held)


@pytest.mark.parametrize(("right", "wrong"), WRONG)
def test_a_matter_without_basis_or_with_an_unknown_item_is_refused(right: str, wrong: str) -> None:
    assert len(read(ROW)) == 1
    assert right in ROW
    with pytest.raises(LawDataError):
        read(ROW.replace(right, wrong))


def test_a_matter_is_one_thing_on_a_day() -> None:
    later = ROW.replace("from: 2020-01-01", "from: 2026-01-01").replace("matters:\n", "")
    with pytest.raises(LawDataError):
        read(ROW + later)
    first, second = read(ROW.replace("until: null", "until: 2026-01-01") + later)
    assert (first.in_force(dt.date(2025, 12, 31)), first.in_force(dt.date(2026, 1, 1))) == (True, False)
    assert second.in_force(dt.date(2026, 1, 1))


def test_a_matter_that_nobody_knows_is_named_with_those_that_there_are() -> None:
    with pytest.raises(UnusableCall) as told:
        matter_named("curiosity", on=dt.date(2026, 3, 2))
    assert "finance-procurement" in told.value.explanation.why.en
    with pytest.raises(UnusableCall):
        matter_named("medical-designation", on=dt.date(2020, 4, 1))
