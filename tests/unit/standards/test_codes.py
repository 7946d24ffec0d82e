"""Check digits of organisations' codes, against the standard's own example, real public codes and a second opinion."""

from __future__ import annotations

import csv

import pyarrow.parquet as pq
import pytest
from stdnum.cn import uscc as second_opinion

from xinheng.core.standards import organization_code, registration_number, uscc
from xinheng.core.standards.registrars import REGISTRARS

REAL = [
    *("91320100748204660Q", "91320000134762764K", "91360000625912173B", "911100000000184548", "11320100MB1886843H"),
    *("914403001922038216", "9144030071526726XG", "91330100799655058B", "91110000802100433B", "91110108551385082Q"),
    *("9132070070404786XB", "91110000710926094P", "91110000600037341L"),
]
WRONG = ["91350100M000100Y4Z", "91110000100001825N", "91320281137692538X", "914300007024418691", "91310000132212144D"]


def test_the_standards_own_example():
    assert uscc.complete("91350100M000100Y4") == "91350100M000100Y43"


@pytest.mark.parametrize("code", REAL)
def test_real_public_codes_are_valid(code):
    assert uscc.is_valid(code)
    assert uscc.inner_check_agrees(code)


@pytest.mark.parametrize("code", WRONG)
def test_codes_known_to_be_wrong_are_refused(code):
    assert not uscc.is_valid(code)
    assert not uscc.explain(code).valid


def test_every_registrar_and_kind_of_the_standard_is_admitted():
    assert all(uscc.is_valid(uscc.complete(pair + "320100MB1886843")) for pair in REGISTRARS)
    assert {pair[0] for pair in REGISTRARS} == set("123456789ANY")


def test_unknown_registrars_and_letters_in_the_region_are_refused_in_spite_of_a_right_check():
    assert not uscc.is_valid(uscc.complete("94320100MB1886843"))
    assert not uscc.is_valid(uscc.complete("9132010AMB1886843"))


def test_a_wrong_inner_check_only_warns():
    verdict = uscc.explain("914201007171752128")
    assert verdict.valid
    assert len(verdict.warnings) == 1


def test_the_placeholder_is_never_valid_and_has_no_mend():
    assert not uscc.is_valid(uscc.PLACEHOLDER)
    assert uscc.explain(uscc.PLACEHOLDER).suggestion is None


def test_the_kind_is_read_from_the_first_two_characters():
    assert uscc.registrar("11320100MB1886843H").kind == "机关"
    assert uscc.registrar("0132") is None
    assert uscc.is_individual_business("92320106MA1ABCDE1X")


@pytest.mark.parametrize("body", ["", "9" * 16, "9" * 18, "9" * 16 + "O"])
def test_no_check_character_is_made_up_for_what_is_no_body(body):
    with pytest.raises(ValueError, match="17 characters"):
        uscc.complete(body)


def test_published_vectors_agree(shared_data):
    with (shared_data / "ref_uscc_vectors" / "uscc_vectors.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 205
    assert [row["code"] for row in rows if uscc.is_valid(row["code"]) != (row["expect"] == "valid")] == []


def test_the_register_of_new_companies_is_valid_throughout_and_the_second_opinion_agrees(shared_data):
    column = pq.read_table(shared_data / "cn_registry_new_2019" / "registry.parquet")["uscc"]
    codes = column.to_pylist()
    assert [code for code, good in zip(codes, uscc.is_valid_array(column).to_pylist(), strict=True) if not good] in (
        [""],
        [None],
    )
    for code in codes[::50]:
        spoiled = code[:10] + ("1" if code[10] != "1" else "2") + code[11:]
        assert uscc.is_valid(code) == second_opinion.is_valid(code)
        assert uscc.is_valid(spoiled) == second_opinion.is_valid(spoiled)


@pytest.mark.parametrize("code", ["D2143569-X", "D2143569X", *(code[8:17] for code in REAL)])
def test_organisation_codes_stand_with_and_without_hyphen(code):
    assert organization_code.is_valid(code)
    assert "-" not in organization_code.bare(code)


@pytest.mark.parametrize("code", ["D2143569-", "D21435690", "D214-3569X", "D2143569--X", "d2143569X"])
def test_organisation_codes_that_are_none(code):
    assert not organization_code.explain(code).valid


def test_registration_number_check():
    assert registration_number.is_valid("331021620043077")
    assert not registration_number.is_valid("331021620043078")
    assert not registration_number.is_valid("３３１０２１６２００４３０７７")
    assert registration_number.explain("33102162004307").why.zh == "工商注册号应为15位数字。"


def test_real_registration_numbers_are_mostly_right(shared_data):
    rows = pq.read_table(shared_data / "cn_registry_new_2019" / "registry.parquet")["reg_no"].to_pylist()
    shaped = [code for code in rows if code and len(code) == 15 and code.isdigit()]
    assert sum(map(registration_number.is_valid, shaped)) > 0.99 * len(shaped) > 0
