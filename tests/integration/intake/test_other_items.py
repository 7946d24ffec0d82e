"""Permits, listings and grade-A taxpayers through the whole journey: into the ledger, and to the public or not at all."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from ..office import Office, fates
from ..sheets import TODAY, Province, csv_bytes

ITEMS = ("administrative-permit", "serious-dishonesty-listing", "tax-credit-grade-a")


@pytest.fixture
def granted(office: Office) -> Office:
    """The office, with all items granted to its agency."""
    from xinheng.usecases.agencies import load_agencies

    early = dt.date(2026, 1, 1)
    agencies = [row for row in office.province.agencies if row["uscc"] == office.province.agency]
    load_agencies(agencies, items=ITEMS, actor=office.operator, at=office.at(early), on=early)
    return office


def permit(province: Province, **cells: str) -> dict[str, str]:
    """Return a permit of the first organisation."""
    first = province.penalties[0]
    good = {
        "XK_XDR_MC": first["CF_XDR_MC"], "XK_XDR_LB": first["CF_XDR_LB"], "XK_XDR_SHXYM": first["CF_XDR_SHXYM"], "XK_XKWS": "准予行政许可决定书",
        "XK_WSH": "样许〔2026〕1号", "XK_XKLB": "普通", "XK_NR": "准予排放废水", "XK_JDRQ": (TODAY - dt.timedelta(days=3)).isoformat(),
        "XK_YXQZ": TODAY.isoformat(), "XK_YXQZI": "2031-04-30", "XK_XKJG": "样例局", "XK_XKJGDM": province.agency, "XK_ZT": "1",
        "XK_LYDW": "样例局", "XK_LYDWDM": province.agency,
    }  # fmt: skip
    return good | cells


def listing(province: Province, **cells: str) -> dict[str, str]:
    """Return a listing of the first organisation, in arrears with wages."""
    first = province.penalties[0]
    good = {
        "MD_MC": first["CF_XDR_MC"], "MD_LB": first["CF_XDR_LB"], "MD_SHXYM": first["CF_XDR_SHXYM"], "MD_LX": "拖欠农民工工资失信联合惩戒对象名单",
        "MD_WSH": "样列〔2026〕1号", "MD_LRRQ": "2026-01-05", "MD_LRLY": "拖欠工资", "MD_YJ": "保障农民工工资支付条例第四十八条",
        "MD_RDJG": "样例局", "MD_RDJGDM": province.agency, "MD_SJLY": "样例局", "MD_SJLYDM": province.agency,
    }  # fmt: skip
    return good | cells


def hand_in(office: Office, item: str, *rows: dict[str, str]) -> Counter[str]:
    """Hand rows in and return what became of them."""
    return fates(office.submit(csv_bytes(rows, list(rows[0])), item=item))


def public(office: Office) -> list:
    """Return what the portal shows of the first organisation."""
    from xinheng.usecases.portal import view_subject

    code = office.province.penalties[0]["CF_XDR_SHXYM"]
    return list(view_subject(code, on=TODAY, at=office.at(TODAY)).entries)


def test_a_valid_permit_is_public_to_its_last_day_with_its_own_basis(granted: Office) -> None:
    rows = [
        permit(granted.province),
        permit(granted.province, XK_WSH="样许〔2026〕2号", XK_ZT="2"),
        permit(granted.province, XK_WSH="样许〔2026〕3号", XK_YXQZI="2099-12-31"),
    ]
    assert hand_in(granted, "administrative-permit", *rows) == Counter(accepted=3)
    shown = {entry.decision_number: entry for entry in public(granted)}
    assert set(shown) == {"样许〔2026〕1号", "样许〔2026〕3号"}
    entry = shown["样许〔2026〕1号"]
    assert (entry.last_day, entry.open_ended, entry.repair, entry.kinds) == (dt.date(2031, 4, 30), False, False, ())
    assert "424号" in entry.publication_basis.zh
    assert "许可" in entry.publication_reasons[0].zh
    assert shown["样许〔2026〕3号"].open_ended
    assert {field.withheld for field in entry.fields if field.name == "XK_NR"} == {"text-not-reviewed"}


def test_the_page_of_a_permit_speaks_of_no_penalty_and_no_repair(granted: Office, client) -> None:
    hand_in(granted, "administrative-permit", permit(granted.province, XK_YXQZI="2099-12-31"))
    [entry] = public(granted)
    code = granted.province.penalties[0]["CF_XDR_SHXYM"]
    page = client.get(f"/subjects/{code}/records/{entry.key}", follow=True).content.decode()
    assert "样许〔2026〕1号" in page
    assert "处罚类别" not in page
    assert "提前终止公示" not in page
    assert "公示末日" not in page


def test_a_listing_whose_term_the_law_gives_is_public_and_ends_with_its_removal(granted: Office) -> None:
    first = listing(granted.province)
    other = listing(granted.province, MD_LX="重大税收违法失信主体名单", MD_WSH="样列〔2026〕2号")
    assert hand_in(granted, "serious-dishonesty-listing", first, other) == Counter(accepted=2)
    assert [(entry.decision_number, entry.last_day) for entry in public(granted)] == [
        ("样列〔2026〕1号", dt.date(2029, 1, 4))
    ]
    removed = listing(granted.province, MD_YCRQ=TODAY.isoformat(), MD_YCLY="已足额支付")
    assert hand_in(granted, "serious-dishonesty-listing", removed) == Counter(corrected=1)
    assert public(granted) == []


def test_each_year_and_office_of_a_taxpayer_is_a_record_and_none_is_published(granted: Office) -> None:
    first = granted.province.penalties[0]
    rows = [
        {"NS_MC": first["CF_XDR_MC"], "NS_SBH": first["CF_XDR_SHXYM"], "NS_ND": year, "NS_SWJG": where}
        for year, where in [("2023", "样例一所"), ("2024", "样例一所"), ("2024", "样例二所"), ("2024", "样例一所")]
    ]
    assert hand_in(granted, "tax-credit-grade-a", *rows) == Counter(accepted=3, unchanged=1)
    assert public(granted) == []
    assert len(granted.records(first["CF_XDR_SHXYM"])) == 3


def test_a_page_covers_the_items_whose_records_it_shows_and_says_which_are_shown_in_part(
    granted: Office, client
) -> None:
    from xinheng.usecases.portal import view_subject

    hand_in(granted, "administrative-permit", permit(granted.province))
    hand_in(granted, "serious-dishonesty-listing", listing(granted.province))
    code = granted.province.penalties[0]["CF_XDR_SHXYM"]
    page = view_subject(code, on=TODAY, at=granted.at(TODAY))
    fed = {feed.title: feed for feed in page.fed}
    assert {entry.item_title for entry in page.entries} <= set(fed)
    assert set(fed) == {"行政处罚信息", "行政许可信息", "严重失信主体名单信息"}
    assert (fed["行政许可信息"].until, fed["行政许可信息"].only) == (TODAY, ())
    assert fed["严重失信主体名单信息"].until is None
    assert [one.zh for one in fed["严重失信主体名单信息"].only] == ["拖欠农民工工资失信联合惩戒对象名单"]
    told = client.get(f"/subjects/{code}", follow=True).content.decode()
    assert "仅公示：拖欠农民工工资失信联合惩戒对象名单" in told
    assert "未列出的，不表示没有记录" in told
