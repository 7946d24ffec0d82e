from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation

import numpy as np
import pytest

from xinheng.core.law.kinds import read_kinds
from xinheng.core.sample.agencies import CREDIT_CENTRE
from xinheng.core.sample.defects import DEFECTS, Defect, Expected, Need
from xinheng.core.sample.edits import MANDATORY, Circumstance
from xinheng.core.sample.layouts import MANDATORY_TEXTS, Layout
from xinheng.core.sample.organisations import Population
from xinheng.core.sample.penalties import Delivery, PenaltyMaker
from xinheng.core.sample.planting import Planting
from xinheng.core.sample.words import PEOPLE
from xinheng.core.standards import resident_id, uscc

TODAY = dt.date(2026, 5, 6)
BY_KIND = {defect.kind: defect for defect in DEFECTS}
Cells = dict[str, str]


def clean_rows() -> list[tuple[Cells, int]]:
    maker = PenaltyMaker(Population.of(9, size=500, today=TODAY), TODAY)
    rows = np.arange(40)
    block = maker.block(rows, maker.subjects(rows), Delivery(CREDIT_CENTRE, None, Layout.FULL))
    cells = [dict(zip(block.columns, each, strict=True)) for each in zip(*block.columns.values(), strict=True)]
    return list(zip(cells, block.fines.tolist(), strict=True))


def edited(kind: str) -> list[tuple[Cells, Cells, str]]:
    """Return each clean row, the same with the defect, and the field that the defect names."""
    found = []
    for number, (clean, fine) in enumerate(clean_rows()):
        cells = dict(clean)
        circumstance = Circumstance(number * 7, TODAY, fine, other_name="别家有限公司", former_name="旧名有限公司")
        field = BY_KIND[kind].edit(cells, circumstance)
        found.append((clean, cells, field))
    return found


@pytest.mark.parametrize("defect", [each for each in DEFECTS if each.need is Need.NOTHING], ids=lambda each: each.kind)
def test_a_defect_changes_the_cell_that_it_names(defect: Defect) -> None:
    for clean, cells, field in edited(defect.kind):
        assert list(cells) == list(clean)
        assert cells != clean
        assert cells[field] != clean[field] or (defect.kind, clean[field]) == ("fine-missing", "")


def test_at_least_ten_kinds_are_rejected_and_every_outcome_occurs() -> None:
    assert len({defect.code for defect in DEFECTS if defect.expected is Expected.REJECTED}) >= 10
    assert {defect.expected for defect in DEFECTS} == set(Expected)
    assert len(BY_KIND) == len(DEFECTS)


@pytest.mark.parametrize("kind", ["wrong-check", "letter-for-digit", "code-missing", "digits-lost"])
def test_broken_codes_are_not_valid(kind: str) -> None:
    assert not any(uscc.is_valid(cells["CF_XDR_SHXYM"]) for _, cells, _ in edited(kind))


def test_a_letter_for_a_digit_can_be_mended() -> None:
    for clean, cells, _ in edited("letter-for-digit"):
        assert uscc.suggestion(cells["CF_XDR_SHXYM"]) == clean["CF_XDR_SHXYM"]


def test_a_code_without_a_zero_gets_a_letter_for_its_last_one() -> None:
    cells = {"CF_XDR_SHXYM": uscc.complete("91321281MA2BCDE67")}
    assert "0" not in cells["CF_XDR_SHXYM"]
    BY_KIND["letter-for-digit"].edit(cells, Circumstance(0, TODAY, -1, "", ""))
    assert cells["CF_XDR_SHXYM"].startswith("9132128IMA2BCDE67")


def test_a_wrong_kind_disagrees_with_the_code() -> None:
    for _, cells, _ in edited("wrong-kind"):
        assert (cells["CF_XDR_LB"] == "个体工商户") != cells["CF_XDR_SHXYM"].startswith("92")


@pytest.mark.parametrize("kind", ["fine-missing", "fine-of-zero", "fine-in-yuan", "not-an-amount", "dressed-amount"])
def test_rows_with_odd_amounts_impose_a_fine(kind: str) -> None:
    assert all("罚款" in cells["CF_CFLB"] for _, cells, _ in edited(kind))


def test_a_fine_in_yuan_is_ten_thousand_times_the_text_s() -> None:
    for clean, cells, _ in edited("fine-in-yuan"):
        if clean["CF_NR_FK"]:
            assert Decimal(cells["CF_NR_FK"]) == Decimal(clean["CF_NR_FK"]) * 10_000


