"""The public page of a decision: who reported it, and that a version replaces another."""

from __future__ import annotations

import datetime as dt

from django.test import Client

from ..office import Office
from ..sheets import TODAY

LATER = TODAY + dt.timedelta(days=4)


def test_the_page_names_who_reported_the_decision_and_what_the_version_replaces(office: Office) -> None:
    row, other = office.province.penalty(), office.province.other_agency
    name = next(one["name"] for one in office.province.agencies if one["uscc"] == other)
    office.hand_in(row)
    office.hand_in(row, agency=other, on=LATER)
    (record,) = office.records(row["CF_XDR_SHXYM"])
    address = f"/subjects/{row['CF_XDR_SHXYM']}/records/{record.record_key}/"
    page = Client().get(address, {"lang": "zh"}).content.decode()
    assert "另有报送单位" in page
    assert name in page
    assert "第 1 版，未作更正" in page
    office.hand_in({**row, "CF_SY": "更正后的违法事实。"}, on=LATER)
    page = Client().get(address, {"lang": "en"}).content.decode()
    assert "Also reported by" in page
    assert "Revision 2: corrected by the source agency" in page
    assert "It replaces what was received on" in page
