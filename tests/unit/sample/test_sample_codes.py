from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa
import pytest

from xinheng.core.sample import codes
from xinheng.core.sample.agencies import AGENCIES
from xinheng.core.sample.organisations import LIMIT, PREFIXES, Population
from xinheng.core.standards import organization_code, registration_number, resident_id, uscc

TODAY = dt.date(2026, 5, 6)


@pytest.fixture(scope="module")
def usccs() -> list[str]:
    parts = [np.arange(20_000), np.arange(LIMIT - 5_000, LIMIT)]
    return Population.of(3, size=LIMIT, today=TODAY).usccs(np.concatenate(parts))


def test_every_uscc_is_valid(usccs: list[str]) -> None:
    assert uscc.is_valid_array(pa.array(usccs)).false_count == 0


def test_the_organisation_code_inside_every_uscc_has_a_right_check(usccs: list[str]) -> None:
    assert organization_code.is_valid_array(pa.array([code[8:17] for code in usccs])).false_count == 0


def test_no_two_organisations_share_a_uscc(usccs: list[str]) -> None:
    assert len(set(usccs)) == len(usccs)


def test_codes_agree_with_the_standard_s_own_function(usccs: list[str]) -> None:
    assert all(uscc.complete(code[:17]) == code for code in usccs[:2000])


def test_every_kind_of_organisation_occurs(usccs: list[str]) -> None:
    assert {code[:2] for code in usccs} == set(PREFIXES)


def test_two_thirds_are_one_person_businesses(usccs: list[str]) -> None:
    share = sum(code.startswith("92") for code in usccs) / len(usccs)
    assert 0.63 < share < 0.69


def test_agencies_have_valid_codes_of_public_bodies_that_no_organisation_has(usccs: list[str]) -> None:
    own = [agency.uscc for agency in AGENCIES]
    assert len(set(own)) == len(own) >= 60
    assert all(uscc.is_valid(code) and uscc.inner_check_agrees(code) and code[:2] in ("11", "12") for code in own)
    assert not set(own) & set(usccs)
    assert len({agency.name for agency in AGENCIES}) == len(AGENCIES)


def test_registration_numbers_have_a_right_check_digit() -> None:
    divisions = np.full(500, 320102)
    numbers = codes.registration_numbers(divisions, np.arange(500) * 7919 + 60_000_000)
    assert registration_number.is_valid_array(pa.array(numbers)).false_count == 0


def test_identity_numbers_are_valid_and_obviously_nobody_s() -> None:
    numbers = {codes.identity_number(number) for number in range(0, 300_000, 17)}
    assert all(resident_id.is_valid(number) for number in list(numbers)[:500])
    assert all(number.startswith("3209991900") for number in numbers)
