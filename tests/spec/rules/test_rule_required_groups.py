"""S11 (of a required group at least one cell is filled)."""

from __future__ import annotations

import pytest
from tests.spec.rules.desk import NO_CODE, STEEL_REG_NO, UNKNOWN_CODE, Desk

# cells                                                                    said
S11 = [
    ({"FR_SHXYM": UNKNOWN_CODE},                                           []),  # one of three is enough
    ({"FR_SHXYM": None},                                                   ["S11 FR_SHXYM reject", "V01 FR_SHXYM reject"]),
    ({"FR_SHXYM": " 　"},                                                   ["S11 FR_SHXYM reject", "V01 FR_SHXYM reject"]),
    ({"FR_SHXYM": None, "FR_GSZC": "", "FR_ZZJG": "\t"},                   ["S11 FR_SHXYM reject", "V01 FR_SHXYM reject"]),
    ({"FR_SHXYM": None, "FR_GSZC": STEEL_REG_NO},                          ["V01 FR_SHXYM reject"]),  # the group is satisfied, the register is not
    ({"FR_SHXYM": NO_CODE},                                                ["V01 FR_SHXYM reject"]),  # filled, though with nothing
]  # fmt: skip


@pytest.mark.parametrize(("cells", "said"), S11)
def test_one_of_a_group_is_enough(registration: Desk, cells: dict[str, str | None], said: list[str]) -> None:
    assert registration.judge(cells).said == said


def test_the_words_of_an_empty_group_say_what_to_do(registration: Desk) -> None:
    issue = registration.judge({"FR_SHXYM": None}).issue("S11")
    assert issue["expected"] == "以下至少填一项：统一社会信用代码、工商注册号、组织机构代码"
    assert issue["mend"] == "请至少补填其中一项后重新报送。"
    assert issue["found"] is None
