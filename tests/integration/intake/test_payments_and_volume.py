"""Items beside penalties: payment states by the month, what is only published, and files of too few or too many rows."""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter
from typing import Any

import pytest

from xinheng.core.errors import UnusableCall, UnusableFile

from ..office import Office, fates, ledger_rows
from ..sheets import Row, csv_bytes

PAYMENTS = "social-insurance-payment"
APRIL, MAY = dt.date(2026, 4, 30), dt.date(2026, 5, 29)


@pytest.fixture
def insurer(office: Office) -> Office:
    """The office, with the grant of payment states."""
    from xinheng.usecases.agencies import grant_item

    grant_item(office.province.agency, PAYMENTS, actor=office.operator, at=office.at(APRIL), on=dt.date(2026, 1, 1))
    return office


def month(office: Office, number: int, *, rows: int, **cells: str) -> bytes:
    """Return the payment states of a month, one row for each of some organisations."""
    agency = {
        "SB_JBJG": "样例市社保中心",
        "SB_JBJGDM": office.province.agency,
        "SB_SJLY": "样例市社保中心",
        "SB_SJLYDM": office.province.agency,
    }
    period = {
        "SB_XZ": "养老保险",
        "SB_QSRQ": f"2026-{number:02}-01",
        "SB_JZRQ": f"2026-{number:02}-28",
        "SB_ZT": "正常缴费",
    }
    firms = [row for row in office.province.penalties if not row["CF_XDR_SHXYM"].startswith("92")][:rows]
    sheet: list[Row] = [
        {"SB_MC": row["CF_XDR_MC"], "SB_SHXYM": row["CF_XDR_SHXYM"], **period, **agency, **cells} for row in firms
    ]
    assert len(sheet) == rows
    return csv_bytes(sheet, list(sheet[0]))


def hand_in(office: Office, content: bytes, *, on: dt.date = APRIL) -> Any:
    return office.submit(content, item=PAYMENTS, on=on)


def test_each_month_is_a_record_of_its_own_and_the_same_month_is_known_again(insurer: Office) -> None:
    assert fates(hand_in(insurer, month(insurer, 3, rows=8))) == Counter(accepted=8)
    assert fates(hand_in(insurer, month(insurer, 4, rows=8), on=MAY)) == Counter(accepted=8)
    again = month(insurer, 4, rows=8, SB_ZT="欠费", SB_QFJE="1200.50")
    assert fates(hand_in(insurer, again, on=MAY)) == Counter(corrected=8)
    assert ledger_rows() == 24


def test_what_is_not_public_is_shown_to_its_source_and_for_a_matter_that_fits(insurer: Office) -> None:
    from xinheng.core.access import Actor, Assignment, Matter, Purpose, Role
    from xinheng.store.models import Receipt
    from xinheng.usecases.ledger.file import view_file

    hand_in(insurer, month(insurer, 3, rows=8))
    code = next(row["CF_XDR_SHXYM"] for row in insurer.province.penalties if not row["CF_XDR_SHXYM"].startswith("92"))

    def seen(agency: str, matter: Matter | None = None) -> tuple[int, int]:
        clerk = Actor("li", (Assignment(Role.DATA_CLERK, agency),))
        held = view_file(code, as_of=MAY, today=MAY, actor=clerk, at=insurer.at(MAY), matter=matter)
        return len(held.entries), held.withheld

    other = insurer.province.other_agency
    assert seen(insurer.province.agency) == (1, 0)
    assert seen(other) == (0, 1)
    assert seen(other, Matter(Purpose.DUTY, "权力编码 0100")) == (0, 1)
    assert seen(other, Matter(Purpose.AUTHORIZATION, "授权书 7")) == (1, 0)
    asked = Receipt.objects.order_by("at").filter(asked__reference="授权书 7").get().asked
    assert asked["purpose"] == "authorization"


def test_a_cut_off_month_stops_before_anything_is_kept_and_a_doubled_one_is_noted(insurer: Office) -> None:
    from xinheng.store.models import SealedFile, Submission
    from xinheng.usecases.intake.submit import check_only, result_of

    hand_in(insurer, month(insurer, 3, rows=8))
    held = (Submission.objects.count(), SealedFile.objects.count(), ledger_rows())
    with pytest.raises(UnusableFile) as told:
        hand_in(insurer, month(insurer, 4, rows=3), on=MAY)
    assert told.value.explanation.what.zh == "行数过少：只有 3 行"
    assert "至少应有 4 行（上次 8 行）" in told.value.explanation.why.zh
    assert (Submission.objects.count(), SealedFile.objects.count(), ledger_rows()) == held
    cut_off = insurer.call(month(insurer, 4, rows=3), item=PAYMENTS, on=MAY)
    with pytest.raises(UnusableFile):
        check_only(cut_off, actor=insurer.operator, at=insurer.at(MAY))
    assert hand_in(insurer, month(insurer, 4, rows=4), on=MAY).notes == ()
    [note] = result_of(hand_in(insurer, month(insurer, 5, rows=9), on=MAY))["notes"]  # type: ignore[misc]
    assert "超过上次（4 行）的 200%" in note["zh"]


def test_what_is_only_published_is_refused_with_a_sentence(office: Office) -> None:
    from xinheng.usecases.agencies import grant_item

    item = "intellectual-property"
    grant_item(office.province.agency, item, actor=office.operator, at=office.at(APRIL), on=dt.date(2026, 1, 1))
    with pytest.raises(UnusableCall) as told:
        office.submit("ZS_MC\n某公司\n".encode(), item=item, on=APRIL)
    assert told.value.explanation.what.zh == "「知识产权信息」暂不接收数据"


def test_a_filled_in_workbook_goes_in(insurer: Office) -> None:
    import openpyxl

    from xinheng.core.catalogue.load import load
    from xinheng.core.catalogue.template import write_template

    stream = io.BytesIO()
    write_template(stream, load(PAYMENTS).latest, today=APRIL)
    book = openpyxl.load_workbook(stream)
    sheet = book.worksheets[0]
    names = [cell.value.rsplit("（", 1)[1].split("）")[0] for cell in sheet[1]]
    lines = month(insurer, 3, rows=5).decode("utf-8-sig").splitlines()
    given = [dict(zip(lines[0].split(","), line.split(","), strict=True)) for line in lines[1:]]
    for number, row in enumerate(given, start=2):
        for place, name in enumerate(names, start=1):
            text = row.get(name)
            day = text and name in ("SB_QSRQ", "SB_JZRQ")
            sheet.cell(number, place).value = dt.date.fromisoformat(str(text)) if day else text
    out = io.BytesIO()
    book.save(out)
    assert fates(insurer.submit(out.getvalue(), item=PAYMENTS, on=APRIL, name="填报.xlsx")) == Counter(accepted=5)