def test_dressed_amounts_differ_from_plain_ones_in_dress_only() -> None:
    for _, cells, _ in edited("dressed-amount"):
        amount = cells["CF_NR_FK"]
        with pytest.raises(InvalidOperation):
            Decimal(amount)
        assert Decimal(amount.replace("¥", "").replace(",", "")) > 0


def test_unknown_kinds_are_unknown_to_the_law() -> None:
    assert all(read_kinds(cells["CF_CFLB"]).unknown for _, cells, _ in edited("unknown-kind"))


def test_missing_and_empty_words_are_in_mandatory_cells() -> None:
    assert {field for _, _, field in edited("mandatory-missing")} <= set(MANDATORY)
    assert {field for _, _, field in edited("placeholder")} == set(MANDATORY_TEXTS)


def test_decisions_of_the_future_are_after_the_sample_s_day() -> None:
    assert all(cells["CF_JDRQ"] > TODAY.isoformat() for _, cells, _ in edited("decided-in-future"))


def test_ends_before_the_decision_are_days_of_the_calendar() -> None:
    for _, cells, _ in edited("ends-before-decision"):
        ends = dt.date.fromisoformat(cells["CF_YXQ"].replace("/", "-"))
        assert ends < dt.date.fromisoformat(cells["CF_JDRQ"].replace("/", "-"))


@pytest.mark.parametrize("kind", ["natural-person", "made-up-person"])
def test_natural_persons_are_made_up_and_have_no_organisation_code(kind: str) -> None:
    for _, cells, _ in edited(kind):
        assert cells["CF_XDR_MC"] in PEOPLE
        assert cells["CF_XDR_SHXYM"] == cells["CF_FRDB"] == ""
        assert resident_id.is_valid(cells["CF_XDR_ZJHM"])
        assert cells["CF_XDR_ZJHM"].startswith("3209991900")


@pytest.mark.parametrize("kind", ["identity-in-facts", "phone-in-facts"])
def test_personal_numbers_in_texts_are_found_by_the_standard(kind: str) -> None:
    assert all(resident_id.find_personal(cells["CF_SY"]) for _, cells, _ in edited(kind))


@pytest.mark.parametrize("rate", [0.0, 0.02, 0.03, 0.1, 0.5])
def test_the_share_of_planted_rows_is_the_rate_asked_for(rate: float) -> None:
    rows = np.arange(30_000)
    planted = Planting.of(2, rate=rate, layout=Layout.FULL).is_planted(rows)
    assert abs(int(planted.sum()) - 30_000 * rate) <= 1


def test_one_row_of_each_group_is_planted_not_always_the_same_place() -> None:
    planted = np.flatnonzero(Planting.of(2, rate=0.02, layout=Layout.FULL).is_planted(np.arange(50_000)))
    assert (planted // 50).tolist() == list(range(1000))
    assert len(set((planted % 50).tolist())) == 50


@pytest.mark.parametrize("rate", [-0.1, 0.51, 1.0])
def test_rates_outside_the_range_are_refused(rate: float) -> None:
    with pytest.raises(ValueError, match="rate"):
        Planting.of(2, rate=rate, layout=Layout.FULL)


def test_repeated_rows_repeat_a_clean_row_before_them_in_the_same_file() -> None:
    planting = Planting.of(6, rate=0.3, layout=Layout.FULL)
    population = Population.of(6, size=300, today=TODAY)
    rows = np.arange(1000, 6000)
    plan = planting.plan(rows, first_row=1000, subjects=np.zeros(5000, dtype=np.int64), population=population)
    repeats = plan.content != rows
    assert repeats.any()
    assert (plan.content[repeats] < rows[repeats]).all()
    assert (plan.content >= 1000).all()
    assert not planting.is_planted(plan.content[repeats]).any()
    assert {planting.defects[int(n)].need for n in plan.defects[repeats]} == {Need.EARLIER_ROW}


def test_rows_of_unknown_subjects_name_nobody_of_the_register() -> None:
    planting = Planting.of(6, rate=0.3, layout=Layout.FULL)
    population = Population.of(6, size=300, today=TODAY)
    plan = planting.plan(np.arange(5000), first_row=0, subjects=np.zeros(5000, dtype=np.int64), population=population)
    unknown = plan.subjects >= population.size
    assert {planting.defects[int(n)].kind for n in plan.defects[unknown]} == {"unknown-subject"}
