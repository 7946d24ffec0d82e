"""The plan against its slow, obvious twin, and against itself: alone or among many, with or without empty columns."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.properties.intake.nasty import rows_of
from tests.properties.intake.twin import judge, row_of
from tests.spec.rules.desk import (
    PERSON,
    PUBLIC_BODY,
    TODAY,
    UNKNOWN_CODE,
    VERDICTS,
    Desk,
    issues_by_row,
    penalty_desk,
    registration_desk,
    shortly,
)  # fmt: skip
from tests.spec.rules.good_rows import desk_of

from xinheng.core.catalogue.item import Status
from xinheng.core.catalogue.load import item_names, load
from xinheng.core.intake.timeliness import late_before

PENALTY, REGISTRATION = penalty_desk(), registration_desk()
Rows = list[dict[str, str | None]]


def is_taken(item: str) -> bool:
    return load(item).at(TODAY).status is Status.REPORTABLE


def from_plan(desk: Desk, rows: Rows, *, all_columns: bool = False) -> list[tuple[str, list[str]]]:
    checked = desk.check(rows, all_columns=all_columns)
    issues = issues_by_row(checked)
    return [
        (VERDICTS[verdict], sorted(map(shortly, issues[int(row)])))
        for row, verdict in zip(checked.rows, checked.verdict, strict=True)
    ]


def from_twin(desk: Desk, rows: Rows) -> list[tuple[str, list[str]]]:
    around = {"register": desk.register, "today": TODAY, "late_before": late_before(TODAY), "agency": PUBLIC_BODY}
    return [judge(row_of(desk.version, row, **around)) for row in rows]


@settings(max_examples=150)
@given(rows_of(PENALTY.version, max_size=25))
def test_penalties_are_judged_as_by_the_twin(rows: Rows) -> None:
    assert from_plan(PENALTY, rows) == from_twin(PENALTY, rows)


@settings(max_examples=60)
@given(rows_of(REGISTRATION.version, max_size=25))
def test_registrations_are_judged_as_by_the_twin(rows: Rows) -> None:
    assert from_plan(REGISTRATION, rows) == from_twin(REGISTRATION, rows)


OTHERS = [name for name in item_names() if name not in (PENALTY.item, REGISTRATION.item) and is_taken(name)]


@pytest.mark.parametrize("item", OTHERS)
@settings(max_examples=6)
@given(st.data())
def test_every_other_item_is_judged_as_by_the_twin(item: str, data: st.DataObject) -> None:
    desk = replace(desk_of(item), calculator=PENALTY.calculator)
    rows = data.draw(rows_of(desk.version, max_size=12))
    assert from_plan(desk, rows) == from_twin(desk, rows)


@settings(max_examples=40)
@given(rows_of(PENALTY.version, max_size=12))
def test_a_column_without_a_cell_is_as_good_as_none(rows: Rows) -> None:
    assert from_plan(PENALTY, rows) == from_plan(PENALTY, rows, all_columns=True)


@settings(max_examples=12, phases=(Phase.explicit, Phase.generate))  # two hundred rows are not worth shrinking
@given(rows_of(PENALTY.version, max_size=12), st.integers(0, 2**32))
def test_a_row_is_judged_alone_as_among_two_hundred(rows: Rows, seed: int) -> None:
    random = Random(seed)
    many = [random.choice(rows) if random.random() < 0.5 else dict(PENALTY.good) for _ in range(200)]
    together = PENALTY.judge_all(many)
    for place in random.sample(range(200), 5):
        [alone] = PENALTY.judge_all([many[place]])
        among = together[place]
        assert (alone.verdict, alone.said) == (among.verdict, among.said)
        assert [{**issue, "row": 0} for issue in alone.issues] == [{**issue, "row": 0} for issue in among.issues]
        typed = [name for name in among.cells if name.startswith(("CF_", "XH_", "BZ", "d_", "n_", "subject"))]
        assert {name: alone.cells[name] for name in typed} == {name: among.cells[name] for name in typed}


PIECES = st.sampled_from(
    ["", "", "身份证", "号码：", "（", "。", "电话", "x", " ", "证照", "\u200b", "其他-", "罚款；其他-"]
)
GAPS = st.sampled_from(["", "", " ", "-", "\u3000", "\u00a0", "\u200b", "–", "  "])


@settings(max_examples=100)
@given(
    st.sampled_from(PENALTY.version.fields),
    PIECES,
    PIECES,
    GAPS,
    st.sampled_from([{}, {"CF_XDR_SHXYM": UNKNOWN_CODE}, {"CF_XDR_LB": "自然人"}]),
)
@pytest.mark.parametrize("width", [0, 0xFEE0])
def test_an_identity_number_is_nowhere_after_the_check(
    width: int, field: object, before: str, after: str, gap: str, cells: dict[str, str]
) -> None:
    written = gap.join((PERSON[:6], PERSON[6:14], PERSON[14:]))
    wide = "".join(chr(ord(sign) + width) if sign in "0123456789X" else sign for sign in written)
    judged = PENALTY.judge({**cells, field.name: before + wide + after})  # type: ignore[attr-defined]
    kept = str(judged.issues) if judged.verdict == "rejected" and "V06" not in str(judged.said) else judged.written
    narrow = "".join(chr(ord(sign) - 0xFEE0) if "０" <= sign <= "Ｘ" else sign for sign in kept)
    assert PERSON not in re.sub(r"[^0-9X]", "", narrow)
