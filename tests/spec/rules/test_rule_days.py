"""S03 (a day of the calendar), V07 (days in order), V04 (in time). Today is Wednesday 2026-05-06, after a holiday of five days."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.spec.rules.desk import GOOD_PENALTY, TODAY, Desk

from xinheng.core.intake.timeliness import late_before

# cell                                said                       verdict
S03 = [
    ({"CF_JDRQ": "2026-04-30"},       [],                        "accepted"),
    ({"CF_JDRQ": "2026/4/30"},        [],                        "accepted"),
    ({"CF_JDRQ": "2026.4.30"},        [],                        "accepted"),
    ({"CF_JDRQ": "20260430"},         [],                        "accepted"),
    ({"CF_JDRQ": "2026年4月30日"},       [],                        "accepted"),
    ({"CF_JDRQ": "２０２６－０４－３０"},      [],                        "accepted"),
    ({"CF_JDRQ": "2026-04-30 00:00:00"}, [],                     "accepted"),
    ({"CF_JDRQ": "2026-04-30 14:05:00"}, ["S03 CF_JDRQ reject"], "rejected"),  # a time of day says something
    ({"CF_JDRQ": "2026-02-30"},       ["S03 CF_JDRQ reject"],    "rejected"),  # 30 February
    ({"CF_JDRQ": "20260230"},         ["S03 CF_JDRQ reject"],    "rejected"),
    ({"CF_YXQ": "2026-02-29"},        ["S03 CF_YXQ reject"],     "rejected"),  # no leap year
    ({"CF_JDRQ": "26-04-30"},         ["S03 CF_JDRQ reject"],    "rejected"),
    ({"CF_JDRQ": "2026-13-01"},       ["S03 CF_JDRQ reject"],    "rejected"),
    ({"CF_JDRQ": "46142"},            ["S03 CF_JDRQ reject"],    "rejected"),  # a spreadsheet's number of a day
    ({"CF_JDRQ": "30/04/2026"},       ["S03 CF_JDRQ reject"],    "rejected"),
    ({"CF_YXQ": "长期"},                ["S03 CF_YXQ reject"],     "rejected"),  # without end: 2099-12-31
    ({"CF_GSJZQ": "infinity"},        ["S03 CF_GSJZQ reject"],   "rejected"),
]  # fmt: skip

# cells                                              said                       verdict
V07 = [
    ({"CF_JDRQ": "2026-05-06"},                      [],                        "accepted"),  # today
    ({"CF_JDRQ": "2026-05-07"},                      ["V07 CF_JDRQ reject"],    "rejected"),
    ({"CF_JDRQ": "2099-12-31", "CF_YXQ": "2099-12-31"}, ["V07 CF_JDRQ reject"], "rejected"),  # right only as an end
    ({"CF_JDRQ": "2099-12-31", "CF_YXQ": "2026-12-31"}, ["V07 CF_JDRQ reject", "V07 CF_YXQ reject"], "rejected"),
    ({"CF_YXQ": "2099-12-31"},                       [],                        "accepted"),
    ({"CF_YXQ": "2026-04-30"},                       [],                        "accepted"),  # ends on the day of the decision
    ({"CF_YXQ": "2026-04-29"},                       ["V07 CF_YXQ reject"],     "rejected"),
    ({"CF_GSJZQ": "2026-04-29"},                     ["V07 CF_GSJZQ reject"],   "rejected"),
    ({"CF_GSJZQ": "2027-04-29"},                     [],                        "accepted"),
    ({"CF_JDRQ": "1949-10-01"},                      ["V04 CF_JDRQ warn"],      "accepted"),
    ({"CF_JDRQ": "1949-09-30"},                      ["V04 CF_JDRQ warn", "V07 CF_JDRQ reject"], "rejected"),
    ({"CF_JDRQ": "2026-02-30", "CF_YXQ": "1990-01-01"}, ["S03 CF_JDRQ reject"], "rejected"),  # nothing to compare with
]  # fmt: skip

# Seven working days back from 2026-05-06: 5-06, 4-30, 4-29, 4-28, 4-27, 4-24, 4-23; so a decision of 4-22 is just in time.
V04 = [
    ({"CF_JDRQ": "2026-04-22"},                      [],                        "accepted"),
    ({"CF_JDRQ": "2026-04-21"},                      ["V04 CF_JDRQ warn"],      "accepted"),
    ({"CF_JDRQ": "2018-01-02"},                      ["V04 CF_JDRQ warn"],      "accepted"),  # late is late, not wrong
]  # fmt: skip


@pytest.mark.parametrize(("cells", "said", "verdict"), S03 + V07 + V04)
def test_days_are_real_in_order_and_in_time(
    penalty: Desk, cells: dict[str, str | None], said: list[str], verdict: str
) -> None:
    judged = penalty.judge(cells)
    assert (judged.said, judged.verdict) == (said, verdict)


def test_the_border_of_the_tables_is_the_laws() -> None:
    assert late_before(TODAY) == dt.date(2026, 4, 22)


def test_the_words_say_what_the_far_day_means(penalty: Desk) -> None:
    issue = penalty.judge({"CF_JDRQ": "2099-12-31"}).issue("V07")
    assert issue["found"] == "2099-12-31"
    assert "2099-12-31 只用于表示长期的截止日期" in issue["expected"]
    assert "2099-12-31 only means an end without limit" in issue["expected_en"]


def test_a_date_is_kept_as_a_date_beside_its_writing(penalty: Desk) -> None:
    judged = penalty.judge({"CF_JDRQ": "2026年4月30日"})
    assert judged.cells["d_CF_JDRQ"] == dt.date(2026, 4, 30)
    assert judged.cells["CF_JDRQ"] == "2026年4月30日"


@pytest.mark.parametrize(
    ("day", "said"), [("1949-09-30", ["V07 FR_CLRQ reject"]), ("2026-05-07", ["V07 FR_CLRQ reject"])]
)
def test_an_establishment_is_a_day_of_this_country_and_past(registration: Desk, day: str, said: list[str]) -> None:
    assert registration.judge({"FR_CLRQ": day}).said == said
    assert registration.judge({"FR_BGRQ": day}).said == [said[0].replace("CLRQ", "BGRQ")]


def test_a_registration_is_never_late(registration: Desk) -> None:
    assert registration.judge({"FR_BGRQ": "2001-02-03"}).said == []
    assert "CF_JDRQ" in GOOD_PENALTY
