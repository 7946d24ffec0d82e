from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xinheng.core.law.kinds import (
    PenaltyKind,
    involves_confiscation,
    involves_fine,
    involves_licence,
    persons_only,
    read_kinds,
    vocabulary,
    warning_only,
)

K = PenaltyKind
SEPARATOR = st.sampled_from([";", "；", "，", ",", "、", "|", "/", "\n", "；\n", " ; "])


@settings(max_examples=300, deadline=None)
@given(kinds=st.lists(st.sampled_from(PenaltyKind), max_size=6), separator=SEPARATOR)
def test_labels_joined_by_any_separator_are_read_back(kinds: list[PenaltyKind], separator: str) -> None:
    reading = read_kinds(separator.join(kind.label for kind in kinds))
    assert reading.kinds == tuple(dict.fromkeys(kinds))
    assert reading.unknown == ()


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="警告罚款其他没收、；;（）()-|/ \n甲", max_size=40))
def test_any_text_is_read_without_an_error_and_nothing_twice(text: str) -> None:
    reading = read_kinds(text)
    assert len(set(reading.kinds)) == len(reading.kinds)
    assert all(piece for piece in reading.unknown)


def test_a_long_cell_of_separators_is_read_quickly() -> None:
    assert read_kinds("；" * 4000).kinds == ()


@pytest.mark.parametrize("system", ["2018", "2021"])
def test_every_official_value_is_read_as_its_list_says(system: str) -> None:
    values = next(each.values for each in vocabulary().value_lists if each.code == system)
    for value, kinds in values:
        assert read_kinds(value).kinds == kinds


def test_every_kind_is_in_an_official_list() -> None:
    listed = {kind for each in vocabulary().value_lists for _, kinds in each.values for kind in kinds}
    assert listed == set(PenaltyKind)


def test_there_are_fourteen_kinds_and_other() -> None:
    assert len(PenaltyKind) == 15


def test_the_whole_old_list_in_one_cell_keeps_its_values_apart() -> None:
    cell = "警告、罚款、没收违法所得、没收非法财物、责令停产停业、暂扣或者吊销许可证、暂扣或者吊销执照、行政拘留"
    assert read_kinds(cell).kinds == (
        K.WARNING,
        K.FINE,
        K.CONFISCATION_OF_GAINS,
        K.CONFISCATION_OF_PROPERTY,
        K.BUSINESS_SUSPENSION,
        K.LICENCE_SUSPENSION_OR_REVOCATION,
        K.DETENTION,
    )


def test_an_unbalanced_bracket_does_not_swallow_the_rest() -> None:
    assert read_kinds("其他（撤销登记；罚款").kinds == (K.FINE,)


def test_predicates_tell_what_a_row_must_hold() -> None:
    assert involves_fine([K.WARNING, K.FINE])
    assert not involves_fine([K.WARNING])
    assert involves_confiscation([K.CONFISCATION_OF_PROPERTY])
    assert not involves_confiscation([K.FINE])
    assert all(
        involves_licence([kind])
        for kind in (K.LICENCE_SUSPENSION, K.LICENCE_REVOCATION, K.LICENCE_SUSPENSION_OR_REVOCATION)
    )
    assert not involves_licence([K.GRADE_REDUCTION])
    assert persons_only([K.DETENTION, K.FINE])
    assert not persons_only([K.FINE])


def test_warning_only_is_nothing_but_warning_or_criticism() -> None:
    assert warning_only([K.WARNING, K.PUBLIC_CRITICISM])
    assert not warning_only([K.WARNING, K.FINE])
    assert not warning_only([])


def test_the_kinds_of_real_financial_penalties_are_all_understood(shared_data: Path) -> None:
    with (shared_data / "cn_nfra_penalties" / "penalties.csv").open(encoding="utf-8", newline="") as file:
        cells = {row["penalty_types"] for row in csv.DictReader(file)}
    assert len(cells) > 10
    assert {cell: read_kinds(cell).unknown for cell in cells if read_kinds(cell).unknown} == {}
