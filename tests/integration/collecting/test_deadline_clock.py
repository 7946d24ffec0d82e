"""The deadline clock on a real ledger: the first readable receipt counts, corrections do not, and the figures are those of a slow twin."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from xinheng.core.collecting import timing

from ..office import Office
from ..sheets import PENALTY, TODAY, penalty_sheet

D = dt.date.fromisoformat
LATER = D("2026-03-12")


def _figures(office: Office, on: dt.date, actor: Any = None, **filters: str) -> Any:
    from xinheng.usecases.collecting.figures import page_of_figures
    from xinheng.usecases.intake.listing import Wanted

    return page_of_figures(Wanted(filters=filters), actor=actor or office.operator, at=office.at(on), on=on)


def _late(office: Office, on: dt.date, actor: Any = None, offset: int = 0, limit: int = 50, **filters: str) -> Any:
    from xinheng.usecases.collecting.figures import page_of_late
    from xinheng.usecases.intake.listing import Wanted

    wanted = Wanted(filters=filters, offset=offset, limit=limit)
    return page_of_late(wanted, actor=actor or office.operator, at=office.at(on), on=on)


def test_a_row_that_went_back_and_was_mended_is_counted_from_its_first_receipt(office: Office) -> None:
    row = office.province.penalty(0, CF_JDRQ="2026-02-27")
    assert office.hand_in({**row, "CF_NR_FK": "一百"}).counts.rejected == 1
    outcome = office.hand_in(row, on=LATER)
    assert outcome.counts.accepted == 1
    assert timing(D("2026-02-27"), LATER).late_by == 3
    timely = _figures(office, LATER).timely
    assert (timely.rows, timely.in_time, timely.median) == (1, 1, 2.0)  # Saturday the 28th is worked, then Monday
    assert _late(office, LATER).total == 0


def test_a_row_whose_decision_could_not_be_told_counts_from_the_receipt_in_which_it_can(office: Office) -> None:
    row = office.province.penalty(0, CF_JDRQ="2026-02-27")
    assert office.hand_in({**row, "CF_WSH": ""}).counts.rejected == 1
    office.hand_in(row, on=LATER)
    (late,) = _late(office, LATER).rows
    assert (late.first_on, late.days, late.late_by, late.decision_number) == (LATER, 10, 3, row["CF_WSH"])


def test_a_correction_and_a_repetition_are_no_receipts_of_their_own(office: Office) -> None:
    row = office.province.penalty(0, CF_JDRQ="2026-02-27")
    office.hand_in(row)
    assert office.hand_in({**row, "CF_NR_FK": "2.5"}, on=LATER).counts.corrected == 1
    again = office.hand_in({**row, "CF_NR_FK": "2.5"}, office.province.penalty(1, CF_JDRQ="2026-03-02"), on=LATER)
    assert (again.counts.unchanged, again.counts.accepted) == (1, 1)
    timely = _figures(office, LATER).timely
    assert (timely.rows, timely.in_time) == (2, 1)


def test_a_row_that_waited_is_counted_from_the_day_on_which_it_was_handed_in(office: Office) -> None:
    from xinheng.core.standards import uscc
    from xinheng.usecases.collecting.counting import count_outstanding
    from xinheng.usecases.intake.waiting import resolve_waiting

    code = uscc.complete("91320100MA9NEWXX0")
    office.hand_in(office.province.penalty(0, CF_JDRQ="2026-02-27", CF_XDR_SHXYM=code, CF_XDR_MC="虚构新设有限公司"))
    assert _figures(office, TODAY).timely.rows == 0
    office.load_register(f"名称,统一社会信用代码\n虚构新设有限公司,{code}\n".encode(), on=LATER)
    resolve_waiting(actor=office.operator, at=office.at(LATER))
    count_outstanding(at=office.at(LATER))
    timely = _figures(office, LATER).timely
    assert (timely.rows, timely.in_time) == (1, 1)


def test_the_figures_and_the_list_agree_with_a_slow_count_of_the_ledger(office: Office, person: Any) -> None:
    days = [
        (0, "2026-02-27", TODAY),
        (1, "2026-02-10", TODAY),
        (2, "2026-02-13", TODAY),
        (3, "2026-02-11", LATER),
        (4, "2026-03-02", LATER),
    ]
    expected = []
    for number, decided, received in days:
        row = office.province.penalty(number, CF_JDRQ=decided)
        assert office.submit(penalty_sheet(row), on=received, name=f"{number}.csv").counts.accepted == 1
        expected.append((timing(D(decided), received), row["CF_WSH"]))
    other = office.hand_in(
        office.province.penalty(5, CF_JDRQ="2026-02-03", CF_SJLYDM=office.province.other_agency),
        agency=office.province.other_agency,
    )
    assert other.counts.accepted == 1
    clerk = person("data-clerk", office.province.agency)
    page = _figures(office, LATER, clerk)
    took = sorted(one.days for one, _ in expected)
    assert (page.timely.rows, page.timely.in_time) == (5, sum(not one.late_by for one, _ in expected))
    assert page.timely.median == took[2]
    (line,) = page.listed.rows
    assert line.agency == office.province.agency
    listed = _late(office, LATER, clerk)
    assert {(one.decision_number, one.days, one.late_by) for one in listed.rows} == {
        (number, one.days, one.late_by) for one, number in expected if one.late_by
    }
    assert listed.total == len(listed.rows) == page.timely.late > 1
    pages = [_late(office, LATER, clerk, offset=place, limit=1).rows for place in range(listed.total)]
    assert tuple(row for part in pages for row in part) == listed.rows
    whole = _figures(office, LATER)
    (city,) = _figures(office, LATER, by="city").listed.rows
    assert (whole.timely.rows, city.name, city.agency, city.timely) == (6, "南京市", "", whole.timely)
    assert _late(office, LATER).total == listed.total + 1
    assert _late(office, LATER, clerk, agency=office.province.other_agency).total == 0


def test_a_late_record_that_was_withdrawn_is_counted_and_no_longer_named(office: Office) -> None:
    row = office.province.penalty(0, CF_JDRQ="2026-02-03")
    office.hand_in(row)
    assert _late(office, TODAY).rows[0].decision_number == row["CF_WSH"]
    office.withdraw(row["CF_XDR_SHXYM"], row["CF_WSH"])
    (late,) = _late(office, TODAY).rows
    assert (late.decision_number, late.late_by) == ("", _expected_late("2026-02-03"))


def _expected_late(decided: str) -> int:
    return timing(D(decided), TODAY).late_by


@pytest.mark.parametrize("on", [TODAY, LATER])
def test_an_agency_that_handed_nothing_in_has_no_share(office: Office, on: dt.date) -> None:
    page = _figures(office, on, item=PENALTY)
    assert page.timely.share is None
    assert all(one.timely.share is None and one.timely.median is None for one in page.listed.rows)
