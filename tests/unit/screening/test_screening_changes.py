"""What has changed since the last time, and feedback: small rules, as tables."""

from __future__ import annotations

import pytest

from xinheng.core.screening.changes import difference
from xinheng.core.screening.feedback import Feedback
from xinheng.core.screening.headings import columns_of

A, A_SUSPENDED, A_CORRECTED, B = (
    ["i", "a", 0, "finding"],
    ["i", "a", 0, "suspended"],
    ["i", "a", 1, "finding"],
    ["i", "b", 0, "finding"],
)
CHANGES = [
    # then        now             new      altered  ended
    ([],          [],             set(),   set(),   0),
    ([A],         [A],            set(),   set(),   0),
    ([A],         [],             set(),   set(),   1),
    ([],          [A],            {"a"},   set(),   0),
    ([A],         [B],            {"b"},   set(),   1),
    ([A],         [A_SUSPENDED],  set(),   {"a"},   0),
    ([A, B],      [B, A_CORRECTED], set(), {"a"},   0),
]  # fmt: skip


@pytest.mark.parametrize(("then", "now", "new", "altered", "ended"), CHANGES)
def test_a_difference_names_what_is_new_and_counts_what_has_ended(then, now, new, altered, ended) -> None:  # type: ignore[no-untyped-def]
    found = difference(then, now)
    assert (found.new, found.altered, found.ended) == (new, altered, ended)
    assert found.any == bool(new or altered or ended)


@pytest.mark.parametrize(
    ("kind", "why", "sound"),
    [("seen", "", True), ("acted", "", True), ("not-acted", "", False), ("not-acted", "  ", False), ("not-acted", "不影响", True), ("seen", "长" * 501, False)],
)  # fmt: skip
def test_who_does_not_act_says_why(kind: str, why: str, sound: bool) -> None:
    assert Feedback(kind).is_sound(why) is sound


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (("序号", "投标人名称", "统一社会信用代码"), {"name": 1, "uscc": 2}),
        (("企业名称",), {"name": 0}),
        (("组织机构代码", "注册号"), {"org_code": 0, "reg_no": 1}),
        (("金额", "备注"), {}),
    ],
)
def test_columns_of_a_list_are_recognised(header: tuple[str, ...], columns: dict[str, int]) -> None:
    assert columns_of(header) == columns


@pytest.mark.parametrize("heading", ["代码", " 主体代码 ", "code", "统一社会信用代码"])
def test_a_column_of_codes_is_never_left_out_for_its_plain_heading(heading: str) -> None:
    assert columns_of(("名称", heading)) == {"name": 0, "uscc": 1}
