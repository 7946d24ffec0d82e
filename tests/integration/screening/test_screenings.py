"""Checks and lists against a real ledger: what comes out, what is kept, and that nothing comes back that has ended."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest

from ..office import Office
from ..sheets import TODAY, csv_bytes

MATTER = "finance-procurement"
NUMBER = "采购〔2026〕1号"


def check(office: Office, *, on: dt.date = TODAY, actor: Any = None, **given: str) -> Any:
    """Check one subject."""
    from xinheng.usecases.screening.checking import check_one

    asked = {"matter": MATTER, "business_number": NUMBER, **given}
    return check_one(**asked, actor=actor or office.operator, at=office.at(on), on=on)


@pytest.fixture
def penalised(office: Office) -> Any:
    """The first organisation with a penalty, as handed in."""
    row = office.province.penalty()
    office.hand_in(row)
    return row


def test_a_check_tells_the_records_the_basis_and_until_when_each_item_came_in(office: Office, penalised: Any) -> None:
    found = check(office, code=penalised["CF_XDR_SHXYM"])
    told = found.line.assessment
    assert told.outcome == "has-records"
    assert [one.seen.number for one in told.records] == [penalised["CF_WSH"]]
    assert told.records[0].seen.until is not None
    assert [(one.item, one.until) for one in found.feeds] == [
        ("serious-dishonesty-listing", None),
        ("administrative-penalty", TODAY),
    ]
    assert any("截至 2026-03-02" in reason.zh for reason in told.reasons)
    assert any("尚无数据：严重失信主体名单信息" in reason.zh for reason in told.reasons)


def test_a_list_is_screened_in_one_go_and_each_subject_sees_who_looked(office: Office, penalised: Any) -> None:
    from xinheng.store.models import AuditEvent, ScreeningRow
    from xinheng.usecases.screening.lists import screen_file
    from xinheng.usecases.screening.viewing import view_screening

    clear = office.province.penalty(1)
    person = "110101199003074530"
    rows = [
        {"投标人名称": penalised["CF_XDR_MC"], "统一社会信用代码": penalised["CF_XDR_SHXYM"]},
        {"投标人名称": clear["CF_XDR_MC"], "统一社会信用代码": ""},
        {"投标人名称": clear["CF_XDR_MC"], "统一社会信用代码": penalised["CF_XDR_SHXYM"]},
        {"投标人名称": "虚构不存在有限公司", "统一社会信用代码": ""},
        {"投标人名称": "张三", "统一社会信用代码": person},
    ]
    sheet = csv_bytes(rows, list(rows[0]))
    acting: dict[str, Any] = {"actor": office.operator, "at": office.at(TODAY), "on": TODAY}
    kept = screen_file(
        io.BytesIO(sheet), name="投标人.csv", size=len(sheet), matter=MATTER, business_number=NUMBER, **acting
    )
    page = view_screening(kept.number, **acting)
    assert [(one.line.number, one.line.assessment.outcome.value, one.changed) for one in page.rows] == [
        (2, "has-records", False),
        (3, "clear", False),
        (4, "to-be-judged", False),
        (5, "not-found", False),
        (6, "refused", False),
    ]
    assert "仅凭名称找到" in page.rows[1].line.assessment.reasons[0].zh
    refused = ScreeningRow.objects.get(outcome="refused")
    assert (refused.given_code, refused.given_name) == ("*" * 18, "张**")
    looked = AuditEvent.objects.filter(receipt_id=kept.receipt, target__startswith="file ")
    assert {one.target for one in looked} == {f"file {row['CF_XDR_SHXYM']}" for row in (penalised, clear)}
    only = view_screening(kept.number, outcome=page.rows[0].line.assessment.outcome, **acting)
    assert (only.total, [one.line.number for one in only.rows]) == (1, [2])
